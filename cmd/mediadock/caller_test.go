package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/world"
)

const callersAccount = `
account: "123456789012"
callers:
  - {name: first, access_key_id: AKIAFIRST, secret_access_key: secretsecret}
  - {name: taro, access_key_id: AKIATARO, secret_access_key: secretsecret, mfa_serial: "arn:aws:iam::123456789012:mfa/taro", mfa_code: "123456",
     policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}}
roles:
  - name: Admin
    trust_policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {AWS: "123456789012"}, Action: "sts:AssumeRole", Condition: {Bool: {"aws:MultiFactorAuthPresent": "true"}}}]}
    policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}
buckets:
  - {name: alpha-prod-assets, region: ap-northeast-1}
`

const callersConfig = `[profile keys]
aws_access_key_id = AKIATARO
aws_secret_access_key = secretsecret
[profile mfa]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = keys
mfa_serial = arn:aws:iam::123456789012:mfa/taro
[profile broken]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = nothere
[profile sso]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = Admin
`

// asCallers is the terminal UI's world on an AWS of several callers.
func asCallers(t *testing.T) *services {
	t.Helper()
	acct, err := account.Parse([]byte(callersAccount), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	box, err := sandbox.Start(t.Context(), sandbox.Options{Account: acct, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { box.Close() })
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(home, "config"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", os.DevNull)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	for _, kv := range box.Env() {
		t.Setenv(kv[0], kv[1])
	}
	if err := os.WriteFile(filepath.Join(home, "config"), []byte(callersConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	s := &services{app: program{home: t.TempDir()}.app()}
	s.app.asker.draws()
	t.Cleanup(s.app.forgetSource)
	return s
}

// What a person chooses is in effect for everything after, and tells so.
func TestChoosingAProfile(t *testing.T) {
	s := asCallers(t)
	for _, c := range []struct{ profile, name, found, current string }{
		{"", "first", "environment", ""},
		{"keys", "taro", "profile", "keys"},
		{"", "first", "environment", ""},
	} {
		if err := s.UseProfile(t.Context(), c.profile); err != nil {
			t.Fatal(err)
		}
		who, err := s.Caller(t.Context())
		if err != nil || who.Name != c.name || who.Found != c.found || who.Profile != c.profile {
			t.Errorf("%q: %+v, %v", c.profile, who, err)
		}
		report, err := s.Check(t.Context(), prod, "", tui.CheckOptions{Only: []string{"caller.identity"}}, func(awscheck.Event) {})
		if err != nil {
			t.Fatal(err)
		}
		if i := slices.IndexFunc(report.Results, func(r awscheck.Result) bool { return r.ID == "caller.identity" }); report.Results[i].Args["name"] != c.name {
			t.Errorf("%q: the test runs as %+v", c.profile, report.Results[i].Args)
		}
		all, err := s.Profiles(t.Context())
		if err != nil || len(all) != 4 {
			t.Fatalf("%+v, %v", all, err)
		}
		for _, p := range all {
			if p.Current != (p.Name == c.current) {
				t.Errorf("%q: %+v", c.profile, p)
			}
		}
	}
	for profile, code := range map[string]string{"nobody": "caller.no-profile", "broken": "caller.profile-broken"} {
		err := s.UseProfile(t.Context(), profile)
		if err == nil || s.Explain("", err).Code != code {
			t.Errorf("%s: %v", profile, err)
		}
		if who, err := s.Caller(t.Context()); err != nil || who.Name != "first" {
			t.Errorf("a refused choice changed the caller: %+v, %v", who, err)
		}
	}
}

// The screens are asked once for a code, told of a wrong one, and by nobody
// else: the terminal is theirs.
func TestTheScreensAreAskedForCodes(t *testing.T) {
	s := asCallers(t)
	if err := s.UseProfile(t.Context(), "mfa"); err != nil {
		t.Fatal(err)
	}
	_, err := s.Caller(t.Context())
	if err == nil {
		t.Fatal("nobody was asked for a code")
	}
	if tr := s.Explain("", err); tr.Code != "caller.mfa-needed" || len(tr.Causes) != 1 || tr.Causes[0].ID != "mfa-code-needed" {
		t.Errorf("nobody was asked: %v", err)
	}
	var mu sync.Mutex
	var asked []int
	codes := []string{"999999", "123456"}
	s.AskToken(func(ctx context.Context, device string) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, world.Refused(ctx))
		if device != "arn:aws:iam::123456789012:mfa/taro" || len(asked) > len(codes) {
			return "", errors.New("unexpected: " + device)
		}
		return codes[len(asked)-1], nil
	})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if who, err := s.Caller(t.Context()); err != nil || who.Name != "Admin/mediadock" || who.Found != "role" {
				t.Errorf("%+v, %v", who, err)
			}
		})
	}
	wg.Wait()
	if !slices.Equal(asked, []int{0, 1}) {
		t.Errorf("asked %v", asked)
	}
}

func TestSignInFromTheScreensAndTheCommandLine(t *testing.T) {
	s := asCallers(t)
	oidc := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch r.URL.Path {
		case "/client/register":
			_ = json.NewEncoder(w).Encode(map[string]any{"clientId": "c", "clientSecret": "s"})
		case "/device_authorization":
			_ = json.NewEncoder(w).Encode(map[string]any{"deviceCode": "d", "userCode": "ABCD-EFGH", "interval": 1, "expiresIn": 60,
				"verificationUri": "https://device.example/", "verificationUriComplete": "https://device.example/?user_code=ABCD-EFGH"})
		case "/token":
			w.Header().Set("X-Amzn-Errortype", "AccessDeniedException")
			w.WriteHeader(400)
		}
	}))
	defer oidc.Close()
	t.Setenv("AWS_ENDPOINT_URL_SSO_OIDC", oidc.URL)
	var shown []tui.SignInPage
	err := s.SignIn(t.Context(), "sso", func(p tui.SignInPage) { shown = append(shown, p) })
	if want := []tui.SignInPage{{URL: "https://device.example/?user_code=ABCD-EFGH", Short: "https://device.example/", Code: "ABCD-EFGH"}}; !slices.Equal(shown, want) {
		t.Errorf("shown %+v", shown)
	}
	if got := s.Explain("", err).Code; got != "caller.signin-refused" {
		t.Errorf("%q: %v", got, err)
	}
	for lang, words := range map[string]string{"en": "refused in the browser", "ja": "拒否されました"} {
		exit, _, stderr := program{home: t.TempDir()}.run("signin", "sso", "--lang", lang)
		if exit != exitFailed || !strings.Contains(stderr, "https://device.example/?user_code=ABCD-EFGH") || !strings.Contains(stderr, "ABCD-EFGH") || !strings.Contains(stderr, words) {
			t.Errorf("exit %d: %s", exit, stderr)
		}
	}
	if err := s.SignIn(t.Context(), "keys", nil); s.Explain("", err).Code != "caller.signin-not-sso" {
		t.Error(err)
	}
	if err := s.SignIn(t.Context(), "", nil); s.Explain("", err).Code != "caller.signin-no-profile" {
		t.Error(err)
	}
}
