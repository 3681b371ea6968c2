package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/wizard/store"
)

// brokenFiles are what stands in the place of a connection or draft, and words
// of what is said about it in English and Japanese.
var brokenFiles = map[string]struct{ content, en, ja string }{
	"newer":     {"schema: 9\nbucket: alpha\n", "Line 1: schema “9” is not one", "1 行目：schema「9」"},
	"empty":     {"", "The file is empty", "ファイルが空です"},
	"binary":    {"\x00\x01\xff", "not text in UTF-8", "UTF-8のテキストではありません"},
	"cut short": {"schema: 1\nbucket: \"al", "Line 2: this is neither YAML nor JSON", "2 行目：YAMLまたはJSON"},
	"unknown":   {"schema: 1\ncolour: red\n", "Line 2: there is no setting “colour”", "2 行目：「colour」"},
}

// placed puts content in a file of the program's home and returns its path.
func (p program) placed(t *testing.T, content string, path ...string) string {
	t.Helper()
	file := filepath.Join(append([]string{p.home}, path...)...)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func (p program) keeps(t *testing.T, file, content string) {
	t.Helper()
	if data, err := os.ReadFile(file); err != nil || string(data) != content {
		t.Errorf("the file is now %q, %v", data, err)
	}
}

var fieldFlags = []string{
	"--bucket", "alpha-prod-assets", "--region", "ap-northeast-1", "--role-arn", "arn:aws:iam::210987654321:role/R", "--prefix", "media",
}

// A connection that cannot be read is named by every command that meets it,
// and no command writes over it.
func TestABrokenConnectionIsNamedAndKept(t *testing.T) {
	for name, broken := range brokenFiles {
		t.Run(name, func(t *testing.T) {
			p := savedProgram(t)
			file := p.placed(t, broken.content, "config", "connections", "bad.yaml")
			imported := p.placed(t, "schema: 1\nname: bad\nbucket: alpha-prod-assets\nregion: ap-northeast-1\nrole_arn: arn:aws:iam::210987654321:role/R\nexternal_id: md-7q4kz2m9x1c8v5b3n6t0w8r2\nprefix: media\n", "bad-import.yaml")
			for _, args := range [][]string{
				{"connection", "list"}, {"connection", "show", "bad"}, {"connection", "export", "bad"}, {"check", "bad"}, {"handoff", "bad"},
				{"policy", "trust", "bad"}, {"media", "ls", "-c", "bad"},
				{"connection", "edit", "bad", "--notes", "x", "--no-input"},
				{"connection", "rotate", "bad", "--external-id", "md-0000111122223333", "--no-input"},
				{"connection", "delete", "bad", "--yes"},
				{"connection", "import", imported, "--no-input"},
				append([]string{"setup", "--no-input", "-c", "bad", "--external-id", "md-0000111122223333"}, fieldFlags...),
				append([]string{"setup", "--no-input", "-c", "bad", "--generate-external-id"}, fieldFlags...),
			} {
				for lang, words := range map[string]string{"en": broken.en, "ja": broken.ja} {
					exit, stdout, stderr := p.run(append(args, "--lang", lang)...)
					if said := stdout + stderr; exit != exitCouldNot || !strings.Contains(said, file) || !strings.Contains(said, words) {
						t.Errorf("%q in %s: exit %d\n%s", args, lang, exit, said)
					}
				}
				p.keeps(t, file, broken.content)
			}
			if got := p.saved(t); got != prod {
				t.Errorf("prod is now %+v", got)
			}
		})
	}
}

// The good ones are listed beside it, also for programs.
func TestABrokenConnectionHidesNone(t *testing.T) {
	p := savedProgram(t)
	file := p.placed(t, "schema: 9\n", "config", "connections", "bad.yaml")
	if err := os.Mkdir(filepath.Join(p.home, "config", "connections", "dir.yaml"), 0o700); err != nil {
		t.Fatal(err)
	}
	exit, stdout, _ := p.run("connection", "list", "--json")
	var doc struct {
		Connections []struct{ Name string }
		Problems    []string
	}
	if err := json.Unmarshal([]byte(stdout), &doc); err != nil || exit != exitCouldNot {
		t.Fatalf("exit %d, %v\n%s", exit, err, stdout)
	}
	if len(doc.Connections) != 1 || doc.Connections[0].Name != "prod" || len(doc.Problems) != 2 {
		t.Fatalf("%+v", doc)
	}
	if !strings.HasPrefix(doc.Problems[0], file+": Line 1: ") || !strings.Contains(doc.Problems[1], "dir.yaml: This is a directory") {
		t.Errorf("problems %q", doc.Problems)
	}
}

// A draft that cannot be read, such as one of a newer version, is not written
// over, and is never taken for nothing.
func TestABrokenDraftIsNamedAndKept(t *testing.T) {
	for name, broken := range brokenFiles {
		t.Run(name, func(t *testing.T) {
			p := savedProgram(t)
			unsaved := p.placed(t, broken.content, "state", "drafts", "new-one.yaml")
			edited := p.placed(t, broken.content, "state", "drafts", "prod.yaml")
			for _, c := range []struct {
				file string
				args []string
			}{
				{unsaved, []string{"policy", "trust", "new-one"}}, {unsaved, []string{"check", "new-one"}},
				{unsaved, append([]string{"setup", "--no-input", "-c", "new-one", "--generate-external-id"}, fieldFlags...)},
				{edited, []string{"connection", "rotate", "prod", "--generate-external-id", "--no-input"}},
			} {
				exit, stdout, stderr := p.run(c.args...)
				if said := stdout + stderr; exit != exitCouldNot || !strings.Contains(said, c.file) || !strings.Contains(said, broken.en) {
					t.Errorf("%q: exit %d\n%s", c.args, exit, said)
				}
				p.keeps(t, c.file, broken.content)
			}
			if err := p.app().store.SaveDraft(store.Draft{Name: "prod"}); err == nil {
				t.Error("a draft was written over it")
			}
			if exit, _, stderr := p.run("connection", "forget", "prod"); exit != exitDone {
				t.Errorf("forget: exit %d\n%s", exit, stderr)
			}
			p.keeps(t, edited, broken.content)
		})
	}
}

// A broken connection can be forgotten by name; nothing else of it is touched.
func TestABrokenConnectionCanBeForgotten(t *testing.T) {
	p := savedProgram(t)
	file := p.placed(t, "schema: 9\n", "config", "connections", "bad.yaml")
	if exit, _, stderr := p.run("connection", "forget", "bad"); exit != exitDone {
		t.Fatalf("exit %d\n%s", exit, stderr)
	}
	if _, err := os.Lstat(file); !os.IsNotExist(err) {
		t.Errorf("%v", err)
	}
}

// A secret in the wrong flag is refused; nothing that is printed repeats it,
// and it is kept nowhere.
func TestASecretInAFlagIsRefusedAndKeptNowhere(t *testing.T) {
	const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	for _, flag := range []string{"--bucket", "--region", "--role-arn", "--external-id", "--prefix", "--domain", "--distribution", "--notes", "--trusted-principal", "--service-id"} {
		for _, json := range []bool{false, true} {
			p := savedProgram(t)
			args := append([]string{"setup", "--no-input", "-c", "new-one", "--external-id", "md-0000111122223333"}, fieldFlags...)
			args = append(args, flag, secret)
			if json {
				args = append(args, "--json")
			}
			exit, stdout, stderr := p.run(args...)
			said := stdout + stderr
			if exit != exitUsage || !strings.Contains(said, "deactivate it") || strings.Contains(said, secret) {
				t.Errorf("%s, json %v: exit %d\n%s", flag, json, exit, said)
			}
			for _, file := range files(t, p.home) {
				if data, _ := os.ReadFile(file); strings.Contains(string(data), secret) {
					t.Errorf("%s is kept in %s", flag, file)
				}
			}
		}
	}
}
