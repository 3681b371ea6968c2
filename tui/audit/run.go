package audit

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media/audit"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/world"
)

// progress is how far an audit is.
type progress struct {
	step  audit.Step
	files int // listed, or read
	of    int // that were listed, while they are read
}

// ended is how an audit ended.
type ended struct {
	world.Audited
	over    bool // it came to an end, whatever it was
	stopped bool
	err     error
}

// beyond is a finding that is counted and not held.
type beyond struct{ kind audit.Kind }

// errNoAudit is a world that cannot compare anything.
var errNoAudit = errors.New("nothing can be compared here")

// run compares from the beginning.
func (a *Audit) run() tea.Cmd {
	a.Stop()
	a.groups.clear()
	a.progress, a.ended, a.mended = progress{}, ended{}, mended{}
	a.fit()
	name, deep := a.place.Connection, a.deep
	auditor, ok := a.env.World.(world.Auditor)
	var cmd tea.Cmd
	a.load, cmd = a.env.Jobs.Start(func(ctx context.Context, emit func(any)) any {
		if !ok {
			return ended{err: errNoAudit}
		}
		held := map[audit.Kind]int{}
		sum, err := auditor.Audit(ctx, name, deep, func(step audit.Step, n int) { emit(progress{step: step, files: n}) },
			func(f audit.Finding, command string) error {
				if held[f.Kind]++; held[f.Kind] > mostHeld {
					emit(beyond{f.Kind})
					return ctx.Err()
				}
				emit(&finding{Finding: f, command: command})
				return ctx.Err()
			})
		return ended{Audited: sum, err: err}
	})
	return cmd
}

// told takes in what was found since the last time. The cursor stays on its
// finding.
func (a *Audit) told(m job.Event) {
	switch {
	case a.mend.Is(m.ID):
		for _, x := range m.Items {
			if n, ok := x.(int); ok {
				a.mended.tried = n
			}
		}
		return
	case !a.load.Is(m.ID):
		return
	}
	at := a.at()
	for _, x := range m.Items {
		switch x := x.(type) {
		case progress:
			if x.of = a.progress.of; x.step == audit.Listing {
				x.of = x.files
			}
			a.progress = x
		case beyond:
			a.groups.of(x.kind).total++
		case *finding:
			a.groups.add(x)
		}
	}
	a.keep(at)
}

// keep puts the cursor back on a finding after the list has changed.
func (a *Audit) keep(at *finding) {
	a.fit()
	if i, ok := a.groups.find(at); at != nil && ok {
		a.list.Select(i)
	}
}

func (a *Audit) done(m job.Done) {
	switch r := m.Result.(type) {
	case ended:
		if !a.load.Is(m.ID) {
			return
		}
		a.load = nil
		r.over, r.stopped = true, m.Canceled
		if r.Files == 0 {
			r.Files = a.progress.of
		}
		if r.stopped {
			r.err = nil
		}
		a.ended = r
		a.fit()
		if r.err != nil {
			a.env.Post(screen.Failed{Trouble: a.env.World.Explain(a.place.Connection, r.err), Again: again{deep: a.deep}})
		}
	case mended:
		a.repaired(m, r)
	}
}

// at is the finding under the cursor.
func (a *Audit) at() *finding {
	i := a.list.Cursor()
	if i < 0 {
		return nil
	}
	_, f := a.groups.row(i)
	return f
}
