package purge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media/address"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"/a /a", "/a"},
		{"/a /a*", "/a*"},
		{"/a* /a!b* /a/b* /a(1)* /b", "/a* /b"},
		{"/b* /a* /b/c /b/c*", "/a* /b*"},
		{"/a /ab /a/b*", "/a /a/b* /ab"},
		{"/folder/* /folder* /folder2/*", "/folder*"},
		{"/folder/* /folder/x* /folder.txt*", "/folder.txt* /folder/*"},
	} {
		if got := strings.Join(Fold(strings.Fields(c.in)), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.in, got, c.want)
		}
	}
}

// Whatever is folded, the same is matched: nothing is lost, nothing is added.
func FuzzFold(f *testing.F) {
	f.Add("/a* /a/b /a!* /b /ba*", "/ba")
	f.Add("/a /a* /a", "/a")
	f.Fuzz(func(t *testing.T, paths, probe string) {
		match := func(paths []string) bool {
			return slices.ContainsFunc(paths, func(p string) bool {
				front, wild := strings.CutSuffix(p, "*")
				return p == probe || wild && strings.HasPrefix(probe, front)
			})
		}
		in := strings.Fields(paths)
		out := Fold(in)
		if match(in) != match(out) || len(out) > len(in) {
			t.Errorf("%q: %q and %q differ about %q", paths, in, out, probe)
		}
	})
}

func TestEmptied(t *testing.T) {
	var asked []string
	empty := func(names ...string) func(context.Context, string) (bool, error) {
		asked = nil
		return func(_ context.Context, folder string) (bool, error) {
			asked = append(asked, folder)
			if folder == "m/broken/" {
				return true, errors.New("no answer")
			}
			return slices.Contains(names, folder), nil
		}
	}
	for _, c := range []struct{ keys, empty, want, asked string }{
		{"m/a/1 m/a/2", "m/a/", "m/a/", "m/a/"},
		{"m/a/1 m/a/2", "", "m/a/1 m/a/2", "m/a/"},
		{"m/a/1 m/b/2", "m/a/ m/b/", "m/a/1 m/b/2", ""},
		{"m/1 m/2", "m/", "m/1 m/2", ""},
		{"m/x/a/1 m/x/a/2 m/x/b/", "m/x/ m/x/a/", "m/x/", "m/x/a/ m/x/"},
		{"m/x/a/1 m/x/a/2 m/x/3", "m/x/a/", "m/x/3 m/x/a/", "m/x/a/ m/x/"},
		{"m/broken/1 m/broken/2", "m/broken/", "m/broken/1 m/broken/2", "m/broken/"},
	} {
		got := Emptied(t.Context(), "m/", strings.Fields(c.keys), empty(strings.Fields(c.empty)...))
		if strings.Join(got, " ") != c.want || strings.Join(asked, " ") != c.asked {
			t.Errorf("%s: %q (asked %q), want %q (%q)", c.keys, got, asked, c.want, c.asked)
		}
	}
	var many []string
	for i := range 300 {
		many = append(many, fmt.Sprintf("m/%d/x", i/2)+fmt.Sprint(i%2))
	}
	Emptied(t.Context(), "m/", many, empty())
	if len(asked) != mostAsked {
		t.Errorf("%d folders were looked at", len(asked))
	}
}

func TestBatches(t *testing.T) {
	var paths []string
	for i := range MaxPaths + 10 {
		paths = append(paths, fmt.Sprintf("/f%04d", i))
		if i%200 == 0 {
			paths = append(paths, fmt.Sprintf("/w%04d*", i))
		}
	}
	batches := Batches(paths)
	if len(batches) != 3 || !slices.Equal(slices.Sorted(slices.Values(slices.Concat(batches...))), slices.Sorted(slices.Values(paths))) {
		t.Fatalf("%d batches", len(batches))
	}
	if len(batches[0]) != MaxPaths || Wildcards(batches[0]) != 0 {
		t.Errorf("wildcards hold back %d paths without", len(batches[0]))
	}
	for i, b := range batches {
		if len(b) > MaxPaths || Wildcards(b) > MaxWildcards {
			t.Errorf("batch %d: %d paths, %d wildcards", i, len(b), Wildcards(b))
		}
	}
	if got := Batches(nil); len(got) != 0 {
		t.Errorf("nothing is %d batches", len(got))
	}
}

func TestReference(t *testing.T) {
	base := Reference("E1", []string{"/a", "/b"}, "job")
	if got := Reference("E1", []string{"/b", "/a"}, "job"); got != base {
		t.Error("the order counts")
	}
	for _, other := range []string{Reference("E2", []string{"/a", "/b"}, "job"), Reference("E1", []string{"/a"}, "job"), Reference("E1", []string{"/a", "/b"}, "job2"), Reference("E1", []string{"/a/b"}, "job")} {
		if other == base {
			t.Error("two jobs have one reference")
		}
	}
	if len(base) > 128 {
		t.Errorf("%d characters", len(base))
	}
}

func TestCommands(t *testing.T) {
	paths := Paths(address.Space{Prefix: "m"}, []string{"m/a b.txt", "m/夏/"}, false)
	got := Commands("aws", "E1", paths)
	want := "aws cloudfront create-invalidation --distribution-id E1 --paths /m/%E5%A4%8F/* /m/a%20b.txt*"
	if len(got) != 1 || strings.Join(got[0], " ") != want {
		t.Errorf("%q", got)
	}
	if got := Commands("aws-cn", "E1", paths); !strings.Contains(strings.Join(got[0], " "), "--region cn-northwest-1 --paths") {
		t.Errorf("%q", got)
	}
	var many []string
	for i := range 31 {
		many = append(many, fmt.Sprintf("/%02d*", i))
	}
	if got := Commands("aws", "E1", many); len(got) != 3 {
		t.Errorf("%d lines", len(got))
	}
}
