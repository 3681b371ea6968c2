package tui_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

// A draft that cannot be kept is told at the first step, not at the last; once.
func TestADraftThatCannotBeKeptIsTold(t *testing.T) {
	w := tuitest.NewWorld()
	w.KeepErr = errors.New("/home/a/drafts/new.yaml: schema “9”")
	d := start(t, w, tui.Options{Start: tui.StartSetup}, 100, 40)
	d.See("New connection")
	d.Press("enter")
	d.See("step 2 of 6")
	d.Type("alpha-prod-assets")
	d.Press("tab", "ctrl+u")
	d.Type("Tokyo")
	d.Press("enter")
	d.Settle()
	d.See("step 3 of 6", "could not be kept as a draft", "new.yaml: schema “9”")
	if strings.Count(d.Grid(), "could not be kept") != 1 {
		t.Errorf("told more than once:\n%s", d.Grid())
	}
	d.Press("ctrl+c", "ctrl+c")
}

// Drafts that cannot be read are told, hide no connection, and keep nobody
// from beginning another.
func TestUnreadableDraftsHideNothing(t *testing.T) {
	w := tuitest.NewWorld()
	w.Conns = []world.Connection{{Name: "prod", Settings: prod(), Media: -1}}
	w.DraftsErr = errors.New("new.yaml: schema “9”")
	d := start(t, w, tui.Options{}, 100, 30)
	d.See("prod", "new.yaml: schema “9”")
	begun := start(t, w, tui.Options{Start: tui.StartSetup}, 100, 30)
	begun.See("New connection", "step 1 of 6")
	d.Press("ctrl+c")
	begun.Press("ctrl+c", "ctrl+c")
}
