package audit

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media/audit"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// repair is the yes to mending findings.
type repair struct{ all []*finding }

// mostNamed is how many files of a kind the question names. It is the plan, and
// can be scrolled.
const mostNamed = 200

// askRepair shows what would be written, and that it is the catalogue alone.
func (a *Audit) askRepair() {
	w := a.words()
	all := a.groups.toMend()
	if len(all) == 0 {
		a.env.Post(screen.Say{Line: w.Nothing, Bad: true})
		return
	}
	lines := []dialog.Line{{Text: w.RepairBody, Role: dialog.Strong, Wrap: true}}
	for _, part := range []struct {
		kind audit.Kind
		says string
	}{{audit.Moved, w.RepairMoved}, {audit.Changed, w.RepairChanged}} {
		lines = append(lines, a.repairLines(part.kind, part.says, all)...)
	}
	n := text.Thousands(int64(len(all)))
	a.env.Post(screen.Ask{Dialog: dialog.NewChoice(a.env, text.Fill(w.RepairTitle, "n", n), lines,
		dialog.Option{Label: a.env.Text.UI.Keys.Cancel}, dialog.Option{Label: text.Fill(w.RepairYes, "n", n), Answer: repair{all}})})
}

func (a *Audit) repairLines(kind audit.Kind, says string, all []*finding) []dialog.Line {
	n := 0
	var named []dialog.Line
	for _, f := range all {
		if f.Kind != kind {
			continue
		}
		if n++; n > mostNamed {
			continue
		}
		named = append(named, dialog.Line{Lead: "  ", Text: text.Safe(f.Path), Role: dialog.Muted})
		if f.To != "" {
			named = append(named, dialog.Line{Lead: "  > ", Text: text.Safe(f.To), Role: dialog.Code})
		}
	}
	if n == 0 {
		return nil
	}
	if n > mostNamed {
		named = append(named, dialog.Line{Text: "  " + text.Fill(a.words().AndMore, "n", text.Thousands(int64(n-mostNamed))), Role: dialog.Muted})
	}
	return append([]dialog.Line{{}, {Text: text.Fill(says, "n", text.Thousands(int64(n))), Wrap: true}}, named...)
}

// mended is what became of mending.
type mended struct {
	tried, of int
	done      map[*finding]bool // false: left as it is
	err       error
	over      bool
	more      bool // there are more than were held
}

func (m mended) count() (done, left int) {
	for _, ok := range m.done {
		if ok {
			done++
		} else {
			left++
		}
	}
	return done, left
}

// repair mends one finding after another.
func (a *Audit) repair(r repair) tea.Cmd {
	auditor, ok := a.env.World.(world.Auditor)
	if !ok || a.busy() {
		return nil
	}
	a.mended = mended{of: len(r.all)}
	name := a.place.Connection
	var cmd tea.Cmd
	a.mend, cmd = a.env.Jobs.Start(func(ctx context.Context, emit func(any)) any {
		m := mended{done: map[*finding]bool{}, of: len(r.all)}
		for i, f := range r.all {
			if ctx.Err() != nil {
				break
			}
			done, err := auditor.Mend(ctx, name, f.Finding)
			if err != nil {
				m.err = err
				break
			}
			m.done[f] = done
			emit(i + 1)
		}
		return m
	})
	return cmd
}

// repaired takes what is mended out of the list; the rest stays in it.
func (a *Audit) repaired(d job.Done, m mended) {
	if !a.mend.Is(d.ID) {
		return
	}
	a.mend = nil
	m.over = true
	for _, g := range a.groups.all {
		m.more = m.more || (g.kind == audit.Moved || g.kind == audit.Changed) && g.total > len(g.held)
	}
	at := a.at()
	for f, done := range m.done {
		f.left = !done
	}
	a.groups.without(m.gone())
	a.mended = m
	a.keep(at)
	if m.err != nil && !d.Canceled {
		a.env.Post(screen.Failed{Trouble: a.env.World.Explain(a.place.Connection, m.err)})
	}
}

func (m mended) gone() map[*finding]bool {
	gone := map[*finding]bool{}
	for f, done := range m.done {
		if done {
			gone[f] = true
		}
	}
	return gone
}
