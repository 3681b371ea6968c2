package main

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard/store"
)

// answersOf are the lines that walk through the questions of a set-up whose
// answers are there already: one empty line for each of them, and the bucket's
// name for the review.
func answersOf(bucket string) string {
	return strings.Repeat("\n", 40) + bucket + "\n"
}

// Whether lines stand in for the terminal UI, and whether anything is read.
func TestWhoIsAsked(t *testing.T) {
	for name, c := range map[string]struct {
		args      []string
		variables map[string]string
		terminal  bool
		exit      int
		lines     bool // the line mode spoke
	}{
		"--accessible in a pipe":              {args: []string{"--accessible"}, exit: exitUsage, lines: true},
		"ACCESSIBLE in a pipe":                {variables: map[string]string{"ACCESSIBLE": "1"}, exit: exitUsage, lines: true},
		"ACCESSIBLE=yes":                      {variables: map[string]string{"ACCESSIBLE": "yes"}, exit: exitUsage, lines: true},
		"ACCESSIBLE=0":                        {variables: map[string]string{"ACCESSIBLE": "0"}, exit: exitUsage},
		"ACCESSIBLE=No":                       {variables: map[string]string{"ACCESSIBLE": "No"}, exit: exitUsage},
		"the flag wins over ACCESSIBLE":       {args: []string{"--accessible=false"}, variables: map[string]string{"ACCESSIBLE": "1"}, exit: exitUsage},
		"a dumb terminal":                     {variables: map[string]string{"TERM": "dumb"}, terminal: true, exit: exitUsage, lines: true},
		"a dumb terminal is none in a pipe":   {variables: map[string]string{"TERM": "dumb"}, exit: exitUsage},
		"nothing asked for in a pipe":         {exit: exitUsage},
		"--no-input over --accessible":        {args: []string{"--accessible", "--no-input"}, exit: exitUsage},
		"--json asks nothing at a terminal":   {args: []string{"--json"}, variables: map[string]string{"TERM": "dumb"}, terminal: true, exit: exitUsage},
		"--json over --accessible":            {args: []string{"--json", "--accessible"}, exit: exitUsage},
		"--no-input at a dumb terminal":       {args: []string{"--no-input"}, variables: map[string]string{"TERM": "dumb"}, terminal: true, exit: exitUsage},
		"Japanese, by the locale, accessibly": {args: []string{"--accessible"}, variables: map[string]string{"LANG": "ja_JP.UTF-8"}, exit: exitUsage, lines: true},
	} {
		t.Run(name, func(t *testing.T) {
			onSandbox(t, "microcms")
			for _, command := range [][]string{nil, {"setup"}, {"demo"}} {
				p := program{home: t.TempDir(), variables: c.variables, terminal: c.terminal}
				exit, stdout, stderr := p.run(append(command, c.args...)...)
				if spoke := strings.Contains(stdout, "1 of 6") || strings.Contains(stdout, "1 / 6"); exit != c.exit || spoke != c.lines {
					t.Errorf("%q: exit code %d, in lines %v, want %d and %v\n%s%s", command, exit, spoke, c.exit, c.lines, stdout, stderr)
				}
				if strings.ContainsAny(stdout, "\x1b\r") {
					t.Errorf("%q: not plain:\n%q", command, stdout)
				}
				if all, _ := p.app().store.List(); len(all) > 0 {
					t.Errorf("%q: saved %v", command, all)
				}
			}
		})
	}
}

// What the terminal UI can do from its first page, lines can do against AWS.
func TestLinesAgainstAWS(t *testing.T) {
	full := onSandbox(t, "microcms")
	full.Prefix = "media"
	p := program{home: t.TempDir(), variables: map[string]string{"ACCESSIBLE": "1"}}
	p.in = answersOf(full.Bucket)
	if exit, stdout, stderr := p.run(append([]string{"setup", "-c", "prod"}, flagsOf(full)...)...); exit != exitDone || !strings.Contains(stdout, "prod is saved") {
		t.Fatalf("exit code %d\n%s%s", exit, stdout, stderr)
	}
	p.in = "1\n1\n2\n1\n<\n<\n<\n<\n4\n"
	exit, stdout, stderr := p.run()
	if exit != exitDone {
		t.Fatalf("exit code %d\n%s%s", exit, stdout, stderr)
	}
	for _, want := range []string{"1. prod: alpha-prod-assets/media, Asia Pacific (Tokyo), ", "Result: ready", "mediadock --home " + p.home + " media put FILE -c prod", "1. folder "} {
		if !strings.Contains(stdout, want) {
			t.Errorf("%q is not in:\n%s", want, stdout)
		}
	}
	p.in = "1\n5\n2\n"
	if exit, stdout, _ := p.run(); exit != exitDone || !strings.Contains(stdout, "prod is forgotten") {
		t.Errorf("exit code %d\n%s", exit, stdout)
	}
	if all, _ := p.app().store.List(); len(all) != 0 {
		t.Errorf("%v is still there", all)
	}
}

// A draft goes on where it was left; a change of a saved connection, too.
func TestLinesResume(t *testing.T) {
	full := onSandbox(t, "microcms")
	p := program{home: t.TempDir(), variables: map[string]string{"ACCESSIBLE": "1"}, in: answersOf(full.Bucket)}
	if err := p.app().store.SaveDraft(store.Draft{Name: "wip", Settings: full, Step: "rules"}); err != nil {
		t.Fatal(err)
	}
	exit, stdout, stderr := p.run("setup", "-c", "wip")
	if exit != exitDone || strings.Contains(stdout, "Step 4 of 6") || !strings.Contains(stdout, "Step 5 of 6") {
		t.Errorf("exit code %d\n%s%s", exit, stdout, stderr)
	}
	if _, err := p.app().store.Load("wip"); err != nil {
		t.Error(err)
	}
	if drafts, _ := p.app().store.Drafts(); len(drafts) > 0 {
		t.Errorf("left %v", drafts)
	}
}

// A wrong toggle cannot be shown by any question, so it is said before the
// first one.
func TestWrongTogglesAreSaidBeforeTheQuestions(t *testing.T) {
	p := program{home: t.TempDir(), variables: map[string]string{"ACCESSIBLE": "1", "MEDIADOCK_FIX_FILE_NAMES": "maybe"}, in: "\n"}
	exit, stdout, stderr := p.run("setup")
	if exit != exitUsage || stdout != "" || !strings.Contains(stderr, text.For("en").Say("field.fix_file_names.label", nil)) {
		t.Errorf("exit code %d\n%s%s", exit, stdout, stderr)
	}
}
