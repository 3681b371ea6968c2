package wizard

import (
	"slices"
	"testing"
)

// places are settings that differ in what applies to them.
var places = map[string]Settings{
	"S3 alone":     {},
	"a domain":     {Domain: "https://my-media.example.com"},
	"CloudFront":   {Distribution: "E2EXAMPLE"},
	"by a service": {ManagedBy: "service", FixFileNames: true},
}

// What the document asks people to know is said whatever the settings are.
func TestEveryRowIsSaid(t *testing.T) {
	rows := []string{
		"M5", "M6", "M7", "M8", "M9", "M10", "M11", "M12", "M27", "M29", "M30",
		"M62", "M63", "M64", "M65", "M66", "M67", "M68", "M77", "M79",
		"M69", "M73", "M75", "D3", "D9",
	}
	for name, s := range places {
		var said []string
		for _, f := range Facts(s) {
			for _, row := range allFacts {
				if row.id == f.ID {
					said = append(said, row.rows...)
				}
			}
		}
		for _, row := range rows {
			if !slices.Contains(said, row) {
				t.Errorf("%s: nothing says %s", name, row)
			}
		}
	}
}

// The administrator of the AWS side is told what is theirs.
func TestTheOwnerIsToldWhatIsTheirs(t *testing.T) {
	for name, want := range map[string][]string{
		"S3 alone": {"locked", "guessable", "backup", "cache-header", "cache-browser", "past-cms", "billing"},
		"a domain": {"locked", "guessable", "backup", "cache-header", "cache-cdn", "stale", "purge", "past-cms", "billing"},
	} {
		var got []string
		for _, f := range Facts(places[name]) {
			if f.Owner {
				got = append(got, f.ID)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// Only what applies is said.
func TestFactsFollowTheSettings(t *testing.T) {
	for id, where := range map[string][]string{
		"cache-browser":  {"S3 alone", "by a service"},
		"cdn-later":      {"S3 alone", "by a service"},
		"cache-cdn":      {"CloudFront", "a domain"},
		"stale":          {"CloudFront", "a domain"},
		"purge":          {"CloudFront", "a domain"},
		"beside-service": {"by a service"},
		"fixed-names":    {"by a service"},
	} {
		for name, s := range places {
			if _, said := FactByID(s, id); said != slices.Contains(where, name) {
				t.Errorf("%s: %s said is %v", name, id, said)
			}
		}
	}
}

// Facts come group by group, what binds first.
func TestWhatBindsComesFirst(t *testing.T) {
	at := 0
	groups := FactGroups()
	for i, f := range Facts(places["by a service"]) {
		if i < 3 && f.Group != FactsBinding {
			t.Errorf("fact %d is of the group %s", i+1, f.Group)
		}
		for groups[at] != f.Group {
			if at++; at == len(groups) {
				t.Fatalf("%s stands after a later group", f.ID)
			}
		}
	}
}

// The lock's list is the fields' own data.
func TestFieldsOfAClass(t *testing.T) {
	if got := FieldsOfClass(DefaultIntegration, Rotate); !slices.Equal(got, []string{"role_arn", "external_id"}) {
		t.Errorf("to be rotated: %q", got)
	}
	for _, key := range FieldsOfClass(DefaultIntegration, Locked) {
		if f, _ := FieldByKey(key); f.Locked != Locked {
			t.Errorf("%s is %s", key, f.Locked)
		}
	}
}
