package address

import (
	"net/url"
	"regexp"
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
		want := Location{Form: FormVirtual, Partition: "aws", Bucket: "b", Region: "ap-northeast-1", Key: key}
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

// Any text is read as a place in a bucket or not at all; where it is one, its
// URL is read as the same place.
func FuzzParseLocation(f *testing.F) {
	for _, text := range []string{
		"s3://b/k", "arn:aws:s3:::b/k", "arn:aws:s3:us-east-1:1:accesspoint/x", "https://b.s3.ap-northeast-1.amazonaws.com/a%20b?x#y",
		"https://s3.dualstack.eu-west-1.amazonaws.com/b/k", "b.s3-website-us-east-1.amazonaws.com", "https://s3.console.aws.amazon.com/s3/buckets/b?region=eu-west-1&prefix=x/",
		"https://b.s3.cn-north-1.amazonaws.com.cn/", "https://eusc-de-east-1.console.amazonaws-eusc.eu/s3/object/b?prefix=k", "https://%zz", "s3:///", "ARN:::::",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		loc, ok := ParseLocation(text)
		if !ok {
			return
		}
		if loc.Form == "" || strings.Contains(loc.Bucket, "/") || loc.Bucket == "" {
			t.Fatalf("ParseLocation(%q) = %+v", text, loc)
		}
		part, known := PartitionOf(loc.Region)
		if loc.Region != "" && (!known || part.ID != loc.Partition) {
			t.Errorf("ParseLocation(%q) = %+v, whose Region is of %q", text, loc, part.ID)
		}
		if !known || !part.Supported || !plainBucket.MatchString(loc.Bucket) || !utf8.ValidString(loc.Key) {
			return
		}
		again, ok := ParseLocation(Space{Bucket: loc.Bucket, Region: loc.Region}.URL(loc.Key))
		if !ok || again.Bucket != loc.Bucket || again.Region != loc.Region || again.Key != loc.Key {
			t.Errorf("%q is %+v, and its URL %+v, %v", text, loc, again, ok)
		}
	})
}

var plainBucket = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`)
