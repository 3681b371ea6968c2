package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/wizard/store"
)

// An environment goes on with the old pair when its connection is rotated, as
// its settings are its own. It is named, with the command, before the old ID
// is to be taken out; that command rotates it, and then nobody is left.
func TestRotatingNamesEnvironmentsWithTheOldPair(t *testing.T) {
	full := onSandbox(t, "microcms")
	p := program{home: t.TempDir()}
	if err := p.app().store.Save(store.Connection{Name: "prod", Settings: full}); err != nil {
		t.Fatal(err)
	}
	if exit, out, errs := p.run("env", "create", "staging", "--from", "prod"); exit != 0 {
		t.Fatalf("%d\n%s%s", exit, out, errs)
	}
	first := p.rotate(t, exitFailed, "--generate-external-id")
	trustAs(t, first.TrustPolicy)
	next := p.rotate(t, exitDone, "--generate-external-id").Next
	command := `  mediadock connection rotate prod/staging --external-id "$ID"`
	at := slices.Index(next, command)
	last := len(next) - 1
	if at < 0 || at == last || !strings.Contains(next[last], "policy trust prod") {
		t.Fatalf("%q", next)
	}
	if staging, err := p.app().store.Load("prod/staging"); err != nil || staging.Settings.ExternalID != full.ExternalID {
		t.Fatalf("%+v, %v", staging, err)
	}
	exit, out, errs := p.run("connection", "rotate", "prod/staging", "--external-id", first.ExternalID)
	if exit != 0 || strings.Contains(out, "rotate prod") {
		t.Errorf("%d\n%s%s", exit, out, errs)
	}
	_, final, _ := p.run("policy", "trust", "prod")
	trustAs(t, []byte(final))
	for _, name := range []string{"prod", "prod/staging"} {
		if exit, out, errs := p.run("media", "ls", "-c", name); exit != 0 {
			t.Errorf("%s without the old ID: %d\n%s%s", name, exit, out, errs)
		}
	}
}
