package diagnose

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// A row of the failure taxonomy: what comes back, what is known, and the
// causes that follow, ranked. The texts are AWS's own.
type taxon struct {
	row  string // "A1"; the tables stand in the order of the taxonomy
	ev   Evidence
	f    Facts
	want string // "likelihood id, ..." the whole list
	// never are causes that this evidence must not make certain, whatever
	// else is known.
	never string
}

// taxonomy are the tables, in order. Rows whose answer is a success (an empty
// listing, another encryption, a delete marker, a probe left behind) are the
// connection test's own: there is no error to diagnose.
func taxonomy() []taxon {
	return slices.Concat(callerTaxa, assumeTaxa, deputyTaxa, bucketTaxa, listTaxa, putTaxa, keyTaxa, requestTaxa, readTaxa, layerTaxa)
}

func TestTaxonomy(t *testing.T) {
	for _, c := range taxonomy() {
		t.Run(c.row, func(t *testing.T) {
			causes := Diagnose(c.ev, c.f)
			if got := list(causes); got != c.want {
				t.Errorf("%+v\ngot  %s\nwant %s", c.ev, got, c.want)
			}
			for _, cause := range causes {
				if len(cause.Fixes) == 0 {
					t.Errorf("%s has no fix", cause.ID)
				}
				if cause.Likelihood == Certain && slices.Contains(strings.Fields(c.never), cause.ID) {
					t.Errorf("%s is called certain", cause.ID)
				}
			}
			if Unknown(causes) {
				t.Error("not known")
			}
		})
	}
}

// Every row of the taxonomy has its test.
func TestTaxonomyIsWhole(t *testing.T) {
	rows := strings.Fields(`
		A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15
		assume/roleArn assume/externalId assume/roleSessionName assume/not-an-ARN assume/DurationSeconds assume/chained
		assume/root assume/bare assume/identity assume/explicit assume/TagSession assume/RegionDisabled
		assume/MalformedPolicyDocument assume/PackedPolicyTooLarge assume/ExpiredToken assume/other-partition
		B1 B2 B3 B4 B5 B6 B7 B8 B9
		bucket/404 bucket/403-head bucket/403-enriched bucket/403-plain bucket/301 bucket/400-head bucket/malformed
		bucket/307 bucket/location-constraint bucket/name bucket/suspended bucket/405 bucket/requester-pays bucket/dns
		list/identity list/prefix-only list/continuation
		put/identity put/explicit put/acl put/public-acl put/lock-checksum put/412 put/409 put/501 put/digest put/503
		put/limits put/quota put/timeout
		key/identity key/unclear key/not-found key/disabled key/state
		get/identity get/decrypt get/old-kms get/404-after-put get/archived copy/tags copy/itself copy/200 copy/5GB
		delete/identity delete/lock delete/mfa delete/per-key
		layer/identity layer/resource layer/boundary layer/session layer/scp layer/rcp layer/vpce layer/bpa layer/lock layer/plain
		compatible/shape compatible/empty compatible/bare`)
	have := map[string]bool{}
	for _, c := range taxonomy() {
		row, _, _ := strings.Cut(c.row, ": ")
		have[row] = true
	}
	for _, row := range rows {
		if !have[row] {
			t.Errorf("row %s is not tested", row)
		}
	}
	for row := range have {
		if !slices.Contains(rows, row) {
			t.Errorf("row %s is of no taxonomy", row)
		}
	}
}

// An answer without words makes nothing certain, whatever was asked.
func TestNothingIsCertainWithoutWords(t *testing.T) {
	for _, operation := range []string{
		"sts:GetCallerIdentity", "sts:AssumeRole", "s3:HeadBucket", "s3:GetBucketLocation", "s3:ListObjectsV2",
		"s3:PutObject", "s3:GetObject", "s3:CopyObject", "s3:DeleteObject", "s3:HeadObject", "",
	} {
		for _, code := range []string{"", "UnknownError", "AccessDenied", "Forbidden"} {
			for _, custom := range []bool{false, true} {
				f := with(func(f *Facts) { f.CustomEndpoint = custom })
				for _, c := range Diagnose(Evidence{Operation: operation, HTTPStatus: 403, Code: code}, f) {
					if c.Likelihood == Certain {
						t.Errorf("%s %q: %s is certain", operation, code, c.ID)
					}
				}
			}
		}
	}
}

func local(message string) Evidence {
	return Evidence{Operation: "sts:GetCallerIdentity", Message: message}
}

func broken(network, message string) Evidence {
	return Evidence{Operation: "s3:HeadBucket", Network: network, Message: message, Host: "b.s3.ap-northeast-1.amazonaws.com"}
}

var (
	inOptIn  = with(func(f *Facts) { f.Region = "ap-east-1" })
	nowhere  = with(func(f *Facts) { f.Region = "ap-northeast-9" })
	proved   = with(func(f *Facts) { f.Passed = map[string]bool{"caller.identity": true} })
	answered = with(func(f *Facts) { f.Answered = map[string]bool{"b.s3.ap-northeast-1.amazonaws.com": true} })
	page     = map[string]string{"content-type": "text/html; charset=utf-8"}
)

// Before anything is sent to the customer: credentials, network, clock.
var callerTaxa = []taxon{
	{"A1: nothing anywhere", local("get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, http response error StatusCode: 404"), known, "certain no-credentials", ""},
	{"A2: no such profile", local("failed to get shared config profile, prod"), known, "certain profile-not-found", "no-credentials"},
	{"A2: another profile, which this one builds on", local(`AWS profile "prod": failed to load assume role arn:aws:iam::123456789012:role/R, of profile base, failed to get shared config profile, base`), known, "certain profile-not-found", "no-credentials"},
	{"A3: SSO session", local("operation error SSO: the SSO session has expired or is invalid"), known, "certain credentials-expired", ""},
	{"A3: grant", stsError("GetCallerIdentity", 0, "InvalidGrantException", ""), known, "certain credentials-expired", ""},
	{"A3: unauthorized", stsError("GetCallerIdentity", 401, "UnauthorizedException", "Session token not found or invalid"), known, "certain credentials-expired", ""},
	{"A4: STS", local("failed to resolve service endpoint, endpoint rule error, Invalid Configuration: Missing Region"), Facts{}, "certain region-missing", ""},
	{"A4: S3", local("Invalid region: region was not a valid DNS name."), Facts{}, "certain region-missing", ""},
	{"A5: name of a known region", broken("dns", "dial tcp: lookup sts.ap-northeast-1.amazonaws.com: no such host"), known, "certain network-unreachable", "region-unknown"},
	{"A5: unknown region, nothing else looked up", broken("dns", "no such host"), nowhere, "likely region-unknown, possible network-unreachable", "region-unknown network-unreachable"},
	{"A5: unknown region, another name resolves", broken("dns", "no such host"), with(func(f *Facts) { f.Region, f.Elsewhere = "ap-northeast-9", Resolves }), "certain region-unknown", ""},
	{"A5: unknown region, no name resolves", broken("dns", "no such host"), with(func(f *Facts) { f.Region, f.Elsewhere = "ap-northeast-9", NoName }), "likely network-unreachable, possible region-unknown", "region-unknown"},
	{"A5: known region, another name resolves", broken("dns", "no such host"), with(func(f *Facts) { f.Elsewhere = Resolves }), "likely network-unreachable, ruled-out region-unknown", ""},
	{"A6: refused", broken("refused", "dial tcp 10.0.0.1:443: connect: connection refused"), known, "certain network-unreachable", ""},
	{"A6: no way", broken("unreachable", "connect: network is unreachable"), known, "certain network-unreachable", ""},
	{"A6: no connection in time", broken("timeout", "dial tcp 10.0.0.1:443: i/o timeout"), known, "certain network-unreachable", ""},
	{"A6: no answer in time", broken("timeout", "context deadline exceeded"), known, "likely network-unreachable, possible connection-broken", "network-unreachable"},
	{"A6: no answer in time from one that answers", broken("timeout", "context deadline exceeded"), answered, "likely connection-broken, possible network-unreachable", "network-unreachable"},
	{"A6: broken", broken("reset", "connection reset by peer"), known, "likely connection-broken, possible network-unreachable, possible proxy-refused", "network-unreachable connection-broken"},
	{"A6: broken by one that answers", broken("reset", "unexpected EOF"), answered, "likely connection-broken, possible network-unreachable, possible proxy-refused", "network-unreachable"},
	{"A7: no way through", broken("proxy", "proxyconnect tcp: dial tcp: connection refused"), known, "certain proxy-refused", ""},
	{"A7: wants a password", Evidence{Operation: "sts:GetCallerIdentity", HTTPStatus: 407, Header: page}, known, "certain proxy-refused", ""},
	{"A7: its page", Evidence{Operation: "sts:GetCallerIdentity", HTTPStatus: 403, Message: "Access to this site is restricted", Header: page}, known, "likely proxy-refused, possible wrong-endpoint", "proxy-refused"},
	{"A7: a sign-in page with 200", Evidence{Operation: "s3:ListObjectsV2", HTTPStatus: 200, Header: page}, known, "likely proxy-refused, possible wrong-endpoint", "proxy-refused"},
	{"A7: led to a sign-in page", Evidence{Operation: "s3:HeadBucket", HTTPStatus: 302, Header: map[string]string{"location": "https://login.example.net/"}}, known, "likely proxy-refused, possible wrong-endpoint", "wrong-region"},
	{"A7: an S3-compatible server's front", Evidence{Operation: "s3:HeadBucket", HTTPStatus: 404, Header: page}, with(func(f *Facts) { f.CustomEndpoint = true }), "likely proxy-refused, likely wrong-endpoint", "bucket-not-found"},
	{"A7: speaks no TLS", broken("tls", "tls: first record does not look like a TLS handshake"), known, "likely proxy-refused, possible tls-untrusted", "tls-untrusted"},
	{"A8: unknown authority", broken("tls", "tls: failed to verify certificate: x509: certificate signed by unknown authority"), known, "certain tls-untrusted", ""},
	{"A8: out of date, or the clock", broken("tls", "x509: certificate has expired or is not yet valid: current time 2019-01-01T00:00:00Z is before 2026-01-01T00:00:00Z"), known, "likely clock-skew, likely tls-untrusted", "tls-untrusted clock-skew"},
	{"A8: a bucket with dots", broken("tls", "x509: certificate is valid for *.s3.ap-northeast-1.amazonaws.com, not my.dotted.s3.ap-northeast-1.amazonaws.com"), with(func(f *Facts) { f.Bucket = "my.dotted" }), "certain tls-name-mismatch", ""},
	{"A9: late at STS", stsError("AssumeRole", 403, "SignatureDoesNotMatch", "Signature expired: 20211027T110000Z is now earlier than 20211027T112500Z (20211027T114000Z - 15 min.)"), known, "certain clock-skew", "secret-key-wrong"},
	{"A9: early at STS", stsError("AssumeRole", 403, "SignatureDoesNotMatch", "Signature not yet current: 20211027T120000Z is still later than 20211027T114500Z (20211027T113000Z + 15 min.)"), known, "certain clock-skew", "secret-key-wrong"},
	{"A9: at S3", s3Error("PutObject", 403, "RequestTimeTooSkewed", "The difference between the request time and the server's time is too large."), known, "certain clock-skew", ""},
	{"A10: from GetCallerIdentity", stsError("GetCallerIdentity", 403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method."), known, "certain secret-key-wrong", ""},
	{"A10: from S3 alone", s3Error("PutObject", 403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided."), proved, "likely proxy-refused, ruled-out secret-key-wrong", "proxy-refused"},
	{"A10: from S3, nothing known", s3Error("PutObject", 403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided."), known, "likely secret-key-wrong, possible proxy-refused", "secret-key-wrong"},
	{"A11: at STS", stsError("GetCallerIdentity", 403, "InvalidClientTokenId", "The security token included in the request is invalid."), known, "certain access-key-unknown", ""},
	{"A11: at S3", s3Error("ListObjectsV2", 403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."), known, "certain access-key-unknown", ""},
	{"A11: a Region to be enabled", stsError("GetCallerIdentity", 403, "InvalidClientTokenId", "The security token included in the request is invalid."), inOptIn, "likely access-key-unknown, possible region-not-enabled", "access-key-unknown"},
	{"A11: a key that is known elsewhere", s3Error("ListObjectsV2", 403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."), with(func(f *Facts) { f.Region, f.Passed = "ap-east-1", map[string]bool{"caller.identity": true} }), "likely region-not-enabled, likely access-key-unknown", "access-key-unknown region-not-enabled"},
	{"A11: a temporary key", stsError("GetCallerIdentity", 403, "InvalidClientTokenId", "The security token included in the request is invalid."), with(func(f *Facts) { f.AccessKeyID = "ASIAEXAMPLE" }), "likely session-token-invalid, possible access-key-unknown", "access-key-unknown"},
	{"A12: at STS", stsError("GetCallerIdentity", 403, "ExpiredToken", "The security token included in the request is expired"), known, "certain credentials-expired", ""},
	{"A12: at S3", s3Error("GetObject", 400, "ExpiredToken", "The provided token has expired."), known, "certain credentials-expired", ""},
	{"A12: HEAD", s3Error("HeadBucket", 400, "BadRequest", "Bad Request"), known, "likely wrong-region, possible credentials-expired", "wrong-region credentials-expired"},
	{"A12: HEAD from the right region", Evidence{Operation: "s3:HeadBucket", HTTPStatus: 400, Code: "BadRequest", BucketRegion: "ap-northeast-1"}, known, "likely credentials-expired, possible session-token-invalid", "credentials-expired"},
	{"A13: cut off", s3Error("ListObjectsV2", 400, "InvalidToken", "The provided token is malformed or otherwise invalid."), known, "likely session-token-invalid, possible credentials-expired, possible access-key-unknown", "session-token-invalid"},
	{"A13: of the global endpoint", s3Error("ListObjectsV2", 400, "InvalidToken", "The provided token is malformed or otherwise invalid."), inOptIn, "likely session-token-invalid, possible session-token-global, possible credentials-expired, possible access-key-unknown", "session-token-invalid session-token-global"},
	{"A14: incomplete", stsError("GetCallerIdentity", 400, "IncompleteSignature", "Credential must have exactly 5 slash-delimited elements"), known, "likely no-credentials, possible access-key-unknown, possible proxy-refused", "no-credentials"},
	{"A14: missing", stsError("GetCallerIdentity", 403, "MissingAuthenticationToken", "Request is missing Authentication Token"), known, "likely no-credentials, possible proxy-refused", "no-credentials"},
	{"A15: unavailable", s3Error("PutObject", 503, "ServiceUnavailable", "Service is unable to handle request."), known, "likely service-unavailable", ""},
	{"A15: internal", s3Error("PutObject", 500, "InternalError", "We encountered an internal error. Please try again."), known, "likely service-unavailable", ""},
	{"A15: of STS", stsError("AssumeRole", 500, "InternalFailure", ""), known, "likely service-unavailable", ""},
	{"A15: throttled", stsError("AssumeRole", 400, "Throttling", "Rate exceeded"), known, "certain throttled", ""},
}

// The clock's error is told in minutes, wherever it is read from.
func TestMinutesOfTheClock(t *testing.T) {
	for name, ev := range map[string]Evidence{
		"the Date header":    {Operation: "s3:PutObject", HTTPStatus: 403, Code: "RequestTimeTooSkewed", Skew: 40 * time.Minute},
		"the text of STS":    stsError("AssumeRole", 403, "SignatureDoesNotMatch", "Signature expired: 20211027T110000Z is now earlier than 20211027T112500Z (20211027T114000Z - 15 min.)"),
		"the elements of S3": {Operation: "s3:PutObject", HTTPStatus: 403, Code: "RequestTimeTooSkewed", Elements: map[string]string{"RequestTime": "20211027T110000Z", "ServerTime": "2021-10-27T11:40:00Z"}},
	} {
		if got := Diagnose(ev, known)[0].Args["offset"]; got != " (-40 min)" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Whose certificate it is tells whom to ask.
func TestIssuerOfAnUntrustedCertificate(t *testing.T) {
	ev := broken("tls", "x509: certificate signed by unknown authority")
	ev.Elements = map[string]string{"Issuer": "Example Corp Inspection CA"}
	if got := Diagnose(ev, known)[0].Args["issuer"]; got != " (Example Corp Inspection CA)" {
		t.Errorf("issuer %q", got)
	}
}
