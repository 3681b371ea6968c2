package tui_test

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

// Two edits at once: who saves second keeps both, and sees what changes now
// before saving again.
func TestTwoEditsAtOnceLoseNeither(t *testing.T) {
	w := busy()
	w.Locks["prod"] = world.Lock{Media: 12}
	d := start(t, w, tui.Options{}, 100, 40)
	d.See("prod")
	d.Press("down", "e")
	d.See("locked: in use by 12 media files")
	for range 10 {
		if strings.Contains(d.Grid(), "step 5 of 6") {
			break
		}
		d.Press("enter")
		d.Settle()
	}
	d.Type("mine")
	d.Press("enter", "enter")
	d.Settle()
	d.Press("enter")
	d.See("Type the bucket name")
	for i, c := range w.Conns {
		if c.Name == "prod" {
			w.Conns[i].Settings.Distribution = "E3THEIRS"
		}
	}
	bucket := prod().Bucket
	w.SaveErr = &tuitest.TroubleError{Trouble: world.Trouble{Code: "cmd.changed_meanwhile"}}
	d.Type(bucket)
	d.Press("enter")
	d.See("was changed by somebody else meanwhile", "now  mine")
	w.SaveErr = nil
	d.Press("enter")
	d.Settle()
	d.Press("enter")
	d.See("Type the bucket name")
	d.Type(bucket)
	d.Press("enter")
	d.Settle()
	if got := w.Saved["prod"]; got.Notes != "mine" || got.Distribution != "E3THEIRS" || w.Was["prod"].Distribution != "E3THEIRS" {
		t.Errorf("saved %+v over %+v", got, w.Was["prod"])
	}
}
