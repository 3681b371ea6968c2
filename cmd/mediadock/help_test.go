package main

import (
	"bytes"
	"go/ast"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/text"
)

// commands is the tree of a program that says everything in lang, and writes
// to out.
func commands(lang string, out io.Writer, env map[string]string) (*app, *cobra.Command) {
	a := &app{text: text.For(lang), io: streams{
		in: strings.NewReader(""), out: out, err: io.Discard, width: pipedWidth,
		getenv: func(name string) string { return env[name] },
		lookup: func(name string) (string, bool) { v, ok := env[name]; return v, ok },
	}}
	return a, a.rootCommand()
}

// helpOf is what --help of a command prints.
func helpOf(t *testing.T, lang string, width int, path ...string) string {
	t.Helper()
	var out bytes.Buffer
	a, root := commands(lang, &out, nil)
	a.io.outTTY, a.io.width, a.flags.noColor = width != pipedWidth, width, true
	root.SetArgs(append(path, "--help"))
	if err := root.Execute(); err != nil {
		t.Fatalf("%v: %v", path, err)
	}
	return out.String()
}

func pathOf(c *cobra.Command) []string { return strings.Fields(c.CommandPath())[1:] }

// No line of any page is wider than the terminal, in either language.
func TestHelpFitsTheTerminal(t *testing.T) {
	racetest.Plainly(t)
	for _, lang := range []string{"en", "ja"} {
		_, root := commands(lang, io.Discard, nil)
		for _, c := range commandTree(root) {
			for _, width := range []int{pipedWidth, 100, 60, 40} {
				for line := range strings.SplitSeq(helpOf(t, lang, width, pathOf(c)...), "\n") {
					typed := strings.HasPrefix(line, "  ") && width < pipedWidth // examples and keys are not broken
					if grid.Width(line) > width && !typed {
						t.Errorf("%s, %s, %d columns: %d wide: %q", c.CommandPath(), lang, width, grid.Width(line), line)
					}
					if trimmed := strings.TrimLeft(line, " "); trimmed != "" && strings.ContainsAny(firstRune(trimmed), "。、）」") {
						t.Errorf("%s, %d columns: a line begins with %q", c.CommandPath(), width, line)
					}
				}
			}
		}
	}
}

func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// Every page tells the use, and ends with something to type.
func TestEveryPageEndsWithAnExample(t *testing.T) {
	racetest.Plainly(t)
	_, root := commands("en", io.Discard, nil)
	for _, c := range commandTree(root) {
		page := helpOf(t, "en", pipedWidth, pathOf(c)...)
		usage, examples := strings.Index(page, "\nUsage\n  mediadock"), strings.Index(page, "\nExamples\n")
		if usage < 0 || examples < usage {
			t.Errorf("%s: use at %d, examples at %d", c.CommandPath(), usage, examples)
			continue
		}
		if !strings.Contains(page[examples:], "mediadock "+strings.Join(pathOf(c), " ")) && c != root {
			t.Errorf("%s: no example of itself", c.CommandPath())
		}
	}
}

var flagInText = regexp.MustCompile(`(^|[\s(（「：、。])--([a-z][a-z-]+)`)

// A flag that a text speaks of exists: in an example on the command that it
// is typed with, elsewhere anywhere.
func TestTextsSpeakOfFlagsThatExist(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		a, root := commands(lang, io.Discard, nil)
		known := map[string]bool{"version": true}
		for _, c := range commandTree(root) {
			for _, f := range ownFlags(c) {
				known[f.Name] = true
			}
		}
		for _, prefix := range []string{"help.", "usage.", "cmd.", "field."} {
			for _, id := range a.text.IDs(prefix) {
				if strings.HasSuffix(id, ".example") {
					continue
				}
				for _, m := range flagInText.FindAllStringSubmatch(a.text.Say(id, nil), -1) {
					if !known[m[2]] {
						t.Errorf("%s %s speaks of --%s", lang, id, m[2])
					}
				}
			}
		}
		for _, c := range commandTree(root) {
			for _, line := range typedLines(c.Example) {
				_, typed, ours := strings.Cut(line, "mediadock ")
				if !ours {
					continue
				}
				words := strings.Fields(typed)
				on, _, err := root.Find(slices.DeleteFunc(slices.Clone(words), func(w string) bool { return strings.HasPrefix(w, "-") }))
				if err != nil {
					t.Errorf("%s: %q: %v", c.CommandPath(), line, err)
					continue
				}
				for _, m := range flagInText.FindAllStringSubmatch(" "+typed, -1) {
					if on.Flag(m[2]) == nil && m[2] != "help" {
						t.Errorf("%s: %q: %s has no --%s", c.CommandPath(), line, on.CommandPath(), m[2])
					}
				}
			}
		}
	}
}

// typedLines are an example's commands, continued lines joined, comments left
// out.
func typedLines(example string) []string {
	var lines []string
	for line := range strings.SplitSeq(strings.ReplaceAll(example, "\\\n", " "), "\n") {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// A flag that takes a value says what, in capitals, or which values there are.
func TestFlagsNameWhatTheyTake(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		_, root := commands(lang, io.Discard, nil)
		for _, c := range commandTree(root) {
			for _, f := range ownFlags(c) {
				value := flagValue(f)
				switch {
				case f.NoOptDefVal != "" || f.Value.Type() == "bool":
					if value != "" {
						t.Errorf("%s: %s --%s is a switch, and takes %q", lang, c.CommandPath(), f.Name, value)
					}
				case value == "" || slices.Contains([]string{"string", "strings", "duration", "int"}, value):
					t.Errorf("%s: %s --%s: its text names no `VALUE`", lang, c.CommandPath(), f.Name)
				}
			}
		}
	}
}

// The commands and flags that the program promises. More may be added.
func TestPromisedCommandsAndFlagsExist(t *testing.T) {
	_, root := commands("en", io.Discard, nil)
	fields := "integration bucket region access role-arn external-id trusted-principal prefix domain fix-file-names distribution service-id managed-by notes"
	global := "connection aws-profile lang accessible no-input json no-color no-mouse home debug help"
	for path, flags := range map[string]string{
		"":                  global + " version",
		"demo":              "scenario",
		"setup":             fields + " generate-external-id dry-run from accept wait owner owner-profile",
		"check":             fields + " only owner owner-profile wait output baseline with watch",
		"explain":           fields,
		"policy":            fields + " format tight output",
		"handoff":           fields + " output",
		"media ls":          fields + " recursive",
		"media put":         fields + " to if-exists random-suffix dry-run parallel limit-rate yes",
		"media get":         fields + " recursive to if-exists dry-run parallel limit-rate",
		"media mv":          fields + " redirects dry-run yes",
		"media rm":          fields + " recursive yes dry-run",
		"media replace":     fields + " dry-run",
		"media info":        fields,
		"media url":         fields + " presign",
		"connection list":   "",
		"connection show":   "",
		"connection edit":   fields,
		"connection rotate": "role-arn external-id generate-external-id",
		"connection delete": "yes",
		"connection forget": "",
		"connection export": "show-external-id",
		"connection import": "external-id",
		"sandbox":           "account scenario listen env-file",
		"version":           "",
		"completion":        "",
		"man":               "",
		"help":              "",
	} {
		c, rest, err := root.Find(strings.Fields(path))
		if err != nil || len(rest) > 0 {
			t.Errorf("%q is missing: %v %v", path, rest, err)
			continue
		}
		for _, name := range strings.Fields(flags + " " + global) {
			if c.Flag(name) == nil {
				t.Errorf("%q has no --%s", path, name)
			}
		}
	}
	if short := root.PersistentFlags().ShorthandLookup("c"); short == nil || short.Name != "connection" {
		t.Errorf("-c is %v", short)
	}
}

// Variables that the program reads are in the help, and the other way round.
func TestHelpNamesEveryVariable(t *testing.T) {
	var read []string
	for _, f := range sources(t) {
		ast.Inspect(f.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			for _, arg := range call.Args {
				lit, ok := arg.(*ast.BasicLit)
				if ok && regexp.MustCompile(`^"(MEDIADOCK_[A-Z_]+|NO_COLOR|ACCESSIBLE)"$`).MatchString(lit.Value) {
					read = append(read, strings.Trim(lit.Value, `"`))
				}
			}
			return true
		})
	}
	if len(read) < 5 {
		t.Fatalf("found only %v", read)
	}
	for _, name := range read {
		if !slices.Contains(variables, name) {
			t.Errorf("%s is read, and not in the help", name)
		}
	}
	for _, name := range variables {
		if strings.HasPrefix(name, "MEDIADOCK_") && !slices.Contains(read, name) {
			t.Errorf("%s is in the help, and nothing reads it", name)
		}
	}
}

// Colours are for terminals, and for those who did not turn them off.
func TestHelpIsColouredOnTerminalsOnly(t *testing.T) {
	for _, c := range []struct {
		name string
		tty  bool
		env  map[string]string
		args []string
		want bool
	}{
		{"terminal", true, nil, nil, true},
		{"pipe", false, nil, nil, false},
		{"NO_COLOR", true, map[string]string{"NO_COLOR": "1"}, nil, false},
		{"dumb", true, map[string]string{"TERM": "dumb"}, nil, false},
		{"--no-color", true, nil, []string{"--no-color"}, false},
	} {
		var out bytes.Buffer
		a, root := commands("en", &out, c.env)
		a.io.outTTY = c.tty
		root.SetArgs(append(c.args, "check", "--help"))
		if err := root.Execute(); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(out.String(), "\x1b["); got != c.want {
			t.Errorf("%s: coloured %v", c.name, got)
		}
	}
}

// --lang, its variable and the locale decide the language of help, too.
func TestHelpFollowsTheLanguage(t *testing.T) {
	for _, c := range []struct {
		args []string
		env  map[string]string
		ja   bool
	}{
		{[]string{"--help"}, nil, false},
		{[]string{"--help", "--lang", "ja"}, nil, true},
		{[]string{"--lang=ja", "check", "--help"}, map[string]string{"LANG": "en_US.UTF-8"}, true},
		{[]string{"help", "check"}, map[string]string{"LANG": "ja_JP.UTF-8"}, true},
		{[]string{"--help"}, map[string]string{"MEDIADOCK_LANG": "ja", "LC_ALL": "C"}, true},
		{[]string{"--help"}, map[string]string{"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}, false},
		{[]string{"--help", "--lang", "en"}, map[string]string{"MEDIADOCK_LANG": "ja"}, false},
	} {
		p := program{home: t.TempDir(), variables: c.env}
		exit, stdout, stderr := p.run(c.args...)
		if exit != exitDone || strings.Contains(stdout, "使い方") != c.ja {
			t.Errorf("%v %v: exit code %d\n%s%s", c.args, c.env, exit, stdout, stderr)
		}
	}
}

// A switch of a setting needs no value, and says so.
func TestFieldSwitchTakesNoValue(t *testing.T) {
	_, root := commands("en", io.Discard, nil)
	setup, _, _ := root.Find([]string{"setup"})
	if got := flagKey(setup.Flag("fix-file-names")); strings.TrimSpace(got) != "--fix-file-names" {
		t.Errorf("got %q", got)
	}
	if got := flagKey(&pflag.Flag{Name: "access"}); strings.TrimSpace(got) != "--access role|caller" {
		t.Errorf("got %q", got)
	}
}
