package browse

import (
	"context"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// graceTime is how long a deletion waits, and can be taken back: after the
// request is sent nothing can.
const graceTime = 10 * time.Second

// heartbeat is how often the countdown moves.
const heartbeat = 250 * time.Millisecond

// held is a deletion that was agreed to and of which nothing has been sent.
type held struct {
	op      op
	asked   request
	folders []string
	paths   map[string]bool
	until   time.Time
}

// grace holds deletions back, the one that is due next in front.
type grace struct {
	held []held
	at   time.Time // the latest time that is known
}

func (g *grace) waiting() bool { return len(g.held) > 0 }

// has tells whether a file or folder is about to be deleted.
func (g *grace) has(path string) bool {
	for _, h := range g.held {
		if h.paths[path] {
			return true
		}
		for _, f := range h.folders {
			if strings.HasPrefix(path, f) {
				return true
			}
		}
	}
	return false
}

// left is in how many seconds the next one begins, from ten down to one.
func (g *grace) left() int {
	d := g.held[0].until.Sub(g.at)
	return max(int((d+time.Second-1)/time.Second), 1)
}

// hold lets a deletion wait.
func (b *Browse) hold(x op, plan media.RemovePlan) tea.Cmd {
	paths := make(map[string]bool, len(plan.Items))
	for _, it := range plan.Items {
		paths[it.Path] = true
		b.picked.drop(it.Path)
	}
	for _, f := range plan.Folders {
		b.picked.drop(f)
	}
	g := &b.grace
	if now := b.now(); now.After(g.at) {
		g.at = now
	}
	g.held = append(g.held, held{x, b.asked, plan.Folders, paths, g.at.Add(graceTime)})
	return b.env.Tick(heartbeat)
}

// beat begins what is due, and asks for the next beat while something waits.
func (b *Browse) beat(at time.Time) tea.Cmd {
	g := &b.grace
	if !g.waiting() {
		return nil
	}
	if at.After(g.at) {
		g.at = at
	}
	var cmds []tea.Cmd
	for g.waiting() && !g.at.Before(g.held[0].until) {
		cmds = append(cmds, b.release())
	}
	if g.waiting() {
		cmds = append(cmds, b.env.Tick(heartbeat))
	}
	return tea.Batch(cmds...)
}

// release begins the deletion that is due next: from here on it cannot be
// taken back.
func (b *Browse) release() tea.Cmd {
	h := b.grace.held[0]
	b.grace.held = b.grace.held[1:]
	for _, f := range h.folders {
		b.leave(f)
	}
	asked := b.asked
	b.asked = h.asked
	cmd := b.begin(h.op)
	b.asked = asked
	return cmd
}

// takeBack drops the deletion that was asked for last.
func (b *Browse) takeBack() {
	g := &b.grace
	if !g.waiting() {
		return
	}
	last := g.held[len(g.held)-1]
	g.held = g.held[:len(g.held)-1]
	b.env.Post(screen.Say{Line: text.Fill(b.env.Text.UI.Grace.TakenBack, "n", text.Thousands(int64(last.op.items)))})
}

// Holding tells of deletions that wait; empty when none does.
func (b *Browse) Holding() string {
	if !b.grace.waiting() {
		return ""
	}
	n := 0
	for _, h := range b.grace.held {
		n += h.op.items
	}
	return text.Fill(b.env.Text.UI.Grace.QuitBody, "n", text.Thousands(int64(n)))
}

// DoNow begins all that waits.
func (b *Browse) DoNow() tea.Cmd {
	var cmds []tea.Cmd
	for b.grace.waiting() {
		cmds = append(cmds, b.release())
	}
	return tea.Batch(cmds...)
}

// DropHeld takes back all that waits.
func (b *Browse) DropHeld() { b.grace.held = nil }

// graceLine is the countdown in w cells.
func (b *Browse) graceLine(w int) string {
	t, words, g := b.env.Theme, &b.env.Text.UI.Grace, &b.grace
	n, seconds := text.Thousands(int64(g.held[0].op.items)), itoa(g.left())
	help := b.env.Keys.TakeBack.Help()
	back := help.Key + " " + help.Desc
	line := text.Fill(words.Waits, "n", n, "seconds", seconds)
	if len(g.held) > 1 {
		line += "  " + text.Fill(words.More, "n", itoa(len(g.held)))
	}
	if grid.Width(line)+grid.Width(back)+3 > w {
		line = text.Fill(words.WaitsShort, "n", n, "seconds", seconds)
	}
	room := max(w-grid.Width(back)-3, 0)
	return t.Warn.Render(grid.Cut(line, room)) + "   " + t.Accent.Render(back)
}

// takingBack puts taking back in front of the keys, in the place of those that
// mean something else while nothing waits.
func (b *Browse) takingBack(all []key.Binding) []key.Binding {
	back := b.env.Keys.TakeBack
	out := []key.Binding{back}
	for _, k := range all {
		if !slices.ContainsFunc(k.Keys(), func(name string) bool { return slices.Contains(back.Keys(), name) }) {
			out = append(out, k)
		}
	}
	return out
}

// removal is the deletion that a plan describes, and the purge after it.
func (b *Browse) removal(plan media.RemovePlan, purge *purging) op {
	lib, name := b.lib, b.place.Connection
	run := purge.then(name, plan.Items, plan.Folders, func(ctx context.Context, emit func(media.Event)) media.Summary { return lib.Remove(ctx, plan, emit) })
	return op{kind: media.OpRemove, title: b.env.Text.UI.Grace.Sent, items: len(plan.Items), purge: purge, files: filesOf(plan.Items), run: run}
}
