package tui_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// deep is a library whose folders lie in folders.
func deep() *tuitest.Library {
	return tuitest.NewLibrary("2025/old.png", "2026/spring/hero.avif", "2026/spring/raw/a.png", "2026/winter/b.png", "logos/logo.png", "logo.png", "写真/春/さくら.jpg")
}

func TestTheTreeShowsWhatTheListHasReadAndAsksNothing(t *testing.T) {
	lib := deep()
	d, _ := library(t, lib, 130, 24)
	d.See("▾ prod", "▸ 2025", "▸ 2026", "▸ logos", "▸ 写真")
	if n := lib.Count(); n != 1 {
		t.Fatalf("%d listings for one folder", n)
	}
	d.Press("down", "enter") // 2026/, in the list
	d.See("│   ▸ 2026", "media › 2026", "spring/")
	if n := lib.Count(); n != 2 {
		t.Errorf("%d listings for two folders", n)
	}
	d.Press("enter")
	d.See("hero.avif", "  ▾ 2026", "│     ▸ spring", "    ▸ winter")
	if n := lib.Count(); n != 3 {
		t.Errorf("%d listings for three folders", n)
	}
}

func TestTheTreeUnfoldsOnlyWhatIsAsked(t *testing.T) {
	lib := deep()
	d, _ := library(t, lib, 130, 24)
	d.Press("tab")
	d.See("> ▾ prod", "left fold", "tab to the list")
	d.Press("down", "down")
	d.See("right unfold")
	d.Press("right")
	d.See(">   ▾ 2026", "▸ spring", "▸ winter")
	if want := []string{"", "2026/"}; !slices.Equal(lib.Paged, want) {
		t.Fatalf("listed %q, not %q", lib.Paged, want)
	}
	d.Press("right")
	d.See(">     ▸ spring")
	d.Press("left") // to the folder it lies in
	d.See(">   ▾ 2026")
	d.Press("left")
	d.See(">   ▸ 2026")
	d.NotSee("spring")
	d.Press("right")
	d.See("▸ spring")
	d.Settle()
	if len(lib.Paged) != 2 {
		t.Errorf("what was known was listed again: %q", lib.Paged)
	}
	d.Press("down", "enter") // spring/: opens in the list, which has the keys then
	d.See("hero.avif", "media › 2026 › spring", "u upload")
	d.NotSee("to the list")
	d.Press("tab")
	d.See(">     ▸ spring")
	d.Press("esc")
	d.See("u upload", "hero.avif")
}

func TestTheTreeIsHiddenAndNarrowWindowsHaveNone(t *testing.T) {
	d, _ := library(t, deep(), 130, 24)
	d.See("▾ prod")
	d.Press("t")
	d.NotSee("▾ prod")
	d.Press("tab", "t")
	d.See("▾ prod", "u upload")
	d.Press("esc") // and it stays as it was chosen
	d.See("Connections")
	d.Press("enter")
	d.See("▾ prod")
	d.Press("t", "esc")
	d.See("Connections")
	d.Press("enter")
	d.See("logo.png")
	d.NotSee("▾ prod")
	d.Press("t", "tab", "down")
	for _, w := range []int{127, 100, 80, 40} { // with a preview beside the list
		d.Resize(w, 24)
		d.NotSee("▾ prod")
	}
	d.See("logo.png")
	d.Press("down")
	d.Resize(130, 24)
	d.See("▾ prod", "u upload") // the list has the keys again
	d.Resize(120, 24)
	d.NotSee("▾ prod")
	d.Press("t") // the preview gives way
	d.See("▾ prod")
	d.Press("t")
	d.NotSee("▾ prod")
}

func TestTheTreeFollowsWhatIsDone(t *testing.T) {
	lib := deep()
	d, _ := library(t, lib, 130, 24)
	d.Press("tab", "down", "down", "right", "tab")
	d.See("▾ 2026", "▸ spring")
	lib.Take("2026/autumn/x.png", 5) // somebody else's, not known yet
	d.NotSee("autumn")
	d.Press("home", "down", "m")
	d.See("Rename or move")
	d.Press("ctrl+u")
	d.Type("2027")
	d.Press("enter")
	d.See("> rename")
	d.Press("enter")
	d.See("▾ 2027", "▸ spring", "▸ winter") // with all that was unfolded
	d.NotSee("▾ 2026", "▸ 2026")
	lib.Take("2027/summer/x.png", 5)
	d.Press("tab", "home", "down", "down", "ctrl+r")
	d.See("▸ autumn", "▸ summer")
	d.Press("tab", "u")
	d.Type("/tmp/new.png")
	d.Press("enter")
	d.See("> upload 1")
	d.Press("enter")
	d.See("1 uploaded")
	d.Press("home", "d")
	d.See("Delete 1 file")
	d.Type("1")
	d.Press("enter")
	waitedOut(d)
	d.NotSee("2025")
	lib.Take("zzz/x.png", 5)
	d.Press("ctrl+r")
	d.See("▸ zzz")
	d.Settle()
}

// The folder that is shown goes with its name, and with its end.
func TestTheListLeavesAFolderThatIsGone(t *testing.T) {
	lib := deep()
	d, _ := library(t, lib, 130, 24)
	d.Press("home", "down", "d")
	d.See("Delete 3 files")
	d.Type("3")
	d.Press("enter")
	d.Press("enter")
	d.See("media › 2026", "spring/")
	waitedOut(d)
	d.See("logo.png", "2025/", "prod › media")
	d.NotSee("2026/", "▸ 2026")
}

func TestAFolderThatMayNotBeListedSaysSoInItsPlace(t *testing.T) {
	lib := deep()
	lib.PageErrs = map[string]error{"2026/": &media.Error{Code: media.CodeDenied, Path: "2026/", Args: map[string]string{"operation": "s3:ListBucket", "reason": "AccessDenied"}, Err: errors.New("denied")}}
	d, _ := library(t, lib, 130, 24)
	d.Press("tab", "down", "down", "right")
	d.See("▾ 2026", "✗ ")
	d.Press("down")
	d.See("enter try again")
	lib.PageErrs = nil
	d.Press("enter")
	d.See("▸ spring", "▸ winter")
	d.NotSee("✗")
}

func TestTheTreeReadsOnWhereAFolderHasPages(t *testing.T) {
	lib := deep()
	for i := range 5 {
		lib.Files[fmt.Sprintf("2026/f%d/x.png", i)] = 1
	}
	lib.PageSize = 4
	d, _ := library(t, lib, 130, 30)
	d.Press("tab", "down", "down", "right")
	d.See("f0", "f3", "more ..")
	d.NotSee("f4")
	d.Press("down", "down", "down", "down", "down")
	d.See("enter read on")
	d.Press("enter")
	d.See("f4", "spring", "winter")
	d.NotSee("more ..")
}

// Where thousands of files come before the first folder, it is found all the
// same, and a folder of files alone does not cost a request for each page.
func TestTheTreeLooksForFoldersAmongFilesForAWhile(t *testing.T) {
	lib := deep()
	for i := range 60 {
		lib.Files[fmt.Sprintf("2026/spring/%03d.png", i)] = 1
	}
	delete(lib.Files, "2026/spring/raw/a.png")
	lib.PageSize = 3
	d, _ := library(t, lib, 130, 30)
	d.Press("tab", "down", "down", "right")
	d.See("▸ spring")
	d.Settle()
	before := lib.Count()
	d.Press("down", "right")
	d.See("more ..")
	d.Settle()
	if n := lib.Count() - before; n > 10 {
		t.Errorf("%d requests to unfold one folder", n)
	}
}

func TestTheMouseInTheTree(t *testing.T) {
	lib := deep()
	d, pass := clicking(t, lib, 130, 24, tui.Options{})
	d.Click("▸ 2026") // its sign
	d.See(">   ▾ 2026", "▸ spring", "to the list")
	pass(time.Second)
	x, y := 9, 6 // the name of spring
	d.ClickAt(x, y)
	d.See(">     ▸ spring")
	pass(100 * time.Millisecond)
	d.ClickAt(x, y)
	d.See("hero.avif", "media › 2026 › spring", "u upload")
	pass(time.Second)
	d.Click("hero.avif")
	d.See("> ", "u upload")
}

func TestTheWheelTurnsWhatItIsOver(t *testing.T) {
	lib := tuitest.NewLibrary()
	for i := range 60 {
		lib.Files[fmt.Sprintf("folder%02d/x.png", i)] = 1
		lib.Files[fmt.Sprintf("x%02d.png", i)] = 1
	}
	d, _ := clicking(t, lib, 130, 24, tui.Options{})
	d.WheelAt(3, 10, 3)
	d.See("▸ folder20", "  folder00/") // the list stays
	d.WheelAt(60, 10, 3)
	d.NotSee("  folder00/")
}

// swift fails unless turning a page is done at once. Of many the quickest is
// taken: it is one that a busy machine did not hold up.
func swift(t *testing.T, d *tuitest.Driver) {
	t.Helper()
	quickest := time.Hour
	for range 200 {
		begun := time.Now()
		d.Press("pgdown")
		quickest = min(quickest, time.Since(begun))
	}
	if quickest > 100*time.Millisecond {
		t.Errorf("the quickest of 200 keys took %s", quickest)
	}
}

func TestATreeOfHundredThousandFolders(t *testing.T) {
	racetest.Plainly(t)
	lib := tuitest.NewLibrary()
	for i := range 100_000 {
		lib.Files[fmt.Sprintf("f%06d/x.png", i)] = 1
	}
	lib.PageSize = 100_000
	d, _ := library(t, lib, 130, 24)
	d.See("▸ f000000")
	d.Press("tab")
	swift(t, d)
	d.Press("end")
	d.See("▸ f099999")
}

func TestHostileNamesInTheTree(t *testing.T) {
	long := strings.Repeat("とても長い名前の", 30)
	lib := tuitest.NewLibrary("a\x1b[31mred/x.png", "b\u202egpj.exe/x.png", "//x.png", long+"/x.png", strings.Repeat("d/", 60)+"x.png", "שלום/x.png")
	d, _ := library(t, lib, 130, 40)
	d.See(`a\u{1b}[31m`, `b\u{202e}gpj`)
	d.Fits()
	for _, l := range strings.Split(d.Grid(), "\n")[3:36] {
		if r := []rune(l); !strings.Contains(l, "│") {
			t.Errorf("no line beside the tree in %q", string(r))
		}
	}
	d.Press("tab")
	for range 4 {
		d.Press("down")
	}
	for range 150 { // into the deepest
		d.Press("right")
		d.Poll()
	}
	d.Settle()
	d.Fits()
}

func TestTheTreeLooks(t *testing.T) {
	for _, s := range []struct {
		lang string
		w, h int
	}{{"en", 130, 30}, {"ja", 130, 30}, {"en", 160, 45}} {
		t.Run(fmt.Sprintf("%s-%dx%d", s.lang, s.w, s.h), func(t *testing.T) {
			d := libraryIn(t, deep(), s.lang, s.w, s.h)
			d.Press("tab", "down", "down", "right")
			d.See("▸ spring")
			d.Press("down")
			d.Golden(fmt.Sprintf("tree-%s-%dx%d", s.lang, s.w, s.h))
			d.Press("enter")
			d.See("hero.avif")
			d.Golden(fmt.Sprintf("tree-open-%s-%dx%d", s.lang, s.w, s.h))
		})
	}
}

// A library without folders has the whole width for its files, until it has
// one.
func TestNoTreeWhereThereIsNoFolder(t *testing.T) {
	lib := tuitest.NewLibrary("a.png", "b.png")
	d, _ := library(t, lib, 130, 24)
	d.NotSee("▾ prod", "folder tree")
	d.Press("tab", "t") // which have nothing to do
	d.See("│", "u upload")
	lib.Take("new/x.png", 5)
	d.Press("ctrl+r")
	d.See("▾ prod", "▸ new")
}
