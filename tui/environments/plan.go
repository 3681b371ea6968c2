package environments

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// What jobs come back with.
type (
	creating struct {
		world.EnvironmentCreation
		agreed bool
		err    error
	}
	deleting struct {
		world.EnvironmentDeletion
		err error
	}
	consented struct{ err error }
	takenUp   struct{ err error }
)

// errNone is a world without environments.
var errNone = errors.New("there are no environments here")

// plan finds out what will be done.
func (e *Environments) plan() tea.Cmd {
	e.load.Cancel()
	e.runs.drop(e.name)
	e.stage, e.counted, e.top = planning, counted{}, 0
	by, ok := e.env.World.(world.Environments)
	name, connection, removal := e.name, e.connection, e.place.Removal
	_, environment := world.Connection{Name: name}.Of()
	how := world.EnvironmentHow{IntoExisting: e.occupied}
	var cmd tea.Cmd
	e.load, cmd = e.env.Jobs.Start(func(ctx context.Context, emit func(any)) any {
		how.Counting = func(n, b int64) { emit(counted{n, b}) }
		switch {
		case removal && ok:
			d, err := by.PlanEnvironmentRemoval(ctx, name)
			return deleting{d, err}
		case removal:
			return deleting{err: errNone}
		case !ok:
			return creating{err: errNone}
		}
		c, err := by.PlanEnvironment(ctx, connection, environment, how)
		agreed := true
		if err == nil {
			agreed, err = e.env.World.Consented(ctx, connection)
		}
		return creating{c, agreed, err}
	})
	return cmd
}

func (e *Environments) done(m job.Done) tea.Cmd {
	switch r := m.Result.(type) {
	case seen:
		if e.purge.job.Is(m.ID) && !m.Canceled {
			e.purge.seen, e.purge.over = r.PurgeSeen, true
		}
	case beside:
		e.found(r)
	case consented:
		if r.err != nil {
			e.env.Post(screen.Failed{Trouble: e.env.World.Explain(e.connection, r.err)})
			return nil
		}
		e.agreed = true
		return e.copy()
	case takenUp:
		if r.err != nil {
			e.fail(r.err)
			return nil
		}
		e.stage, e.top = known, 0
	case creating:
		if e.planMade(m, r.err) {
			e.creation, e.agreed = r.EnvironmentCreation, r.agreed
			if r.Occupied {
				e.askOccupied()
			}
		}
	case deleting:
		if e.planMade(m, r.err) {
			e.deletion = r.EnvironmentDeletion
		}
	}
	return nil
}

// planMade takes the end of planning; false where there is no plan to show.
func (e *Environments) planMade(m job.Done, err error) bool {
	if !e.load.Is(m.ID) || e.stage != planning {
		return false
	}
	e.load = nil
	switch {
	case m.Canceled && e.place.Connection == e.connection:
		e.stage, e.name = naming, ""
		return false
	case m.Canceled:
		e.leave()
		return false
	case err != nil:
		e.fail(err)
		return false
	}
	e.stage = planned
	return true
}

// askOccupied says that the directory has files that nobody here has put there,
// and how to go on.
func (e *Environments) askOccupied() {
	w, p := e.words(), e.creation.Plan
	body := text.Fill(w.OccupiedBody, "dir", text.Safe("s3://"+p.To.Bucket+"/"+p.To.Dir()), "n", text.Thousands(p.Same+p.Different+p.Foreign))
	options := []dialog.Option{
		{Label: e.env.Text.UI.Keys.Cancel},
		{Label: w.OccupiedTake, Answer: takeUp{}},
		{Label: w.OccupiedCopy, Answer: into{}},
	}
	if e.place.Connection == e.connection {
		options[0] = dialog.Option{Label: w.OccupiedName, Answer: rename{}}
	}
	e.env.Post(screen.Ask{Dialog: dialog.NewChoice(e.env, w.OccupiedTitle, dialog.Prose(body), options...)})
}

// mayBegin begins to copy, after consent where a live service writes there, too
// (D14).
func (e *Environments) mayBegin() tea.Cmd {
	if e.creation.Occupied {
		e.askOccupied()
		return nil
	}
	if e.agreed {
		return e.copy()
	}
	w := &e.env.Text.UI.Browse
	e.env.Post(screen.Ask{Dialog: dialog.NewChoice(e.env, w.ConsentTitle, dialog.Prose(w.ConsentUnsupported, "", w.ConsentRisk),
		dialog.Option{Label: w.ConsentNo}, dialog.Option{Label: w.ConsentYes, Answer: consent{true}})})
	return nil
}

func (e *Environments) agree(c consent) tea.Cmd {
	if !c.yes {
		return nil
	}
	_, cmd := e.env.Do(func(ctx context.Context) any { return consented{e.env.World.Consent(ctx, e.connection)} })
	return cmd
}

// busy tells that something is done to this environment just now, and says so.
func (e *Environments) busy() bool {
	name := e.runs.Busy(e.name)
	if name != "" {
		e.env.Post(screen.Say{Line: text.Fill(e.words().Busy, "name", text.Safe(name)), Bad: true})
	}
	return name != ""
}

func (e *Environments) copy() tea.Cmd {
	if e.stage != planned || e.busy() {
		return nil
	}
	e.stage, e.top = running, 0
	return e.runs.begin(e.name, false, e.creation.Plan.ToCopy, e.creation.Plan.BytesToCopy, e.creation.Run)
}

func (e *Environments) makeKnown() tea.Cmd {
	if e.stage != planned || e.busy() {
		return nil
	}
	take := e.creation.TakeUp
	_, cmd := e.env.Do(func(ctx context.Context) any { return takenUp{take(ctx)} })
	return cmd
}

// askName asks for the environment's name, its own or the whole one.
func (e *Environments) askName() {
	w, p := e.words(), e.deletion.Plan
	_, environment := world.Connection{Name: e.name}.Of()
	body := []dialog.Line{
		{Text: text.Fill(w.RemoveBody, "n", text.Thousands(p.Objects), "bytes", text.Bytes(p.Bytes)), Role: dialog.Strong, Wrap: true},
		{Text: e.env.Text.ProductionStays(e.connection), Role: dialog.Good, Wrap: true},
	}
	e.env.Post(screen.Ask{Dialog: dialog.NewTyped(e.env, text.Fill(w.RemoveTitle, "name", text.Safe(e.name)), body,
		text.Fill(w.TypeName, "environment", text.Safe(environment)), environment, remove{})})
}

func (e *Environments) remove() tea.Cmd {
	if e.stage != planned || !e.place.Removal || e.busy() {
		return nil
	}
	p := e.deletion.Plan
	e.stage, e.top = running, 0
	return e.runs.begin(e.name, true, p.Objects+p.Probes+p.Markers, p.Bytes, e.deletion.Run)
}
