package wizard

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// No rule can give a code that tui/text has no words for, even one that no
// row of a table reaches.
func TestEveryCodeInTheSourceIsListed(t *testing.T) {
	listed := map[string]bool{}
	for _, c := range append(ErrorCodes(), NoticeCodes()...) {
		listed[c.ID] = true
	}
	calls := map[string]int{"problem": 0, "notice": 1, "fileError": 1}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			fn, ok := call.Fun.(*ast.Ident)
			if !ok {
				return true
			}
			at, ok := calls[fn.Name]
			if !ok || len(call.Args) <= at {
				return true
			}
			if lit, ok := call.Args[at].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				code, _ := strconv.Unquote(lit.Value)
				found++
				if !listed[code] {
					t.Errorf("%s: %s is not listed", name, code)
				}
			}
			return true
		})
	}
	if found < 100 {
		t.Errorf("found only %d codes: the search is broken", found)
	}
}
