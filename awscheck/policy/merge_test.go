package policy

import (
	"encoding/json"
	"slices"
	"testing"
)

// document is the text of a document of the current version.
func document(statements string) string {
	return `{"Version":"2012-10-17","Statement":[` + statements + `]}`
}

// text is a document as it would be saved.
func text(t *testing.T, d Document) string {
	t.Helper()
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestMerge(t *testing.T) {
	const (
		read  = `{"Sid":"Read","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`
		read2 = `{"Sid":"Other","Effect":"Allow","Principal":{"AWS":["*"]},"Action":["s3:getobject"],"Resource":["arn:aws:s3:::b/*"]}`
		write = `{"Sid":"Read","Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/*"}`
		third = `{"Sid":"Read2","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"*"}`
		bare  = `{"Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"*"}`
		home  = `{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username}/*"}`
	)
	for _, c := range []struct {
		name, existing, add string
		want                string
	}{
		{"appends", "{\"Version\":\"2012-10-17\",\"Id\":\"mine\",\"Statement\":[" + read + "]}", document(bare), "{\"Version\":\"2012-10-17\",\"Id\":\"mine\",\"Statement\":[" + read + "," + bare + "]}"},
		{"what means the same is there already", document(read), document(read2), document(read)},
		{"a Sid that is taken gets the next number", document(read + "," + third), document(write), document(read + "," + third + "," + `{"Sid":"Read3","Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/*"}`)},
		{"twice the same statement is added once", document(read), document(bare + "," + bare), document(read + "," + bare)},
		{"statements without Sids need none", document(bare), document(home), document(bare + "," + home)},
		{"an empty document takes the version", `{"Statement":[]}`, document(read), document(read)},
		{"an old version stays", `{"Statement":[` + read + `]}`, document(bare), `{"Statement":[` + read + "," + bare + `]}`},
		{"variables need the new version", `{"Statement":[` + read + `]}`, document(home), document(read + "," + home)},
		{"which would change what is there", `{"Statement":[` + home + `]}`, document(`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"${aws:userid}"}`),
			`{"Statement":[` + home + `,{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"${aws:userid}"}]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			existing, add := parse(t, c.existing), parse(t, c.add)
			before := slices.Clone(existing.Statements)
			got := text(t, Merge(existing, add))
			if want := text(t, parse(t, c.want)); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if len(existing.Statements) != len(before) {
				t.Error("the existing document was changed")
			}
		})
	}
}

// Merging twice adds nothing.
func TestMergeIsIdempotent(t *testing.T) {
	existing := one(t, to("Allow", aws(home)))
	add := one(t, to("Allow", `"*"`)+","+to("Deny", aws(abroad)))
	once := Merge(existing, add)
	if twice := Merge(once, add); text(t, twice) != text(t, once) {
		t.Errorf("got %s, want %s", text(t, twice), text(t, once))
	}
}

func TestNearest(t *testing.T) {
	d := one(t, `
		{"Effect":"Allow","Action":"s3:PutObject","Resource":["arn:aws:s3:::other/*","arn:aws:s3:::b/media/*"]},
		{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::b/Media/*"},
		{"Effect":"Allow","NotAction":"s3:PutObject","Resource":"arn:aws:s3:::b/Media/*"},
		{"Effect":"Allow","Action":"s3:DeleteObject","NotResource":"arn:aws:s3:::b/*"}`)
	for _, c := range []struct{ action, resource, want string }{
		{"s3:PutObject", "arn:aws:s3:::b/Media/a.png", "arn:aws:s3:::b/media/*"},
		{"s3:putobject", "arn:aws:s3:::others/a.png", "arn:aws:s3:::other/*"},
		{"s3:GetObject", "arn:aws:s3:::b/media/a.png", "arn:aws:s3:::b/Media/*"},
		{"s3:PutObject", "arn:aws:s3:::b/media/a.png", "arn:aws:s3:::b/media/*"},
	} {
		got, ok := Nearest(Request{Action: c.action, Resource: c.resource}, d)
		if !ok || got != c.want {
			t.Errorf("%s on %s: got %q %v, want %q", c.action, c.resource, got, ok, c.want)
		}
	}
	only := one(t, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"},{"Effect":"Deny","Action":"s3:PutObject","Resource":"*"}`)
	if p, ok := Nearest(Request{Action: "s3:PutObject", Resource: "arn:aws:s3:::b/a"}, only); ok {
		t.Errorf("nothing allows s3:PutObject, got %q", p)
	}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct{ refused, granted, wantRefused, wantGranted string }{
		{"arn:aws:s3:::b/Media/a.png", "arn:aws:s3:::b/media/*", "M", "m"},
		{"arn:aws:s3:::b/media/a.png", "arn:aws:s3:::b/medias/*", "", "s"},
		{"arn:aws:s3:::b/mediaa/a.png", "arn:aws:s3:::b/media/*", "a", ""},
		{"arn:aws:s3:::b", "arn:aws:s3:::b/*", "", "/"},
		{"arn:aws:s3:::b/media/a.png", "arn:aws:s3:::b", "/media/a.png", ""},
		{"arn:aws-cn:s3:::b/media/a.png", "arn:aws:s3:::b/media/*", "-cn", ""},
		{"arn:aws:s3:::b//media/a.png", "arn:aws:s3:::b/media/*", "/", ""},
		{"arn:aws:s3:::b/media/a.png", "arn:aws:s3:::b/media/*", "", ""},
		{"arn:aws:s3:::b/media/a.png", "arn:aws:s3:::b/*/a.pn?", "", ""},
		{"arn:aws:s3:::b/x/media/a.gif", "arn:aws:s3:::*/media/*.png", "gif", "png"},
		{"arn:aws:s3:::b/画像/a.png", "arn:aws:s3:::b/画象/*", "像", "象"},
		{"", "a", "", "a"},
		{"a", "", "a", ""},
	} {
		r, g := Compare(c.refused, c.granted)
		if got := c.refused[r.From:r.To]; got != c.wantRefused {
			t.Errorf("%s against %s: marks %q of the refused, want %q", c.refused, c.granted, got, c.wantRefused)
		}
		if got := c.granted[g.From:g.To]; got != c.wantGranted {
			t.Errorf("%s against %s: marks %q of the granted, want %q", c.refused, c.granted, got, c.wantGranted)
		}
	}
}

// An alignment that costs nothing is a match, and the other way round.
func FuzzCompare(f *testing.F) {
	f.Add("arn:aws:s3:::b/media/a.png", "arn:aws:s3:::b/m?dia/*")
	f.Add("aab", "*a*b")
	f.Fuzz(func(t *testing.T, refused, granted string) {
		if len(refused) > 200 || len(granted) > 200 {
			t.Skip()
		}
		r, g := Compare(refused, granted)
		_, _ = refused[r.From:r.To], granted[g.From:g.To]
		if !ascii(refused) || !ascii(granted) {
			return // one ? is one character, but several bytes
		}
		if same := align(refused, granted).cost == 0; same != wildcardMatch(granted, refused, false) {
			t.Errorf("cost 0: %v, matches: %v", same, !same)
		}
	})
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] == literal {
			return false
		}
	}
	return true
}
