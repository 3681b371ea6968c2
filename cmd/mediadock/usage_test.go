package main

import (
	"strings"
	"testing"
)

// A command line that cannot be understood is told in the person's language:
// what is wrong, what was probably meant, where to read on.
func TestUsageErrors(t *testing.T) {
	for _, c := range []struct {
		args   string
		en, ja string // in the first lines
	}{
		{"chekc", "no command mediadock chekc.\nDid you mean mediadock check?", "コマンド mediadock chekc はありません。\nもしかして：mediadock check\n"},
		{"media upload x", "no command mediadock media upload.\nDid you mean mediadock media put?", "もしかして：mediadock media put\n"},
		{"upload x", "Did you mean mediadock media put?", "もしかして：mediadock media put\n"},
		{"bogus --flag", "no command mediadock bogus.\nmediadock --help", "コマンド mediadock bogus はありません。\n詳しくは"},
		{"help bogus", "no command mediadock bogus.", "コマンド mediadock bogus はありません。"},
		{"--jsno", "mediadock has no flag --jsno.\nDid you mean --json?", "フラグ --jsno はありません。\nもしかして：--json\n"},
		{"check --own", "no flag --own.\nDid you mean --owner | --owner-profile?", "もしかして：--owner | --owner-profile\n"},
		{"check -x", "mediadock check has no flag -x.", "フラグ -x はありません。"},
		{"-json", "no flag -json.\nDid you mean --json?", "もしかして：--json\n"},
		{"check --wait", "--wait needs a value: --wait TIME", "--wait には値が必要です：--wait TIME"},
		{"check -c", "--connection needs a value: --connection NAME", "--connection には値が必要です"},
		{"setup --role-arn", "--role-arn needs a value: --role-arn ARN", "--role-arn ARN"},
		{"check --wait soon", "--wait soon: give a time", "--wait soon：30s"},
		{"check --owner=maybe", "--owner=maybe: leave the value out", "--owner=maybe：値を省略"},
		{"media put --parallel many a", "--parallel many: give a whole number", "--parallel many：整数"},
		{"policy", "KIND is missing: mediadock policy KIND [NAME]", "KIND を指定してください"},
		{"media mv a", "TO is missing: mediadock media mv FROM TO", "TO を指定してください"},
		{"media put", "FILE|DIR|DIR/... is missing", "FILE|DIR|DIR/... を指定"},
		{"check a b", "b is one argument too many: mediadock check [NAME]", "引数 b は余分です"},
		{"version x", "x is one argument too many: mediadock version", "引数 x は余分です"},
		{"completion tcsh", "no completion for tcsh", "tcsh の補完"},
		{"--=x", "--=x cannot be read as a flag", "--=x をフラグとして"},
	} {
		for lang, want := range map[string]string{"en": c.en, "ja": c.ja} {
			p := program{home: t.TempDir()}
			exit, stdout, stderr := p.run(append([]string{"--lang", lang}, strings.Fields(c.args)...)...)
			if exit != exitUsage || stdout != "" || !strings.Contains(stderr, want) || !strings.Contains(stderr, "--help") {
				t.Errorf("%s (%s): exit code %d, stdout %q, stderr\n%s", c.args, lang, exit, stdout, stderr)
			}
		}
	}
}
