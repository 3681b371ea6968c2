package handoff_test

import (
	"encoding/json"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/handoff"
)

var gap = regexp.MustCompile(`\{[a-z_]+\}|\[(handoff|field)\.[a-z.-]+\]|<[A-Z_]+>|TODO|%!`)

func request(t *testing.T, p handoff.Plan, lang string) string {
	t.Helper()
	out, err := handoff.Request(p, text.For(lang).Say)
	if err != nil {
		t.Fatal(err)
	}
	if found := gap.FindString(out); found != "" {
		t.Errorf("%s: %q is left open in\n%s", lang, found, out)
	}
	return out
}

// blocks are the fenced blocks of a Markdown document, by language.
func blocks(t *testing.T, markdown string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	fence, language := "", ""
	var body []string
	for line := range strings.SplitSeq(markdown, "\n") {
		switch {
		case fence == "" && strings.HasPrefix(line, "```"):
			language = strings.TrimLeft(line, "`")
			fence = strings.TrimSuffix(line, language)
			body = nil
		case fence != "" && line == fence:
			found[language] = append(found[language], strings.Join(body, "\n"))
			fence = ""
		case fence != "":
			body = append(body, line)
		}
	}
	if fence != "" {
		t.Error("a block has no end")
	}
	return found
}

// What is pasted from a request allows exactly what is needed, in every
// situation and both languages.
func TestRequestAllowsExactlyWhatIsNeeded(t *testing.T) {
	for i, s := range situations() {
		lang := []string{"en", "ja"}[i%2]
		found := blocks(t, request(t, s.plan(t), lang))
		if len(found["json"]) != 5 || len(found["hcl"]) != 1 || len(found["yaml"]) != 1 {
			t.Fatalf("%s: %d documents, %d configurations, %d templates", s.name, len(found["json"]), len(found["hcl"]), len(found["yaml"]))
		}
		j := found["json"]
		judge(t, s, documents{
			trust: parsed(t, []byte(j[0])), permissions: parsed(t, []byte(j[1])), bucket: parsed(t, []byte(j[2])), keyUse: parsed(t, []byte(j[3])),
			keyPolicy: parsed(t, []byte(`{"Version":"2012-10-17","Statement":`+j[4]+`}`)),
		})
		readHCL(t, found["hcl"][0]).resolve()
		for _, sh := range found["sh"] {
			cmd := exec.CommandContext(t.Context(), "sh", "-n")
			cmd.Stdin = strings.NewReader(sh)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: %v %s in\n%s", s.name, err, out, sh)
			}
		}
	}
}

// It says what has to be known, and what depends on how media are delivered.
func TestRequestFitsTheWayOfDelivery(t *testing.T) {
	public, private := request(t, plainPlan(t), "en"), request(t, cloudFrontPlan(t), "en")
	for _, c := range []struct {
		words           string
		public, private bool
	}{
		{"`" + theID + "`", true, true}, // in full
		{"BlockPublicPolicy", true, false},
		{"all four settings", false, true},
		{"Origin access control", false, true},
		{"arn:aws:cloudfront::" + owner + ":distribution/E2EXAMPLE", false, true},
		{"key policy", true, true}, // the appendix promises to leave it alone
		{"kms:Decrypt", false, true},
		{"aws sts assume-role", true, true},
		{"mediadock check --owner --output report.md", true, true},
		{"--with report.md", true, true},
		{"https://alpha-prod-assets.s3.ap-northeast-1.amazonaws.com/media/image.png", true, true},
		{"https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/MediaRole?section=trust_relationships", true, true},
		{"Edit trust policy", true, true},
		{"- [ ] ", true, true},
		{"not a secret", true, true},
		{"Editors: a second role", true, true},
	} {
		if strings.Contains(public, c.words) != c.public || strings.Contains(private, c.words) != c.private {
			t.Errorf("%q: in the public one %v, in CloudFront's %v", c.words, strings.Contains(public, c.words), strings.Contains(private, c.words))
		}
	}
}

func TestRequestBeforeThereIsARole(t *testing.T) {
	s := plainPlan(t).Settings
	s.RoleARN = ""
	p, problems := handoff.Make(s, handoff.Options{Name: "prod", Kind: handoff.All, Request: true})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	out := request(t, p, "en")
	for _, want := range []string{
		"| Role name (proposed) | `mediadock-alpha-prod-assets` |", "Create role › Custom trust policy",
		`--role-arn "$(aws iam get-role --role-name mediadock-alpha-prod-assets --query Role.Arn --output text)"`,
		`--role-arn "$ROLE_ARN" --external-id ` + theID,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not there", want)
		}
	}
	if strings.Contains(out, "Edit trust policy") {
		t.Error("it speaks of a role that is not there")
	}
}

// With the whole bucket there is no "elsewhere", and the reach is told.
func TestRequestForAWholeBucket(t *testing.T) {
	s := plainPlan(t).Settings
	s.Prefix = ""
	p, problems := handoff.Make(s, handoff.Options{Kind: handoff.All, Request: true})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	out := request(t, p, "en")
	if !strings.Contains(out, "keep nothing else in it") || strings.Contains(out, "Files elsewhere in the bucket") {
		t.Error("the reach of an empty prefix is not told")
	}
}

// The same documents, titles and links in both languages.
func TestRequestIsTheSameInBothLanguages(t *testing.T) {
	for _, p := range []handoff.Plan{plainPlan(t), cloudFrontPlan(t)} {
		en, ja := request(t, p, "en"), request(t, p, "ja")
		link := regexp.MustCompile(`<https://[^>]+>`)
		a, _ := json.Marshal([]any{blocks(t, en)["json"], link.FindAllString(en, -1), strings.Count(en, "\n#"), strings.Count(en, "- [ ]"), strings.Count(en, "\n- ")})
		b, _ := json.Marshal([]any{blocks(t, ja)["json"], link.FindAllString(ja, -1), strings.Count(ja, "\n#"), strings.Count(ja, "- [ ]"), strings.Count(ja, "\n- ")})
		if string(a) != string(b) {
			t.Errorf("they differ:\n%s\n%s", a, b)
		}
		for line := range strings.SplitSeq(ja, "\n") {
			if strings.HasPrefix(line, "。") || strings.HasPrefix(line, "、") {
				t.Errorf("a line begins with a full stop: %s", line)
			}
		}
	}
}

func TestMakeSaysAllThatIsMissing(t *testing.T) {
	key := "arn:aws:kms:ap-northeast-1:" + owner + ":key/" + keyID
	good := plainPlan(t).Settings
	for name, c := range map[string]struct {
		change func(*wizard.Settings)
		o      handoff.Options
		want   string
	}{
		"nothing at all":                  {func(s *wizard.Settings) { *s = wizard.Settings{} }, handoff.Options{Kind: handoff.All, Request: true}, "region.missing external_id.missing trusted_principal.missing bucket.missing"},
		"no principal":                    {func(s *wizard.Settings) { s.TrustedPrincipal = "" }, handoff.Options{Kind: handoff.Trust}, "trusted_principal.missing"},
		"no principal needed":             {func(s *wizard.Settings) { s.TrustedPrincipal, s.ExternalID = "", "" }, handoff.Options{Kind: handoff.Permissions}, ""},
		"wrong role":                      {func(s *wizard.Settings) { s.RoleARN = "arn:aws:iam::" + owner + ":user/x" }, handoff.Options{Kind: handoff.Trust}, "role_arn.user"},
		"wrong prefix":                    {func(s *wizard.Settings) { s.Prefix = "写真/*" }, handoff.Options{Kind: handoff.Permissions}, "prefix.wildcard"},
		"prefix in another script":        {func(s *wizard.Settings) { s.Prefix = "写真" }, handoff.Options{Kind: handoff.Bucket}, "prefix.charset"},
		"key missing":                     {func(*wizard.Settings) {}, handoff.Options{Kind: handoff.KMS}, "kms_key.missing"},
		"key not asked about":             {func(*wizard.Settings) {}, handoff.Options{Kind: handoff.Trust, KMSKey: "nonsense"}, ""},
		"alias":                           {func(*wizard.Settings) {}, handoff.Options{Kind: handoff.KMS, KMSKey: "alias/media"}, "kms_key.alias"},
		"alias's ARN":                     {func(*wizard.Settings) {}, handoff.Options{Kind: handoff.All, KMSKey: strings.Replace(key, "key/"+keyID, "alias/media", 1)}, "kms_key.alias"},
		"key's ID":                        {func(*wizard.Settings) {}, handoff.Options{Kind: handoff.KMS, KMSKey: keyID}, "kms_key.format"},
		"key with a wildcard":             {func(*wizard.Settings) {}, handoff.Options{Kind: handoff.KMS, KMSKey: strings.Replace(key, keyID, "*", 1)}, "kms_key.format"},
		"key of another Region":           {func(*wizard.Settings) {}, handoff.Options{Kind: handoff.KMS, KMSKey: strings.Replace(key, "ap-northeast-1", "us-east-1", 1)}, "kms_key.region"},
		"key of another partition":        {func(*wizard.Settings) {}, handoff.Options{Kind: handoff.KMS, KMSKey: strings.Replace(key, "arn:aws:", "arn:aws-cn:", 1)}, "kms_key.partition"},
		"multi-Region key":                {func(*wizard.Settings) {}, handoff.Options{Kind: handoff.KMS, KMSKey: strings.Replace(key, keyID, "mrk-0123456789abcdef0123456789abcdef", 1)}, ""},
		"key, nothing else":               {func(s *wizard.Settings) { *s = wizard.Settings{} }, handoff.Options{Kind: handoff.KMS, KMSKey: key}, "bucket.missing region.missing"},
		"distribution without an account": {func(s *wizard.Settings) { s.RoleARN, s.Distribution = "", "E2EXAMPLE" }, handoff.Options{Kind: handoff.All, KMSKey: key}, "role_arn.missing"},
	} {
		s := good
		c.change(&s)
		_, problems := handoff.Make(s, c.o)
		var got []string
		for _, p := range problems {
			got = append(got, p.Code)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestProposedRoleHasAName(t *testing.T) {
	for bucket, want := range map[string]string{
		"alpha":                          "mediadock-alpha",
		strings.Repeat("a", 63):          "mediadock-" + strings.Repeat("a", 54),
		strings.Repeat("a", 53) + ".b.c": "mediadock-" + strings.Repeat("a", 53),
	} {
		p, problems := handoff.Make(wizard.Settings{Bucket: bucket, Region: "ap-northeast-1"}, handoff.Options{Kind: handoff.Permissions})
		if len(problems) > 0 || p.RoleName != want || len(p.RoleName) > 64 {
			t.Errorf("%s: %q %v, want %q", bucket, p.RoleName, problems, want)
		}
	}
	// Such a bucket's name tells the account.
	p, problems := handoff.Make(wizard.Settings{Bucket: "media-" + owner + "-ap-northeast-1-an", Region: "ap-northeast-1"}, handoff.Options{Kind: handoff.Permissions})
	if len(problems) > 0 || p.Account != owner || !strings.HasPrefix(p.RoleARN(), "arn:aws:iam::"+owner+":role/mediadock-media-") {
		t.Errorf("%q %q %v", p.Account, p.RoleARN(), problems)
	}
}

// Every code of a key has words in both languages.
func TestKeyCodesHaveTexts(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		for _, code := range handoff.KeyCodes() {
			if !text.For(lang).Has("error." + code) {
				t.Errorf("%s: %s has no text", lang, code)
			}
		}
	}
}
