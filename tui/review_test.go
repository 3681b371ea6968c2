package tui_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// review opens the review page of answers that are all given.
func review(t *testing.T, w *tuitest.World, o tui.Options, width, height int) *tuitest.Driver {
	t.Helper()
	o.Start = tui.StartSetup
	d := start(t, w, o, width, height)
	last := text.For(o.Lang).Say("step.review.title", nil)
	for range 30 {
		if strings.Contains(strings.SplitN(d.Grid(), "\n", 2)[0], last) {
			return d
		}
		d.Press("enter")
		d.Settle()
	}
	t.Fatalf("the review page does not come:\n%s", d.Grid())
	return nil
}

var blank = regexp.MustCompile(`\s`)

func unspaced(s string) string { return blank.ReplaceAllString(s, "") }

// pressOn goes on from the review through the test to the confirmation.
func pressOn(d *tuitest.Driver) {
	d.Press("enter")
	d.Settle()
	d.Press("n")
	d.Settle()
}

// All that is to be known stands on the page, in either language and every
// size, as far as it applies.
func TestTheReviewSaysWhatIsToBeKnown(t *testing.T) {
	withDomain := prod()
	withDomain.Domain, withDomain.Distribution, withDomain.ManagedBy = "https://my-media.example.com", "E2EXAMPLE", "service"
	withDomain.TrustedPrincipal = "210987654321"
	for _, lang := range []string{"en", "ja"} {
		c := text.For(lang)
		for _, s := range []wizard.Settings{prod(), withDomain} {
			d := review(t, tuitest.NewWorld(), tui.Options{Lang: lang, Prefill: s}, 80, 24)
			for _, size := range []struct{ w, h int }{{80, 200}, {40, 300}} {
				d.Resize(size.w, size.h)
				said := unspaced(d.Grid())
				for _, f := range wizard.Facts(s) {
					if want := unspaced(f.Words(c.Say)); !strings.Contains(said, want) {
						t.Errorf("%s at %dx%d: the page does not say %s: %s", lang, size.w, size.h, f.ID, want)
					}
				}
				_, applies := wizard.FactByID(s, "cdn-later")
				if not := unspaced(c.Say("know.cdn-later", nil)); !applies && strings.Contains(said, not) {
					t.Errorf("%s: the page says what does not apply", lang)
				}
			}
		}
	}
}

// A person in a hurry sees where media will be and what binds, without
// scrolling.
func TestWhatBindsIsSeenFirst(t *testing.T) {
	d := review(t, tuitest.NewWorld(), tui.Options{Prefill: prod()}, 80, 24)
	d.See("Your media will be at", "media/image.png", "browsers show .../写真.png", "What binds you from the first upload on", "Fixed once", "URLs have no random part")
}

// The addresses are those of an image, a document and a Japanese name, the
// last one in both forms, and that in another environment.
func TestTheReviewShowsFinalAddresses(t *testing.T) {
	s := prod()
	s.Domain = "https://my-media.example.com"
	d := review(t, tuitest.NewWorld(), tui.Options{Prefill: s}, 120, 60)
	for _, want := range []string{
		"https://my-media.example.com/media/image.png", "https://my-media.example.com/media/sample.pdf",
		"https://my-media.example.com/media/%E5%86%99%E7%9C%9F.png", "browsers show https://my-media.example.com/media/写真.png",
		"In another environment, staging for example", "https://my-media.example.com/media/env-mfna7fqojgsyxuyx/image.png",
	} {
		d.See(want)
	}
	d.NotSee("env-xxxxxxxxxxxxxxxx")
	s.ServiceID = ""
	d = review(t, tuitest.NewWorld(), tui.Options{Prefill: s}, 120, 60)
	d.See("media/env-xxxxxxxxxxxxxxxx/image.png", "the directory follows from the service ID")
}

// Whoever types the bucket's name has before their eyes what it binds, and
// what to type, whole.
func TestWhatBindsStandsAboveTheConfirmation(t *testing.T) {
	racetest.Plainly(t)
	long := prod()
	long.Bucket = "a-bucket-with-a-name-that-is-as-long-as-the-rules-of-s3-permit1"
	for _, settings := range []wizard.Settings{prod(), long} {
		for _, lang := range []string{"en", "ja"} {
			d := review(t, tuitest.NewWorld(), tui.Options{Lang: lang, Prefill: settings}, 80, 24)
			pressOn(d)
			d.Type("x")
			d.Press("enter") // the wrong name
			for _, s := range sizes {
				d.Resize(s.w, s.h)
				d.Fits()
				g := unspaced(d.Grid())
				c := text.For(lang)
				want := []string{text.Fill(c.UI.Review.TypeBucket, "bucket", settings.Bucket), text.Fill(c.UI.Dialog.TypedWrong, "want", settings.Bucket)}
				if s.h > 12 || settings.Bucket != long.Bucket {
					want = append(want, text.Fill(c.UI.Review.FinalShort, "fields", wizard.Labels(wizard.FieldsOfClass("microcms", wizard.Locked), c.Say)))
				}
				for _, l := range want {
					if s.h == 12 && strings.HasPrefix(l, text.Fill(c.UI.Review.FinalShort, "fields", "")[:6]) {
						l = string([]rune(l)[:12]) // its beginning is enough in the smallest window
					}
					if !strings.Contains(g, unspaced(l)) {
						t.Errorf("%s %s: %q is not on the screen:\n%s", lang, s.name, l, d.Grid())
					}
				}
				if d.View().Cursor == nil || !strings.HasPrefix(strings.TrimSpace(strings.Split(d.Grid(), "\n")[d.View().Cursor.Y]), ">") && !strings.Contains(strings.Split(d.Grid(), "\n")[d.View().Cursor.Y], "> x") {
					t.Errorf("%s %s: the cursor is not where the name is typed", lang, s.name)
				}
			}
		}
	}
}

// The name may be typed, pasted with what surrounds it, or come from an input
// method; nothing but the name saves.
func TestTheNameIsConfirmed(t *testing.T) {
	racetest.Plainly(t)
	for name, c := range map[string]struct {
		enter func(*tuitest.Driver)
		saved bool
	}{
		"typed":         {func(d *tuitest.Driver) { d.Type("alpha-prod-assets") }, true},
		"pasted":        {func(d *tuitest.Driver) { d.Paste("  alpha-prod-assets\n") }, true},
		"input method":  {func(d *tuitest.Driver) { d.Send(tuitest.Key("ａ")); d.Type("バケット") }, false},
		"another":       {func(d *tuitest.Driver) { d.Type("alpha-prod-asset") }, false},
		"nothing":       {func(*tuitest.Driver) {}, false},
		"in upper case": {func(d *tuitest.Driver) { d.Type("ALPHA-PROD-ASSETS") }, false},
	} {
		w := tuitest.NewWorld()
		d := review(t, w, tui.Options{Prefill: prod()}, 80, 24)
		pressOn(d)
		c.enter(d)
		d.Press("enter")
		d.Settle()
		if _, saved := w.Saved["alpha-prod-assets"]; saved != c.saved {
			t.Errorf("%s: saved is %v:\n%s", name, saved, d.Grid())
		}
		if !c.saved {
			d.See("That is not alpha-prod-assets")
		}
	}
}

// An edit shows what was saved beside what it will be, in words.
func TestAnEditShowsWhatChanges(t *testing.T) {
	w := busy()
	d := review(t, w, tui.Options{Connection: "prod"}, 100, 40)
	d.See("Nothing has been changed since it was saved.")

	draft := prod()
	draft.Domain, draft.Notes, draft.ExternalID = "https://my-media.example.com", "one\ntwo", "md-ffffffffffffffffffffffff"
	w = busy()
	w.Kept = []world.Draft{{Name: "prod", Settings: draft, Step: "review", Edit: true, SavedAt: tuitest.Now}}
	d = review(t, w, tui.Options{Connection: "prod"}, 100, 40)
	d.Settle()
	g := unspaced(d.Grid())
	for _, want := range []string{
		"Custom domain locked while media exist - was - + now https://my-media.example.com",
		"External ID rotated: saved only after a full test - was md-2f6b7c1e9a04d853aa11 + now md-ffffffffffffffffffffffff",
		"Notes - was - + now one two Your media",
	} {
		if !strings.Contains(g, unspaced(want)) {
			t.Errorf("%q is not on the screen:\n%s", want, d.Grid())
		}
	}
}
