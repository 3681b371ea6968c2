package browse

import (
	"context"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/transfers"
)

// What a plan leaves out is shown with the transfers all the same: the name
// that was taken and left as it is, the file that was too large, the name that
// the CMS does not take. Trying such a file again asks about it anew.

// leftOut are the files of a plan that are not sent, as the transfers show
// them, and the folder that each was meant for.
func (b *Browse) leftOut(plan media.PutPlan) (files []transfers.File, into map[string]string) {
	into = map[string]string{}
	folders := map[string]string{} // of local directories
	for _, it := range plan.Items {
		folders[filepath.Dir(it.File)] = parentOf(it.Path)
		if it.Code == "" || it.Code == media.CodeSame {
			continue
		}
		into[it.File] = parentOf(it.Path)
		files = append(files, transfers.File{Name: it.Path, Local: it.File, Size: it.Size, State: transfers.Skipped, Code: it.Code, Args: it.Args, Ask: true})
	}
	for _, l := range plan.LeftOut { // of which the upload tells
		to, known := folders[filepath.Dir(l.File)]
		if !known {
			to = b.folder.path
		}
		into[l.File] = to
		files = append(files, transfers.File{Name: l.File, Local: l.File, Ask: media.StatusOf(l.Code) != media.StatusSkipped})
	}
	return files, into
}

// putAgain is how single files of an upload are planned once more: what was
// agreed to goes on, what was left out is asked about.
func (b *Browse) putAgain(plan media.PutPlan, into map[string]string, purge *purging) func(context.Context, []transfers.File) (func() tea.Cmd, error) {
	lib := b.lib
	return func(ctx context.Context, files []transfers.File) (func() tea.Cmd, error) {
		var names []string
		asked := map[string][]string{}
		var folders []string // in the order of files
		for _, f := range files {
			if !f.Ask {
				names = append(names, f.Name)
				continue
			}
			to := into[f.Local]
			if asked[to] == nil {
				folders = append(folders, to)
			}
			asked[to] = append(asked[to], f.Local)
		}
		var thens []func() tea.Cmd
		if len(names) > 0 {
			again, err := lib.PlanAgain(ctx, plan, names...)
			if err != nil {
				return nil, err
			}
			thens = append(thens, func() tea.Cmd { return b.goOn(again, purge.again()) })
		}
		for _, to := range folders {
			again, err := lib.PlanPut(ctx, asked[to], media.PutOptions{To: to, IfExists: media.Fail})
			if err == nil {
				err = markSame(ctx, lib, &again)
			}
			if err != nil {
				return nil, err
			}
			thens = append(thens, func() tea.Cmd { return b.showUpload(again) })
		}
		return together(thens), nil
	}
}

// retryLeftOut asks about everything that an operation has left out.
func (b *Browse) retryLeftOut(o *transfers.Operation) tea.Cmd {
	if o == nil {
		return nil
	}
	x, ok := o.Ref.(*op)
	if !ok || x.again == nil {
		return nil
	}
	var files []transfers.File
	for _, f := range o.Files {
		if f.Out() {
			files = append(files, f)
		}
	}
	if len(files) == 0 {
		return nil
	}
	return b.planning(b.words().PlanningUpload, func(ctx context.Context) (func() tea.Cmd, error) { return x.again(ctx, files) })
}
