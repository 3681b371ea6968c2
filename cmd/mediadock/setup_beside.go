package main

import (
	"strings"

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

// nextSteps are what to do at the service once its connection stands (C21);
// none where there is nothing to say.
func (a *app) nextSteps(s wizard.Settings, r awscheck.Report) (lines []string) {
	for _, id := range wizard.NextSteps(s, r.Passed) {
		if a.text.Has(id) {
			lines = append(lines, a.text.Say(id, wizard.NextArgs(s)))
		}
	}
	return lines
}

// nextStep is that in one text, as JSON has it: a step a line.
func (a *app) nextStep(s wizard.Settings, r awscheck.Report) string {
	return strings.Join(a.nextSteps(s, r), "\n")
}

// afterwards tells whether there is anything to do at the service: a whole
// test has not failed, and the service is no CMS.
func afterwards(s wizard.Settings, r awscheck.Report) bool {
	return verdictExit(r.Verdict) == exitDone && !r.Partial && s.Integration != wizard.DefaultIntegration
}

// printAfterwards says what to do at the service, below a test that passed.
func (a *app) printAfterwards(s wizard.Settings, r awscheck.Report) {
	next := a.nextSteps(s, r)
	if len(next) == 0 {
		return
	}
	a.show(text.Safe(a.text.UI.Review.Afterwards))
	for _, l := range next {
		a.show("  " + text.Safe(l))
	}
}
