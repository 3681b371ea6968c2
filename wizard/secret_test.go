package wizard

import (
	"strings"
	"testing"
)

// Made up, or AWS's own examples.
const (
	madeUpKeyID   = "AKIAIOSFODNN7EXAMPLE"
	madeUpSecret  = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	madeUpSecret2 = "je7MtGbClwBF2Zp9Utk3h3yCo8nvbEXAMPLEKEY1" // no / or +
	madeUpToken   = "IQoJb3JpZ2luX2VjEJr//////////wEaDmFwLW5vcnRoZWFzdC0xIkcwRQIhAK"
)

var secretRows = map[string][]row{
	"bucket": {
		{in: madeUpKeyID, err: "any.secret.access_key"},
		{in: "ASIAIOSFODNN7EXAMPLE", err: "any.secret.access_key"},
		{in: madeUpSecret, err: "any.secret.secret_key"},
		{in: madeUpSecret2, err: "any.secret.secret_key"},
		{in: madeUpToken, err: "any.secret.session_token"},
		{in: "AWS_BUCKET=alpha\nAWS_SECRET_ACCESS_KEY=" + madeUpSecret, err: "any.secret.secret_key"},
		{in: `{"Credentials": {"AccessKeyId": "` + madeUpKeyID + `"}}`, err: "any.secret.access_key"},
		{in: "-----BEGIN RSA PRIVATE KEY-----\nMIIE", err: "any.secret.private_key"},
		// 40 hexadecimal digits are a good name; so are words.
		{in: "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12", want: "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"},
		{in: "https://alpha.s3.ap-northeast-1.amazonaws.com/a.png?X-Amz-Credential=" + madeUpKeyID + "%2F20261121&X-Amz-Security-Token=" + madeUpToken[:20] + "&X-Amz-Signature=00", err: "bucket.pasted_url", suggest: "alpha", also: also{"region": "ap-northeast-1"}},
	},
	"external_id": {
		{in: madeUpKeyID, err: "any.secret.access_key"},
		{in: madeUpSecret, err: "any.secret.secret_key"},
		{in: "SecretAccessKey: " + madeUpSecret2, err: "any.secret.secret_key"},
		{in: madeUpToken, err: "any.secret.session_token"},
		{in: madeUpSecret2, want: madeUpSecret2}, // a generator's 40 letters
		{in: "md-AKIA", want: "md-AKIA", notices: []string{"external_id.weak"}},
	},
	"role_arn": {
		{in: madeUpSecret, err: "any.secret.secret_key"},
		{in: "AmazonEKSClusterRoleForProductionApps012", err: "role_arn.format.bare_name"},
		{in: "arn:aws:iam::210987654321:role/" + madeUpSecret2, want: "arn:aws:iam::210987654321:role/" + madeUpSecret2},
	},
	"prefix": {
		{in: madeUpSecret2, err: "any.secret.secret_key"},
		{in: "media/2026/Images/Summer/Tokyo/Photos1/aB", want: "media/2026/Images/Summer/Tokyo/Photos1/aB"},
	},
	"notes": {
		{in: "key " + madeUpKeyID, err: "any.secret.access_key"},
		{in: "鍵: " + madeUpSecret + " です", err: "any.secret.secret_key"},
		{in: "aws_session_token = FwoGZXIvYXdzEBYaDHq", err: "any.secret.session_token"},
		{in: "-----BEGIN PRIVATE KEY-----", err: "any.secret.private_key"},
		{in: "The secret access key is with Sato.", want: "The secret access key is with Sato."},
		{in: "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12", want: "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"},
	},
}

// No field takes a secret, and nothing that is said about it repeats it.
func TestNoFieldTakesASecret(t *testing.T) {
	for _, f := range allFields {
		for _, secret := range []string{madeUpKeyID, madeUpSecret, madeUpToken, "x=" + madeUpSecret, "-----BEGIN EC PRIVATE KEY-----"} {
			if f.Key == "external_id" && strings.HasPrefix(secret, "x=") {
				continue // the grammar allows it, and it may be a generator's
			}
			_, notices, err := CheckField(f.Key, secret, Settings{})
			if err == nil || err.Code != f.Key+".secret" {
				t.Errorf("%s takes %q: %v", f.Key, secret, err)
				continue
			}
			said := []string{err.Suggestion}
			for _, v := range err.Args {
				said = append(said, v)
			}
			for _, v := range err.Also {
				said = append(said, v)
			}
			for _, n := range notices {
				for _, v := range n.Args {
					said = append(said, v)
				}
			}
			for _, v := range said {
				if v != "" && strings.Contains(secret, v) {
					t.Errorf("%s: %q is repeated", f.Key, v)
				}
			}
		}
	}
}

func TestWithoutSecretsKeepsTheRest(t *testing.T) {
	url := "https://alpha.s3.amazonaws.com/a?X-Amz-Signature=00"
	s := Settings{Bucket: url, Region: "ap-northeast-1", RoleARN: madeUpSecret, ExternalID: strong, Prefix: "//", Notes: "use " + madeUpKeyID, FixFileNames: true}
	want := Settings{Region: "ap-northeast-1", ExternalID: strong, Prefix: "//", FixFileNames: true}
	if got := WithoutSecrets(s); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := WithoutSecrets(want); got != want {
		t.Errorf("nothing secret became %+v", got)
	}
}
