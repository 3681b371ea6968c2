package tui_test

import (
	"errors"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// expire ends the sign-in of a world; the next one ends by w.Signed.
func expire(w *tuitest.World) {
	w.NotSigned = trouble("credentials-expired")
	w.Signed = make(chan error, 1)
}

func TestSigningIn(t *testing.T) {
	for _, c := range []struct{ lang, title, opt, page, wait, done string }{
		{"en", "The AWS sign-in has expired", "sign in to IAM Identity Center here, for the profile cms", "Open this address in a browser", "waiting for the browser", "signed in as cms-admin @ 9999-8888-7777"},
		{"ja", "AWSへのサインインの期限が切れています", "プロファイル cms でIAM Identity Centerにサインイン", "ブラウザーで次のアドレスを開きます", "ブラウザーでの許可を待っています", "cms-admin @ 9999-8888-7777 としてサインインしました"},
	} {
		w := profiles(busy())
		expire(w)
		d := start(t, w, tui.Options{Lang: c.lang}, 100, 30)
		d.Press("a")
		d.See(c.title, c.opt)
		d.Press("enter")
		d.See(c.page, c.wait, "https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH")
		d.Press("c")
		w.Signed <- nil
		d.See(c.done)
		d.NotSee(c.page)
		if len(d.Clipboard) != 1 || d.Clipboard[0] != "https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH" {
			t.Errorf("copied %q", d.Clipboard)
		}
	}
}

func TestASignInThatIsCancelled(t *testing.T) {
	w := profiles(busy())
	expire(w)
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("a")
	d.See("here, for the profile cms")
	d.Press("enter")
	d.See("waiting for the browser")
	d.Press("esc")
	d.See("Signing in was cancelled. Nothing has changed.", "AWS sign-in expired")
	d.NotSee("waiting for the browser")
	d.Settle() // the job has ended
}

func TestASignInThatIsRefused(t *testing.T) {
	w := profiles(busy())
	expire(w)
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("a")
	d.See("here, for the profile cms")
	d.Press("enter")
	d.See("waiting for the browser")
	w.Signed <- errors.New("the request was denied in the browser")
	d.See("Signing in did not work", "denied in the browser", "try again")
	d.Press("enter")
	d.See("waiting for the browser")
	w.Signed <- nil
	d.See("signed in as cms-admin")
}

// From the picker one can sign in for a profile of IAM Identity Center, and
// for no other.
func TestSigningInFromThePicker(t *testing.T) {
	w := profiles(busy())
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("a")
	d.See("ctrl+s sign in")
	d.Press("down")
	d.NotSee("ctrl+s sign in")
	d.Press("ctrl+s")
	d.See("Run as which")
	d.Press("up", "ctrl+s")
	d.See("signed in as cms-admin @ 9999-8888-7777")
}

// The browser opens where it was: the sign-in had expired before it could.
func TestTheBrowserOpensAfterSigningIn(t *testing.T) {
	w := profiles(busy())
	w.Lib = some()
	expire(w)
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("down", "enter")
	d.See("The AWS sign-in has expired")
	d.Press("enter")
	d.See("waiting for the browser")
	w.Signed <- nil
	d.See("logo.png")
	d.NotSee("expired")
}

// In the middle of work: folder, cursor and selection are there afterwards,
// and the rename is planned once more.
func TestARenameGoesOnAfterSigningIn(t *testing.T) {
	w := profiles(busy())
	lib := tuitest.NewLibrary("in/a.png", "in/b.png", "in/c.png")
	w.Lib = lib
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("down", "enter")
	d.See("in/")
	d.Press("enter")
	d.See("a.png")
	d.Press("space") // a.png is selected, the cursor on b.png
	lib.MoveErr = trouble("credentials-expired")
	w.Signed = make(chan error, 1)
	w.OnSigned = func() { lib.MoveErr = nil }
	d.Press("m", "ctrl+u")
	d.Type("renamed.png")
	d.Press("enter")
	d.See("The AWS sign-in has expired", "What you typed and selected stays as it is.")
	d.Press("enter")
	d.See("waiting for the browser")
	w.Signed <- nil
	d.See("You are cms-admin @ 9999-8888-7777", "do it again")
	d.Press("enter")
	d.See("renamed.png", "The old addresses will answer 404") // the plan
	d.Press("enter")
	d.Settle()
	if !lib.Has("in/renamed.png") {
		t.Error("it was not renamed")
	}
	d.See("* a.png")
}

// An upload that broke off is planned anew: what is there is left out.
func TestAnUploadGoesOnAfterSigningIn(t *testing.T) {
	w := profiles(busy())
	lib := tuitest.NewLibrary("old.png")
	lib.Fails["b.png"] = trouble("credentials-expired")
	w.Lib = lib
	w.OnSigned = func() { delete(lib.Fails, "b.png") }
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("down", "enter")
	d.See("old.png")
	d.Press("u")
	d.Paste("/tmp/a.png /tmp/b.png")
	d.Press("enter")
	d.See("a.png", "b.png")
	d.Press("enter")
	d.See("The AWS sign-in has expired")
	if !lib.Has("a.png") || lib.Has("b.png") {
		t.Fatal("the first was to be there, the second not")
	}
	d.Press("enter")
	d.See("do it again")
	d.Press("enter")
	d.Settle()
	d.Press("enter")
	d.Settle()
	if !lib.Has("b.png") {
		t.Errorf("the upload did not go on:\n%s", d.Grid())
	}
}

// A page that does not come is asked for again.
func TestTheListGoesOnAfterSigningIn(t *testing.T) {
	w := profiles(busy())
	lib := tuitest.NewLibrary("a.png", "b.png")
	lib.PageErr = trouble("credentials-expired")
	w.Lib = lib
	w.OnSigned = func() { lib.PageErr = nil }
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("down", "enter")
	d.See("The AWS sign-in has expired")
	d.Press("enter")
	d.See("do it again")
	d.Press("enter")
	d.See("a.png", "b.png")
}

// expiredRows is a test that AWS answers with an expired session.
func expiredRows(s wizard.Settings) []awscheck.Result {
	rows := tuitest.AllPass(s)
	rows[1] = awscheck.Result{ID: "caller.identity", Status: awscheck.Fail, Reason: "result.caller.identity.fail",
		Causes: []diagnose.Cause{{ID: "credentials-expired", Likelihood: diagnose.Certain}}}
	return rows
}

func TestTheConnectionTestGoesOnAfterSigningIn(t *testing.T) {
	w := profiles(busy())
	w.Rows = expiredRows
	w.OnSigned = func() { w.Rows = tuitest.AllPass }
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("down", "t")
	d.See("ctrl+t sign in")
	d.Press("ctrl+t")
	d.See("The AWS sign-in has expired")
	d.Press("enter")
	d.See("do it again")
	d.Press("enter")
	d.See("Everything works")
	if w.Checks != 2 {
		t.Errorf("%d tests", w.Checks)
	}
}

// A test that could not begin is begun again, or not, as the person says.
func TestATestThatCouldNotBegin(t *testing.T) {
	w := profiles(busy())
	w.CheckErr = trouble("credentials-expired")
	w.OnSigned = func() { w.CheckErr = nil }
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("down", "t")
	d.See("The AWS sign-in has expired")
	d.Press("enter")
	d.See("do it again", "not now")
	d.Press("down", "enter")
	d.NotSee("not now")
	d.Press("r")
	d.See("Everything works")
}

// Saving, too.
func TestSavingGoesOnAfterSigningIn(t *testing.T) {
	w := profiles(tuitest.NewWorld())
	d := review(t, w, tui.Options{Prefill: prod()}, 100, 40)
	w.SaveErr = trouble("credentials-expired")
	w.OnSigned = func() { w.SaveErr = nil }
	w.Lib = some()
	saveReviewed(d)
	d.See("The AWS sign-in has expired")
	d.Press("enter")
	d.See("do it again")
	d.Press("enter")
	d.Settle()
	if _, ok := w.Saved["alpha-prod-assets"]; !ok {
		t.Errorf("not saved:\n%s", d.Grid())
	}
}

// The address and the code are seen whole in every window.
func TestTheSignInPageFits(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		for _, s := range sizes {
			w := profiles(busy())
			w.Signed = make(chan error, 1)
			d := start(t, w, tui.Options{Lang: lang}, s.w, s.h)
			d.Press("a")
			d.See("partner", "> cms")
			d.Press("ctrl+s")
			d.See("https://device.sso.us-east-1", "   ABCD-EFGH")
			if s.h > 12 { // below, one scrolls
				d.See("| ")
			}
			d.Fits()
			for _, to := range windows {
				d.Resize(to[0], to[1])
				d.Fits()
			}
			w.Signed <- nil
			d.Settle()
		}
	}
}

// Where a role's credentials come from decides whether signing in helps: not
// that it is a role.
func TestSigningInIsOfferedWhereItHelps(t *testing.T) {
	w := profiles(busy())
	w.AWS = append(w.AWS,
		world.Profile{Name: "by-keys", Kind: "role"},
		world.Profile{Name: "by-sso", Kind: "role", MFA: true, SignIn: true},
		world.Profile{Name: "broken", Kind: "role", Broken: &world.Trouble{Code: "caller.profile.source-missing", Args: map[string]string{"source": "gone"}}})
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("a")
	d.Type("by-keys")
	d.NotSee("ctrl+s sign in")
	d.Press("esc")
	d.Type("by-sso")
	d.See("ctrl+s sign in")
	d.Press("esc")
	d.Type("broken")
	d.See("gone")
}
