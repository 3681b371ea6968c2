package storagepaths

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
)

const (
	bucketARN = "arn:aws:s3:::alpha-prod-assets"
	me        = "eu-west-1:11111111-aaaa"
	other     = "eu-west-1:22222222-bbbb"
)

// The four examples of Amplify's documentation (A15, A18, A20, A23).
const (
	guestsRead   = `{"public/*":{"guest":["get","list"]}}`
	signedInAll  = `{"public/*":{"guest":["get","list"],"authenticated":["get","list","write","delete"]}}`
	adminsManage = `{"public/*":{"authenticated":["get","list","write","delete"]},"admin/*":{"authenticated":["get","list"],"groupsadmin":["get","list","write","delete"]}}`
	owners       = `{"public/*":{"guest":["get","list"],"authenticated":["get","list","write","delete"]},` +
		`"protected/*":{"guest":["get","list"],"authenticated":["get","list"]},` +
		`"protected/${cognito-identity.amazonaws.com:sub}/*":{"entityidentity":["get","list","write","delete"]}}`
	nested = `{"media/*":{"guest":["read"],"authenticated":["read","write"]},"media/albums/*":{"authenticated":["read"],"groupseditors":["read","write","delete"]},"other/*":{"groupseditors":["list"]}}`
)

func table(t *testing.T, text string) Table {
	t.Helper()
	out, m := Parse(text)
	if m != nil {
		t.Fatalf("%s: %v", text, m)
	}
	return out
}

func TestParse_keepsTheDocumentedTables(t *testing.T) {
	for _, text := range []string{guestsRead, signedInAll, adminsManage, owners} {
		if got := table(t, text).JSON(); got != text {
			t.Errorf("became %s\nwant %s", got, text)
		}
	}
}

func TestParse_normalForm(t *testing.T) {
	got := table(t, `{"own/{entity_id}/*": {"entityidentity": ["delete","read","delete"]}, "a/*": {"groupsz": ["write"], "groupsb": ["write"], "authenticated": ["list","get"], "guest": ["read","get"]}}`)
	want := `{"own/${cognito-identity.amazonaws.com:sub}/*":{"entityidentity":["get","list","delete"]},"a/*":{"guest":["get","list"],"authenticated":["get","list"],"groupsb":["write"],"groupsz":["write"]}}`
	if got.JSON() != want {
		t.Errorf("%s\nwant %s", got.JSON(), want)
	}
	if again := table(t, got.Indented("    ")); again.JSON() != want {
		t.Errorf("indented it is read as %s", again.JSON())
	}
	if fmt.Sprint(got.Roles()) != "[guest authenticated groupsb groupsz]" {
		t.Errorf("roles %v", got.Roles())
	}
}

func TestParse_mistakes(t *testing.T) {
	for text, want := range map[string]struct{ code, path, who, value, better string }{
		`[]`:                          {code: NotATable},
		`"public/*"`:                  {code: NotATable},
		`{}`:                          {code: NotATable},
		`{"a/*":["get"]}`:             {code: NotATable, path: "a/*"},
		`{"a/*":{"guest":"x"}}`:       {code: NotATable, path: "a/*", who: "guest"},
		`{"a/*":{"guest":["get"]}} x`: {code: NotATable},
		`{"/a/*":{"guest":["get"],"authenticated":["write"]}}`:      {code: LeadingSlash, path: "/a/*", who: "guest", better: `{"a/*":{"guest":["get"],"authenticated":["write"]}}`},
		`{"a":{"guest":["get"]}}`:                                   {code: NoWildcard, path: "a", who: "guest", better: `{"a/*":{"guest":["get"]}}`},
		`{"a/":{"guest":["get"]}}`:                                  {code: NoWildcard, path: "a/", who: "guest", better: `{"a/*":{"guest":["get"]}}`},
		`{"a*":{"guest":["get"]}}`:                                  {code: NoWildcard, path: "a*", who: "guest", better: `{"a/*":{"guest":["get"]}}`},
		`{"*":{"guest":["get"]}}`:                                   {code: WholeBucket, path: "*", who: "guest"},
		`{"/*":{"guest":["get"]}}`:                                  {code: WholeBucket, path: "/*", who: "guest"},
		`{"a//b/*":{"guest":["get"]}}`:                              {code: BadSegment, path: "a//b/*", who: "guest", better: `{"a/b/*":{"guest":["get"]}}`},
		`{"a/../b/*":{"guest":["get"]}}`:                            {code: BadSegment, path: "a/../b/*", who: "guest"},
		`{"a/*/b/*":{"guest":["get"]}}`:                             {code: BadCharacter, path: "a/*/b/*", who: "guest", value: "*"},
		`{"写真/*":{"guest":["get"]}}`:                                {code: BadCharacter, path: "写真/*", who: "guest", value: "写"},
		`{"a/${aws:userid}/*":{"guest":["get"]}}`:                   {code: BadCharacter, path: "a/${aws:userid}/*", who: "guest", value: "$"},
		`{"a/{entity_id}/b/*":{"entityidentity":["get"]}}`:          {code: IdentityPlace, path: "a/{entity_id}/b/*", who: "entityidentity"},
		`{"a/x{entity_id}/*":{"entityidentity":["get"]}}`:           {code: IdentityPlace, path: "a/x{entity_id}/*", who: "entityidentity"},
		`{"a/*":{"entityidentity":["get"]}}`:                        {code: IdentityNeeded, path: "a/*", who: "entityidentity", better: `{"a/${cognito-identity.amazonaws.com:sub}/*":{"entityidentity":["get"]}}`},
		`{"a/{entity_id}/*":{"guest":["get"]}}`:                     {code: IdentityOnly, path: "a/{entity_id}/*", who: "guest", better: `{"a/*":{"guest":["get"]}}`},
		`{"a/*":{"guest":["get"]},"a/*":{"authenticated":["get"]}}`: {code: Duplicate, path: "a/*"},
		`{"a/*":{"guest":["get"],"guest":["list"]}}`:                {code: Duplicate, path: "a/*", who: "guest"},
		`{"a/{entity_id}/*":{"entityidentity":["get"]},"a/${cognito-identity.amazonaws.com:sub}/*":{"entityidentity":["get"]}}`: {code: Duplicate, path: "a/${cognito-identity.amazonaws.com:sub}/*", who: "entityidentity"},
		`{"a/*":{"guest":["get"]},"a/b/*":{"guest":["get"]},"a/b/c/*":{"guest":["get"]}}`:                                       {code: Nested, path: "a/b/c/*", value: "a/*"},
		`{"a/*":{"everybody":["get"]}}`: {code: UnknownWho, path: "a/*", who: "everybody", value: "everybody"},
		`{"a/*":{"Guest":["get"]}}`:     {code: UnknownWho, path: "a/*", who: "Guest", value: "Guest", better: `{"a/*":{"guest":["get"]}}`},
		`{"a/*":{"resource":["get"]}}`:  {code: UnknownWho, path: "a/*", who: "resource", value: "resource"},
		`{"a/*":{"groups":["get"]}}`:    {code: BadGroup, path: "a/*", who: "groups"},
		`{"a/*":{"groups a":["get"]}}`:  {code: BadGroup, path: "a/*", who: "groups a", value: " a"},
		`{"a/*":{"guest":["put"]}}`:     {code: UnknownAction, path: "a/*", who: "guest", value: "put", better: `{"a/*":{"guest":["write"]}}`},
		`{"a/*":{"guest":["*"]}}`:       {code: UnknownAction, path: "a/*", who: "guest", value: "*"},
		`{"a/*":{"guest":[]}}`:          {code: NoActions, path: "a/*", who: "guest"},
		`{"a/*":{}}`:                    {code: NoActions, path: "a/*"},
	} {
		t.Run(text, func(t *testing.T) {
			out, m := Parse(text)
			if m == nil {
				t.Fatalf("accepted as %s", out.JSON())
			}
			got := struct{ code, path, who, value, better string }{m.Code, m.Path, m.Who, m.Value, m.Better.JSON()}
			if got != want {
				t.Errorf("%+v\nwant %+v", got, want)
			}
			if !slices.Contains(Mistakes(), m.Code) {
				t.Errorf("%s is not among Mistakes", m.Code)
			}
		})
	}
}

func TestAllows(t *testing.T) {
	guest, signedIn := Visitor{Role: Guest}, Visitor{Role: Authenticated, Sub: me}
	admin, editor := Visitor{Role: "groupsadmin", Sub: me}, Visitor{Role: "groupseditors", Sub: me}
	for _, c := range []struct {
		table       string
		who         Visitor
		action, key string
		want        bool
	}{
		{guestsRead, guest, Get, "public/a.png", true},
		{guestsRead, guest, List, "public/", true},
		{guestsRead, guest, List, "", false},
		{guestsRead, guest, Write, "public/a.png", false},
		{guestsRead, guest, Get, "publicity/a.png", false},
		{guestsRead, signedIn, Get, "public/a.png", false},
		{adminsManage, signedIn, Write, "admin/a", false},
		{adminsManage, signedIn, Get, "admin/a", true},
		{adminsManage, admin, Delete, "admin/a", true},
		{adminsManage, admin, Get, "public/a", false}, // a group's role has the group's rights alone
		{owners, signedIn, Write, "protected/" + me + "/a", true},
		{owners, signedIn, Write, "protected/" + other + "/a", false},
		{owners, signedIn, Get, "protected/" + other + "/a", true},
		{owners, signedIn, Delete, "public/a", true}, // the table wins over the documentation's policy (A29)
		{owners, Visitor{Role: Authenticated}, Write, "protected/" + me + "/a", false},
		{owners, guest, Write, "protected/" + me + "/a", false},
		{nested, guest, Get, "media/a", true},
		{nested, guest, Get, "media/albums/a", false}, // nothing is inherited
		{nested, signedIn, Write, "media/albums/a", false},
		{nested, signedIn, Get, "media/albums/a", true},
		{nested, editor, Write, "media/albums/a", true},
		{nested, editor, Get, "media/a", false},
	} {
		if got := table(t, c.table).Allows(c.who, c.action, c.key); got != c.want {
			t.Errorf("%s\n%v %s %q: %v", c.table, c.who, c.action, c.key, got)
		}
	}
}

var keys = []string{
	"", "a", "public", "public/", "public/a.png", "public/x/b.png", "publicity/a", "admin/", "admin/a", "protected/", "protected/a",
	"protected/" + me + "/", "protected/" + me + "/a", "protected/" + me + "x/a", "protected/" + other + "/", "protected/" + other + "/a",
	"media/", "media/a", "media/albums/", "media/albums/a", "media/albumsx", "other/", "other/a", "own/" + me + "/a", "own/" + other + "/a", "own/",
}

func visitors(t Table) []Visitor {
	all := []Visitor{{Role: Guest}, {Role: Authenticated, Sub: me}, {Role: Authenticated, Sub: other}, {Role: Authenticated}}
	for _, g := range t.Groups() {
		all = append(all, Visitor{Role: GroupPrefix + g, Sub: me})
	}
	return append(all, Visitor{Role: "groupsnobody", Sub: me})
}

// decides asks the evaluator what AWS would be asked.
func decides(v Visitor, action, key string, p policy.Policies) bool {
	const account = "123456789012"
	r := policy.Request{
		Principal:       policy.Principal{Kind: policy.AssumedRole, Account: account, RoleARN: roleARN(v.Role), ARN: "arn:aws:sts::" + account + ":assumed-role/" + v.Role + "/CognitoIdentityCredentials"},
		Action:          Operation(action),
		Resource:        bucketARN + "/" + key,
		ResourceAccount: account,
		Context:         map[string][]string{},
	}
	if v.Sub != "" {
		r.Context["cognito-identity.amazonaws.com:sub"] = []string{v.Sub}
	}
	if action == List {
		r.Resource, r.Context["s3:prefix"] = bucketARN, []string{key}
	}
	return policy.Evaluate(r, p).Allowed
}

func roleARN(role string) string { return "arn:aws:iam::123456789012:role/" + role }

// exactly holds generated policies to the table, for everybody, every action
// and every key.
func exactly(t *testing.T, tb Table) {
	t.Helper()
	for _, tight := range []bool{false, true} {
		arns := map[string]string{}
		for _, role := range tb.Roles() {
			arns[role] = roleARN(role)
		}
		bucket := tb.BucketPolicy(bucketARN, arns)
		for _, v := range visitors(tb) {
			own := tb.RolePolicy(bucketARN, v.Role, tight)
			for _, action := range Actions() {
				for _, key := range keys {
					if key == "" && action != List {
						continue
					}
					want := tb.Allows(v, action, key)
					if got := decides(v, action, key, policy.Policies{Identity: []policy.Document{own}}); got != want {
						t.Errorf("%s\n%v %s %q: the role's policy says %v, the table %v", tb.JSON(), v, action, key, got, want)
					}
					if got := decides(v, action, key, policy.Policies{Resource: &bucket}); got != want {
						t.Errorf("%s\n%v %s %q: the bucket's policy says %v, the table %v", tb.JSON(), v, action, key, got, want)
					}
				}
			}
		}
	}
}

func TestPoliciesGrantExactlyTheTable(t *testing.T) {
	for _, text := range []string{guestsRead, signedInAll, adminsManage, owners, nested} {
		exactly(t, table(t, text))
	}
}

// The same for tables that nobody thought of.
func TestPoliciesGrantExactlyAnyTable(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	paths := []string{"public/*", "protected/*", "protected/" + Entity + "/*", "media/*", "media/albums/*", "own/" + Identity + "/*", "other/*"}
	for range 60 {
		var rows Table
		for _, p := range paths {
			who := []string{Guest, Authenticated, "groupsadmin", "groupseditors"}
			if strings.Contains(p, "{") {
				who = []string{Owner}
			}
			for _, w := range who {
				var actions []string
				for _, a := range Actions() {
					if random.IntN(2) == 0 {
						actions = append(actions, a)
					}
				}
				if len(actions) > 0 && random.IntN(3) > 0 {
					rows = append(rows, Row{p, w, actions})
				}
			}
		}
		if len(rows) == 0 {
			continue
		}
		tb, m := Check(rows)
		if m != nil {
			t.Fatalf("%v: %v", rows, m)
		}
		exactly(t, tb)
	}
}

// The documented form is the documentation's own, but for its slips (A29).
func TestRolePolicy_asDocumented(t *testing.T) {
	for _, c := range []struct{ table, role, want string }{
		{guestsRead, Guest, `{"Version":"2012-10-17","Statement":[` +
			`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::alpha-prod-assets/public/*"},` +
			`{"Effect":"Allow","Action":"s3:ListBucket","Resource":["arn:aws:s3:::alpha-prod-assets","arn:aws:s3:::alpha-prod-assets/*"],"Condition":{"StringLike":{"s3:prefix":["public/","public/*"]}}}]}`},
		{signedInAll, Authenticated, `{"Version":"2012-10-17","Statement":[` +
			`{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject"],"Resource":"arn:aws:s3:::alpha-prod-assets/public/*"},` +
			`{"Effect":"Allow","Action":"s3:ListBucket","Resource":["arn:aws:s3:::alpha-prod-assets","arn:aws:s3:::alpha-prod-assets/*"],"Condition":{"StringLike":{"s3:prefix":["public/","public/*"]}}}]}`},
		{owners, Authenticated, `{"Version":"2012-10-17","Statement":[` +
			`{"Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::alpha-prod-assets/public/*","arn:aws:s3:::alpha-prod-assets/protected/*"]},` +
			`{"Effect":"Allow","Action":"s3:ListBucket","Resource":["arn:aws:s3:::alpha-prod-assets","arn:aws:s3:::alpha-prod-assets/*"],"Condition":{"StringLike":{"s3:prefix":["public/","public/*","protected/","protected/*"]}}},` +
			`{"Effect":"Allow","Action":["s3:PutObject","s3:DeleteObject"],"Resource":["arn:aws:s3:::alpha-prod-assets/public/*","arn:aws:s3:::alpha-prod-assets/protected/${cognito-identity.amazonaws.com:sub}/*"]}]}`},
	} {
		got, err := table(t, c.table).RolePolicy(bucketARN, c.role, false).MarshalJSON()
		if err != nil || string(got) != c.want {
			t.Errorf("%s, %v\nwant %s", got, err, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{guestsRead, owners, nested, `{"/a":{"x":[]}}`, `{"a/*":{"guest":["put"]}}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tb, m := Parse(text)
		if m != nil {
			tb = m.Better
		}
		if tb == nil {
			return
		}
		if again, m := Parse(tb.JSON()); m != nil || again.JSON() != tb.JSON() {
			t.Errorf("%q: %s is read as %s, %v", text, tb.JSON(), again.JSON(), m)
		}
	})
}
