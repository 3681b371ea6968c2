package connect

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

func cacheFile(t *testing.T, key string) string {
	t.Helper()
	path, err := ssocreds.StandardCachedTokenFilepath(key)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// What is written serves the SDK's own provider; a running Source goes on with
// it.
func TestSignInServesTheSDK(t *testing.T) {
	for profile, key := range map[string]string{"sso": "corp", "legacy": "https://corp.awsapps.com/start", "over": "corp"} {
		t.Run(profile, func(t *testing.T) {
			p := newPortal(t)
			p.agree = 3 * time.Second
			p.at(t)
			source := fromEnvironment(t, Options{Profile: profile})
			_, _, err := source.WhoAmI(t.Context(), "eu-west-1")
			causes := diagnose.Diagnose(EvidenceOf(err, "sts:GetCallerIdentity"), diagnose.Facts{Profile: profile, Found: FoundSSO})
			if len(causes) != 1 || causes[0].ID != "credentials-expired" || causes[0].Fixes[0].Command != "aws sso login --profile "+profile || causes[0].Fixes[1].Command != "mediadock signin "+profile {
				t.Fatalf("before: %+v from %v", causes, err)
			}

			pages, err := p.signIn(t.Context(), profile)
			if err != nil {
				t.Fatal(err)
			}
			if len(pages) != 1 || pages[0].URL != "https://device.example/?user_code=ABCD-EFGH" || pages[0].Short != "https://device.example/" || pages[0].Code != "ABCD-EFGH" || time.Until(pages[0].Expires) < 9*time.Minute {
				t.Errorf("shown %+v", pages)
			}
			info, err := os.Stat(cacheFile(t, key))
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%v %v", info, err)
			}
			if profile == "over" {
				return // its role is another test's
			}
			out, _, err := source.WhoAmI(t.Context(), "eu-west-1")
			if err != nil || !strings.Contains(*out.Arn, "AWSReservedSSO_Admin") {
				t.Errorf("the same Source: %v", err)
			}
		})
	}
}

// The file is that of the AWS CLI, to the letter.
func TestSignInWritesTheCLIsFile(t *testing.T) {
	for profile, want := range map[string][]string{
		"sso":    {"accessToken", "clientId", "clientSecret", "expiresAt", "refreshToken", "region", "registrationExpiresAt", "startUrl"},
		"legacy": {"accessToken", "expiresAt", "region", "startUrl"},
	} {
		p := newPortal(t)
		home := p.at(t)
		if _, err := p.signIn(t.Context(), profile); err != nil {
			t.Fatal(err)
		}
		var files []string
		_ = filepath.WalkDir(filepath.Join(home, ".aws"), func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				files = append(files, path)
			}
			return err
		})
		if len(files) != 1 {
			t.Fatalf("%s: files %q", profile, files)
		}
		data, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]string
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		var keys []string
		for k := range got {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		if !slices.Equal(keys, want) || got["startUrl"] != "https://corp.awsapps.com/start" || got["region"] != "us-east-1" {
			t.Errorf("%s: %s", profile, data)
		}
		end, err := time.Parse("2006-01-02T15:04:05Z", got["expiresAt"])
		if err != nil || time.Until(end) < 7*time.Hour || time.Until(end) > 9*time.Hour {
			t.Errorf("%s: expires %s", profile, got["expiresAt"])
		}
	}
}

// A token that ran out is renewed with what was kept, by the SDK itself.
func TestTheSDKRenewsWhatWasSaved(t *testing.T) {
	p := newPortal(t)
	p.lifetime = -60
	p.at(t)
	if _, err := p.signIn(t.Context(), "sso"); err != nil {
		t.Fatal(err)
	}
	p.lifetime = 28800
	p.valid = map[string]bool{"gone": true} // the first token is not taken any more
	if _, _, err := fromEnvironment(t, Options{Profile: "sso"}).WhoAmI(t.Context(), "eu-west-1"); err != nil {
		t.Error(err)
	}
	if want := []string{grantDevice, "refresh_token"}; !slices.Equal(p.grants, want) {
		t.Errorf("granted by %q", p.grants)
	}
}

// What `aws sso login` writes in another terminal is used by the next request.
func TestSignInElsewhereIsNoticed(t *testing.T) {
	p := newPortal(t)
	p.at(t)
	source := fromEnvironment(t, Options{Profile: "sso"})
	path := cacheFile(t, "corp")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, old := range []string{"", `{}`, `not json`, `{"accessToken":"old","expiresAt":"2020-01-01T00:00:00Z"}`, `{"accessToken":"revoked","expiresAt":"2099-01-01T00:00:00Z"}`} {
		write(t, path, old)
		_, _, err := source.WhoAmI(t.Context(), "eu-west-1")
		if causes := diagnose.Diagnose(EvidenceOf(err, "sts:GetCallerIdentity"), diagnose.Facts{}); len(causes) != 1 || causes[0].ID != "credentials-expired" {
			t.Errorf("%q: %+v from %v", old, causes, err)
		}
	}
	p.valid["fresh"] = true
	write(t, path, `{"accessToken":"fresh","expiresAt":"2099-01-01T00:00:00Z"}`)
	if _, _, err := source.WhoAmI(t.Context(), "eu-west-1"); err != nil {
		t.Error(err)
	}
}

func TestAnotherRoleThanWasAssigned(t *testing.T) {
	p := newPortal(t)
	p.at(t)
	if _, err := p.signIn(t.Context(), "denied"); err != nil {
		t.Fatal(err)
	}
	_, _, err := fromEnvironment(t, Options{Profile: "denied"}).WhoAmI(t.Context(), "eu-west-1")
	causes := diagnose.Diagnose(EvidenceOf(err, "sts:GetCallerIdentity"), diagnose.Facts{Profile: "denied"})
	if len(causes) != 1 || causes[0].ID != "sso-role-denied" || causes[0].Args["profile"] != "denied" {
		t.Errorf("%+v from %v", causes, err)
	}
}

func TestWaysOfSigningIn(t *testing.T) {
	for name, c := range map[string]struct {
		profile string
		set     func(*portal)
		kind    string // empty: it succeeds
		polls   int    // 0: not counted
	}{
		"agreed at once":             {"sso", func(p *portal) {}, "", 1},
		"agreed later":               {"sso", func(p *portal) { p.agree = 7 * time.Second }, "", 7},
		"the interval is kept":       {"sso", func(p *portal) { p.agree, p.interval = 31*time.Second, 10 }, "", 4},
		"five seconds where none":    {"sso", func(p *portal) { p.agree, p.interval = 11*time.Second, 0 }, "", 3},
		"refused":                    {"sso", func(p *portal) { p.refuse = true }, SignInRefused, 1},
		"nobody comes":               {"sso", func(p *portal) { p.agree, p.life, p.interval = -1, 60, 10 }, SignInExpired, 6},
		"the line goes dead":         {"sso", func(p *portal) { p.agree, p.breaks = 2*time.Second, 2 }, "", 0},
		"the line stays dead":        {"sso", func(p *portal) { p.breaks = 1000 }, SignInFailed, 0},
		"another start URL":          {"elsewhere", func(p *portal) {}, SignInUnknown, 0},
		"no such profile":            {"nobody", func(p *portal) {}, SignInNoProfile, 0},
		"the default is not there":   {"", func(p *portal) {}, SignInNoProfile, 0},
		"a profile of another kind":  {"keys", func(p *portal) {}, SignInNotSSO, 0},
		"a profile that is not done": {"broken", func(p *portal) {}, SignInBroken, 0},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPortal(t)
			p.at(t)
			c.set(p)
			_, err := p.signIn(t.Context(), c.profile)
			var failed *SignInError
			got := ""
			if errors.As(err, &failed) {
				got = failed.Kind
			} else if err != nil {
				t.Fatal(err)
			}
			if got != c.kind || c.polls > 0 && len(p.grants) != c.polls {
				t.Errorf("%q after %d polls: %v", got, len(p.grants), err)
			}
			if c.kind != "" {
				if _, err := os.Stat(cacheFile(t, "corp")); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("something was kept: %v", err)
				}
			}
		})
	}
}

// Who polls too fast is told to slow down, and does.
func TestSignInSlowsDown(t *testing.T) {
	p := newPortal(t)
	p.at(t)
	p.agree = 20 * time.Second
	var waits []time.Duration
	first := true
	err := SignIn(t.Context(), "sso", Options{pause: func(ctx context.Context, d time.Duration) error {
		waits = append(waits, d)
		if first { // the portal's clock is slow
			first = false
			return nil
		}
		return p.pause(ctx, d)
	}}, func(SignInPage) {})
	if err != nil {
		t.Fatal(err)
	}
	if want := []time.Duration{time.Second, 6 * time.Second, 6 * time.Second, 6 * time.Second, 6 * time.Second}; !slices.Equal(waits, want) {
		t.Errorf("waited %v", waits)
	}
}

func TestSignInIsCancelled(t *testing.T) {
	p := newPortal(t)
	p.at(t)
	p.agree = -1
	ctx, cancel := context.WithCancel(t.Context())
	err := SignIn(ctx, "sso", Options{}, func(SignInPage) { cancel() }) // it waits for real
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if len(p.grants) != 0 {
		t.Error("it went on asking")
	}
}

func TestSignInWithoutANetwork(t *testing.T) {
	p := newPortal(t)
	p.at(t)
	t.Setenv("AWS_ENDPOINT_URL_SSO_OIDC", "http://127.0.0.1:1")
	_, err := p.signIn(t.Context(), "sso")
	var failed *SignInError
	if !errors.As(err, &failed) || failed.Kind != SignInFailed {
		t.Fatal(err)
	}
	if ev := EvidenceOf(err, ""); ev.Network != "refused" || ev.Host != "127.0.0.1:1" {
		t.Errorf("%+v", ev)
	}
}

func TestSignInThatCannotBeKept(t *testing.T) {
	p := newPortal(t)
	home := p.at(t)
	write(t, filepath.Join(home, ".aws"), "a file in the way")
	_, err := p.signIn(t.Context(), "sso")
	var failed *SignInError
	if !errors.As(err, &failed) || failed.Kind != SignInUnsaved {
		t.Fatal(err)
	}
}

// Neither tokens nor codes are in what is logged.
func TestSignInLogsNoSecrets(t *testing.T) {
	p := newPortal(t)
	p.at(t)
	var log strings.Builder
	if err := SignIn(t.Context(), "sso", Options{Debug: &log, pause: p.pause}, func(SignInPage) {}); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"token-0", "secret-of-", "device-client", "refresh-"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%s is in the log:\n%s", secret, log.String())
		}
	}
	if strings.Count(log.String(), "\n") != 3 {
		t.Errorf("log:\n%s", log.String())
	}
}

// The AWS CLI takes the sign-in, where there is one.
func TestSignInServesTheAWSCLI(t *testing.T) {
	cli, err := exec.LookPath("aws")
	if err != nil {
		t.Skip("no AWS CLI here")
	}
	for _, profile := range []string{"sso", "legacy"} {
		p := newPortal(t)
		p.at(t)
		if _, err := p.signIn(t.Context(), profile); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		cmd := exec.CommandContext(ctx, cli, "sts", "get-caller-identity", "--profile", profile, "--region", "eu-west-1", "--output", "text")
		out, err := cmd.CombinedOutput()
		cancel()
		if errors.Is(err, exec.ErrNotFound) || strings.Contains(string(out), "pyenv:") {
			t.Skip("the AWS CLI does not run here")
		}
		if err != nil || !strings.Contains(string(out), "AWSReservedSSO_Admin_1/taro") {
			t.Errorf("%s: %v\n%s", profile, err, out)
		}
		if !slices.Contains(p.calls, "/federation/credentials") {
			t.Errorf("%s: called %q", profile, p.calls)
		}
	}
}

var _ http.Handler = (*portal)(nil)
