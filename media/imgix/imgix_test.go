package imgix

import (
	"errors"
	"slices"
	"testing"
)

func TestAnAddressLeavesThePrefixOut(t *testing.T) {
	for _, c := range []struct{ subdomain, domain, prefix, key, want string }{
		{"alpha", "", "", "logo.png", "https://alpha.imgix.net/logo.png"},
		{"alpha", "", "media", "media/docs/a b.png", "https://alpha.imgix.net/docs/a%20b.png"},
		{"alpha", "https://img.acme.jp", "media/path", "media/path/写真.png", "https://img.acme.jp/%E5%86%99%E7%9C%9F.png"},
		{"alpha", "", "media", "mediax/logo.png", ""},
		{"alpha", "", "media", "media/", ""},
	} {
		got, ok := URL(Base(c.subdomain, c.domain), c.prefix, c.key)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s under %q: %q %v, want %q", c.key, c.prefix, got, ok, c.want)
		}
	}
}

func TestRulesDecideWhatIsShown(t *testing.T) {
	for _, c := range []struct {
		rules        string
		shows, hides []string
	}{
		{``, []string{"/a.png", "/docs/b.pdf"}, nil},
		{`include-all`, []string{"/a.png"}, nil},
		{`"exclude-all"`, nil, []string{"/a.png"}},
		{`{"mode":"include","paths":["images/","/docs/"]}`, []string{"/images/a.png", "/docs/x/y.pdf"}, []string{"/a.png", "/imagesx/a.png", "/Images/a.png"}},
		{`{"mode":"include","paths":["/img"]}`, []string{"/img.png", "/img-old/a.png"}, []string{"/x/img"}},
		{`{"mode":"exclude","paths":["/private/"]}`, []string{"/a.png", "/privately.png"}, []string{"/private/a.png"}},
		{`{"mode":"exclude","paths":["/"]}`, nil, []string{"/a.png"}},
	} {
		r, err := Parse(c.rules)
		if err != nil {
			t.Errorf("%s: %v", c.rules, err)
			continue
		}
		for _, path := range c.shows {
			if !r.Shows(path) {
				t.Errorf("%s hides %s", c.rules, path)
			}
		}
		for _, path := range c.hides {
			if r.Shows(path) {
				t.Errorf("%s shows %s", c.rules, path)
			}
		}
		again, err := Parse(r.JSON())
		if err != nil || again.Mode != r.Mode || !slices.Equal(again.Paths, r.Paths) {
			t.Errorf("%s comes back as %+v, %v", r.JSON(), again, err)
		}
	}
}

func TestWrongRulesSayWhatIsWrong(t *testing.T) {
	for text, want := range map[string]RuleError{
		`[]`:                                   {NotRules, ""},
		`{"mode":`:                             {NotRules, ""},
		`{"mode":["include"],"paths":["/a"]}`:  {NotRules, ""},
		`only`:                                 {NoSuchMode, "only"},
		`{"paths":["/a"]}`:                     {NoSuchMode, ""},
		`{"mode":"include"}`:                   {NoPaths, "include"},
		`{"mode":"include-all","paths":["/"]}`: {SpareMode, "include-all"},
		`{"mode":"include","path":["/a"]}`:     {NoSuchKey, "path"},
		`{"mode":"include","paths":["/a/*"]}`:  {BadPath, "/a/*"},
		`{"mode":"exclude","paths":["../a"]}`:  {BadPath, "../a"},
		`{"mode":"exclude","paths":["https://alpha.imgix.net/a"]}`: {BadPath, "https://alpha.imgix.net/a"},
		`{"mode":"exclude","paths":[" "]}`:                         {EmptyPath, ""},
	} {
		_, err := Parse(text)
		var got *RuleError
		if !errors.As(err, &got) || *got != want {
			t.Errorf("%s: %v, want %+v", text, err, want)
		}
	}
}

func TestPathsThatMatchNothingAreFound(t *testing.T) {
	r := Rules{Mode: Include, Paths: []string{"/images/", "/media/images/"}}
	if got := r.Unmatched([]string{"/images/a.png", "/b.png"}); !slices.Equal(got, []string{"/media/images/"}) {
		t.Errorf("unmatched %q", got)
	}
}
