package awscheck

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/policy"
)

func TestDelivery(t *testing.T) {
	oac := "origin_access_control: true"
	runAll(t, []scenario{
		{
			name: "public access is blocked", verdict: Failed,
			edits: []edit{{"block_public_policy: false, restrict_public_buckets: false", "block_public_policy: true, restrict_public_buckets: true"}},
			rows: map[string]want{
				"delivery.url":   {status: Fail, cause: "likely public-access-blocked", also: []string{"likely bucket-policy-missing", "ruled-out kms-anonymous"}},
				"delivery.cache": {status: Skip}, "delivery.stale": {status: Skip},
			},
		},
		{
			name: "the bucket has no policy", verdict: Failed,
			edits: []edit{{publicRead, "    public_access_block: {block_public_acls: true}\n"}},
			rows:  map[string]want{"delivery.url": {status: Fail, also: []string{"likely bucket-policy-missing"}}},
		},
		{
			name: "everybody may list", verdict: Failed,
			edits: []edit{{`Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::alpha-prod-assets/media/*"`,
				`Principal: "*", Action: ["s3:GetObject", "s3:ListBucket"], Resource: ["arn:aws:s3:::alpha-prod-assets", "arn:aws:s3:::alpha-prod-assets/*"]`}},
			rows: map[string]want{"delivery.listing": {status: Fail, cause: "certain listing-public"}, "delivery.url": {status: Pass}},
		},
		{
			name: "S3 stands open beside the CDN", base: cdnAccount, verdict: ReadyWithWarnings,
			rows: map[string]want{"delivery.direct": {status: Warn, cause: "certain direct-access-open"}, "delivery.url": {status: Pass}},
		},
		{
			name: "the origin has no access control", base: cdnAccount, verdict: Failed,
			edits: []edit{{publicRead, cloudFrontRead}, {oac, "origin_access_control: false"}},
			rows: map[string]want{"delivery.url": {status: Fail,
				also: []string{"likely origin-access-missing", "likely origin-access-wrong-distribution", "likely bucket-policy-missing"}, never: []string{"waf-blocked"}}},
		},
		{
			name: "the policy trusts another distribution", base: cdnAccount, verdict: Failed,
			edits: []edit{{publicRead, cloudFrontRead}, {"distribution/E2EXAMPLE", "distribution/EOTHER"}},
			rows:  map[string]want{"delivery.url": {status: Fail, cause: "likely origin-access-wrong-distribution"}},
		},
		{
			name: "the origin path repeats the prefix", base: cdnAccount, verdict: Failed,
			edits: []edit{{publicRead, cloudFrontRead}, {`path: ""`, `path: "/media"`}},
			rows:  map[string]want{"delivery.url": {status: Fail, cause: "certain origin-path-doubled"}},
		},
		{
			name: "the domain does not exist", base: cdnAccount, verdict: Failed,
			target: func(t *Target) { t.Domain = "https://nowhere.example.com" },
			rows:   map[string]want{"delivery.url": {status: Fail, cause: "certain domain-not-found"}},
		},
		{
			name: "the certificate is another's", base: cdnAccount, verdict: Failed,
			edits: []edit{{publicRead, cloudFrontRead}, {"certificate: [media.example.com]", "certificate: [www.example.com]"}},
			rows:  map[string]want{"delivery.url": {status: Fail, cause: "certain tls-name-mismatch"}},
		},
		{
			name: "the distribution is being deployed", base: cdnAccount, verdict: Failed,
			edits: []edit{{publicRead, cloudFrontRead}, {"deployed: true", "deployed: false"}},
			rows:  map[string]want{"delivery.url": {status: Fail}},
		},
		{
			name: "the CDN keeps deleted files", base: cdnAccount, verdict: Ready,
			edits: []edit{{publicRead, cloudFrontRead}, {"cache_ttl: 0s", "cache_ttl: 24h"}},
			rows:  map[string]want{"delivery.stale": {status: Pass, note: "cdn-stale"}},
		},
		{
			name: "the CDN keeps deleted files, it is not known for how long", base: cdnAccount, verdict: Ready,
			edits: []edit{{publicRead, cloudFrontRead}, {"cache_ttl: 0s", "cache_ttl: 24h"}},
			rows:  map[string]want{"delivery.stale": {status: Pass, note: "cdn-stale-left-unknown"}},
		},
		{
			name: "the key is not CloudFront's", base: cdnAccount + `
kms_keys:
  - {arn: "` + kmsKey + `", state: Enabled, policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {AWS: "arn:aws:iam::123456789012:root"}, Action: "kms:*", Resource: "*"}]}}
`, verdict: Failed,
			edits: []edit{
				{publicRead, cloudFrontRead}, {"    region: ap-northeast-1\n", encryptedBucket},
				{objectsGrant, objectsGrant + grant(`["kms:GenerateDataKey", "kms:Decrypt"]`, kmsKey)},
			},
			rows: map[string]want{"delivery.url": {status: Fail, also: []string{"likely kms-anonymous"}}},
		},
	})
}

// Further trouble with a CDN, as told by who answers.
func TestDeliveryByCDN(t *testing.T) {
	oac := "origin_access_control: true"
	right := edit{publicRead, cloudFrontRead}
	origin := func(to string) edit { return edit{`origin: {bucket: alpha-prod-assets, path: ""}`, "origin: " + to} }
	lists := edit{`Action: "s3:GetObject", Resource: "arn:aws:s3:::alpha-prod-assets/media/*", Condition`,
		`Action: ["s3:GetObject", "s3:ListBucket"], Resource: ["arn:aws:s3:::alpha-prod-assets", "arn:aws:s3:::alpha-prod-assets/*"], Condition`}
	noPolicy := []string{"bucket-policy-missing", "origin-access-missing", "origin-access-wrong-distribution", "public-access-blocked"}
	another := cdnAccount + `  - {id: E3OTHER, origin: {bucket: beta-assets}}
`
	beta := edit{"buckets:\n", `buckets:
  - name: beta-assets
    region: ap-northeast-1
    policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: cloudfront.amazonaws.com}, Action: ["s3:GetObject", "s3:ListBucket"], Resource: ["arn:aws:s3:::beta-assets", "arn:aws:s3:::beta-assets/*"]}]}
`}
	page := edit{"deployed: true", `deployed: true, error_response: {status: 200, content: "<!doctype html><title>App</title>"}`}
	site := func(keys string) string {
		return cdnAccount + "sites:\n  - {host: www.example.org, " + keys + "}\n"
	}
	toSite := func(t *Target) { t.Domain = "https://www.example.org" }
	runAll(t, []scenario{
		{
			name: "a firewall refuses", base: cdnAccount, verdict: Failed,
			edits: []edit{right, {"deployed: true", "deployed: true, blocked: true"}},
			rows: map[string]want{"delivery.url": {status: Fail, cause: "certain waf-blocked", never: noPolicy},
				"delivery.direct": {status: Pass}, "delivery.listing": {status: Pass}},
		},
		{
			name: "the distribution has another alias", base: cdnAccount, verdict: Failed,
			edits: []edit{right, {"aliases: [media.example.com]", "aliases: [cdn.example.com]"}},
			rows:  map[string]want{"delivery.url": {status: Fail, cause: "likely alias-missing", also: []string{"possible distribution-deploying"}, never: noPolicy}},
		},
		{
			name: "the distribution is disabled", base: cdnAccount, verdict: Failed,
			edits: []edit{right, {"enabled: true", "enabled: false"}},
			rows:  map[string]want{"delivery.url": {status: Fail, also: []string{"possible distribution-deploying"}, never: noPolicy}},
		},
		{
			name: "an error page hides the refusal", base: cdnAccount, verdict: Failed,
			edits: []edit{{publicRead, ""}, page},
			rows: map[string]want{"delivery.url": {status: Fail, cause: "likely spa-fallback",
				also: []string{"possible bucket-policy-missing", "possible origin-access-missing"}, never: []string{"domain-wrong-target", "wrong-content"}}},
		},
		{
			name: "an error page that nobody sees", base: cdnAccount, verdict: Ready,
			edits: []edit{right, page},
			rows:  map[string]want{"delivery.url": {status: Pass}, "delivery.stale": {status: Pass}, "delivery.listing": {status: Pass}},
		},
		{
			name: "the origin access control never signs", base: cdnAccount, verdict: Failed,
			edits: []edit{right, {oac, oac + ", signing: never"}},
			rows:  map[string]want{"delivery.url": {status: Fail, also: []string{"likely origin-access-missing"}}},
		},
		{
			name: "the origin is another bucket", base: another, verdict: Failed,
			edits: []edit{right, beta, origin("{bucket: beta-assets}")},
			rows: map[string]want{"delivery.url": {status: Fail, cause: "likely origin-wrong-bucket",
				also: []string{"ruled-out origin-path-doubled"}, never: noPolicy}},
		},
		{
			name: "the origin is a bucket that is not there", base: cdnAccount, verdict: Failed,
			edits: []edit{right, origin("{domain: gamma-assets.s3.ap-northeast-1.amazonaws.com}")},
			rows:  map[string]want{"delivery.url": {status: Fail, cause: "certain origin-wrong-bucket", never: append([]string{"domain-wrong-target"}, noPolicy...)}},
		},
		{
			name: "strangers may read what the CDN may not", base: cdnAccount, verdict: Failed,
			edits: []edit{origin(`{bucket: alpha-prod-assets, path: "/other"}`)},
			rows: map[string]want{
				"delivery.url": {status: Fail, cause: "likely origin-wrong-bucket", also: []string{
					"likely origin-path-doubled", "ruled-out bucket-policy-missing", "ruled-out origin-access-missing"}},
				"delivery.direct": {status: Warn, cause: "certain direct-access-open"},
			},
		},
		{
			name: "the origin path is another folder, and S3 names the key", base: cdnAccount, verdict: Failed,
			edits: []edit{right, lists, origin(`{bucket: alpha-prod-assets, path: "/other"}`)},
			rows:  map[string]want{"delivery.url": {status: Fail, cause: "certain origin-path-wrong", never: append([]string{"origin-path-doubled"}, noPolicy...)}},
		},
		{
			name: "the origin is the bucket's global name", base: cdnAccount, verdict: Failed,
			edits: []edit{right, origin("{domain: alpha-prod-assets.s3.amazonaws.com}")},
			rows:  map[string]want{"delivery.url": {status: Fail, cause: "certain origin-redirects", never: append([]string{"domain-wrong-target"}, noPolicy...)}},
		},
		{
			name: "the origin is a website endpoint", base: cdnAccount, verdict: Failed,
			edits: []edit{right, origin("{domain: alpha-prod-assets.s3-website-ap-northeast-1.amazonaws.com}")},
			rows:  map[string]want{"delivery.url": {status: Fail, cause: "certain origin-unreachable", never: noPolicy}},
		},
		{
			name: "the origin is another server", base: site("body: <html>Shop</html>"), verdict: Failed,
			edits: []edit{right, origin("{domain: www.example.org}")},
			rows:  map[string]want{"delivery.url": {status: Fail, cause: "likely spa-fallback", also: []string{"likely origin-wrong-bucket"}, never: noPolicy}},
		},
		{
			name: "the domain is a web site", base: site("body: <html>Shop</html>"), verdict: Failed,
			edits: []edit{right}, target: toSite,
			rows: map[string]want{"delivery.url": {status: Fail, cause: "likely domain-wrong-target", also: []string{"likely spa-fallback"}, never: noPolicy},
				"delivery.listing": {status: Pass}},
		},
		{
			name: "the domain has another file", base: site("content_type: text/plain, body: hello"), verdict: Failed,
			edits: []edit{right}, target: toSite,
			rows: map[string]want{"delivery.url": {status: Fail, cause: "certain wrong-content"}},
		},
		{
			name: "the domain redirects", base: site(`status: 301, headers: {Location: "https://www.example.net/"}`), verdict: Failed,
			edits: []edit{right}, target: toSite,
			rows: map[string]want{"delivery.url": {status: Fail, cause: "likely domain-wrong-target", never: []string{"origin-redirects"}}},
		},
		{
			name: "the domain is a web site that refuses", base: site("status: 403, body: <html>Forbidden</html>"), verdict: Failed,
			edits: []edit{right}, target: toSite,
			rows: map[string]want{"delivery.url": {status: Fail, also: []string{"likely waf-blocked", "likely domain-wrong-target", "possible proxy-refused"}, never: noPolicy}},
		},
		{
			name: "the domain has a hosting company's certificate", base: site(`certificate: ["*.hosting.example"]`), verdict: Failed,
			edits: []edit{right}, target: toSite,
			rows: map[string]want{"delivery.url": {status: Fail, cause: "certain tls-name-mismatch"}},
		},
		{
			name: "S3 may not be asked anonymously for what a key encrypts", verdict: Failed, base: documentedAccount + `
kms_keys:
  - {arn: "` + kmsKey + `", state: Enabled, policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {AWS: "arn:aws:iam::123456789012:root"}, Action: "kms:*", Resource: "*"}]}}
`,
			edits: []edit{{"    region: ap-northeast-1\n", encryptedBucket}, {objectsGrant, objectsGrant + grant(`["kms:GenerateDataKey", "kms:Decrypt"]`, kmsKey)}},
			rows:  map[string]want{"delivery.url": {status: Fail, cause: "certain kms-anonymous", never: noPolicy}},
		},
		{
			name: "the policy is for another folder", verdict: Failed,
			edits: []edit{{`Action: "s3:GetObject", Resource: "arn:aws:s3:::alpha-prod-assets/media/*"}]}`, `Action: "s3:GetObject", Resource: "arn:aws:s3:::alpha-prod-assets/images/*"}]}`}},
			rows: map[string]want{"delivery.url": {status: Fail, cause: "likely public-access-blocked",
				also: []string{"likely bucket-policy-missing", "possible bucket-policy-wrong-path"}, never: []string{"domain-wrong-target", "origin-access-missing"}}},
		},
		{
			name: "pages show files that scripts may not read", verdict: Ready,
			rows: map[string]want{"delivery.url": {status: Pass, note: "cors-none"}},
		},
	})
}

// The policy is mended while the test waits; the CDN keeps its error.
func TestErrorsThatTheCDNKeeps(t *testing.T) {
	mended, err := policy.Parse([]byte(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "cloudfront.amazonaws.com"},
		"Action": "s3:GetObject", "Resource": "arn:aws:s3:::alpha-prod-assets/media/*"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		keys string
		want want
	}{
		// A query string that no cache has seen tells.
		{"cache_ttl: 0s, error_caching: 1h, query_strings: true", want{status: Fail, cause: "certain error-cached", never: []string{"bucket-policy-missing"}}},
		{"cache_ttl: 0s, error_caching: 1h", want{status: Fail, also: []string{"likely error-cached", "likely bucket-policy-missing"}}},
		{"cache_ttl: 0s, error_caching: 0s", want{status: Pass, note: "propagated"}},
	} {
		w := start(t, edited(t, cdnAccount, []edit{{publicRead, ""}, {"cache_ttl: 0s", c.keys}}))
		x := newTest(cdnTarget(), Options{Source: w.source, Wait: 3 * time.Second})
		pretend(x)
		pause := x.sleep
		x.sleep = func(ctx context.Context, d time.Duration) error {
			w.putBucketPolicy(mended)
			return pause(ctx, d)
		}
		x.probe = x.newProbe()
		w.put(x.probe.key)
		x.probe.body, x.probe.contentType = []byte("x"), "application/octet-stream"
		ctx, trace := connect.Observe(t.Context())
		o := deliveryURL(ctx, x)
		c.want.check(t, Result{ID: "delivery.url", Status: o.status, Causes: o.causes, Notes: o.notes, Evidence: trace.Exchanges()})
	}
}

func (w *world) putBucketPolicy(d policy.Document) {
	w.t.Helper()
	client, err := w.source.S3(connect.Place{Access: "caller", Bucket: testBucket, Region: testRegion})
	if err != nil {
		w.t.Fatal(err)
	}
	data, err := json.Marshal(d)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := client.PutBucketPolicy(w.t.Context(), &s3.PutBucketPolicyInput{Bucket: aws.String(testBucket), Policy: aws.String(string(data))}); err != nil {
		w.t.Fatal(err)
	}
}

// An error that is not from a cache rules caches out.
func TestErrorsThatAreNew(t *testing.T) {
	w := start(t, edited(t, cdnAccount, []edit{{publicRead, ""}, {"cache_ttl: 0s", "cache_ttl: 0s, error_caching: 0s"}}))
	row := rowOf(t, w.run(cdnTarget(), Options{Only: []string{"delivery.url"}}), "delivery.url")
	want{status: Fail, also: []string{"ruled-out error-cached"}}.check(t, row)
}

// The default URL of a bucket with a dot has no certificate; strangers may ask
// by path all the same.
func TestDottedBucket(t *testing.T) {
	w := start(t, strings.ReplaceAll(documentedAccount, "alpha-prod-assets", "alpha.prod.assets"))
	target := roleTarget()
	target.Bucket = "alpha.prod.assets"
	r := w.run(target, Options{})
	want{status: Fail, cause: "certain tls-name-mismatch", never: []string{"tls-untrusted"}}.check(t, rowOf(t, r, "delivery.url"))
	want{status: Pass}.check(t, rowOf(t, r, "delivery.listing"))
	target.Domain = testDomain
	r = w.run(target, Options{Only: []string{"delivery.direct"}})
	want{status: Warn, cause: "certain direct-access-open"}.check(t, rowOf(t, r, "delivery.direct"))
}

// What nobody answered is never passed.
func TestExposureThatCannotBeTold(t *testing.T) {
	for fault, rows := range map[string][]string{
		"{service: s3, operation: GetObject, status: 503, code: SlowDown}":     {"delivery.direct"},
		"{service: s3, operation: ListObjectsV2, status: 503, code: SlowDown}": {"delivery.listing"},
		"{service: s3, operation: ListObjectsV2, drop: true}":                  {"delivery.listing"},
	} {
		w := start(t, edited(t, cdnAccount, []edit{{publicRead, cloudFrontRead}})+"faults:\n  - "+fault+"\n")
		x := newTest(cdnTarget(), Options{Source: w.source})
		pretend(x)
		x.probe = x.newProbe()
		for _, id := range rows {
			for _, c := range Checks() {
				if c.ID == id {
					if o := c.run(t.Context(), x); o.status != Inconclusive {
						t.Errorf("%s: %s is %s", fault, id, o.status)
					}
				}
			}
		}
	}
}

// A CDN that answers nothing useful after the deletion has not let go of the
// file as far as anybody can tell.
func TestStaleThatCannotBeTold(t *testing.T) {
	for fault, status := range map[string]Status{
		"status: 503, code: SlowDown":     Inconclusive,
		"status: 429, code: TooMany":      Inconclusive,
		"drop: true":                      Inconclusive,
		"status: 403, code: AccessDenied": Pass,
		"status: 404, code: NoSuchKey":    Pass,
	} {
		w := start(t, cdnAccount+"faults:\n  - {service: cloudfront, operation: GET, "+fault+"}\n")
		x := newTest(cdnTarget(), Options{Source: w.source})
		pretend(x)
		x.probe = x.newProbe()
		x.fetched = &answer{url: x.space.URL(x.probe.key), body: x.probe.body}
		if o := deliveryStale(t.Context(), x); o.status != status {
			t.Errorf("%s: %s, want %s", fault, o.status, status)
		}
	}
}

// One failure in passing is none, as it is none of an AWS call.
func TestDeliveryIsTriedAgain(t *testing.T) {
	for _, fault := range []string{"status: 500, code: InternalError, times: 2", "status: 503, code: SlowDown, times: 1", "drop: true, times: 1"} {
		w := start(t, edited(t, cdnAccount, []edit{{publicRead, cloudFrontRead}})+"faults:\n  - {service: cloudfront, operation: \"*\", "+fault+"}\n")
		r := w.run(cdnTarget(), Options{Only: []string{"delivery.url"}})
		want{status: Pass, note: "retried"}.check(t, rowOf(t, r, "delivery.url"))
	}
	w := start(t, edited(t, cdnAccount, []edit{{publicRead, cloudFrontRead}})+"faults:\n  - {service: cloudfront, operation: \"*\", status: 503, code: X}\n")
	r := rowOf(t, w.run(cdnTarget(), Options{Only: []string{"delivery.url"}}), "delivery.url")
	if r.Status != Fail || len(r.Evidence) > connect.Tries+4 { // the first byte, and three that look further
		t.Error(describe(r))
	}
}

// With a custom endpoint the default URL is AWS's own.
func TestDeliveryOnACustomEndpointIsSkipped(t *testing.T) {
	w := start(t, documentedAccount)
	source := w.as(noProxy)
	r := w.run(roleTarget(), Options{Source: source})
	for _, id := range []string{"delivery.url", "delivery.listing", "delivery.direct", "delivery.cache", "delivery.stale"} {
		want{status: Skip}.check(t, rowOf(t, r, id))
	}
	if r.Verdict != ReadyWithWarnings {
		t.Errorf("verdict %s", r.Verdict)
	}
	for _, row := range r.Results {
		for _, ev := range row.Evidence {
			if ev.Host != "" && ev.Host != mustURL(t, w.box.Endpoint()).Host {
				t.Errorf("%s asked %s", row.ID, ev.Host)
			}
		}
	}
}
