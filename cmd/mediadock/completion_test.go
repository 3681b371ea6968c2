package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

// completions is what the shell is told for a command line, the last word of
// which is being typed, and cobra's directive.
func (p program) completions(t *testing.T, args ...string) (lines []string, directive string) {
	t.Helper()
	var out bytes.Buffer
	env := map[string]string{"MEDIADOCK_HOME": p.home}
	for k, v := range p.variables {
		env[k] = v
	}
	exit := run(append([]string{"__complete"}, args...), streams{
		in: strings.NewReader(""), out: &out, err: io.Discard, width: pipedWidth,
		getenv: func(name string) string { return env[name] },
		lookup: func(name string) (string, bool) { v, ok := env[name]; return v, ok },
	})
	if exit != exitDone {
		t.Fatalf("%q: exit code %d", args, exit)
	}
	lines = strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
	return lines[:len(lines)-1], lines[len(lines)-1]
}

const (
	anyFile    = ":0" // the shell's own completion of files
	noFiles    = ":4"
	oneOfMany  = ":6" // no files, and no blank after it
	folderOnly = ":16"
)

func TestCompletionKnowsTheValues(t *testing.T) {
	p := savedProgram(t)
	if err := p.app().store.SaveDraft(store.Draft{Name: "next", Settings: wizard.Settings{Bucket: "beta"}}); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(config, []byte("[profile admin]\nregion = us-east-1\n[profile media]\nregion = us-east-1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CONFIG_FILE", config)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", os.DevNull)
	for _, c := range []struct {
		typed     string // "_" is the empty word
		want      []string
		not       string
		directive string
	}{
		{"check _", []string{"prod\talpha-prod-assets/media", "next\tdraft beta"}, "", noFiles},
		{"check -c _", []string{"prod\talpha-prod-assets/media", "next\tdraft beta"}, "", noFiles},
		{"--lang ja check _", []string{"next\t下書き beta"}, "", noFiles},
		{"check prod _", nil, "prod", noFiles},
		{"connection edit _", []string{"prod\talpha-prod-assets/media"}, "next", noFiles},
		{"connection export _", []string{"prod\talpha-prod-assets/media"}, "next", noFiles},
		{"connection export prod _", nil, "prod", noFiles},
		{"connection import _", nil, "prod", anyFile},
		{"policy _", []string{"trust\twho may assume the role", "all\tall of them"}, "prod", noFiles},
		{"policy t", []string{"trust\twho may assume the role"}, "all", noFiles},
		{"policy trust _", []string{"prod\talpha-prod-assets/media"}, "all", noFiles},
		{"policy all --format _", []string{"json", "terraform", "cloudformation", "aws-cli"}, "prod", noFiles},
		{"--lang _", []string{"en\tEnglish", "ja\tJapanese"}, "", noFiles},
		{"setup --region ap-north", []string{"ap-northeast-1\tAsia Pacific (Tokyo)"}, "us-east-1", noFiles},
		{"--lang ja setup --region ap-northeast-1", []string{"ap-northeast-1\tアジアパシフィック (東京)"}, "", noFiles},
		{"--lang ja setup --access _", []string{"role\tIAMロールを引き受ける", "caller\t自分のAWS認証情報を使う"}, "", noFiles},
		{"setup --managed-by s", []string{"service\tThe CMS writes, too"}, "mediadock", noFiles},
		{"setup --bucket _", nil, "prod", noFiles},
		{"setup --from _", nil, "prod", anyFile},
		{"demo --scenario external-id-m", []string{"external-id-mismatch\tThe role trusts another external ID than the one entered."}, "list", noFiles},
		{"sandbox --scenario l", []string{"list\tshow what there is"}, "microcms", noFiles},
		{"check --only role.assume,bucket.r", []string{"role.assume,bucket.region\tWhere and whose the bucket is"}, "role.assume,role", oneOfMany},
		{"check --only role.assume,role.", []string{"role.assume,role.requires-external-id\t"}, "role.assume,role.assume", oneOfMany},
		{"--lang ja check --only owner.tr", []string{"owner.trust\t信頼ポリシー"}, "", oneOfMany},
		{"setup --accept _", []string{"role.requires-external-id\t"}, "", noFiles},
		{"check --owner-profile _", []string{"admin", "media"}, "", noFiles},
		{"setup --access-key-profile _", []string{"admin", "media"}, "", noFiles},
		{"--aws-profile m", []string{"media"}, "admin", noFiles},
		{"media put _", nil, "", anyFile},
		{"media put a.png _", nil, "", anyFile},
		{"media ls _", nil, "prod", noFiles},
		{"media replace _", nil, "", noFiles},
		{"media replace a.png _", nil, "", anyFile},
		{"media get --to _", nil, "", folderOnly},
		{"media put --to _", nil, "", noFiles},
		{"media put --if-exists k", []string{"keep-both\tkeep both, under another name"}, "skip", noFiles},
		{"--home _", nil, "", folderOnly},
		{"completion _", []string{"bash", "zsh", "fish", "powershell"}, "", noFiles},
		{"help med", []string{"media\tList, upload, download, rename, re-upload, delete media"}, "", noFiles},
		{"--lang ja help connection rot", []string{"rotate\tテストに合格したロールと外部IDに切り替えます"}, "", noFiles},
		{"--lang ja che", []string{"check\t接続を実際にテストします"}, "", noFiles},
		{"--lang ja check --wat", []string{"--watch\t失敗したものを、合格するまで繰り返しテストします"}, "", noFiles},
		{"check --wit", []string{"--with\tjoin the other side's report in FILE"}, "`", noFiles},
		{"--lang fr check _", []string{"prod\talpha-prod-assets/media"}, "", noFiles},
	} {
		words := strings.Fields(c.typed)
		for i, w := range words {
			if w == "_" {
				words[i] = ""
			}
		}
		lines, directive := p.completions(t, words...)
		if directive != c.directive {
			t.Errorf("%s: directive %s, want %s (%q)", c.typed, directive, c.directive, lines)
		}
		for _, want := range c.want {
			found := func(line string) bool {
				return line == want || strings.HasSuffix(want, "\t") && strings.HasPrefix(line, want)
			}
			if !slices.ContainsFunc(lines, found) {
				t.Errorf("%s: no %q in %q", c.typed, want, lines)
			}
		}
		if c.want == nil && len(lines) > 0 {
			t.Errorf("%s: offers %q", c.typed, lines)
		}
		if c.not != "" && slices.ContainsFunc(lines, func(line string) bool { return valueOf(line) == c.not || c.not == "`" && strings.Contains(line, "`") }) {
			t.Errorf("%s: offers %s: %q", c.typed, c.not, lines)
		}
	}
}

// Nothing secret is shown while a person presses tab.
func TestCompletionShowsNoExternalID(t *testing.T) {
	p := savedProgram(t)
	lines, _ := p.completions(t, "check", "")
	if len(lines) != 1 || strings.Contains(lines[0], prod.ExternalID) {
		t.Errorf("got %q", lines)
	}
}

// Every flag that a table names exists.
func TestCompletionTablesNameWhatExists(t *testing.T) {
	_, root := commands("en", io.Discard, nil)
	flags, paths := map[string]bool{}, map[string]bool{}
	for _, c := range commandTree(root) {
		paths[commandPath(c)] = true
		for _, f := range ownFlags(c) {
			flags[f.Name] = true
		}
	}
	for _, name := range append(slices.Concat(fileFlags, directoryFlags), sortedKeys(flagValues)...) {
		if !flags[name] {
			t.Errorf("no command has --%s", name)
		}
	}
	for path := range argumentValues {
		if !paths[path] {
			t.Errorf("there is no command %s", path)
		}
	}
	for path := range habits {
		if !paths[path] {
			t.Errorf("there is no command %s", path)
		}
	}
}

// The scripts are what the shells can read.
func TestCompletionScripts(t *testing.T) {
	for _, shell := range shells {
		p := program{home: t.TempDir()}
		exit, with, stderr := p.run("completion", shell)
		_, without, _ := p.run("completion", shell, "--no-descriptions")
		if exit != exitDone || stderr != "" || !strings.Contains(with, "mediadock") || with == without {
			t.Errorf("%s: exit code %d, %d bytes, %s", shell, exit, len(with), stderr)
		}
		path, err := exec.LookPath(shell)
		if err != nil || shell == "powershell" {
			continue
		}
		cmd := exec.Command(path, "-n")
		cmd.Stdin = strings.NewReader(with)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", shell, err, out)
		}
	}
}
