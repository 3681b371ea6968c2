package tui_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

// behind is a library before which a CDN stands.
func behind(t *testing.T, c *tuitest.CDN, lang string, w, h int) (*tuitest.Driver, *tuitest.Library) {
	t.Helper()
	lib := some()
	c.World = busy()
	c.World.Lib = lib
	d := startOn(t, c, tui.Options{Start: tui.StartBrowse, Connection: "prod", Lang: lang}, w, h)
	d.See("prod › media")
	d.Settle()
	return d, lib
}

// The choice stands in the question, F3 changes it, and what was chosen is
// done after the deletion.
func TestTheCDNIsPurgedAsChosen(t *testing.T) {
	for _, c := range []struct {
		on      bool
		presses []string
		purged  bool
	}{
		{true, nil, true}, {true, []string{"f3"}, false}, {false, nil, false}, {false, []string{"f3"}, true}, {true, []string{"f3", "f3"}, true},
	} {
		cdn := &tuitest.CDN{On: c.on, Answer: world.Purged{Paths: 1}}
		d, _ := behind(t, cdn, "en", 100, 30)
		d.Press("down", "down", "d")
		d.See("Delete 1 file,", "invalidate the CDN's copies", "F3 CDN too")
		d.Press(c.presses...)
		if c.purged {
			d.See("[x] invalidate the CDN's copies: up to 1 path, 1,000 a month are free")
		} else {
			d.See("[ ] invalidate")
		}
		d.Press("down", "enter")
		if len(cdn.Purges) > 0 {
			t.Fatal("purged before anything was deleted")
		}
		waitedOut(d)
		d.See("1 deleted")
		d.Settle()
		if got := len(cdn.Purges) == 1 && slices.Equal(cdn.Purges[0], []string{"media/logo.png"}); got != c.purged {
			t.Errorf("%+v: purged %v", c, cdn.Purges)
		}
		if c.purged {
			d.See("CloudFront is invalidating 1 path.")
		}
	}
}

// A folder that went whole is handed on as such; one that did not is not.
func TestAFolderIsPurgedWhole(t *testing.T) {
	for _, fails := range []bool{false, true} {
		cdn := &tuitest.CDN{On: true}
		d, lib := behind(t, cdn, "en", 100, 30)
		if fails {
			lib.Fails["2026/spring/hero.avif"] = &tuitest.TroubleError{Trouble: world.Trouble{Raw: "AccessDenied"}}
		}
		d.Press("down", "d")
		d.See("Type 2", "F3")
		d.Press("f3", "f3")
		d.Type("2")
		d.Press("enter")
		waitedOut(d)
		if fails {
			d.See("Not everything worked")
		} else {
			d.See("2 deleted")
		}
		d.Settle()
		if len(cdn.Purges) != 1 || slices.Contains(cdn.Purges[0], "2026/") == fails {
			t.Errorf("fails %v: %v", fails, cdn.Purges)
		}
	}
}

// What is refused is told with the command that does it; the files are gone.
func TestARefusedPurgeIsToldWithItsCommand(t *testing.T) {
	command := "aws cloudfront create-invalidation --distribution-id E2EXAMPLE --paths '/media/logo.png*'"
	cdn := &tuitest.CDN{On: true, Answer: world.Purged{Reason: "CloudFront refused.", Commands: []string{command}}}
	d, lib := behind(t, cdn, "en", 100, 30)
	d.Press("down", "down", "d")
	d.See("Delete 1 file,")
	d.Press("down", "enter")
	waitedOut(d)
	d.See("Deleted, but the CDN was not purged", "CloudFront refused.", "create-invalidation")
	if lib.Has("logo.png") {
		t.Error("the file is still there")
	}
}

// The list of what stops working is saved from within the question.
func TestTheListIsSavedFromTheQuestion(t *testing.T) {
	cdn := &tuitest.CDN{}
	d, _ := behind(t, cdn, "en", 100, 30)
	d.Press("down", "d")
	d.See("Type 2")
	d.Press("ctrl+s")
	d.See("The URLs are in", "Type 2")
	for file, data := range cdn.World.Files {
		if lines := strings.Count(string(data), "\n"); !strings.HasPrefix(file, "deleted-urls-20261121-") || lines != 2 || !strings.Contains(string(data), "spring/hero.avif\n") {
			t.Errorf("%s: %s", file, data)
		}
		return
	}
	t.Error("nothing was written")
}

func TestTheQuestionWithACDNLooks(t *testing.T) {
	for _, c := range []struct {
		lang, name string
		w, h       int
	}{{"en", "delete-cdn-40x12", 40, 12}, {"en", "delete-cdn-80x24", 80, 24}, {"ja", "delete-cdn-80x24-ja", 80, 24}} {
		d, _ := behind(t, &tuitest.CDN{On: true}, c.lang, c.w, c.h)
		d.Press("down", "down", "d")
		d.Settle()
		d.Golden(c.name)
	}
}

// What an earlier run was killed before is said once the library is open; what
// is begun is written down until it is purged.
func TestWhatTheCDNIsOwed(t *testing.T) {
	for lang, want := range map[string]string{"en": "it is invalidating 2 paths now", "ja": "今 2 パスを無効化しています"} {
		d, _ := behind(t, &tuitest.CDN{Paid: &world.Purged{Paths: 2}}, lang, 100, 30)
		d.See(want)
	}
	d, _ := behind(t, &tuitest.CDN{Paid: &world.Purged{Reason: "CloudFront refused", Run: "Run this:", Commands: []string{"aws cloudfront create-invalidation"}}}, "en", 100, 30)
	d.See("Done, but the CDN was not purged", "CloudFront refused", "aws cloudfront create-invalidation")

	cdn := &tuitest.CDN{On: true, Answer: world.Purged{Paths: 1}}
	d, lib := behind(t, cdn, "en", 100, 30)
	var owing []string
	lib.Removing = func() { owing = slices.Clone(cdn.Owing) }
	d.Press("down", "down", "d")
	d.See("Delete 1 file,")
	d.Press("down", "enter")
	waitedOut(d)
	d.See("1 deleted")
	if !slices.Equal(owing, []string{"logo.png"}) || len(cdn.Owing) != 0 {
		t.Errorf("owed while it was deleted: %q, afterwards: %q", owing, cdn.Owing)
	}
}

// Where the distribution is not of the role's account, nothing is promised.
func TestADistributionOfAnotherAccountIsNoPromise(t *testing.T) {
	for _, size := range [][2]int{{100, 30}, {80, 24}} {
		for lang, want := range map[string]string{"en": "you get the command", "ja": "コマンドを表示します"} {
			d, _ := behind(t, &tuitest.CDN{On: true, Foreign: "210987654321"}, lang, size[0], size[1])
			d.Press("down", "down", "d")
			d.See("[x]", "210987654321")
			if screen := strings.Join(strings.Fields(d.Grid()), ""); !strings.Contains(screen, strings.ReplaceAll(want, " ", "")) && !strings.Contains(strings.ReplaceAll(screen, "│", ""), strings.ReplaceAll(want, " ", "")) || strings.Contains(screen, "1,000") {
				t.Errorf("%s %v:\n%s", lang, size, d.Grid())
			}
		}
	}
}
