package browse

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/transfers"
	"github.com/mediadock/mediadock/tui/world"
)

// leftBefore are large uploads that earlier runs did not end.
type leftBefore struct{ uploads []media.KeptUpload }

// lookInterrupted finds them on the local disk, once the library is open.
func (b *Browse) lookInterrupted() tea.Cmd {
	r, ok := b.shared.now().(world.Interrupter)
	if !ok {
		return nil
	}
	_, cmd := b.env.Do(func(context.Context) any { return leftBefore{r.Interrupted()} })
	return cmd
}

// leftBefore puts them into the panel and says so.
func (b *Browse) leftBefore(r leftBefore) {
	if len(r.uploads) == 0 {
		return
	}
	w := &b.env.Text.UI.Transfers
	o := &transfers.Operation{Kind: media.OpPut, Title: w.Earlier}
	for _, u := range r.uploads {
		f := transfers.File{Name: u.Path, Local: u.File, Size: u.Bytes, Sent: u.Sent, State: transfers.Interrupted, Kept: true, URL: b.lib.URL(u.Path)}
		if u.Stale {
			f.Code = media.CodeUploadStale
		}
		o.Files = append(o.Files, f)
	}
	b.ops.log.Earlier(o)
	b.panel.Sync()
	b.env.Post(screen.Say{Line: text.Fill(w.SomeInterrupted, "n", itoa(len(r.uploads)))})
}

// interrupted finds one anew: since it was shown another process may have gone
// on with it.
func interrupted(r world.Interrupter, path string) (media.KeptUpload, bool) {
	for _, u := range r.Interrupted() {
		if u.Path == path {
			return u, true
		}
	}
	return media.KeptUpload{}, false
}

// resume goes on with an interrupted upload.
func (b *Browse) resume(path string) tea.Cmd {
	r, ok := b.shared.now().(world.Interrupter)
	if !ok {
		return nil
	}
	return b.planning(b.words().PlanningUpload, func(ctx context.Context) (func() tea.Cmd, error) {
		u, ok := interrupted(r, path)
		if !ok {
			return func() tea.Cmd { return b.gone(path) }, nil
		}
		plan, err := r.PlanResume(ctx, u)
		if err != nil {
			return nil, err
		}
		return func() tea.Cmd { return b.goOn(plan, nil) }, nil
	})
}

// discarded is the end of discarding one.
type discarded struct {
	path string
	err  error
}

func (b *Browse) askDiscard() {
	_, f := b.panel.At()
	if f == nil {
		return
	}
	w, path := &b.env.Text.UI.Transfers, f.Name
	b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, text.Fill(w.DiscardTitle, "name", text.Safe(f.Name)), dialog.Prose(text.Fill(w.DiscardBody, "size", text.Bytes(f.Sent))),
		dialog.Option{Label: b.env.Text.UI.Keys.Cancel},
		dialog.Option{Label: w.DiscardYes, Answer: do{func() tea.Cmd { return b.writing(func() tea.Cmd { return b.discard(path) }) }}})})
}

func (b *Browse) discard(path string) tea.Cmd {
	r, ok := b.shared.now().(world.Interrupter)
	if !ok {
		return nil
	}
	_, cmd := b.env.Do(func(ctx context.Context) any {
		u, ok := interrupted(r, path)
		if !ok {
			return discarded{path: path}
		}
		var err error
		r.Discard(ctx, u, func(e media.Event) {
			if e.Type == media.EventItem && e.Err != nil {
				err = e.Err
			}
		})
		return discarded{path, err}
	})
	return cmd
}

func (b *Browse) discarded(r discarded) {
	if r.err != nil {
		b.trouble(r.err, nil)
		return
	}
	b.gone(r.path)
	b.env.Post(screen.Say{Line: b.env.Text.UI.Transfers.Discarded})
}

// gone takes note that nothing is kept of an upload any more.
func (b *Browse) gone(path string) tea.Cmd {
	b.ops.log.Released(path)
	b.panel.Sync()
	return nil
}
