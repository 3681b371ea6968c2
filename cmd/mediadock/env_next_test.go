package main

import (
	"slices"
	"strings"
	"testing"
)

// A cache that is left alone has the command that invalidates it, before the
// deletion and after it; where no distribution is known, the way to one.
func TestACacheLeftAloneHasItsCommand(t *testing.T) {
	p, _ := behindCDN(t)
	command := "aws cloudfront create-invalidation --distribution-id E2EXAMPLE --paths '/media/hero.jpg*'"
	check := func(purge *purgeJSON, want string, out string) {
		t.Helper()
		if purge == nil || purge.Status != "skipped" || !slices.ContainsFunc(purge.Fixes, func(f fixJSON) bool { return f.Command == want && f.Text != "" }) {
			t.Errorf("no %q: %s", want, out)
		}
	}
	_, out, _ := p.run("media", "rm", hero, "--purge=false", "--dry-run", "--json")
	check(lastJSON[radiusJSON](t, out).Purge, command, out)
	_, out, _ = p.run("media", "rm", hero, "--purge=false", "--yes", "--json")
	check(lastJSON[summaryJSON](t, out).Purge, command, out)
	noDistribution(t, p)
	_, out, _ = p.run("media", "rm", terms, "--yes", "--json")
	check(lastJSON[summaryJSON](t, out).Purge, "mediadock media purge PATH", out)
}

// "Or ask for this policy" comes after what it is an alternative to.
func TestThePolicyComesAfterTheCommand(t *testing.T) {
	p, _ := behindCDN(t, nothingOfCloudFront)
	_, _, stderr := p.run("media", "purge", "hero.jpg")
	run, or := strings.Index(stderr, "as somebody who may"), strings.Index(stderr, "PurgeMedia")
	if run < 0 || or < run {
		t.Errorf("%d %d: %s", run, or, stderr)
	}
}

// A plan does not call ready what is not there; an environment that is only
// made known ends in a summary like the others, and an empty directory is told.
func TestMadeKnownWithoutACopy(t *testing.T) {
	p, _ := behindCDN(t)
	_, out, _ := p.run("env", "create", "qa", "--from", "prod", "--dry-run", "--json")
	if plan := lastJSON[envPlanJSON](t, out); plan.Type != "plan" || plan.State != "absent" {
		t.Errorf("%s", out)
	}
	_, out, _ = p.run("env", "create", "qa", "--from", "prod", "--no-copy", "--json")
	if sum := lastJSON[envSummaryJSON](t, out); sum.Type != "summary" || sum.State != "ready" || sum.Done != 0 {
		t.Errorf("%s", out)
	}
	if exit, _, errs := p.run("env", "create", "qb", "--from", "prod", "--no-copy"); exit != 0 || !strings.Contains(errs, "nothing in that directory") {
		t.Errorf("%d %s", exit, errs)
	}
}
