package wizard

import (
	"slices"
	"testing"
)

func pasteSettings() Settings {
	return Settings{
		Bucket: "alpha-prod-assets", Region: "ap-northeast-1", RoleARN: "arn:aws:iam::123456789012:role/MediaRole",
		ExternalID: "md-2f6b7c1e9a04d853aa11", TrustedPrincipal: "999988887777", Prefix: "media",
	}
}

func states(s Settings, records map[string]PasteRecord) []PasteState {
	var out []PasteState
	for _, p := range Pastes(s, records) {
		out = append(out, p.State)
	}
	return out
}

// marked remembers the documents of settings as pasted.
func marked(s Settings, kinds ...string) map[string]PasteRecord {
	records := map[string]PasteRecord{}
	for _, kind := range kinds {
		p, _ := PrintOf(s, kind)
		records[kind] = PasteRecord{Pasted: p}
	}
	return records
}

func TestADocumentThatLacksAnswersSaysWhich(t *testing.T) {
	all := Pastes(Settings{}, nil)
	want := map[string][]string{
		DocumentTrust: {"external_id", "trusted_principal"}, DocumentPermissions: {"bucket"}, DocumentBucket: {"bucket"},
		DocumentRequest: {"bucket", "region", "external_id", "trusted_principal"},
	}
	for _, p := range all {
		if p.State != PasteLacks || !slices.Equal(p.Missing, want[p.Kind]) {
			t.Errorf("%s is %s and lacks %q", p.Kind, p.State, p.Missing)
		}
	}
	bad := pasteSettings()
	bad.Bucket = "Not A Bucket"
	if got := states(bad, nil); !slices.Equal(got, []PasteState{PasteReady, PasteLacks, PasteLacks, PasteLacks}) {
		t.Errorf("with a wrong bucket: %q", got)
	}
}

// A change makes those documents to be pasted again that it changes, and no
// others.
func TestAChangeIsToBePastedAgain(t *testing.T) {
	const (
		same, again = PasteMarked, PasteAgain
	)
	for name, c := range map[string]struct {
		change func(*Settings)
		want   []PasteState
	}{
		"nothing":         {func(*Settings) {}, []PasteState{same, same, same, same}},
		"notes":           {func(s *Settings) { s.Notes = "x" }, []PasteState{same, same, same, same}},
		"another ID":      {func(s *Settings) { s.ExternalID += "22" }, []PasteState{again, same, same, again}},
		"another prefix":  {func(s *Settings) { s.Prefix = "assets" }, []PasteState{same, again, again, again}},
		"another bucket":  {func(s *Settings) { s.Bucket = "beta-prod-assets" }, []PasteState{same, again, again, again}},
		"another role":    {func(s *Settings) { s.RoleARN += "2" }, []PasteState{again, again, same, again}},
		"CloudFront":      {func(s *Settings) { s.Distribution = "E2EXAMPLE" }, []PasteState{same, same, again, again}},
		"a spelt-out one": {func(s *Settings) { s.Bucket = " alpha-prod-assets " }, []PasteState{same, same, same, same}},
	} {
		s := pasteSettings()
		c.change(&s)
		if got := states(s, marked(pasteSettings(), PasteKinds()...)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What was pasted into a role that was being made stays pasted once the
// role's ARN is entered.
func TestARoleThatWasBeingMadeKeepsItsDocuments(t *testing.T) {
	before := pasteSettings()
	before.RoleARN = ""
	if got := states(pasteSettings(), marked(before, DocumentTrust, DocumentPermissions)); got[0] != PasteMarked || got[1] != PasteMarked {
		t.Errorf("%q", got)
	}
}

// What a test found stands above what a person says, for the same document
// only; the request is answered when all three are found.
func TestWhatATestFoundIsProved(t *testing.T) {
	s := pasteSettings()
	records := marked(s, DocumentTrust)
	for i, kind := range PasteKinds()[:3] {
		rec := records[kind]
		rec.Proved, _ = PrintOf(s, kind)
		records[kind] = rec
		got := states(s, records)
		if got[i] != PasteProved || (got[3] == PasteProved) != (i == 2) {
			t.Errorf("after %s: %q", kind, got)
		}
	}
	s.Prefix = "assets"
	if got := states(s, records); !slices.Equal(got, []PasteState{PasteProved, PasteAgain, PasteAgain, PasteReady}) {
		t.Errorf("changed since: %q", got)
	}
}
