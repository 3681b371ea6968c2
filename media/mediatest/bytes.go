package mediatest

import (
	"errors"
	"testing"

	"github.com/mediadock/mediadock/media"
)

// testBytes looks at parts of files.
func testBytes(t *testing.T, e Endpoint) {
	r := e.Room(t, media.Options{})
	r.Lay("写真 1.txt", "0123456789")
	item, err := r.Info(t.Context(), "写真 1.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		off, n int64
		want   string
	}{{0, 4, "0123"}, {4, 3, "456"}, {8, 100, "89"}, {0, 10, "0123456789"}, {10, 5, ""}, {0, 0, ""}, {-1, 5, ""}} {
		got, err := r.Bytes(t.Context(), item, c.off, c.n)
		if err != nil || string(got) != c.want {
			t.Errorf("%d bytes from %d: %q, %v; want %q", c.n, c.off, got, err, c.want)
		}
	}
	r.Lay("写真 1.txt", "abcdefghijkl")
	var changed *media.Error
	if _, err := r.Bytes(t.Context(), item, 0, 4); !errors.As(err, &changed) || changed.Code != media.CodeChanged {
		t.Errorf("another file in its place: %v", err)
	}
	item.Path, item.Key = "gone.txt", r.Space.Key("gone.txt")
	if _, err := r.Bytes(t.Context(), item, 0, 4); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("a file that is gone: %v", err)
	}
}
