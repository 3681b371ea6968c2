package tui_test

import (
	"testing"

	"github.com/mediadock/mediadock/media"
)

// Help has room for whole words where the footer has not.
func TestHelpHasTheWholeWords(t *testing.T) {
	d := libraryIn(t, some(), "ja", 80, 24)
	d.Press("end")
	d.See("u 追加", "y URL")
	d.Press("?")
	d.See("アップロード", "URLをコピー")
	d.NotSee("u     追加")
}

// What was left out is among the problems that f shows.
func TestWhatWasLeftOutIsAmongTheProblems(t *testing.T) {
	lib := some()
	lib.Refuses = map[string]string{"huge.mov": media.CodeTooLarge}
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/new.png /tmp/huge.mov")
	d.Press("enter")
	d.See("Upload 1 file", "huge.mov")
	d.Press("enter")
	d.See("1 uploaded")
	d.Press("T", "f")
	d.See("- huge.mov")
	d.NotSee("✓ new.png")
}

// A path that is not there is named once.
func TestALeftOutPathIsNamedOnce(t *testing.T) {
	lib := some()
	lib.Refuses = map[string]string{"nope": media.CodeLocalMissing}
	d := libraryIn(t, lib, "ja", 100, 30)
	d.Press("u")
	d.Type("/nope")
	d.Press("enter")
	d.See("存在しません")
	d.NotSee("/nope：")
}
