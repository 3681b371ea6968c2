package browse

import (
	"context"
	"sync"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/world"
)

// open is the library that is open now. Plans and questions hold it, so that
// what they do after the person has signed in again is done with the new
// credentials.
type open struct {
	mu  sync.RWMutex
	lib world.Library
}

func (o *open) use(lib world.Library) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.lib = lib
}

func (o *open) now() world.Library {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.lib
}

// The methods of world.Library, each by the library of that moment.

func (o *open) Page(ctx context.Context, folder, token string) (media.Page, error) {
	return o.now().Page(ctx, folder, token)
}

func (o *open) Info(ctx context.Context, path string) (media.Item, error) {
	return o.now().Info(ctx, path)
}

func (o *open) Bytes(ctx context.Context, item media.Item, off, n int64) ([]byte, error) {
	return o.now().Bytes(ctx, item, off, n)
}

func (o *open) PlanPut(ctx context.Context, sources []string, opt media.PutOptions) (media.PutPlan, error) {
	return o.now().PlanPut(ctx, sources, opt)
}

func (o *open) PlanAgain(ctx context.Context, plan media.PutPlan, paths ...string) (media.PutPlan, error) {
	return o.now().PlanAgain(ctx, plan, paths...)
}

func (o *open) Decide(ctx context.Context, plan *media.PutPlan, i int, choice media.IfExists) error {
	return o.now().Decide(ctx, plan, i, choice)
}

func (o *open) MakeUnguessable(ctx context.Context, plan *media.PutPlan, items ...int) error {
	return o.now().MakeUnguessable(ctx, plan, items...)
}

func (o *open) StripPrivate(ctx context.Context, plan *media.PutPlan, items ...int) error {
	return o.now().StripPrivate(ctx, plan, items...)
}

func (o *open) FixNames(ctx context.Context, plan *media.PutPlan, items ...int) error {
	return o.now().FixNames(ctx, plan, items...)
}

func (o *open) PlanMove(ctx context.Context, from, to string) (media.MovePlan, error) {
	return o.now().PlanMove(ctx, from, to)
}

func (o *open) PlanRemove(ctx context.Context, paths []string, recursive bool) (media.RemovePlan, error) {
	return o.now().PlanRemove(ctx, paths, recursive)
}

func (o *open) PlanImport(ctx context.Context, sources []media.ImportSource, opt media.ImportOptions) (*media.ImportPlan, error) {
	return o.now().PlanImport(ctx, sources, opt)
}

func (o *open) Import(ctx context.Context, plan *media.ImportPlan, emit func(media.Event)) media.Summary {
	return o.now().Import(ctx, plan, emit)
}

func (o *open) PlanReplace(ctx context.Context, path, file string) (media.ReplacePlan, error) {
	return o.now().PlanReplace(ctx, path, file)
}

func (o *open) Put(ctx context.Context, plan media.PutPlan, emit func(media.Event)) media.Summary {
	return o.now().Put(ctx, plan, emit)
}

func (o *open) Move(ctx context.Context, plan media.MovePlan, emit func(media.Event)) media.Summary {
	return o.now().Move(ctx, plan, emit)
}

func (o *open) Remove(ctx context.Context, plan media.RemovePlan, emit func(media.Event)) media.Summary {
	return o.now().Remove(ctx, plan, emit)
}

func (o *open) Replace(ctx context.Context, plan media.ReplacePlan, emit func(media.Event)) media.Summary {
	return o.now().Replace(ctx, plan, emit)
}

func (o *open) URL(path string) string { return o.now().URL(path) }

func (o *open) FixedNames() bool { return o.now().FixedNames() }

type opened struct {
	lib    world.Library
	agreed bool
	err    error
	anew   screen.Identity // why it was opened once more
}

// openLibrary opens the library, or opens it once more as somebody else.
func (b *Browse) openLibrary(anew screen.Identity) tea.Cmd {
	b.load.Cancel()
	var cmd tea.Cmd
	b.load, cmd = b.env.Do(func(ctx context.Context) any {
		lib, err := b.env.World.Library(ctx, b.place.Connection)
		if err != nil {
			return opened{err: err, anew: anew}
		}
		agreed, err := b.env.World.Consented(ctx, b.place.Connection)
		return opened{lib, agreed, err, anew}
	})
	return cmd
}

// opened takes the library. Folder, selection and what waits stay as they are.
func (b *Browse) opened(m job.Done, r opened) tea.Cmd {
	if !b.load.Is(m.ID) {
		return nil
	}
	b.load = nil
	if m.Canceled {
		return nil
	}
	if r.err != nil {
		b.lib, b.err = nil, r.err
		b.env.Post(screen.Failed{Trouble: b.env.World.Explain(b.place.Connection, r.err), Shown: true})
		return nil
	}
	first := b.lib == nil
	b.shared.use(r.lib)
	b.lib, b.agreed, b.err = &b.shared, r.agreed, nil
	if then := b.then; then != nil {
		b.then = nil
		return tea.Batch(b.catchUpAs(r.anew, first), then())
	}
	if first {
		return tea.Batch(b.catchUpAs(r.anew, first), b.askCutShort(r.lib), b.lookInterrupted(), b.payOwed())
	}
	return b.catchUpAs(r.anew, first)
}

// catchUpAs reads the folder where there is reason to: somebody else may see
// something else in it.
func (b *Browse) catchUpAs(anew screen.Identity, first bool) tea.Cmd {
	if anew.Changed {
		b.tree.drop()
	}
	if first || anew.Changed || b.folder.err != nil {
		return b.reload()
	}
	return nil
}

// again is what is done once more when the credentials are mended: after the
// library is open with them.
func (b *Browse) again(then func() tea.Cmd) tea.Msg {
	return do{func() tea.Cmd {
		if b.load != nil {
			b.then = then
			return nil
		}
		if b.lib == nil {
			b.then = then
			return b.openLibrary(screen.Identity{})
		}
		return then()
	}}
}

// request is a change as the person asked for it, before anything was found
// out about it.
type request struct {
	what string
	work func(ctx context.Context) (func() tea.Cmd, error)
}

func (b *Browse) repeat(r request) func() tea.Cmd {
	return func() tea.Cmd { return b.planning(r.what, r.work) }
}
