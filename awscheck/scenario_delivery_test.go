package awscheck

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/connect"
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

// One failure in passing is none, as it is none of an AWS call.
func TestDeliveryIsTriedAgain(t *testing.T) {
	for _, fault := range []string{"status: 500, code: InternalError, times: 2", "status: 503, code: SlowDown, times: 1", "drop: true, times: 1"} {
		w := start(t, edited(t, cdnAccount, []edit{{publicRead, cloudFrontRead}})+"faults:\n  - {service: cloudfront, operation: \"*\", "+fault+"}\n")
		r := w.run(cdnTarget(), Options{Only: []string{"delivery.url"}})
		want{status: Pass, note: "retried"}.check(t, rowOf(t, r, "delivery.url"))
	}
	w := start(t, edited(t, cdnAccount, []edit{{publicRead, cloudFrontRead}})+"faults:\n  - {service: cloudfront, operation: \"*\", status: 503, code: X}\n")
	r := rowOf(t, w.run(cdnTarget(), Options{Only: []string{"delivery.url"}}), "delivery.url")
	if r.Status != Fail || len(r.Evidence) > 2*connect.Tries {
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
