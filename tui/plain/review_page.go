package plain

import (
	"context"
	"strings"

	"github.com/mediadock/mediadock/tui/checklist"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// print is the review page: what binds comes first.
func (a *asker) print() {
	a.t.line("")
	a.t.line(a.c.Say("step.review.title", nil))
	a.difference()
	a.addresses()
	for _, g := range wizard.FactGroups() {
		a.facts(g)
	}
	a.answers()
	a.pastes()
	a.t.line("")
}

// pastes are the documents for AWS, where each goes and how far it is.
func (a *asker) pastes() {
	settings, _ := world.Trusting(a.flow.Settings(), a.caller)
	a.t.line("")
	a.t.line(a.c.UI.Checklist.Title)
	for _, i := range checklist.Items(a.c, settings, a.world.Pasted(context.Background(), a.connectionName())) {
		a.t.line("  - " + a.c.Labelled(i.Name, i.State))
		for _, place := range i.Places {
			a.t.line("    " + place)
		}
	}
}

// difference is what changes of a saved connection.
func (a *asker) difference() {
	if !a.edit {
		return
	}
	w := a.c.UI.Review
	a.t.line("")
	a.t.line(w.Changes)
	changes := wizard.Diff(wizard.Defaults(a.was), wizard.Defaults(a.flow.Settings()))
	if len(changes) == 0 {
		a.t.line("  " + w.NoChanges)
	}
	for _, c := range changes {
		label := a.label(c.Key)
		if class := map[string]string{wizard.Locked: w.ChangeLocked, wizard.Rotate: w.ChangeRotated}[c.Locked]; class != "" {
			label += a.c.Aside(class)
		}
		a.t.line("  " + label)
		for _, v := range [][2]string{{w.Was, c.Old}, {w.Now, c.New}} {
			var s wizard.Settings
			wizard.Set(&s, c.Key, v[1])
			a.t.line("    " + a.c.Labelled(v[0], a.value(s, c.Key)))
		}
	}
}

// value is a setting on lines that begin alike.
func (a *asker) value(s wizard.Settings, key string) string {
	return strings.ReplaceAll(world.Value(a.c, s, key), "\n", "\n      ")
}

// addresses are where media will be, here and in another environment.
func (a *asker) addresses() {
	w := a.c.UI.Review
	a.t.line("")
	a.t.line(w.Addresses)
	for _, sample := range wizard.SamplesIn(world.SpaceOf(a.name, a.flow.Settings())) {
		a.address(sample)
	}
	if _, environment := (world.Connection{Name: a.name}).Of(); environment != "" || !wizard.Environments(a.flow.Settings()) {
		return
	}
	title := w.EnvironmentLater
	sample, known := wizard.EnvironmentSample(a.flow.Settings())
	if known {
		title = w.Environment
	}
	a.t.line("")
	a.t.line(text.Fill(title, "name", wizard.SampleEnvironment))
	a.address(sample)
}

func (a *asker) address(sample wizard.Sample) {
	a.t.line("  " + safe(sample.URL))
	if sample.Readable != sample.URL {
		a.t.line("    " + text.Fill(a.c.UI.Review.ShownAs, "url", safe(sample.Readable)))
	}
}

// facts are those of one group.
func (a *asker) facts(group string) {
	a.t.line("")
	a.t.line(a.c.Say("know.group."+group, nil))
	for _, f := range wizard.Facts(a.flow.Settings()) {
		if f.Group == group {
			a.t.line("  - " + safe(f.Words(a.c.Say)))
		}
	}
}

// answers are all settings.
func (a *asker) answers() {
	a.t.line("")
	a.t.line(a.c.UI.Review.Answers)
	a.t.line("  " + a.c.Labelled(a.c.UI.Review.Name, safe(a.connectionName())))
	s := a.flow.Settings()
	for _, f := range wizard.Fields(s.Integration) {
		v := a.value(s, f.Key)
		if f.Key == "service_id" && s.ServiceID == "" {
			v = a.c.UI.Review.GeneratedOnSave
		}
		a.t.line("  " + a.c.Labelled(a.label(f.Key), v))
	}
}
