package guess

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// source is randomness that is the same every time.
func source(seed uint64) io.Reader {
	var key [32]byte
	for i := range 8 {
		key[i] = byte(seed >> (8 * i))
	}
	return rand.NewChaCha8(key)
}

func TestSuffixesAreRandomAndRecognised(t *testing.T) {
	from := source(3)
	seen, counts := map[string]bool{}, map[rune]int{}
	const draws = 20000
	for range draws {
		s, err := Suffix(from)
		if err != nil {
			t.Fatal(err)
		}
		if len(s) != 26 || strings.ContainsAny(s, "01oil") || strings.ToLower(s) != s || !IsSuffix(s) || seen[s] {
			t.Fatalf("suffix %q", s)
		}
		if r := Score(s + ".pdf"); r.Bits != 128 || r.Level != Unguessable || r.Reason != Random {
			t.Fatalf("%q: %+v", s, r)
		}
		seen[s] = true
		for _, c := range s {
			counts[c]++
		}
	}
	// Each character is as likely as the next: within four percent, which is
	// more than five standard deviations. What is refused shifts it little.
	mean := draws * 26 / len(alphabet)
	for _, c := range alphabet {
		if d := counts[c] - mean; d > mean/25 || d < -mean/25 {
			t.Errorf("%c came %d times, %d on average", c, counts[c], mean)
		}
	}
}

// What Suffix refuses costs a tenth of a bit at most: fewer than 6 in 100.
func TestFewDrawsAreRefused(t *testing.T) {
	from := source(4)
	refused := 0
	const draws = 20000
	for range draws {
		s, err := draw(from)
		if err != nil {
			t.Fatal(err)
		}
		if !IsSuffix(s) {
			refused++
		}
	}
	if 100*refused > 6*draws {
		t.Errorf("%d of %d draws are refused", refused, draws)
	}
	t.Logf("%d of %d", refused, draws)
}

func TestWithoutRandomnessThereIsNoSuffix(t *testing.T) {
	if s, err := Suffix(zeros{}); !errors.Is(err, ErrNotRandom) {
		t.Errorf("%q, %v from zeros", s, err)
	}
	if s, err := Suffix(bytes.NewReader(bytes.Repeat([]byte{31}, 1<<16))); !errors.Is(err, ErrNotRandom) {
		t.Errorf("%q, %v from bytes that are no characters", s, err)
	}
	if s, err := Suffix(strings.NewReader("short")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%q, %v from a short source", s, err)
	}
	a, err := Suffix(nil)
	b, _ := Suffix(nil)
	if err != nil || a == b {
		t.Errorf("the system gave %q twice, %v", a, err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestWordsAreNoSuffix(t *testing.T) {
	for _, s := range []string{"", "abc", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "managementmeetingfebruary2", "a2b3c4d5e6f7g8h9j2k3m4n5p6", "22223333444455556666777788",
		"K7M3X9Q2W8H5T4R6N2C7V9D3Z8", "k7m3x9q2w8h5t4r6n2c7v9d3z0", "k7m3x9q2w8h5t4r6n2c7v9d3z88"} {
		if IsSuffix(s) {
			t.Errorf("%q is taken for a suffix", s)
		}
	}
	if !IsSuffix("k7m3x9q2w8h5t4r6n2c7v9d3z8") {
		t.Error("a suffix is not recognised")
	}
}

func TestSuffixesGoBeforeTheExtension(t *testing.T) {
	for name, want := range map[string]string{
		"photo.jpg": "photo-S.jpg", "docs/photo.tar.gz": "docs/photo-S.tar.gz", "map.svg.gz": "map-S.svg.gz", "v1.2.gz": "v1.2-S.gz",
		"docs.v1/photo": "docs.v1/photo-S", "docs/.htaccess": "docs/.htaccess-S", ".env.gz": ".env-S.gz", "写真.png": "写真-S.png",
		"カ\u3099.png": "ガ-S.png", "v1.2 final": "v1.2 final-S", "a.": "a.-S", "..a": "..a-S", "site.webmanifest": "site-S.webmanifest",
		"page.写真": "page.写真-S", "": "S", "folder/": "folder/S", "archive.tar": "archive-S.tar", "A.TAR.GZ": "A-S.TAR.GZ",
	} {
		if got := Add(name, "S", 1024); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}

func TestLongNamesAreCutBetweenCharacters(t *testing.T) {
	suffix := "k7m3x9q2w8h5t4r6n2c7v9d3z8"
	for _, stem := range []string{strings.Repeat("x", 1020), strings.Repeat("請", 340), strings.Repeat("e\u0301\u0323", 250), strings.Repeat("👩\u200d👧", 100) + "x", "か\u3099" + strings.Repeat("あ", 339)} {
		for room := 900; room < 960; room++ {
			got := Add("docs/"+stem+".tar.gz", suffix, room)
			if len(got) > room || len(got) < room-24 {
				t.Fatalf("%d bytes where %d may be", len(got), room)
			}
			if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) || !strings.HasSuffix(got, "-"+suffix+".tar.gz") {
				t.Fatalf("became %q", got)
			}
			kept := strings.TrimSuffix(strings.TrimPrefix(got, "docs/"), "-"+suffix+".tar.gz")
			if r := []rune(kept); r[len(r)-1] == '\u200d' {
				t.Fatalf("cut within a character: %q", kept)
			}
		}
	}
	// Folders are not cut: the name is refused elsewhere.
	if got := Add(strings.Repeat("d", 1020)+"/a.png", suffix, 1024); got != strings.Repeat("d", 1020)+"/"+suffix+".png" {
		t.Errorf("became %q", got)
	}
}
