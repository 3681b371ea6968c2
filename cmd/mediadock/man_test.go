package main

import (
	"io"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/wizard"
)

func manual(t *testing.T, lang string) string {
	t.Helper()
	a, root := commands(lang, io.Discard, nil)
	return a.manPage(root)
}

// The page has the sections that man pages have, in their order.
func TestManualHasItsSections(t *testing.T) {
	for lang, want := range map[string][]string{
		"en": {"Name", "Synopsis", "Description", "Commands", "Global flags", "Environment", "Files", "Exit status", "Examples", "See also"},
		"ja": {"名前", "書式", "説明", "コマンド", "共通のフラグ", "環境変数", "ファイル", "終了ステータス", "使用例", "関連項目"},
	} {
		page := manual(t, lang)
		var got []string
		for _, m := range regexp.MustCompile(`(?m)^\.SH "(.*)"$`).FindAllStringSubmatch(page, -1) {
			got = append(got, m[1])
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s: sections %q", lang, got)
		}
		if !strings.Contains(page, "\nmediadock \\- ") {
			t.Errorf("%s: no name line that whatis could read", lang)
		}
	}
}

// Every command, flag and variable is in it.
func TestManualIsComplete(t *testing.T) {
	_, root := commands("en", io.Discard, nil)
	for _, lang := range []string{"en", "ja"} {
		page := manual(t, lang)
		for _, c := range commandTree(root) {
			if !c.IsAvailableCommand() || c == root {
				continue
			}
			_, section, found := strings.Cut(page, "\n.SS \""+roffEscape(synopsis(c))+" ")
			if !found {
				t.Errorf("%s: %s is missing", lang, c.CommandPath())
				continue
			}
			section, _, _ = strings.Cut(section, "\n.S")
			for _, f := range plainFlags(c) {
				if !strings.Contains(section, roffEscape("--"+f.Name)) {
					t.Errorf("%s: %s: --%s is missing", lang, c.CommandPath(), f.Name)
				}
			}
		}
		for _, name := range variables {
			if !strings.Contains(page, `\fB`+name+`\fR`) {
				t.Errorf("%s: %s is missing", lang, name)
			}
		}
		for _, f := range wizard.FlagFields() {
			if !strings.Contains(page, `\fB`+f.Env+`\fR`) {
				t.Errorf("%s: %s is missing", lang, f.Env)
			}
		}
	}
}

// What is written is what is read: nothing is taken for a request, and
// hyphens, quotes and backslashes stay what they are.
func TestRoffIsEscaped(t *testing.T) {
	for in, want := range map[string]string{
		". ./sandbox.env":     `\&. ./sandbox.env`,
		"'quoted' first":      `\(aqquoted\(aq first`,
		"--lang en":           `\-\-lang en`,
		`a \ b`:               `a \(rs b`,
		"“curly” and ~/.conf": `“curly” and \(ti/.conf`,
	} {
		var r roff
		r.verbatim([]string{in})
		if got := strings.Split(r.String(), "\n")[2]; got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	for _, lang := range []string{"en", "ja"} {
		for i, line := range strings.Split(manual(t, lang), "\n") {
			request, _, _ := strings.Cut(line, " ")
			switch {
			case strings.HasPrefix(line, "'"):
				t.Errorf("%s, line %d begins with a quote: %q", lang, i+1, line)
			case !strings.HasPrefix(line, "."):
			case strings.Contains(" .TH .SH .SS .PP .TP .nf .fi .nh .ad .\\\" ", " "+request+" "):
			default:
				t.Errorf("%s, line %d is taken for a request: %q", lang, i+1, line)
			}
			if strings.Contains(line, "[help.") {
				t.Errorf("%s, line %d lacks a text: %q", lang, i+1, line)
			}
		}
	}
}

// groff reads it without a warning, and no line is wider than the terminal,
// nor begun with a full stop.
func TestGroffReadsTheManual(t *testing.T) {
	groff, err := exec.LookPath("groff")
	if err != nil {
		t.Skip("not run: needs groff")
	}
	if _, err := exec.LookPath("preconv"); err != nil {
		t.Skip("not run: needs groff's preconv")
	}
	for _, lang := range []string{"en", "ja"} {
		cmd := exec.Command(groff, "-k", "-Tutf8", "-man", "-ww", "-P-cbou")
		cmd.Stdin = strings.NewReader(manual(t, lang))
		var warnings strings.Builder
		cmd.Stderr = &warnings
		out, err := cmd.Output()
		if err != nil || warnings.Len() > 0 {
			t.Errorf("%s: %v\n%s", lang, err, warnings.String())
		}
		if len(out) < 10_000 {
			t.Errorf("%s: only %d bytes", lang, len(out))
		}
		for line := range strings.SplitSeq(string(out), "\n") {
			if grid.Width(line) > pipedWidth {
				t.Errorf("%s: %d wide: %q", lang, grid.Width(line), line)
			}
			if text := strings.TrimLeft(line, " "); strings.HasPrefix(text, "。") || strings.HasPrefix(text, "、") {
				t.Errorf("%s: %q", lang, line)
			}
		}
	}
}
