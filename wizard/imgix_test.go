package wizard

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
)

var source = Settings{Integration: "imgix"}

var keyProfileRows = []row{
	{in: "", want: ""},
	{in: "imgix", want: "imgix"},
	{in: "会社 imgix", want: "会社 imgix"},
	{in: "arn:aws:iam::210987654321:user/imgix", err: "access_key_profile.arn"},
	{in: "[profile imgix]", err: "access_key_profile.header", suggest: "imgix"},
	{in: "[imgix]", err: "access_key_profile.header", suggest: "imgix"},
	{in: "AWS_PROFILE=imgix", err: "access_key_profile.option", suggest: "imgix"},
	{in: "--profile imgix", err: "access_key_profile.option", suggest: "imgix"},
	{in: "profile 'imgix'", err: "access_key_profile.option", suggest: "imgix"},
	{in: "a=b", err: "access_key_profile.charset"},
	{in: "a\nb", err: "access_key_profile.charset", suggest: "ab"},
	{in: strings.Repeat("a", 129), err: "access_key_profile.too_long"},
	// A key is never a profile's name (D12).
	{in: "AKIAIOSFODNN7EXAMPLE", err: "any.secret.access_key"},
	{in: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", err: "any.secret.secret_key"},
}

func subdomainTable(key string) []row {
	forever := []string{key + ".forever"}
	return []row{
		{in: "alpha-prod", want: "alpha-prod", notices: forever},
		{in: "a", want: "a", notices: forever},
		{in: "2026-media", want: "2026-media", notices: forever},
		{in: strings.Repeat("a", 63), want: strings.Repeat("a", 63), notices: forever},
		{in: strings.Repeat("a", 64), err: key + ".too_long"},
		{in: "Alpha", err: key + ".uppercase", suggest: "alpha"},
		{in: "-alpha-", err: key + ".edge", suggest: "alpha"},
		{in: "alpha_prod", err: key + ".charset", suggest: "alpha-prod"},
		{in: "写真", err: key + ".charset"},
		{in: "ａｌｐｈａ", err: key + ".charset", suggest: "alpha"},
		{in: "https://alpha.imgix.net/", err: key + ".pasted_url", suggest: "alpha"},
		{in: "https://Alpha.imgix.net/docs/a.png?w=400", err: key + ".pasted_url", suggest: "alpha"},
		{in: "alpha.imgix.net", err: key + ".pasted_url", suggest: "alpha"},
		{in: "alpha.imgix.video", err: key + ".pasted_url", suggest: "alpha"},
		{in: "img.acme.jp", err: key + ".charset.dots", also: also{"domain": "https://img.acme.jp"}},
		{in: "a.b.imgix.net", err: key + ".charset.dots"},
	}
}

var (
	subdomainRows      = withSource(subdomainTable("subdomain"))
	videoSubdomainRows = append(withSource(append(subdomainTable("video_subdomain"), row{in: "", want: ""})),
		row{in: "alpha", with: Settings{Integration: "imgix", Subdomain: "alpha"}, err: "video_subdomain.same", notices: []string{"video_subdomain.forever"}})
	imgixDomainRows = withSource([]row{
		{in: "img.acme.jp", want: "https://img.acme.jp", notices: []string{"domain.scheme_added"}},
		{in: "https://d111111abcdef8.cloudfront.net", want: "https://d111111abcdef8.cloudfront.net"},
		{in: "https://alpha.imgix.net", err: "domain.host.imgix", also: also{"subdomain": "alpha"}},
	})
)

func withSource(rows []row) []row {
	for i := range rows {
		rows[i].with = source
	}
	return rows
}

var pathRulesRows = []row{
	{in: "", want: ""},
	{in: "include-all", want: `{"mode":"include-all"}`},
	{in: `{"mode":"exclude-all"}`, want: `{"mode":"exclude-all"}`},
	{in: `{"mode":"include","paths":["images/","/images/","/docs/a.pdf"]}`, want: `{"mode":"include","paths":["/images/","/docs/a.pdf"]}`},
	{in: `{"mode":"exclude","paths":["/img"]}`, want: `{"mode":"exclude","paths":["/img"]}`, notices: []string{"path_rules.open_end"}},
	{in: "include images/, /docs/a b/", want: `{"mode":"include","paths":["/images/","/docs/a b/"]}`},
	{in: "exclude", err: "path_rules.paths_missing"},
	{in: "exclude /a/,", err: "path_rules.path_empty"},
	{in: "include-all /a/", err: "path_rules.paths_unused"},
	{in: "everything", err: "path_rules.mode"},
	{in: `["/images/"]`, err: "path_rules.format"},
	{in: `{"mode":"include","prefixes":["/a/"]}`, err: "path_rules.key"},
	{in: `{"mode":"include"}`, err: "path_rules.paths_missing"},
	{in: `{"mode":"include-all","paths":["/a/"]}`, err: "path_rules.paths_unused"},
	{in: `{"mode":"include","paths":["/images/*"]}`, err: "path_rules.path", suggest: `{"mode":"include","paths":["/images/"]}`},
	{in: `{"mode":"include","paths":["https://alpha.imgix.net/a/"]}`, err: "path_rules.path"},
	{in: `{"mode":"include","paths":[""]}`, err: "path_rules.path_empty"},
}

// Both subdomains are told of being the same, and a source has no role.
func TestASourceAsAWhole(t *testing.T) {
	s := Settings{Integration: "imgix", Bucket: "alpha-prod-assets", Region: "us-east-1", Subdomain: "alpha", VideoSubdomain: "alpha", Access: "role", RoleARN: role}
	if got := codes(Validate(s)); !slices.Equal(got, []string{"access.no_role", "role_arn.not_used", "video_subdomain.same"}) {
		t.Errorf("%q", got)
	}
	s.Access, s.RoleARN, s.VideoSubdomain, s.AccessKeyProfile, s.PathRules = "caller", "", "alpha-video", "imgix", `{"mode":"include","paths":["/docs/"]}`
	if got := Validate(s); got != nil {
		t.Errorf("a whole source: %q", codes(got))
	}
	if _, _, err := CheckField("access", "role", s); err == nil || err.Code != "access.no_role" {
		t.Errorf("a role: %v", err)
	}
}

// What follows from an answer is said while it is given: how a path resolves
// (I8), the base URL (I9), where a domain points (I22), how us-east-1 is read
// (I3). What is wrong is followed by nothing.
func TestWhatFollowsFromASourcesAnswers(t *testing.T) {
	s := Settings{Integration: "imgix", Bucket: "alpha-prod-assets", Region: "us-east-1", Prefix: "media", Subdomain: "alpha", Domain: "https://img.acme.jp"}
	for key, want := range map[string]string{
		"prefix": "imgix.prefix media/ docs/image.png media/docs/image.png", "subdomain": "imgix.subdomain https://alpha.imgix.net/docs/image.png",
		"domain": "imgix.domain img.acme.jp alpha", "region": "imgix.us-east-1", "bucket": "", "notes": "",
	} {
		got, ok := LiveOf(s, key)
		said := got.ID
		for _, name := range []string{"dir", "path", "key", "domain", "subdomain"} {
			if v := got.Args[name]; v != "" {
				said += " " + v
			}
		}
		if key == "subdomain" {
			said += " " + got.Args["url"]
		}
		if ok != (want != "") || ok && said != want {
			t.Errorf("%s: %q %v, want %q", key, said, ok, want)
		}
	}
	s.Prefix, s.Region = "", "eu-west-1"
	if got, _ := LiveOf(s, "prefix"); got.ID != "imgix.root" || got.Args["key"] != "docs/image.png" {
		t.Errorf("without a prefix: %+v", got)
	}
	if _, ok := LiveOf(s, "region"); ok {
		t.Error("us-east-1 is spoken of elsewhere")
	}
	s.Subdomain = "No good"
	if _, ok := LiveOf(s, "subdomain"); ok {
		t.Error("a subdomain that is wrong has an address")
	}
	s.Integration = "microcms"
	if got, ok := LiveOf(s, "prefix"); ok {
		t.Errorf("microCMS: %+v", got)
	}
}

// imgix in front of a CMS's bucket takes over where the media are, and nothing
// else (M10).
func TestImgixBesideAConnection(t *testing.T) {
	got := Beside(Settings{Integration: "microcms", Bucket: "alpha", Region: "eu-west-1", Prefix: "media", RoleARN: role, ExternalID: strong, Domain: "https://m.acme.jp", Notes: "n", ServiceID: "x"}, "imgix")
	if want := map[string]string{"bucket": "alpha", "region": "eu-west-1", "prefix": "media"}; !maps.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if got := NameBeside("prod", "imgix"); got != "prod-imgix" {
		t.Error(got)
	}
	if got := NameBeside(strings.Repeat("a", 63), "imgix"); len(got) != 63 || !strings.HasSuffix(got, "-imgix") {
		t.Error(got)
	}
}

// The rules come out of a file as they went in.
func TestPathRulesInAFile(t *testing.T) {
	values, err := FromFile([]byte("integration: imgix\nbucket: alpha-prod-assets\nregion: us-east-1\nsubdomain: alpha\npath_rules:\n  mode: include\n  paths: [images/, /docs/]\n"))
	if err != nil {
		t.Fatal(err)
	}
	s, _, _ := Apply(Settings{}, values)
	if s.PathRules != `{"mode":"include","paths":["/images/","/docs/"]}` {
		t.Errorf("%s", s.PathRules)
	}
	if r := PathRules(s); !r.Shows("/docs/a.pdf") || r.Shows("/a.pdf") {
		t.Errorf("rules %+v", r)
	}
}

// The addresses of media are imgix's, without the source's prefix (I8).
func TestSamplesOfASource(t *testing.T) {
	s := Settings{Integration: "imgix", Bucket: "alpha-prod-assets", Region: "us-east-1", Subdomain: "alpha", Prefix: "media"}
	if got := SampleURLs(s)[:2]; !slices.Equal(got, []string{"https://alpha.imgix.net/image.png", "https://alpha.imgix.net/sample.pdf"}) {
		t.Errorf("%q", got)
	}
	if s.Domain = "https://img.acme.jp"; SampleURLs(s)[0] != "https://img.acme.jp/image.png" {
		t.Errorf("%q", SampleURLs(s)[0])
	}
}

// reader is the user whose key imgix holds.
var reader = policy.Principal{Kind: policy.User, Account: "210987654321", ARN: "arn:aws:iam::210987654321:user/imgix"}

// The documents allow what imgix does, and nothing else.
func TestPermissionsOfASource(t *testing.T) {
	const bucket = "arn:aws:s3:::alpha-prod-assets"
	requests := []struct {
		action, resource string
		full, tight      bool
	}{
		{"s3:ListBucket", bucket, true, true},
		{"s3:GetBucketLocation", bucket, true, true},
		{"s3:GetObject", bucket + "/media/a.png", true, true},
		{"s3:GetObject", bucket + "/other/a.png", true, false},
		{"s3:GetObject", bucket + "/mediax/a.png", true, false},
		{"s3:GetObject", bucket + "-2/media/a.png", false, false},
		{"s3:ListBucket", bucket + "-2", false, false},
		{"s3:ListAllMyBuckets", "*", false, false},
		{"s3:PutObject", bucket + "/media/a.png", false, false},
		{"s3:DeleteObject", bucket + "/media/a.png", false, false},
		{"s3:GetObjectVersion", bucket + "/media/a.png", false, false},
		{"s3:PutBucketPolicy", bucket, false, false},
		{"sts:AssumeRole", "arn:aws:iam::210987654321:role/x", false, false},
	}
	s := Settings{Integration: "imgix", Bucket: "alpha-prod-assets", Region: "us-east-1", Prefix: "media", Subdomain: "alpha"}
	for _, tight := range []bool{false, true} {
		pieces, errs := Pieces(s, DocumentPermissions, tight)
		if len(errs) > 0 || len(pieces) != 1 || pieces[0].On != OnUser || pieces[0].Policy == nil {
			t.Fatalf("%+v, %v", pieces, errs)
		}
		doc := *pieces[0].Policy
		if doc.Version != policy.Version2012 {
			t.Errorf("version %q", doc.Version)
		}
		for _, r := range requests {
			want := r.full
			if tight {
				want = r.tight
			}
			d := policy.Evaluate(policy.Request{Principal: reader, Action: r.action, Resource: r.resource}, policy.Policies{Identity: []policy.Document{doc}})
			if d.Allowed != want {
				t.Errorf("tight %v: %s on %s is %v", tight, r.action, r.resource, d.Allowed)
			}
		}
	}
	if pieces, _ := Pieces(s, DocumentBucket, false); len(pieces) != 0 {
		t.Errorf("a source has no bucket policy: %+v", pieces)
	}
	s.Bucket = ""
	if _, errs := Pieces(s, DocumentAll, false); len(errs) != 1 || errs[0].Code != "bucket.missing" {
		t.Errorf("without a bucket: %v", errs)
	}
}

// The documented form is the manual's, word for word but for its Version (I20).
func TestDocumentedPermissionsOfASource(t *testing.T) {
	s := Settings{Integration: "imgix", Bucket: "your-bucket", Region: "us-east-1", Subdomain: "alpha"}
	pieces, errs := Pieces(s, DocumentPermissions, false)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	var got, want any
	data, _ := json.Marshal(pieces[0].Policy)
	_ = json.Unmarshal(data, &got)
	_ = json.Unmarshal([]byte(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket","s3:GetBucketLocation"],"Resource":["arn:aws:s3:::your-bucket/*","arn:aws:s3:::your-bucket"]}]}`), &want)
	if a, b := jsonOf(got), jsonOf(want); a != b {
		t.Errorf("%s\nwant %s", a, b)
	}
}

func jsonOf(v any) string {
	data, _ := json.Marshal(v)
	return string(data)
}

// What the manual warns of is told before the first save.
func TestFactsOfASource(t *testing.T) {
	var rows []string
	s := Settings{Integration: "imgix", Region: "us-east-1", Subdomain: "alpha", VideoSubdomain: "alpha-v", Domain: "https://img.acme.jp"}
	for _, f := range Facts(s) {
		for _, r := range imgixFacts {
			if r.id == f.ID {
				rows = append(rows, r.rows...)
			}
		}
	}
	for _, row := range []string{"I2", "I3", "I8", "I9", "I10", "I11", "I12", "I13", "I14", "I15", "I16", "I17", "I18", "I19", "I21", "I22"} {
		if !slices.Contains(rows, row) {
			t.Errorf("nothing says %s", row)
		}
	}
	if _, said := FactByID(Settings{Integration: "imgix", Region: "eu-west-1"}, "imgix-us-east-1"); said {
		t.Error("the note about us-east-1 is said elsewhere")
	}
}

// Settings are shown line by line, tables row by row.
func TestLinesOfSettings(t *testing.T) {
	s := Settings{
		Integration: "imgix", Bucket: "alpha", Notes: "a\nb", CloudNames: "one,two", PathRules: `{"mode":"include","paths":["/docs/","/a b/"]}`,
		Paths: `{"media/*":{"guest":["get","list"],"authenticated":["write"]}}`, AppRoles: `{"guest":"arn:aws:iam::210987654321:role/g","authenticated":"arn:aws:iam::210987654321:role/a"}`,
	}
	for key, want := range map[string]string{
		"bucket": "alpha", "notes": "a|b", "cloud_names": "one|two", "path_rules": "include|/docs/|/a b/", "prefix": "",
		"paths":     "media/* guest get,list|media/* authenticated write",
		"app_roles": "guest arn:aws:iam::210987654321:role/g|authenticated arn:aws:iam::210987654321:role/a",
	} {
		if got := strings.Join(Lines(s, key), "|"); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	s.Paths = "no table"
	if got := Lines(s, "paths"); !slices.Equal(got, []string{"no table"}) {
		t.Errorf("what is no table: %q", got)
	}
}

// Whoever begins with microCMS and then chooses a service without a role is
// asked nothing about roles, and nothing of it is left in the settings.
func TestChangingToAServiceWithoutARole(t *testing.T) {
	for name, began := range map[string]Settings{"nothing answered": {}, "with a role": {Integration: "microcms", Access: "role", RoleARN: role, ExternalID: strong, ManagedBy: "service"}} {
		f := NewFlow(began, "")
		for key, v := range map[string]string{"integration": "imgix", "bucket": "alpha-prod-assets", "region": "eu-west-1", "subdomain": "alpha"} {
			f.Put(key, v)
		}
		if s := f.Settings(); s.Access != "caller" || s.ManagedBy == "" || s.RoleARN != "" {
			t.Errorf("%s: %+v", name, s)
		}
		if errs := f.Problems(); len(errs) > 0 {
			t.Errorf("%s: %q", name, codes(errs))
		}
		f.Put("integration", "microcms")
		if s := f.Settings(); s.RoleARN != began.RoleARN || s.Access != began.Access {
			t.Errorf("%s: back again %+v", name, s)
		}
	}
}

// What is to be entered at imgix is all that the settings say, and nothing
// that they do not.
func TestTheStepsAtImgix(t *testing.T) {
	never := func(string) bool { return false }
	for want, s := range map[string]Settings{
		"next.imgix next.imgix.root next.imgix.save":                                             {},
		"next.imgix next.imgix.prefix next.imgix.save":                                           {Prefix: "media", PathRules: `{"mode":"include-all"}`},
		"next.imgix next.imgix.prefix next.imgix.video next.imgix.rules.exclude next.imgix.save": {Prefix: "media", VideoSubdomain: "clips", PathRules: `{"mode":"exclude","paths":["/docs/"]}`},
		"next.imgix next.imgix.root next.imgix.rules.exclude-all next.imgix.save":                {PathRules: `{"mode":"exclude-all"}`},
		"next.imgix next.imgix.root next.imgix.rules.include next.imgix.save":                    {PathRules: `{"mode":"include","paths":["/docs/","/img/"]}`},
	} {
		s.Integration = Imgix
		if got := strings.Join(NextSteps(s, never), " "); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := NextSteps(Settings{Integration: Imgix}, func(row string) bool { return row == "imgix.delivery" }); !slices.Equal(got, []string{"next.imgix.serving"}) {
		t.Errorf("while it serves: %q", got)
	}
	if got := NextArgs(Settings{Integration: Imgix, PathRules: `{"mode":"include","paths":["/docs/","/img/"]}`})["paths"]; got != "/docs/, /img/" {
		t.Errorf("paths: %q", got)
	}
}
