// Package browse is the media library on the screen. It holds the pages of
// one folder, asks for the next as the cursor nears the end, and shows a plan
// before anything changes.
package browse

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/line"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/transfers"
	"github.com/mediadock/mediadock/tui/world"
)

// Browse is the screen.
type Browse struct {
	env   *screen.Env
	place screen.Place
	w, h  int

	spelled bool // keys are asked for in whole words

	lib    world.Library // shared, nil while none is open
	shared open
	then   func() tea.Cmd // what waits for the library
	agreed bool           // writing beside a live service was agreed to, or needs not be
	load   *job.Job
	err    error
	fault  fault

	folder folder
	// where the cursor stood in the folders above, by their path
	stood map[string]string

	tree     tree
	picked   selection
	siblings siblings // the connection and its environments

	find    line.Field
	finding bool

	written written
	hunt    hunt
	sight   sight

	ops      ops
	follower follower
	panel    *transfers.Panel
	tracking bool // the panel, in place of the folder
	grace    grace
	leaving  map[string]bool // folders that the running operation empties
	plan     *job.Job        // a plan is being made
	asked    request         // what for
	what     string          // which, in words
}

// New opens the media of a saved connection.
func New(env *screen.Env, p screen.Place) *Browse {
	b := &Browse{env: env, place: p, stood: map[string]string{}, find: line.New("")}
	b.ops.env, b.ops.log, b.follower.env = env, transfers.NewLog(env.Now), env
	b.panel = transfers.NewPanel(env, b.ops.log)
	return b
}

// do is the answer of dialogs that lead on to something.
type do struct{ then func() tea.Cmd }

// Init opens the library.
func (b *Browse) Init() tea.Cmd {
	return tea.Batch(b.openLibrary(screen.Identity{}), b.lookBeside())
}

// Update takes pages, plans, progress, answers and input; then the folders
// beside the list follow it, and the file under the cursor is looked at.
func (b *Browse) Update(msg tea.Msg) tea.Cmd {
	cmd := b.update(msg)
	b.keepTree()
	return tea.Batch(cmd, b.look())
}

func (b *Browse) update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case job.Event:
		if b.ops.is(m.ID) {
			b.progress(m)
		}
		b.follower.take(m)
		if b.hunt.reading.Is(m.ID) {
			b.listProgress(m)
		}
		return nil
	case job.Done:
		return b.done(m)
	case do:
		return m.then()
	case screen.Identity:
		if m.Anew {
			return b.openLibrary(m)
		}
		return nil
	case screen.Worked:
		return b.lookBeside()
	case screen.Beat:
		return tea.Batch(b.rested(time.Time(m)), b.beat(time.Time(m)))
	case screen.Row:
		return b.pick(m)
	case screen.Crumb:
		return b.climb(m)
	case twigClick, foldClick, treeGround:
		return b.clickTree(m)
	case screen.Wheel:
		return b.turn(m)
	case tea.PasteMsg:
		return b.paste(m)
	case tea.KeyPressMsg:
		if b.finding {
			return b.pressFind(m)
		}
		if b.hunt.typing {
			return b.pressHunt(m)
		}
		if b.tracking {
			return b.pressTransfers(m)
		}
		return b.press(m)
	}
	return nil
}

func (b *Browse) done(m job.Done) tea.Cmd {
	if b.sight.Done(m) {
		return nil
	}
	switch r := m.Result.(type) {
	case opened:
		return b.opened(m, r)
	case siblings:
		b.siblings = r
	case page:
		return b.paged(m, r)
	case branched:
		return b.branched(m, r)
	case planned:
		if !b.plan.Is(m.ID) {
			return nil
		}
		b.plan = nil
		if m.Canceled {
			return nil
		}
		if r.err != nil {
			b.trouble(r.err, b.again(b.repeat(b.asked)))
			return nil
		}
		return r.then()
	case finished:
		return b.finished(m, r)
	case followed:
		b.follower.end(m, r)
	case catalogued:
		b.catalogued(r)
	case leftBefore:
		b.leftBefore(r)
	case paidOwed:
		return b.paidOwed(r)
	case discarded:
		b.discarded(r)
	case described:
		b.described(r)
	case hits:
		return b.hit(m, r)
	case counted:
		b.counted(m, r)
	case listRead:
		return b.listRead(m, r)
	case listSaved:
		b.listSaved(r)
	case consented:
		if r.err != nil {
			b.trouble(r.err, nil)
		}
	}
	return nil
}

// trouble tells an error in a dialog: what, why, what to do. again is the
// answer when the credentials were mended.
func (b *Browse) trouble(err error, again tea.Msg) {
	b.env.Post(screen.Failed{Trouble: b.env.World.Explain(b.place.Connection, err), Again: again})
}

// consented is the end of recording the person's consent.
type consented struct{ err error }

// planned is a plan that is ready to be shown.
type planned struct {
	then func() tea.Cmd
	err  error
}

// planning makes a plan beside the loop; the work returns what to show then.
func (b *Browse) planning(what string, work func(ctx context.Context) (func() tea.Cmd, error)) tea.Cmd {
	b.plan.Cancel()
	b.what, b.asked = what, request{what, work}
	var cmd tea.Cmd
	b.plan, cmd = b.env.Do(func(ctx context.Context) any {
		then, err := work(ctx)
		return planned{then, err}
	})
	return cmd
}

// Resize gives the area.
func (b *Browse) Resize(w, h int) {
	b.w, b.h = w, h
	b.folder.list.SetHeight(b.listHeight())
	b.panel.Resize(w, max(h-1-b.margin(), 1))
}

// Title is the connection and the folder, and how much is seen and selected.
func (b *Browse) Title() (crumbs []string, right string) {
	crumbs = []string{b.place.Connection}
	if p := b.place.Settings.Prefix; p != "" {
		crumbs = append(crumbs, p)
	}
	for _, part := range strings.Split(strings.TrimSuffix(b.folder.path, "/"), "/") {
		if part != "" {
			crumbs = append(crumbs, part)
		}
	}
	if b.tracking {
		return []string{b.place.Connection, b.env.Text.UI.Transfers.Title}, ""
	}
	return crumbs, b.summary()
}

// Typing is true while the filter is typed.
func (b *Browse) Typing() bool { return b.finding || b.hunt.typing }

// Losing names the operation that runs.
func (b *Browse) Losing() string {
	switch {
	case b.ops.running():
		return b.ops.title()
	case b.grace.waiting():
		return b.env.Text.UI.Grace.What
	}
	return ""
}

// Leaves tells what a large upload that is cut short leaves in S3.
func (b *Browse) Leaves() string {
	x := b.ops.current
	if x == nil || x.kind != media.OpPut || !x.log.Large() {
		return ""
	}
	return b.env.Text.UI.Transfers.LeavesParts
}

// Stop ends what runs and what waits.
func (b *Browse) Stop() {
	b.DropHeld()
	b.ops.stop()
}

// Close cancels everything. What waits is not done: the files stay.
func (b *Browse) Close() {
	b.DropHeld()
	b.load.Cancel()
	b.sight.Close()
	b.folder.load.Cancel()
	b.plan.Cancel()
	b.hunt.stop()
	b.tree.drop()
	b.follower.stop()
	b.ops.stop()
}

func (b *Browse) words() *text.BrowseWords { return &b.env.Text.UI.Browse }

// now is the time for items that were just made.
func (b *Browse) now() time.Time { return b.env.Now() }
