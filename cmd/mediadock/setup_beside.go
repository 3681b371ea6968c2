package main

import (
	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

// fromConnection gives values what a service in front of a saved connection's
// bucket has in common with it (M10), where no flag or variable says otherwise.
// The service is imgix unless another is named.
func (a *app) fromConnection(o setupOptions, values map[string]string) error {
	if o.fromName == "" {
		return nil
	}
	if err := noEnvironment(o.fromName); err != nil {
		return err
	}
	sel, err := a.load(o.fromName, false)
	if err != nil {
		return err
	}
	if values["integration"] == "" {
		values["integration"] = wizard.Imgix
	}
	if values["integration"] == sel.settings.Integration {
		return usage("from_connection_same", map[string]string{"name": o.fromName, "integration": values["integration"]})
	}
	for key, v := range wizard.Beside(sel.settings, values["integration"]) {
		if values[key] == "" {
			values[key] = v
		}
	}
	return nil
}

// nextStep is what to do at the service once its connection stands; empty where
// there is nothing to say.
func (a *app) nextStep(s wizard.Settings, r awscheck.Report) string {
	in, ok := wizard.IntegrationByID(s.Integration)
	if !ok {
		return ""
	}
	id := in.Next(r.Passed)
	if !a.text.Has(id) {
		return ""
	}
	return a.text.Say(id, wizard.NextArgs(s))
}

// printAfterwards says what to do at the service, below a test that passed.
func (a *app) printAfterwards(s wizard.Settings, r awscheck.Report) {
	if next := a.nextStep(s, r); next != "" {
		a.show(text.Safe(a.text.UI.Review.Afterwards))
		a.show("  " + next)
	}
}
