package awscheck

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// names is a name server on loopback. What is not in it does not exist.
type names map[string]record

type record struct {
	alias string // CNAME, which records under the other name follow
	v4    string
	v6    string
	code  dnsmessage.RCode
}

func (n names) resolver(t *testing.T) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		buf := make([]byte, 1500)
		for {
			size, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			if answer, err := n.answer(buf[:size]); err == nil {
				_, _ = conn.WriteTo(answer, from)
			}
		}
	}()
	t.Cleanup(func() { _ = conn.Close(); <-done })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func (n names) answer(query []byte) ([]byte, error) {
	var m dnsmessage.Message
	if err := m.Unpack(query); err != nil {
		return nil, err
	}
	q := m.Questions[0]
	host := strings.TrimSuffix(q.Name.String(), ".")
	r, ok := n[host]
	m.Response, m.RecursionAvailable, m.RCode, m.Additionals = true, true, r.code, nil
	if !ok {
		m.RCode = dnsmessage.RCodeNameError
	}
	owner := q.Name
	if r.alias != "" {
		to := dnsmessage.MustNewName(r.alias + ".")
		m.Answers = append(m.Answers, dnsmessage.Resource{
			Header: dnsmessage.ResourceHeader{Name: owner, Type: dnsmessage.TypeCNAME, Class: dnsmessage.ClassINET, TTL: 1},
			Body:   &dnsmessage.CNAMEResource{CNAME: to},
		})
		owner, r = to, n[r.alias]
	}
	h := dnsmessage.ResourceHeader{Name: owner, Type: q.Type, Class: dnsmessage.ClassINET, TTL: 1}
	switch {
	case q.Type == dnsmessage.TypeA && r.v4 != "":
		m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AResource{A: [4]byte(net.ParseIP(r.v4).To4())}})
	case q.Type == dnsmessage.TypeAAAA && r.v6 != "":
		m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AAAAResource{AAAA: [16]byte(net.ParseIP(r.v6).To16())}})
	}
	return m.Pack()
}

// shop is a server that stands where the domain should lead.
type shop struct {
	*httptest.Server
	port string
	pool *x509.CertPool
}

// openShop starts a server at address with a certificate for names that is good
// until then.
func openShop(t *testing.T, address string, until time.Time, h http.HandlerFunc, on ...string) *shop {
	t.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Skipf("this computer has no %s: %v", address, err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test CA", Organization: []string{"Test\x1b[31m"}},
		NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: until, DNSNames: on, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{Server: httptest.NewUnstartedServer(h), pool: x509.NewCertPool()}
	_ = s.Listener.Close()
	s.Listener = l
	s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}}}
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // what the client refuses is its business
	s.StartTLS()
	t.Cleanup(s.Close)
	s.pool.AddCert(leaf)
	_, s.port, _ = net.SplitHostPort(l.Addr().String())
	return s
}

// visit runs delivery.url against the shop under host.
func (s *shop) visit(t *testing.T, host string, n names, change func(*test)) (outcome, []diagnose.Evidence, *test) {
	t.Helper()
	source := connect.FromParts(connect.Parts{
		Endpoint: "http://127.0.0.1:1", Region: testRegion, AccessKeyID: "AKIAIOSFODNN7EXAMPLE", SecretAccessKey: "x",
		RootCAs: s.pool, Resolver: n.resolver(t), MaxBackoff: time.Millisecond,
	})
	t.Cleanup(source.Close)
	target := cdnTarget()
	target.Domain = "https://" + host + ":" + s.port
	x := newTest(target, Options{Source: source})
	pretend(x)
	x.probe = x.newProbe()
	if change != nil {
		change(x)
	}
	ctx, trace := connect.Observe(context.Background())
	o := deliveryURL(ctx, x)
	return o, trace.Exchanges(), x
}

func (o outcome) first() string {
	if len(o.causes) == 0 {
		return ""
	}
	return string(o.causes[0].Likelihood) + " " + o.causes[0].ID
}

const shopHost = "media.shop.example"

var (
	tomorrow  = time.Now().Add(24 * time.Hour)
	yesterday = time.Now().Add(-24 * time.Hour)
	behindCDN = names{
		shopHost:              {alias: "d111.cloudfront.net"},
		"d111.cloudfront.net": {v4: "127.0.0.1"},
	}
)

// serving gives every file the content of the probe that x will have.
func serving(body *[]byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", probeType)
		w.Header().Set("Server", "AmazonS3")
		w.Header().Set("Via", "1.1 x.cloudfront.net (CloudFront)")
		_, _ = w.Write(*body)
	}
}

func TestDeliveryEvidence(t *testing.T) {
	var body []byte
	s := openShop(t, "127.0.0.1:0", tomorrow, serving(&body), "www.shop.example", shopHost)
	o, seen, _ := s.visit(t, shopHost, behindCDN, func(x *test) { body = x.probe.body })
	if o.status != Pass || o.what != "pass-cdn" {
		t.Fatalf("%+v", o)
	}
	if len(seen) != 2 {
		t.Fatalf("%d requests, want the file and its first byte", len(seen))
	}
	for _, ev := range seen {
		if ev.DNS == nil || ev.DNS.Name != shopHost || ev.DNS.Canonical != "d111.cloudfront.net" || !slices.Equal(ev.DNS.Addresses, []string{"127.0.0.1"}) || ev.DNS.Failed != "" {
			t.Errorf("DNS %+v", ev.DNS)
		}
		c := ev.TLS
		if c == nil || c.Asked != shopHost || !slices.Equal(c.Names, []string{shopHost, "www.shop.example"}) || c.Version != "TLS 1.3" || c.Expires.Unix() != tomorrow.Unix() {
			t.Errorf("TLS %+v", c)
		}
		if c != nil && c.Issuer != "Test CA (Test[31m)" { // without the control character
			t.Errorf("issuer %q", c.Issuer)
		}
		if ev.AnsweredBy != diagnose.FromS3ByCDN {
			t.Errorf("answered by %q", ev.AnsweredBy)
		}
	}
	if !slices.ContainsFunc(o.notes, func(n diagnose.Note) bool { return n.ID == "ranges-ignored" }) {
		t.Errorf("the server ignores ranges: %+v", o.notes)
	}
	data, err := json.Marshal(seen[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"dns":{"name":"media.shop.example","canonical":"d111.cloudfront.net","addresses":["127.0.0.1"]}`,
		`"tls":{"asked":"media.shop.example","names":["media.shop.example","www.shop.example"],"issuer":`, `"answered_by":"s3-by-cloudfront"`} {
		if !strings.Contains(string(data), part) {
			t.Errorf("no %s in %s", part, data)
		}
	}
	wire := strings.Join(seen[0].Wire(), "\n")
	for _, part := range []string{"DNS media.shop.example -> d111.cloudfront.net -> 127.0.0.1", "certificate for media.shop.example", "answered by s3-by-cloudfront (server: AmazonS3; via: "} {
		if !strings.Contains(wire, part) {
			t.Errorf("no %q in %s", part, wire)
		}
	}
}

// Behind a proxy nothing is looked up here, nor shown.
func TestNoLookUpBehindAProxy(t *testing.T) {
	w := start(t, edited(t, cdnAccount, []edit{{publicRead, cloudFrontRead}}))
	source := w.as(func(p *connect.Parts) {
		p.Resolver = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
			t.Error("a name was looked up")
			return nil, io.EOF
		}}
	})
	row := rowOf(t, w.run(cdnTarget(), Options{Source: source, Only: []string{"delivery.url"}}), "delivery.url")
	want{status: Pass}.check(t, row)
	for _, ev := range row.Evidence {
		if ev.DNS != nil {
			t.Errorf("%+v", ev.DNS)
		}
		if ev.TLS == nil || !slices.Equal(ev.TLS.Names, []string{"media.example.com"}) || ev.TLS.Issuer != "mediadock sandbox authority (mediadock sandbox)" {
			t.Errorf("%+v", ev.TLS)
		}
	}
}

func TestDeliveryOverIPv6Alone(t *testing.T) {
	var body []byte
	s := openShop(t, "[::1]:0", tomorrow, serving(&body), shopHost)
	o, seen, _ := s.visit(t, shopHost, names{shopHost: {v6: "::1"}}, func(x *test) { body = x.probe.body })
	if o.status != Pass || !seen[0].DNS.IPv6Only() {
		t.Errorf("%+v %+v", o, seen[0])
	}
}

// Nobody listens at the one address, which is an IPv6 one.
func TestIPv6AloneWithoutAWay(t *testing.T) {
	s := openShop(t, "127.0.0.1:0", tomorrow, serving(new([]byte)), shopHost)
	o, seen, _ := s.visit(t, shopHost, names{shopHost: {v6: "::1"}}, nil)
	if o.first() != "likely domain-ipv6-only" || !strings.Contains(o.causes[0].Args["leads"], "::1") {
		t.Errorf("%s %+v %+v", o.first(), o, seen)
	}
}

func TestNamesThatCannotBeLookedUp(t *testing.T) {
	s := openShop(t, "127.0.0.1:0", tomorrow, serving(new([]byte)), shopHost)
	for cause, c := range map[string]struct {
		n      names
		failed string
	}{
		"certain domain-not-found": {names{}, "not-found"},
		"likely domain-not-found":  {names{shopHost: {code: dnsmessage.RCodeServerFailure}}, "failed"},
	} {
		o, seen, _ := s.visit(t, shopHost, c.n, nil)
		if o.first() != cause || seen[0].DNS == nil || seen[0].DNS.Failed != c.failed {
			t.Errorf("%s: %s %+v", cause, o.first(), seen[0].DNS)
		}
		if len(seen) != 2 {
			t.Errorf("%d requests though the name cannot be looked up", len(seen))
		}
	}
}

// A CDN that takes the connection and never answers.
func TestDeliveryThatNeverAnswers(t *testing.T) {
	release := make(chan struct{})
	s := openShop(t, "127.0.0.1:0", tomorrow, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}, shopHost)
	defer close(release)
	started := time.Now()
	o, seen, _ := s.visit(t, shopHost, behindCDN, func(x *test) { x.visits.patience = 2 * time.Second }) // it covers the handshake
	if took := time.Since(started); took > 30*time.Second {
		t.Errorf("it took %s", took)
	}
	if o.first() != "likely delivery-silent" || o.what != "no-answer" || seen[0].Network != "timeout" || seen[0].TLS == nil {
		t.Errorf("%s %+v", o.first(), seen)
	}
}

func TestCertificates(t *testing.T) {
	for name, c := range map[string]struct {
		until time.Time
		on    []string
		want  string
		never string
	}{
		"expired":        {yesterday, []string{shopHost}, "likely certificate-expired", "tls-name-mismatch"},
		"another's":      {tomorrow, []string{"*.hosting.example"}, "certain tls-name-mismatch", "certificate-expired"},
		"CloudFront's":   {tomorrow, []string{"*.cloudfront.net"}, "certain tls-name-mismatch", ""},
		"S3's own":       {tomorrow, []string{"*.s3.ap-northeast-1.amazonaws.com"}, "certain tls-name-mismatch", ""},
		"without a name": {tomorrow, nil, "certain tls-name-mismatch", ""},
	} {
		s := openShop(t, "127.0.0.1:0", c.until, serving(new([]byte)), c.on...)
		o, seen, _ := s.visit(t, shopHost, behindCDN, nil)
		if o.first() != c.want || slices.ContainsFunc(o.causes, func(x diagnose.Cause) bool { return x.ID == c.never }) {
			t.Errorf("%s: %s %+v", name, o.first(), seen[0])
		}
		// What was shown is in the evidence although it was refused.
		if seen[0].TLS == nil || len(c.on) > 0 && !slices.Equal(seen[0].TLS.Names, c.on) {
			t.Errorf("%s: %+v", name, seen[0].TLS)
		}
	}
	stranger := openShop(t, "127.0.0.1:0", tomorrow, serving(new([]byte)), shopHost)
	stranger.pool = x509.NewCertPool() // nobody trusts it
	if o, _, _ := stranger.visit(t, shopHost, behindCDN, nil); o.first() != "likely tls-untrusted" {
		t.Errorf("untrusted: %s", o.first())
	}
}

// What breaks on the way, and what comes in place of the file.
func TestBrokenDelivery(t *testing.T) {
	for name, c := range map[string]struct {
		h    http.HandlerFunc
		want string
		what string
	}{
		"cut off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, "mediadock")
		}, "likely connection-broken", "no-answer"},
		"dropped": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "likely connection-broken", "no-answer"},
		"something else": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			_, _ = io.WriteString(w, "another file")
		}, "certain wrong-content", "other"},
		"nothing": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }, "certain wrong-content", "other"},
		"signed URLs only": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Server", "CloudFront")
			w.Header().Set("Content-Type", "text/xml")
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>MissingKey</Code><Message>Missing Key-Pair-Id query parameter or cookie value</Message></Error>`)
		}, "certain signed-url-required", "refused-cdn"},
		"a function fails": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Server", "CloudFront")
			w.Header().Set("X-Cache", "FunctionExecutionError from cloudfront")
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, "<H2>The request could not be satisfied.</H2>The CloudFront function associated with the CloudFront distribution is invalid or could not run.")
		}, "certain edge-function-failed", "fail"},
		"teapot": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }, "likely domain-wrong-target", "fail"},
	} {
		t.Run(name, func(t *testing.T) {
			s := openShop(t, "127.0.0.1:0", tomorrow, c.h, shopHost)
			o, seen, _ := s.visit(t, shopHost, behindCDN, nil)
			if o.first() != c.want || o.what != c.what || o.status != Fail {
				t.Errorf("%s %s %s\n%+v", o.status, o.what, o.first(), seen[0])
			}
		})
	}
}
