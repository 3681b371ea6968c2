package main

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// onScreen are the services of a program with the connection prod, which has
// environments.
func onScreen(t *testing.T) (*services, func(path string) string) {
	t.Helper()
	p, visit := behindCDN(t)
	c, err := p.app().store.Load("prod")
	if err != nil {
		t.Fatal(err)
	}
	c.Settings.ServiceID = "SERVICE#00000000-0000-4000-8000-000000000000"
	if err := p.app().store.Save(c); err != nil {
		t.Fatal(err)
	}
	s := &services{app: p.app()}
	t.Cleanup(s.app.forgetSource)
	return s, visit
}

func environmentNamed(t *testing.T, s *services, name string) (world.Connection, bool) {
	t.Helper()
	all, err := s.Connections(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if c.Name == name {
			return c, true
		}
	}
	return world.Connection{}, false
}

// count is how many files a connection or an environment lists.
func count(t *testing.T, s *services, name string) int {
	t.Helper()
	l, err := s.Lock(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return l.Media
}

// The screen makes and deletes an environment with the same steps as the
// commands: stopped it is unfinished and goes on, deleted it is gone, and
// production is what it was.
func TestServicesMakeAndDeleteAnEnvironment(t *testing.T) {
	s, visit := onScreen(t)
	files := count(t, s, "prod")
	if files < 2 {
		t.Fatalf("%d files", files)
	}
	plan, err := s.PlanEnvironment(t.Context(), "prod", "staging", world.EnvironmentHow{})
	if err != nil || plan.Occupied || plan.Plan.ToCopy == 0 {
		t.Fatalf("%+v, %v", plan.Plan, err)
	}
	if _, there := environmentNamed(t, s, "prod/staging"); there {
		t.Fatal("a plan makes it known")
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if end := plan.Run(stopped, func(media.Event) {}); end.Whole || end.Err != nil {
		t.Errorf("stopped: %+v", end)
	}
	if c, there := environmentNamed(t, s, "prod/staging"); !there || c.Unfinished != "creating" {
		t.Errorf("stopped: %+v, %v", c, there)
	}

	if plan, err = s.PlanEnvironment(t.Context(), "prod", "staging", world.EnvironmentHow{}); err != nil || plan.Occupied {
		t.Fatalf("going on: %v", err)
	}
	var told sync.Mutex
	phases := map[string]bool{}
	end := plan.Run(t.Context(), func(e media.Event) {
		told.Lock()
		defer told.Unlock()
		if e.Environment != nil {
			phases[e.Environment.Phase] = true
		}
	})
	if !end.Whole || end.Err != nil || !end.Check.Equal() || !phases[media.PhaseVerify] {
		t.Errorf("%+v, %v", end, phases)
	}
	if c, _ := environmentNamed(t, s, "prod/staging"); c.Unfinished != "" {
		t.Errorf("it is %q", c.Unfinished)
	}
	if got := count(t, s, "prod/staging"); got != files {
		t.Errorf("%d of %d files are there", got, files)
	}
	if _, err = s.PlanEnvironment(t.Context(), "prod", "staging", world.EnvironmentHow{}); s.Explain("prod", err).Code != "cmd.env_taken" {
		t.Errorf("taken: %v", err)
	}
	if _, err = s.PlanEnvironment(t.Context(), "prod/staging", "dev", world.EnvironmentHow{}); err == nil {
		t.Error("an environment of an environment")
	}

	// Another computer knows nothing of it.
	if err := s.ForgetConnection(t.Context(), "prod/staging"); err != nil {
		t.Fatal(err)
	}
	plan, err = s.PlanEnvironment(t.Context(), "prod", "staging", world.EnvironmentHow{})
	if err != nil || !plan.Occupied {
		t.Fatalf("occupied: %v, %v", plan.Occupied, err)
	}
	if end := plan.Run(t.Context(), func(media.Event) {}); end.Err == nil || end.Done > 0 {
		t.Errorf("copied into a directory that is occupied: %+v", end)
	}
	if err := plan.TakeUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	visit("../" + strings.TrimPrefix(plan.Plan.To.Dir(), "media/") + "hero.jpg")

	for _, production := range []string{"prod", "prod/", "/staging", "other/staging"} {
		if d, err := s.PlanEnvironmentRemoval(t.Context(), production); err == nil {
			t.Errorf("%q may be deleted: %+v", production, d.Plan)
		}
	}
	d, err := s.PlanEnvironmentRemoval(t.Context(), "prod/staging")
	if err != nil || d.Plan.Objects != int64(files) || !d.CDN || !d.Purges || d.Distribution == "" || len(d.Plan.URLs) == 0 {
		t.Fatalf("%+v, %v", d, err)
	}
	gone := d.Run(t.Context(), func(media.Event) {})
	if !gone.Whole || gone.Err != nil || gone.Purged == nil || gone.Purged.Reason != "" || gone.Purged.Paths != 1 {
		t.Errorf("%+v", gone)
	}
	if _, there := environmentNamed(t, s, "prod/staging"); there {
		t.Error("it is listed")
	}
	if got := count(t, s, "prod"); got != files {
		t.Errorf("production has %d of %d files", got, files)
	}
}

// What earlier tests left behind in an environment is removed as it is in
// production, and settings that are not saved yet are tested where they would
// lie.
func TestServicesTestAndTidyEnvironments(t *testing.T) {
	s, _ := onScreen(t)
	plan, err := s.PlanEnvironment(t.Context(), "prod", "staging", world.EnvironmentHow{})
	if err != nil {
		t.Fatal(err)
	}
	if err := plan.TakeUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	c, err := s.app.store.Load("prod/staging")
	if err != nil {
		t.Fatal(err)
	}
	dir := selectionOf(c).space().Dir()

	r, err := s.Check(t.Context(), c.Settings, "", tui.CheckOptions{As: "prod/staging"}, func(awscheck.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	seen := false
	for _, row := range r.Results {
		if row.ID == "scope.prefix" && row.Args["dir"] != "media/" {
			t.Errorf("%s is said to be closed off from media/, which the role may change", row.Args["dir"])
		}
		if strings.Contains(row.Args["prefix"], strings.TrimSuffix(dir, "/")) || strings.Contains(row.Args["key"], dir) || strings.Contains(row.Args["url"], dir) {
			seen = true
		}
	}
	if !seen {
		t.Errorf("no row is about %s: %+v", dir, r.Results)
	}
	if v, ok := s.app.store.Verdict("prod/staging"); ok {
		t.Errorf("a verdict of settings that are not saved is remembered: %+v", v)
	}

	// Production's role is another by now: only with the environment's settings
	// can be removed what a killed test of it has left.
	key := dir + ".mediadock/01JZ0000000000000000000000.txt"
	leaveProbe(t, s, c.Settings, key)
	prod, err := s.app.store.Load("prod")
	if err != nil {
		t.Fatal(err)
	}
	prod.Settings.RoleARN += "-of-now"
	if err := s.app.store.Save(prod); err != nil {
		t.Fatal(err)
	}
	n, err := s.CleanUp(t.Context())
	if n != 1 || err != nil {
		t.Errorf("%d removed, %v", n, err)
	}
	if s.app.ledgerHolds() {
		left, _ := os.ReadDir(s.app.ledgerDir())
		t.Errorf("the ledger has %v", left)
	}
}

// leaveProbe puts a probe into the bucket, and into the ledger of a process that
// is gone.
func leaveProbe(t *testing.T, s *services, c wizard.Settings, key string) {
	t.Helper()
	src, err := s.app.source(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	client, err := src.S3(place(c))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: &c.Bucket, Key: &key, Body: strings.NewReader("probe")}); err != nil {
		t.Fatal(err)
	}
	endpoint := ""
	if u, err := url.Parse(aws.ToString(client.Options().BaseEndpoint)); err == nil {
		endpoint = u.Host
	}
	line, err := json.Marshal(map[string]any{
		"v": 1, "state": "made", "at": time.Now(), "endpoint": endpoint, "bucket": c.Bucket, "region": c.Region, "access": c.Access, "role_arn": c.RoleARN, "key": key,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(s.app.ledgerDir(), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.app.ledgerDir(), "probes-dead.jsonl"), append(line, '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
}
