package tui_test

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

const secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

// A secret that was pasted by mistake does not stay on the screen, is in no
// draft, and what it was pasted over comes back where that is a choice.
func TestAPastedSecretIsGoneAtOnce(t *testing.T) {
	w := tuitest.NewWorld()
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("enter")
	d.Paste("AWS_SECRET_ACCESS_KEY=" + secretKey + "\n")
	d.See("looks like an AWS secret", "> for example alpha-prod-assets")
	d.NotSee(secretKey[:12], secretKey[28:])
	d.Press("enter") // it is told until something else is entered
	d.See("looks like an AWS secret")
	d.Type("my-bucket")
	d.NotSee("looks like")
	d.Press("enter")
	d.Type("tokyo")
	d.Press("enter", "esc", "tab")
	d.See("> ap-northeast-1")
	d.Paste("AKIAIOSFODNN7EXAMPLE")
	d.See("An AWS access key was entered", "> ap-northeast-1")
	d.NotSee("AKIAIOSFODNN7")
	for _, kept := range w.Kept {
		if strings.Contains(kept.Settings.Bucket+kept.Settings.Region, "AKIA") {
			t.Errorf("a draft keeps %+v", kept.Settings)
		}
	}
}

// What is typed may become something else: it is judged when it is left.
func TestATypedSecretWaitsUntilItIsLeft(t *testing.T) {
	for _, leave := range []string{"enter", "tab", "esc"} {
		t.Run(leave, func(t *testing.T) {
			d := start(t, tuitest.NewWorld(), tui.Options{}, 100, 30)
			d.Press("enter")
			d.Type(secretKey)
			d.See(secretKey)
			d.Press(leave)
			if leave == "esc" {
				d.Press("enter")
			}
			d.NotSee(secretKey)
		})
	}
}

// Enter on an empty field that has to be answered says so there, instead of
// going on to the next, where what is typed blindly would land.
func TestEnterStaysOnWhatIsStillToBeAnswered(t *testing.T) {
	d := start(t, tuitest.NewWorld(), tui.Options{}, 100, 30)
	d.Press("enter", "enter")
	d.See("✗ Enter the name of", "> for example alpha-prod-assets")
	d.Type("my-bucket")
	d.NotSee("✗")
	d.Press("enter")
	d.See("> type to search")
}

// The end of the way through the AWS console is what is looked for.
func TestWhereTheConsoleShowsItIsShownWhole(t *testing.T) {
	s := wizard.Settings{Bucket: "my-bucket", Region: "ap-northeast-1"}
	d := start(t, tuitest.NewWorld(), tui.Options{Start: tui.StartSetup, Prefill: s}, 40, 24)
	d.Press("enter", "enter", "enter", "up", "tab", "tab")
	grid := strings.Join(strings.Fields(strings.ReplaceAll(d.Grid(), "┃", "")), " ")
	for _, part := range []string{"Trust relationships › sts:ExternalId"} {
		if !strings.Contains(grid, part) {
			t.Errorf("%q is not shown whole in\n%s", part, d.Grid())
		}
	}
}

// The footer lists what works: enter does not lead out of a mistake.
func TestTheFooterOffersNoEnterThatStays(t *testing.T) {
	d := start(t, tuitest.NewWorld(), tui.Options{}, 80, 24)
	d.Press("enter")
	d.See("enter next field")
	d.Paste("s3://My_Bucket")
	d.See("✗")
	d.NotSee("enter next field", "enter continue")
	d.See("tab next field", "esc back")
}

// What ends the program in the middle of a step, be it kill -9, loses nothing
// that was typed; and no draft is made for every beginning of a name.
func TestWhatIsTypedIsKeptBeforeTheStepEnds(t *testing.T) {
	w := tuitest.NewWorld()
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("enter")
	d.Type("my-bucket")
	d.Settle()
	if kept, ok := w.Draft("new"); !ok || kept.Settings.Bucket != "my-bucket" || len(w.Kept) != 1 {
		t.Errorf("the bucket's name is typed, and kept is %+v", w.Kept)
	}
	d.Press("enter")
	d.Type("tokyo")
	d.Press("enter", "up", "enter")
	d.Type("arn:aws:iam::12")
	d.Settle()
	kept, ok := w.Draft("my-bucket")
	if !ok || kept.Settings.RoleARN != "arn:aws:iam::12" || kept.Settings.Access != "role" || kept.Step != "access" || len(w.Kept) != 1 {
		t.Errorf("in the middle of the step kept are %+v", w.Kept)
	}
}

// The external ID of a draft may be in AWS by now: beginning once more with
// the same bucket, or before the bucket is known, takes no draft's place.
func TestANewDraftTakesNoOthersPlace(t *testing.T) {
	w := tuitest.NewWorld()
	w.Kept = []world.Draft{
		{Name: "new", Step: "bucket", Settings: wizard.Settings{ExternalID: "first-of-all"}},
		{Name: "my-bucket", Step: "access", Settings: wizard.Settings{Bucket: "my-bucket", Region: "ap-northeast-1", ExternalID: "given-away"}},
	}
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("n", "enter")
	d.Settle()
	if _, ok := w.Draft("new-2"); !ok {
		t.Errorf("before the bucket is known kept are %+v", w.Kept)
	}
	d.Type("my-bucket")
	d.Press("enter")
	d.Type("tokyo")
	d.Press("enter", "esc", "esc", "esc")
	d.Settle()
	if _, ok := w.Draft("my-bucket-2"); !ok || len(w.Kept) != 3 {
		t.Errorf("kept are %+v", w.Kept)
	}
	for name, id := range map[string]string{"new": "first-of-all", "my-bucket": "given-away"} {
		if kept, ok := w.Draft(name); !ok || kept.Settings.ExternalID != id {
			t.Errorf("the draft %s became %+v", name, kept)
		}
	}
}
