package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui/text"
)

// Every command and flag has its words in both languages, and no word is left
// over. A command or flag that is added needs the ids that are named here, in
// tui/text/help_en.go and its fellows.
func TestEveryCommandAndFlagHasWords(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		a, root := commands(lang, io.Discard, nil)
		used := map[string]bool{}
		need := func(id string) {
			used[id] = true
			if !a.text.Has(id) {
				t.Errorf("tui/text/help_*_%s.go: %s is missing", lang, id)
			}
		}
		for _, c := range commandTree(root) {
			for _, what := range []string{"short", "long", "example"} {
				need(helpID(c, what))
			}
			for _, f := range ownFlags(c) {
				need(a.flagID(c, f.Name))
			}
		}
		for _, id := range saidInCode(t) {
			used[id] = true
		}
		for _, g := range groups {
			need("help.group." + g.id)
		}
		for _, name := range variables {
			need("help.env." + name)
		}
		for _, row := range a.exitRows() {
			need("help.exit." + row.key)
		}
		for _, id := range append(a.text.IDs("help."), a.text.IDs("usage.")...) {
			if !used[id] {
				t.Errorf("%s: nothing says %s", lang, id)
			}
		}
	}
}

// Commands and flags are made without words: those are in tui/text.
func TestCommandFilesCarryNoWords(t *testing.T) {
	for _, f := range sources(t) {
		ast.Inspect(f.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && slices.Contains([]string{"Short", "Long", "Example"}, key.Name) {
					if _, literal := n.Value.(*ast.BasicLit); literal {
						t.Errorf("%s: %s belongs into tui/text/help_en.go and help_ja.go", f.at(n), key.Name)
					}
				}
			case *ast.CallExpr:
				sel, ok := n.Fun.(*ast.SelectorExpr)
				if !ok || len(n.Args) < 4 || !strings.Contains(sel.Sel.Name, "Var") {
					return true
				}
				if lit, ok := n.Args[len(n.Args)-1].(*ast.BasicLit); ok && lit.Kind == token.STRING && lit.Value != `""` {
					t.Errorf("%s: the flag's words belong into tui/text/help_flags_en.go and help_flags_ja.go", f.at(n))
				}
			}
			return true
		})
	}
}

// source is a file of this package.
type source struct {
	name string
	set  *token.FileSet
	file *ast.File
}

func (s source) at(n ast.Node) string {
	p := s.set.Position(n.Pos())
	return p.Filename + ":" + strconv.Itoa(p.Line)
}

func sources(t *testing.T) []source {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) < 30 {
		t.Fatalf("%d files: %v", len(names), err)
	}
	var all []source
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, source{name, set, f})
	}
	return all
}

// saidInCode lists the ids of texts that are written out in this package. One
// that is put together ("help.heading."+id) counts for all it may be.
func saidInCode(t *testing.T) []string {
	t.Helper()
	known := text.For("en").IDs("")
	var ids []string
	for _, f := range sources(t) {
		ast.Inspect(f.file, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range known {
				if id == s || (slices.Contains([]string{"help.heading.", "help.value."}, s) && strings.HasPrefix(id, s)) || id == "help.connection.edit.settings" {
					ids = append(ids, id)
				}
			}
			return true
		})
	}
	return ids
}
