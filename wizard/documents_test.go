package wizard

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
)

var complete = Settings{Bucket: "alpha", Region: "ap-northeast-1", RoleARN: role, ExternalID: strong, TrustedPrincipal: "999988887777", Prefix: "media"}

func document(t *testing.T, s Settings, kind string, tight bool) string {
	t.Helper()
	d, errs := PolicyDocument(s, kind, tight)
	if len(errs) > 0 {
		t.Fatalf("%s: %q", kind, codes(errs))
	}
	data, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func wantIn(t *testing.T, doc string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(doc, p) {
			t.Errorf("%q is not in %s", p, doc)
		}
	}
}

func TestPolicyDocumentsNameWhatWasEntered(t *testing.T) {
	wantIn(t, document(t, complete, DocumentTrust, false), `"arn:aws:iam::999988887777:root"`, `"sts:ExternalId":"`+strong+`"`)
	wantIn(t, document(t, complete, DocumentPermissions, false), `"arn:aws:s3:::alpha"`, `"arn:aws:s3:::alpha/media/*"`, "s3:DeleteObject")
	wantIn(t, document(t, complete, DocumentPermissions, true), `"s3:prefix"`)
	wantIn(t, document(t, complete, DocumentBucket, false), `"Principal":"*"`, `"arn:aws:s3:::alpha/media/*"`)
}

func TestBucketPolicyAdmitsTheDistributionAlone(t *testing.T) {
	s := complete
	s.Distribution = "E2EXAMPLE"
	wantIn(t, document(t, s, DocumentBucket, false), "cloudfront.amazonaws.com", `"arn:aws:cloudfront::210987654321:distribution/E2EXAMPLE"`)
	s.Distribution = "arn:aws:cloudfront::444455556667:distribution/EOTHER12"
	wantIn(t, document(t, s, DocumentBucket, false), `"arn:aws:cloudfront::444455556667:distribution/EOTHER12"`)
	s.Distribution, s.RoleARN = "E2EXAMPLE", ""
	if _, errs := PolicyDocument(s, DocumentBucket, false); !slices.Equal(codes(errs), []string{"role_arn.missing"}) {
		t.Errorf("without the role's account: %q", codes(errs))
	}
}

func TestDocumentsFollowThePartition(t *testing.T) {
	s := Settings{Bucket: "alpha", Region: "cn-north-1", RoleARN: "arn:aws-cn:iam::210987654321:role/R", ExternalID: strong, TrustedPrincipal: "999988887777", Distribution: "E2EXAMPLE"}
	wantIn(t, document(t, s, DocumentTrust, false), `"arn:aws-cn:iam::999988887777:root"`)
	wantIn(t, document(t, s, DocumentPermissions, false), `"arn:aws-cn:s3:::alpha/*"`)
	wantIn(t, document(t, s, DocumentBucket, false), `"arn:aws-cn:cloudfront::210987654321:distribution/E2EXAMPLE"`)
	s.Region, s.RoleARN = "us-gov-west-1", "arn:aws-us-gov:iam::210987654321:role/R"
	wantIn(t, document(t, s, DocumentBucket, false), `"arn:aws:cloudfront::210987654321:distribution/E2EXAMPLE"`, "arn:aws-us-gov:s3:::alpha/*")
}

func TestDocumentsNormaliseFirst(t *testing.T) {
	s := complete
	s.Prefix, s.ExternalID = "/media/", " "+strong
	wantIn(t, document(t, s, DocumentBucket, false), `"arn:aws:s3:::alpha/media/*"`)
	wantIn(t, document(t, s, DocumentTrust, false), `"`+strong+`"`)
}

func TestDocumentsSayWhatIsMissing(t *testing.T) {
	docs, errs := Documents(Settings{Bucket: "alpha"})
	var kinds []string
	for _, d := range docs {
		kinds = append(kinds, d.Kind)
	}
	if !slices.Equal(kinds, []string{"permissions", "bucket"}) {
		t.Errorf("wrote %q", kinds)
	}
	if got := codes(errs); !slices.Equal(got, []string{"external_id.missing", "trusted_principal.missing"}) {
		t.Errorf("missing %q", got)
	}
	docs, errs = Documents(Settings{Bucket: "Alpha", Prefix: "media/*"})
	if len(docs) != 0 || !slices.Equal(codes(errs), []string{"bucket.uppercase", "external_id.missing", "trusted_principal.missing", "prefix.wildcard"}) {
		t.Errorf("wrote %d, wrong %q", len(docs), codes(errs))
	}
}

// The role's permissions, as written for microCMS, are exactly the actions
// that the integration says it needs.
func TestPermissionsAreTheIntegrationsActions(t *testing.T) {
	d, errs := PolicyDocument(complete, DocumentPermissions, false)
	if len(errs) > 0 {
		t.Fatal(codes(errs))
	}
	allowed := func(action, resource string) bool {
		return slices.ContainsFunc(d.Statements, func(s policy.Statement) bool {
			return s.Effect == policy.Allow && slices.Contains(s.Action, action) && slices.Contains(s.Resource, resource)
		})
	}
	for _, a := range microcms.BucketActions {
		if !allowed(a, "arn:aws:s3:::alpha") {
			t.Errorf("%s is not allowed on the bucket", a)
		}
	}
	for _, a := range microcms.ObjectActions {
		if !allowed(a, "arn:aws:s3:::alpha/media/*") {
			t.Errorf("%s is not allowed on the objects", a)
		}
	}
}
