package owner

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy/documented"
)

const dist = "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE"

func TestBucketPolicy(t *testing.T) {
	public := `{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"` + inO + `"}`
	edge := func(resource, source string) string {
		return `{"Sid":"CDN","Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject","Resource":"` + resource + `","Condition":{"StringEquals":{"AWS:SourceArn":"` + source + `"}}}`
	}
	deny := func(action, condition string) string {
		return `{"Sid":"No","Effect":"Deny","Principal":"*","Action":"` + action + `","Resource":["` + inB + `","` + inB + `/*"],"Condition":{` + condition + `}}`
	}
	for _, c := range []struct {
		name       string
		statements string // "": there is no policy
		cdn        bool
		status     Status
		what       string
		causes     string
		note       string
	}{
		{"everybody", public, false, Pass, "pass-public", "", ""},
		{"the distribution", edge(inO, dist), true, Pass, "pass-cdn", "", ""},
		{"everybody beside the distribution", public, true, Pass, "pass", "", "readers-everybody"},
		{"an origin access identity", `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"},"Action":"s3:GetObject","Resource":"` + inO + `"}`, true, Pass, "pass", "", "readers-origin-access-identity"},
		{"TLS alone", public + "," + deny("s3:*", `"Bool":{"aws:SecureTransport":"false"}`), false, Pass, "pass-public", "", ""},
		{"from our pages", `{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"` + inO + `","Condition":{"StringLike":{"aws:Referer":"https://example.com/*"}}}`, false, Pass, "pass", "", "readers-depend"},

		{"none, delivery by S3", "", false, Fail, "no-readers", "bucket-policy-missing:certain", ""},
		{"none, delivery by CloudFront", "", true, Fail, "no-cdn", "bucket-policy-missing:certain", ""},
		{"nothing for readers", `{"Effect":"Allow","Principal":{"AWS":"` + home + `"},"Action":"s3:GetObject","Resource":"` + inO + `"}`, false, Fail, "no-readers", "bucket-policy-missing:certain", ""},
		{"another path", `{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"` + inB + `/Media/*"}`, false, Fail, "wrong-path", "bucket-policy-wrong-path:certain", "lint.public-beyond-prefix"},
		{"another path for the distribution", edge(inB+"/Media/*", dist), true, Fail, "wrong-path", "bucket-policy-wrong-path:certain", ""},
		{"only the top of the prefix", `{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"` + inB + `/media/?xample.jpg"}`, false, Fail, "wrong-path", "bucket-policy-wrong-path:certain", ""},
		{"another distribution", edge(inO, "arn:aws:cloudfront::123456789012:distribution/E1OTHER"), true, Fail, "wrong-distribution", "origin-access-wrong-distribution:certain", ""},
		{"the distribution's id for its ARN", edge(inO, "E2EXAMPLE"), true, Fail, "wrong-distribution", "origin-access-wrong-distribution:certain", ""},
		{"another distribution and path", edge(inB+"/Media/*", "arn:aws:cloudfront::123456789012:distribution/E1OTHER"), true, Fail, "wrong-distribution", "origin-access-wrong-distribution:certain", ""},
		{"everybody's distribution", `{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject","Resource":"` + inO + `"}`, true, Pass, "pass-cdn", "", "lint.service-without-source"},
		{"readers are denied", public + `,{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"` + inO + `","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"` + home + `"}}}`, false, Fail, "readers-denied", "explicit-deny:certain", ""},

		{"encryption to be asked for", public + "," + deny("s3:PutObject", `"StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}`), false, Fail, "encryption", "encryption-required:certain explicit-deny:certain", ""},
		{"encryption not to be left out", public + "," + deny("s3:PutObject", `"Null":{"s3:x-amz-server-side-encryption":"true"}`), false, Fail, "encryption", "encryption-required:certain explicit-deny:certain", ""},
		{"through a VPC endpoint", public + "," + deny("s3:PutObject", `"StringNotEquals":{"aws:SourceVpce":"vpce-1"}`), false, Fail, "denied", "explicit-deny:certain", ""},
		{"everybody but a role", public + "," + deny("s3:DeleteObject", `"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/Other"}`), false, Fail, "denied", "explicit-deny:certain", ""},
		{"everybody but this role", public + "," + deny("s3:DeleteObject", `"ArnNotLike":{"aws:PrincipalArn":"`+role+`"}`), false, Pass, "pass-public", "", ""},
		{"from our network", public + "," + deny("s3:PutObject", `"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"}`), false, Warn, "conditions", "explicit-deny:possible", "bucket-policy-depends"},
		{"from our organization", public + "," + deny("s3:PutObject", `"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}`), false, Pass, "pass-public", "", "bucket-policy-depends"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := asking()
			if c.cdn {
				a.wants.Domain, a.wants.Distribution = "https://media.example.com", "E2EXAMPLE"
			}
			p := Part[BucketPolicy]{State: Absent}
			if c.statements != "" {
				p = Of(BucketPolicy{Document: document(t, c.statements)})
			}
			f := judgeBucketPolicy(a, p, Part[bool]{State: Denied})
			if f.Status != c.status || f.What != c.what || causesOf(f) != c.causes {
				t.Errorf("%s %s [%s], want %s %s [%s]\n%v", f.Status, f.What, causesOf(f), c.status, c.what, c.causes, f.Args)
			}
			if c.note != "" && !hasNote(f, c.note) {
				t.Errorf("no note %s: %s", c.note, notesOf(f))
			}
		})
	}
}

// What the program itself tells people to write is what the row wants.
func TestDocumentedBucketPoliciesPass(t *testing.T) {
	p := documented.Params{Bucket: bucket, Prefix: "media", DistributionARN: dist}
	a := asking()
	if f := judgeBucketPolicy(a, Of(BucketPolicy{Document: documented.BucketPublic(p)}), Part[bool]{}); f.What != "pass-public" {
		t.Errorf("public: %s %v", f.What, f.Args)
	}
	a.wants.Distribution = dist
	if f := judgeBucketPolicy(a, Of(BucketPolicy{Document: documented.BucketCloudFront(p)}), Part[bool]{}); f.What != "pass-cdn" {
		t.Errorf("CloudFront: %s %v", f.What, f.Args)
	}
	a.wants.Distribution, a.wants.Domain = "", "https://media.example.com"
	f := judgeBucketPolicy(a, Of(BucketPolicy{Document: documented.BucketCloudFront(p)}), Part[bool]{})
	if f.What != "pass-cdn" || !hasNote(f, "readers-some-distribution") {
		t.Errorf("a domain without a distribution: %s %s", f.What, notesOf(f))
	}
}

// Integrations that read with credentials of their own need no public policy.
func TestReadersOfOtherIntegrations(t *testing.T) {
	a := asking()
	a.wants.Integration = "imgix"
	if f := judgeBucketPolicy(a, Part[BucketPolicy]{State: Absent}, Part[bool]{}); f.Status != Pass || f.Causes != nil {
		t.Errorf("%s %s %s", f.Status, f.What, causesOf(f))
	}
}

func TestBucketType(t *testing.T) {
	here, denied, gone := Of("ap-northeast-1"), Part[string]{State: Denied, Needs: "s3:ListBucket"}, Part[string]{State: Absent}
	moved := Part[string]{State: Failed}
	moved.Evidence.HTTPStatus, moved.Evidence.BucketRegion = 301, "us-west-2"
	for _, c := range []struct {
		name   string
		place  place
		status Status
		what   string
		causes string
	}{
		{"as typed", place{head: here, location: here}, Pass, "pass", ""},
		{"a HEAD alone", place{head: here, location: denied}, Pass, "pass", ""},
		{"the location alone", place{head: denied, location: here}, Pass, "pass", ""},
		{"elsewhere", place{head: moved, location: Of("us-west-2")}, Fail, "region", "wrong-region:certain"},
		{"elsewhere, says the HEAD", place{head: moved, location: Part[string]{State: Failed}}, Fail, "region", "wrong-region:certain"},
		{"missing", place{head: gone, location: gone}, Fail, "missing", "bucket-not-found:certain"},
		{"somebody else's", place{head: denied, location: denied, foreign: true}, Fail, "foreign", "bucket-foreign-owner:certain"},
		{"a directory bucket", place{head: here, location: here, directory: true}, Fail, "type", "bucket-type-unsupported:certain"},
		{"not to be asked", place{head: denied, location: denied}, Unknown, "unknown", ""},
		{"no answer", place{head: Part[string]{State: Failed}, location: Part[string]{State: Failed}}, Unknown, Unread, ""},
	} {
		f := judgeBucket(c.place, asking().wants)
		if f.Status != c.status || f.What != c.what || causesOf(f) != c.causes {
			t.Errorf("%s: %s %s [%s]", c.name, f.Status, f.What, causesOf(f))
		}
	}
}
