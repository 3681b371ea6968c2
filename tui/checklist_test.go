package tui_test

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/wizard"
)

// What is to be pasted where stands beside the steps, and what is marked there
// is remembered with the draft until it changes.
func TestTheChecklistFollowsTheAnswers(t *testing.T) {
	w := tuitest.NewWorld()
	d := start(t, w, tui.Options{Start: tui.StartSetup, Prefill: prod()}, 120, 40)
	d.Press("enter")
	d.See("What goes where in AWS", "0 of 4 proved", "* Permissions policy")
	d.Press("ctrl+o")
	d.See("Permissions policy of the role", "* ready to paste", "IAM › Roles › MediaRole › Add permissions")
	d.Press("space")
	d.See("+ marked as pasted")
	d.Press("c")
	d.Settle()
	if len(d.Clipboard) != 1 || !strings.Contains(d.Clipboard[0], "s3:PutObject") {
		t.Errorf("the clipboard was sent %q", d.Clipboard)
	}
	if rec := w.Pasted(t.Context(), "alpha-prod-assets"); rec[wizard.DocumentPermissions].Pasted.Document == "" {
		t.Errorf("remembered: %+v", rec)
	}
	d.Press("esc")
	d.See("+ Permissions policy")
	d.Type("2") // another bucket
	d.See("! Permissions policy", "changed: to be pasted again")
	d.Press("backspace")
	d.See("+ Permissions policy")
}

// A passed test proves the documents, and the review says so.
func TestATestProvesTheDocuments(t *testing.T) {
	w := tuitest.NewWorld()
	d := review(t, w, tui.Options{Prefill: prod()}, 100, 90)
	d.See("* Trust policy of the role: ready to paste", "S3 › Buckets › alpha-prod-assets › Permissions › Bucket policy")
	pressOn(d)
	d.See("✓ Trust policy of the role: proved by the last test", "✓ Bucket policy: proved", "answered: all of it is in place")
	d.Press("ctrl+o")
	d.See("4 of 4 proved")
}

// The overview fits every window, in both languages, with every row in sight
// when the cursor is on it.
func TestTheOverviewFits(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		for _, s := range sizes {
			d := start(t, busy(), tui.Options{Lang: lang}, s.w, s.h)
			d.Press("down", "p")
			d.Settle()
			for range 5 {
				d.Fits()
				at := 0
				for _, l := range strings.Split(d.Grid(), "\n") {
					if strings.HasPrefix(l, "  > ") {
						at++
					}
				}
				if at != 1 {
					t.Errorf("%s %s: the cursor is on %d rows:\n%s", lang, s.name, at, d.Grid())
				}
				d.Press("down")
			}
		}
	}
}

// The preview marks the lines that the step changed.
func TestThePreviewMarksWhatChanged(t *testing.T) {
	d := start(t, tuitest.NewWorld(), tui.Options{Start: tui.StartSetup, Prefill: prod()}, 120, 40)
	d.Press("enter")
	d.See(`"Resource": "arn:aws:s3:::alpha-prod-assets/media/`)
	d.NotSee(`+ "Resource"`)
	d.Type("2")
	d.See(`+ "Resource": "arn:aws:s3:::alpha-prod-assets2/media/`)
}
