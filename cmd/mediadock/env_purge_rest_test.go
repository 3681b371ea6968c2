package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/wizard/store"
)

// A deletion of which something is left takes the copies of the whole directory
// along: those of what is gone are among them.
func TestAnEnvironmentLeavesTheEdgeWhole(t *testing.T) {
	p, visit := behindCDN(t, func(a *account.Account) {
		doc := *a.Roles[0].Policy
		doc.Statements = append(slices.Clone(doc.Statements), policy.Statement{
			Effect: policy.Deny, Action: []string{"s3:DeleteObject"}, Resource: []string{"arn:aws:s3:::alpha-prod-assets/media/env-*/logo.png"},
		})
		a.Roles[0].Policy = &doc
	})
	if exit, out, stderr := p.run("env", "create", "dev", "--from", "prod"); exit != 0 {
		t.Fatalf("%d %s %s", exit, out, stderr)
	}
	c, err := p.app().store.Load("prod/dev")
	if err != nil {
		t.Fatal(err)
	}
	id := address.EnvironmentID(c.Settings.ServiceID, "dev")
	visit(id + "/" + hero)
	_, out, stderr := p.run("env", "delete", "dev", "-c", "prod", "--yes", "--json")
	sum := lastJSON[summaryJSON](t, out)
	if sum.Done == 0 || sum.Failed+sum.Refused == 0 || sum.Purge == nil || !slices.Equal(sum.Purge.Paths, []string{"/media/" + id + "/*"}) {
		t.Errorf("%s %s", out, stderr)
	}
	if got := visit(id + "/" + hero); got != "403" {
		t.Errorf("still served: %s", got)
	}
}

// A deletion that was cut short when nothing was left but the settings still
// has CloudFront let go of what it deleted.
func TestADeletionThatFindsNothingLeftStillPurges(t *testing.T) {
	p, visit := behindCDN(t)
	if exit, out, stderr := p.run("env", "create", "dev", "--from", "prod"); exit != 0 {
		t.Fatalf("%d %s %s", exit, out, stderr)
	}
	c, err := p.app().store.Load("prod/dev")
	if err != nil {
		t.Fatal(err)
	}
	id := address.EnvironmentID(c.Settings.ServiceID, "dev")
	visit(id + "/" + hero)
	sel := selectionOf(c)
	lib, err := p.app().library(t.Context(), sel, media.Options{})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := lib.PlanRemoveEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if res := lib.RemoveEnvironment(t.Context(), plan, nil); res.Rest != 0 || res.Stopped != nil {
		t.Fatalf("%+v", res)
	}
	if err := p.app().store.SavePhase(c, store.Deleting); err != nil {
		t.Fatal(err)
	}
	if exit, out, stderr := p.run("env", "delete", "dev", "-c", "prod", "--yes", "--json"); exit != 0 || !strings.Contains(out, `"paths":["/media/`+id+`/*"]`) {
		t.Errorf("%d %s %s", exit, out, stderr)
	}
	if got := visit(id + "/" + hero); got != "403" {
		t.Errorf("still served: %s", got)
	}
}

// What an earlier run of a deletion owes is forgotten for what is owed instead,
// or because it is not wanted; else it stays.
func TestWhatAnEarlierDeletionOwesIsNotLost(t *testing.T) {
	p, _ := behindCDN(t)
	a := p.app()
	t.Cleanup(a.forgetSource)
	sel, err := a.load("prod", false)
	if err != nil {
		t.Fatal(err)
	}
	d := &envDeletion{a: a, connection: sel, sel: sel, begun: true}
	d.sel.name = "prod/dev"
	run := func(flag purgeFlag) {
		after := a.aftermath(d.sel, flag, "")
		d.owe(t.Context(), after)
		after.later() // which is killed
	}
	flag := func(on, set bool) purgeFlag { return purgeFlag{on: on, set: func() bool { return set }} }
	owed := func(what string, want int) (job string) {
		t.Helper()
		all := a.owedPurges(t.Context(), sel)
		defer all.close()
		if len(all) != want {
			t.Fatalf("%s: %d owed, not %d", what, len(all), want)
		}
		if want == 0 {
			return ""
		}
		return all[0].Job
	}
	run(flag(true, true))
	first := owed("asked for", 1)
	run(flag(true, true))
	second := owed("once more", 1)
	d.sel.settings.Distribution = "" // none to be told unasked
	run(flag(false, false))
	if kept := owed("not asked for", 1); kept != second || second == first {
		t.Errorf("%q, then %q, then %q", first, second, kept)
	}
	run(flag(false, true))
	owed("not wanted", 0)
}
