package text

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/racetest"
)

// variants are facts under which causes offer different fixes.
var variants = []diagnose.Facts{
	{},
	{Bucket: "b", Region: "ap-northeast-1", RoleARN: "arn:aws:iam::123456789012:role/R", Prefix: "media"},
	{Bucket: "b", Domain: "https://media.example.com", Distribution: "E1"},
	{Bucket: "b", CallerAccess: true},
	{Bucket: "b", CallerAccess: true, Reader: true, CallerARN: "arn:aws:iam::123456789012:user/imgix"},
	{Found: "environment"}, {Found: "process", Profile: "prod"}, {Found: "login"}, {Found: "sso", Profile: "prod"},
	{Bucket: "b", RoleARN: "arn:aws:iam::123456789012:role/R", Prefix: "media", Existing: existing},
}

// existing are documents that some fixes are merged into.
var existing = diagnose.Existing{
	Trust: &policy.Document{Statements: []policy.Statement{{
		Effect: policy.Allow, Principal: &policy.Principals{AWS: []string{"999988887777"}}, Action: []string{"sts:AssumeRole"},
		Conditions: []policy.Condition{{Operator: "StringEquals", Key: "sts:ExternalId", Values: []string{"another"}}},
	}}},
	Permissions: map[string]policy.Document{"first": wide, "second": wide},
	Attached:    map[string]policy.Document{"arn:aws:iam::aws:policy/AmazonS3FullAccess": wide},
}

var wide = policy.Document{Statements: []policy.Statement{{Effect: policy.Allow, Action: []string{"*"}, Resource: []string{"*"}}}}

var layers = []diagnose.Layer{
	"", diagnose.LayerIdentity, diagnose.LayerResource, diagnose.LayerTrust, diagnose.LayerSCP,
}

// eachCause calls f with every cause in every variant.
func eachCause(f func(diagnose.Cause)) {
	for _, id := range diagnose.CauseIDs() {
		for _, facts := range variants {
			for _, layer := range layers {
				f(diagnose.Because(id, diagnose.Likely, facts, diagnose.Args{"layer": string(layer)}))
				f(diagnose.Because(id, diagnose.Likely, facts, diagnose.Args{"layer": string(layer), "action": "kms:Decrypt"}))
			}
		}
	}
}

// checkTextIDs are the ids that the connection test can show.
func checkTextIDs() map[string]bool {
	ids := map[string]bool{"fix.read-message": true}
	for _, c := range awscheck.Checks() {
		ids["check."+c.ID] = true
	}
	for _, id := range awscheck.TextIDs() {
		ids[id] = true
	}
	eachCause(func(c diagnose.Cause) {
		ids["cause."+c.ID] = true
		for _, f := range c.Fixes {
			ids["fix."+f.ID] = true
		}
	})
	return ids
}

// checkTexts are the texts of the connection test, the owner's side included.
func checkTexts(lang string) map[string]string {
	if lang == "ja" {
		return merge(checksJA, ownerJA, ownerBucketJA, lintJA, cloudinaryChecksJA, imgixChecksJA, amplifyChecksJA)
	}
	return merge(checksEN, ownerEN, ownerBucketEN, lintEN, cloudinaryChecksEN, imgixChecksEN, amplifyChecksEN)
}

func TestChecksHaveTextsInBothLanguages(t *testing.T) {
	want := checkTextIDs()
	for lang, texts := range map[string]map[string]string{"en": checkTexts("en"), "ja": checkTexts("ja")} {
		for id := range want {
			if strings.TrimSpace(texts[id]) == "" {
				t.Errorf("%s: %s has no text", lang, id)
			}
		}
		for id := range texts {
			if !want[id] {
				t.Errorf("%s: %s is the text of nothing", lang, id)
			}
		}
	}
}

var rePlaceholder = regexp.MustCompile(`\{[a-z_]+\}`)

func TestBothLanguagesSayTheSame(t *testing.T) {
	placeholders := func(s string) []string {
		found := map[string]bool{}
		for _, p := range rePlaceholder.FindAllString(s, -1) {
			found[p] = true
		}
		return slices.Sorted(maps.Keys(found))
	}
	for id, en := range checkTexts("en") {
		if a, b := placeholders(en), placeholders(checkTexts("ja")[id]); !slices.Equal(a, b) {
			t.Errorf("%s: English fills %v, Japanese %v", id, a, b)
		}
	}
}

func TestCausesFillTheirTexts(t *testing.T) {
	racetest.Plainly(t)
	for _, lang := range []string{"en", "ja"} {
		catalog := For(lang)
		eachCause(func(c diagnose.Cause) {
			if s := catalog.Say("cause."+c.ID, c.Args); rePlaceholder.MatchString(s) {
				t.Errorf("%s: cause %s: %s", lang, c.ID, s)
			}
			if len(c.Fixes) == 0 {
				t.Errorf("cause %s has no fix", c.ID)
			}
			for _, f := range c.Fixes {
				if s := catalog.Say("fix."+f.ID, f.Args); rePlaceholder.MatchString(s) {
					t.Errorf("%s: fix %s of %s: %s", lang, f.ID, c.ID, s)
				}
			}
		})
	}
}

// A text of a result may name what the result is sure to carry, no more.
func TestResultsFillTheirTexts(t *testing.T) {
	for id, declared := range awscheck.Texts() {
		for _, texts := range []map[string]string{checkTexts("en"), checkTexts("ja")} {
			for _, p := range rePlaceholder.FindAllString(texts[id], -1) {
				if !slices.Contains(declared, strings.Trim(p, "{}")) {
					t.Errorf("%s names %s, which it is not given", id, p)
				}
			}
		}
	}
}

// A Japanese text that is still English was forgotten.
func TestJapaneseIsJapanese(t *testing.T) {
	japanese := regexp.MustCompile(`[\p{Hiragana}\p{Katakana}\p{Han}]`)
	for id, s := range checkTexts("ja") {
		if !japanese.MatchString(s) {
			t.Errorf("%s: %s", id, s)
		}
	}
}
