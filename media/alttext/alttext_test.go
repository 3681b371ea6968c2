package alttext

import (
	"slices"
	"strings"
	"testing"
)

func TestJudge(t *testing.T) {
	long := strings.Repeat("桜", MostRunes)
	for _, c := range []struct {
		path, alt string
		want      []string
	}{
		{"a.jpg", "", []string{CodeMissing}},
		{"a.jpg", " 　\u200b\u200d", []string{CodeMissing}},

		// What people write is left alone.
		{"news/hero.jpg", "Cherry trees in front of the old station", nil},
		{"news/hero.jpg", "駅前の満開の桜", nil},
		{"a.jpg", "Sales by quarter: 2023 fell, 2024 rose by 9.5/10 points", nil},
		{"a.jpg", "A/B test v1.25", nil},
		{"a.jpg", "Logo of Alpha Ltd.", nil},
		{"a.jpg", "Map of Kyoto", nil},
		{"a.jpg", "写真展のポスター", nil},
		{"a.jpg", "イメージキャラクターの猫", nil},
		{"a.jpg", "画像処理の手順", nil},
		{"a.jpg", "Photographer at work", nil},
		{"a.jpg", "Test drive of the new car", nil},
		{"a.jpg", "仮設住宅", nil},
		{"a.jpg", "なし狩りの様子", nil},
		{"a.jpg", "コピー機の前に立つ人", nil},
		{"a.jpg", "❤️", nil},
		{"a.jpg", "👩‍🚀 on the moon", nil},
		{"a.jpg", "P-51 over the sea", nil},
		{"a.jpg", "Group photo, 2024", nil},
		{"a.jpg", "TODO list pinned to a wall", []string{CodePlaceholder}}, // a person says that it is right
		{"a.jpg", long, nil},

		{"a.jpg", "hero.png", []string{CodeFileName}},
		{"news/cherry-blossom_01.jpg", "Cherry Blossom 01", []string{CodeFileName}},
		{"news/cherry-blossom-1200x800.jpg", "cherry blossom", []string{CodeFileName}},
		{"写真/春の海.jpg", "春の海", []string{CodeFileName}},
		{"写真/ガ.jpg", "カ\u3099", []string{CodeFileName}}, // composed otherwise
		{"写真/ＡＢＣ.jpg", "abc", []string{CodeFileName}},

		{"x.jpg", "IMG_1234", []string{CodeCamera}},
		{"x.jpg", "IMG_1234.JPG", []string{CodeCamera}},
		{"IMG_1234.jpg", "IMG_1234", []string{CodeCamera}},
		{"x.jpg", "DSC00123", []string{CodeCamera}},
		{"x.jpg", "DSC_0042 (2)", []string{CodeCamera}},
		{"x.jpg", "P1010001", []string{CodeCamera}},
		{"x.jpg", "PXL_20240401_101010123", []string{CodeCamera}},
		{"x.jpg", "20240401_101010", []string{CodeCamera}},
		{"x.jpg", "Screenshot 2024-04-01 at 10.10.10", []string{CodeCamera}},
		{"x.jpg", "スクリーンショット 2024-04-01 10.10.10", []string{CodeCamera}},
		{"x.jpg", "スクリーンショット", []string{CodeCamera}},
		{"x.jpg", "WhatsApp Image 2024-04-01 at 10.10.10", []string{CodeCamera}},

		{"x.jpg", "名称未設定", []string{CodeUntitled}},
		{"x.jpg", "名称未設定のデザイン (1)", nil}, // Canva's; not known
		{"x.jpg", "名称未設定-2", []string{CodeUntitled}},
		{"x.jpg", "Untitled-1", []string{CodeUntitled}},
		{"x.jpg", "Frame 12", []string{CodeUntitled}},
		{"x.jpg", "image (3)", []string{CodeUntitled}},
		{"x.jpg", "画像1", []string{CodeUntitled}},
		{"x.jpg", "春の海のコピー", []string{CodeUntitled}},

		{"x.jpg", "image", []string{CodeGeneric}},
		{"x.jpg", "ロゴ", []string{CodeGeneric}},
		{"x.jpg", "Image of a cat", []string{CodeSaysPicture}},
		{"x.jpg", "a picture of a cat", []string{CodeSaysPicture}},
		{"x.jpg", "猫の画像", []string{CodeSaysPicture}},
		{"x.jpg", "画像：猫", []string{CodeSaysPicture}},

		{"x.jpg", "TODO", []string{CodePlaceholder}},
		{"x.jpg", "TODO: describe", []string{CodePlaceholder}},
		{"x.jpg", "【要翻訳】A cat", []string{CodePlaceholder}},
		{"x.jpg", "ここに代替テキストを入力", []string{CodePlaceholder}},
		{"x.jpg", "{{ image.alt }}", []string{CodePlaceholder}},
		{"x.jpg", "n/a", []string{CodePlaceholder}},
		{"x.jpg", "(test)", []string{CodePlaceholder}},

		{"x.jpg", "https://example.com/a-cat.jpg", []string{CodeURL}},
		{"x.jpg", "media/写真/春.jpg", []string{CodeURL}},
		{"x.jpg", "www.example.com", []string{CodeURL}},
		{"x.jpg", `C:\My Pictures\cat.png`, []string{CodeURL}},

		{"x.jpg", "---", []string{CodeNoWords}},
		{"x.jpg", "2024/04", []string{CodeNoWords}},
		{"x.jpg", "・", []string{CodeNoWords}},

		{"x.jpg", " a cat", []string{CodeBlanks}},
		{"x.jpg", "猫　", []string{CodeBlanks}},
		{"x.jpg", "a\ncat", []string{CodeControl}},
		{"x.jpg", "a \u202Ecat", []string{CodeControl}},
		{"x.jpg", "caf\uFFFD", []string{CodeGarbled}},
		{"x.jpg", "縺薙ｓ縺ｫ縺｡縺ｯ", []string{CodeGarbled}},
		{"x.jpg", long + "桜", []string{CodeTooLong}},
		{"x.jpg", "Image of " + strings.Repeat("a cat ", 25), []string{CodeSaysPicture, CodeBlanks, CodeTooLong}},
	} {
		got := Judge(Picture{Path: c.path, Alt: c.alt})
		if !slices.Equal(got.Reasons, c.want) {
			t.Errorf("%s %q: %v, want %v", c.path, c.alt, got.Reasons, c.want)
		}
	}
}

func TestClasses(t *testing.T) {
	for _, c := range []struct {
		p    Picture
		want Class
	}{
		{Picture{Path: "a.png"}, Missing},
		{Picture{Path: "a.png", Mark: checked}, Missing},
		{Picture{Path: "a.png", Mark: decorative}, Decorative},
		{Picture{Path: "a.png", Mark: decorative, Alt: "TODO"}, Suspicious},
		{Picture{Path: "a.png", Alt: "TODO"}, Suspicious},
		{Picture{Path: "a.png", Alt: "TODO", Mark: checked}, Fine},
		{Picture{Path: "a.png", Alt: "A cat"}, Fine},
		{Picture{Path: "a.png", Alt: "A cat", Repeated: true}, Suspicious},
		{Picture{Path: "a.png", Alt: strings.Repeat("cat and dog ", 12) + "x"}, Hint},
	} {
		if got := Judge(c.p); got.Class != c.want {
			t.Errorf("%+v: %s, want %s", c.p, got.Class, c.want)
		}
	}
}

func TestSurvey(t *testing.T) {
	var r Repeats
	for _, f := range [][2]string{
		{"a/1.png", "x"}, {"a/2.png", "x"}, {"a/2@2x.png", "x"}, // two pictures
		{"a/hero.png", "y"}, {"a/sub.png", "y"}, {"b/hero.png", "y"},
	} {
		r.Add(f[0], f[1])
	}
	if r.Found()["x"] || !r.Found()["y"] {
		t.Fatalf("repeats: %v", r.Found())
	}
	s := Survey{Keep: 2, Repeats: r.Found(), PerFolder: true}
	for _, p := range []Picture{
		{Path: "top.png", Alt: "A cat"}, {Path: "a/hero.png", Alt: "y"}, {Path: "a/1.png"}, {Path: "a/2.png"}, {Path: "a/3.png"},
		{Path: "b/line.png", Mark: decorative}, {Path: "b/z.png", Alt: strings.Repeat("long ", 40) + "x"},
	} {
		s.Add(p)
	}
	want := Coverage{Images: 7, WithAlt: 3, Missing: 3, Suspicious: 1, Hints: 1, Decorative: 1}
	if s.Coverage != want || s.Percent() != 57 || s.Open() != 5 {
		t.Errorf("%+v, %d %%", s.Coverage, s.Percent())
	}
	var queue []string
	for _, j := range s.Queue() {
		queue = append(queue, j.Path)
	}
	if !slices.Equal(queue, []string{"a/1.png", "a/2.png", "a/hero.png", "b/z.png"}) {
		t.Errorf("queue %q", queue)
	}
	folders := s.Folders()
	if len(folders) != 3 || folders[0].Path != "a/" || folders[0].Missing != 3 || folders[2].Path != "" || folders[2].Open() != 0 {
		t.Errorf("%+v", folders)
	}
	s.Count(Missing, -1)
	s.Count(Fine, 1)
	if s.Missing != 2 || s.WithAlt != 4 || s.Images != 7 {
		t.Errorf("%+v", s.Coverage)
	}
}

func TestPercentIsWholeOnlyAtTheEnd(t *testing.T) {
	c := Coverage{Images: 100_000, Missing: 1}
	if c.Percent() != 99 {
		t.Errorf("%d", c.Percent())
	}
	if (Coverage{}).Percent() != 100 {
		t.Error("nothing is to be described")
	}
}

func TestVariants(t *testing.T) {
	for _, same := range [][]string{
		{"a/hero.jpg", "a/hero.webp", "a/hero@2x.png", "a/Hero-1200x800.jpg", "a/hero_thumb.jpg", "a/hero-640w.jpg", "a/hero-sp@2x.jpg"},
	} {
		for _, f := range same {
			if Variant(f) != Variant(same[0]) {
				t.Errorf("%s: %s", f, Variant(f))
			}
		}
	}
	for _, other := range []string{"b/hero.jpg", "a/hero-left.jpg", "a/hero2.jpg"} {
		if Variant(other) == Variant("a/hero.jpg") {
			t.Errorf("%s is another picture", other)
		}
	}
	if Stem("-thumb.png") == "" {
		t.Error("a stem is never empty")
	}
}

func FuzzJudge(f *testing.F) {
	f.Add("a.jpg", "A cat", "")
	f.Fuzz(func(t *testing.T, path, alt, mark string) {
		v := Judge(Picture{Path: path, Alt: alt, Mark: mark})
		needs := v.Class == Missing || v.Class == Suspicious || v.Class == Hint
		if needs != (len(v.Reasons) > 0) {
			t.Errorf("%q %q: %+v", path, alt, v)
		}
	})
}
