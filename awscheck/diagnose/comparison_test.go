package diagnose

import (
	"encoding/json"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// denialOf is S3's text for an action refused on a resource.
func denialOf(action, resource string) Evidence {
	return Evidence{Operation: "s3:PutObject", HTTPStatus: 403, Code: "AccessDenied",
		Message: `User: arn:aws:sts::123456789012:assumed-role/MediaRole/s is not authorized to perform: ` + action +
			` on resource: "` + resource + `" because no identity-based policy allows the ` + action + ` action`}
}

func TestRefusedBesideGranted(t *testing.T) {
	own := policy.Document{Version: policy.Version2012, Statements: []policy.Statement{{
		Effect: policy.Allow, Action: []string{"s3:*"}, Resource: []string{"arn:aws:s3:::b/Media/*"},
	}}}
	for _, c := range []struct {
		name             string
		ev               Evidence
		f                Facts
		granted          string // "": nothing to compare
		refused, allowed string // the differing parts
	}{
		{"another folder than the settings'", denialOf("s3:PutObject", "arn:aws:s3:::b/media2/x"), known, "arn:aws:s3:::b/media/*", "2", ""},
		{"another bucket", denialOf("s3:PutObject", "arn:aws:s3:::c/media/x"), known, "arn:aws:s3:::b/media/*", "c", "b"},
		{"what the settings ask for", denialOf("s3:PutObject", "arn:aws:s3:::b/media/x"), known, "", "", ""},
		{"what is known to be granted", denialOf("s3:PutObject", "arn:aws:s3:::b/media/x"), with(func(f *Facts) { f.Granted = "arn:aws:s3:::b/Media/*" }), "arn:aws:s3:::b/Media/*", "m", "M"},
		{"what the role's own policy grants", denialOf("s3:PutObject", "arn:aws:s3:::b/media/x"), with(func(f *Facts) { f.Existing.Permissions = map[string]policy.Document{"p": own} }), "arn:aws:s3:::b/Media/*", "m", "M"},
		{"nothing is known but the text", denialOf("s3:PutObject", "arn:aws:s3:::b/media/x"), Facts{}, "", "", ""},
		{"the text names no resource", Evidence{Operation: "s3:PutObject", HTTPStatus: 403, Code: "AccessDenied", Message: "Access Denied"}, known, "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, cause := range Diagnose(c.ev, c.f) {
				if cause.ID != "put-denied" {
					continue
				}
				x := cause.Compare
				if x == nil {
					if c.granted != "" {
						t.Fatalf("nothing compared, want %s", c.granted)
					}
					return
				}
				if x.Granted != c.granted || cause.Args["granted"] != c.granted || cause.Args["refused"] != x.Refused {
					t.Fatalf("compared with %q (args %q), want %q", x.Granted, cause.Args["granted"], c.granted)
				}
				if r, g := x.Refused[x.RefusedSpan.From:x.RefusedSpan.To], x.Granted[x.GrantedSpan.From:x.GrantedSpan.To]; r != c.refused || g != c.allowed {
					t.Errorf("marked %q and %q, want %q and %q", r, g, c.refused, c.allowed)
				}
				return
			}
			t.Error("no put-denied")
		})
	}
}

// A role ARN that differs from the settings' is a typing error to be seen.
func TestRefusedRoleBesideTheSettings(t *testing.T) {
	ev := stsError("AssumeRole", 403, "AccessDenied", "User: u is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/mediaRole")
	for _, c := range Diagnose(ev, known) {
		if c.ID != "role-not-found" {
			continue
		}
		data, err := json.Marshal(c.Compare)
		if err != nil {
			t.Fatal(err)
		}
		want := `{"refused":"arn:aws:iam::123456789012:role/mediaRole","granted":"arn:aws:iam::123456789012:role/MediaRole","refused_span":[31,32],"granted_span":[31,32]}`
		if string(data) != want {
			t.Errorf("got  %s\nwant %s", data, want)
		}
		return
	}
	t.Error("no role-not-found")
}

func TestUnknown(t *testing.T) {
	for _, c := range []struct {
		name string
		ev   Evidence
		want bool
	}{
		{"a code that no rule knows", s3Error("PutObject", 400, "Brandnew", "words"), true},
		{"a code without words", s3Error("PutObject", 400, "Brandnew", ""), true},
		{"a known one", s3Error("PutObject", 404, "NoSuchBucket", "The specified bucket does not exist"), false},
		{"a refusal of something new, with a reason that is thinkable", s3Error("Brandnew", 403, "AccessDenied", "Access Denied"), false},
		{"success", s3Error("PutObject", 200, "", ""), false},
	} {
		causes := Diagnose(c.ev, known)
		if got := Unknown(causes); got != c.want {
			t.Errorf("%s: unknown %v: %s", c.name, got, list(causes))
		}
	}
}
