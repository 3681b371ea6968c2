package catalog

import (
	"strings"
	"testing"
)

// FuzzIndexHolds: whatever part of a name is looked for, the index has what the
// search asks it for, unless it is one or two Latin letters inside of a word.
func FuzzIndexHolds(f *testing.F) {
	f.Add("2026/spring/IMG_1234.jpg", 3, 9)
	f.Add("春の写真-集.png", 1, 3)
	f.Add("ﾊﾝｶｸ ｶﾞ.jpg", 0, 3)
	f.Add("e\u0301te\u0301.jpg", 0, 4)
	f.Fuzz(func(t *testing.T, name string, from, to int) {
		folded := []rune(fold(name))
		if from < 0 || to > len(folded) || from >= to {
			return
		}
		part := string(folded[from:to])
		if fold(part) != part || len(strings.Fields(part)) != 1 {
			return
		}
		have := map[string]bool{}
		indexed(string(folded), func(token string) { have[token] = true })
		for _, cut := range []int64{cutThrees, cutNow} {
			tokens, _ := sought(part, cut)
			for _, token := range tokens {
				if strings.HasPrefix(token, startMark) && len(tokens) == 1 {
					continue
				}
				if !have[token] {
					t.Errorf("%q is part of %q, but the index lacks %q", part, string(folded), token)
				}
			}
		}
	})
}

func TestKind(t *testing.T) {
	for name, want := range map[string]string{
		"a.JPG": KindImage, "a.tar.gz": KindOther, "a": KindOther, ".jpg": KindImage, "x/y.webm": KindVideo,
		"a.pdf": KindPDF, "a.mp3": KindAudio, "a.csv": KindText, "写真.avif": KindImage,
	} {
		if got := Kind(name); got != want {
			t.Errorf("%q is %s, want %s", name, got, want)
		}
	}
}
