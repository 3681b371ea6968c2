package tui_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// everyKey are the keys that random people press.
var everyKey = []string{
	"enter", "enter", "enter", "esc", "esc", "tab", "shift+tab", "up", "down", "down", "left", "right", "home", "end", "pgup", "pgdown",
	"space", "backspace", "delete", "f1", "f2", "f5", "ctrl+c", "ctrl+y", "ctrl+g", "ctrl+o", "ctrl+l", "ctrl+r", "ctrl+s", "ctrl+t", "ctrl+u", "ctrl+v",
	"a", "b", "c", "d", "e", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "w", "x", "y", "G", "R",
	"?", "/", ".", "1", "2", "3", "写",
}

var pastes = []string{
	"alpha-prod-assets", "/tmp/a.png '/tmp/b c.png'", "arn:aws:sts::123456789012:assumed-role/MediaRole/taro", "写真 フォルダー",
	"\x1b[31mred\x1b[0m", "line one\nline two\n", "\u202egnp.exe", " https://alpha.s3.amazonaws.com/media/x.png ", "", "\xff\xfe",
}

var windows = [][2]int{{80, 24}, {120, 40}, {40, 12}, {100, 30}, {38, 10}, {20, 5}, {1, 1}, {200, 60}, {96, 16}, {79, 15}, {0, 0}}

// storm presses random keys in windows of random sizes and fails when
// anything is drawn outside of the window. A panic fails by itself.
func storm(t *testing.T, seed uint64, steps int, lang string) {
	r := rand.New(rand.NewPCG(seed, 1))
	w := profiles(busy())
	if seed%4 == 0 {
		w.NotSigned = trouble("credentials-expired")
	}
	lib := some()
	for i := range 300 {
		lib.Files[fmt.Sprintf("many/写真-%04d.jpg", i)] = 1000
	}
	lib.PageSize = 50
	w.Lib = lib
	w.Paths = []string{"/tmp/a.png", "/tmp/b/", "写真.png"}
	if seed%2 == 0 {
		w.Rows = tuitest.RoleFails
	}
	d := start(t, w, tui.Options{Lang: lang, Badge: "cmd.demo_badge"}, 80, 24)
	for i := range steps {
		switch n := r.IntN(40); {
		case n == 0:
			s := windows[r.IntN(len(windows))]
			d.Resize(s[0], s[1])
		case n == 1:
			d.Paste(pastes[r.IntN(len(pastes))])
		case n < 6:
			d.Settle()
		default:
			d.Press(everyKey[r.IntN(len(everyKey))])
		}
		d.Poll()
		d.Fits()
		if t.Failed() {
			t.Fatalf("seed %d, step %d:\n%s", seed, i, d.Grid())
		}
		if d.Quit {
			return
		}
	}
}

func TestKeysInAnyOrderNeitherBreakNorSpill(t *testing.T) {
	seeds := uint64(30)
	if racetest.Fewer(t) {
		seeds = 6
	}
	for seed := range seeds {
		lang := "en"
		if seed%3 == 0 {
			lang = "ja"
		}
		storm(t, seed, 120, lang)
	}
}

func TestEveryScreenSurvivesEverySize(t *testing.T) {
	racetest.Plainly(t)
	ways := map[string][]string{
		"profiles": {"a", "down"}, "sign-in": {"a", "ctrl+s"},
		"home": nil, "help": {"?"}, "forget": {"d"},
		"setup": {"n", "enter"}, "access": {"n", "enter", "x", "y", "z", "enter", "t", "o", "k", "y", "enter"},
		"check": {"down", "t"}, "page": {"down", "t", "enter"},
		"browse": {"down", "enter"}, "delete": {"down", "enter", "a", "d"}, "rename": {"down", "enter", "m"},
		"policies": {"down", "p"},
	}
	for name, keys := range ways {
		for _, lang := range []string{"en", "ja"} {
			w := profiles(busy())
			w.Rows = tuitest.RoleFails
			w.Lib = some()
			d := start(t, w, tui.Options{Lang: lang}, 80, 24)
			for _, k := range keys {
				d.Press(k)
				d.Settle()
			}
			for _, s := range windows {
				d.Resize(s[0], s[1])
				d.Fits()
			}
			for width := 34; width < 130; width += 13 {
				for height := 8; height < 44; height += 5 {
					d.Resize(width, height)
					d.Fits()
				}
			}
			if t.Failed() {
				t.Fatalf("%s in %s", name, lang)
			}
		}
	}
}
