package text

import (
	"testing"
	"time"
)

func TestAsidesStandInTheParenthesesOfTheLanguage(t *testing.T) {
	args := map[string]string{"kms": " (arn:aws:kms:eu-west-1:123456789012:key/1)"}
	if got, want := For("ja").Say("cause.kms-key-unusable", args), "バケットのKMSキーが無効、削除待ち、存在しない、または別のリージョンにあります（arn:aws:kms:eu-west-1:123456789012:key/1）。"; got != want {
		t.Errorf("%s", got)
	}
	if got := For("en").Say("cause.kms-key-unusable", args); got == For("en").Say("cause.kms-key-unusable", map[string]string{"kms": ""}) {
		t.Errorf("%s", got)
	}
	// A value that only ends so is none.
	if got := For("ja").Say("cause.bucket-name-invalid", map[string]string{"bucket": "a (1)"}); got != "a (1) はバケット名として正しくありません。" {
		t.Errorf("%s", got)
	}
}

func TestTimesInTheUnitsOfTheLanguage(t *testing.T) {
	for d, want := range map[time.Duration][2]string{
		0: {"<1 ms", "<1 ms"}, 38 * time.Millisecond: {"38 ms", "38 ms"}, 1240 * time.Millisecond: {"1.2 s", "1.2 秒"},
		12 * time.Second: {"12 s", "12 秒"}, 125 * time.Second: {"2 min 5 s", "2 分 5 秒"},
	} {
		if en, ja := For("en").Duration(d), For("ja").Duration(d); en != want[0] || ja != want[1] {
			t.Errorf("%v: %q, %q", d, en, ja)
		}
	}
}

// A label's colon is followed by a space, unless it is as wide as one more.
func TestLabelsAndWhatTheyAreAbout(t *testing.T) {
	if en, ja := For("en").Labelled("Region", "x")+For("en").Lead("now:")+"y", For("ja").Labelled("リージョン", "x")+For("ja").Lead("現在：")+"y"; en != "Region: xnow: y" || ja != "リージョン：x現在：y" {
		t.Errorf("%q, %q", en, ja)
	}
}
