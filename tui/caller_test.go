package tui_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

// trouble is an error that comes from one cause for certain.
func trouble(cause string) error {
	return &tuitest.TroubleError{Trouble: world.Trouble{
		Raw:    "sts: " + cause,
		Causes: []diagnose.Cause{{ID: cause, Likelihood: diagnose.Certain}},
	}}
}

// profiles puts three AWS profiles on the computer: cms (SSO), which is in
// use, dev (keys) and partner (a role with MFA).
func profiles(w *tuitest.World) *tuitest.World {
	w.Using = "cms"
	w.AWS = []world.Profile{
		{Name: "cms", Kind: "sso", Account: "999988887777", Role: "cms-admin", Region: "ap-northeast-1", SignIn: true},
		{Name: "dev", Kind: "profile", Region: "us-east-1"},
		{Name: "partner", Kind: "role", Account: "111122223333", Region: "eu-central-1", MFA: true},
	}
	w.Callers = map[string]world.Caller{
		"cms": w.Who,
		"dev": {Account: "555566667777", ARN: "arn:aws:iam::555566667777:user/hanako", Name: "hanako", Kind: "user", Found: "profile", Profile: "dev"},
		"":    {Account: "222233334444", ARN: "arn:aws:iam::222233334444:user/ci", Name: "ci", Kind: "user", Found: "environment"},
	}
	return w
}

// The wizard is there before AWS has said who the person is, and says it
// before it asks the first question.
func TestTheWizardSaysAsWhomItRuns(t *testing.T) {
	for _, c := range []struct {
		lang          string
		asking, never string
		w, h          int
	}{
		{"en", "asking AWS ...", "mediadock never asks for AWS keys.", 80, 24},
		{"ja", "AWSに確認中 ...", "アクセスキーの入力を求めることはありません", 80, 24},
		{"en", "asking AWS ...", "", 40, 12},
	} {
		w := tuitest.NewWorld()
		w.Asking = make(chan struct{})
		m := tui.New(t.Context(), w, tui.Options{Lang: c.lang, Still: true})
		t.Cleanup(func() { m.Close(closing) })
		d := tuitest.Open(t, m, c.w, c.h)
		d.See("microCMS", c.asking, c.never)
		d.Press("enter") // nothing is held back by the question
		d.Type("my-bucket")
		d.See("my-bucket")
		d.Press("esc")
		d.Release(w.Asking)
		d.See("cms-admin @ 9999-8888-7777")
		d.NotSee(c.asking)
		if c.h >= 24 {
			d.See("arn:aws:sts::999988887777:assumed-role/cms-admin/taro", "IAM Identity Center")
		}
		d.Fits()
	}
}

func TestWhereCredentialsComeFrom(t *testing.T) {
	for _, c := range []struct{ found, profile, en, ja string }{
		{"environment", "", "from AWS_ACCESS_KEY_ID in the environment", "環境変数 AWS_ACCESS_KEY_ID を使用"},
		{"sso", "prod", "from the AWS profile prod (IAM Identity Center)", "AWSプロファイル prod（IAM Identity Center）を使用"},
		{"process", "", "from the default AWS profile (credential_process)", "既定のAWSプロファイル（credential_process）を使用"},
		{"unknown", "odd", "from the AWS profile odd", "AWSプロファイル odd を使用"},
		{"instance", "", "from the role of this EC2 instance", "このEC2インスタンスのロールを使用"},
		{"web-identity", "", "from a web identity token", "ウェブIDトークンを使用"},
		{"unknown", "", "found by the AWS SDK's default chain", "AWS SDKの既定の順序で検出"},
	} {
		for lang, want := range map[string]string{"en": c.en, "ja": c.ja} {
			w := tuitest.NewWorld()
			w.Who.Found, w.Who.Profile = c.found, c.profile
			d := start(t, w, tui.Options{Lang: lang}, 80, 24)
			d.See(want)
			d.Press("esc")
			d.Resize(140, 30)
			d.See("cms-admin @ 9999-8888-7777  " + want) // home's header
		}
	}
}

// Another profile is another caller everywhere, and nothing typed is lost.
func TestChoosingAProfileInTheWizard(t *testing.T) {
	d := start(t, profiles(tuitest.NewWorld()), tui.Options{}, 80, 24)
	d.Press("enter")
	d.Type("typed-so-far")
	d.Press("ctrl+t")
	d.See("Run as which AWS profile?", "cms", "IAM Identity Center", "9999-8888-7777", "in use", "MFA", "default chain", "mediadock never asks for AWS keys.")
	d.Type("HANA") // nothing is called so
	d.See("No profile matches.")
	d.Press("esc") // empties the search first
	d.Type("access key us-east")
	d.NotSee("partner")
	d.Press("enter")
	d.See("now running as hanako @ 5555-6666-7777", "typed-so-far")
	d.Press("esc")
	d.See("hanako @ 5555-6666-7777", "arn:aws:iam::555566667777:user/hanako", "from the AWS profile dev (access key)")
	d.NotSee("cms-admin")
}

func TestThePickerChangesNothingWhenItIsLeft(t *testing.T) {
	w := profiles(tuitest.NewWorld())
	d := start(t, w, tui.Options{}, 80, 24)
	d.Press("ctrl+t")
	d.See("default chain")
	d.Press("down", "esc")
	d.NotSee("Run as which")
	d.See("cms-admin @ 9999-8888-7777")
	if w.Using != "cms" {
		t.Errorf("using %q", w.Using)
	}
}

func TestTheDefaultChainIsAChoice(t *testing.T) {
	w := profiles(busy())
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("a")
	d.See("default chain")
	d.Type("chain")
	d.Press("enter")
	d.See("now running as ci @ 2222-3333-4444")
	if w.Using != "" {
		t.Errorf("using %q", w.Using)
	}
}

// A long list scrolls, in every window.
func TestManyProfiles(t *testing.T) {
	racetest.Plainly(t)
	for _, size := range []struct{ w, h int }{{40, 12}, {80, 24}, {120, 40}, {38, 10}} {
		w := profiles(tuitest.NewWorld())
		for i := range 80 {
			w.AWS = append(w.AWS, world.Profile{Name: fmt.Sprintf("customer-%03d-with-a-long-name", i), Kind: "sso", Account: fmt.Sprintf("%012d", i), Region: "ap-northeast-1", MFA: i%2 == 0})
		}
		d := start(t, w, tui.Options{}, size.w, size.h)
		d.Press("ctrl+t")
		d.See("default chain")
		for i := range 100 {
			d.Press("down")
			if i%10 == 0 { // measuring the whole grid is the slow part
				d.Fits()
			}
		}
		d.Fits()
		d.See("customer-079")
		d.Press("pgup", "up")
		d.NotSee("customer-079")
		d.Type("0000-0000-0023")
		d.See("customer-023")
	}
}

func TestNoProfilesSayHowToGetOne(t *testing.T) {
	for lang, want := range map[string]string{"en": "There is no AWS profile on this computer yet.", "ja": "まだAWSプロファイルがありません"} {
		w := tuitest.NewWorld()
		d := start(t, w, tui.Options{Lang: lang}, 80, 24)
		d.Press("ctrl+t")
		d.See(want, "aws configure sso", "AWS_SESSION_TOKEN", "ctrl+r")
		profiles(w) // made in another terminal
		d.Press("ctrl+r")
		d.See("partner")
		d.NotSee(want)
	}
}

// While something runs as somebody, nobody else is chosen.
func TestNoOtherProfileWhileATestRuns(t *testing.T) {
	w := profiles(busy())
	w.Gate = make(chan struct{})
	d := tuitest.Open(t, opened(t, w), 100, 30)
	d.See("Connections")
	d.Press("t")
	d.See("asking")
	d.Press("ctrl+t")
	d.See("The AWS profile can be changed once it has ended.")
	d.NotSee("Run as which")
}

func opened(t *testing.T, w *tuitest.World) *tui.Model {
	m := tui.New(t.Context(), w, tui.Options{Still: true})
	t.Cleanup(func() { m.Close(closing) })
	return m
}

// Whoever the program runs as then, it is not who tested before.
func TestVerdictsOfAnotherCallerAreNotShown(t *testing.T) {
	d := start(t, profiles(busy()), tui.Options{}, 100, 30)
	d.Press("down")
	d.See("✓ ready")
	d.Press("a")
	d.See("default chain")
	d.Press("down", "enter")
	d.See("now running as hanako")
	d.See("other caller", "prod was last tested as somebody else. Press t")
	d.NotSee("✓ ready")
}

// The same person, in a new session, is the same person.
func TestSigningInAnewKeepsVerdicts(t *testing.T) {
	w := profiles(busy())
	again := w.Who
	again.ARN = strings.Replace(again.ARN, "/taro", "/taro-2", 1)
	w.Callers["cms"] = again
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("a")
	d.See("default chain")
	d.Press("enter")
	d.See("still running as cms-admin @ 9999-8888-7777", "✓ ready")
}

// A pass as somebody else allows nothing to be saved.
func TestAnotherCallerTestsAnew(t *testing.T) {
	w := profiles(tuitest.NewWorld())
	d := review(t, w, tui.Options{Prefill: prod()}, 100, 40)
	d.Press("enter")
	d.See("Everything works")
	d.Press("enter")
	d.See("Type the bucket name")
	d.Press("ctrl+t")
	d.See("default chain")
	d.Press("down", "enter")
	d.See("now running as hanako")
	d.See("Next: the connection test")
	d.NotSee("Type the bucket name")
}

// The trust policy names the account of whoever it is now.
func TestPoliciesFollowTheCaller(t *testing.T) {
	w := profiles(busy())
	w.Conns = w.Conns[1:2]
	d := start(t, w, tui.Options{}, 120, 40)
	d.Press("e")
	d.Settle()
	d.Press("enter", "enter", "enter")
	d.See("9999-8888-7777")
	d.Press("ctrl+t")
	d.See("default chain")
	d.Press("down", "enter")
	d.See("now running as hanako")
	d.Press("ctrl+l") // takes the news off the footer
	d.See("5555-6666-7777")
	d.NotSee("9999-8888-7777")
}

// Without credentials, everything leads to the way out.
func TestWithoutCredentials(t *testing.T) {
	for _, c := range []struct{ lang, head, title, sign, home string }{
		{"en", "no AWS credentials", "No AWS credentials", "choose an AWS profile", "nothing can be asked of AWS"},
		{"ja", "AWSの認証情報なし", "AWSの認証情報がありません", "AWSプロファイルを選ぶ", "AWSに問い合わせできません"},
	} {
		w := profiles(busy())
		w.NotSigned = trouble("no-credentials")
		d := start(t, w, tui.Options{Lang: c.lang}, 100, 30)
		d.See(c.head, c.home)
		d.Press("n")
		d.See("! " + c.head)
		d.Press("ctrl+t")
		d.See(c.title, c.sign)
		d.Press("down", "enter")
		d.See("partner")
		d.Press("down", "enter")
		d.See("hanako @ 5555-6666-7777")
		d.NotSee(c.head)
	}
}

// What fails for another reason than the credentials sends nobody to sign in.
func TestAnUnreachableNetworkIsNoSignIn(t *testing.T) {
	w := profiles(busy())
	w.NotSigned = errors.New("dial tcp: no route to host")
	d := start(t, w, tui.Options{}, 100, 30)
	d.See("AWS identity unknown")
	d.NotSee("nothing can be asked of AWS")
	d.Press("a")
	d.See("AWS did not say who you are", "no route to host", "try again", "choose an AWS profile")
	d.NotSee("sign in to IAM Identity Center")
	d.Press("esc")
	d.NotSee("AWS did not say")
}

// A profile that does not work leads back to the one before.
func TestAProfileThatDoesNotWork(t *testing.T) {
	w := profiles(busy())
	d := start(t, w, tui.Options{}, 100, 30)
	d.Press("a")
	d.See("default chain")
	w.WhoErr = trouble("access-key-unknown") // partner has no known caller
	d.Press("down", "down", "enter")
	d.See("AWS does not take these credentials", "go back to the profile cms")
	d.Press("up", "enter")
	d.See("still running as cms-admin @ 9999-8888-7777")
	if w.Using != "cms" {
		t.Errorf("using %q", w.Using)
	}
}
