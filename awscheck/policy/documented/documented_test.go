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
                "Effect": "Allow",
                "Action": [
                    "s3:GetBucketLocation",
                    "s3:ListBucket"
                ],
                "Resource": "arn:aws:s3:::<bucket>"
            },
            {
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
			want, err := json.MarshalIndent(fill(t, c.want), "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.MarshalIndent(c.got, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
