package awscheck

import "testing"

// Whose key the owner's side is asked with is known; that imgix's key
// administers the account is likely then, and no more.
func TestOwnersSideWithImgixsKey(t *testing.T) {
	h := rehearse(t, "imgix-ready")
	row := rowOf(t, h.run(Options{Owner: h.w.source}), "imgix.key")
	want{status: Warn, cause: "likely imgix-key-shared"}.check(t, row)
	row = rowOf(t, h.run(Options{Owner: h.person.w.source}), "imgix.key")
	want{status: Pass}.check(t, row)
}

// What imgix is not asked about proves nothing, and what nobody at AWS could
// tell is not asked of the owner.
func TestVerdictOfImgix(t *testing.T) {
	target := Target{Integration: "imgix", Access: "caller"}
	rows := func(read, delivery Result) []Result {
		read.ID, delivery.ID = "imgix.read", "imgix.delivery"
		return []Result{{ID: "bucket.list", Status: Pass}, read, delivery}
	}
	for name, c := range map[string]struct {
		rows []Result
		want Verdict
		text string
	}{
		"all passes":            {rows(Result{Status: Pass}, Result{Status: Pass}), Ready, "verdict.ready.imgix"},
		"reading is not told":   {rows(Result{Status: Inconclusive}, Result{Status: Pass}), Failed, "verdict.failed"},
		"reading is skipped":    {rows(Result{Status: Skip, Reason: "result.skip.needs"}, Result{Status: Pass}), Failed, "verdict.failed"},
		"nothing to ask for":    {rows(Result{Status: Pass}, Result{Status: Inconclusive}), ReadyWithWarnings, "verdict.ready-with-warnings.imgix"},
		"another endpoint":      {rows(Result{Status: Pass}, Result{Status: Skip, Reason: "result.imgix.delivery.custom-endpoint"}), ReadyWithWarnings, "verdict.untried"},
		"queued for deployment": {rows(Result{Status: Pass}, Result{Status: Warn}), ReadyWithWarnings, "verdict.ready-with-warnings.imgix"},
	} {
		got := verdict(target, c.rows, false)
		r := Report{Integration: "imgix", Verdict: got, Results: c.rows, Settings: Settings{Access: "caller"}}
		if id, _ := r.VerdictText(); got != c.want || id != c.text {
			t.Errorf("%s: %s, %s; want %s, %s", name, got, id, c.want, c.text)
		}
	}
}

// The rights of a key that imgix is not to have are nobody's to take away: an
// administrator who tests with his own is told that alone.
func TestNoFixTakesTheAdministratorsRightsAway(t *testing.T) {
	for name, own := range map[string]bool{"with --owner": true, "without": false} {
		h := rehearse(t, "imgix-ready")
		admin := h.person.w.source // the key that administers the account
		var o Options
		h.w = h.person.w
		if own {
			o.Owner = admin
		}
		r := h.run(o)
		row := rowOf(t, r, "imgix.rights")
		if own && (row.Status != Skip || len(row.Causes) > 0 || row.Reason != "result.imgix.rights.not-its-own") {
			t.Errorf("%s: %s", name, describe(row))
		}
		if !own && row.Status != Warn { // whose key it is, nobody knows
			t.Errorf("%s: %s", name, describe(row))
		}
		if own && len(r.Unproved()) > 0 {
			t.Errorf("%s: nobody answers for %v", name, r.Unproved())
		}
	}
}
