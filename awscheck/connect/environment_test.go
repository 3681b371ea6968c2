package connect

import (
	"context"
	"crypto/tls"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// bare makes an environment without anything of AWS in it.
func bare(t *testing.T, set map[string]string) string {
	t.Helper()
	for _, kv := range os.Environ() {
		name, _, _ := strings.Cut(kv, "=")
		if strings.HasPrefix(name, "AWS_") || strings.HasSuffix(strings.ToUpper(name), "_PROXY") {
			t.Setenv(name, "")
			os.Unsetenv(name)
		}
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(home, "config"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(home, "credentials"))
	for k, v := range set {
		t.Setenv(k, v)
	}
	return home
}

func write(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func fromEnvironment(t *testing.T, o Options) *Source {
	t.Helper()
	s, err := FromEnvironment(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func TestHowTheCallerWasFound(t *testing.T) {
	const config = `
[profile keys]
aws_access_key_id = AKIAPROFILE
aws_secret_access_key = s
[profile process]
credential_process = /bin/true
[profile sso]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Admin
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://example.com/start
[profile chained]
role_arn = arn:aws:iam::123456789012:role/R
source_profile = keys
`
	for _, c := range []struct {
		name    string
		env     map[string]string
		profile string
		want    Found
	}{
		{"nothing", nil, "", Found{Kind: FoundInstance}},
		{"keys in the environment", map[string]string{"AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "s"}, "", Found{Kind: FoundEnvironment}},
		{"keys in the environment and a profile", map[string]string{"AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "s", "AWS_PROFILE": "keys"}, "", Found{Kind: FoundEnvironment}},
		{"AWS_PROFILE", map[string]string{"AWS_PROFILE": "keys"}, "", Found{FoundProfile, "keys"}},
		{"a profile given wins", map[string]string{"AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "s"}, "keys", Found{FoundProfile, "keys"}},
		{"a process", nil, "process", Found{FoundProcess, "process"}},
		{"single sign-on", nil, "sso", Found{FoundSSO, "sso"}},
		{"a role from another profile", nil, "chained", Found{FoundRole, "chained"}},
		{"a container", map[string]string{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"}, "", Found{Kind: FoundContainer}},
	} {
		t.Run(c.name, func(t *testing.T) {
			home := bare(t, c.env)
			write(t, filepath.Join(home, "config"), config)
			if got := fromEnvironment(t, Options{Profile: c.profile}).Found(); got != c.want {
				t.Errorf("found %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestCustomEndpointsOfTheEnvironment(t *testing.T) {
	for _, c := range []struct {
		env    map[string]string
		config string
		want   bool
	}{
		{nil, "", false},
		{map[string]string{"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "", true},
		{map[string]string{"AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1"}, "", true},
		{map[string]string{"AWS_ENDPOINT_URL_STS": "http://127.0.0.1:1"}, "", false},
		{map[string]string{"AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, "", false},
		{nil, "[default]\nservices = local\n[services local]\ns3 =\n  endpoint_url = http://127.0.0.1:1\n", true},
	} {
		home := bare(t, c.env)
		write(t, filepath.Join(home, "config"), c.config)
		if got := fromEnvironment(t, Options{}).CustomEndpoint(); got != c.want {
			t.Errorf("%v %q: custom endpoint %v", c.env, c.config, got)
		}
	}
}

func TestProfileThatDoesNotExist(t *testing.T) {
	bare(t, nil)
	_, err := FromEnvironment(context.Background(), Options{Profile: "nobody"})
	var setup *SetupError
	if !errors.As(err, &setup) || setup.Profile != "nobody" {
		t.Fatalf("got %v", err)
	}
	causes := diagnose.Diagnose(EvidenceOf(err, "sts:GetCallerIdentity"), diagnose.Facts{})
	if len(causes) == 0 || causes[0].ID != "profile-not-found" || causes[0].Args["profile"] != "nobody" {
		t.Errorf("diagnosed %+v", causes)
	}
}

// Where there is nothing, that is said soon: the address of EC2's metadata
// service swallows what is sent to it elsewhere.
func TestNoCredentialsIsSaidSoon(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	bare(t, map[string]string{"AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://" + silent.Addr().String()})
	const soon = 4 * time.Second // the SDK alone takes more than five
	took := soon
	for range 3 { // a busy machine may hold one up, but hardly each
		s := fromEnvironment(t, Options{})
		started := time.Now()
		_, err = s.STS("eu-west-1").GetCallerIdentity(context.Background(), &sts.GetCallerIdentityInput{})
		if took = time.Since(started); took < soon {
			break
		}
	}
	if took >= soon {
		t.Errorf("it took %s", took)
	}
	ev := EvidenceOf(err, "sts:GetCallerIdentity")
	if causes := diagnose.Diagnose(ev, diagnose.Facts{}); len(causes) != 1 || causes[0].ID != "no-credentials" || causes[0].Likelihood != diagnose.Certain {
		t.Errorf("diagnosed %+v from %+v", causes, ev)
	}
}

func TestCertificateBundle(t *testing.T) {
	site := quietTLS(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}))
	defer site.Close()
	bundle := write(t, filepath.Join(t.TempDir(), "ca.pem"), string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: site.Certificate().Raw})))
	for _, c := range []struct {
		bundle  string
		trusted bool
		broken  bool
	}{
		{"", false, false},
		{bundle, true, false},
		{bundle + ".none", false, true},
		{write(t, filepath.Join(t.TempDir(), "no.pem"), "nothing"), false, true},
	} {
		bare(t, map[string]string{"AWS_CA_BUNDLE": c.bundle})
		if c.bundle == "" {
			os.Unsetenv("AWS_CA_BUNDLE")
		}
		s, err := FromEnvironment(context.Background(), Options{})
		if c.broken != (err != nil) {
			t.Errorf("%q: %v", c.bundle, err)
		}
		if err != nil {
			continue
		}
		resp, err := s.Delivery().Get(site.URL)
		if err == nil {
			_ = resp.Body.Close()
		}
		if c.trusted != (err == nil) {
			t.Errorf("%q: %v", c.bundle, err)
		}
		if err != nil && NetworkKind(err) != "tls" {
			t.Errorf("%v is %q", err, NetworkKind(err))
		}
		s.Close()
	}
}

func TestProxyOfTheEnvironment(t *testing.T) {
	bare(t, map[string]string{"HTTPS_PROXY": "http://proxy.example.com:3128", "NO_PROXY": "127.0.0.1,localhost,.internal"})
	s := fromEnvironment(t, Options{})
	for target, want := range map[string]bool{
		"https://media.example.com/a": true, "https://x.internal/a": false, "http://127.0.0.1:1/": false, "http://media.example.com/": false,
	} {
		u, err := url.Parse(target)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Proxied(u); got != want {
			t.Errorf("%s: proxied %v", target, got)
		}
	}
	// A second reading sees a changed environment.
	t.Setenv("HTTPS_PROXY", "")
	if u, _ := url.Parse("https://media.example.com/a"); fromEnvironment(t, Options{}).Proxied(u) {
		t.Error("an old proxy is remembered")
	}
}

// Each way of getting no answer has a name.
func TestNetworkKinds(t *testing.T) {
	tlsSite := quietTLS(http.NotFoundHandler())
	defer tlsSite.Close()
	hangup := listen(t, func(c net.Conn) { _ = c.Close() })
	silent := listen(t, func(c net.Conn) { _, _ = io.Copy(io.Discard, c); _ = c.Close() })
	noTunnel := proxyThatSays(t, "403 Forbidden")
	noHost := proxyThatSays(t, "502 no such host")
	for name, c := range map[string]struct {
		target, proxy string
		want          string
	}{
		"nobody listens":           {"http://127.0.0.1:1/", "", "refused"},
		"a name that is not there": {"http://name.invalid/", "", "dns"},
		"another's certificate":    {tlsSite.URL, "", "tls"},
		"the line goes dead":       {"http://" + hangup, "", "reset"},
		"no tunnel":                {"https://media.example.com/", noTunnel, "proxy"},
		"no proxy there":           {"https://media.example.com/", "http://127.0.0.1:1", "proxy"},
		"the proxy knows no host":  {"https://media.example.com/", noHost, "dns"},
		"nothing comes":            {"http://" + silent, "", "timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			p := Parts{Region: "eu-west-1"}
			if c.proxy != "" {
				u, err := url.Parse(c.proxy)
				if err != nil {
					t.Fatal(err)
				}
				p.Proxy = u
			}
			s := FromParts(p)
			defer s.Close()
			limit := time.Minute
			if c.want == "timeout" {
				limit = 200 * time.Millisecond
			}
			ctx, cancel := context.WithTimeout(context.Background(), limit)
			defer cancel()
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.target, nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := s.Delivery().Do(req)
			if err == nil {
				_ = resp.Body.Close()
				t.Fatal("an answer came")
			}
			if got := NetworkKind(err); got != c.want {
				t.Errorf("%v is %q, want %q", err, got, c.want)
			}
		})
	}
	if got := NetworkKind(errors.New("something else")); got != "" {
		t.Errorf("what has nothing to do with the network is %q", got)
	}
	if got := NetworkKind(&tls.CertificateVerificationError{Err: errors.New("x")}); got != "tls" {
		t.Errorf("got %q", got)
	}
}

func listen(t *testing.T, handle func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			handle(c)
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-done })
	return l.Addr().String()
}

func proxyThatSays(t *testing.T, status string) string {
	return "http://" + listen(t, func(c net.Conn) {
		buf := make([]byte, 4096)
		_, _ = c.Read(buf)
		_, _ = c.Write([]byte("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n"))
		_ = c.Close()
	})
}

// quietTLS is a site that does not log the handshakes it is refused.
func quietTLS(h http.Handler) *httptest.Server {
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	return s
}
