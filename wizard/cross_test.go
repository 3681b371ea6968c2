package wizard

import (
	"slices"
	"strings"
	"testing"
)

// whole are settings of which every one is valid, with changes.
func whole(pairs ...string) Settings {
	s := Defaults(Settings{Bucket: "alpha", Region: "ap-northeast-1", RoleARN: role, ExternalID: strong, TrustedPrincipal: "999988887777"})
	for i := 0; i < len(pairs); i += 2 {
		Set(&s, pairs[i], pairs[i+1])
	}
	return s
}

// Fields that are valid alone and contradict one another, and whole sets of
// answers; "field/other code" for each error, in the order of the form.
var crossRows = []struct {
	name string
	in   Settings
	want []string
}{
	{"complete", whole(), nil},
	{"the caller's own rights", whole("access", "caller"), nil},
	{"nothing but what is required", whole("trusted_principal", ""), nil},
	{"empty", Settings{}, []string{"bucket.missing", "region.missing", "role_arn.missing", "external_id.missing"}},
	{"the caller's own rights need the CMS's settings, too", Settings{Access: "caller"}, []string{"bucket.missing", "region.missing", "role_arn.missing", "external_id.missing"}},
	{"named bucket, all agree", whole("bucket", "media-210987654321-ap-northeast-1-an"), nil},
	{"named bucket, other account", whole("bucket", "media-999988887776-ap-northeast-1-an"), []string{"bucket/role_arn bucket.account_mismatch"}},
	{"named bucket, other Region", whole("bucket", "media-210987654321-eu-west-1-an"), []string{"bucket/region bucket.region_mismatch"}},
	{"named bucket, both", whole("bucket", "media-999988887776-eu-west-1-an"), []string{"bucket/region bucket.region_mismatch", "bucket/role_arn bucket.account_mismatch"}},
	{"named bucket, a role without a good account", whole("bucket", "media-999988887776-ap-northeast-1-an", "role_arn", "arn:aws:iam::21098765432:role/R"), []string{"role_arn.account"}},
	{"named bucket, a Region that is none", whole("bucket", "media-210987654321-eu-west-1-an", "region", "Tokyo"), []string{"region.display_name"}},
	{"role in China, bucket in Tokyo", whole("role_arn", "arn:aws-cn:iam::210987654321:role/R"), []string{"role_arn/region role_arn.partition"}},
	{"role and bucket in China", whole("role_arn", "arn:aws-cn:iam::210987654321:role/R", "region", "cn-north-1"), nil},
	{"role elsewhere, bucket in GovCloud", whole("region", "us-gov-east-1"), []string{"role_arn/region role_arn.partition"}},
	{"role elsewhere, bucket in the Sovereign Cloud", whole("region", "eusc-de-east-1"), []string{"role_arn/region role_arn.partition"}},
	{"a Region that nobody knows yet keeps its partition", whole("region", "cn-south-9"), []string{"role_arn/region role_arn.partition"}},
	{"trusted principal in China", whole("trusted_principal", "arn:aws-cn:iam::999988887777:root"), []string{"trusted_principal/role_arn trusted_principal.partition"}},
	{"trusted account has no partition", whole("role_arn", "arn:aws-cn:iam::210987654321:role/R", "region", "cn-north-1", "trusted_principal", "999988887777"), nil},
	{"distribution in China", whole("distribution", "arn:aws-cn:cloudfront::210987654321:distribution/E2EXAMPLE"), []string{"distribution/region distribution.partition"}},
	{"bucket in China, distribution elsewhere", whole("region", "cn-north-1", "role_arn", "arn:aws-cn:iam::210987654321:role/R", "distribution", "arn:aws:cloudfront::210987654321:distribution/E2EXAMPLE"), []string{"distribution/region distribution.partition"}},
	{"GovCloud uses the one CloudFront", whole("region", "us-gov-west-1", "role_arn", "arn:aws-us-gov:iam::210987654321:role/R", "distribution", "arn:aws:cloudfront::210987654321:distribution/E2EXAMPLE"), nil},
	{"distribution of another account", whole("distribution", "arn:aws:cloudfront::999988887776:distribution/E2EXAMPLE"), nil},
	{"secrets in two fields", whole("prefix", madeUpSecret, "notes", "key "+madeUpKeyID), []string{"prefix.secret", "notes.secret"}},
	{"everything wrong", Settings{Integration: "wordpress", Bucket: "A_b", Region: "Mars", Access: "x", RoleARN: "x:y", ExternalID: "a", TrustedPrincipal: "*",
		Prefix: "//", Domain: "http://x.jp", Distribution: "?", ServiceID: "サ", ManagedBy: "x", Notes: "\x1b"}, []string{
		"integration.unknown", "bucket.charset", "region.unknown", "access.unknown", "role_arn.format", "external_id.too_short", "trusted_principal.wildcard",
		"domain.scheme", "distribution.format", "service_id.charset", "managed_by.unknown", "notes.charset"}},
}

func TestWholeSettings(t *testing.T) {
	for _, r := range crossRows {
		t.Run(r.name, func(t *testing.T) {
			var got []string
			for _, e := range Validate(r.in) {
				said := e.Code
				if e.Other != "" {
					said = e.Field + "/" + e.Other + " " + e.Code
				}
				got = append(got, said)
			}
			if !slices.Equal(got, r.want) {
				t.Errorf("got  %q\nwant %q", got, r.want)
			}
			// The same is told at each of the two fields.
			for _, e := range crossCheck(r.in) {
				for _, key := range []string{e.Field, e.Other} {
					if _, _, err := CheckField(key, Get(r.in, key), r.in); err == nil || err.Other == "" {
						t.Errorf("%s does not tell %s: %v", key, e.Code, err)
					}
				}
			}
		})
	}
}

// What nobody types on purpose is taken off every field, and told.
func TestEveryFieldIsTrimmedAndSaysSo(t *testing.T) {
	for _, f := range allFields {
		value := f.Example
		if value == "" {
			value = "note"
		}
		plain, before, err := CheckField(f.Key, value, Settings{})
		if err != nil {
			t.Fatalf("%s: %s", f.Key, err.TextID())
		}
		got, notices, err := CheckField(f.Key, "\ufeff\u3000\u200b "+value+" \t\r\n", Settings{})
		if err != nil || got != plain {
			t.Errorf("%s: %q, %v; want %q", f.Key, got, err, plain)
			continue
		}
		if len(notices) != len(before)+2 || notices[0].Code != "invisible_removed" || notices[1].Code != "space_removed" {
			t.Errorf("%s: notices %+v", f.Key, notices)
			continue
		}
		if got := notices[0].Args["codes"]; got != "U+FEFF, U+200B" {
			t.Errorf("%s: invisible %q", f.Key, got)
		}
		if got := notices[1].Args; got["codes"] != "U+3000, U+0020, U+0009" && f.Key != "notes" || !strings.HasPrefix(got["codes"], "U+3000") {
			t.Errorf("%s: trimmed %q", f.Key, got)
		}
	}
}

// The codes that the contract promises.
func TestPromisedCodesExist(t *testing.T) {
	listed := map[string]bool{}
	for _, c := range ErrorCodes() {
		listed[c.ID] = true
	}
	for field, codes := range map[string]string{
		"bucket":      "missing too_short too_long charset uppercase ip_like dots edge reserved not_general_purpose account_mismatch region_mismatch pasted_arn pasted_url",
		"region":      "missing too_long charset unknown zone display_name pseudo partition_unsupported",
		"role_arn":    "missing too_long charset format session user instance_profile policy root service_linked sso_reserved account partition pasted_url",
		"external_id": "missing too_short too_long charset",
		"prefix":      "too_long charset empty_segment dot_segment wildcard variable encoded",
		"domain":      "too_long charset scheme path query port userinfo host ip",
	} {
		for code := range strings.FieldsSeq(codes) {
			if !listed[field+"."+code] {
				t.Errorf("%s.%s is gone", field, code)
			}
		}
	}
}
