package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

// program runs the whole program on a home of its own, with the variables and
// the input given, and without a terminal unless it is to have one.
type program struct {
	home      string
	variables map[string]string
	in        string
	terminal  bool
}

func (p program) run(args ...string) (exit int, stdout, stderr string) {
	var out, err bytes.Buffer
	lookup := func(name string) (string, bool) { v, ok := p.variables[name]; return v, ok }
	exit = run(append([]string{"--home", p.home}, args...), streams{
		in: strings.NewReader(p.in), inTTY: p.terminal, outTTY: p.terminal, out: &out, err: &err, width: 80, lookup: lookup,
		getenv: func(name string) string { return p.variables[name] },
	})
	return exit, out.String(), err.String()
}

func (p program) app() *app {
	a := &app{io: streams{out: io.Discard, err: io.Discard, getenv: func(string) string { return "" }}, text: text.For("en")}
	a.useHome(p.home)
	return a
}

var prod = wizard.Defaults(wizard.Settings{
	Bucket: "alpha-prod-assets", Region: "ap-northeast-1", RoleARN: "arn:aws:iam::210987654321:role/R",
	ExternalID: "md-7q4kz2m9x1c8v5b3n6t0w8r2", Prefix: "media", ServiceID: "SERVICE#0f1e2d3c-4b5a-4678-9abc-def012345678",
})

// savedProgram is a program with prod saved.
func savedProgram(t *testing.T) program {
	t.Helper()
	p := program{home: t.TempDir()}
	if err := p.app().store.Save(store.Connection{Name: "prod", Settings: prod}); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p program) saved(t *testing.T) wizard.Settings {
	t.Helper()
	c, err := p.app().store.Load("prod")
	if err != nil {
		t.Fatal(err)
	}
	return c.Settings
}

// Several edit the same connection at once: each either has saved or is told
// that it has not, and nobody's change is lost.
func TestConcurrentEditsLoseNothing(t *testing.T) {
	p := savedProgram(t)
	changes := map[string]string{
		"--notes": "one", "--managed-by": "service", "--distribution": "E2EXAMPLE", "--trusted-principal": "999988887777",
	}
	var editors sync.WaitGroup
	for flag, value := range changes {
		editors.Go(func() {
			for range 200 {
				exit, _, stderr := p.run("connection", "edit", "prod", flag, value)
				switch exit {
				case exitDone:
					return
				case exitRefused:
					if !strings.Contains(stderr, "changed by another process") {
						t.Errorf("%s: %s", flag, stderr)
						return
					}
				default:
					t.Errorf("%s: exit code %d: %s", flag, exit, stderr)
					return
				}
			}
			t.Errorf("%s was refused for ever", flag)
		})
	}
	editors.Wait()
	want := prod
	want.Notes, want.ManagedBy, want.Distribution, want.TrustedPrincipal = "one", "service", "E2EXAMPLE", "999988887777"
	if got := p.saved(t); got != want {
		t.Errorf("saved %+v\nwant %+v", got, want)
	}
}

// What another process did while a person was changing a connection on the
// screen is told, not undone.
func TestTheScreenSavesOnlyFromWhatItShowed(t *testing.T) {
	ready := awscheck.Report{Verdict: awscheck.Ready}
	changed := prod
	changed.ManagedBy = "service"
	for name, c := range map[string]struct {
		meanwhile func(*testing.T, program)
		was       wizard.Settings
		want      string // the code of the refusal; empty: saved
	}{
		"nothing happened": {func(*testing.T, program) {}, prod, ""},
		"edited meanwhile": {func(t *testing.T, p program) {
			if exit, _, stderr := p.run("connection", "edit", "prod", "--notes", "theirs"); exit != exitDone {
				t.Fatal(stderr)
			}
		}, prod, "changed_meanwhile"},
		"forgotten meanwhile": {func(t *testing.T, p program) {
			if exit, _, stderr := p.run("connection", "forget", "prod"); exit != exitDone {
				t.Fatal(stderr)
			}
		}, prod, "changed_meanwhile"},
		"thought to be new": {func(*testing.T, program) {}, wizard.Settings{}, "changed_meanwhile"},
	} {
		p := savedProgram(t)
		c.meanwhile(t, p)
		before, _ := p.app().store.Load("prod")
		err := (&services{app: p.app()}).SaveConnection(context.Background(), "prod", c.was, changed, ready)
		var f *failure
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.want == "" && p.saved(t) != changed:
			t.Errorf("%s: not saved", name)
		case c.want != "" && (!errors.As(err, &f) || f.code != c.want || f.exit != exitRefused):
			t.Errorf("%s: %v, want %s", name, err, c.want)
		case c.want != "":
			if after, _ := p.app().store.Load("prod"); after != before {
				t.Errorf("%s: the file was changed", name)
			}
		}
	}
}
