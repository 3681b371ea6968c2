package tui_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/mediadock/mediadock/media/audit"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

const retype = "aws s3api copy-object --bucket alpha-prod-assets --key media/logo.svg --content-type image/svg+xml"

// differing is a world in which much has happened outside.
func differing() *tuitest.Audited {
	w := &tuitest.Audited{World: busy(), Commands: map[string]string{"logo.svg": retype}, Ends: world.Audited{Summary: audit.Summary{Files: 12345}}}
	w.Lib = tuitest.NewLibrary("a.jpg", "logo.svg")
	w.Findings = []audit.Finding{
		{Kind: audit.Environment, Path: "x/env-abcdefgh23456777/y.jpg", Directory: "env-abcdefgh23456777"},
		{Kind: audit.Moved, Path: "2026/hero.jpg", To: "archive/2026/hero.jpg", Alt: "A harbour at dawn"},
		{Kind: audit.Missing, Path: "gone.pdf"},
		{Kind: audit.Missing, Path: "写真 1.jpg", Candidates: 3, Alt: "鎌倉の海"},
		{Kind: audit.Changed, Path: "menu.pdf", ETag: "e", Alt: "The menu"},
		{Kind: audit.Type, Path: "logo.svg", ContentType: "text/plain", Wanted: "image/svg+xml"},
		{Kind: audit.Foreign, Path: "a.jpg"},
	}
	return w
}

// auditing opens the audit from the browser.
func auditing(t *testing.T, w tui.Services, lang string, width, height int) *tuitest.Driver {
	t.Helper()
	d := startOn(t, w, tui.Options{Start: tui.StartBrowse, Connection: "prod", Lang: lang}, width, height)
	d.See("prod › media")
	d.Settle()
	d.Press("A")
	return d
}

func TestAuditFindsExplainsAndMends(t *testing.T) {
	w := differing()
	d := auditing(t, w, "en", 100, 30)
	d.See("prod › audit", "5 findings in 12,345 files", "Environment  1", "Renamed  1", "Missing  2", "Changed  1", "D also looks")
	d.NotSee("Wrong type")
	d.Press("down")
	d.See("> 2026/hero.jpg is now archive/2026/hero.jpg", "stored later: archive/2026/hero.jpg", "Alt text: A harbour at dawn")
	d.Press("r")
	d.See("Mend 2 findings in the catalogue?", "Nothing in the bucket is changed", "1: alt text, tags and creator go to the new name", "1: taken as the file is now")
	d.Press("esc")
	d.Settle()
	if len(w.Mended) != 0 {
		t.Fatalf("mended without a yes: %q", w.Mended)
	}
	w.Theirs = map[string]bool{"menu.pdf": true}
	d.Press("r", "down", "enter")
	d.See("1 mended in the catalogue, 1 left", "menu.pdf  another by now, left", "4 findings")
	d.NotSee("Renamed", "r repair")
	if !slices.Equal(w.Mended, []string{"2026/hero.jpg"}) {
		t.Errorf("mended %q", w.Mended)
	}
	w.Theirs = nil
	d.Press("ctrl+r")
	d.See("r repair", "4 findings")
	d.NotSee("another by now", "mended in the catalogue")
	d.Press("esc")
	d.See("prod › media")
}

// A deep audit costs a request a file: it is asked for, with how many.
func TestADeepAuditIsAskedFor(t *testing.T) {
	w := differing()
	d := auditing(t, w, "en", 100, 34)
	d.See("5 findings")
	d.Press("D")
	d.See("AWS bills GET requests", "12,345 requests")
	d.Press("enter") // cancel is under the cursor
	d.Settle()
	d.See("5 findings")
	d.Press("D", "down", "enter")
	d.See("7 findings", "Wrong type  1", "Foreign  1", "deep audit")
	d.NotSee("D also looks")
	d.Press("end", "up")
	d.See("> logo.svg is text/plain, should be image/svg+xml", "Run the command", "aws s3api copy-object", "a copy AWS CLI command")
	d.Press("a")
	d.Settle()
	if !slices.Equal(d.Clipboard, []string{retype}) {
		t.Errorf("the clipboard has %q", d.Clipboard)
	}
	d.Press("D")
	d.See("5 findings")
	if !slices.Equal(w.Deeps, []bool{false, true, false}) {
		t.Errorf("deep: %v", w.Deeps)
	}
}

func TestAnAuditThatFindsNothing(t *testing.T) {
	w := differing()
	w.Findings, w.Ends.Renames, w.Ends.Uploads = nil, 2, 1
	d := auditing(t, w, "en", 80, 24)
	d.See("✓ Catalogue and bucket agree: 12,345 files looked at.", "2 cut short: mediadock media recover", "1 upload cut short")
	d.Press("enter", "a", "r", "down")
	d.See("✓ Catalogue and bucket agree")
	d.Press("esc")
	d.See("prod › media")
}

// What was found before it was stopped, or broke, stays; it is not said to be
// all.
func TestAnAuditThatDoesNotEnd(t *testing.T) {
	w := differing()
	w.Gate = make(chan struct{})
	d := auditing(t, w, "en", 80, 24)
	d.See("12,345 files listed so far", "x stop")
	d.Release(w.Gate)
	d.Release(w.Gate)
	d.See("Environment  1", "Renamed  1")
	d.Press("x")
	d.See("! Stopped", "Renamed  1")
	d.NotSee("agree", "findings in")
	w.Gate, w.Err = nil, errors.New("connection reset")
	d.Press("ctrl+r")
	d.See("That did not work", "connection reset")
	d.Press("esc")
	d.See("✗ The audit did not come to its end", "Missing  2")
	w.Findings = nil
	d.Press("ctrl+r")
	d.See("That did not work")
	d.Press("esc")
	d.See("✗ The audit could not be begun")
	d.NotSee("agree")
}

// Mending can be stopped, and says how far it came.
func TestMendingIsStopped(t *testing.T) {
	w := differing()
	d := auditing(t, w, "en", 80, 24)
	d.See("5 findings")
	w.Gate = make(chan struct{})
	d.Press("r", "down", "enter")
	d.See("Mending the catalogue.  0 / 2")
	d.Release(w.Gate)
	d.See("1 / 2")
	d.Press("esc")
	d.See("✓ 1 mended in the catalogue.", "Changed  1", "4 findings")
	d.NotSee("Renamed")
	w.Gate, w.MendErr = nil, errors.New("database is locked")
	d.Press("r", "down", "enter")
	d.See("That did not work", "database is locked")
	d.Press("esc")
	d.See("Changed  1", "r repair")
}

// However much there is, the list is held in part and counted in full.
func TestAnAuditOfTooMuch(t *testing.T) {
	w := differing()
	w.Findings = nil
	for i := range 6000 {
		w.Findings = append(w.Findings, audit.Finding{Kind: audit.Changed, Path: fmt.Sprintf("%05d.jpg", i)})
	}
	d := auditing(t, w, "en", 80, 24)
	d.See("6,000 findings in 12,345 files", "Changed  the first 5,000 of 6,000")
	d.Press("end")
	d.See("> 04999.jpg")
	d.Press("r")
	d.See("Mend 5,000 findings", "00000.jpg")
	d.Wheel(200)
	d.See("00199.jpg", "and 4,800 more")
	d.Press("down", "enter")
	d.See("5,000 mended in the catalogue. There are more", "1,000 findings")
	d.Press("ctrl+r")
	d.See("1,000 findings", "05000.jpg")
}

func TestTheAuditTakesTheMouse(t *testing.T) {
	d := auditing(t, differing(), "en", 80, 24)
	d.See("5 findings")
	d.Settle()
	d.Click("gone.pdf")
	d.See("> gone.pdf")
	d.Click("gone.pdf") // twice in a row
	d.See("is there again when the file is", "enter close")
	d.Press("esc")
	d.Wheel(-3)
	d.See("Environment  1")
}

func TestAuditsLook(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		for _, s := range sizes {
			w := differing()
			w.Ends.Unread, w.Ends.Uploads = 3, 1
			d := auditing(t, w, lang, s.w, s.h)
			d.Settle()
			d.Press("D", "down", "enter")
			d.Settle()
			d.Press("down")
			d.Golden("audit-" + lang + "-" + s.name)
			d.Press("enter")
			d.Golden("audit-details-" + lang + "-" + s.name)
			d.Press("esc", "r")
			d.Golden("audit-repair-" + lang + "-" + s.name)
		}
	}
}

// aside is a world whose catalogue takes nothing.
type aside struct {
	*tuitest.World
	says []string
}

func (a *aside) Unnoted() string {
	if len(a.says) == 0 {
		return ""
	}
	id := a.says[0]
	a.says = a.says[1:]
	return id
}

// That the catalogue took nothing is said in a line, once.
func TestWhatWasNotNotedIsSaid(t *testing.T) {
	w := &aside{World: busy(), says: []string{"cmd.catalogue_kept"}}
	w.Lib, w.Agreed = tuitest.NewLibrary("b.png"), map[string]bool{"prod": true}
	d := startOn(t, w, tui.Options{Start: tui.StartBrowse, Connection: "prod"}, 100, 30)
	d.See("prod › media")
	d.Settle()
	rename := func(to string) {
		d.Press("m", "ctrl+u")
		d.Type(to)
		d.Press("enter")
		d.See("media/" + to)
		d.Press("enter")
		d.Settle()
	}
	rename("c.png")
	d.See("not noted in the catalogue. It is kept here")
	rename("d.png")
	d.See("1 renamed")
}
