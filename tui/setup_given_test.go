package tui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// What was given on the command line is in the form, over what is saved and
// over a draft; saving is still from what is saved.
func TestAnswersThatWereGivenAreInTheForm(t *testing.T) {
	for name, drafted := range map[string]bool{"saved": false, "draft": true} {
		w := busy()
		given := prod()
		given.Notes, given.ManagedBy, given.TrustedPrincipal = "given", "service", "210987654321"
		if drafted {
			w.Kept = []world.Draft{{Name: "prod", Settings: prod(), Step: "review", Edit: true, SavedAt: tuitest.Now.Add(-time.Minute)}}
		}
		var saved wizard.Settings
		for _, c := range w.Conns {
			if c.Name == "prod" {
				saved = c.Settings
			}
		}
		d := start(t, w, tui.Options{Start: tui.StartSetup, Connection: "prod", Prefill: given}, 100, 40)
		d.See("Edit prod")
		d.Settle()
		for range 20 {
			if strings.Contains(d.Grid(), "step 6 of 6") {
				break
			}
			d.Press("enter")
			d.Settle()
		}
		saveReviewed(d)
		if w.Saved["prod"] != given || w.Was["prod"] != saved {
			t.Errorf("%s: saved %+v\nfrom %+v", name, w.Saved["prod"], w.Was["prod"])
		}
	}
}
