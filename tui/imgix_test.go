package tui_test

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

func pressAll(d *tuitest.Driver, keys ...string) {
	for _, k := range keys {
		if s, ok := strings.CutPrefix(k, "paste:"); ok {
			d.Paste(s)
		} else {
			d.Press(k)
		}
		d.Settle()
	}
}

// imgix is put in front of a connection from home: where the media are is taken
// over, and a connection beside the other is saved (M10).
func TestImgixInFrontOfAConnection(t *testing.T) {
	w := lookWorld(false)
	d := start(t, w, tui.Options{}, 100, 30)
	pressAll(d, "down", "?")
	d.See("imgix in front")
	pressAll(d, "esc", "i")
	d.See("In front of", "(x) imgix", "prod", "resized, cropped")
	pressAll(d, "enter", "enter")
	d.See("alpha-prod-assets")
	pressAll(d, "enter", "enter", "enter")
	d.See("prefix media/ + path docs/image.png = object")
	pressAll(d, "enter", "paste:alpha-prod")
	d.See("imgix never gives a subdomain out twice", "https://alpha-prod.imgix.net/docs/image.png")
	pressAll(d, "enter", "enter", "enter", "enter", "enter")
	d.See("It reads with imgix's key", "https://alpha-prod.imgix.net/image.png", "Prefix, Custom")
	d.NotSee("In another environment")
	pressAll(d, "enter", "enter")
	d.See("Type")
	pressAll(d, "paste:alpha-prod-assets", "enter")
	got, ok := w.Saved["prod-imgix"]
	if !ok {
		t.Fatalf("saved are %v\n%s", w.Saved, d.Grid())
	}
	if want := (wizard.Settings{Integration: "imgix", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Access: "caller", Prefix: prod().Prefix, Subdomain: "alpha-prod", ManagedBy: "mediadock"}); got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// Whoever begins with a new connection can choose the one it stands in front
// of, and take that back.
func TestImgixChoosesItsConnection(t *testing.T) {
	w := lookWorld(false)
	d := start(t, w, tui.Options{}, 100, 30)
	pressAll(d, "n", "down")
	d.See("(x) imgix", "In front of")
	pressAll(d, "enter", "down", "enter", "enter")
	d.See("step 2 of 6", "partner-media")
	pressAll(d, "esc", "up")
	d.NotSee("In front of")
}

// Rules are tried on the files that are there while they are edited; the paths
// are kept while a mode without any is chosen.
func TestRulesOverTheListing(t *testing.T) {
	w := lookWorld(false)
	d := start(t, w, tui.Options{}, 100, 30)
	lead(d, []string{"i", "enter", "enter", "enter", "enter", "enter", "enter", "paste:alpha-prod", "enter", "enter", "enter"})
	d.See("(x) Include all paths", "4 of 4 assets will show.")
	pressAll(d, "down", "enter", "paste:docs/")
	d.See("2 of 4 assets will show.")
	pressAll(d, "down", "paste:/none/")
	d.See("No asset begins with /none/.")
	pressAll(d, "shift+tab", "down")
	d.See("(x) Exclude all paths", "0 of 4 assets will show.")
	d.NotSee("/none/")
	pressAll(d, "down")
	d.See("(x) Exclude the paths listed", "/docs/", "/none/", "2 of 4 assets will show.")

	w.MoreFound = true
	d = start(t, w, tui.Options{Lang: "ja"}, 100, 30)
	lead(d, []string{"i", "enter", "enter", "enter", "enter", "enter", "enter", "paste:alpha-prod", "enter", "enter", "enter"})
	d.See("先頭の 4 件中 4 件のアセットが表示されます。")
	w.Found = nil
	d = start(t, w, tui.Options{}, 100, 30)
	lead(d, []string{"i", "enter", "enter", "enter", "enter", "enter", "enter", "paste:alpha-prod", "enter", "enter", "enter"})
	d.See("cannot be listed now")
}

// A mode with a list wants one: the step stays, and says so at the table.
func TestRulesWithoutPaths(t *testing.T) {
	d := start(t, lookWorld(false), tui.Options{}, 100, 30)
	lead(d, []string{"i", "enter", "enter", "enter", "enter", "enter", "enter", "paste:alpha-prod", "enter", "enter", "enter", "down", "enter", "enter"})
	d.See("include needs at least one path")
	pressAll(d, "paste:/a/*")
	d.See("is no beginning of an asset path", "use {")
}

// With a key that only reads nothing that writes is offered, and its keys say
// why.
func TestMediaOfAKeyThatReads(t *testing.T) {
	w := lookWorld(false)
	w.Conns = append([]world.Connection{{Name: "a-imgix", Settings: wizard.Settings{
		Integration: "imgix", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Access: "caller", Subdomain: "alpha-prod", AccessKeyProfile: "imgix",
	}}}, w.Conns...)
	d := start(t, w, tui.Options{}, 100, 30)
	pressAll(d, "?")
	d.NotSee("imgix in front")
	pressAll(d, "esc", "enter", "down", "down")
	d.See("y URL")
	d.NotSee("u upload", "d delete", "R re-upload", "m rename")
	for _, k := range []string{"u", "d", "m", "R"} {
		pressAll(d, k)
		d.See("reads and never writes")
	}
}

// The profiles of this computer are offered for imgix's key; others are taken,
// too.
func TestTheKeyIsChosenAmongProfiles(t *testing.T) {
	w := lookWorld(false)
	d := start(t, w, tui.Options{}, 100, 30)
	lead(d, []string{"i", "enter", "enter", "enter", "enter"})
	d.See("AWS profile of imgix's key", w.AWS[0].Name, w.AWS[1].Name)
	pressAll(d, "paste:AKIAIMGIXIMGIXIMGIXI")
	d.NotSee("AKIAIMGIX")
	pressAll(d, "paste:later", "enter")
	d.See("step 4 of 6")
}
