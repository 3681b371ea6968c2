package tui_test

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

// Help has room for whole words where the footer has not.
func TestHelpHasTheWholeWords(t *testing.T) {
	d := libraryIn(t, some(), "ja", 80, 24)
	d.Press("end")
	d.See("u 追加", "y URL")
	d.Press("?")
	d.See("アップロード", "URLをコピー")
	d.NotSee("u     追加")
}

// What was left out is among the problems that f shows.
func TestWhatWasLeftOutIsAmongTheProblems(t *testing.T) {
	lib := some()
	lib.Refuses = map[string]string{"huge.mov": media.CodeTooLarge}
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/new.png /tmp/huge.mov")
	d.Press("enter")
	d.See("Upload 1 file", "huge.mov")
	d.Press("enter")
	d.See("1 uploaded")
	d.Press("T", "f")
	d.See("- huge.mov")
	d.NotSee("✓ new.png")
}

// A path that is not there is named once.
func TestALeftOutPathIsNamedOnce(t *testing.T) {
	lib := some()
	lib.Refuses = map[string]string{"nope": media.CodeLocalMissing}
	d := libraryIn(t, lib, "ja", 100, 30)
	d.Press("u")
	d.Type("/nope")
	d.Press("enter")
	d.See("存在しません")
	d.NotSee("/nope：")
}

// What mends an error stands at its end, which a small window does not show:
// it scrolls, by key and wheel, and a new error begins at its top.
func TestAnErrorInASmallWindowScrolls(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		lib := some()
		wd := busy()
		wd.Lib = lib
		fail := func(raw string) {
			lib.PageErr = &tuitest.TroubleError{Trouble: world.Trouble{Code: "media.busy", Args: map[string]string{"path": "s3://alpha-prod-assets/media/", "reason": "SlowDown"},
				Causes: []diagnose.Cause{{ID: "throttled", Likelihood: diagnose.Certain}}, Raw: raw}}
		}
		fail("the very last line")
		d := start(t, wd, tui.Options{Start: tui.StartBrowse, Connection: "prod", Lang: lang}, 40, 12)
		more := text.For(lang).UI.Dialog.More
		d.See("SlowDown", more)
		d.NotSee("0+", "the very last line")
		d.Fits()
		for range 40 {
			d.Press("down")
		}
		d.See("the very last line")
		d.NotSee(more)
		d.Press("up")
		d.See(more)
		d.Press("pgup", "pgup", "pgup", "pgup")
		d.See("SlowDown")
		d.WheelAt(5, 5, 10)
		d.See("the very last line")
		fail("another last line")
		d.Press("ctrl+r")
		d.See("SlowDown", more)
		lib.PageErr = nil
		d.Press("ctrl+r")
		d.See("logo.png")
	}
}

func TestInterruptedUploadsAreSaidWhole(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		lib := leftOver()
		d := libraryIn(t, lib, lang, 80, 24)
		d.See(text.Fill(text.For(lang).UI.Transfers.SomeInterrupted, "n", "2"))
	}
}
