package main

import (
	"go/ast"
	"go/token"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui/text"
)

// printers are the functions whose arguments people read.
var printers = []string{"Fprint", "Fprintf", "Fprintln", "Print", "Printf", "Println", "WriteString", "tell", "Errorf", "New"}

// notWords are literals that are the same in every language: the program's
// name, what a shell or a manual page wants, and what errors of our own say
// to logs, where systemErrors has their words for people.
var notWords = []string{
	"mediadock ", "export ", "text", `.\" -*- coding: utf-8 -*-`, ".nh", ".ad l",
	"no code was entered", "enough", "neither UTF-8 nor UTF-16 with a byte order mark",
	"failed to get shared config profile, ",
}

var word = regexp.MustCompile(`[A-Za-z]{3,}|[ぁ-んァ-ヶ一-龠]`)

// What people read comes from tui/text: no sentence is written out where it
// is printed, in either language.
func TestNoWordsArePrintedPastTheTexts(t *testing.T) {
	known := text.For("en")
	for _, f := range sources(t) {
		ast.Inspect(f.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !slices.Contains(printers, nameOf(call.Fun)) || isPattern(call.Fun) {
				return true
			}
			for _, arg := range call.Args {
				for _, s := range written(arg) {
					plain := strings.TrimSpace(regexp.MustCompile(`%[-+#0-9.]*[a-zA-Z]|\x1b\[[^A-Za-z]*[A-Za-z]`).ReplaceAllString(s, ""))
					allowed := func(w string) bool { return strings.Contains(w, strings.TrimSuffix(plain, "=")) }
					if word.MatchString(plain) && !known.Has(s) && !slices.ContainsFunc(notWords, allowed) {
						t.Errorf("%s prints %q: give it an id in tui/text, and say it with a.text.Say", f.at(arg), s)
					}
				}
			}
			return true
		})
	}
}

// isPattern tells lazyregexp.New from the New of errors.
func isPattern(fun ast.Expr) bool {
	sel, ok := fun.(*ast.SelectorExpr)
	return ok && nameOf(sel.X) == "lazyregexp"
}

func nameOf(fun ast.Expr) string {
	switch fun := fun.(type) {
	case *ast.SelectorExpr:
		return fun.Sel.Name
	case *ast.Ident:
		return fun.Name
	}
	return ""
}

// written are the literals of an expression that are printed as they are:
// joined ones too, but not the arguments of other calls, such as ids.
func written(e ast.Expr) []string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, err := strconv.Unquote(e.Value)
			if err == nil {
				return []string{s}
			}
		}
	case *ast.BinaryExpr:
		return append(written(e.X), written(e.Y)...)
	case *ast.ParenExpr:
		return written(e.X)
	case *ast.CallExpr: // a conversion, text.Safe(...)
		if name := nameOf(e.Fun); name == "Safe" || name == "byte" || name == "string" {
			return written(e.Args[0])
		}
	}
	return nil
}

// Every text that this package names exists.
func TestTextsThatAreNamedExist(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		known := text.For(lang)
		for _, f := range sources(t) {
			ast.Inspect(f.file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || nameOf(call.Fun) != "Say" || len(call.Args) == 0 {
					return true
				}
				if lit, ok := call.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if id, err := strconv.Unquote(lit.Value); err != nil || !known.Has(id) {
						t.Errorf("%s: no %s text for %s", f.at(lit), lang, lit.Value)
					}
				}
				return true
			})
		}
	}
}

// The usual errors of the system are told in the person's language, whatever
// they are wrapped in.
func TestSystemErrorsAreTranslated(t *testing.T) {
	a, _ := commands("ja", io.Discard, nil)
	_, err := os.Open(t.TempDir() + "/none")
	if got := a.systemWords(err); got != "ファイルまたはディレクトリがありません" {
		t.Errorf("got %q", got)
	}
	for _, e := range systemErrors {
		if got := a.systemWords(&fs.PathError{Op: "open", Path: "/x", Err: e.err}); got != a.text.Say(e.id, nil) || !a.text.Has(e.id) {
			t.Errorf("%v: %q", e.err, got)
		}
	}
	for _, id := range a.text.IDs("system.") {
		said := slices.ContainsFunc(systemErrors, func(e struct {
			err error
			id  string
		}) bool {
			return e.id == id
		})
		if !said {
			t.Errorf("nothing says %s", id)
		}
	}
	if en, ja := text.For("en").IDs("system."), a.text.IDs("system."); !slices.Equal(en, ja) {
		t.Errorf("ids differ: %q, %q", en, ja)
	}
}
