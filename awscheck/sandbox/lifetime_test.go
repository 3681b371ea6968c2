package sandbox_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

func TestEnv(t *testing.T) {
	r := start(t)
	endpoint, ca := r.Endpoint(), r.CAFile()
	want := [][2]string{
		{"AWS_ENDPOINT_URL", endpoint},
		{"AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"},
		{"AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"},
		{"AWS_REGION", "ap-northeast-1"},
		{"AWS_DEFAULT_REGION", "ap-northeast-1"},
		{"NO_PROXY", "127.0.0.1,localhost"},
		{"HTTP_PROXY", endpoint},
		{"HTTPS_PROXY", endpoint},
		{"SSL_CERT_FILE", ca},
		{"AWS_CA_BUNDLE", ca},
	}
	got := r.Env()
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d: got %v, want %v", i, got[i], want[i])
		}
	}
}

// TestEnvIPv6: the endpoint itself must not be asked for through the proxy.
func TestEnvIPv6(t *testing.T) {
	l, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip(err)
	}
	_ = l.Close()
	r := start(t, func(o *sandbox.Options) { o.Listen = "[::1]:0" })
	if !slices.Contains(r.Env(), [2]string{"NO_PROXY", "127.0.0.1,localhost,::1"}) {
		t.Errorf("got %v", r.Env())
	}
}

func TestEmptyAccount(t *testing.T) {
	r := start(t, func(o *sandbox.Options) { o.Account = account.Account{ID: "123456789012"} })
	for _, e := range r.Env() {
		if strings.HasPrefix(e[0], "AWS_ACCESS") || strings.HasPrefix(e[0], "AWS_SECRET") {
			t.Errorf("keys of nobody: %v", e)
		}
		if e[0] == "AWS_REGION" && e[1] != "us-east-1" {
			t.Errorf("%v", e)
		}
	}
	if c := r.Caller("admin"); c.AccessKeyID != "" {
		t.Errorf("%+v", c)
	}
}

func TestLoopbackOnly(t *testing.T) {
	for _, address := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:0", "example.com:0", "nonsense"} {
		s, err := sandbox.Start(t.Context(), sandbox.Options{Listen: address})
		if err == nil {
			_ = s.Close()
			t.Errorf("%s: listens", address)
		}
	}
	r := start(t, func(o *sandbox.Options) { o.Listen = "localhost:0" })
	if !strings.HasPrefix(r.Endpoint(), "http://127.0.0.1:") && !strings.HasPrefix(r.Endpoint(), "http://[::1]:") {
		t.Error(r.Endpoint())
	}
}

func TestPortInUse(t *testing.T) {
	r := start(t)
	dir := t.TempDir()
	s, err := sandbox.Start(t.Context(), sandbox.Options{Listen: r.ProxyURL().Host, Dir: dir})
	if err == nil {
		_ = s.Close()
		t.Fatal("two listen on one port")
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind %v", left)
	}
}

func TestCertificateFile(t *testing.T) {
	dir := t.TempDir()
	s, err := sandbox.Start(t.Context(), sandbox.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(s.CAFile())
	if err != nil || filepath.Dir(s.CAFile()) != dir || !strings.HasPrefix(string(data), "-----BEGIN CERTIFICATE-----") {
		t.Errorf("%s: %v", s.CAFile(), err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind %v", left)
	}

	t.Setenv("TMPDIR", dir)
	s, err = sandbox.Start(t.Context(), sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(s.CAFile(), dir) {
		t.Error(s.CAFile())
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind %v", left)
	}
	if _, err := sandbox.Start(t.Context(), sandbox.Options{Dir: filepath.Join(dir, "nothing")}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

// TestCloseCutsWhatHangs: requests in flight do not keep the sandbox alive,
// neither plain ones nor those in a tunnel; and nothing is left running (see
// TestMain).
func TestCloseCutsWhatHangs(t *testing.T) {
	a, _, err := account.Scenario("microcms-cloudfront")
	if err != nil {
		t.Fatal(err)
	}
	a.Faults = []account.Fault{{Service: "*", Operation: "*", Delay: time.Hour}}
	s, err := sandbox.Start(t.Context(), sandbox.Options{Account: a, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{Sandbox: s, t: t, transport: &http.Transport{}}
	ended := make(chan error, 2)
	go func() {
		_, err := r.sts("admin").GetCallerIdentity(context.Background(), &sts.GetCallerIdentityInput{})
		ended <- err
	}()
	visitor := r.stranger()
	go func() {
		res, err := visitor.Get("https://media.example.com/media/logo.png")
		if err == nil {
			_ = res.Body.Close()
		}
		ended <- err
	}()
	waitFor(t, func() bool { return s.InFlight() == 2 })
	began := time.Now()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("took %s", took)
	}
	for range 2 {
		if err := <-ended; err == nil {
			t.Error("a request that hung was answered")
		}
	}
	if err := s.Close(); err != nil {
		t.Errorf("a second Close: %v", err)
	}
	r.transport.CloseIdleConnections()
}

// TestCloseCutsAStalledUpload: a client that sends no more does not hold the
// sandbox either.
func TestCloseCutsAStalledUpload(t *testing.T) {
	r := openToAll(t)
	conn, err := net.Dial("tcp", r.ProxyURL().Host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "PUT /alpha-prod-assets/media/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nhel"); err != nil {
		t.Fatal(err)
	}
	waitFor(t, func() bool { return r.InFlight() == 1 })
	began := time.Now()
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("took %s", took)
	}
}

// waitFor waits until something becomes true; it fails the test after a while.
func waitFor(t testing.TB, ready func() bool) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for !ready() {
		if time.Now().After(deadline) {
			t.Fatal("it never happened")
		}
		time.Sleep(time.Millisecond)
	}
}

func BenchmarkStart(b *testing.B) {
	a, _, err := account.Scenario("microcms")
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	for b.Loop() {
		s, err := sandbox.Start(b.Context(), sandbox.Options{Account: a, Dir: dir})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHeadObject(b *testing.B) {
	r := start(b)
	r.transport.MaxIdleConnsPerHost = 32
	c := r.s3()
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := c.HeadObject(context.Background(), &s3.HeadObjectInput{Bucket: aws.String(assets), Key: aws.String("media/logo.png")}); err != nil {
				b.Error(err)
				return
			}
		}
	})
}
