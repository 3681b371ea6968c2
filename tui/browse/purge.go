package browse

import (
	"context"
	"path"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// purging is the choice, in the question before files are deleted, renamed or
// replaced, whether the CDN's copies go, too, and what became of it.
type purging struct {
	by   world.Purger
	plan world.PurgePlan
	on   bool
	done *world.Purged // set by the operation before it ends
}

// purging is nil where no CDN is known.
func (b *Browse) purging(plan media.RemovePlan) *purging {
	by, ok := b.env.World.(world.Purger)
	if !ok {
		return nil
	}
	p, ok := by.PurgePlan(b.place.Connection, plan)
	if !ok {
		return nil
	}
	return &purging{by: by, plan: p, on: p.On}
}

// purgingOf is purging for files whose addresses die or change their content,
// and folders that go whole.
func (b *Browse) purgingOf(items []media.Item, folders ...string) *purging {
	if len(items) == 0 {
		return nil
	}
	return b.purging(media.RemovePlan{Items: items, Folders: folders})
}

// extras are the key that changes the choice; lines makes the question's text
// anew.
func (p *purging) extras(b *Browse, lines func() []dialog.Line) []dialog.Extra {
	if p == nil {
		return nil
	}
	return []dialog.Extra{{Key: b.env.Keys.PurgeToo, Do: func() ([]dialog.Line, tea.Cmd) {
		p.on = !p.on
		return lines(), nil
	}}}
}

// takenItems are the files that an upload would replace.
func takenItems(plan media.PutPlan) []media.Item {
	var items []media.Item
	for _, it := range plan.Items {
		if it.Code == media.CodeExists {
			items = append(items, it.Old)
		}
	}
	return items
}

// asksNewName tells whether a re-upload may rather get a name of its own, which
// no cache knows (B15).
func (b *Browse) asksNewName(plan media.ReplacePlan) bool {
	return b.purgingOf([]media.Item{plan.Old}) != nil && !plan.Renamed && !b.lib.FixedNames()
}

// planVersion plans an upload of a file beside the one that it was to replace.
func (b *Browse) planVersion(replace media.ReplacePlan) tea.Cmd {
	lib := b.lib
	return b.planning(b.words().PlanningUpload, func(ctx context.Context) (func() tea.Cmd, error) {
		plan, err := version(ctx, lib, replace)
		if err != nil {
			return nil, err
		}
		return func() tea.Cmd { return b.showUpload(plan) }, nil
	})
}

// version is the upload of a file under a free name, beside the one that it was
// to replace.
func version(ctx context.Context, lib world.Library, replace media.ReplacePlan) (media.PutPlan, error) {
	plan, err := lib.PlanPut(ctx, []string{replace.File.File}, media.PutOptions{To: parentOf(replace.Old.Path), IfExists: media.Fail})
	for i := range plan.Items {
		if err == nil && plan.Items[i].Code == media.CodeExists {
			err = lib.Decide(ctx, &plan, i, media.KeepBoth)
		}
	}
	return plan, err
}

// freeName is the name that version would give; empty where it is not known.
func freeName(ctx context.Context, lib world.Library, replace media.ReplacePlan) string {
	plan, err := version(ctx, lib, replace)
	if err != nil || len(plan.Items) != 1 || plan.Items[0].Path == replace.Old.Path {
		return ""
	}
	return path.Base(plan.Items[0].Path)
}

// again is the same choice for another operation.
func (p *purging) again() *purging {
	if p == nil {
		return nil
	}
	return &purging{by: p.by, plan: p.plan, on: p.on}
}

// change is what an operation runs.
type change func(ctx context.Context, emit func(media.Event)) media.Summary

// then runs a change and purges what it has taken away or replaced: of the
// items those that were done, and the folders where nothing of them is left.
func (p *purging) then(name string, items []media.Item, folders []string, run change) change {
	if p == nil {
		return run
	}
	return func(ctx context.Context, emit func(media.Event)) media.Summary {
		keys := make(map[string]string, len(items))
		for _, it := range items {
			keys[it.Path] = it.Key
		}
		if p.on {
			defer p.by.Owe(ctx, name, media.RemovePlan{Items: items, Folders: folders})()
		}
		var gone []string
		sum := run(ctx, func(e media.Event) {
			if k, ok := keys[e.Path]; ok && e.Type == media.EventItem && e.Status == media.StatusDone {
				gone = append(gone, k)
			}
			emit(e)
		})
		if sum.Failed+sum.Refused+sum.NotStarted > 0 { // something is left in one of them
			folders = nil
		}
		p.afterwards(ctx, name, gone, folders)
		return sum
	}
}

// purgeLine is the choice as the dialog shows it.
func (b *Browse) purgeLine(p *purging) []dialog.Line {
	if p == nil {
		return nil
	}
	w := &b.env.Text.UI.Grace
	line := w.PurgeOff
	switch {
	case p.on && p.plan.Foreign != "":
		line = text.Fill(w.PurgeForeign, "account", text.Safe(p.plan.Foreign))
	case p.on:
		line = text.Fill(w.PurgeOn, "n", text.Thousands(int64(p.plan.Paths)), "free", text.Thousands(int64(p.plan.Free)), "usd", text.Dollars(p.plan.USD))
	}
	return []dialog.Line{{Text: b.env.Keys.PurgeToo.Help().Key + " " + line, Wrap: true}}
}

// deleteExtras are the keys of the question before a deletion; lines makes its
// text anew.
func (b *Browse) deleteExtras(plan media.RemovePlan, p *purging, lines func() []dialog.Line) []dialog.Extra {
	return append(p.extras(b, lines), dialog.Extra{Key: b.env.Keys.SaveList, Do: func() ([]dialog.Line, tea.Cmd) { return lines(), b.saveList(plan) }})
}

// listSaved is the end of writing the list of URLs.
type listSaved struct {
	file string
	err  error
}

// saveList writes the URLs that will stop working into a file of the working
// directory, one a line: what `media purge --from` takes.
func (b *Browse) saveList(plan media.RemovePlan) tea.Cmd {
	var list strings.Builder
	for _, it := range plan.Items {
		list.WriteString(b.lib.URL(it.Path) + "\n")
	}
	file := "deleted-urls-" + b.now().UTC().Format("20060102-150405") + ".txt"
	_, cmd := b.env.Do(func(ctx context.Context) any {
		written, err := b.env.World.WriteFile(ctx, file, []byte(list.String()))
		if err != nil {
			return listSaved{file, err}
		}
		return listSaved{written, nil}
	})
	return cmd
}

func (b *Browse) listSaved(r listSaved) {
	w := &b.env.Text.UI.Grace
	if r.err != nil {
		b.env.Post(screen.Say{Line: text.Fill(w.ListNotSaved, "file", text.Safe(r.file), "reason", text.Safe(r.err.Error())), Bad: true})
		return
	}
	b.env.Post(screen.Say{Line: text.Fill(w.ListSaved, "file", text.Safe(r.file))})
}

// afterwards purges what a removal has taken away, within its operation.
func (p *purging) afterwards(ctx context.Context, name string, keys, folders []string) {
	if p == nil || !p.on || len(keys) == 0 {
		return
	}
	// What is gone is gone, whether the rest was stopped or not.
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), purgeTime)
		defer cancel()
	}
	done := p.by.Purge(ctx, name, keys, folders)
	p.done = &done
}

// purgeTime is what a purge may take after the person has stopped the removal.
const purgeTime = 20 * time.Second

// purgedLine tells that the CDN is being purged; empty where it is not.
func (b *Browse) purgedLine(x op) string {
	if x.purge == nil || x.purge.done == nil || x.purge.done.Reason != "" {
		return ""
	}
	return " " + text.Fill(b.env.Text.UI.Grace.Purged, "n", text.Thousands(int64(x.purge.done.Paths)))
}

// tellUnpurged tells in a dialog that files are gone and copies are not, with
// the command that takes them away.
func (b *Browse) tellUnpurged(x op) {
	if x.purge == nil || x.purge.done == nil || x.purge.done.Reason == "" {
		return
	}
	w := &b.env.Text.UI.Grace
	title := w.UnpurgedTitle
	if x.kind != media.OpRemove {
		title = w.UnpurgedDone
	}
	b.env.Post(screen.Ask{Dialog: dialog.NewNotice(b.env, title, dialog.UnpurgedLines(b.env.Text, x.purge.done), nil)})
}
