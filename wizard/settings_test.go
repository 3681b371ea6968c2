package wizard

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The table of fields, in the order in which the contract documents them,
// names every setting there is.
func TestFieldsAreTheContractsTable(t *testing.T) {
	want := []string{
		"integration integration MEDIADOCK_INTEGRATION locked required",
		"bucket bucket MEDIADOCK_BUCKET locked required",
		"region region MEDIADOCK_REGION locked required",
		"access access MEDIADOCK_ACCESS free",
		"role_arn role-arn MEDIADOCK_ROLE_ARN rotate required",
		"external_id external-id MEDIADOCK_EXTERNAL_ID rotate required",
		"trusted_principal trusted-principal MEDIADOCK_TRUSTED_PRINCIPAL free",
		"prefix prefix MEDIADOCK_PREFIX locked",
		"domain domain MEDIADOCK_DOMAIN locked",
		"fix_file_names fix-file-names MEDIADOCK_FIX_FILE_NAMES locked",
		"distribution distribution MEDIADOCK_DISTRIBUTION free",
		"service_id service-id MEDIADOCK_SERVICE_ID locked",
		"managed_by managed-by MEDIADOCK_MANAGED_BY free",
		"notes notes MEDIADOCK_NOTES free",
	}
	var got []string
	for _, f := range Fields("microcms") {
		line := strings.Join([]string{f.Key, f.Flag, f.Env, f.Locked}, " ")
		if f.Required {
			line += " required"
		}
		got = append(got, line)
		if (f.Kind == OneOf) != (f.Choices != nil) {
			t.Errorf("%s: choices do not fit its kind", f.Key)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if n := reflect.TypeFor[Settings]().NumField(); n != len(allFields) {
		t.Errorf("Settings has %d fields, the table %d", n, len(allFields))
	}
}

func TestEveryFieldIsAskedOnce(t *testing.T) {
	var asked []string
	for _, step := range microcms.Steps {
		asked = append(asked, step.Fields...)
	}
	if i := slices.Index(asked, PartsKey); i >= 0 { // two settings follow from it alone
		asked = append(slices.Delete(asked, i, i+1), "access", "managed_by")
	}
	slices.Sort(asked)
	all := slices.Clone(microcms.Fields)
	slices.Sort(all)
	if !slices.Equal(asked, all) {
		t.Errorf("steps ask %q, the integration has %q", asked, all)
	}
}

func TestGetReturnsWhatSetPut(t *testing.T) {
	for i, f := range allFields {
		var s Settings
		want := "value"
		if f.Kind == Toggle {
			want = "true"
		}
		Set(&s, f.Key, want)
		if got := Get(s, f.Key); got != want {
			t.Errorf("%s: %q", f.Key, got)
		}
		tag, _, _ := strings.Cut(reflect.TypeFor[Settings]().Field(i).Tag.Get("json"), ",")
		if tag != f.Key && !slices.ContainsFunc(allFields, func(f Field) bool { return f.Key == tag }) {
			t.Errorf("%s is no key of the table", tag)
		}
	}
	var s Settings
	Set(&s, "no such key", "x")
	if s != (Settings{}) || Get(s, "no such key") != "" {
		t.Error("an unknown key did something")
	}
}

func TestExamplesAndDefaultsAreValid(t *testing.T) {
	for _, f := range allFields {
		if f.Example == "" {
			continue
		}
		if _, _, err := CheckField(f.Key, f.Example, Settings{}); err != nil {
			t.Errorf("%s: the example %q is refused: %s", f.Key, f.Example, err.TextID())
		}
	}
	s := Defaults(Settings{})
	if want := (Settings{Integration: "microcms", Access: "role", ManagedBy: "mediadock"}); s != want {
		t.Errorf("defaults are %+v", s)
	}
	if got := Defaults(Settings{Integration: "imgix"}).Access; got != "caller" {
		t.Errorf("imgix is reached as %q", got)
	}
	kept := Settings{Integration: "x", Access: "y", ManagedBy: "z"}
	if Defaults(kept) != kept {
		t.Error("a default replaced a value")
	}
}

func TestValidateNamesEverythingAtOnceInOrder(t *testing.T) {
	want := []string{"bucket.missing", "region.missing", "role_arn.missing", "external_id.missing"}
	if got := codes(Validate(Settings{})); !slices.Equal(got, want) {
		t.Errorf("empty: %q, want %q", got, want)
	}
	if got := Validate(complete); got != nil {
		t.Errorf("complete settings: %q", codes(got))
	}
	s := Settings{Bucket: "media-111122223333-us-west-2-an", Region: "cn-north-1", RoleARN: role, ExternalID: "x", Prefix: "a//b", Access: "keys"}
	want = []string{"bucket.region_mismatch", "bucket.account_mismatch", "access.unknown", "role_arn.partition", "external_id.too_short", "prefix.empty_segment"}
	if got := codes(Validate(s)); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	want = []string{"bucket.missing", "region.missing", "storage_name.missing", "paths.missing"}
	if got := codes(Validate(Settings{Integration: "amplify"})); !slices.Equal(got, want) {
		t.Errorf("amplify: %q, want %q", got, want)
	}
	want = []string{"bucket.missing", "region.missing", "subdomain.missing"}
	if got := codes(Validate(Settings{Integration: "imgix"})); !slices.Equal(got, want) {
		t.Errorf("imgix: %q, want %q", got, want)
	}
	// What is wrong in itself is not compared with the other fields.
	half := Settings{Bucket: "media-111122223333-us-west-2-an", Region: "us-west-2", RoleARN: "arn:aws-cn:iam::44445555666:role/R", ExternalID: strong}
	if got := codes(Validate(half)); !slices.Equal(got, []string{"role_arn.account"}) {
		t.Errorf("half an ARN: %q", got)
	}
	for _, e := range Validate(s) {
		if !strings.HasPrefix(e.Code, e.Field+".") {
			t.Errorf("%s is reported at %s", e.Code, e.Field)
		}
	}
}

func TestApply(t *testing.T) {
	s, notices, errs := Apply(Settings{Bucket: "alpha", Notes: "kept"}, map[string]string{
		"region": " ap-northeast-1", "role_arn": role, "external_id": strong, "domain": "m.acme.jp", "fix_file_names": "on", "schema": "1",
	})
	if errs != nil {
		t.Fatalf("%q", codes(errs))
	}
	if s.Bucket != "alpha" || s.Notes != "kept" || s.Region != "ap-northeast-1" || s.Domain != "https://m.acme.jp" || !s.FixFileNames || s.ManagedBy != "mediadock" {
		t.Errorf("got %+v", s)
	}
	var got []string
	for _, n := range notices {
		got = append(got, n.Field+" "+n.Code)
	}
	if want := []string{"region space_removed", "domain domain.scheme_added"}; !slices.Equal(got, want) {
		t.Errorf("notices %q, want %q", got, want)
	}
	_, _, errs = Apply(complete, map[string]string{"fix_file_names": "maybe", "bucket": "Alpha", "prefix": ""})
	if want := []string{"bucket.uppercase", "fix_file_names.unknown"}; !slices.Equal(codes(errs), want) {
		t.Errorf("got %q, want %q", codes(errs), want)
	}
}

func TestNormaliseKeepsWhatIsWrong(t *testing.T) {
	s, notices := Normalise(Settings{Bucket: " Alpha ", Domain: "HTTP://x", Prefix: "/media"})
	if s.Bucket != "Alpha" || s.Domain != "HTTP://x" || s.Prefix != "media" {
		t.Errorf("got %+v", s)
	}
	if len(notices) != 2 {
		t.Errorf("notices %+v", notices)
	}
}

func TestDiffAndLocks(t *testing.T) {
	old := complete
	changed := old
	changed.Notes, changed.ExternalID, changed.FixFileNames = "n", "md-other-external-id", true
	changes := Diff(old, changed)
	want := []Change{
		{"external_id", strong, "md-other-external-id", Rotate},
		{"fix_file_names", "false", "true", Locked},
		{"notes", "", "n", Free},
	}
	if !slices.Equal(changes, want) {
		t.Errorf("got %+v", changes)
	}
	if !LockedBy(changes, Locked) || !LockedBy(changes, Rotate) || LockedBy(changes[2:], Locked) {
		t.Error("the locks of the changes are wrong")
	}
	if !Equal(old, Defaults(old)) || Equal(old, changed) {
		t.Error("Equal is wrong")
	}
}

func TestGeneratedIDs(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		id := GenerateExternalID()
		if _, notices, err := CheckField("external_id", id, Settings{}); err != nil || len(notices) > 0 {
			t.Fatalf("%q: %v %v", id, notices, err)
		}
		if !regexp.MustCompile(`^md-[a-z2-7]{32}$`).MatchString(id) || seen[id] { // 5 bits a letter
			t.Fatalf("%q", id)
		}
		seen[id] = true
		service := GenerateServiceID()
		if _, notices, err := CheckField("service_id", service, Settings{}); err != nil || len(notices) > 0 || seen[service] {
			t.Fatalf("%q: %v %v", service, notices, err)
		}
		seen[service] = true
	}
}

func TestMaskExternalID(t *testing.T) {
	for in, want := range map[string]string{"": "", "a1": "…", "0123456789abcde": "…", "0123456789abcdef": "0123…cdef"} {
		if got := MaskExternalID(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestSampleURLs(t *testing.T) {
	want := []string{
		"https://alpha.s3.ap-northeast-1.amazonaws.com/media/image.png",
		"https://alpha.s3.ap-northeast-1.amazonaws.com/media/sample.pdf",
		"https://alpha.s3.ap-northeast-1.amazonaws.com/media/%E5%86%99%E7%9C%9F.png",
	}
	if got := SampleURLs(complete); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	s := complete
	s.Domain, s.Prefix = "https://m.acme.jp", ""
	if got := SampleURLs(s)[0]; got != "https://m.acme.jp/image.png" {
		t.Errorf("got %q", got)
	}
}

func TestBucketOwner(t *testing.T) {
	for name, want := range map[string][2]string{
		"x-111122223333-us-west-2-an":                     {"111122223333", "us-west-2"},
		"a-444455556666-b-111122223333-ap-northeast-1-an": {"111122223333", "ap-northeast-1"},
		"x-111122223333-us-gov-west-1-an":                 {"111122223333", "us-gov-west-1"},
		"x-111122223333-us-west-2":                        {},
		"111122223333-us-west-2-an":                       {},
		"x-111122223333-us-west-an":                       {},
	} {
		account, region, ok := BucketOwner(name)
		if [2]string{account, region} != want || ok != (want[0] != "") {
			t.Errorf("%s: %s %s %v", name, account, region, ok)
		}
	}
}
