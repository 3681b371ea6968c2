package mediatest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/mediadock/mediadock/media"
)

func testList(t *testing.T, e Endpoint) {
	r := e.Room(t, media.Options{})

	t.Run("empty", func(t *testing.T) {
		page, err := r.Page(t.Context(), "nothing", "")
		if err != nil || len(page.Items) != 0 || page.Next != "" {
			t.Errorf("page of nothing = %+v, %v", page, err)
		}
		if got := walked(t, r.Library, ""); got != nil {
			t.Errorf("walk of nothing = %q", got)
		}
	})

	r.LayMany(strange)
	t.Run("exact keys", func(t *testing.T) {
		wantPaths(t, "walk", walked(t, r.Library, ""), strange)
		for _, p := range strange {
			item, err := r.Info(t.Context(), p)
			if err != nil || item.Path != p || item.Size != int64(len(p)) || item.ETag == "" || item.Modified.IsZero() {
				t.Errorf("info %q = %+v, %v", p, item, err)
			}
		}
	})

	t.Run("hidden", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.Lay("a.txt", "a")
		r.Lay(".mediadock/01J.txt", "probe")
		r.Lay("env-aaaabbbbccccdddd/a.txt", "environment")
		r.Lay("folder/b.txt", "b")
		r.Lay("folder/", "") // a folder marker
		r.Lay("empty/", "")
		page, err := r.Page(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		wantItems(t, page.Items, "empty/", "folder/", "a.txt")
		page, err = r.Page(t.Context(), "folder/", "")
		if err != nil {
			t.Fatal(err)
		}
		wantItems(t, page.Items, "folder/b.txt")
		wantPaths(t, "walk", walked(t, r.Library, ""), []string{"a.txt", "folder/b.txt"})
		if _, err := r.Info(t.Context(), ".mediadock/01J.txt"); !errors.Is(err, media.ErrRefused) {
			t.Errorf("info of a probe: %v", err)
		}
	})

	t.Run("a file", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		r.LayMany([]string{"docs/hi.txt", "docs/hi.txt.bak"})
		cases := map[string][]string{
			"docs/hi.txt": {"docs/hi.txt"}, "docs/hi.txt/": nil, "docs/hi": nil,
		}
		if r.LayFileAndFolder("both", "x.txt") {
			cases["both"] = []string{"both/x.txt"}
		}
		if e.Sandbox != nil { // some servers refuse to list keys with an empty segment
			cases["/docs/hi.txt"] = []string{"docs/hi.txt"}
		}
		for path, want := range cases {
			page, err := r.Page(t.Context(), path, "")
			if err != nil {
				t.Fatal(err)
			}
			wantItems(t, page.Items, want...)
			wantPaths(t, "walk "+path, walked(t, r.Library, path), want)
		}
	})

	t.Run("missing", func(t *testing.T) {
		if _, err := r.Info(t.Context(), "no such.txt"); !errors.Is(err, media.ErrNotFound) {
			t.Errorf("info of nothing: %v", err)
		}
		if _, err := r.Info(t.Context(), "日本語"); code(err) != media.CodeFolder {
			t.Errorf("info of a folder: %v", err)
		}
	})

	t.Run("pages", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		var paths []string
		for i := range 1050 {
			paths = append(paths, fmt.Sprintf("f/%04d.txt", i))
		}
		r.LayMany(paths)
		var got []string
		token := ""
		for n := 0; n == 0 || token != ""; n++ {
			page, err := r.Page(t.Context(), "f", token)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range page.Items {
				got = append(got, i.Path)
			}
			token = page.Next
		}
		wantPaths(t, "pages", got, paths)
		wantPaths(t, "walk", walked(t, r.Library, "f"), paths)

		enough := errors.New("enough")
		n := 0
		err := r.Walk(t.Context(), "", func(media.Item) error {
			if n++; n == 3 {
				return enough
			}
			return nil
		})
		if !errors.Is(err, enough) || n != 3 {
			t.Errorf("a walk that was stopped gave %d items and %v", n, err)
		}
	})
}

func wantItems(t testing.TB, items []media.Item, want ...string) {
	t.Helper()
	var got []string
	for _, i := range items {
		got = append(got, i.Path)
		if i.Folder != (i.Path[len(i.Path)-1] == '/') {
			t.Errorf("%q: Folder is %v", i.Path, i.Folder)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("items:\n got %q\nwant %q", got, want)
	}
}

func code(err error) string {
	var e *media.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return fmt.Sprint(err)
}
