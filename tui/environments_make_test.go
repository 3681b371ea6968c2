package tui_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

// nameStaging begins an environment and names it.
func nameStaging(d *tuitest.Driver) {
	d.Press("c")
	d.See("Name of the environment")
	d.Type("staging")
	d.Press("enter")
}

// copies is a world with one connection that can have environments.
func copies() *tuitest.Environments {
	w := tuitest.NewWorld()
	s := prod()
	w.Conns = []world.Connection{{Name: "prod", Settings: s, Verdict: awscheck.Ready, TestedAt: tuitest.Now, Media: 1284}}
	w.Lib = tuitest.NewLibrary("logo.png")
	return &tuitest.Environments{World: w, Files: 1284}
}

// has adds an environment to it.
func has(w *tuitest.Environments, environment, unfinished string) {
	w.Conns = append(w.Conns, world.Connection{Name: "prod/" + environment, Settings: w.Conns[0].Settings, Media: -1, Unfinished: unfinished})
	world.Arrange(w.Conns)
}

func calls(t *testing.T, w *tuitest.Environments, want ...string) {
	t.Helper()
	if got := w.Called(); !slices.Equal(got, want) {
		t.Errorf("it did %q, want %q", got, want)
	}
}

func TestAnEnvironmentIsMadeOnTheScreen(t *testing.T) {
	w := copies()
	d := startOn(t, w, tui.Options{}, 100, 30)
	d.See("c environment")
	d.Press("c")
	d.See("prod › new environment", "Name of the environment", "prod is only read")
	d.Type("staging")
	d.See("✓", "s3://alpha-prod-assets/media/env-", "enter continue")
	d.Press("enter")
	d.See("Copy prod to prod/staging: 1,284 files", "prod is only read. Nothing in it changes.", "y copy")
	calls(t, w)
	d.Press("enter") // only the letter begins
	d.Settle()
	calls(t, w)
	d.Press("y")
	d.See("✓ prod/staging is ready: 1,284 files copied", "1,284 by ETag", "enter opens it.")
	calls(t, w, "copy prod/staging")
	d.Press("enter")
	d.See("environment  prod/staging › media", "logo.png")
	d.Press("esc")
	d.See("◆ PRODUCTION", "└ staging")
}

func TestTheNameOfAnEnvironmentIsJudgedAsItIsTyped(t *testing.T) {
	w := copies()
	has(w, "staging", "")
	has(w, "half", "creating")
	has(w, "going", "deleting")
	d := startOn(t, w, tui.Options{}, 100, 30)
	d.Press("c")
	d.See("Name of the environment")
	d.Press("enter")
	d.See("Type a name, such as staging.")
	for typed, why := range map[string]string{
		"Staging": "Small letters only: staging", "a_b": "“_” cannot be used", "-a": "It begins with a letter or a digit",
		strings.Repeat("a", 33): "At most 32 characters", "staging": "prod/staging exists already", "ｄｅｖ": "“ｄ” cannot be used",
		"sta ging": "✗ A space cannot be used", "half": "enter goes on with it", "going": "being deleted", "prod/x": "“/” cannot be used",
	} {
		d.Press("ctrl+u")
		d.Type(typed)
		d.See(why)
		if typed == "half" {
			continue
		}
		d.Press("enter")
		d.Settle()
		d.See(why, "Name of the environment")
	}
	calls(t, w)
	d.Press("ctrl+u")
	d.Type("half")
	d.Press("enter")
	d.See("Copy prod to prod/half", "y copy")
}

func TestAnEnvironmentThatIsThereAlready(t *testing.T) {
	w := copies()
	w.Occupied = 7
	d := startOn(t, w, tui.Options{}, 100, 30)
	typeName := func() {
		d.Press("c")
		d.See("Name of the environment")
		d.Type("staging")
		d.Press("enter")
		d.See("The directory has files already", "has 7 files that no creation on this")
	}
	typeName()
	d.Press("enter") // another name
	d.See("Name of the environment", "> staging")
	d.Press("enter")
	d.See("The directory has files already")
	d.Press("down", "enter")
	d.See("✓ prod/staging is known on this computer now. Nothing was copied.", "enter opens it.")
	calls(t, w, "known prod/staging")

	w = copies()
	w.Occupied = 7
	d = startOn(t, w, tui.Options{}, 100, 30)
	typeName()
	d.Press("esc", "y") // the question comes again
	d.See("The directory has files already")
	calls(t, w)
	d.Press("down", "down", "enter")
	d.See("In the environment, not in prod: 7 ", "y copy")
	d.Press("y")
	d.See("✓ prod/staging is ready")
	calls(t, w, "copy prod/staging")
}

func TestACopyIsStoppedAndGoneOnWith(t *testing.T) {
	w := copies()
	w.Step = make(chan struct{})
	d := startOn(t, w, tui.Options{}, 100, 30)
	nameStaging(d)
	d.See("Counting the files of prod.", "642 files so far, 642 MB", "x stop")
	d.Release(w.Step)
	d.See("y copy")
	d.Press("y")
	d.See("Copying  prod/staging", "642 of 1,284 files", "420 files/s", "1 min 30 s left", "64 requests at once", "S3 asked for fewer 2 times", "x stop", "45 %")
	d.Press("x")
	d.See("! prod/staging is not whole yet. 642 files copied now", "Stopped.", "r goes on where it stopped")
	d.NotSee("enter opens it")
	d.Press("esc")
	d.See("> └ staging", "! creation unfinished", "was cut short")
	d.Press("enter")
	d.See("go on", "open it as it is", "delete it with all its media")
	d.Press("enter")
	d.Release(w.Step)
	d.See("A creation that was cut short goes on", "To be copied: 642 ", "y copy")
	d.Press("y")
	d.Release(w.Step)
	d.See("✓ prod/staging is ready: 642 files copied", "642 files (642 MB) had been there already.")
	calls(t, w, "copy prod/staging", "copy prod/staging")
}

func TestACopyGoesOnWhileThePersonDoesOtherThings(t *testing.T) {
	w := copies()
	w.Step = make(chan struct{})
	d := startOn(t, w, tui.Options{}, 100, 30)
	nameStaging(d)
	d.Release(w.Step)
	d.See("y copy")
	d.Press("y")
	d.See("642 of 1,284 files", "esc leaves it running")
	d.Resize(40, 12)
	d.See("642 of 1,284 files")
	d.Fits()
	d.Resize(100, 30)
	d.Press("esc")
	d.See("↻ copying 45 %", "> └ staging", "enter shows how far it is", "enter progress")
	d.Press("up", "enter")
	d.See("prod › media", "logo.png")
	d.Press("esc")
	d.See("> prod ◆", "└ staging")
	d.Press("d") // production with an environment that is being made
	d.See("prod/staging is being copied or deleted")
	d.Press("down", "d")
	d.See("prod/staging is being copied or deleted")
	d.Press("enter")
	d.See("Copying  prod/staging", "642 of 1,284 files")
	d.Press("esc", "q")
	d.See("Copying into prod/staging", "What is copied stays. Enter on prod/staging goes on")
	d.Release(w.Step)
	d.See("prod/staging is ready: 1,284 files copied", "✓", "just copied")
	d.NotSee("What is copied stays")
	d.Press("enter")
	d.See("✓ prod/staging is ready", "1,284 by ETag", "enter opens it")
	d.Press("esc")
	d.Settle()
	d.Press("enter")
	d.See("environment  prod/staging › media")
	calls(t, w, "copy prod/staging")
}

func TestQuittingStopsACopyCleanly(t *testing.T) {
	w := copies()
	w.Step = make(chan struct{})
	d := startOn(t, w, tui.Options{}, 100, 30)
	nameStaging(d)
	d.Release(w.Step)
	d.See("y copy")
	d.Press("y")
	d.See("642 of 1,284 files")
	d.Press("ctrl+c")
	d.See("Copying into prod/staging")
	d.Press("down", "enter") // stop it, and stay
	d.See("! prod/staging is not whole yet")
	if d.Quit {
		t.Error("it ended")
	}
	d.Press("ctrl+c")
	d.Settle()
	if !d.Quit {
		t.Errorf("nothing runs any more, and it asks:\n%s", d.Grid())
	}
}

func TestACopyThatFails(t *testing.T) {
	w := copies()
	w.Denied = []string{"a.jpg", "b.jpg"}
	d := startOn(t, w, tui.Options{}, 100, 40)
	nameStaging(d)
	d.See("y copy")
	d.Press("y")
	d.See("! prod/staging is not whole yet. 1,282 files copied now", "2 did not make it:", "a.jpg", "b.jpg", "Missing in the environment: 2 (a.jpg, b.jpg)", "r goes on", "d deletes it instead")
	d.Press("enter") // there is nothing to open
	d.Settle()
	d.See("2 did not make it")
	d.Press("d")
	d.See("Delete prod/staging: 1,282 files", "d delete")

	w = copies()
	w.Stopped = &media.Error{Code: media.CodeNetwork}
	d = startOn(t, w, tui.Options{}, 100, 30)
	nameStaging(d)
	d.See("y copy")
	d.Press("y")
	d.See("! prod/staging is not whole yet", "media: network", "were not compared to the end", "r goes on")

	w = copies()
	w.PlanErr = errors.New("the bucket says no")
	d = startOn(t, w, tui.Options{}, 100, 30)
	nameStaging(d)
	d.See("the bucket says no", "r try again")
	d.Press("esc")
	d.See("Name of the environment", "> staging")
}

// A file of somebody else's is kept, and the way to the source's is a command.
func TestACopyThatLeavesAnothersFile(t *testing.T) {
	w := copies()
	w.Theirs = []string{"logo.png"}
	d := startOn(t, w, tui.Options{}, 140, 40)
	nameStaging(d)
	d.See("y copy")
	d.Press("y")
	d.See("! prod/staging is not whole yet", "mediadock media rm PATH -c prod/staging", "1 did not make it:", "r goes on")
}

func TestACopyBesideALiveServiceIsAgreedToOnce(t *testing.T) {
	w := copies()
	w.Agreed["prod"] = false
	d := startOn(t, w, tui.Options{}, 100, 30)
	nameStaging(d)
	d.See("y copy")
	d.Press("y")
	d.See("The CMS writes to this bucket, too")
	d.Press("enter") // leave everything
	d.Settle()
	calls(t, w)
	d.Press("y")
	d.See("The CMS writes to this bucket, too")
	d.Press("down", "enter")
	d.See("✓ prod/staging is ready")
	calls(t, w, "copy prod/staging")
	if yes, _ := w.Consented(t.Context(), "prod"); !yes {
		t.Error("the agreement is not kept")
	}
}

func TestOnlyConnectionsOfAServiceWithEnvironmentsHaveThem(t *testing.T) {
	w := copies()
	has(w, "staging", "")
	d := startOn(t, w, tui.Options{}, 100, 30)
	d.Press("down", "c")
	d.See("No environments of environments: choose prod.")
	w = copies()
	w.Conns[0].Settings.ServiceID = ""
	d = startOn(t, w, tui.Options{}, 100, 30)
	d.NotSee("c environment")
	d.Press("c")
	d.See("Environments need the service ID")
	w = copies()
	w.Conns[0].Settings.Integration = "cloudinary"
	d = startOn(t, w, tui.Options{}, 100, 30)
	d.Press("c")
	d.See("Only microCMS connections have environments.")
}

func TestAnEnvironmentIsMadeFromTheBrowser(t *testing.T) {
	w := copies()
	d := startOn(t, w, tui.Options{}, 100, 30)
	d.Press("enter")
	d.See("prod › media", "logo.png")
	d.NotSee("PRODUCTION")
	d.Settle()
	d.Press("s")
	d.See("> prod  ◆ PRODUCTION", "new environment…")
	d.Press("down", "enter")
	d.See("prod › new environment", "Name of the environment")
	d.Type("staging")
	d.Press("enter")
	d.See("y copy")
	d.Press("y")
	d.See("✓ prod/staging is ready")
	d.Press("esc")
	d.See("◆ PRODUCTION", "prod › media")
	d.Settle()
	d.Press("s")
	d.See("prod/staging  environment", "new environment…")
	d.Press("down", "enter")
	d.See("environment  prod/staging › media")
}

// Settings of an environment are changed as a connection's, in its own
// directory: addresses, lock and test are its.
func TestTheSettingsOfAnEnvironmentAreEdited(t *testing.T) {
	w := copies()
	has(w, "staging", "")
	w.Locks["prod/staging"] = world.Lock{Media: 12}
	dir := address.EnvironmentID(w.Conns[0].Settings.ServiceID, "staging")
	d := startOn(t, w, tui.Options{}, 120, 40)
	d.Press("down")
	d.See("> └ staging", "e edit")
	d.Press("e")
	d.See("environment  Edit prod/staging", "locked: in use by 12 media files")
	for range 20 {
		d.Press("enter")
		d.Settle()
		if strings.Contains(d.Grid(), "step 6 of 6") {
			break
		}
		d.NotSee("/media/image.png") // production's
	}
	d.See("step 6 of 6", "/media/"+dir+"/image.png")
	d.NotSee("/media/image.png", "https://media.acme.jp/media/env-xxxx", "staging/staging")
	saveReviewed(d)
	if got := w.LastAsked().As; got != "prod/staging" {
		t.Errorf("tested as %q: not in the environment's directory", got)
	}
	if _, ok := w.Saved["prod/staging"]; !ok || len(w.Saved) != 1 {
		t.Errorf("saved %v", w.Saved)
	}
}
