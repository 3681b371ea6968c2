package media

import (
	"crypto/md5"
	"hash/crc32"
	"hash/crc64"
	"slices"
	"strings"
	"testing"
)

func TestPartsFitTheLimitsOfS3(t *testing.T) {
	for _, size := range []int64{0, 1, singleLimit + 1, 5 << 30, 100 << 30, 1 << 40, 5 << 40, maxObject} {
		part := partSize(size)
		n := partCount(size, part)
		if n < 1 || n > mostParts || part < smallestPart || part > largestPart || n*part < size || (n-1)*part >= max(size, 1) {
			t.Errorf("%d bytes go in %d parts of %d", size, n, part)
		}
	}
}

func TestCompositeSumIsTheETagOfParts(t *testing.T) {
	content := strings.Repeat("abcdefg", 5000)
	const size = 8192
	var sums []byte
	parts := 0
	for rest := content; rest != ""; parts++ {
		n := min(size, len(rest))
		sum := md5.Sum([]byte(rest[:n]))
		sums = append(sums, sum[:]...)
		rest = rest[n:]
	}
	for _, chunk := range []int{1, 1000, 8192, 100_000} {
		c := newCompositeSum(size)
		for rest := content; rest != ""; {
			n := min(chunk, len(rest))
			if _, err := c.Write([]byte(rest[:n])); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if got, want := c.text(), compositeETag(sums, parts); got != want {
			t.Errorf("in chunks of %d: %s, want %s", chunk, got, want)
		}
	}
}

// The check values are those of the CRC catalogue for "123456789".
func TestChecksumsAreThoseOfS3(t *testing.T) {
	if got := crc64.Checksum([]byte("123456789"), crc64.MakeTable(nvme)); got != 0xae8b14860a799888 {
		t.Errorf("CRC-64/NVME of the check string is %x", got)
	}
	if got := crc32.ChecksumIEEE([]byte("123456789")); got != 0xcbf43926 {
		t.Errorf("CRC-32 of the check string is %x", got)
	}
}

func TestPathsAreReadAsMeant(t *testing.T) {
	for given, want := range map[string][2]string{ // what exists, what is new
		"": {"", ""}, ".": {"", ""}, "./": {"", ""}, "/": {"/", ""}, "docs": {"docs/", "docs/"}, "docs/": {"docs/", "docs/"},
		"/docs/": {"/docs/", "docs/"}, "./docs": {"./docs/", "docs/"}, "a/b//": {"a/b//", "a/b/"}, "カ\u3099": {"カ\u3099/", "ガ/"},
	} {
		if got := [2]string{asFolder(given), newFolder(given)}; got != want {
			t.Errorf("%q is %q, want %q", given, got, want)
		}
	}
	if got := readings("/カ\u3099.txt"); !slices.Equal(got, []string{"/カ\u3099.txt", "カ\u3099.txt", "ガ.txt"}) {
		t.Errorf("readings %q", got)
	}
}

func TestOnlyKeysThatXMLCarriesGoInABatch(t *testing.T) {
	for key, want := range map[string]bool{
		"media/図 1+2 & <x>.png": true, "😀": true, "a\tb": false, "a\rb": false, "a\x00b": false, "a\x7fb": false, "a\u0085b": false, "a\u2028b": false,
		"a\ufffeb": false, "\xff": false, "a\ufffdb": true,
	} {
		if got := fitsXML(key); got != want {
			t.Errorf("fitsXML(%q) = %v", key, got)
		}
	}
	var items []Item
	for range 2500 {
		items = append(items, Item{Key: "a"})
	}
	items = append(items[:1200], append([]Item{{Key: "\x01"}}, items[1200:]...)...)
	total := 0
	for _, b := range batchesOf(items) {
		total += len(b)
		if len(b) > mostDeletes {
			t.Errorf("a batch of %d", len(b))
		}
	}
	if total != 2501 {
		t.Errorf("%d of 2501 items in batches", total)
	}
}
