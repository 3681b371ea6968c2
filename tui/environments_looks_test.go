package tui_test

import (
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui"
)

// What the screens of environments look like, in every size and both languages.
func TestTheLooksOfEnvironments(t *testing.T) {
	looks := []struct {
		name string
		w, h int
		lang string
	}{{"120x40", 120, 40, "en"}, {"80x24", 80, 24, "en"}, {"40x12", 40, 12, "en"}, {"80x24-ja", 80, 24, "ja"}}
	for _, s := range looks {
		t.Run(s.name, func(t *testing.T) {
			w := copies()
			w.Step, w.Denied = make(chan struct{}), []string{"archive/2019/big.mov"}
			d := startOn(t, w, tui.Options{Lang: s.lang}, s.w, s.h)
			d.Press("c")
			d.Settle()
			d.Type("staging")
			d.Golden("environment-name-" + s.name)
			d.Press("enter")
			d.Release(w.Step)
			d.Golden("environment-plan-" + s.name)
			d.Press("y")
			d.See("420")
			d.GoldenNow("environment-copying-" + s.name)
			d.Release(w.Step)
			d.Golden("environment-not-whole-" + s.name)

			ends(t, s.name, s.lang, s.w, s.h)
		})
	}
}

func ends(t *testing.T, name, lang string, width, height int) {
	w := copies()
	d := startOn(t, w, tui.Options{Lang: lang}, width, height)
	d.Press("c")
	d.Settle()
	d.Type("staging")
	d.Press("enter")
	d.Settle()
	d.Press("y")
	d.Golden("environment-ready-" + name)
	d.Press("esc")
	d.Settle()
	w.CDN = true
	d.Press("d", "down", "enter")
	d.Golden("environment-delete-" + name)
	d.Press("d")
	d.Golden("environment-type-" + name)
	w.Stopped = &media.Error{Code: media.CodeDenied}
	d.Type("staging")
	d.Press("enter")
	d.Golden("environment-not-deleted-" + name)
	d.Press("esc")
	d.Settle()
	d.Press("enter")
	d.Golden("environment-unfinished-" + name)
}

// Keys in the wrong order, and at the wrong time, do nothing that was not
// asked for.
func TestKeysOfEnvironmentsInTheWrongOrder(t *testing.T) {
	w := copies()
	has(w, "staging", "")
	d := startOn(t, w, tui.Options{}, 80, 24)
	all := []string{"y", "r", "x", "enter", "d", "down", "up", "esc", "c", "pgdown", "home", "end", "ctrl+u", "backspace", "tab", "f9", "a", "1"}
	for seed := range 12 {
		for i := range 60 {
			d.Press(all[(seed*31+i*(seed+7)+i*i)%len(all)])
			if i%13 == 0 {
				d.Resize(40+seed*5, 12+seed)
				d.Fits()
			}
			d.Settle()
		}
	}
	for _, call := range w.Called() {
		if call == "delete prod/staging" {
			t.Error("an environment was deleted whose name was not typed")
		}
	}
	if !listed(w, "prod") {
		t.Errorf("production is gone: %q", w.Called())
	}
}
