package world

import (
	"strings"

	"github.com/mediadock/mediadock/wizard"
)

// samples are values that a document can be made with while a setting is
// missing or wrong; they are of the right form and nobody's.
var samples = map[string]string{
	"bucket":            "bucket-name-comes-here",
	"region":            "us-east-1",
	"role_arn":          "arn:aws:iam::000000000001:role/RoleNameComesHere",
	"external_id":       "ExternalIDComesHere",
	"trusted_principal": "000000000000",
	"prefix":            "prefix-comes-here",
	"domain":            "https://domain-comes-here.example",
	"distribution":      "E00000000000000",
	"subdomain":         "subdomain-comes-here",
	"cloud_names":       "cloud-name-comes-here",
	"kms_key_arns":      "arn:aws:kms:us-east-1:000000000000:key/00000000-0000-0000-0000-000000000000",
	"storage_name":      "storageNameComesHere",
}

// Preview is Documents for people who are still answering: where a document
// cannot be made yet, it is made with a mark in place of each setting that it
// needs. Missing still names them; such a body is to be looked at, not used.
func Preview(s Services, settings wizard.Settings, mark func(key string) string, alsoTrust ...string) []Document {
	docs := s.Documents(settings, alsoTrust...)
	filled := settings
	var replace []string
	marked := map[string]bool{}
	for _, d := range docs {
		if d.Body != "" {
			continue
		}
		for _, key := range d.Missing {
			if v, ok := samples[key]; ok && !marked[key] {
				marked[key] = true
				wizard.Set(&filled, key, v)
				replace = append(replace, v, "<"+mark(key)+">")
			}
		}
	}
	if len(replace) == 0 {
		return docs
	}
	return inPlace(docs, s.Documents(filled, alsoTrust...), strings.NewReplacer(replace...))
}

// inPlace puts documents that were made with samples in the places of those
// that could not be made. Of a kind there may then be several.
func inPlace(docs, filled []Document, marks *strings.Replacer) []Document {
	var out []Document
	for _, d := range docs {
		if d.Body != "" {
			out = append(out, d)
			continue
		}
		found := false
		for _, f := range filled {
			if f.Body == "" || f.ID != d.ID && (d.Piece.Kind == "" || f.Piece.Kind != d.Piece.Kind) {
				continue
			}
			found = true
			f.Body, f.Missing = marks.Replace(f.Body), d.Missing
			out = append(out, f)
		}
		if !found {
			out = append(out, d)
		}
	}
	return out
}

// Trusting are settings with the account that the role trusts filled in where
// it was left empty, which means the caller's own; it tells whether it was.
// Nothing is filled in while nobody has said who will use the role, nor where
// the vendor alone does.
// It is for Documents alone: what is saved stays empty.
func Trusting(s wizard.Settings, c Caller) (filled wizard.Settings, own bool) {
	if s.TrustedPrincipal != "" || c.Account == "" || s.Access == "caller" || wizard.Undecided(s) {
		return s, false
	}
	s.TrustedPrincipal = c.Account
	return s, true
}

// SecondPrincipal is the caller's own account, where the role is to trust it
// beside another account: this program assumes the role, and the settings name
// somebody else. Empty where the role trusts one principal.
func SecondPrincipal(s wizard.Settings, c Caller) string {
	of := s.TrustedPrincipal
	if parts := strings.SplitN(of, ":", 6); len(parts) == 6 {
		of = parts[4]
	}
	if s.Access == "caller" || s.TrustedPrincipal == "" || of == c.Account || wizard.Undecided(s) {
		return ""
	}
	if _, _, err := wizard.CheckField("trusted_principal", s.TrustedPrincipal, s); err != nil {
		return ""
	}
	return c.Account
}

// Grouped writes 123456789012 as 1234-5678-9012, as the console does.
func Grouped(account string) string {
	if len(account) != 12 {
		return account
	}
	return account[:4] + "-" + account[4:8] + "-" + account[8:]
}
