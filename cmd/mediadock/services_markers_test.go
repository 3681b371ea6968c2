package main

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/wizard"
)

// The command that a fix names while the wizard tests settings that are not
// saved works on the draft that the wizard keeps.
func TestFixesOfTheWizardWorkOnItsDraft(t *testing.T) {
	settings := onSandbox(t, "cloudinary-ready")
	settings.Prefix, settings.CloudNames = "media", "alpha-new"
	p := program{home: t.TempDir()}
	s := &services{app: p.app()}
	t.Cleanup(s.app.forgetSource)
	fix := func(settings wizard.Settings) string {
		r, err := s.Check(t.Context(), settings, "", tui.CheckOptions{As: "assets"}, func(awscheck.Event) {})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range r.Results {
			if row.ID == "cloudinary.marker" && len(row.Causes) > 0 {
				return row.Causes[0].Fixes[0].Command
			}
		}
		t.Fatalf("no marker is missing: %+v", r.Results)
		return ""
	}
	unsaved := func(s wizard.Settings) string { return "mediadock marker add " + shellLine(flagsWithoutSecret(s)) }
	if got := fix(settings); got != unsaved(settings) {
		t.Errorf("where no draft is kept: %q", got)
	}
	if err := s.SaveDraft(t.Context(), tui.Draft{Name: "assets", Settings: settings, Step: "review"}); err != nil {
		t.Fatal(err)
	}
	command := fix(settings)
	if command != "mediadock marker add -c assets" {
		t.Fatalf("with a draft: %q", command)
	}
	other := settings
	other.Prefix = "elsewhere" // the draft of that name is about something else
	if got := fix(other); got != unsaved(other) || !strings.Contains(got, "--prefix=elsewhere") {
		t.Errorf("another's draft: %q", got)
	}
	if exit, stdout, stderr := p.run(strings.Fields(command)[1:]...); exit != exitDone || !strings.Contains(stdout, "alpha-new") {
		t.Errorf("%d %s%s", exit, stdout, stderr)
	}
}
