package tui

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui/screen"
)

// What is printed beside the screen may come from a file or from a server.
func TestPlainPrintIsSafe(t *testing.T) {
	var out strings.Builder
	p := plainPrint{Plain: screen.Plain{Text: "https://x.example/\x1b]0;owned\x07\nABCD\u202e", Back: "enter"}, in: strings.NewReader("\n"), out: &out}
	if err := p.Run(); err != nil {
		t.Fatal(err)
	}
	if want := "\nhttps://x.example/\\u{1b}]0;owned\\u{7}\nABCD\\u{202e}\n\nenter\n"; out.String() != want {
		t.Errorf("printed %q, want %q", out.String(), want)
	}
}
