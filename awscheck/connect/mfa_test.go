package connect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

const mfaProfiles = `
[profile base]
aws_access_key_id = AKIABASE
aws_secret_access_key = s
[profile prod]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = base
external_id = md-profile-external-id
mfa_serial = arn:aws:iam::123456789012:mfa/taro
region = eu-west-1
[profile second]
role_arn = arn:aws:iam::123456789012:role/Second
source_profile = prod
region = eu-west-1
[profile self]
aws_access_key_id = AKIABASE
aws_secret_access_key = s
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = self
duration_seconds = 7200
role_session_name = taro
`

const mfaDevice = "arn:aws:iam::123456789012:mfa/taro"

// guard is an STS whose role asks for a device's code, each taken once.
type guard struct {
	*server
	codes  []string // that are taken, in this order
	length time.Duration
}

func newGuard(t *testing.T, codes ...string) *guard {
	g := &guard{codes: codes, length: time.Hour}
	g.server = serve(t, func(w http.ResponseWriter, r *http.Request) {
		g.mu.Lock()
		defer g.mu.Unlock()
		switch form := r.PostForm; {
		case form.Get("Action") == "GetCallerIdentity":
			io.WriteString(w, `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/Admin/mediadock</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`)
		case form.Get("RoleArn") != "arn:aws:iam::123456789012:role/Admin":
			assumedRole(w, g.length)
		case form.Get("SerialNumber") != mfaDevice && form.Has("SerialNumber"):
			deny(w, "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.")
		case form.Has("SerialNumber") && (len(g.codes) == 0 || form.Get("TokenCode") != g.codes[0]):
			deny(w, "MultiFactorAuthentication failed with invalid MFA one time pass code. ")
		default:
			if form.Has("SerialNumber") {
				g.codes = g.codes[1:]
			}
			assumedRole(w, g.length)
		}
	})
	home := bare(t, map[string]string{"AWS_ENDPOINT_URL": g.URL})
	write(t, filepath.Join(home, "config"), mfaProfiles)
	return g
}

func deny(w http.ResponseWriter, message string) {
	w.WriteHeader(403)
	fmt.Fprintf(w, `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>%s</Message></Error><RequestId>R</RequestId></ErrorResponse>`, message)
}

// person answers with codes, and remembers what was asked.
type person struct {
	mu    sync.Mutex
	codes []string
	asked []TokenAsk
	err   error
}

func (p *person) ask(_ context.Context, ask TokenAsk) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, ask)
	if len(p.codes) == 0 {
		return "", p.err
	}
	code := p.codes[0]
	p.codes = p.codes[1:]
	return code, nil
}

func (g *guard) source(t *testing.T, profile string, ask TokenFunc) *Source {
	return fromEnvironment(t, Options{Profile: profile, Token: ask})
}

func who(s *Source) error {
	_, _, err := s.WhoAmI(context.Background(), "eu-west-1")
	return err
}

func causesOf(err error) []string {
	var ids []string
	for _, c := range diagnose.Diagnose(EvidenceOf(err, "sts:GetCallerIdentity"), diagnose.Facts{}) {
		ids = append(ids, string(c.Likelihood)+" "+c.ID)
	}
	return ids
}

// Requests that come at the same time ask once; the session lasts.
func TestTheCodeIsAskedForOnce(t *testing.T) {
	g := newGuard(t, "123456")
	p := &person{codes: []string{"123456"}}
	s := g.source(t, "prod", p.ask)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if err := who(s); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := s.Prepare(t.Context()); err != nil {
		t.Error(err)
	}
	if want := []TokenAsk{{Profile: "prod", Device: mfaDevice}}; !slices.Equal(p.asked, want) {
		t.Errorf("asked %+v", p.asked)
	}
	form := g.forms[0]
	if form.Get("DurationSeconds") != "3600" || form.Get("ExternalId") != "md-profile-external-id" || form.Get("RoleSessionName") != SessionName {
		t.Errorf("assumed by %v", form)
	}
}

func TestWrongCodesAreAskedForAgain(t *testing.T) {
	for name, c := range map[string]struct {
		given  []string
		err    error
		asked  int
		causes []string
	}{
		"right":                  {[]string{"123456"}, nil, 1, nil},
		"right at last":          {[]string{"000000", "111111", "123456"}, nil, 3, nil},
		"as people write it":     {[]string{"１２３ ４５６"}, nil, 1, nil},
		"with a hyphen":          {[]string{" 123-456\t"}, nil, 1, nil},
		"not six digits":         {[]string{"12345", "secret", "123456"}, nil, 3, nil},
		"never":                  {[]string{"000000", "111111", "222222", "123456"}, nil, 3, []string{"certain mfa-code-wrong"}},
		"never six digits":       {[]string{"1", "2", "3", "123456"}, nil, 3, []string{"certain mfa-code-wrong"}},
		"nobody to ask":          {nil, ErrNobodyToAsk, 1, []string{"certain mfa-code-needed"}},
		"the person says no":     {nil, errors.New("not now"), 1, []string{"certain mfa-code-needed"}},
		"no after a wrong one":   {[]string{"000000"}, errors.New("not now"), 2, []string{"certain mfa-code-needed"}},
		"the person's own words": {nil, errors.New("no AWS credentials were found"), 1, []string{"certain mfa-code-needed"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGuard(t, "123456")
			p := &person{codes: c.given, err: c.err}
			err := who(g.source(t, "prod", p.ask))
			if got := causesOf(err); !slices.Equal(got, c.causes) && (err != nil || c.causes != nil) {
				t.Errorf("%q from %v", got, err)
			}
			if len(p.asked) != c.asked {
				t.Errorf("asked %d times", len(p.asked))
			}
			for i, ask := range p.asked {
				if ask.Refused != i {
					t.Errorf("ask %d tells of %d refused ones", i, ask.Refused)
				}
			}
		})
	}
}

// Who said no is not asked by every request, but is when asked for again.
func TestNoIsRemembered(t *testing.T) {
	g := newGuard(t, "123456")
	p := &person{err: errors.New("not now")}
	s := g.source(t, "prod", p.ask)
	for range 3 {
		if err := who(s); causesOf(err) == nil {
			t.Error(err)
		}
	}
	if len(p.asked) != 1 {
		t.Errorf("asked %d times", len(p.asked))
	}
	p.codes = []string{"123456"}
	if err := s.Prepare(t.Context()); err != nil || len(p.asked) != 2 {
		t.Errorf("asked %d times, %v", len(p.asked), err)
	}
	if err := who(s); err != nil {
		t.Error(err)
	}
}

// A person may take longer than a request; giving up ends the question.
func TestAskingOutlastsDeadlinesOnly(t *testing.T) {
	g := newGuard(t, "123456")
	over, stop := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer stop()
	s := g.source(t, "prod", func(ctx context.Context, _ TokenAsk) (string, error) {
		if ctx.Err() != nil {
			t.Error("the question has ended before it was asked")
		}
		return "123456", nil
	})
	free, cancel := Unhurried(over)
	if err := s.Prepare(free); err != nil {
		t.Error(err)
	}
	cancel()

	ctx, cancel := context.WithCancel(t.Context())
	s = newGuard(t, "123456").source(t, "prod", func(ctx context.Context, _ TokenAsk) (string, error) {
		cancel()
		<-ctx.Done()
		return "", ctx.Err()
	})
	if err := s.Prepare(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// A code that comes after the time of the request that needed it is not lost:
// it would be refused a second time.
func TestALateCodeServesTheNextRequest(t *testing.T) {
	g := newGuard(t, "123456")
	asked := 0
	s := g.source(t, "prod", func(context.Context, TokenAsk) (string, error) {
		asked++
		return "123456", nil
	})
	over, stop := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer stop()
	role := s.cfg.Credentials.(*profileRole)
	if c, err := role.renew(over); err != nil || !c.HasKeys() {
		t.Errorf("%v, %v", c.HasKeys(), err)
	}
	if err := who(s); err != nil || asked != 1 {
		t.Errorf("asked %d times, %v", asked, err)
	}
}

// A device that is not the user's own is not asked for again.
func TestAnothersDevice(t *testing.T) {
	g := newGuard(t, "123456")
	home := filepath.Dir(write(t, filepath.Join(t.TempDir(), "config"), `
[profile base]
aws_access_key_id = AKIABASE
aws_secret_access_key = s
[profile prod]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = base
mfa_serial = GAHT12345678
`))
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(home, "config"))
	p := &person{codes: []string{"123456", "123456"}}
	err := who(g.source(t, "prod", p.ask))
	causes := diagnose.Diagnose(EvidenceOf(err, "sts:GetCallerIdentity"), diagnose.Facts{})
	if len(causes) != 1 || causes[0].ID != "mfa-device-wrong" || causes[0].Args["device"] != "GAHT12345678" || len(p.asked) != 1 {
		t.Errorf("%+v after %d questions: %v", causes, len(p.asked), err)
	}
}

// What a profile builds on asks for its code; what it says of its role is
// done as the SDK does it.
func TestChainsOfProfiles(t *testing.T) {
	g := newGuard(t, "123456")
	p := &person{codes: []string{"123456"}}
	if err := who(g.source(t, "second", p.ask)); err != nil || len(p.asked) != 1 || p.asked[0].Profile != "prod" {
		t.Errorf("asked %+v: %v", p.asked, err)
	}
	if a, b := g.forms[0], g.forms[1]; a.Get("RoleArn") != "arn:aws:iam::123456789012:role/Admin" || b.Get("RoleArn") != "arn:aws:iam::123456789012:role/Second" || b.Has("TokenCode") {
		t.Errorf("%v, %v", a, b)
	}
	g = newGuard(t)
	if err := who(g.source(t, "self", nil)); err != nil {
		t.Fatal(err)
	}
	if len(g.forms) != 2 || g.forms[0].Get("DurationSeconds") != "7200" || g.forms[0].Get("RoleSessionName") != "taro" {
		t.Errorf("%v", g.forms)
	}
}

// A refusal of a profile's own role is not taken for one of the connection's.
func TestAProfilesRoleIsRefused(t *testing.T) {
	g := serve(t, func(w http.ResponseWriter, r *http.Request) {
		deny(w, "User: arn:aws:iam::123456789012:user/taro is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/Admin")
	})
	home := bare(t, map[string]string{"AWS_ENDPOINT_URL": g.URL})
	write(t, filepath.Join(home, "config"), mfaProfiles)
	err := who(fromEnvironment(t, Options{Profile: "self"}))
	causes := diagnose.Diagnose(EvidenceOf(err, "sts:GetCallerIdentity"), diagnose.Facts{RoleARN: "arn:aws:iam::123456789012:role/Connection"})
	if len(causes) != 1 || causes[0].ID != "profile-role-refused" || causes[0].Args["profile"] != "self" || causes[0].Args["resource"] != "arn:aws:iam::123456789012:role/Admin" {
		t.Errorf("%+v from %v", causes, err)
	}
}
