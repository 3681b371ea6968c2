package address

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// A path becomes a key and the same path again, and lies in the space's
// directory.
func FuzzKeyAndPath(f *testing.F) {
	f.Add("media", "", "docs/図 1+2.pdf")
	f.Add("", "env-aaaabbbbccccdddd", "a")
	f.Add("media/path", "env-aaaabbbbccccdddd", "../x")
	f.Fuzz(func(t *testing.T, prefix, environment, path string) {
		s := Space{Prefix: prefix, Environment: environment}
		key := s.Key(path)
		if got, ok := s.Path(key); !ok || got != path {
			t.Errorf("Path(Key(%q)) = %q, %v", path, got, ok)
		}
		if d := s.Dir(); d != "" && (!strings.HasSuffix(d, "/") || strings.HasPrefix(d, "/")) && environment == "" {
			t.Errorf("Dir() = %q", d)
		}
	})
}

// A URL that was made for a key names that key and nothing else, whoever reads
// it.
func FuzzURLNamesItsKey(f *testing.F) {
	for _, key := range []string{"media/図 1+2.png", "a%2Fb?c#d", "a;b=c&d", "..", "\x00\x1b", `a\b`, "カ\u3099", "~!*'()"} {
		f.Add(key)
	}
	s := Space{Bucket: "b", Region: "ap-northeast-1", Domain: "https://media.example.com"}
	f.Fuzz(func(t *testing.T, key string) {
		if !utf8.ValidString(key) {
			return
		}
		u, err := url.Parse(s.URL(key))
		if err != nil {
			t.Fatalf("URL(%q): %v", key, err)
		}
		if got := strings.TrimPrefix(u.Path, "/"); u.Host != "media.example.com" || u.RawQuery != "" || u.Fragment != "" || got != key {
			t.Errorf("URL(%q) is read as %q on %q, query %q, fragment %q", key, got, u.Host, u.RawQuery, u.Fragment)
		}
		direct := s
		direct.Domain = ""
		loc, ok := ParseLocation(direct.URL(key))
		want := Location{FormVirtual, "aws", "b", "ap-northeast-1", key}
		if !ok || loc != want {
			t.Errorf("ParseLocation(%q) = %+v, %v", direct.URL(key), loc, ok)
		}
		if i := strings.IndexFunc(EscapePath(key), func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("+?#%&\\\"<>", r) && r != '%' }); i >= 0 {
			t.Errorf("EscapePath(%q) = %q", key, EscapePath(key))
		}
	})
}

// A name that is accepted survives as it is: it is composed or it is not, but
// it never leaves the directory, and browsers do not resolve it to another.
func FuzzAcceptedNamesAreSafe(f *testing.F) {
	for _, name := range []string{"a.png", "a/../b", "./a", "a/./b", "/a", "a//b", ".", "..", "a/..", "\u202e", "env-aaaabbbbccccdddd/x", strings.Repeat("あ", 342)} {
		f.Add(name)
	}
	s := Space{Bucket: "b", Region: "us-east-1", Prefix: "media", Domain: "https://media.example.com"}
	base, _ := url.Parse("https://media.example.com/")
	f.Fuzz(func(t *testing.T, name string) {
		if s.CheckName(name) != nil {
			return
		}
		key := s.Key(name)
		if len(key) > MaxKeyBytes || s.Hidden(key, 1) {
			t.Errorf("%q was accepted", name)
		}
		ref, err := url.Parse("/" + EscapePath(key))
		if err != nil {
			t.Fatal(err)
		}
		if got := base.ResolveReference(ref).Path; got != "/"+key {
			t.Errorf("%q is resolved to %q", name, got)
		}
		if again := NFC(NFC(name)); again != NFC(name) {
			t.Errorf("NFC is not settled for %q", name)
		}
	})
}
