package main

import (
	"strings"
	"testing"
)

// The parser of HCL, under another licence than the rest, is for tests alone.
func TestProgramLinksNoParserOfTests(t *testing.T) {
	deps := golist(t, `{{.ImportPath}} {{join .Deps " "}}`)["cmd/mediadock"]
	if len(deps) == 0 {
		t.Fatal("go list says nothing of the program")
	}
	for _, d := range deps {
		if strings.HasPrefix(d, "github.com/hashicorp/") || strings.HasPrefix(d, "github.com/zclconf/") {
			t.Errorf("the program links %s", d)
		}
	}
}
