package tui_test

import (
	"testing"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// esc does what the footer says: it stops the test, and leaves once there is
// none.
func TestEscStopsATestBeforeItLeaves(t *testing.T) {
	w := busy()
	w.Gate = make(chan struct{})
	d := start(t, w, tui.Options{}, 100, 30)
	d.See("prod")
	d.Press("down", "t")
	d.See("asking AWS", "esc stop")
	d.Press("esc")
	d.See("The test was stopped", "esc back")
	d.Press("esc")
	d.See("Connections")
}

// What was known before a test that ended without a result is not lost.
func TestAStoppedTestGivesTheResultBeforeItBack(t *testing.T) {
	w := busy()
	w.Rows = tuitest.RoleFails
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 120, 40)
	for _, again := range [][]string{{"r"}, {"t"}, {"o", "enter"}} {
		d.See("To mend first")
		w.Gate = make(chan struct{})
		d.Press(again...)
		d.See("esc stop", "0 of ")
		d.Press("esc")
		d.See("this is the result from before")
		d.Press("down", "up")
		d.See("✗ Assume the role", "To mend first", "With the owner's credentials (o)")
		d.NotSee("The owner's side", "asking AWS")
		w.Gate = nil
	}
}
