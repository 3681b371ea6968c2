package tui_test

import (
	"testing"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// TestLanguageSwitches presses F9 on every screen and expects what the screen
// would be if it had been opened in the other language, and the same again
// after switching back.
func TestLanguageSwitches(t *testing.T) {
	for _, l := range looks {
		if l.dialog {
			continue // a question is answered in the language it was asked in
		}
		t.Run(l.name, func(t *testing.T) {
			open := func(lang string) *tuitest.Driver {
				d := start(t, lookWorld(l.rows != nil), tui.Options{Lang: lang, Badge: "cmd.demo_badge"}, 100, 30)
				lead(d, l.keys)
				return d
			}
			d := open("en")
			english := d.Grid()
			japanese := open("ja").Grid()
			if english == japanese {
				t.Fatal("the screen has no words")
			}
			d.Press("f9")
			d.Settle()
			if got := d.Grid(); got != japanese {
				t.Errorf("after F9:\n%s\nwant:\n%s", got, japanese)
			}
			d.Press("f9")
			d.Settle()
			if got := d.Grid(); got != english {
				t.Errorf("after F9 twice:\n%s\nwant:\n%s", got, english)
			}
		})
	}
}
