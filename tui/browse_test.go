package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

// library opens a connection's media and returns the fake behind it.
func library(t testing.TB, lib *tuitest.Library, w, h int) (*tuitest.Driver, *tuitest.World) {
	t.Helper()
	wd := busy()
	wd.Lib = lib
	d := start(t, wd, tui.Options{Start: tui.StartBrowse, Connection: "prod"}, w, h)
	d.See("prod › media")
	d.Settle()
	return d, wd
}

func some() *tuitest.Library {
	return tuitest.NewLibrary("2025/old.png", "2026/spring/hero.avif", "2026/spring/menu.pdf", "logo.png", "teaser.mp4", "写真 1.jpg")
}

func TestBrowseFoldersAndBack(t *testing.T) {
	d, _ := library(t, some(), 80, 24)
	d.See("2025/", "2026/", "logo.png", "写真 1.jpg", "5 items")
	d.Press("down", "enter")
	d.See("spring/", "prod › media › 2026")
	d.Press("enter")
	d.See("hero.avif", "menu.pdf")
	d.Press("backspace")
	d.See("> ", "spring/")
	d.Press("backspace")
	d.Settle()
	d.See(">   2026/") // the cursor is where it came from
}

func TestUploadShowsThePlanAndAsksAboutTakenNames(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.See("Upload", "From this computer")
	d.Type("'/tmp/new file.png' /tmp/logo.png")
	d.Press("enter")
	d.See("Upload 2 files, 2.0 kB?", "media/new%20file.png", "media/logo.png", "exists already",
		"leave the existing files", "replacing 1", "giving 1 a new name")
	d.Press("esc")
	d.Settle()
	if lib.Has("new file.png") {
		t.Fatal("uploaded although the person cancelled")
	}
	d.Press("u")
	d.Type("'/tmp/new file.png' /tmp/logo.png")
	d.Press("enter")
	d.See("giving 1 a new name")
	d.Press("down", "enter")
	d.See("2 uploaded", "new file.png", "logo-2.png")
	if !lib.Has("logo-2.png") || lib.Files["logo.png"] != 1000 {
		t.Error("keep both did not keep both")
	}
}

func TestDroppedFilesOpenTheUpload(t *testing.T) {
	d, _ := library(t, some(), 80, 24)
	d.Paste(`/home/taro/my\ photo.jpg '/home/taro/b.png'` + "\n")
	d.See("From this computer", `my\ photo.jpg`)
	d.Press("enter")
	d.See("Upload 2 files", "my%20photo.jpg", "b.png")
}

// Files that are dropped one after another do not grow together.
func TestFilesDroppedOneAfterAnother(t *testing.T) {
	d, _ := library(t, some(), 80, 24)
	d.Paste("/tmp/a.png")
	d.Paste("/tmp/b.png")
	d.Paste("'/tmp/c d.png' ")
	d.Paste("file:///tmp/e.png")
	d.See("/tmp/a.png /tmp/b.png '/tmp/c d.png' file:///tmp/e.png")
	d.Press("enter")
	d.See("Upload 4 files", "a.png", "b.png", "c%20d.png", "e.png")
}

// A path with blanks that nobody escaped is one file where it is there.
func TestAPathWithBareBlanksIsOneFile(t *testing.T) {
	d, w := library(t, some(), 100, 30)
	w.Paths = []string{"/tmp/My Photos/a b.jpg", "/tmp/c.png"}
	d.Paste("/tmp/My Photos/a b.jpg\n")
	d.Press("enter")
	d.See("Upload 1 file", "a%20b.jpg")
	d.Press("esc")
	d.Press("down", "down", "R")
	d.Type("/tmp/My Photos/a b.jpg")
	d.Press("enter")
	d.See(">  2.0 kB  a b.jpg", "a%20b.jpg")
}

func TestUploadOfAMissingFileSaysSo(t *testing.T) {
	d, _ := library(t, some(), 80, 24)
	d.Press("u")
	d.Type("/tmp/missing.png")
	d.Press("enter")
	d.See("That did not work")
	d.Press("enter")
	d.NotSee("That did not work")
}

func TestProgressAndStop(t *testing.T) {
	lib := some()
	lib.Gate = make(chan struct{})
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/a.png /tmp/b.png /tmp/c.png")
	d.Press("enter")
	d.See("Upload 3 files")
	d.Press("enter")
	d.See("Uploading a.png", "13 %", "0 of 3")
	d.Release(lib.Gate)
	d.See("46 %", "1 of 3")
	d.Press("x")
	d.See("Upload stopped. Nothing half-done is left in the bucket. Done: 1 of 3.")
	d.NotSee("Not everything worked")
	if !lib.Has("a.png") || lib.Has("b.png") {
		t.Error("what was done does not stay done, or what was stopped went on")
	}
}

func TestLeavingWhileUploadingAsks(t *testing.T) {
	lib := some()
	lib.Gate = make(chan struct{})
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/a.png")
	d.Press("enter")
	d.See("Upload 1")
	d.Press("enter")
	d.See("Uploading")
	d.Press("esc")
	d.See("Stop and leave?")
	d.Press("enter") // the harmless answer
	d.See("Uploading")
	d.Release(lib.Gate)
	d.See("1 uploaded")
}

func TestDeleteOfManyNeedsTheirNumber(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 100, 30)
	d.Press("down", "down", "space", "space") // logo.png, teaser.mp4
	d.See("2 selected, 2.0 kB")
	d.Press("d")
	d.See("Delete 2 files, 2.0 kB?", "will answer 404", "media/logo.png", "Type 2")
	d.Type("3")
	d.Press("enter")
	d.See("That is not 2")
	if !lib.Has("logo.png") {
		t.Fatal("deleted although the wrong number was typed")
	}
	d.Press("backspace")
	d.Type("2")
	d.Press("enter")
	waitedOut(d)
	d.See("2 deleted")
	if lib.Has("logo.png") || lib.Has("teaser.mp4") || !lib.Has("写真 1.jpg") {
		t.Errorf("left are %v", lib.Files)
	}
	d.NotSee("logo.png", "selected")
}

func TestDeleteOfAFolderNeedsItsNumber(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 100, 30)
	d.Press("down", "d")
	d.See("Delete 2 files", "hero.avif", "Type 2")
	d.Type("2")
	d.Press("enter")
	waitedOut(d)
	d.See("2 deleted")
	d.NotSee("2026/")
}

// What others put into a folder while its deletion waits is seen afterwards: the
// folder is not gone.
func TestADeletedFolderIntoWhichOthersUploadStays(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 100, 30)
	d.Press("down", "d")
	d.See("Delete 2 files", "Type 2")
	d.Type("2")
	d.Press("enter")
	d.Settle()
	lib.Take("2026/late.png", 7)
	waitedOut(d)
	d.See("2 deleted", "2026/")
}

func TestDeleteOfOneAsksWithTheHarmlessAnswerFirst(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 100, 30)
	d.Press("down", "down", "d")
	d.See("Delete 1 file,")
	d.Press("enter")
	d.Settle()
	if !lib.Has("logo.png") {
		t.Fatal("enter alone deleted")
	}
	d.Press("d")
	d.See("Delete 1 file,")
	d.Press("down", "enter")
	waitedOut(d)
	d.See("1 deleted")
}

func TestRenameShowsBothAddresses(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 100, 30)
	d.Press("down", "down", "m")
	d.See("Rename or move", "> logo.png")
	d.Type("-2026") // before the extension
	d.Press("enter")
	d.See("media/logo.png", "media/logo-2026.png", "old addresses will answer 404")
	d.Press("enter")
	d.See("1 renamed", "logo-2026.png")
	if lib.Has("logo.png") {
		t.Error("the old name is still there")
	}
}

func TestFixedNamesAreNotRenamed(t *testing.T) {
	lib := some()
	lib.Fixed = true
	d, _ := library(t, lib, 100, 30)
	d.Press("down", "down", "m")
	d.See("File names are fixed")
	d.Press("enter", "R")
	d.See("must have the same name")
	d.Type("/tmp/other.png")
	d.Press("enter")
	d.See("That did not work")
}

func TestReuploadUnderAnotherNameSaysThatTheAddressChanges(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 100, 30)
	d.Press("down", "down", "R")
	d.Type("/tmp/logo.png")
	d.Press("enter")
	d.See("The address stays the same")
	d.Press("esc", "R")
	d.Type("/tmp/logo2.png")
	d.Press("enter")
	d.See("the address changes", "media/logo2.png")
	d.Press("enter")
	d.See("1 re-uploaded", "logo2.png")
}

func TestCopyURL(t *testing.T) {
	d, _ := library(t, some(), 100, 30)
	d.Press("down", "down", "down", "down", "y")
	d.See("sent to the terminal's clipboard")
	d.Settle()
	if want := "https://alpha-prod-assets.s3.ap-northeast-1.amazonaws.com/media/%E5%86%99%E7%9C%9F%201.jpg"; len(d.Clipboard) != 1 || d.Clipboard[0] != want {
		t.Errorf("the clipboard was sent %q", d.Clipboard)
	}
}

func TestDetails(t *testing.T) {
	d, _ := library(t, some(), 100, 30)
	d.Press("down", "down", "i")
	d.See("Content type", "image/png", "x-amz-meta-upload-source: microcms", "STANDARD")
}

func TestFindFiltersWhatIsLoaded(t *testing.T) {
	d, _ := library(t, some(), 80, 24)
	d.Press("/")
	d.Type("写")
	d.See("写真 1.jpg", "1 of 5")
	d.NotSee("logo.png")
	d.Type("x")
	d.See("No loaded name contains that")
	d.Press("backspace", "enter")
	d.See("写真 1.jpg")
	d.Press("esc")
	d.See("logo.png", "teaser.mp4")
}

func TestPagesAreReadAsTheCursorNearsTheEnd(t *testing.T) {
	lib := tuitest.NewLibrary()
	for i := range 5000 {
		lib.Files[fmt.Sprintf("img-%05d.jpg", i)] = 1000
	}
	lib.PageSize = 100
	d, _ := library(t, lib, 80, 24)
	if n := lib.Count(); n != 1 {
		t.Errorf("%d pages were read to show the first rows", n)
	}
	d.See("100+ items")
	d.Press("end")
	d.See("200+ items")
	d.Settle()
	if n := lib.Count(); n != 2 {
		t.Errorf("%d pages were read", n)
	}
}

func TestAListingThatFailsSaysWhyAndCanBeRetried(t *testing.T) {
	lib := some()
	lib.PageErr = &tuitest.TroubleError{Trouble: world.Trouble{Raw: "AccessDenied: no"}}
	wd := busy()
	wd.Lib = lib
	d := start(t, wd, tui.Options{Start: tui.StartBrowse, Connection: "prod"}, 80, 24)
	d.See("AccessDenied: no")
	lib.PageErr = nil
	d.Press("ctrl+r")
	d.See("logo.png")
}

func TestWhatFailsIsListedWithItsReason(t *testing.T) {
	lib := some()
	lib.Fails["b.png"] = &tuitest.TroubleError{Trouble: world.Trouble{Raw: "AccessDenied on b"}}
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("/tmp/a.png /tmp/b.png")
	d.Press("enter")
	d.See("Upload 2 files")
	d.Press("enter")
	d.See("Not everything worked", "b.png", "AccessDenied on b")
}

func TestWritingBesideALiveServiceNeedsConsentOnce(t *testing.T) {
	lib := some()
	wd := busy()
	wd.Lib = lib
	wd.Agreed["prod"] = false
	d := start(t, wd, tui.Options{Start: tui.StartBrowse, Connection: "prod"}, 100, 30)
	d.See("logo.png")
	d.Press("u")
	d.See("The CMS writes to this bucket, too")
	d.Press("enter") // leave everything as it is
	d.NotSee("From this computer")
	d.Press("u", "down", "enter")
	d.See("From this computer")
	d.Settle()
	d.Press("esc", "u")
	d.See("From this computer")
	if ok, _ := wd.Consented(t.Context(), "prod"); !ok {
		t.Error("the consent is not kept")
	}
}

func TestNamesFromOutsideCannotReachTheTerminal(t *testing.T) {
	lib := tuitest.NewLibrary("evil\x1b]0;owned\a.png", "bidi\u202egnp.exe", "tab\there.png")
	d, _ := library(t, lib, 100, 30)
	d.See(`evil\u{1b}]0;owned\u{7}.png`, `bidi\u{202e}gnp.exe`, `tab\u{9}here.png`)
	for _, keys := range [][]string{{"i"}, {"esc", "d"}, {"esc", "space", "space", "d"}, {"esc", "esc", "m"}, {"esc", "R"}} {
		d.Press(keys...)
		d.Settle()
		if c := d.View().Content; strings.Contains(c, "\x1b]0;") || strings.Contains(c, "\u202e") || strings.Contains(c, "\t") {
			t.Errorf("after %v a control character is drawn: %q", keys, c)
		}
		d.Fits()
	}
}

func TestSortCycles(t *testing.T) {
	lib := some()
	lib.Files["teaser.mp4"] = 5000
	d, _ := library(t, lib, 80, 24)
	d.Press("o", "o")
	d.See("largest first")
	g := d.Grid()
	if strings.Index(g, "teaser.mp4") > strings.Index(g, "logo.png") {
		t.Errorf("not the largest first:\n%s", g)
	}
	if !strings.Contains(g[:strings.Index(g, "teaser.mp4")], "2025/") {
		t.Error("folders do not stay first")
	}
}

func TestNamesFromAMacAreFound(t *testing.T) {
	d, _ := library(t, tuitest.NewLibrary("か\u3099ぞう.png", "other.png"), 80, 24)
	d.Press("/")
	d.Type("がぞう")
	d.See("1 of 2")
}

func TestALargeRemovalReadsTheFolderAnew(t *testing.T) {
	lib := tuitest.NewLibrary("keep.png")
	for i := range 800 {
		lib.Files[fmt.Sprintf("many/%04d.jpg", i)] = 1000
	}
	d, _ := library(t, lib, 100, 30)
	d.See("many/")
	d.Press("d")
	d.See("Type 800")
	d.Type("800")
	d.Press("enter")
	waitedOut(d)
	d.See("800 deleted")
	d.NotSee("many/")
	d.See("keep.png")
}

func TestAFolderThatCouldNotBeEmptiedStays(t *testing.T) {
	lib := some()
	lib.Fails["2026/spring/hero.avif"] = &tuitest.TroubleError{Trouble: world.Trouble{Raw: "AccessDenied"}}
	d, _ := library(t, lib, 100, 30)
	d.Press("down", "d")
	d.See("Type 2")
	d.Type("2")
	d.Press("enter")
	waitedOut(d)
	d.See("Not everything worked")
	d.Press("enter")
	d.See("2026/")
}

// A paste belongs to the layer on top, as keys do.
func TestAPasteDoesNotReachTheScreenBeneathADialog(t *testing.T) {
	d, _ := library(t, some(), 80, 24)
	d.Press("down", "down", "d")
	d.See("Delete 1 file,")
	d.Paste("/tmp/a.png")
	d.Settle()
	d.NotSee("From this computer")
	d.Press("esc")
	d.Settle()
	d.NotSee("From this computer")
}

// What a key costs in a folder of 100,000 loaded names: moving, and searching.
func BenchmarkKeysInALargeFolder(b *testing.B) {
	lib := tuitest.NewLibrary()
	for i := range 100_000 {
		lib.Files[fmt.Sprintf("写真-%06d.jpg", i)] = 1000
	}
	lib.PageSize = 100_000
	d, _ := library(b, lib, 120, 40)
	d.See("100,000 items")
	b.Run("move", func(b *testing.B) {
		for i := range b.N {
			d.Press([]string{"down", "pgdown", "end", "up", "home"}[i%5])
		}
	})
	d.Press("/")
	b.Run("search", func(b *testing.B) {
		for i := range b.N {
			d.Press([]string{"9", "backspace"}[i%2])
		}
	})
}
