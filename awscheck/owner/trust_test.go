package owner

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
)

const (
	home   = "123456789012"
	vendor = "210987654321"
	role   = "arn:aws:iam::123456789012:role/MediaRole"
	id     = "md-7Q4kz2m9x1C8v5b3"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func document(t testing.TB, statements string) policy.Document {
	t.Helper()
	d, err := policy.Parse([]byte(`{"Version":"2012-10-17","Statement":[` + statements + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// let is a statement of a trust policy.
func let(principal, conditions string) string {
	s := `{"Sid":"In","Effect":"Allow","Principal":` + principal + `,"Action":"sts:AssumeRole"`
	if conditions != "" {
		s += `,"Condition":{` + conditions + `}`
	}
	return s + "}"
}

func account(a string) string { return `{"AWS":"arn:aws:iam::` + a + `:root"}` }

const strict = `"StringEquals":{"sts:ExternalId":"` + id + `"}`

var wrong = []WrongID{
	{"none", ""}, {"random", "mediadock-ABCDEFGHIJKLMNOP"}, {"appended", id + "x"},
	{"shortened", id[:len(id)-1]}, {"case", "MD-7q4KZ2M9X1c8V5B3"},
}

func causesOf(f Finding) string {
	var all []string
	for _, c := range f.Causes {
		all = append(all, c.ID+":"+string(c.Likelihood))
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func notesOf(f Finding) string {
	var all []string
	for _, n := range f.Notes {
		all = append(all, n.ID)
	}
	return strings.Join(all, " ")
}

func TestTrust(t *testing.T) {
	const runtime = "arn:aws:iam::210987654321:role/cms/runtime"
	for _, c := range []struct {
		name       string
		statements string
		principal  string // the settings' trusted principal
		caller     string
		status     Status
		what       string
		causes     string
		note       string // one that must be there
	}{
		{"as documented", let(account(vendor), strict), vendor, "", Pass, "pass", "", ""},
		{"the principal given as the root ARN", let(`{"AWS":"`+vendor+`"}`, strict), "arn:aws:iam::" + vendor + ":root", "", Pass, "pass", "", ""},
		{"a role of the account", let(`{"AWS":"`+runtime+`"}`, strict), vendor, "", Pass, "pass", "", ""},
		{"the very role", let(`{"AWS":"`+runtime+`"}`, strict), runtime, "", Pass, "pass", "", ""},
		{"another role of the account", let(`{"AWS":"`+runtime+`"}`, strict), "arn:aws:iam::" + vendor + ":role/other", "", Fail, "principal-other", "caller-not-trusted:certain", ""},
		{"another account", let(account("111122223333"), strict), vendor, "", Fail, "principal", "caller-not-trusted:certain", ""},
		{"a deleted role", let(`{"AWS":"AROAEXAMPLEEXAMPLE123"}`, strict), vendor, "", Fail, "principal-deleted", "caller-not-trusted:certain", ""},
		{"a service", let(`{"Service":"ec2.amazonaws.com"}`, ""), vendor, "", Fail, "principal-service", "caller-not-trusted:certain", ""},
		{"nobody", strings.Replace(let(account(vendor), strict), "sts:AssumeRole", "sts:TagSession", 1), vendor, "", Fail, "nobody", "caller-not-trusted:certain", ""},

		{"another ID", let(account(vendor), `"StringEquals":{"sts:ExternalId":"customer-0123456789"}`), vendor, "", Fail, "id", "external-id-mismatch:certain", ""},
		{"the ID in another case", let(account(vendor), `"StringEquals":{"sts:ExternalId":"MD-7Q4KZ2M9X1C8V5B3"}`), vendor, "", Fail, "id-case", "external-id-mismatch:certain", ""},
		{"the ID cut short", let(account(vendor), `"StringEquals":{"sts:ExternalId":"md-7Q4kz2m9x1C8v5b"}`), vendor, "", Fail, "id-part", "external-id-mismatch:certain external-id-wildcard:certain", ""},
		{"the ID with a space", let(account(vendor), `"StringEquals":{"sts:ExternalId":"`+id+` "}`), vendor, "", Fail, "id-space", "external-id-mismatch:certain", ""},
		{"account and ID both wrong", let(account("111122223333"), `"StringEquals":{"sts:ExternalId":"customer-0123456789"}`), vendor, "", Fail, "principal", "caller-not-trusted:certain external-id-mismatch:certain", ""},

		{"no ID asked for", let(account(vendor), ""), vendor, "", Fail, "open", "external-id-not-required:certain", ""},
		{"asked for in one of two", let(account(vendor), strict) + "," + let(account(vendor), ""), vendor, "", Fail, "open", "external-id-not-required:certain", ""},
		{"any ID", let(account(vendor), `"StringLike":{"sts:ExternalId":"*"}`), vendor, "", Fail, "open", "external-id-not-required:certain", ""},
		{"an ID if there is one", let(account(vendor), `"StringEqualsIfExists":{"sts:ExternalId":"`+id+`"}`), vendor, "", Fail, "open", "external-id-optional:certain", ""},
		{"for all values", let(account(vendor), `"ForAllValues:StringEquals":{"sts:ExternalId":"`+id+`"}`), vendor, "", Fail, "open", "external-id-optional:certain", ""},
		{"IDs that begin so", let(account(vendor), `"StringLike":{"sts:ExternalId":"`+id+`*"}`), vendor, "", Fail, "open", "external-id-wildcard:certain", ""},
		{"the ID in any case", let(account(vendor), `"StringEqualsIgnoreCase":{"sts:ExternalId":"`+id+`"}`), vendor, "", Fail, "open", "external-id-wildcard:certain", ""},
		{"everybody with the ID", let(`{"AWS":"*"}`, strict), vendor, "", Fail, "open", "trust-too-wide:certain", ""},
		{"no ID, but an address", let(account(vendor), `"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}`), vendor, "", Fail, "open", "external-id-not-required:likely trust-condition-unmet:likely", ""},

		{"MFA", let(account(vendor), strict+`,"Bool":{"aws:MultiFactorAuthPresent":"true"}`), vendor, "", Fail, "unmet", "trust-condition-unmet:certain", ""},
		{"an age of MFA", let(account(vendor), strict+`,"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}`), vendor, "", Fail, "unmet", "trust-condition-unmet:certain", ""},
		{"a date that is past", let(account(vendor), strict+`,"DateLessThan":{"aws:CurrentTime":"2026-11-21T11:59:59Z"}`), vendor, "", Fail, "unmet", "trust-condition-unmet:certain", ""},
		{"a date to come", let(account(vendor), strict+`,"DateLessThan":{"aws:CurrentTime":"2026-11-21T12:00:01Z"}`), vendor, "", Pass, "pass", "", "lint.trust-condition"},
		{"a key that no request has", let(account(vendor), `"StringEquals":{"aws:ExternalId":"`+id+`"}`), vendor, "", Fail, "unmet", "trust-condition-unmet:certain", "lint.external-id-wrong-key"},
		{"addresses", let(account(vendor), strict+`,"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}`), vendor, "", Warn, "conditions", "trust-condition-unmet:likely", ""},
		{"an organization", let(account(vendor), `"StringEquals":{"sts:ExternalId":"`+id+`","aws:PrincipalOrgID":"o-1"}`), vendor, "", Warn, "conditions", "trust-condition-unmet:likely", ""},
		{"a session name", let(account(vendor), strict+`,"StringLike":{"sts:RoleSessionName":"cms-*"}`), vendor, "", Warn, "conditions", "trust-condition-unmet:possible", ""},
		{"who in the account", let(account(vendor), strict+`,"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::210987654321:role/cms/*"}`), vendor, "", Warn, "conditions", "trust-condition-unmet:possible", ""},
		{"who in the account, known", let(account(vendor), strict+`,"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::210987654321:role/cms/*"}`), runtime, "", Pass, "pass", "", ""},
		{"a denial that hits", let(account(vendor), strict) + `,{"Sid":"Shut","Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"` + home + `"}}}`, vendor, "", Fail, "denied", "explicit-deny:certain trust-condition-unmet:certain", ""},
		{"a denial that may hit", let(account(vendor), strict) + `,{"Sid":"Shut","Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Condition":{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"}}}`, vendor, "", Warn, "conditions", "trust-condition-unmet:likely", ""},
		{"a denial of others", let(account(vendor), strict) + `,{"Sid":"Shut","Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"` + vendor + `"}}}`, vendor, "", Pass, "pass", "", ""},

		{"a short ID of another statement", let(account(vendor), strict) + "," + let(account("111122223333"), `"StringEquals":{"sts:ExternalId":"acme"}`), vendor, "", Pass, "pass", "", "lint.external-id-short"},

		{"only the vendor", let(account(vendor), strict), vendor, "arn:aws:iam::" + home + ":user/admin", Pass, "vendor-only", "", NoteVendorOnly},
		{"the vendor and the caller", let(`{"AWS":["`+vendor+`","`+home+`"]}`, strict), vendor, "arn:aws:iam::" + home + ":user/admin", Pass, "pass", "", NoteCallerToo},
		{"the caller by default", let(account(home), strict), "", "arn:aws:iam::" + home + ":user/admin", Pass, "pass", "", ""},
		{"the caller's role, which has a path", let(`{"AWS":"arn:aws:iam::`+home+`:role/aws-reserved/AWSReservedSSO_Admin_1"}`, strict), "", "arn:aws:sts::" + home + ":assumed-role/AWSReservedSSO_Admin_1/me", Pass, "pass", "", ""},
		{"the caller is not let in", let(account(vendor), strict), "", "arn:aws:iam::" + home + ":user/admin", Fail, "principal", "caller-not-trusted:certain", "trust-name-principal"},
		{"nobody knows who", let(account(vendor), strict), "", "", Moot, "no-principal", "", ""},
		{"nobody knows who, but it is open", let(account(vendor), ""), "", "", Fail, "open", "external-id-not-required:certain", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Role{ARN: role, Name: "MediaRole", Trust: document(t, c.statements)}
			w := Wants{RoleARN: role, ExternalID: id, TrustedPrincipal: c.principal, Caller: c.caller, WrongIDs: wrong,
				Facts: diagnose.Facts{RoleARN: role, CallerARN: c.caller, CallerAccount: accountOf(c.caller)}}
			f := judgeTrust(r, w, noon)
			if f.Status != c.status || f.What != c.what || causesOf(f) != c.causes {
				t.Errorf("%s %s [%s], want %s %s [%s]\n%v", f.Status, f.What, causesOf(f), c.status, c.what, c.causes, f.Args)
			}
			if c.note != "" && !hasNote(f, c.note) {
				t.Errorf("no note %s: %s", c.note, notesOf(f))
			}
		})
	}
}

// An external ID in the policy is somebody's: no finding repeats it.
func TestTrustMasksIDs(t *testing.T) {
	const other = "customer-0123456789"
	for _, condition := range []string{
		`"StringEquals":{"sts:ExternalId":"` + other + `"}`,
		`"StringLike":{"sts:ExternalId":"` + other + `*"}`,
		`"StringEquals":{"sts:ExternalId":["` + other + `!","short"]}`,
	} {
		r := Role{ARN: role, Name: "MediaRole", Trust: document(t, let(account(vendor), condition))}
		f := judgeTrust(r, Wants{RoleARN: role, ExternalID: id, TrustedPrincipal: vendor, WrongIDs: wrong}, noon)
		said := []diagnose.Args{f.Args}
		for _, n := range f.Notes {
			said = append(said, n.Args)
		}
		for _, c := range f.Causes {
			said = append(said, c.Args)
			for _, fix := range c.Fixes {
				said = append(said, diagnose.Args{"document": string(fix.Document), "before": string(fix.Before)})
			}
		}
		for _, args := range said {
			for k, v := range args {
				if strings.Contains(v, other) || v == "short" {
					t.Errorf("%s: %s repeats the ID: %s", condition, k, v)
				}
			}
		}
	}
}

func TestDecode(t *testing.T) {
	text := `%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%22%2A%22%2C%22Action%22%3A%22sts%3AAssumeRole%22%2C%22Condition%22%3A%7B%22StringEquals%22%3A%7B%22sts%3AExternalId%22%3A%22a+b%2Fc%3Dd%22%7D%7D%7D%5D%7D`
	d, err := decode(&text)
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Statements[0].Conditions[0].Values[0]; got != "a+b/c=d" {
		t.Errorf("the ID is %q", got)
	}
}

func TestRole(t *testing.T) {
	is := Role{ARN: "arn:aws:iam::" + home + ":role/cms/MediaRole", Name: "MediaRole", MaxSession: time.Hour, Created: noon.Add(-20 * time.Second), BoundaryARN: "arn:aws:iam::" + home + ":policy/B"}
	for _, c := range []struct {
		name, arn string
		session   time.Duration
		status    Status
		what      string
		causes    string
	}{
		{"right", is.ARN, time.Hour, Pass, "pass", ""},
		{"in another case", "arn:aws:iam::" + home + ":role/cms/mediarole", time.Hour, Fail, "case", "role-not-found:certain"},
		{"without its path", role, time.Hour, Fail, "path", "role-not-found:certain"},
		{"with short sessions", is.ARN, 30 * time.Minute, Fail, "session", "session-too-long:certain"},
	} {
		r := is
		r.MaxSession = c.session
		f := judgeRole(r, Wants{RoleARN: c.arn}, noon, diagnose.Args{})
		if f.Status != c.status || f.What != c.what || causesOf(f) != c.causes {
			t.Errorf("%s: %s %s [%s]", c.name, f.Status, f.What, causesOf(f))
		}
		if notesOf(f) != "role-new role-boundary" || f.Notes[0].Args["seconds"] != "20" {
			t.Errorf("%s: notes %v", c.name, f.Notes)
		}
		if f.What == "case" && f.Causes[0].Fixes[0].Args["actual"] != is.ARN {
			t.Errorf("%s: the first fix is %+v", c.name, f.Causes[0].Fixes[0])
		}
	}
}

// A user whose credentials are temporary may have given a second factor; one
// with a long-term key has not.
func TestTrustOfAUserWithSecondFactor(t *testing.T) {
	me := "arn:aws:iam::" + home + ":user/admin"
	r := Role{ARN: role, Name: "MediaRole", Trust: document(t, let(account(home), strict+`,"Bool":{"aws:MultiFactorAuthPresent":"true"}`))}
	for key, want := range map[string]string{"AKIA": "trust-condition-unmet:certain", "ASIA": "trust-condition-unmet:possible"} {
		w := Wants{RoleARN: role, ExternalID: id, Caller: me, WrongIDs: wrong,
			Facts: diagnose.Facts{RoleARN: role, CallerARN: me, CallerAccount: home, AccessKeyID: key}}
		if f := judgeTrust(r, w, noon); causesOf(f) != want {
			t.Errorf("%s: %s %s [%s]", key, f.Status, f.What, causesOf(f))
		}
	}
}
