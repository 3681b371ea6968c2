package tui_test

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/doctor"
	"github.com/mediadock/mediadock/tui/tuitest"
)

func TestUploadOffersAnUnguessablePartForWhatLooksConfidential(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/team.png /tmp/salary-2026.pdf /tmp/請求書.pdf")
	d.Press("enter")
	d.See("Upload 3 files", "media/salary-2026.pdf", "easy to guess (a date, about 9 bits); may be confidential: salary",
		"may be confidential: 請求書", "The addresses are easy", "> add an unguessable part to 2 that may be confidential (s)",
		"add an unguessable part to all names (a)", "s add part")
	d.Press("enter") // the harmless answer
	d.See("salary-2026-"+tuitest.Suffix+".pdf", "media/team.png", "1 of 3 addresses are", "> upload 3")
	d.NotSee("may be confidential")
	if lib.Has("team.png") {
		t.Fatal("uploaded without being told to")
	}
	d.Press("enter")
	d.See("3 uploaded")
	for _, name := range []string{"team.png", "salary-2026-" + tuitest.Suffix + ".pdf", "請求書-" + tuitest.Suffix + ".pdf"} {
		if !lib.Has(name) {
			t.Errorf("%s is not there: %v", name, lib.Files)
		}
	}
	if lib.Has("salary-2026.pdf") {
		t.Error("uploaded under the name that can be guessed")
	}
}

func TestOneKeyAddsAPartToAllNamesOrToThoseMarked(t *testing.T) {
	for key, want := range map[string]int{"s": 1, "a": 2} {
		lib := some()
		d, _ := library(t, lib, 100, 30)
		d.Press("u")
		d.Type("/tmp/team.png /tmp/draft.pdf")
		d.Press("enter")
		d.See("that may be confidential")
		d.Press(key)
		d.See("draft-"+tuitest.Suffix, "> upload 2")
		if want == 2 {
			d.See("Nobody can guess the")
			d.NotSee("(a)") // nothing is left to add it to
		}
		d.Press("enter")
		d.See("2 uploaded")
		n := 0
		for name := range lib.Files {
			if strings.Contains(name, tuitest.Suffix) {
				n++
			}
		}
		if n != want {
			t.Errorf("%s: %d names have the part: %v", key, n, lib.Files)
		}
	}
}

// The part is offered and not forced, and what is harmless is not marked.
func TestFlaggedNamesCanBeKept(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 80, 24)
	d.Press("u")
	d.Type("/tmp/draft.pdf")
	d.Press("enter")
	d.See("> add an unguessable part to 1 that may be confidential")
	d.NotSee("to all names")
	d.Press("down", "enter")
	d.See("1 uploaded")
	if !lib.Has("draft.pdf") {
		t.Errorf("there is %v", lib.Files)
	}
	d.Press("u")
	d.Type("/tmp/draft-beer.png")
	d.Press("enter")
	d.See("> upload 1", "add an unguessable part to all names (a)")
	d.NotSee("confidential")
}

// With fixed names the upload is the last occasion to choose one.
func TestUploadSaysThatNamesAreFixed(t *testing.T) {
	for _, fixed := range []bool{true, false} {
		lib := some()
		lib.Fixed = fixed
		d, _ := library(t, lib, 100, 30)
		d.Press("u")
		d.Type("/tmp/new.png")
		d.Press("enter")
		d.See("Upload 1 file")
		const words = "cannot be changed after the upload"
		if fixed {
			d.See(words)
		} else {
			d.NotSee(words)
		}
	}
}

func TestUploadSaysWhatMaySurpriseAboutNames(t *testing.T) {
	lib := some()
	plus := media.Note{Code: doctor.URLChars, Args: map[string]string{"chars": "+"}}
	lib.Notes = map[string][]media.Note{"a+b.png": {plus}, "c+d.png": {plus}, "ガ.png": {{Code: doctor.Composed}}}
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/a+b.png /tmp/c+d.png /tmp/ガ.png")
	d.Press("enter")
	d.See("media/a%2Bb.png", "a+b.png, and 1 more: + means something in a URL", "ガ.png: the name is composed")
}

func TestMarkedNamesAreShownFirst(t *testing.T) {
	d, _ := library(t, some(), 100, 40)
	d.Press("u")
	d.Type("/tmp/p1.png /tmp/p2.png /tmp/p3.png /tmp/p4.png /tmp/p5.png /tmp/p6.png /tmp/p7.png /tmp/p8.png /tmp/p9.png /tmp/p10.png /tmp/p11.png /tmp/p12.png /tmp/p13.png /tmp/salary.pdf")
	d.Press("enter")
	d.See("Upload 14 files", "media/salary.pdf", "confidential: salary", "and 2 more")
}

func TestRenameToAFlaggedNameSaysSo(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 100, 30)
	d.Press("down", "down", "m")
	d.Press("ctrl+u")
	d.Type("contract.png")
	d.Press("enter")
	d.See("The new name is easy to guess, and it may be confidential: contract.", "media/contract.png")
	d.Press("esc", "m")
	d.Press("ctrl+u")
	d.Type("contract-" + tuitest.Suffix + ".png")
	d.Press("enter")
	d.See("media/contract-" + tuitest.Suffix)
	d.NotSee("confidential")
}

func TestDetailsTellTheLevel(t *testing.T) {
	d, _ := library(t, tuitest.NewLibrary("passport.jpg"), 100, 30)
	d.Press("i")
	d.See("URL is", "easy to guess (common word, about 5 bits); may be confidential: passport")
}
