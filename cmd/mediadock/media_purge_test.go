package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/wizard/store"
)

// behindCDN is a program with a connection "prod" whose media a CDN delivers,
// and what a visitor gets of a path.
func behindCDN(t *testing.T, change ...func(*account.Account)) (p program, visit func(path string) string) {
	t.Helper()
	s := onAccount(t, "microcms-cloudfront", func(a *account.Account) {
		a.Distributions[0].QueryStrings = true
		for _, f := range change {
			f(a)
		}
	})
	s.Prefix = "media"
	p = program{home: t.TempDir()}
	if err := p.app().store.Save(store.Connection{Name: "prod", Settings: s}); err != nil {
		t.Fatal(err)
	}
	src, err := connect.FromEnvironment(t.Context(), connect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(src.Close)
	return p, func(path string) string {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://media.example.com/media/"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := src.Delivery().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		_, _ = io.Copy(io.Discard, res.Body)
		return res.Status[:3]
	}
}

// nothingOfCloudFront leaves callers everything but CloudFront.
func nothingOfCloudFront(a *account.Account) {
	doc := policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{Effect: policy.Allow, Action: []string{"sts:*", "s3:*"}, Resource: []string{"*"}}}}
	for i := range a.Callers {
		a.Callers[i].Policy = &doc
	}
}

// noDistribution has the connection forget its distribution.
func noDistribution(t *testing.T, p program) {
	t.Helper()
	c, err := p.app().store.Load("prod")
	if err != nil {
		t.Fatal(err)
	}
	c.Settings.Distribution = ""
	if err := p.app().store.Save(c); err != nil {
		t.Fatal(err)
	}
}

func lastJSON[T any](t *testing.T, out string) (v T) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &v); err != nil {
		if err := json.Unmarshal([]byte(out), &v); err != nil {
			t.Fatalf("%v in %s", err, out)
		}
	}
	return v
}

const terms, hero, sea = "docs/annual-report.pdf", "hero.jpg", "%E3%83%8B%E3%83%A5%E3%83%BC%E3%82%B9/%E5%A4%8F%E3%81%AE%E6%B5%B7.jpg"

// Deletes leave the CDN, with all variants, and what was not deleted stays.
func TestRemovePurges(t *testing.T) {
	p, visit := behindCDN(t)
	seen := []string{terms, terms + "?w=1", hero, sea, "logo.png"}
	for _, path := range seen {
		if got := visit(path); got != "200" {
			t.Fatalf("%s: %s", path, got)
		}
	}
	exit, out, stderr := p.run("media", "rm", terms, hero, "--yes", "--json")
	sum := lastJSON[summaryJSON](t, out)
	if exit != 0 || sum.Type != "summary" || sum.Done != 2 || sum.URLs != 2 || sum.Purge == nil {
		t.Fatalf("%d %s %s", exit, out, stderr)
	}
	if got := sum.Purge; got.Status != "in-progress" || got.By != "caller" || got.Distribution != "E2EXAMPLE" ||
		!slices.Equal(got.Paths, []string{"/media/docs/annual-report.pdf*", "/media/hero.jpg*"}) || len(got.Invalidations) != 1 {
		t.Errorf("purge: %+v", got)
	}
	if !strings.Contains(out, `"url":"https://media.example.com/media/hero.jpg"`) {
		t.Errorf("no URL of what is gone: %s", out)
	}
	for i, want := range []string{"403", "403", "403", "200", "200"} { // a missing key is 403: strangers may not list
		if got := visit(seen[i]); got != want {
			t.Errorf("%s: %s, want %s", seen[i], got, want)
		}
	}
}

// A folder that goes whole is one path, and the plan says so before.
func TestRemoveFolderIsOnePath(t *testing.T) {
	p, visit := behindCDN(t)
	visit(sea)
	exit, out, stderr := p.run("media", "rm", "-r", "ニュース/", "docs/", "--dry-run", "--json")
	plan := lastJSON[radiusJSON](t, out)
	want := []string{"/media/%E3%83%8B%E3%83%A5%E3%83%BC%E3%82%B9/*", "/media/docs/*"}
	if exit != 0 || plan.Type != "plan" || plan.Files < 2 || plan.URLs != plan.Files || plan.Purge == nil || plan.Purge.Status != "planned" || !slices.Equal(plan.Purge.Paths, want) {
		t.Errorf("%d %s %s", exit, out, stderr)
	}
	exit, out, stderr = p.run("media", "rm", "-r", "ニュース/", "docs/", "--yes")
	if exit != 0 || !strings.Contains(stderr, "CloudFront E2EXAMPLE is to invalidate up to 2 paths") || !strings.Contains(stderr, "2 of 2") {
		t.Errorf("%d %s %s", exit, out, stderr)
	}
	if got := visit(sea); got != "403" {
		t.Errorf("still served: %s", got)
	}
}

// What is not permitted never fails the deletion: the command is told.
func TestRemoveWithoutPermission(t *testing.T) {
	p, visit := behindCDN(t, nothingOfCloudFront)
	visit(hero)
	exit, _, stderr := p.run("media", "rm", hero, "--yes")
	if exit != 0 || !strings.Contains(stderr, "cloudfront:CreateInvalidation is not allowed") ||
		!strings.Contains(stderr, "  aws cloudfront create-invalidation --distribution-id E2EXAMPLE --paths '/media/hero.jpg*'\n") {
		t.Errorf("%d %s", exit, stderr)
	}
	if got := visit(hero); got != "200" {
		t.Errorf("the CDN was purged by nobody: %s", got)
	}
	exit, out, _ := p.run("media", "rm", terms, "--yes", "--json")
	if sum := lastJSON[summaryJSON](t, out); exit != 0 || sum.Purge == nil || sum.Purge.Status != "failed" || sum.Purge.Code != "purge.denied" ||
		!slices.Equal(sum.Purge.Missing, []string{"cloudfront:CreateInvalidation"}) || len(sum.Purge.Commands) != 1 {
		t.Errorf("%d %s", exit, out)
	}
}

// --purge=false leaves the CDN alone; without a distribution it is found by
// the domain where it is asked for, and only then.
func TestPurgeFlag(t *testing.T) {
	p, visit := behindCDN(t)
	visit(hero)
	if exit, _, stderr := p.run("media", "rm", hero, "--yes", "--purge=false"); exit != 0 || !strings.Contains(stderr, "was not purged") || visit(hero) != "200" {
		t.Errorf("off: %d %s", exit, stderr)
	}
	noDistribution(t, p)
	visit(terms)
	if exit, _, stderr := p.run("media", "rm", terms, "--yes"); exit != 0 || !strings.Contains(stderr, "mediadock media purge") || visit(terms) != "200" {
		t.Errorf("unknown: %d %s", exit, stderr)
	}
	visit(sea)
	if exit, _, stderr := p.run("media", "rm", "ニュース/夏の海.jpg", "--yes", "--purge"); exit != 0 || visit(sea) != "403" {
		t.Errorf("found: %d %s", exit, stderr)
	}
}

// More paths than one request takes are not purged unasked.
func TestManyPathsAreNotPurgedUnasked(t *testing.T) {
	p, _ := behindCDN(t, func(a *account.Account) {
		for i := range 40 {
			name := "many/" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + ".txt"
			a.Buckets[0].Objects = append(a.Buckets[0].Objects, account.Object{Key: "media/" + name, Content: []byte("x")})
		}
	})
	args := []string{"media", "rm", "--yes"}
	for i := range 20 {
		args = append(args, "many/"+string(rune('a'+i))+"a.txt")
	}
	exit, _, stderr := p.run(args...)
	if exit != 0 || strings.Count(stderr, "  aws cloudfront") != 2 || !strings.Contains(stderr, "--purge does it") {
		t.Errorf("%d %s", exit, stderr)
	}
	// The rest of the folder goes, too: all of them are one path then.
	args = []string{"media", "rm", "--yes", "--json"}
	for i := range 40 {
		if i >= 20 {
			args = append(args, "many/"+string(rune('a'+i%26))+string(rune('a'+i/26))+".txt")
		}
	}
	_, out, _ := p.run(append(args, "--purge")...)
	if sum := lastJSON[summaryJSON](t, out); sum.Purge == nil || !slices.Equal(sum.Purge.Paths, []string{"/media/many/*"}) {
		t.Errorf("%s", out)
	}
}

// A rename purges the old address, a re-upload the one that stays.
func TestMoveAndReplacePurge(t *testing.T) {
	p, visit := behindCDN(t)
	visit(hero)
	visit(terms)
	exit, out, stderr := p.run("media", "mv", hero, "brand/", "--json")
	if sum := lastJSON[summaryJSON](t, out); exit != 0 || sum.Purge == nil || !slices.Equal(sum.Purge.Paths, []string{"/media/hero.jpg*"}) || visit(hero) != "403" {
		t.Errorf("%d %s %s", exit, out, stderr)
	}
	file := filepath.Join(t.TempDir(), "annual-report.pdf")
	if err := os.WriteFile(file, []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	exit, out, stderr = p.run("media", "replace", terms, file, "--json")
	if sum := lastJSON[summaryJSON](t, out); exit != 0 || sum.Purge == nil || !slices.Equal(sum.Purge.Paths, []string{"/media/docs/annual-report.pdf*"}) {
		t.Errorf("%d %s %s", exit, out, stderr)
	}
}

// Of an upload only what takes another file's place is purged, and told of.
func TestUploadOverFilesPurges(t *testing.T) {
	p, visit := behindCDN(t)
	visit(hero)
	dir := t.TempDir()
	names := []string{filepath.Join(dir, "hero.jpg"), filepath.Join(dir, "fresh.jpg")}
	for _, name := range names {
		if err := os.WriteFile(name, []byte("new"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put := func(more ...string) (summaryJSON, string) {
		exit, out, stderr := p.run(append(append([]string{"media", "put"}, names...), more...)...)
		if exit != 0 {
			t.Fatalf("%v: %d %s %s", more, exit, out, stderr)
		}
		if slices.Contains(more, "--json") {
			return lastJSON[summaryJSON](t, out), out
		}
		return summaryJSON{}, stderr
	}
	if _, said := put("--if-exists", "replace", "--purge=false"); !strings.Contains(said, "was not purged") || visit(hero) != "200" {
		t.Errorf("off: %s", said)
	}
	sum, out := put("--if-exists", "replace", "--json")
	if sum.Purge == nil || sum.Done != 2 || sum.URLs != 0 || !strings.Contains(out, `"file":"`+names[0]+`"`) {
		t.Fatalf("%s", out)
	}
	want := []string{"/media/fresh.jpg*", "/media/hero.jpg*"} // by now both are there
	if got := slices.Sorted(slices.Values(sum.Purge.Paths)); !slices.Equal(got, want) {
		t.Errorf("purged %v", got)
	}
	names = append(names[:1], filepath.Join(dir, "later.jpg"))
	if err := os.WriteFile(names[1], []byte("later"), 0o600); err != nil {
		t.Fatal(err)
	}
	if sum, out := put("--if-exists", "replace", "--purge", "--json"); sum.Purge == nil || !slices.Equal(sum.Purge.Paths, []string{"/media/hero.jpg*"}) {
		t.Errorf("%s", out)
	}
	if sum, out := put("--if-exists", "keep-both", "--purge", "--json"); sum.Purge != nil {
		t.Errorf("nothing was replaced: %s", out)
	}
}

// On a bucket with versions a deletion hides, and says so before and after.
func TestRemoveOnVersions(t *testing.T) {
	p, _ := behindCDN(t, func(a *account.Account) { a.Buckets[0].Versioning = "Enabled" })
	file := filepath.Join(t.TempDir(), "v.txt")
	if err := os.WriteFile(file, []byte("v"), 0o600); err != nil {
		t.Fatal(err)
	}
	if exit, _, stderr := p.run("media", "put", file); exit != 0 {
		t.Fatal(stderr)
	}
	_, out, _ := p.run("media", "rm", "v.txt", "--dry-run", "--json")
	if plan := lastJSON[radiusJSON](t, out); !plan.Versioned {
		t.Errorf("%s", out)
	}
	_, out, stderr := p.run("media", "rm", "v.txt", "--yes")
	for _, want := range []string{"hidden by a delete marker", "1 files are hidden", "Show versions"} {
		if !strings.Contains(stderr, want) {
			t.Errorf("no %q in %s%s", want, out, stderr)
		}
	}
}

// `media purge` needs no file to be there.
func TestPurgeCommand(t *testing.T) {
	p, visit := behindCDN(t)
	for _, path := range []string{terms, sea, hero} {
		visit(path)
	}
	list := filepath.Join(t.TempDir(), "list.txt")
	if err := os.WriteFile(list, []byte("https://media.example.com/media/"+sea+"\r\n\nnever/was.txt\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	exit, out, stderr := p.run("media", "purge", "docs/", "--from", list, "--dry-run")
	want := "/media/%E3%83%8B%E3%83%A5%E3%83%BC%E3%82%B9/%E5%A4%8F%E3%81%AE%E6%B5%B7.jpg*\n/media/docs/*\n/media/never/was.txt*\n"
	if exit != 0 || out != want || !strings.Contains(stderr, "3 paths to invalidate in CloudFront E2EXAMPLE.") || !strings.Contains(stderr, "first 1,000 paths a month are free") || !strings.Contains(stderr, "about USD 0.015") || !strings.Contains(stderr, "a.jpg.bak") {
		t.Errorf("%d %q %q", exit, out, stderr)
	}
	exit, out, stderr = p.run("media", "purge", "docs/", "--from", list, "--json", "--wait", "--job-id", "7")
	doc := lastJSON[purgeDocument](t, out)
	if exit != 0 || doc.Status != "completed" || doc.Error != nil || len(doc.Invalidations) != 1 {
		t.Errorf("%d %s %s", exit, out, stderr)
	}
	again := lastJSON[purgeDocument](t, second(p.run("media", "purge", "docs/", "--from", list, "--json", "--job-id", "7")))
	if len(again.Invalidations) != 1 || again.Invalidations[0].ID != doc.Invalidations[0].ID {
		t.Errorf("the same job again: %+v, %+v", doc.Invalidations, again.Invalidations)
	}
	noDistribution(t, p)
	if exit, out, stderr := p.run("media", "purge", terms); exit != 0 || !strings.Contains(out, "InProgress") || !strings.Contains(stderr, "E2EXAMPLE") {
		t.Errorf("found by the domain: %d %q %q", exit, out, stderr)
	}
}

func second(_ int, s, _ string) string { return s }

func TestPurgeCommandRefused(t *testing.T) {
	p, _ := behindCDN(t, nothingOfCloudFront)
	exit, out, stderr := p.run("media", "purge", "a b/it's.txt")
	if exit != 1 || out != "aws cloudfront create-invalidation --distribution-id E2EXAMPLE --paths '/media/a%20b/it%27s.txt*' '/media/a%20b/it'\\''s.txt*'\n" {
		t.Errorf("%d %q %q", exit, out, stderr)
	}
	for _, want := range []string{"cloudfront:CreateInvalidation is not allowed", "as the role: AccessDenied", "as who the program runs as: AccessDenied"} {
		if !strings.Contains(stderr, want) {
			t.Errorf("no %q in %q", want, stderr)
		}
	}
	exit, out, _ = p.run("media", "purge", "a.txt", "--json")
	doc := lastJSON[purgeDocument](t, out)
	if exit != 1 || doc.Error == nil || doc.Error.Code != "purge.denied" || len(doc.Error.Fixes) != 2 || doc.Error.Fixes[1].Document == nil || !slices.Equal(doc.Missing, []string{"cloudfront:CreateInvalidation"}) {
		t.Errorf("%d %s", exit, out)
	}
	noDistribution(t, p)
	if exit, out, stderr := p.run("media", "purge", "a.txt"); exit != 1 || !strings.Contains(out, "--distribution-id DISTRIBUTION_ID") || !strings.Contains(stderr, "cloudfront:ListDistributions") {
		t.Errorf("%d %q %q", exit, out, stderr)
	}
	for path, want := range map[string]int{"": exitUsage, ".": exitRefused, ".mediadock/x": exitRefused, "https://example.org/x": exitUsage} {
		if exit, _, stderr := p.run("media", "purge", path); exit != want {
			t.Errorf("%q: %d, want %d: %s", path, exit, want, stderr)
		}
	}
	if exit, _, stderr := p.run("media", "purge"); exit != exitUsage || !strings.Contains(stderr, "--from") {
		t.Errorf("nothing named: %d %s", exit, stderr)
	}
}
