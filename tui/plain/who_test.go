package plain_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/plain"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// profiled is a world with three AWS profiles, of which "dev" is in use.
func profiled() *tuitest.World {
	w := full()
	w.Who = world.Caller{Account: "111122223333", Name: "developer", Found: "profile", Profile: "dev"}
	w.Using = "dev"
	w.AWS = []world.Profile{
		{Name: "dev", Kind: "profile"}, {Name: "admin", Kind: "sso", Account: "999988887777", Role: "Administrator", SignIn: true},
		{Name: "guarded", Kind: "role", MFA: true},
	}
	w.Callers = map[string]world.Caller{
		"dev": w.Who, "admin": {Account: "999988887777", Name: "cms-admin", Found: "sso", Profile: "admin"}, "guarded": {Account: "999988887777", Name: "guard", Found: "role", Profile: "guarded"},
	}
	return w
}

// atTerminal is home with somebody at a terminal.
func atTerminal(t *testing.T, w *tuitest.World, given bool, answers ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := plain.Home(context.Background(), w, text.For("en"), plain.Options{In: strings.NewReader(strings.Join(append(answers, ""), "\n")), Out: &out, Profiled: given})
	return out.String(), err
}

func TestSomebodyAtATerminalIsOfferedTheProfiles(t *testing.T) {
	out, err := atTerminal(t, profiled(), false, "3", "6")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	wants(t, out, "mediadock runs as developer, AWS account 1111-2222-3333.\nCredentials: from the AWS profile dev (access key).\n",
		"1. Go on as it is\n2. dev: in use, access key\n3. admin: IAM Identity Center, account 9999-8888-7777, role Administrator\n4. guarded: assumes a role, asks for an MFA code\n", "5. default chain", "6. sign in to IAM Identity Center here, for the profile admin\n",
		"mediadock runs as cms-admin, AWS account 9999-8888-7777.", "Connections")
	// Whoever named a profile, and a pipe of answers, is not asked.
	for name, do := range map[string]func() (string, error){
		"named": func() (string, error) { return atTerminal(t, profiled(), true, "6") },
		"piped": func() (string, error) { return home(t, profiled(), "en", "6") },
	} {
		out, err := do()
		if err != nil || strings.Contains(out, "Go on as it is") || !strings.Contains(out, "runs as developer") {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

func TestSigningInByNumber(t *testing.T) {
	w := profiled()
	out, err := atTerminal(t, w, true, "5", "6", "6")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	wants(t, out, "  https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH\n", "  ABCD-EFGH\n", "ctrl+c stops", "runs as cms-admin")
	// What does not work is said, and the one before stays.
	w = profiled()
	w.Signed = make(chan error, 1)
	w.Signed <- &tuitest.TroubleError{Trouble: world.Trouble{Raw: "the person refused"}}
	out, err = atTerminal(t, w, true, "5", "6", "1", "6")
	if err != nil || !strings.Contains(out, "the person refused") || w.Using != "dev" {
		t.Errorf("%v, runs as %s\n%s", err, w.Using, out)
	}
}

// Without credentials it is said what there is, and nothing is lost.
func TestNoCredentialsAreSaidWithWhatHelps(t *testing.T) {
	w := tuitest.NewWorld()
	w.WhoErr = &tuitest.TroubleError{Trouble: world.Trouble{Raw: "no credentials found"}}
	out, err := atTerminal(t, w, false, "1")
	if !errors.Is(err, plain.ErrNoAnswer) {
		t.Fatal(err)
	}
	wants(t, out, "AWS did not say who you are", "no credentials found", "There is no AWS profile", "aws configure sso", "1. Go on as it is\n2. try again\n", "Step 1 of 6")
}

// The code of an MFA device is asked for while something waits for AWS; what
// is no code is asked again.
func TestMFACodesAreAskedFor(t *testing.T) {
	for name, c := range map[string]struct {
		answers []string
		code    string
		err     error
	}{
		"a code":          {[]string{"123456"}, "123456", nil},
		"full width":      {[]string{" １２３４５６ "}, "123456", nil},
		"too short first": {[]string{"123", "654321"}, "654321", nil},
		"none":            {[]string{""}, "", world.ErrNoToken},
		"the end":         {nil, "", world.ErrNoToken},
	} {
		w := full()
		var got string
		var gotErr error
		w.Rows = func(s wizard.Settings) []awscheck.Result {
			got, gotErr = w.Token(context.Background(), "arn:aws:iam::999988887777:mfa/taro")
			return tuitest.AllPass(s)
		}
		out, _ := home(t, w, "en", append([]string{"1", "1"}, c.answers...)...)
		if name == "the end" {
			got, gotErr = "", nil
			var buf bytes.Buffer
			_ = plain.Home(context.Background(), w, text.For("en"), plain.Options{In: strings.NewReader("1\n1\n"), Out: &buf, Piped: true})
		}
		if got != c.code || !errors.Is(gotErr, c.err) || !strings.Contains(out, "mfa/taro") {
			t.Errorf("%s: %q, %v\n%s", name, got, gotErr, out)
		}
	}
}

// After a failure one can run as somebody else and test again, and change the
// answers from a step on.
func TestAfterAFailure(t *testing.T) {
	w := profiled()
	w.Rows = func(s wizard.Settings) []awscheck.Result {
		if w.Using == "admin" && s.Prefix == "elsewhere" {
			return tuitest.AllPass(s)
		}
		return tuitest.RoleFails(s)
	}
	w.Conns, w.Kept = nil, nil
	out, err := home(t, w, "en", append(append([]string{}, good...), "5", "3", "1", "2", "4", "elsewhere", "", "", "", "", "", "<", "4", "", "", "", "", "", "", "alpha-prod-assets")...)
	if err != nil && !errors.Is(err, plain.ErrNoAnswer) {
		t.Fatalf("%v\n%s", err, out)
	}
	if w.Saved["alpha-prod-assets"].Prefix != "elsewhere" {
		t.Errorf("saved %+v\n%s", w.Saved, out)
	}
	wants(t, out, "Result: failed", "5. Say who", "runs as cms-admin", "Result: failed", "4. Prefix and domain", "Result: ready", "< changes the answers instead", "Result: ready", "is saved")
}

// A name that is taken is asked anew: nothing that was answered is lost.
func TestATakenNameIsAskedAnew(t *testing.T) {
	w := tuitest.NewWorld()
	w.SaveErr = &tuitest.TroubleError{Trouble: world.Trouble{Code: "cmd.name_taken", Args: map[string]string{"name": "alpha-prod-assets", "bucket": "b", "prefix": "p"}}}
	out, err := setup(t, w, plain.Options{}, append(good, "alpha-prod-assets", "second", "")...)
	if !errors.Is(err, plain.ErrNotReady) || len(w.Kept) != 1 || w.Kept[0].Name != "second" {
		t.Errorf("%v, drafts %+v\n%s", err, w.Kept, out)
	}
	wants(t, out, "The name alpha-prod-assets is taken", "Another name for this connection", "kept as the draft second")
}

// A draft that lies under another name than what is saved goes with the saving.
func TestSavingTakesTheDraftAway(t *testing.T) {
	w := tuitest.NewWorld()
	w.Conns = []world.Connection{{Name: "alpha-prod-assets", Settings: whole}}
	if out, err := setup(t, w, plain.Options{}, append(good, "alpha-prod-assets")...); err != nil || len(w.Kept) != 0 {
		t.Errorf("%v, drafts %+v\n%s", err, w.Kept, out)
	}
	w = tuitest.NewWorld()
	w.Kept = []world.Draft{{Name: "new", Settings: whole, Step: "rules", SavedAt: tuitest.Now}}
	out, err := home(t, w, "en", "1", "1", "", "", "", "alpha-prod-assets")
	if err != nil || len(w.Kept) != 0 || w.Saved["alpha-prod-assets"].Bucket == "" {
		t.Errorf("%v, drafts %+v, saved %+v\n%s", err, w.Kept, w.Saved, out)
	}
}
