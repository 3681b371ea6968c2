package tui_test

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// TestLanguageSwitches presses F9 on every screen and expects what the screen
// would be if it had been opened in the other language, and the same again
// after switching back.
func TestLanguageSwitches(t *testing.T) {
	racetest.Plainly(t)
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

// F9 works while a question is open that can be put into other words: what is
// typed stays. Of others it says when it will.
func TestTheLanguageOfAnOpenQuestion(t *testing.T) {
	d, _ := library(t, some(), 80, 24)
	d.Press("u")
	d.See("From this computer")
	d.Type("/tmp/a_b.png")
	d.Press("left", "left", "f9")
	d.See("このコンピューター", "/tmp/a_b.png")
	d.NotSee("From this computer")
	d.Type("X") // where the cursor was
	d.See("/tmp/a_b.pXng")
	d.Press("f9")
	d.See("From this computer", "/tmp/a_b.pXng")
	d.Press("enter")
	d.See("> upload 1")
	d.Press("down", "f9")
	d.See("アップロードしますか")
	d.NotSee("> upload 1", "> 1 件をアップロード")
	d.Press("f9", "esc", "?")
	d.See("Keys that work here")
	d.Press("f9")
	d.See("この画面で使えるキー")
	d.Press("f9", "esc", "d") // of the first folder: a question that cannot
	d.See("Delete 1 file")
	d.Press("f9")
	d.See("F9 changes the language once", "Delete 1 file")
	d.Press("esc", "f9")
	d.See("u 追加")
}
