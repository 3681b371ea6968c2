package tui_test

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

// besides is a world with a connection that has two environments, one of them
// not whole, and one without any.
func besides() *tuitest.World {
	w := tuitest.NewWorld()
	other := prod()
	other.Bucket = "other-assets"
	w.Conns = []world.Connection{
		{Name: "prod", Settings: prod(), Verdict: awscheck.Ready, TestedAt: tuitest.Now, Media: 1284},
		{Name: "prod-2", Settings: other, Verdict: awscheck.Ready, TestedAt: tuitest.Now, Media: 3},
		{Name: "prod/staging", Settings: prod(), Verdict: awscheck.Ready, TestedAt: tuitest.Now, Media: 1280},
		{Name: "prod/dev", Settings: prod(), Media: -1, Unfinished: "creating"},
	}
	world.Arrange(w.Conns)
	return w
}

func TestHomeShowsEnvironmentsUnderTheirConnection(t *testing.T) {
	for _, s := range sizes {
		t.Run(s.name, func(t *testing.T) {
			start(t, besides(), tui.Options{}, s.w, s.h).Golden("environments-" + s.name)
		})
	}
	start(t, besides(), tui.Options{Lang: "ja"}, 80, 24).Golden("environments-80x24-ja")

	d := start(t, besides(), tui.Options{}, 100, 30)
	d.See("> prod ◆ PRODUCTION", "└ dev", "└ staging", "prod-2")
	d.NotSee("prod-2 ◆")
	at := func(what string) int { return strings.Index(d.Grid(), what) }
	if !(at("> prod ") < at("└ dev") && at("└ dev") < at("└ staging") && at("└ staging") < at("prod-2")) {
		t.Errorf("not each connection before its environments:\n%s", d.Grid())
	}
	d.Press("down")
	d.See("> └ dev", "creation unfinished", "The creation of prod/dev was cut short")
	d.See("e edit")
	d.Press("up")
	d.Press("d")
	d.See("Forget prod?", "The settings of 2 environments go with it.")
}

func TestTheHeaderTellsProductionFromEnvironments(t *testing.T) {
	w := besides()
	w.Lib = tuitest.NewLibrary("logo.png")
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("enter")
	d.See("◆ PRODUCTION", "prod › media", "logo.png")
	d.Press("A") // a screen over it knows, too
	d.See("◆ PRODUCTION", "audit")
	d.Press("esc", "esc", "down", "down", "enter")
	d.See("environment  prod/staging › media", "logo.png")
	d.NotSee("PRODUCTION")
	d.Press("esc", "down", "enter") // a connection without environments needs no word
	d.See("prod-2 › media", "logo.png")
	d.NotSee("PRODUCTION", "environment")
}

func TestSwitchingBetweenEnvironments(t *testing.T) {
	w := besides()
	w.Lib = tuitest.NewLibrary("logo.png")
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("enter")
	d.See("logo.png")
	d.Settle()
	d.Press("s")
	d.See("prod: which one?", "prod  ◆ PRODUCTION", "prod/dev  environment", "prod/staging  environment")
	d.Press("esc")
	d.See("◆ PRODUCTION", "prod › media")
	d.Press("s", "down", "down", "enter")
	d.See("environment  prod/staging › media", "logo.png")
	d.Settle()
	d.Press("s", "down", "enter") // this one is first, then production
	d.See("◆ PRODUCTION", "prod › media")
	d.Press("esc")
	d.See("└ staging") // home is beneath, once

	d.Press("end", "enter")
	d.See("prod-2 › media", "logo.png")
	d.Settle()
	d.Press("s")
	d.NotSee("which one?")
}

// However deep the folder and however narrow the window: where one is stays in
// the header, and questions name production themselves.
func TestProductionStaysInSight(t *testing.T) {
	w := besides()
	w.Lib = tuitest.NewLibrary("a-folder-with-a-long-name/another-one-below-it/the-third-of-them/logo.png")
	d := start(t, w, tui.Options{}, 40, 12)
	d.Press("enter")
	d.See("a-folder-with")
	d.Press("enter")
	d.See("another-one-below-it/")
	d.Press("enter")
	d.See("the-third-of-them/")
	d.Press("enter")
	d.See("◆ PRODUCTION", "logo.png")
	d.Fits()
	d.Press("d")
	d.See("◆ PRODUCTION", "Delete 1 file")
	d.Fits()
	d.Resize(100, 30)
	d.See("╭─ ◆ PRODUCTION  Delete 1 file")
	d.Press("esc", "?")
	d.See("╭─ Keys that work here")
	d.Press("esc")
	d.Settle()
	d.Press("s", "down", "down", "enter")
	d.See("environment", "a-folder-with")
	d.Press("enter")
	d.See("another-one-below-it/")
	d.Press("enter")
	d.See("the-third-of-them/")
	d.Press("enter")
	d.See("logo.png")
	d.Resize(40, 12)
	d.See("environment", "logo.png")
	d.Resize(100, 30)
	d.Press("d")
	d.See("╭─ Delete 1 file")
	d.NotSee("PRODUCTION")
}

// An environment that was opened "as it is" says that it is not whole, in the
// header of every screen and at the foot of its library, with the way to go on;
// no more once it is whole.
func TestAnUnfinishedEnvironmentSaysSoWhileItIsOpen(t *testing.T) {
	for _, s := range []struct {
		w, h                     int
		lang, sign, foot, finish string
	}{
		{100, 30, "en", "environment  ! creation unfinished  prod/staging", "Files may be missing. s to go on", "go on with its creation"},
		{40, 12, "en", "! creation unfinished", "Files may be missing. s to go on", "go on with its creation"},
		{80, 24, "ja", "環境  ! 作成未完了  prod/staging", "ファイル不足の可能性。 s で再開", "作成を再開する"},
		{40, 12, "ja", "! 作成未完了", "ファイル不足の可能性。 s で再開", "作成を再開する"},
	} {
		w := copies()
		has(w, "staging", "creating")
		w.Lib = tuitest.NewLibrary("logo.png")
		d := startOn(t, w, tui.Options{Lang: s.lang}, s.w, s.h)
		d.Press("down", "enter", "down", "enter") // as it is
		d.Settle()
		d.See(s.sign, "logo.png", s.foot)
		d.Fits()
		d.Press("A")
		d.See(s.sign)
		d.Fits()
		d.Press("esc")
		d.Settle()
		d.Press("s")
		d.See(s.finish, s.sign)
		d.Fits()
		d.Press("down", "enter")
		d.Settle()
		d.Press("y")
		d.Settle()
		d.NotSee(s.sign)
		d.Press("esc")
		d.Settle()
		d.See("logo.png")
		d.NotSee(s.foot, strings.Fields(s.sign)[1]+" "+strings.Fields(s.sign)[len(strings.Fields(s.sign))-1])
		d.Press("s")
		d.NotSee(s.finish)
	}
}

// A screen that is opened without the question how to go on says it, too.
func TestATestOfAnUnfinishedEnvironmentSaysSo(t *testing.T) {
	w := copies()
	has(w, "staging", "creating")
	d := startOn(t, w, tui.Options{Lang: "en"}, 100, 30)
	d.Press("down", "t")
	d.Settle()
	d.See("! creation unfinished")
}

// Switching is seen at the foot where there is something to switch to.
func TestTheKeyThatSwitchesIsInSight(t *testing.T) {
	w := besides()
	w.Lib = tuitest.NewLibrary("logo.png")
	for _, s := range []struct {
		w, h      int
		lang, key string
	}{{100, 30, "en", "s env "}, {80, 24, "en", "s env "}, {100, 30, "ja", "s 環境 "}, {80, 24, "ja", "s 環境 "}} {
		d := start(t, w, tui.Options{Lang: s.lang}, s.w, s.h)
		d.Press("enter")
		d.See("logo.png")
		d.Settle()
		d.See(s.key)
		d.Fits()
	}
}
