package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/text"
)

// Ctrl-C is no failure: what it cut short is told apart, with the way on where
// the same command goes on.
func TestWhatAPersonCutShortIsNoFailure(t *testing.T) {
	for _, c := range []struct {
		lang, op string
		anew     bool
		out, err string
	}{
		{"en", media.OpPut, false, "cancelled a.png\n", "2 cancelled. The same command does the rest: what is there already is left out.\n"},
		{"ja", media.OpImport, false, "中止     a.png\n", "中止 2 件。同じコマンドを実行すると残りを処理します（完了済みのものはスキップします）。\n"},
		{"en", media.OpPut, true, "cancelled a.png\n", "2 cancelled.\n"},
		{"en", media.OpRemove, false, "cancelled a.png\n", "2 cancelled.\n"},
	} {
		var out, err bytes.Buffer
		a := &app{text: text.For(c.lang)}
		a.io.out, a.io.err = &out, &err
		n := a.narrate(0)
		n.anew = c.anew
		for path, code := range map[string]string{"a.png": media.CodeAborted, "b.png": media.CodeAborted, "c.png": media.CodeNetwork} {
			n.emit(media.Event{Type: "item", Op: c.op, Path: path, Status: media.StatusFailed, Code: code, Err: &media.Error{Code: code, Path: path}})
		}
		if n.end(media.Summary{Failed: 3}) == nil {
			t.Error("what did not come about ended well")
		}
		sum := a.text.Say("cmd.summary", map[string]string{"done": "0", "skipped": "0", "refused": "0", "failed": "1", "bytes": "0 B"})
		if !strings.Contains(out.String(), c.out) || err.String() != sum+"\n"+c.err {
			t.Errorf("%s %s:\n%s%s", c.lang, c.op, out.String(), err.String())
		}
	}
}
