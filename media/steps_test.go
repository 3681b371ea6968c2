package media_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/media/journal"
)

// steps are the states before which processes were killed.
var steps struct {
	sync.Mutex
	seen  map[string]bool
	tests int // those that killed at every step
}

// killsAtEveryStep is said by such a test.
func killsAtEveryStep(t *testing.T) {
	t.Cleanup(func() { // after its subtests
		steps.Lock()
		defer steps.Unlock()
		steps.tests++
	})
}

func sawSteps(out string) {
	steps.Lock()
	defer steps.Unlock()
	for line := range strings.Lines(out) {
		if state, ok := strings.CutPrefix(strings.TrimSpace(line), "step "); ok {
			if steps.seen == nil {
				steps.seen = map[string]bool{}
			}
			if strings.HasPrefix(state, "part-") {
				state = "part-"
			}
			steps.seen[state] = true
		}
	}
}

// Every state that this package writes to its journal is one that a process
// was killed at: a new one needs a task above, or in tasks. Of the
// files of tests this one comes after those that kill.
func TestEveryStepOfTheJournalWasKilledAt(t *testing.T) {
	racetest.Plainly(t)
	steps.Lock()
	defer steps.Unlock()
	if steps.tests < 2 {
		t.Skip("the tests that kill did not run, or not yet")
	}
	states := map[string]bool{journal.Done: true}
	packages, err := parser.ParseDir(token.NewFileSet(), ".", func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(packages["media"], func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			for i, name := range n.Names {
				if !strings.HasPrefix(name.Name, "state") || i >= len(n.Values) {
					continue
				}
				if lit, ok := n.Values[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					value, _ := strconv.Unquote(lit.Value)
					states[value] = true
				}
			}
		case *ast.CompositeLit:
			if typ, ok := n.Type.(*ast.SelectorExpr); ok && typ.Sel.Name == "Step" {
				for _, e := range n.Elts {
					kv, ok := e.(*ast.KeyValueExpr)
					if _, literal := kv.Value.(*ast.BasicLit); ok && literal && kv.Key.(*ast.Ident).Name == "State" {
						t.Error("a step is written with a state that has no name (a constant state…)")
					}
				}
			}
		}
		return true
	})
	if len(states) < 6 {
		t.Fatalf("found %v only", states)
	}
	for state := range states {
		if !steps.seen[state] {
			t.Errorf("nothing was killed at the step %q", state)
		}
	}
}
