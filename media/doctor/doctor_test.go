package doctor

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mediadock/mediadock/media/address"
)

func codes(notes []Note) string {
	var all []string
	for _, n := range notes {
		all = append(all, strings.TrimPrefix(n.Code, "name-"))
	}
	return strings.Join(all, " ")
}

func TestWhatIsWrongWithNames(t *testing.T) {
	for _, c := range []struct{ path, kind, notes, fixed string }{
		{"photos/team-photo.jpg", "", "", ""},
		{"写真/春の京都.jpg", "", "", ""},
		{"photo (1).jpg", "", "spaces generic", "photo-(1).jpg"},
		{"a - b.png", "", "spaces", "a-b.png"},
		{"no#1 50%.png", "", "url-chars spaces", "no-1-50.png"},
		{"ＡＢＣ１２．ｊｐｇ", "", "full-width", "ABC12.jpg"},
		{"年　報.pdf", "", "full-width", "年-報.pdf"},
		{"ｶﾞｲﾄﾞ.pdf", "", "half-kana", "ガイド.pdf"},
		{"ﾊﾟﾝﾌﾚｯﾄ ２.pdf", "", "full-width half-kana spaces", "パンフレット-2.pdf"},
		{"a\u200bb.png", "", "invisible", "ab.png"},
		{"a\u202eb.png", "", "", "ab.png"},
		{"a\x07b.png", "", "", "ab.png"},
		{" a.png", "", "edge spaces", "a.png"},
		{"a.png.", "", "edge", "a.png"},
		{".hidden.png", "", "edge", "hidden.png"},
		{"a/../b.png", "", "edge", "a/file/b.png"},
		{"a<b>:c.png", "", "windows", "a-b-c.png"},
		{"con.jpg", "", "windows", "con-file.jpg"},
		{"LPT1/a.jpg", "", "windows", "LPT1-file/a.jpg"},
		{"console.jpg", "", "", ""},
		{"photo.jpg.exe", "", "double-ext", ""},
		{"archive.tar.gz", "", "", ""},
		{"資料（案）.pdf", "", "", ""},
		{"👩\u200d👧.png", "", "", ""},
		{"b&c+d.png", "", "url-chars", "b-c-d.png"},
		{"folder /b.png", "", "edge spaces", "folder/b.png"},
		{"photo.jpg", "image/png", "wrong-ext generic", "photo.png"},
		{"Photo.JPG", "image/jpeg", "generic", ""},
		{"clip.mov", "video/mp4", "", ""},
		{"scan-of-deed", "application/pdf", "no-ext", "scan-of-deed.pdf"},
		{"setup.exe", "image/png", "", ""},
		{"IMG_1234.JPG", "", "generic", ""},
		{"DSC01234.jpg", "", "generic", ""},
		{"PXL_20260401_101112131.jpg", "", "generic", ""},
		{"20260401_101112.jpg", "", "generic", ""},
		{"スクリーンショット 2026-04-01 10.11.12.png", "", "spaces generic", "スクリーンショット-2026-04-01-10.11.12.png"},
		{"名称未設定.png", "", "generic", ""},
		{"image-of-the-town-hall.png", "", "", ""},
		{"report-2026.pdf", "", "", ""},
	} {
		n := Name{Path: c.path, Type: c.kind}
		if got := codes(Look(n)); got != c.notes {
			t.Errorf("%q: %q, want %q", c.path, got, c.notes)
		}
		want := c.fixed
		if want == "" {
			want = c.path
		}
		if got := Fix(n); got != want {
			t.Errorf("%q is fixed as %q, want %q", c.path, got, want)
		}
	}
}

func TestDecomposedNamesAreNoted(t *testing.T) {
	local := "カ\u3099.png"
	n := Name{Local: local, Path: address.NFC(local)}
	if got := codes(Look(n)); got != "composed" {
		t.Error(got)
	}
	if Fix(Name{Path: local}) != "ガ.png" {
		t.Error(Fix(Name{Path: local}))
	}
}

func TestLongNamesAreCutBetweenCharacters(t *testing.T) {
	family := "👨\u200d👩\u200d👧"
	for _, stem := range []string{strings.Repeat("a", 2000), strings.Repeat("写", 400), strings.Repeat(family, 100)} {
		n := Name{Path: "docs/" + stem + ".pdf", Around: 60, Before: 6}
		got := Fix(n)
		if !strings.HasPrefix(got, "docs/") || !strings.HasSuffix(got, ".pdf") || len(got)+6 > address.MaxKeyBytes || 60+len(address.EscapePath(got)) > longestURL {
			t.Errorf("%.20s becomes %d bytes", stem, len(got))
		}
		mid := strings.TrimSuffix(strings.TrimPrefix(got, "docs/"), ".pdf")
		if len(mid) < 150 || !strings.HasPrefix(stem, mid) || strings.Contains(stem, family) && len(mid)%len(family) != 0 {
			t.Errorf("cut to %d bytes", len(mid))
		}
	}
	if got := codes(Look(Name{Path: strings.Repeat("写", 230), Around: 40})); got != "long-url" {
		t.Error(got)
	}
}

func TestTwins(t *testing.T) {
	tw := NewTwins()
	for _, p := range []string{"a/Photo.jpg", "カ\u3099.png", "STRASSE.png"} {
		tw.Add(p)
	}
	for path, want := range map[string]string{
		"a/photo.jpg": CaseTwin, "a/Photo.jpg": "", "b/photo.jpg": "", "ガ.png": FormTwin, "straße.png": CaseTwin,
	} {
		if got := tw.Of(path).Code; got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
	if !tw.Taken("A/PHOTO.JPG") || tw.Taken("a/other.jpg") {
		t.Error("taken is told wrongly")
	}
}

func FuzzFix(f *testing.F) {
	for _, s := range []string{"", "/", "a b.jpg", ".. ", "con", "ｶﾞ.jpg", "\xff.png", "a/./b", " .x", "--.jpg", "a. .jpg", "env-aaaaaaaaaaaaaaaa/x", "-.gz", "con.con.txt", "aux .tar.gz"} {
		f.Add(s, "image/png")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, path, kind string) {
		if len(path) > 4000 {
			return
		}
		n := Name{Path: path, Type: kind, Around: 50, Before: 6}
		fixed := Fix(n)
		n.Path = fixed
		if again := Fix(n); again != fixed {
			t.Errorf("%q becomes %q, and then %q", path, fixed, again)
		}
		if !utf8.ValidString(fixed) || address.NFC(fixed) != fixed {
			t.Errorf("%q is fixed as %q", path, fixed)
		}
		if folder := strings.LastIndexByte(fixed, '/'); folder > 150 {
			return // the folders alone may be too long
		}
		if i := slices.IndexFunc(Look(n), Note.Mendable); i >= 0 {
			t.Errorf("%q is fixed as %q: still %v", path, fixed, Look(n)[i])
		}
	})
}
