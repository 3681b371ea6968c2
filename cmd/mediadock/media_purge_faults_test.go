package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// distribution has the connection name another distribution.
func setDistribution(t *testing.T, p program, arn string) {
	t.Helper()
	c, err := p.app().store.Load("prod")
	if err != nil {
		t.Fatal(err)
	}
	c.Settings.Distribution = arn
	if err := p.app().store.Save(c); err != nil {
		t.Fatal(err)
	}
}

func neverCompletes(a *account.Account) { a.Distributions[0].InvalidationTime = 100 * time.Hour }

// A distribution of another account: both accounts, and the command for the
// one that has it, whatever is done.
func TestPurgeInAnotherAccount(t *testing.T) {
	p, _ := behindCDN(t)
	setDistribution(t, p, "arn:aws:cloudfront::210987654321:distribution/ETHEIRS")
	command := "aws cloudfront create-invalidation --distribution-id ETHEIRS --paths '/media/hero.jpg*'"
	exit, out, stderr := p.run("media", "purge", hero)
	if exit != 1 || out != command+"\n" {
		t.Errorf("%d %q", exit, out)
	}
	for _, want := range []string{"is account 210987654321's; mediadock runs in account 123456789012", "as an administrator of account 210987654321:"} {
		if !strings.Contains(stderr, want) {
			t.Errorf("no %q in %q", want, stderr)
		}
	}
	exit, out, _ = p.run("media", "purge", hero, "--json")
	if doc := lastJSON[purgeDocument](t, out); exit != 1 || doc.Code != "purge.foreign" || len(doc.Error.Fixes) != 1 || doc.Error.Fixes[0].Command != command {
		t.Errorf("%d %s", exit, out)
	}
	exit, out, _ = p.run("media", "rm", hero, "--yes", "--json")
	if sum := lastJSON[summaryJSON](t, out); exit != 0 || sum.Done != 1 || sum.Purge == nil || sum.Purge.Code != "purge.foreign" || len(sum.Purge.Fixes) != 1 {
		t.Errorf("%d %s", exit, out)
	}
	if exit, _, stderr := p.run("env", "create", "dev", "--from", "prod"); exit != 0 {
		t.Fatal(stderr)
	}
	for _, args := range [][]string{{"env", "delete", "dev", "-c", "prod", "--dry-run"}, {"media", "rm", "docs/annual-report.pdf", "--dry-run", "--lang", "ja"}, {"media", "rm", "docs/annual-report.pdf", "--yes"}} {
		_, out, stderr := p.run(args...)
		if out += stderr; strings.Contains(out, "1,000") || !strings.Contains(out, "210987654321") || !strings.Contains(out, "123456789012") {
			t.Errorf("%q promises what nobody can do: %s", args, out)
		}
	}
	setDistribution(t, p, "EUNKNOWN1") // an id is of the role's account
	if exit, _, stderr := p.run("media", "purge", hero); exit != 1 || !strings.Contains(stderr, "no distribution EUNKNOWN1 in account 123456789012") {
		t.Errorf("%d %s", exit, stderr)
	}
}

// An invalidation that does not complete in time ends the waiting, not the
// invalidation; the command that is told goes on with the same one.
func TestPurgeThatNeverCompletes(t *testing.T) {
	p, _ := behindCDN(t, neverCompletes)
	exit, out, stderr := p.run("media", "purge", hero, "--wait", "--timeout", "5ms", "-c", "prod")
	id, status, _ := strings.Cut(strings.TrimSpace(out), "  ")
	if exit != 1 || status != "InProgress" {
		t.Fatalf("%d %q %s", exit, out, stderr)
	}
	for _, want := range []string{
		"1 of 1 invalidation(s) have not completed", "nothing is lost", "0 of 1 completed after",
		"  aws cloudfront get-invalidation --distribution-id E2EXAMPLE --id " + id + " --query Invalidation.Status\n",
	} {
		if !strings.Contains(stderr, want) {
			t.Errorf("no %q in %s", want, stderr)
		}
	}
	_, again, ok := strings.Cut(stderr, "\n  mediadock ")
	again, _, _ = strings.Cut(again, "\n")
	if !ok || !strings.HasPrefix(again, "media purge ") && !strings.Contains(again, " --wait --connection prod --job-id ") {
		t.Fatalf("%q in %s", again, stderr)
	}
	exit, out, _ = p.run(append(strings.Fields(again), "--timeout", "5ms", "--json")...)
	doc := lastJSON[purgeDocument](t, out)
	if exit != 1 || doc.Code != "purge.unfinished" || doc.Error == nil || len(doc.Error.Fixes) != 2 || len(doc.Invalidations) != 1 || doc.Invalidations[0].ID != id || doc.JobID == "" {
		t.Errorf("%d %s", exit, out)
	}
	if exit, _, stderr := p.run("media", "purge", hero, "--timeout", "0s"); exit != exitUsage || !strings.Contains(stderr, "--timeout") {
		t.Errorf("%d %s", exit, stderr)
	}
}

// Without a job id each purge is a new invalidation: the same name may have
// been taken again, and deleted again, in between.
func TestEachDeletionIsPurgedAnew(t *testing.T) {
	p, visit := behindCDN(t)
	file := filepath.Join(t.TempDir(), "again.txt")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for range 2 {
		if exit, _, stderr := p.run("media", "put", file); exit != 0 {
			t.Fatal(stderr)
		}
		if got := visit("again.txt"); got != "200" {
			t.Fatalf("before: %s", got)
		}
		_, out, _ := p.run("media", "rm", "again.txt", "--yes", "--json")
		sum := lastJSON[summaryJSON](t, out)
		if got := visit("again.txt"); got != "403" {
			t.Errorf("%s after %s", got, out)
		}
		seen[sum.Purge.Invalidations[0].ID] = true
		visit("again.txt")
		_, _, _ = p.run("media", "purge", "again.txt") // the error that the edge keeps
	}
	if len(seen) != 2 {
		t.Errorf("%v", seen)
	}
}

// Where others have all of CloudFront, what is left is told with the command
// that goes on, and what was taken is not asked for twice.
func TestPurgeWhileOthersDo(t *testing.T) {
	p, _ := behindCDN(t, neverCompletes)
	args := []string{"media", "purge"}
	for _, c := range "abcdefghijklmnop" {
		args = append(args, string(c)+".txt")
	}
	exit, out, stderr := p.run(append(args, "--timeout", "5ms", "--job-id", "j7")...)
	if exit != 1 || out != "aws cloudfront create-invalidation --distribution-id E2EXAMPLE --paths '/media/p.txt*'\n" {
		t.Errorf("%d %q", exit, out)
	}
	for _, want := range []string{"busy with other invalidations", "15 of 16", "1 path left", " --job-id j7 a.txt b.txt"} {
		if !strings.Contains(stderr, want) {
			t.Errorf("no %q in %s", want, stderr)
		}
	}
	exit, out, _ = p.run(append(args, "--timeout", "5ms", "--job-id", "j7", "--json")...)
	doc := lastJSON[purgeDocument](t, out)
	if exit != 1 || doc.Status != "partly" || doc.Code != "purge.busy" || !slices.Equal(doc.Left, []string{"/media/p.txt*"}) || len(doc.Invalidations) != 1 {
		t.Errorf("%d %s", exit, out)
	}
	if doc.Cost.Paths != 16 || doc.Cost.Exact || doc.Cost.USDAtMost != 0.08 {
		t.Errorf("%+v", doc.Cost)
	}
}

// What may not be done is said with the policy that allows it.
func TestPurgeSaysTheGrant(t *testing.T) {
	p, _ := behindCDN(t, nothingOfCloudFront)
	for _, args := range [][]string{{"media", "purge", hero}, {"media", "rm", hero, "--yes"}} {
		_, _, stderr := p.run(args...)
		for _, want := range []string{`"cloudfront:CreateInvalidation"`, `"Resource": "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE"`} {
			if !strings.Contains(stderr, want) {
				t.Errorf("%v: no %s in %s", args, want, stderr)
			}
		}
	}
}
