package tui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// fillIn answers the wizard's questions up to the review page.
func fillIn(d *tuitest.Driver) {
	d.Press("enter") // service
	d.Type("alpha-prod-assets")
	d.Press("enter")
	d.Type("tokyo")
	d.Press("enter")
	d.Press("up", "enter") // who uses the role: mediadock alone
	d.Paste("arn:aws:iam::123456789012:role/MediaRole")
	d.Press("enter", "enter") // external ID
	d.Type("media")
	d.Press("enter", "enter", "enter") // domain, distribution
	d.Press("enter", "enter", "enter") // the rules
	d.Settle()
}

func TestAnEmptyHomeOpensTheWizardAndABucketIsConnected(t *testing.T) {
	w := tuitest.NewWorld()
	w.Lib = some()
	d := start(t, w, tui.Options{}, 100, 40)
	d.See("New connection", "What this does")
	fillIn(d)
	d.Press("pgdown", "pgdown", "pgdown")
	d.See("In microCMS open Settings") // what comes afterwards
	d.Press("pgup", "pgup", "pgup")
	d.See("Next: the connection test", "https://alpha-prod-assets.s3.ap-northeast-1.amazonaws.com/media/image.png")
	d.Press("enter")
	d.See("Everything works")
	d.Press("enter")
	d.See("Type the bucket name alpha-prod-assets to save")

	d.Type("alpha-prod")
	d.Press("enter")
	d.See("That is not alpha-prod-assets")
	if len(w.Saved) != 0 {
		t.Fatal("saved although the bucket's name was typed wrong")
	}
	d.Type("-assets")
	d.Press("enter")
	d.See("alpha-prod-assets is saved", "logo.png") // its media are open
	d.Press("esc")
	d.See("Connections", "ready")

	s := w.Saved["alpha-prod-assets"]
	if s.Region != "ap-northeast-1" || s.RoleARN != "arn:aws:iam::123456789012:role/MediaRole" || s.Prefix != "media" {
		t.Errorf("saved %+v", s)
	}
	if !strings.HasPrefix(s.ExternalID, "md-") || len(s.ExternalID) < 25 {
		t.Errorf("no external ID was generated: %q", s.ExternalID)
	}
	if !strings.HasPrefix(s.ServiceID, "SERVICE#") {
		t.Errorf("no service ID was generated: %q", s.ServiceID)
	}
	if len(w.Kept) != 0 {
		t.Errorf("a draft is left of what was saved: %+v", w.Kept)
	}
}

func TestWizardGoesBackFromAnInvalidFieldAndLosesNothing(t *testing.T) {
	w := tuitest.NewWorld()
	d := start(t, w, tui.Options{}, 80, 24)
	d.See("New connection")
	d.Press("enter")
	d.Type("Alpha_Prod")
	d.Press("enter") // stays: it is wrong
	d.Type("x")
	d.See("> Alpha_Prodx", "✗")
	d.Press("backspace")
	d.See("> Alpha_Prod", "✗")
	d.Press("esc")
	d.See("step 1 of 6")
	d.Press("enter")
	d.See("step 2 of 6", "Alpha_Prod")
	d.Press("esc", "esc")
	d.See("kept as the draft")
	d.Settle()
	kept, ok := w.Draft("new")
	if !ok || kept.Settings.Bucket != "Alpha_Prod" {
		t.Errorf("the invalid value is lost: %+v", w.Kept)
	}
	d.See("Drafts", "new")
	d.Press("enter", "enter")
	d.See("Alpha_Prod")
}

func TestWizardTakesASuggestionAtOneKey(t *testing.T) {
	d := start(t, tuitest.NewWorld(), tui.Options{}, 80, 24)
	d.See("New connection")
	d.Press("enter")
	d.Paste("Alpha-Prod-Assets")
	d.See("ctrl+y", "use alpha-prod-assets")
	d.Press("ctrl+y")
	d.NotSee("✗")
	d.See("> alpha-prod-assets")
}

func TestWizardShowsWhatIsMissingAtTheEndOfAStep(t *testing.T) {
	d := start(t, tuitest.NewWorld(), tui.Options{}, 80, 24)
	d.See("New connection")
	d.Press("enter")            // bucket
	d.Press("enter", "enter")   // both left empty
	d.See("step 2 of 6", "✗")   // it stays
	d.Type("alpha-prod-assets") // in the first field in question
	d.See("> alpha-prod-assets")
}

// Keys that are typed ahead reach the field they are meant for.
func TestTypingAheadReachesTheRightField(t *testing.T) {
	w := tuitest.NewWorld()
	d := start(t, w, tui.Options{}, 100, 40)
	d.See("New connection")
	for _, k := range []string{"enter"} {
		d.Press(k)
	}
	d.Type("my-bucket")
	d.Press("enter")
	d.Type("eu-central-1")
	d.Press("enter")
	d.See("step 3 of 6", "my-bucket")
	d.Press("esc")
	d.See("> my-bucket", "eu-central-1   Europe (Frankfurt)")
}

func TestWizardRegionIsFoundInBothLanguages(t *testing.T) {
	for _, typed := range []string{"東京", "tokyo", "Asia Pacific (To", "northeast-1"} {
		d := start(t, tuitest.NewWorld(), tui.Options{}, 80, 24)
		d.See("New connection")
		d.Press("enter")
		d.Type("my-bucket")
		d.Press("enter")
		d.Type(typed)
		d.See("> ap-northeast-1")
		d.Press("enter")
		d.See("step 3 of 6")
	}
}

func TestExternalIDIsGeneratedAndStaysUntilAnotherIsAskedFor(t *testing.T) {
	d := start(t, tuitest.NewWorld(), tui.Options{Start: tui.StartSetup, Prefill: func() wizard.Settings { s := prod(); s.ExternalID = ""; return s }()}, 100, 40)
	d.See("New connection")
	d.Press("enter", "enter", "enter", "tab", "tab")
	d.See("External ID")
	first := idOn(d)
	if !strings.HasPrefix(first, "md-") {
		t.Fatalf("none is generated; on the screen:\n%s", d.Grid())
	}
	d.Press("esc", "enter", "enter", "tab", "tab")
	if again := idOn(d); again != first {
		t.Errorf("it changed from %q to %q by going back", first, again)
	}
	d.Press("esc", "esc", "esc") // and by leaving the wizard
	d.See("kept as the draft")
	d.Settle()
	d.Press("enter", "enter", "enter", "enter", "tab")
	if again := idOn(d); again != first {
		t.Errorf("it changed from %q to %q by leaving", first, again)
	}
	d.Press("enter", "ctrl+g")
	if other := idOn(d); other == first || !strings.HasPrefix(other, "md-") {
		t.Errorf("ctrl+g made %q of %q", other, first)
	}
}

// idOn reads the external ID off the screen.
func idOn(d *tuitest.Driver) string {
	_, rest, _ := strings.Cut(d.Grid(), "md-")
	id, _, _ := strings.Cut(rest, " ")
	id, _, _ = strings.Cut(id, "\n")
	return "md-" + strings.TrimRight(id, "│ ")
}

func TestAFailingTestKeepsTheDraftAndLeadsToTheField(t *testing.T) {
	w := tuitest.NewWorld()
	w.Rows = tuitest.RoleFails
	d := start(t, w, tui.Options{}, 100, 40)
	d.See("New connection")
	fillIn(d)
	d.Press("enter")
	d.See("To mend first", "failed")
	d.Press("e") // change the field in question
	d.See("step 3 of 6", "External ID")
	if _, ok := w.Draft("alpha-prod-assets"); !ok {
		t.Errorf("no draft is kept: %+v", w.Kept)
	}

	w.Rows = tuitest.AllPass
	d.Press("ctrl+g")
	for range 20 {
		if strings.Contains(d.Grid(), "step 6 of 6") {
			break
		}
		d.Press("enter")
	}
	d.See("Next: the connection test") // the old test does not count for new settings
	d.Press("enter")
	d.See("Everything works")
	d.Press("n")
	d.See("Type the bucket name")
}

func TestFailedTestDoesNotOpenTheWayToSaving(t *testing.T) {
	w := tuitest.NewWorld()
	w.Rows = tuitest.RoleFails
	d := start(t, w, tui.Options{}, 100, 40)
	d.See("New connection")
	fillIn(d)
	d.Press("enter")
	d.See("To mend first")
	d.Press("n") // nothing to go on to
	d.Press("esc")
	d.See("The connection test failed")
	d.NotSee("Type the bucket name")
	if len(w.Saved) != 0 {
		t.Error("saved")
	}
}

func TestLeavingARunningTestWaitsForItsCleanUp(t *testing.T) {
	w := busy()
	w.Gate = make(chan struct{})
	d := start(t, w, tui.Options{}, 100, 30)
	d.See("prod")
	d.Press("down", "t")
	d.See("asking AWS")
	d.Release(w.Gate)
	d.See("1 of 16")
	w.Cleaning = make(chan struct{})
	d.Press("esc")
	d.See("stopping, cleaning up")
	d.Press("esc", "down", "enter") // impatience changes nothing
	d.See("stopping, cleaning up")
	d.NotSee("Connections")
	d.Release(w.Cleaning)
	d.See("Connections")
	if begun, undone := w.Counts(); begun != 1 || undone != 1 {
		t.Errorf("%d tests begun, %d cleaned up behind themselves", begun, undone)
	}
}

func TestQuittingAsksWhileATestRuns(t *testing.T) {
	w := busy()
	w.Gate = make(chan struct{})
	d := start(t, w, tui.Options{}, 100, 30)
	d.See("prod")
	d.Press("down", "t")
	d.See("asking AWS")
	d.Press("ctrl+c")
	d.See("Quit mediadock?", "The connection test")
	d.Press("esc")
	d.NotSee("Quit mediadock?")
	if d.Quit {
		t.Fatal("it quit although the person stayed")
	}
	d.Press("ctrl+c", "down", "enter") // stop it
	d.See("The test was stopped")
	if d.Quit {
		t.Fatal("stopping quit the program")
	}
	d.Press("q")
	d.Settle()
	if !d.Quit {
		t.Error("q does not quit when nothing runs")
	}
}

func TestCheckPageCopiesAndWrites(t *testing.T) {
	w := busy()
	w.Rows = tuitest.RoleFails
	d := start(t, w, tui.Options{}, 100, 40)
	d.See("prod")
	d.Press("down", "t")
	d.See("To mend first")
	d.Press("enter")
	d.See("Why", "likely", "How to mend it", "aws iam get-role --role-name MediaRole")
	d.Press("pgdown", "pgdown")
	d.See("Evidence", "AccessDenied", "7F2A0000")
	d.Press("c")
	d.See("sent to the terminal's clipboard")
	d.Settle()
	if len(d.Clipboard) != 1 || !strings.Contains(d.Clipboard[0], "sts:ExternalId") {
		t.Errorf("the clipboard was sent %q", d.Clipboard)
	}
	d.Press("w")
	d.See("Write the policy to a file")
	d.Press("enter")
	d.See("written to")
	if !strings.Contains(w.File("trust.json"), "sts:ExternalId") {
		t.Errorf("the file holds %q", w.File("trust.json"))
	}
	d.Press("esc", "s", "enter")
	d.See("written to")
	if got := w.File("prod-report-20261121-0900.md"); !strings.Contains(got, "role.assume") {
		t.Errorf("no report: %q", got)
	}
}

func TestEditLocksWhatMediaBind(t *testing.T) {
	w := busy()
	w.Locks["prod"] = world.Lock{Media: 10000, AtLeast: true}
	d := start(t, w, tui.Options{}, 80, 24)
	d.See("prod")
	d.Press("down", "e")
	d.See("Edit prod", "locked: in use by 10,000+ media files")
	d.Press("enter")
	d.See("step 2 of 6", "alpha-prod-assets")
	d.Type("x") // nowhere to type
	d.Press("enter")
	d.See("step 3 of 6", "(x) mediadock alone") // free to change, and so is the role
	d.Press("enter")
	d.See("> arn:aws:iam::123456789012:role/MediaRole")
	d.NotSee("alpha-prod-assetsx")
}

func TestForgettingAsksFirst(t *testing.T) {
	w := busy()
	d := start(t, w, tui.Options{}, 80, 24)
	d.See("partner")
	d.Press("d")
	d.See("Forget partner?")
	d.Press("enter") // the harmless answer is the first
	d.See("partner-media")
	d.Press("d", "down", "enter")
	d.See("partner is forgotten")
	d.NotSee("partner-media")
}

func TestHomeSaysWhoTheCallerIs(t *testing.T) {
	w := busy()
	d := start(t, w, tui.Options{Badge: "cmd.demo_badge"}, 100, 30)
	d.See("cms-admin @ 9999-8888-7777", "demo")
	w2 := busy()
	w2.WhoErr = &tuitest.TroubleError{Trouble: world.Trouble{Raw: "no credentials", Causes: []diagnose.Cause{{ID: "no-credentials", Likelihood: diagnose.Certain}}}}
	start(t, w2, tui.Options{}, 100, 30).See("no AWS credentials")
	w2.WhoErr = errors.New("no route to host")
	start(t, w2, tui.Options{}, 100, 30).See("AWS identity unknown")
}

func TestLeftOversOfEarlierRunsAreTold(t *testing.T) {
	w := busy()
	w.Left = 3
	start(t, w, tui.Options{}, 100, 30).See("3 left-over test files")
}

func TestStartsOnTheScreenThatWasAskedFor(t *testing.T) {
	d := start(t, busy(), tui.Options{Start: tui.StartCheck, Connection: "prod"}, 100, 30)
	d.See("prod › connection test", "Everything works")
	d.Press("esc")
	d.See("Connections")
}

const closing = 5 * time.Second

func TestQuittingInTheWizardKeepsWhatWasTyped(t *testing.T) {
	w := busy()
	m := tui.New(t.Context(), w, tui.Options{Still: true})
	d := tuitest.Start(t, m, 80, 24)
	d.Press("n", "enter")
	d.Type("half-a-buck")
	d.Press("ctrl+c")
	d.Settle()
	if !d.Quit {
		t.Fatal("ctrl+c does not quit the wizard")
	}
	m.Close(closing)
	if kept, ok := w.Draft("half-a-buck"); !ok || kept.Step != "bucket" {
		t.Errorf("drafts: %+v", w.Kept)
	}
}

func TestLettersNeverLeaveTheWizard(t *testing.T) {
	d := start(t, tuitest.NewWorld(), tui.Options{}, 80, 24)
	d.See("step 1 of 6")
	d.Press("q", "?")
	d.Settle()
	if d.Quit {
		t.Fatal("q on a field without text quit the program")
	}
	d.See("step 1 of 6")
	d.NotSee("Keys that work here")
	d.Press("f1")
	d.See("Keys that work here")
}

func TestAnUnknownConnectionIsTold(t *testing.T) {
	start(t, busy(), tui.Options{Start: tui.StartBrowse, Connection: "nope"}, 80, 24).See("There is no connection called nope.")
}

func TestATestThatCannotRunSaysWhy(t *testing.T) {
	w := busy()
	w.CheckErr = &tuitest.TroubleError{Trouble: world.Trouble{Raw: "no credentials anywhere"}}
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 80, 24)
	d.See("That did not work", "no credentials anywhere")
	d.Press("enter")
	d.See("The test could not run")
	w.CheckErr = nil
	d.Press("r")
	d.See("Everything works")
}

// What a screen beneath asks for late does not take the person away from
// where they are now.
func TestAScreenBeneathCannotMoveTheOnesAbove(t *testing.T) {
	w := busy()
	w.Reading = make(chan struct{}, 10)
	m := tui.New(t.Context(), w, tui.Options{Still: true, Start: tui.StartCheck, Connection: "prod"})
	d := tuitest.Open(t, m, 80, 24)
	d.Press("n")
	d.See("step 1 of 6")
	for range cap(w.Reading) {
		w.Reading <- struct{}{}
	}
	d.Settle()
	d.See("step 1 of 6")
	m.Close(closing)
}
