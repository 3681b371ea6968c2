package tui_test

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// bothSides is a test with the owner's side, in the order of a report.
func bothSides(s wizard.Settings) []awscheck.Result {
	rows := tuitest.AllPass(s)
	cleanup := rows[len(rows)-1]
	rows = rows[:len(rows)-1]
	for _, c := range awscheck.ChecksOf("microcms") {
		if c.Owner() {
			rows = append(rows, awscheck.Result{ID: c.ID, Status: awscheck.Pass, Reason: "result.owner.versioning.off"})
		}
	}
	return append(rows, cleanup)
}

func change(rows []awscheck.Result, id string, r awscheck.Result) {
	for i := range rows {
		if rows[i].ID == id {
			r.ID = id
			rows[i] = r
		}
	}
}

func TestTheOwnersRowsStandBelowAHeading(t *testing.T) {
	w := busy()
	w.Rows = bothSides
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 100, 44)
	d.Press("o")
	d.Type("bucket-admin")
	d.Press("enter")
	d.See("The owner's side  read with the profile bucket-admin", "✓ Versioning              Off: what is deleted is gone.", "28 of 28")
	lines := strings.Split(d.Grid(), "\n")
	for i, l := range lines {
		if strings.Contains(l, "The owner's side") && (!strings.Contains(lines[i-1], "Cleanup") || !strings.Contains(lines[i+1], "The role")) {
			t.Errorf("the heading is in the wrong place:\n%s", d.Grid())
		}
	}
	// The cursor passes the heading in one step, and every row can be reached.
	d.Press("home")
	seen := map[string]bool{}
	for range 28 {
		for _, l := range strings.Split(d.Grid(), "\n") {
			if strings.HasPrefix(l, "> ") {
				seen[l] = true
			}
		}
		d.Press("down")
	}
	if len(seen) != 28 {
		t.Errorf("the cursor stood on %d rows", len(seen))
	}
	d.Press("end")
	d.See("> ✓ The distribution")
	d.Resize(40, 12)
	d.See("> ✓ The distribution: Off", "28 of 28, more with")
	d.Press("home")
	d.See("-- 1 to")
	d.Fits()
}

func TestTabGoesFromProblemToProblem(t *testing.T) {
	w := busy()
	w.Rows = func(s wizard.Settings) []awscheck.Result {
		rows := bothSides(s)
		change(rows, "delivery.listing", awscheck.Result{Status: awscheck.Warn})
		change(rows, "delivery.url", awscheck.Result{Status: awscheck.Fail})
		change(rows, "owner.versioning", awscheck.Result{Status: awscheck.Warn})
		return rows
	}
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 100, 44)
	d.See("To mend first, of 3 problems: Delivery.", "> ✗ Delivery", "tab next problem")
	d.Press("tab")
	d.See("> ! Strangers cannot list")
	d.Press("tab")
	d.See("> ! Versioning")
	d.Press("tab")
	d.See("> ✗ Delivery")
	d.Press("shift+tab")
	d.See("> ! Versioning")
	for _, k := range []string{"tab", "shift+tab"} { // from a row that is none
		d.Press("home", k)
		d.See("> ✗ Delivery")
	}
	w.Rows = tuitest.RoleFails // a single one has none after it
	d.Press("r")
	d.See("To mend first: Assume the role")
	d.NotSee("tab next problem")
}

// Where the vendor alone may assume the role, the owner's side decides: that
// is said, the row that carries it is under the cursor, and saving is allowed.
func TestARoleForTheVendorAloneIsToldAsSuch(t *testing.T) {
	w := busy()
	w.Rows = func(s wizard.Settings) []awscheck.Result {
		rows := bothSides(s)
		for i, r := range rows {
			if strings.HasPrefix(r.ID, "role.") || strings.HasPrefix(r.ID, "object.") {
				rows[i] = awscheck.Result{ID: r.ID, Status: awscheck.Skip, Reason: "result.skip.vendor-only", Args: diagnose.Args{"vendor": "210987654321"}}
			}
		}
		return rows
	}
	for lang, want := range map[string][]string{
		"en": {"The role trusts 210987654321 alone, so that the owner's side carries the verdict. It finds everything right.", "only the vendor can test this", "> ✓ The trust policy"},
		"ja": {"ロールが信頼しているのは 210987654321 だけのため、所有者側の結果で判定します。", "提供元だけがテスト可能", "> ✓ 信頼ポリシー"},
	} {
		d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod", Lang: lang}, 120, 44)
		d.See(want...)
		d.NotSee("Everything works")
	}
}

func TestAnOwnersProfileThatDoesNotExistLosesNothing(t *testing.T) {
	w := busy()
	w.Rows = tuitest.RoleFails
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 120, 40)
	w.CheckErr = &tuitest.TroubleError{Trouble: world.Trouble{Raw: "no profile nobody"}}
	d.Press("o")
	d.Type("nobody")
	d.Press("enter")
	d.See("no profile nobody")
	d.Press("enter")
	d.See("> ✗ Assume the role", "To mend first", "With the owner's credentials (o)")
	d.NotSee("could not run", "The owner's side")
	w.CheckErr = nil
	d.Press("r")
	d.Settle()
	if w.LastAsked().Owner != nil {
		t.Error("the profile that does not exist is asked again")
	}
}
