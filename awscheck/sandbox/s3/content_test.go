package s3

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"
)

func (c *content) bytes(t *testing.T, off, n int64) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := c.writeTo(&b, off, n); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadContent(t *testing.T) {
	for _, size := range []int{0, 1, chunkSize - 1, chunkSize, chunkSize + 1, 3*chunkSize + 7} {
		want := bytes.Repeat([]byte("0123456789abcdef!"), size/17+1)[:size]
		for name, hint := range map[string]int64{"known": int64(size), "unknown": -1, "wrong": int64(size/2 + 1)} {
			b, seen := &budget{limit: 1 << 30}, 0
			c, err := readContent(iotest.HalfReader(bytes.NewReader(want)), hint, b, func(p []byte) { seen += len(p) })
			if err != nil || c.size() != int64(size) || seen != size || b.used != int64(size) {
				t.Fatalf("%d bytes, length %s: %v, %d kept, %d seen, %d charged", size, name, err, c.size(), seen, b.used)
			}
			if !bytes.Equal(c.bytes(t, 0, c.size()), want) {
				t.Fatalf("%d bytes, length %s: other bytes came back", size, name)
			}
		}
	}
}

// What is read before an upload breaks off is given back to the budget.
func TestReadContentFails(t *testing.T) {
	broken := errors.New("broken")
	b := &budget{limit: 1 << 30}
	_, err := readContent(io.MultiReader(bytes.NewReader(make([]byte, chunkSize+5)), iotest.ErrReader(broken)), 3*chunkSize, b, func([]byte) {})
	if !errors.Is(err, broken) || b.used != 0 {
		t.Errorf("got %v, %d bytes are still charged", err, b.used)
	}
	small := &budget{limit: chunkSize}
	_, err = readContent(bytes.NewReader(make([]byte, 4*chunkSize)), -1, small, func([]byte) {})
	if err == nil || small.used != 0 {
		t.Errorf("got %v, %d bytes are still charged", err, small.used)
	}
}

func TestSliceAndJoin(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	whole := join([]*content{bytesOf([]byte("hello ")), madeUp("k", 1000), bytesOf(nil), madeUp("j", 7), bytesOf([]byte(" world"))})
	all := whole.bytes(t, 0, whole.size())
	if len(all) != 1019 || !whole.isMadeUp() || bytesOf([]byte("x")).isMadeUp() {
		t.Fatalf("joined %d bytes", len(all))
	}
	for range 300 {
		off := rnd.Int64N(whole.size())
		n := rnd.Int64N(whole.size() - off + 1)
		if got := whole.bytes(t, off, n); !bytes.Equal(got, all[off:off+n]) {
			t.Fatalf("range %d+%d differs", off, n)
		}
		cut := whole.slice(off, n)
		if got := cut.bytes(t, 0, cut.size()); cut.size() != n || !bytes.Equal(got, all[off:off+n]) {
			t.Fatalf("slice %d+%d differs", off, n)
		}
	}
}

func TestAfter(t *testing.T) {
	for prefix, want := range map[string]string{"a/": "a0", "a": "b", "a\xff": "b", "\xff\xff": "", "": "", "a\ufffd": "a\xef\xbf\xbe"} {
		got, ok := after(prefix)
		if got != want || ok != (want != "") {
			t.Errorf("after(%q) is %q, %v", prefix, got, ok)
		}
	}
}
