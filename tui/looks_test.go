package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/wizard"
)

// looks are the screens as people see them, and the keys that lead there from
// home with "prod" under the cursor.
var looks = []struct {
	name string
	keys []string
	// dialog says that the look ends in a question.
	dialog bool
	rows   func(wizard.Settings) bool // true: the role cannot be assumed
}{
	{name: "setup-service", keys: []string{"n"}},
	{name: "setup-mistake", keys: []string{"n", "enter", "paste:Alpha-Prod-Assets"}},
	{name: "setup-region", keys: []string{"n", "enter", "paste:alpha-prod-assets", "enter", "t", "o", "k"}},
	{name: "setup-access", keys: []string{"e", "enter", "enter", "enter"}},
	{name: "setup-review", keys: []string{"e", "enter", "enter", "enter", "enter", "enter", "enter", "enter", "enter", "enter", "enter", "enter", "enter"}},
	{name: "imgix-front", keys: []string{"i"}},
	{name: "imgix-prefix", keys: []string{"i", "enter", "enter", "enter", "enter", "enter"}},
	{name: "imgix-rules", keys: []string{"i", "enter", "enter", "enter", "enter", "enter", "enter", "paste:alpha-prod", "enter", "enter", "enter", "down", "enter", "paste:/docs/"}},
	{name: "imgix-review", keys: []string{"i", "enter", "enter", "enter", "enter", "enter", "enter", "paste:alpha-prod", "enter", "enter", "enter", "down", "enter", "paste:/docs/", "enter", "enter", "pgdown", "pgdown", "pgdown"}},
	{name: "amplify-service", keys: []string{"n", "down", "down", "down"}},
	{name: "amplify-paths", keys: amplifyKeys("down", "down")},
	{name: "amplify-wrong", keys: amplifyKeys("down", "down", "down", "down", "paste:media", "right", "paste:owner", "right", "space")},
	{name: "amplify-roles", keys: amplifyKeys("enter", "paste:amplify-app-unauth")},
	{name: "amplify-review", keys: amplifyKeys("enter", "enter", "paste:https://app.acme.jp", "enter", "paste:public", "enter", "enter", "enter")},
	{name: "check-ready", keys: []string{"t"}},
	{name: "check-failed", keys: []string{"t"}, rows: func(wizard.Settings) bool { return true }},
	{name: "check-page", keys: []string{"t", "enter"}, rows: func(wizard.Settings) bool { return true }},
	{name: "browse", keys: []string{"enter", "down", "down", "space"}},
	{name: "browse-find", keys: []string{"enter", "/", "o"}},
	{name: "upload-plan", dialog: true, keys: []string{"enter", "u", "paste:/tmp/logo.png /tmp/写真.png", "enter"}},
	{name: "upload-guessed", dialog: true, keys: []string{"enter", "u", "paste:/tmp/salary-2026.pdf /tmp/社外秘_計画.pptx /tmp/写真.png", "enter"}},
	{name: "delete", dialog: true, keys: []string{"enter", "a", "d"}},
	{name: "details", dialog: true, keys: []string{"enter", "down", "down", "i"}},
	{name: "policies", keys: []string{"p"}},
	{name: "help", dialog: true, keys: []string{"?"}},
	{name: "forget", dialog: true, keys: []string{"d"}},
	{name: "profiles", dialog: true, keys: []string{"a", "down"}},
}

// amplifyKeys lead to the table of paths of a new connection of AWS Amplify,
// and on.
func amplifyKeys(more ...string) []string {
	return append([]string{
		"n", "down", "down", "down", "enter", "paste:alpha-prod-assets", "enter", "t", "o", "k", "enter", "paste:mediaBucket", "enter", "enter",
		`paste:{"public/*":{"guest":["read"],"authenticated":["read","write","delete"]},"own/{entity_id}/*":{"entityidentity":["read","write"]},"admin/*":{"groupsadmin":["read"]}}`,
	}, more...)
}

// lead presses the keys of a look, letting each take effect.
func lead(d *tuitest.Driver, keys []string) {
	d.Press("down") // prod
	for _, k := range keys {
		if s, ok := strings.CutPrefix(k, "paste:"); ok {
			d.Paste(s)
		} else {
			d.Press(k)
		}
		d.Settle()
	}
}

func lookWorld(fails bool) *tuitest.World {
	w := profiles(busy())
	w.Lib = some()
	w.Found = []string{"/logo.png", "/docs/a.pdf", "/docs/b.pdf", "/写真.png"}
	if fails {
		w.Rows = tuitest.RoleFails
	}
	return w
}

func TestLooks(t *testing.T) {
	racetest.Plainly(t)
	for _, l := range looks {
		for _, s := range sizes {
			t.Run(l.name+"-"+s.name, func(t *testing.T) {
				d := start(t, lookWorld(l.rows != nil), tui.Options{Badge: "cmd.demo_badge"}, s.w, s.h)
				lead(d, l.keys)
				d.Golden(l.name + "-" + s.name)
			})
		}
		t.Run(l.name+"-ja", func(t *testing.T) {
			d := start(t, lookWorld(l.rows != nil), tui.Options{Lang: "ja"}, 80, 24)
			lead(d, l.keys)
			d.Golden(l.name + "-80x24-ja")
		})
		if !strings.HasPrefix(l.name, "imgix-") && !strings.HasPrefix(l.name, "amplify-") {
			continue
		}
		// Their pages are the widest and the longest of the wizard.
		for _, s := range [][2]int{{100, 30}, {40, 12}} {
			name := fmt.Sprintf("%s-%dx%d-ja", l.name, s[0], s[1])
			t.Run(name, func(t *testing.T) {
				d := start(t, lookWorld(false), tui.Options{Lang: "ja"}, s[0], s[1])
				lead(d, l.keys)
				d.Golden(name)
				d.Fits()
			})
		}
	}
}

// What is drawn in colours says the same without them: the words and symbols
// are all there, and the themes differ in nothing else.
func TestThemesDifferInColourAlone(t *testing.T) {
	racetest.Plainly(t)
	for _, l := range looks {
		d := start(t, lookWorld(l.rows != nil), tui.Options{}, 100, 30)
		lead(d, l.keys)
		dark := d.View().Content
		d.Send(light())
		bright := d.View().Content
		if ansi.Strip(dark) != ansi.Strip(bright) {
			t.Errorf("%s: the light theme says something else", l.name)
		}
		if dark == bright && l.name != "forget" {
			t.Errorf("%s: the light theme has the dark one's colours", l.name)
		}
	}
}

// No screen shows an id instead of words.
func TestEveryTextHasWords(t *testing.T) {
	racetest.Plainly(t)
	for _, lang := range []string{"en", "ja"} {
		for _, l := range looks {
			d := start(t, lookWorld(l.rows != nil), tui.Options{Lang: lang}, 120, 40)
			lead(d, l.keys)
			for _, prefix := range []string{"[check.", "[cause.", "[fix.", "[field.", "[step.", "[media.", "[error.", "[notice.", "[result.", "[choice.", "[live.", "[table."} {
				if strings.Contains(d.Grid(), prefix) {
					t.Errorf("%s in %s shows %s...", l.name, lang, prefix)
				}
			}
		}
	}
}

// What the footer lists works; two keys of one screen never mean two things.
func TestKeysOfAScreenDoNotCollide(t *testing.T) {
	racetest.Plainly(t)
	for _, l := range looks {
		d := start(t, lookWorld(l.rows != nil), tui.Options{}, 120, 40)
		lead(d, l.keys)
		if a, b, k := d.Model().(*tui.Model).Collision(); k != "" {
			t.Errorf("%s: %s is %q and %q", l.name, k, a, b)
		}
	}
}
