package tui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

// A draft of changes may be older than what is saved: that is told, and what
// is saved now is what the changes are made to.
func TestADraftOlderThanTheSavedConnectionIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		savedAt time.Time
		told    bool
	}{
		"changed since": {tuitest.Now.Add(-time.Minute), true},
		"as it was":     {tuitest.Now.Add(-time.Hour), false},
	} {
		w := busy()
		now, draft := prod(), prod()
		now.Notes, draft.ManagedBy, draft.TrustedPrincipal = "theirs", "service", "210987654321"
		w.Conns[1].Settings, w.Conns[1].SavedAt = now, c.savedAt
		w.Kept = []world.Draft{{Name: "prod", Settings: draft, Step: "review", Edit: true, SavedAt: tuitest.Now.Add(-30 * time.Minute)}}
		d := start(t, w, tui.Options{Start: tui.StartSetup, Connection: "prod"}, 100, 40)
		d.See("Edit prod")
		d.Settle()
		const told = "prod was changed after this draft was left"
		if c.told {
			d.See(told)
		} else {
			d.NotSee(told)
		}
		saveReviewed(d)
		if w.Was["prod"] != now || w.Saved["prod"] != draft {
			t.Errorf("%s: saved %+v\nfrom %+v", name, w.Saved["prod"], w.Was["prod"])
		}
	}
}

// What a connection is changed from is what was shown, whatever became of it
// since.
func TestAnEditIsMadeToWhatWasShown(t *testing.T) {
	w := busy()
	d := start(t, w, tui.Options{}, 100, 40)
	d.See("prod")
	d.Settle()
	theirs := prod()
	theirs.Notes = "theirs"
	w.Conns[1].Settings = theirs
	d.Press("down", "e")
	d.See("Edit prod")
	for range 20 {
		d.Press("enter")
		d.Settle()
		if strings.Contains(d.Grid(), "step 6 of 6") {
			break
		}
	}
	saveReviewed(d)
	if w.Was["prod"] != prod() {
		t.Errorf("changed from %+v", w.Was["prod"])
	}
}

// saveReviewed tests from the review, and types the bucket's name.
func saveReviewed(d *tuitest.Driver) {
	d.See("step 6 of 6")
	d.Press("enter")
	d.See("Everything works")
	d.Press("enter")
	d.See("Type the bucket name")
	d.Type("alpha-prod-assets")
	d.Press("enter")
	d.Settle()
}
