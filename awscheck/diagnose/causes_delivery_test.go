package diagnose

import (
	"strings"
	"testing"
	"time"
)

func header(base map[string]string, more ...string) map[string]string {
	h := map[string]string{}
	for k, v := range base {
		h[k] = v
	}
	for i := 0; i < len(more); i += 2 {
		h[more[i]] = more[i+1]
	}
	return h
}

func elements(ev Evidence, pairs ...string) Evidence {
	ev.Elements = header(nil, pairs...)
	return ev
}

func TestDeliveryIsToldByWhoAnswers(t *testing.T) {
	cdn := with(func(f *Facts) { f.Domain, f.Distribution = "https://media.example.com", "E1" })
	told := func(change func(*Delivery)) Facts {
		f := cdn
		change(&f.Delivery)
		return f
	}
	own := map[string]string{"server": "CloudFront", "via": "1.1 abc.cloudfront.net (CloudFront)", "x-cache": "Error from cloudfront"}
	noKey := served(404, "NoSuchKey", "The specified key does not exist.", viaCDN)
	page := with(func(f *Facts) { f.Domain, f.Served = "https://m.example.com", &Served{HTML: true} })
	for name, c := range map[string]struct {
		ev   Evidence
		f    Facts
		want string
	}{
		"the prefix twice, S3 says": {elements(noKey, "Key", "media/media/.mediadock/x.txt"), cdn, "certain origin-path-doubled"},
		"another folder, S3 says":   {elements(noKey, "Key", "web/media/.mediadock/x.txt"), cdn, "certain origin-path-wrong"},
		"cut off, S3 says":          {elements(noKey, "Key", ".mediadock/x.txt"), cdn, "certain origin-path-wrong"},
		"another bucket, S3 says":   {elements(noKey, "Key", "media/.mediadock/x.txt"), cdn, "likely origin-wrong-bucket, possible domain-wrong-target, ruled-out origin-path-doubled"},
		"no such bucket behind":     {elements(served(404, "NoSuchBucket", "The specified bucket does not exist", viaCDN), "BucketName", "c"), cdn, "certain origin-wrong-bucket"},
		"no such bucket":            {served(404, "NoSuchBucket", "The specified bucket does not exist", fromS3), known, "certain bucket-not-found"},
		"CloudFront's own 404":      {served(404, "", "Not found", own), cdn, "likely domain-wrong-target, likely origin-wrong-bucket, possible distribution-deploying, possible origin-path-doubled"},
		"a 404 in S3's place":       {served(404, "", "nginx", map[string]string{"server": "nginx"}), known, "likely proxy-refused"},

		"strangers may, the CDN may not": {served(403, "AccessDenied", "Access Denied", viaCDN), told(func(d *Delivery) { d.Direct, d.DirectServes = 200, true }),
			"likely origin-wrong-bucket, likely origin-path-doubled, ruled-out bucket-policy-missing, ruled-out origin-access-missing, ruled-out origin-access-wrong-distribution"},
		"a deny": {served(403, "AccessDenied", `User: arn:aws:sts::1:assumed-role/x is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/x" with an explicit deny in a resource-based policy`, viaCDN), cdn, "certain explicit-deny"},

		"the error is old":     {served(403, "AccessDenied", "Access Denied", viaCDN), told(func(d *Delivery) { d.Anew = AnewServes }), "certain error-cached"},
		"the error is new":     {served(502, "", "bad gateway", fromCDN), told(func(d *Delivery) { d.Anew = AnewSame }), "likely origin-unreachable, possible edge-function-failed, possible distribution-deploying, ruled-out error-cached"},
		"the error has an age": {served(404, "", "", header(own, "age", "0")), told(func(d *Delivery) { d.Anew = AnewCached }), "likely domain-wrong-target, likely origin-wrong-bucket, likely error-cached, possible distribution-deploying, possible origin-path-doubled"},

		"no signature":          {served(403, "MissingKey", "Missing Key-Pair-Id query parameter or cookie value", own), cdn, "certain signed-url-required"},
		"an expired signature":  {served(403, "AccessDenied", "Access denied", own), cdn, "likely signed-url-required, possible waf-blocked"},
		"a country":             {served(403, "", "The Amazon CloudFront distribution is configured to block access from your country.", own), cdn, "certain waf-blocked"},
		"a challenge":           {served(202, "", "", header(own, "x-amzn-waf-action", "challenge")), with(func(f *Facts) { f.Domain, f.Served = "https://m.example.com", &Served{HTML: true} }), "certain waf-blocked"},
		"a function":            {served(503, "", "The Lambda function associated with the CloudFront distribution is invalid or doesn't have the required permissions.", own), cdn, "certain edge-function-failed"},
		"a name that is none":   {served(502, "", "CloudFront wasn't able to resolve the origin domain name.", own), cdn, "certain origin-unreachable"},
		"S3 in trouble, behind": {served(500, "InternalError", "We encountered an internal error.", viaCDN), cdn, "likely service-unavailable, likely origin-unreachable, possible edge-function-failed, possible distribution-deploying"},
		"S3 in trouble":         {served(500, "InternalError", "We encountered an internal error.", fromS3), known, "likely service-unavailable"},
		"slow down":             {served(503, "SlowDown", "Please reduce your request rate.", fromS3), known, "certain throttled"},

		"S3's redirect, handed on":  {elements(served(307, "TemporaryRedirect", "", header(viaCDN, "location", "https://b.s3.ap-northeast-1.amazonaws.com/x")), "Bucket", "b"), cdn, "certain origin-redirects"},
		"S3's redirect, of another": {served(307, "TemporaryRedirect", "", header(viaCDN, "location", "https://other.s3.us-west-2.amazonaws.com/x")), cdn, "certain origin-wrong-bucket"},
		"S3's redirect, dual stack": {served(301, "PermanentRedirect", "", header(viaCDN, "location", "https://b.s3.dualstack.us-west-2.amazonaws.com/x")), cdn, "certain origin-redirects"},
		"S3 itself redirects":       {served(301, "PermanentRedirect", "", fromS3), known, "certain wrong-region"},
		"S3 itself, a new bucket":   {served(307, "TemporaryRedirect", "", fromS3), known, "likely propagating, possible wrong-region"},
		"CloudFront redirects":      {served(301, "", "", header(own, "location", "https://www.example.com/")), cdn, "likely domain-wrong-target, possible origin-wrong-bucket"},
		"a sign-in page":            {served(302, "", "", map[string]string{"location": "https://login.corp.example/"}), known, "likely proxy-refused"},

		"a page of CloudFront":  {served(200, "", "", header(viaCDN, "x-cache", "Miss from cloudfront")), page, "likely spa-fallback, likely origin-wrong-bucket"},
		"a page of a site":      {served(200, "", "", map[string]string{"server": "nginx"}), page, "likely domain-wrong-target, likely spa-fallback"},
		"a page in S3's place":  {served(200, "", "", map[string]string{"server": "nginx"}), with(func(f *Facts) { f.Served = &Served{HTML: true} }), "likely proxy-refused"},
		"a part":                {served(206, "", "", fromS3), with(func(f *Facts) { f.Served = &Served{} }), "certain wrong-content"},
		"a refusal, S3's place": {served(403, "", "blocked by policy", map[string]string{"server": "squid"}), known, "likely proxy-refused"},
		"a refusal by proxy":    {served(403, "", "blocked by policy", nil), with(func(f *Facts) { f.Domain, f.Proxied = "https://m.example.com", true }), "likely waf-blocked, likely domain-wrong-target, likely proxy-refused"},
		"what nobody knows":     {served(418, "", "I'm a teapot", fromS3), known, "likely request-refused"},

		"silence":           {Evidence{Operation: "GET https://m.example.com/x", Network: "timeout", TLS: &TLS{}}, cdn, "likely delivery-silent, possible domain-wrong-target, possible network-unreachable"},
		"no connection":     {Evidence{Operation: "GET https://m.example.com/x", Network: "timeout"}, cdn, "likely domain-wrong-target, possible network-unreachable"},
		"no way by IPv6":    {Evidence{Operation: "GET https://m.example.com/x", Network: "unreachable", DNS: &DNS{Addresses: []string{"2001:db8::1"}}}, cdn, "likely domain-ipv6-only, possible domain-wrong-target, possible network-unreachable"},
		"by IPv4, too":      {Evidence{Operation: "GET https://m.example.com/x", Network: "unreachable", DNS: &DNS{Addresses: []string{"2001:db8::1", "192.0.2.1"}}}, cdn, "likely domain-wrong-target, possible network-unreachable"},
		"names are down":    {Evidence{Operation: "GET https://m.example.com/x", Network: "dns", DNS: &DNS{Failed: "failed"}}, cdn, "likely domain-not-found, likely network-unreachable"},
		"expired":           {Evidence{Operation: "GET https://m.example.com/x", Network: "tls", Message: "x509: certificate has expired or is not yet valid: current time 2026-11-21T09:00:00Z is after 2026-10-01T00:00:00Z"}, cdn, "likely certificate-expired, possible clock-skew, possible tls-untrusted"},
		"not yet":           {Evidence{Operation: "GET https://m.example.com/x", Network: "tls", Message: "certificate is not yet valid"}, cdn, "likely clock-skew, possible tls-untrusted"},
		"dots":              {Evidence{Operation: "GET https://a.b.s3.ap-northeast-1.amazonaws.com/x", Network: "tls", Message: "x509: certificate is valid for *.s3.ap-northeast-1.amazonaws.com, not a.b.s3.ap-northeast-1.amazonaws.com"}, with(func(f *Facts) { f.Bucket = "a.b" }), "certain tls-name-mismatch"},
		"S3's name, not S3": {Evidence{Operation: "GET https://b.s3.ap-northeast-1.amazonaws.com/x", Network: "tls", Message: "x509: certificate is valid for gateway.corp, not b.s3.ap-northeast-1.amazonaws.com"}, known, "likely tls-untrusted, possible proxy-refused"},
	} {
		if got := list(Diagnose(c.ev, c.f)); got != c.want {
			t.Errorf("%s:\n got  %s\n want %s", name, got, c.want)
		}
	}
}

func TestAnswered(t *testing.T) {
	for name, c := range map[string]struct {
		ev   Evidence
		want Answerer
	}{
		"S3":                    {Evidence{Header: fromS3}, FromS3},
		"S3, by its request id": {Evidence{RequestID: "X"}, FromS3},
		"CloudFront's page":     {Evidence{Header: fromCDN}, FromCloudFront},
		"CloudFront's own XML":  {Evidence{Code: "MissingKey", Header: header(fromCDN, "server", "CloudFront")}, FromCloudFront},
		"S3 behind CloudFront":  {Evidence{Header: viaCDN}, FromS3ByCDN},
		"its XML alone":         {Evidence{Code: "AccessDenied", Header: fromCDN}, FromS3ByCDN},
		"a web server":          {Evidence{Header: map[string]string{"server": "nginx", "via": "1.1 varnish"}}, FromOther},
	} {
		if got := c.ev.Answered(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// A fix never removes more from a CDN than one file and its variants.
func TestInvalidationsNameOneFile(t *testing.T) {
	for key, want := range map[string]string{
		"":               "/<KEY>*",
		"media/a b.txt":  "'/media/a%20b.txt*'",
		"media/a+b.txt":  "'/media/a+b.txt*' '/media/a%2Bb.txt*'",
		"media/日本.txt":   "'/media/%E6%97%A5%E6%9C%AC.txt*'",
		"media/x.txt":    "'/media/x.txt*'",
		"media/it's.txt": `'/media/it'\''s.txt*' '/media/it%27s.txt*'`,
	} {
		f := known
		f.Key, f.Distribution = key, "arn:aws:cloudfront::123456789012:distribution/E1"
		for _, id := range []string{"error-cached", "wrong-content", "cdn-stale"} {
			command := Because(id, Certain, f).Fixes[0].Command
			if !strings.HasPrefix(command, "aws cloudfront create-invalidation --distribution-id E1 --paths ") || !strings.HasSuffix(strings.ReplaceAll(command, "'/<KEY>*'", "/<KEY>*"), want) {
				t.Errorf("%s of %q: %s", id, key, command)
			}
		}
	}
}

// Every cause of delivery has an exact command or a place in the console.
func TestDeliveryFixesCanBeDone(t *testing.T) {
	f := with(func(f *Facts) { f.Domain, f.Distribution = "https://media.example.com", "E1" })
	for id := range deliveryFixes {
		for _, fix := range Because(id, Likely, f).Fixes {
			if fix.Command == "" && fix.ConsoleURL == "" {
				t.Errorf("%s: %s has neither", id, fix.ID)
			}
			for _, unknown := range []string{"<DISTRIBUTION_ID>", "<HOST>", "<BUCKET>", "<KEY>"} {
				if strings.Contains(fix.Command, unknown) {
					t.Errorf("%s: %s leaves %s open: %s", id, fix.ID, unknown, fix.Command)
				}
			}
			if strings.Contains(fix.Command, "file://") != (fix.File != "") && fix.Document != nil {
				t.Errorf("%s: %s: file %q of %s", id, fix.ID, fix.File, fix.Command)
			}
		}
	}
}

func TestWire(t *testing.T) {
	ev := Evidence{
		DNS:        &DNS{Name: "m.example.com", Failed: "timeout"},
		TLS:        &TLS{Asked: "m.example.com", Names: []string{"*.example.com"}, Issuer: "Amazon RSA 2048 M01", Expires: time.Date(2027, 1, 2, 3, 4, 5, 0, time.UTC), Version: "TLS 1.3"},
		AnsweredBy: FromOther, Header: map[string]string{"server": "nginx"},
	}
	want := "DNS m.example.com: timeout\nTLS asked for m.example.com; certificate for *.example.com; by Amazon RSA 2048 M01; until 2027-01-02; TLS 1.3\nanswered by other (server: nginx)"
	if got := strings.Join(ev.Wire(), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := (Evidence{Operation: "s3:PutObject", HTTPStatus: 200}).Wire(); got != nil {
		t.Errorf("another request has %q", got)
	}
}
