package guess

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestNamesHaveTheirLevel(t *testing.T) {
	for name, want := range map[string]struct {
		level  Level
		reason Reason
		least  int
		most   int
	}{
		"":          {Guessable, Words, 0, 0},
		"logo.png":  {Guessable, CommonWord, 1, 10},
		"写真.jpg":    {Guessable, Words, 1, 12},
		"index.htm": {Guessable, CommonWord, 1, 10},

		// Counters, dates, and what programs name files.
		"IMG_1234.jpg":               {Guessable, Camera, 3, 20},
		"IMG_E1234.HEIC":             {Guessable, Camera, 3, 20},
		"DSC00012.JPG":               {Guessable, Camera, 3, 20},
		"PXL_20260401_123456789.jpg": {Guessable, Date, 10, 30},
		"20260401103045.jpg":         {Guessable, Date, 15, 30},
		"1711958400123.jpg":          {Guessable, Date, 20, 35},
		"スクリーンショット 2026-04-01 10.23.45.png":       {Guessable, Date, 10, 36},
		"Screenshot 2026-04-01 at 10.23.45.png":   {Guessable, Date, 10, 36},
		"2026-04-01.png":                          {Guessable, Date, 5, 15},
		"令和8年度_決算説明会資料.pdf":                       {Guessable, Counter, 10, 36},
		"page-12345678.html":                      {Guessable, Sequence, 3, 12},
		"a-very-long-title-of-a-page-about-media": {Guessable, Words, 20, 36},

		// What looks random and is not.
		"a1b2c3d4e5f6.png":                         {Guessable, Repeated, 1, 12},
		"abc123abc123abc123.png":                   {Guessable, Repeated, 1, 12},
		"00000000-0000-0000-0000-000000000000.png": {Guessable, Repeated, 1, 12},
		"2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d.png": {Guessable, TimeBased, 10, 20},
		"507f1f77bcf86cd799439011.png":             {Hard, TimeBased, 40, 60},
		"aaaaaaaaaaaaaaaaaaaaaaaaaa.png":           {Guessable, Words, 1, 36},
		"McDonaldsPDFv2.pdf":                       {Guessable, Counter, 5, 36},
		"rev2final3draft4v5.pdf":                   {Guessable, Counter, 5, 36},
		"MBP14M3PRO512GB.jpg":                      {Guessable, Counter, 5, 36},
		"iPhone15Pro.png":                          {Guessable, Counter, 5, 36},
		"krankenversicherungskarte.jpg":            {Guessable, Words, 5, 36},
		"deadbeefdeadbeef.png":                     {Guessable, Words, 5, 36},

		// Random, but short.
		"main.3f8a9c2d.js":  {Guessable, ShortRandom, 32, 40},
		"x-3f8a9c2d41b7.js": {Hard, ShortRandom, 45, 60},

		// Random.
		"3b241101-e2bb-4255-8caf-4136c566a962.png":                  {Unguessable, Random, 122, 122},
		"3B241101-E2BB-4255-8CAF-4136C566A962.png":                  {Unguessable, Random, 122, 122},
		"018f4e3c-7d2a-7b3c-9d4e-5f6a7b8c9d0e.png":                  {Unguessable, Random, 74, 74},
		"d41d8cd98f00b204e9800998ecf8427e.png":                      {Unguessable, Random, 128, 128},
		"01ARZ3NDEKTSV4RRFFQ69G5FAV.png":                            {Unguessable, Random, 80, 80},
		"photo-mfzwizltoq2gk3tb.jpg":                                {Unguessable, Random, 78, 90},
		"dQw4w9WgXcQ.mp4":                                           {Unguessable, Random, 64, 66},
		"V1StGXR8_Z5jdHi6B-myT.png":                                 {Unguessable, Random, 90, 126},
		"84071936250948172635.pdf":                                  {Unguessable, Random, 64, 67},
		"salary-2026-k7m3x9q2w8h5t4r6n2c7v9d3z8.pdf":                {Unguessable, Random, 128, 140},
		"a4f09c3be81d47d2b6a05e7c9013fd28/salary-2026.pdf":          {Unguessable, Random, 128, 140},
		"k7m3x9q2w8h5t4r6n2c7v9d3z8/k7m3x9q2w8h5t4r6n2c7v9d3z8.pdf": {Unguessable, Random, 128, 129}, // the same again
	} {
		r := Score(name)
		if r.Level != want.level || r.Reason != want.reason || r.Bits < want.least || r.Bits > want.most {
			t.Errorf("%s: %s, %s, %d bits; want %s, %s, %d to %d", name, r.Level, r.Reason, r.Bits, want.level, want.reason, want.least, want.most)
		}
	}
}

func TestSensitiveWordsAreFound(t *testing.T) {
	for name, want := range map[string]string{
		"invoice.pdf": "invoice", "Invoice_2026.pdf": "invoice", "INVOICE.pdf": "invoice", "invoices/2026.pdf": "invoice",
		"customerinvoice2026.pdf": "invoice", "PDFInvoice.pdf": "invoice", "INVOICELIST.xlsx": "invoice", "acmeInvoice.pdf": "invoice",
		"contract.pdf": "contract", "employment-contracts.zip": "contract", "salary-2026.pdf": "salary", "Salaries.xlsx": "salary",
		"passport_taro.jpg": "passport", "rev2final3draft4v5.pdf": "draft", "draft.2.pdf": "draft", "internal/plan.pdf": "internal",
		"InternalUseOnly.docx": "internal", "STRICTLY-CONFIDENTIAL.pdf": "confidential", "top-secret.pdf": "topsecret",
		"my-number.pdf": "mynumber", "MyNumberCard.png": "mynumber", "do-not-share.pdf": "donotshare", "bank_account.pdf": "bankaccount",
		"résumé.pdf": "resume", "cv.pdf": "cv", "taro-cv.pdf": "cv", "ＩＮＶＯＩＣＥ.pdf": "invoice", "report.confidential": "confidential",

		"請求書_2026.pdf": "請求書", "株式会社アルファ御中_見積書_20260401.pdf": "見積", "契約書(案).docx": "契約書", "2026年度給与一覧.xlsx": "給与",
		"社外秘_事業計画.pptx": "社外秘", "【極秘】.pdf": "極秘", "履歴書-山田.pdf": "履歴書", "個人情報一覧.csv": "個人情報", "マイナンバー.pdf": "マイナンバー",
		"ﾏｲﾅﾝﾊﾞｰ.pdf": "マイナンバー", "マイナンハ\u3099ー.pdf": "マイナンバー", "パスポート.jpg": "パスポート", "プレス_ドラフト版.pdf": "ドラフト",

		"seikyusho.pdf": "seikyusho", "seikyuusyo_0401.pdf": "seikyusho", "keiyaku-sho.pdf": "keiyakusho", "kyuyo2026.xlsx": "kyuyo",
		"shagai_hi.pdf": "shagaihi", "kojin-jouhou.csv": "kojinjoho", "rirekisho_yamada.pdf": "rirekisho", "Mitsumori.pdf": "mitsumori",
		"ryōshūsho.pdf": "ryoshusho", "gokuhi.pdf": "gokuhi",

		"internal-contract.pdf": "internal contract", "draft-invoice-draft.pdf": "draft invoice", "社外秘/契約書.pdf": "社外秘 契約書",
	} {
		if got := strings.Join(Score(name).Sensitive, " "); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestHarmlessWordsAreNotSensitive(t *testing.T) {
	for _, name := range []string{
		"class.png", "classic-car.jpg", "glass.jpg", "assets/pass.png", "international.png", "internals.png", "contractor.png", "subcontractors.png",
		"salaryman.jpg", "draftsman.jpg", "draft-beer.jpg", "Draft_Beer_2.jpg", "internal-medicine.jpg", "secret-garden.jpg", "secretary.jpg",
		"confidence.jpg", "resumed.png", "reinvoice.png", "opencv.png", "cv2.py", "cvs.png", "underpassport.png", "kimitsu-city.jpg",
		"gensen-wagyu.jpg", "drafting-table.png", "number-my.png", "estimated.png", "mergesort.png",

		"カルテット演奏会.jpg", "個人情報保護方針.pdf", "会社内見学.jpg", "他人事.png", "ドラフト会議.jpg", "秘密基地.jpg", "請求.png", "給油所.jpg",
		"資料請求.html", "株主優待.pdf", "神社内の桜.jpg", "市町村合併.pdf", "見積無料.png",
	} {
		if got := Score(name).Sensitive; len(got) > 0 {
			t.Errorf("%s is taken for sensitive: %q", name, got)
		}
	}
}

func TestOnlyWhatCanBeGuessedIsFlagged(t *testing.T) {
	for name, want := range map[string]bool{
		"salary-2026.pdf": true, "logo.png": false, "salary-2026-k7m3x9q2w8h5t4r6n2c7v9d3z8.pdf": false,
		"3b241101-e2bb-4255-8caf-4136c566a962/salary.pdf": false, "salary-3f8a9c2d.pdf": true, "給与/logo.png": true,
	} {
		if got := Score(name).Flagged(); got != want {
			t.Errorf("%s: flagged %v", name, got)
		}
	}
}

// Each name is said to be easy to guess for what makes it so.
func TestNamesHaveTheirReason(t *testing.T) {
	seen := map[Reason]bool{}
	for name, want := range map[string]Reason{
		"CON.txt": Device, "con.jpg": Device, "docs/LPT1.tar.gz": Device, "NUL": Device, "aux .png": Device, "console.jpg": Words, "com0.txt": Counter,
		"photo.jpg": CommonWord, "Photos.JPG": CommonWord, "salary.pdf": CommonWord, "写真.jpg": Words, "請求書.pdf": CommonWord,
		"team-photo.jpg": Words, "docs/photo.jpg": Words, "annual-report.pdf": Words, "zyqqlax.png": Words, "春の京都.jpg": Words,
		"IMG_1234.jpg": Camera, "IMG_0042.JPG": Camera, "img-0042 (1).jpg": Camera, "DSC00012.JPG": Camera, "DSCN0317.jpg": Camera, "GOPR0917.MP4": Camera,
		"MVI_0099.mov": Camera, "2026/spring/DSCF4711.RAF": Camera, "IMG_20260401_101112.jpg": Date, "IMG_taro.jpg": Words, "写真0042.jpg": Counter,
		"2026-04-01.png": Date, "report-2026.pdf": Date, "20260401103045.jpg": Date, "1711958400123.jpg": Date,
		"page-17.html": Counter, "chapter 042.pdf": Counter, "product-4711-2.png": Counter,
		"12345.pdf": Sequence, "0000.jpg": Sequence, "page-98765.html": Sequence,
		"a1b2c3d4e5f6.png": Repeated, "2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d.png": TimeBased, "main.3f8a9c2d.js": ShortRandom,
		"photo-k7m3x9q2w8h5t4r6n2c7v9d3z8.jpg": Random, "con-k7m3x9q2w8h5t4r6n2c7v9d3z8.txt": Random,
	} {
		got := Score(name)
		if seen[want] = true; got.Reason != want {
			t.Errorf("%s: %s, want %s (%d bits)", name, got.Reason, want, got.Bits)
		}
	}
	for _, r := range Reasons() {
		if !seen[r] {
			t.Errorf("no name has the reason %s", r)
		}
	}
}

// Random strings of other programs, drawn from a seed, are taken for random
// nearly always, and never for more than they are.
func TestRandomStringsOfOthersAreRecognised(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		name, alphabet string
		length         int
		bits           float64 // of one character
	}{
		{"hex 16", "0123456789abcdef", 16, 4},
		{"hex 32", "0123456789abcdef", 32, 4},
		{"HEX 40", "0123456789ABCDEF", 40, 4},
		{"base32 16", "abcdefghijklmnopqrstuvwxyz234567", 16, 5},
		{"base32 26", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 26, 5},
		{"base36 25", "abcdefghijklmnopqrstuvwxyz0123456789", 25, 5.17},
		{"base62 22", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 22, 5.96},
		{"base64url 22", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", 22, 6},
		{"letters 24", "abcdefghijklmnopqrstuvwxyz", 24, 4.71},
	} {
		const draws = 5000
		missed := 0
		for range draws {
			b := make([]byte, c.length)
			for i := range b {
				b[i] = c.alphabet[r.IntN(len(c.alphabet))]
			}
			got := Score("photo-" + string(b) + ".jpg")
			if got.Level != Unguessable {
				missed++
			}
			if most := int(c.bits*float64(c.length)) + mostNatural; got.Bits > most {
				t.Errorf("%s: %s has %d bits, more than %d", c.name, b, got.Bits, most)
			}
		}
		if missed > draws/8 {
			t.Errorf("%s: %d of %d not taken for random", c.name, missed, draws)
		}
		t.Logf("%-14s missed %d of %d", c.name, missed, draws)
	}
}

// FuzzScore: no path is too strange, and a suffix never makes it worse.
func FuzzScore(f *testing.F) {
	for _, s := range []string{"", "/", "a", ".", "salary-2026.pdf", "IMG_1234.jpg", "a.tar.gz", ".htaccess", "請求書.pdf", "ﾏｲﾅﾝﾊﾞｰ", "カ\u3099", "\xff\xfe",
		"my-number/my", "3b241101-e2bb-4255-8caf-4136c566a962", "12345678-1234-1234-1234", "a．pdf", "ⅷ.é", "a//b/", "draft beer", "x.abcdefghij", "0.0.0.0.gz", "\u0301.a"} {
		f.Add(s, uint64(1))
	}
	f.Fuzz(func(t *testing.T, path string, seed uint64) {
		suffix, err := Suffix(source(seed))
		if err != nil {
			t.Fatal(err)
		}
		before, named := Score(path), Add(path, suffix, 1<<20)
		after := Score(named)
		if after.Bits < before.Bits || after.Bits < min(128, mostBits) {
			t.Errorf("%q has %d bits, %q has %d", path, before.Bits, named, after.Bits)
		}
		if after.Level != Unguessable || after.Flagged() {
			t.Errorf("%q is %s", named, after.Level)
		}
		if before.Bits < 0 || before.Bits > mostBits || before.Level == Guessable && before.Bits >= hardBits {
			t.Errorf("%q: %+v", path, before)
		}
		if s := before.Sensitive; len(slices.Compact(slices.Sorted(slices.Values(s)))) != len(s) {
			t.Errorf("%q: %q", path, s)
		}
	})
}

func BenchmarkScore(b *testing.B) {
	names := []string{
		"2026/spring/IMG_1234.jpg", "docs/annual-report-2026.pdf", "株式会社アルファ御中_見積書_20260401.pdf", "assets/main.3f8a9c2d.js",
		"salary-2026-k7m3x9q2w8h5t4r6n2c7v9d3z8.pdf", "Screenshot 2026-04-01 at 10.23.45.png", "products/krankenversicherung/hero-banner.avif",
		"3b241101-e2bb-4255-8caf-4136c566a962/photo.png",
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Score(names[i%len(names)])
	}
}
