package tui_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// The program may be killed while the test runs: by then the answers are on
// the disk, also those that came from flags and were never touched.
func TestTheDraftIsKeptBeforeTheTestStarts(t *testing.T) {
	w := tuitest.NewWorld()
	w.Gate = make(chan struct{})
	s := prod()
	s.ExternalID, s.ServiceID = "", ""
	d := start(t, w, tui.Options{Start: tui.StartSetup, Prefill: s}, 100, 40)
	d.See("New connection")
	for range 20 {
		if strings.Contains(d.Grid(), "step 6 of 6") {
			break
		}
		d.Press("enter")
		d.Settle()
	}
	d.See("Next: the connection test")
	if len(w.Kept) > 0 {
		_ = w.DeleteDraft(t.Context(), w.Kept[0].Name)
	}
	d.Press("enter")
	d.See("asking AWS")
	kept, ok := w.Draft("alpha-prod-assets")
	if !ok || kept.Settings.Bucket != "alpha-prod-assets" || kept.Settings.ExternalID == "" || kept.Step != "review" {
		t.Errorf("the test runs and the draft is %+v", kept)
	}
	d.Press("ctrl+c", "ctrl+c")
}

// A letter typed over a Region begins a new search.
func TestTypingOverARegionSearchesAnew(t *testing.T) {
	region := func() (*tuitest.Driver, *tuitest.World) {
		w := tuitest.NewWorld()
		d := start(t, w, tui.Options{Start: tui.StartSetup, Prefill: prod()}, 80, 24)
		d.Press("enter")
		d.See("step 2 of 6")
		d.Press("tab")
		d.See("> ap-northeast-1")
		return d, w
	}
	d, _ := region()
	d.Type("Frankfurt")
	d.See("> eu-central-1")
	d.NotSee("ap-northeast-1")
	d.Press("enter")
	d.See("step 3 of 6")
	d.Press("esc")
	d.See("eu-central-1")

	d, _ = region()
	d.Type("Fra")
	d.Press("shift+tab") // without choosing
	d.See("ap-northeast-1   Asia Pacific (Tokyo)")

	d, _ = region()
	d.Type("Fra")
	d.Press("esc")
	d.See("step 1 of 6")
	d.Press("enter")
	d.See("ap-northeast-1   Asia Pacific (Tokyo)")

	d, _ = region()
	d.Press("backspace") // edits what is there
	d.See("> ap-northeast-")
}

// A page down on the review page skips nothing.
func TestReviewPagesMissNoLine(t *testing.T) {
	racetest.Plainly(t)
	d := start(t, tuitest.NewWorld(), tui.Options{Start: tui.StartSetup, Prefill: prod()}, 80, 24)
	for range 20 {
		if strings.Contains(d.Grid(), "step 6 of 6") {
			break
		}
		d.Press("enter")
		d.Settle()
	}
	seen := map[string]bool{}
	look := func() {
		for _, l := range strings.Split(d.Grid(), "\n") {
			seen[strings.TrimSpace(l)] = true
		}
	}
	look()
	for range 8 {
		d.Press("pgdown")
		look()
	}
	paged := len(seen)
	d.Press("pgup", "pgup", "pgup", "pgup", "pgup", "pgup", "pgup", "pgup")
	for range 80 {
		look()
		d.Press("down")
	}
	if len(seen) != paged {
		t.Errorf("%d lines were seen page by page, %d line by line", paged, len(seen))
	}
}

func TestASuggestionFillsOtherFieldsAndSaysSo(t *testing.T) {
	d := start(t, tuitest.NewWorld(), tui.Options{}, 80, 24)
	d.Press("enter")
	d.Paste("s3://beta-bucket/site/img/")
	d.See("ctrl+y", "use beta-bucket, URL prefix site/img")
	d.Press("ctrl+y")
	d.See("> beta-bucket", "Also filled in: URL prefix site/img")
	d.Press("enter")
	d.Type("tokyo")
	d.Press("enter")
	d.See("step 3 of 6")
	d.Press("up", "enter")
	d.Paste("arn:aws:iam::123456789012:role/MediaRole")
	d.Press("enter", "enter")
	d.See("step 4 of 6", "> site/img")
}

func TestALongSuggestionIsShownWhole(t *testing.T) {
	d := start(t, tuitest.NewWorld(), tui.Options{}, 40, 24)
	d.Press("enter")
	d.Paste("https://a-rather-long-bucket-name.s3.ap-northeast-1.amazonaws.com/site/images/of/the/year/")
	d.See("a-rather-long", "site/images/of/the/year")
}

// A field that said it removed blanks does not go on showing them.
func TestATrimmedValueIsShownTrimmed(t *testing.T) {
	w := tuitest.NewWorld()
	d := start(t, w, tui.Options{}, 80, 24)
	d.Press("enter")
	d.Type("  my-bucket  ")
	d.See(">   my-bucket")
	d.Press("tab")
	d.See("Removed white space")
	d.Press("shift+tab")
	d.See("> my-bucket")
}

func TestASpaceIsCalledASpace(t *testing.T) {
	d := start(t, tuitest.NewWorld(), tui.Options{}, 80, 24)
	d.Press("enter")
	d.Type("my bucket")
	d.Press("tab")
	d.See("a space is none of them")
	d.NotSee("U+0020")
}

// The trust policy trusts the caller's own account when no other was entered.
func TestTheTrustPolicyCanBeCopiedWithTheCallersAccount(t *testing.T) {
	w := trusting{busy(), nil}
	d := startOn(t, w, tui.Options{}, 100, 30)
	d.See("prod")
	d.Press("down", "p", "enter")
	d.See("It trusts your account, 9999-8888-7777", "999988887777:root")
	d.Press("c")
	d.Settle()
	if len(d.Clipboard) != 1 || !strings.Contains(d.Clipboard[0], "999988887777:root") {
		t.Errorf("the clipboard was sent %q", d.Clipboard)
	}
}

func TestATrustPolicyWithoutAnAccountSaysWhyItCannotBeCopied(t *testing.T) {
	w := trusting{busy(), errors.New("no credentials")}
	d := startOn(t, w, tui.Options{}, 100, 30)
	d.See("prod")
	d.Press("down", "p", "enter")
	d.See("still needs: Account that the role trusts", "AWS did not say which one is yours")
	d.Press("c")
	d.Settle()
	if len(d.Clipboard) != 0 {
		t.Errorf("the clipboard was sent %q", d.Clipboard)
	}
}

func TestAFailedCleanUpIsTold(t *testing.T) {
	d := startOn(t, dirty{busy()}, tui.Options{}, 100, 30)
	d.See("A test file of an earlier run may still be in the bucket")
}

// trusting is a world whose trust policy needs an account.
type trusting struct {
	*tuitest.World
	err error
}

func (w trusting) Caller(ctx context.Context) (world.Caller, error) {
	if w.err != nil {
		return world.Caller{}, w.err
	}
	return w.World.Caller(ctx)
}

func (w trusting) Documents(s wizard.Settings, also ...string) []world.Document {
	d := world.Document{ID: "trust", File: "trust-policy.json"}
	if s.TrustedPrincipal == "" {
		d.Missing = []string{"trusted_principal"}
	} else {
		d.Body = `{"AWS": "arn:aws:iam::` + strings.Join(append([]string{s.TrustedPrincipal}, also...), ":root and ") + `:root"}`
	}
	return []world.Document{d}
}

// dirty is a world in which cleaning up fails.
type dirty struct{ *tuitest.World }

func (dirty) CleanUp(context.Context) (int, error) { return 0, errors.New("AccessDenied") }

// A connection is told from others by its name and its prefix.
func TestHomeKeepsNamesAndPrefixes(t *testing.T) {
	w := busy()
	long := prod()
	long.Bucket, long.Prefix = "a-bucket-with-a-name-of-some-length-prod-assets", "media"
	w.Conns = append(w.Conns, world.Connection{Name: "alpha-production-images", Settings: long, Media: -1})
	for _, lang := range []string{"en", "ja"} {
		start(t, w, tui.Options{Lang: lang}, 80, 24).See("alpha-production-images", "assets / media")
	}
}

func TestArrowsChooseTheService(t *testing.T) {
	d := start(t, tuitest.NewWorld(), tui.Options{}, 80, 24)
	d.See("step 1 of 6", "microCMS", "Cloudinary", "up/down")
	d.NotSee("optional")
}
