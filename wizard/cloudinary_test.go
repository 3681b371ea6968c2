package wizard

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/documented"
)

const (
	ownKey    = "arn:aws:kms:us-west-2:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	otherKey  = "arn:aws:kms:us-west-2:210987654321:key/0987dcba-09fe-87dc-65ba-ab0987654321"
	keyOfDocs = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
)

var cloudNameRows = []row{
	{in: "demo", want: "demo"},
	{in: "demo, demo-staging、Demo2\ndemo", want: "demo,demo-staging,Demo2"},
	{in: " demo ", want: "demo", notices: []string{"space_removed"}},
	{in: strings.Repeat("a", 128), want: strings.Repeat("a", 128)},
	{in: "ab", want: "ab"},

	{in: "a", err: "cloud_names.too_short"},
	{in: strings.Repeat("a", 129), err: "cloud_names.too_long"},
	{in: "demo,2nd", err: "cloud_names.start"},
	{in: "123456789012345", err: "cloud_names.start"},
	{in: "-demo", err: "cloud_names.start"},
	{in: "my_demo", err: "cloud_names.charset"},
	{in: "ｄｅｍｏ", err: "cloud_names.charset", suggest: "demo"},
	{in: "demo,ｓｔａｇｅ", err: "cloud_names.charset", suggest: "demo,stage"},
	{in: "CLOUDINARY_CLOUD_NAME=demo", err: "cloud_names.charset", suggest: "demo"},
	{in: ".wellknown/cloudinary/demo", err: "cloud_names.charset"},
	{in: "https://res.cloudinary.com/demo/image/upload/w_100,h_100/sample.jpg", err: "cloud_names.pasted_url", suggest: "demo"},
	{in: "res.cloudinary.com/demo", err: "cloud_names.pasted_url", suggest: "demo"},
	{in: "https://alpha-res.cloudinary.com/image/upload/sample.jpg", err: "cloud_names.pasted_url", suggest: "alpha"},
	{in: "https://api.cloudinary.com/v1_1/demo/image/upload", err: "cloud_names.pasted_url", suggest: "demo"},
	{in: "https://console.cloudinary.com/console/c-0123456789abcdef/getting-started", err: "cloud_names.pasted_url.console"},
	{in: "https://res.cloudinary.com/", err: "cloud_names.pasted_url"},
	{in: "cloudinary://123456789012345:a-secret_of-mine@demo", err: "any.secret.cloudinary_url"},
	{in: "CLOUDINARY_URL=cloudinary://123456789012345:a-secret_of-mine@demo", err: "any.secret.cloudinary_url"},
}

var keyRows = []row{
	{in: "", want: ""},
	{in: ownKey, want: ownKey},
	{in: ownKey + "," + otherKey, want: ownKey + "," + otherKey},
	{in: "arn:aws:kms:us-west-2:210987654321:key/mrk-1234abcd12ab34cd56ef1234567890ab", want: "arn:aws:kms:us-west-2:210987654321:key/mrk-1234abcd12ab34cd56ef1234567890ab"},
	{in: "*", want: "*", notices: []string{"kms_key_arns.all"}},
	{in: keyOfDocs, want: keyOfDocs, notices: []string{"kms_key_arns.example_account"}},
	{in: ownKey, with: Settings{Bucket: "alpha-123456780000-us-west-2-an", Region: "us-west-2"}, want: ownKey, notices: []string{"kms_key_arns.other_account"}},

	{in: "*," + ownKey, err: "kms_key_arns.all_and_named", suggest: ownKey},
	{in: "alias/media", err: "kms_key_arns.alias"},
	{in: "arn:aws:kms:us-west-2:210987654321:alias/media", err: "kms_key_arns.alias"},
	{in: "alias/aws/s3", err: "kms_key_arns.managed"},
	{in: "aws/s3", err: "kms_key_arns.managed"},
	{in: "arn:aws:kms:us-west-2:210987654321:alias/aws/s3", err: "kms_key_arns.managed"},
	{in: "1234abcd-12ab-34cd-56ef-1234567890ab", err: "kms_key_arns.bare_id"},
	{in: "1234abcd-12ab-34cd-56ef-1234567890ab", with: Settings{Bucket: "alpha-210987654321-us-west-2-an", Region: "us-west-2"}, err: "kms_key_arns.bare_id", suggest: ownKey},
	{in: otherKey + ",1234abcd-12ab-34cd-56ef-1234567890ab", with: Settings{Region: "us-west-2"}, err: "kms_key_arns.bare_id", suggest: otherKey + "," + ownKey},
	{in: "https://us-west-2.console.aws.amazon.com/kms/home?region=us-west-2#/kms/keys/1234abcd-12ab-34cd-56ef-1234567890ab", err: "kms_key_arns.pasted_url"},
	{in: "arn:aws:kms:us-west-2:2109-8765-4321:key/1234abcd-12ab-34cd-56ef-1234567890ab", err: "kms_key_arns.account", suggest: ownKey},
	{in: "arn:aws:kms:us-west-2:210987654321:key/*", err: "kms_key_arns.format"},
	{in: "arn:aws:iam::210987654321:role/R", err: "kms_key_arns.format"},
	{in: strings.ToUpper(ownKey[:3]) + ownKey[3:], err: "kms_key_arns.format", suggest: ownKey},
	{in: "ａｒｎ:aws:kms", err: "kms_key_arns.charset"},
	{in: ownKey + strings.Repeat("a", 2048), err: "kms_key_arns.too_long"},
	{in: ownKey, with: Settings{Integration: "cloudinary", Region: "eu-west-1"}, err: "kms_key_arns.region"},
}

var cloudinaryBucketRows = []row{
	{in: "alpha.prod", with: Settings{Integration: "cloudinary"}, err: "bucket.dots.cloudinary", notices: []string{"bucket.dotted"}},
	{in: "alpha-prod", with: Settings{Integration: "cloudinary"}, want: "alpha-prod"},
}

var cloudinaryRegionRows = []row{
	{in: "cn-north-1", with: Settings{Integration: "cloudinary"}, err: "region.partition_unsupported.cloudinary"},
}

func cloudinarySettings() Settings {
	return Settings{Integration: "cloudinary", Bucket: "demobucket", Region: "us-west-2", Prefix: "media", CloudNames: "demo", KMSKeyARNs: ownKey + "," + otherKey}
}

// The documents are Cloudinary's own, and decide as they are meant to.
func TestCloudinaryPieces(t *testing.T) {
	for _, tight := range []bool{false, true} {
		all, problems := Pieces(cloudinarySettings(), DocumentAll, tight)
		if len(problems) > 0 || len(all) != 3 {
			t.Fatalf("%d pieces, %v", len(all), problems)
		}
		bucket, key := all[0], all[1]
		if bucket.On != OnBucket || bucket.Of != "demobucket" || key.On != OnKey || key.Of != ownKey || all[2].Of != otherKey || all[2].ID != "kms-key-2" {
			t.Errorf("%+v", all)
		}
		if bucket.Policy.ID != "AWSConsole-AccessLogs-Policy-demobucket-cloudinary" || bucket.Policy.Statements[0].Sid != "AWSConsoleStmt-demobucket-cloudinary" {
			t.Errorf("Id %q, Sid %q", bucket.Policy.ID, bucket.Policy.Statements[0].Sid)
		}
		for _, c := range []struct {
			account, action, key string
			want                 bool
		}{
			{documented.CloudinaryAccount, "s3:GetObject", "media/a.jpg", true},
			{documented.CloudinaryAccount, "s3:GetObject", ".wellknown/cloudinary/demo", true},
			{documented.CloudinaryAccount, "s3:GetObject", "backup/a.jpg", !tight},
			{documented.CloudinaryAccount, "s3:PutObject", "media/a.jpg", false},
			{documented.CloudinaryAccount, "s3:DeleteObject", ".wellknown/cloudinary/demo", false},
			{"999988887777", "s3:GetObject", "media/a.jpg", false},
		} {
			got := policy.Evaluate(policy.Request{
				Principal: policy.Principal{Kind: policy.Root, Account: c.account, ARN: "arn:aws:iam::" + c.account + ":root"},
				Action:    c.action, Resource: "arn:aws:s3:::demobucket/" + c.key, ResourceAccount: "210987654321",
			}, policy.Policies{Resource: bucket.Policy}).Allowed
			if got != c.want {
				t.Errorf("tight %t: %s %s by %s is %t", tight, c.action, c.key, c.account, got)
			}
		}
		if r := key.Policy.Statements[0].Resource; len(r) != 1 || r[0] != ownKey {
			t.Errorf("the key's statement is about %v", r)
		}
	}
}

// Without keys there is nothing to say of them, and all of them are said only
// when asked for.
func TestCloudinaryKeys(t *testing.T) {
	s := cloudinarySettings()
	s.KMSKeyARNs = ""
	if all, problems := Pieces(s, DocumentAll, false); len(all) != 1 || len(problems) > 0 {
		t.Errorf("%v, %v", all, problems)
	}
	if _, problems := Pieces(s, DocumentKMS, false); len(problems) != 1 || problems[0].Code != "kms_key_arns.missing" {
		t.Errorf("%v", problems)
	}
	s.KMSKeyARNs = AllKMSKeys
	all, _ := Pieces(s, DocumentKMS, false)
	if len(all) != 1 || all[0].Of != "" || all[0].Policy.Statements[0].Resource[0] != "*" {
		t.Errorf("%+v", all)
	}
	poc := false
	for _, f := range Facts(s) {
		poc = poc || f.ID == "cloudinary-poc"
	}
	if !poc {
		t.Error("nothing warns of all keys")
	}
	s.Bucket = "demo.bucket"
	if _, problems := Pieces(s, DocumentBucket, false); len(problems) != 1 || problems[0].TextID() != "error.bucket.dots.cloudinary" {
		t.Errorf("%v", problems)
	}
}

// What is to be done next has the connection's own values.
func TestTheNextStepHasExactValues(t *testing.T) {
	args := NextArgs(cloudinarySettings())
	for k, want := range map[string]string{
		"folder": "media", "source": "s3://demobucket/media/", "cloud": "demo",
		"url": "https://res.cloudinary.com/demo/image/upload/media/image.png", "sample": "media/image.png",
	} {
		if args[k] != want {
			t.Errorf("%s is %q, want %q", k, args[k], want)
		}
	}
}
