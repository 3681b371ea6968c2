package text

import "testing"

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
