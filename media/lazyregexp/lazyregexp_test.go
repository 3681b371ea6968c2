package lazyregexp

import (
	"regexp"
	"sync"
	"testing"
)

// In the program nothing is compiled before its first use, and many may be the
// first at once.
func TestCompiledOnFirstUse(t *testing.T) {
	defer func(was bool) { inTest = was }(inTest)
	inTest = false
	count := 0
	r := New(`a+`)
	was := r.compiled
	r.compiled = sync.OnceValue(func() *regexp.Regexp { count++; return was() })
	if count != 0 {
		t.Fatal("compiled at once")
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got := r.FindString("baaac"); got != "aaa" {
				t.Errorf("found %q", got)
			}
		})
	}
	all.Wait()
	if count != 1 {
		t.Errorf("compiled %d times", count)
	}
	New(`(`) // is no mistake yet
}

// In tests a mistake is found without a use.
func TestMistakesAreFoundInTests(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("took an expression that does not compile")
		}
	}()
	New(`(`)
}
