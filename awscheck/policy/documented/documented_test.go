package documented

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// The documents of the CMS's documentation, word for word but for the
// placeholders.
const (
	docBucketPublic = `{
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "<optional>",
                "Effect": "Allow",
                "Principal": "*",
                "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::<bucket>/<directory>/*"
            }
        ]
    }`
	docBucketCloudFront = `{
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "<optional>",
                "Effect": "Allow",
                "Principal": {
                    "Service": "cloudfront.amazonaws.com"
                },
                "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::<bucket>/<directory>/*",
                "Condition": {
                    "ArnLike": {
                        "AWS:SourceArn": "arn:aws:cloudfront::<account>:distribution/<distribution>"
                    }
                }
            }
        ]
    }`
	docPermissions = `{
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "<optional>",
                "Effect": "Allow",
                "Action": [
                    "s3:GetBucketLocation",
                    "s3:ListBucket"
                ],
                "Resource": "arn:aws:s3:::<bucket>"
            },
            {
                "Sid": "<optional>",
                "Effect": "Allow",
                "Action": [
                    "s3:GetObject",
                    "s3:PutObject",
                    "s3:DeleteObject"
                ],
                "Resource": "arn:aws:s3:::<bucket>/<directory>/*"
            }
        ]
    }`
	// What the console writes for "another AWS account" with "require
	// external ID".
	docTrust = `{
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "<optional>",
                "Effect": "Allow",
                "Principal": { "AWS": "arn:aws:iam::<account>:root" },
                "Action": "sts:AssumeRole",
                "Condition": { "StringEquals": { "sts:ExternalId": "<external-id>" } }
            }
        ]
    }`
)

var filled = Params{
	Bucket:           "alpha-prod-assets",
	Prefix:           "media/path",
	ExternalID:       "md-0123456789abcdef",
	TrustedPrincipal: "123456789012",
	DistributionARN:  "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE",
}

func fill(t *testing.T, text string) policy.Document {
	t.Helper()
	d, err := policy.Parse([]byte(strings.NewReplacer(
		"<bucket>", "alpha-prod-assets",
		"<directory>", "media/path",
		"<account>", "123456789012",
		"<distribution>", "E2EXAMPLE",
		"<external-id>", "md-0123456789abcdef",
	).Replace(text)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDocumentsEqualTheDocumentation(t *testing.T) {
	for _, c := range []struct {
		row  string
		want string
		got  policy.Document
	}{
		{"M43 bucket policy without CloudFront", docBucketPublic, BucketPublic(filled)},
		{"M44 bucket policy with CloudFront", docBucketCloudFront, BucketCloudFront(filled)},
		{"M47 permissions", docPermissions, Permissions(filled)},
		{"M49 M50 trust with external ID", docTrust, Trust(filled)},
	} {
		t.Run(c.row, func(t *testing.T) {
			want := fill(t, c.want)
			if changes := policy.Diff(want, c.got); changes != nil {
				t.Errorf("the meaning differs: %+v", changes)
			}
			for i := range want.Statements {
				want.Statements[i].Sid = ""
			}
			if got, want := text(t, c.got), text(t, want); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func text(t *testing.T, d policy.Document) string {
	t.Helper()
	b, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// An empty prefix means the whole bucket, never "//*" (D6); slashes that a
// person left on the prefix change nothing.
func TestObjectsARN(t *testing.T) {
	for _, c := range []struct{ partition, prefix, want string }{
		{"", "", "arn:aws:s3:::b/*"},
		{"aws", "media", "arn:aws:s3:::b/media/*"},
		{"aws", "media/path", "arn:aws:s3:::b/media/path/*"},
		{"aws", "/media/", "arn:aws:s3:::b/media/*"},
		{"aws", "/", "arn:aws:s3:::b/*"},
		{"aws-cn", "media", "arn:aws-cn:s3:::b/media/*"},
		{"aws-us-gov", "", "arn:aws-us-gov:s3:::b/*"},
	} {
		p := Params{Partition: c.partition, Bucket: "b", Prefix: c.prefix}
		for name, d := range map[string]policy.Document{
			"BucketPublic": BucketPublic(p), "BucketCloudFront": BucketCloudFront(p),
			"Permissions": Permissions(p), "PermissionsTight": PermissionsTight(p),
		} {
			last := d.Statements[len(d.Statements)-1]
			if len(last.Resource) != 1 || last.Resource[0] != c.want {
				t.Errorf("%s with %+v: %v, want %s", name, c, last.Resource, c.want)
			}
		}
	}
}

func TestTrustedPrincipal(t *testing.T) {
	const role = "arn:aws:iam::123456789012:role/vendor/Runtime"
	for _, c := range []struct{ partition, principal, want string }{
		{"", "123456789012", "arn:aws:iam::123456789012:root"},
		{"aws-cn", "123456789012", "arn:aws-cn:iam::123456789012:root"},
		{"aws", role, role},
		{"aws", "arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:root"},
	} {
		d := Trust(Params{Partition: c.partition, TrustedPrincipal: c.principal, ExternalID: "x"})
		if got := d.Statements[0].Principal.AWS; len(got) != 1 || got[0] != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// What is generated has nothing that Lint would warn of.
func TestDocumentsAreClean(t *testing.T) {
	scope := policy.Scope{Bucket: filled.Bucket, Prefix: filled.Prefix}
	for name, c := range map[string]struct {
		document policy.Document
		kind     policy.Kind
	}{
		"Permissions":      {Permissions(filled), policy.KindIdentity},
		"PermissionsTight": {PermissionsTight(filled), policy.KindIdentity},
		"Trust":            {Trust(filled), policy.KindTrust},
		"BucketPublic":     {BucketPublic(filled), policy.KindBucket},
		"BucketCloudFront": {BucketCloudFront(filled), policy.KindBucket},
		"KeyDefault":       {KeyDefault("aws", "123456789012"), policy.KindKey},
	} {
		for _, f := range policy.LintScope(c.document, c.kind, scope) {
			if f.Severity > policy.SeverityNote {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
}

// The documents do what they are for, and no more.
func TestDocumentsDecide(t *testing.T) {
	const account = "123456789012"
	session := policy.Principal{
		Kind: policy.AssumedRole, Account: account, UserID: "AROAEXAMPLE:s",
		ARN: "arn:aws:sts::" + account + ":assumed-role/MediaRole/s", RoleARN: "arn:aws:iam::" + account + ":role/MediaRole",
	}
	const bucket, inside, outside = "arn:aws:s3:::alpha-prod-assets", "arn:aws:s3:::alpha-prod-assets/media/path/a.png", "arn:aws:s3:::alpha-prod-assets/media/a.png"
	prefixed := map[string][]string{"s3:prefix": {"media/path/"}}
	for _, c := range []struct {
		action, resource string
		context          map[string][]string
		documented       bool
		tight            bool
	}{
		{"s3:GetBucketLocation", bucket, nil, true, true},
		{"s3:ListBucket", bucket, prefixed, true, true},
		{"s3:ListBucket", bucket, nil, true, false},
		{"s3:ListBucket", bucket, map[string][]string{"s3:prefix": {"media/"}}, true, false},
		{"s3:GetObject", inside, nil, true, true},
		{"s3:PutObject", inside, nil, true, true},
		{"s3:DeleteObject", inside, nil, true, true},
		{"s3:AbortMultipartUpload", inside, nil, false, true},
		{"s3:PutObjectAcl", inside, nil, false, false},
		{"s3:GetObject", outside, nil, false, false},
		{"s3:PutObject", outside, nil, false, false},
		{"s3:DeleteObject", outside, nil, false, false},
		{"s3:DeleteBucket", bucket, nil, false, false},
	} {
		for name, d := range map[string]struct {
			document policy.Document
			want     bool
		}{"documented": {Permissions(filled), c.documented}, "tight": {PermissionsTight(filled), c.tight}} {
			got := policy.Evaluate(policy.Request{
				Principal: session, Action: c.action, Resource: c.resource, ResourceAccount: account, Context: c.context,
			}, policy.Policies{Identity: []policy.Document{d.document}})
			if got.Allowed != d.want {
				t.Errorf("%s: %s on %s with %v: allowed = %v", name, c.action, c.resource, c.context, got.Allowed)
			}
		}
	}
}

func TestTrustDecides(t *testing.T) {
	vendor := policy.Principal{Kind: policy.User, Account: "123456789012", ARN: "arn:aws:iam::123456789012:user/cms"}
	stranger := policy.Principal{Kind: policy.User, Account: "999988887777", ARN: "arn:aws:iam::999988887777:user/eve"}
	may := policy.Document{Version: policy.Version2012, Statements: []policy.Statement{{
		Effect: policy.Allow, Action: []string{"sts:AssumeRole"}, Resource: []string{"*"},
	}}}
	trust := Trust(filled)
	for _, c := range []struct {
		who     policy.Principal
		context map[string][]string
		want    bool
	}{
		{vendor, map[string][]string{"sts:externalid": {filled.ExternalID}}, true},
		{vendor, nil, false},
		{vendor, map[string][]string{"sts:externalid": {filled.ExternalID + "x"}}, false},
		{vendor, map[string][]string{"sts:externalid": {strings.ToUpper(filled.ExternalID)}}, false},
		{stranger, map[string][]string{"sts:externalid": {filled.ExternalID}}, false},
	} {
		d := policy.Evaluate(policy.Request{
			Principal: c.who, Action: "sts:AssumeRole", Resource: "arn:aws:iam::111122223333:role/MediaRole", ResourceAccount: "111122223333", Context: c.context,
		}, policy.Policies{Identity: []policy.Document{may}, Resource: &trust})
		if d.Allowed != c.want {
			t.Errorf("%s with %v: %+v", c.who.ARN, c.context, d)
		}
	}
}

func TestBucketPoliciesDecide(t *testing.T) {
	cdn := policy.Principal{Kind: policy.Service, Service: "cloudfront.amazonaws.com"}
	anonymous := policy.Principal{Kind: policy.Anonymous}
	ours := map[string][]string{"aws:sourcearn": {filled.DistributionARN}}
	theirs := map[string][]string{"aws:sourcearn": {"arn:aws:cloudfront::999988887777:distribution/EOTHER"}}
	const inside, outside = "arn:aws:s3:::alpha-prod-assets/media/path/a.png", "arn:aws:s3:::alpha-prod-assets/a.png"
	for _, c := range []struct {
		name     string
		document policy.Document
		who      policy.Principal
		action   string
		resource string
		context  map[string][]string
		want     bool
	}{
		{"public: read", BucketPublic(filled), anonymous, "s3:GetObject", inside, nil, true},
		{"public: read outside", BucketPublic(filled), anonymous, "s3:GetObject", outside, nil, false},
		{"public: write", BucketPublic(filled), anonymous, "s3:PutObject", inside, nil, false},
		{"public: list", BucketPublic(filled), anonymous, "s3:ListBucket", "arn:aws:s3:::alpha-prod-assets", nil, false},
		{"CloudFront: our distribution", BucketCloudFront(filled), cdn, "s3:GetObject", inside, ours, true},
		{"CloudFront: another's", BucketCloudFront(filled), cdn, "s3:GetObject", inside, theirs, false},
		{"CloudFront: none named", BucketCloudFront(filled), cdn, "s3:GetObject", inside, nil, false},
		{"CloudFront: outside", BucketCloudFront(filled), cdn, "s3:GetObject", outside, ours, false},
		{"CloudFront: strangers directly", BucketCloudFront(filled), anonymous, "s3:GetObject", inside, ours, false},
	} {
		d := policy.Evaluate(policy.Request{
			Principal: c.who, Action: c.action, Resource: c.resource, ResourceAccount: "123456789012", Context: c.context,
		}, policy.Policies{Resource: &c.document})
		if d.Allowed != c.want {
			t.Errorf("%s: %+v", c.name, d)
		}
	}
	public, private := BucketPublic(filled), BucketCloudFront(filled)
	if !public.Public() || private.Public() {
		t.Error("Block Public Access would judge the bucket policies wrongly")
	}
}
