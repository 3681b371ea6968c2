package media_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// Two folders are renamed at once, by two processes on one computer (one
// directory of journals) or on two, in every order of their requests: every
// file is somewhere, none is written over, and what is left is recovered.
func TestTwoFoldersRenamedAtOnce(t *testing.T) {
	type rename struct {
		from, to string
		late     bool // planned while the other one runs
	}
	for _, c := range []struct {
		name  string
		files []string
		do    [2]rename
		// once tells that each file ends under one name only.
		once bool
	}{
		{"the same twice", []string{"A/1", "A/2"}, [2]rename{{from: "A", to: "B"}, {from: "A", to: "B"}}, true},
		{"to two names", []string{"A/1", "A/2"}, [2]rename{{from: "A", to: "B"}, {from: "A", to: "C"}}, false},
		{"one after the other", []string{"A/1", "A/2"}, [2]rename{{from: "A", to: "B"}, {from: "B/", to: "C", late: true}}, false},
		{"there and back", []string{"A/1", "A/2"}, [2]rename{{from: "A", to: "B"}, {from: "B/", to: "A", late: true}}, false},
		{"two into one", []string{"A/1", "A/2", "X/1", "X/3"}, [2]rename{{from: "A", to: "B"}, {from: "X", to: "B"}}, false},
		{"into the other's", []string{"A/1", "B/2"}, [2]rename{{from: "A", to: "B/"}, {from: "B", to: "C"}}, false},
		{"each into the other", []string{"A/1", "B/2"}, [2]rename{{from: "A", to: "B/"}, {from: "B", to: "A/"}}, false},
		{"deeper, and away", []string{"A/b/1", "A/2"}, [2]rename{{from: "A/b", to: "c"}, {from: "A", to: "D"}}, false},
	} {
		for _, computers := range []int{1, 2} {
			t.Run(fmt.Sprintf("%s, %d computers", c.name, computers), func(t *testing.T) {
				t.Parallel()
				e := mediatest.Sandbox(t)
				ended := map[string]int{}
				n := mediatest.Orders(func(u *mediatest.Turns) {
					r := e.Room(t, media.Options{})
					for _, path := range c.files {
						r.Lay(path, path)
					}
					dirs := [2]string{t.TempDir()}
					if dirs[1] = dirs[0]; computers == 2 {
						dirs[1] = t.TempDir()
					}
					var moves []func()
					var got [2]ends
					for who, do := range c.do {
						l := machine(t, u, e, r, who, dirs[who])
						if do.late {
							moves = append(moves, func() {
								if plan, err := l.PlanMove(t.Context(), do.from, do.to); err == nil {
									l.Move(t.Context(), plan, got[who].emit)
								}
							})
							continue
						}
						plan, err := written2(t, e, r, t.TempDir()).PlanMove(t.Context(), do.from, do.to)
						if err != nil {
							t.Fatal(err)
						}
						moves = append(moves, func() { l.Move(t.Context(), plan, got[who].emit) })
					}
					u.Run(moves...)
					whole := func(when string) {
						t.Helper()
						held := map[string]int{}
						for _, content := range now(r) {
							held[content]++
						}
						for _, path := range c.files {
							if held[path] == 0 || c.once && held[path] > 1 {
								t.Fatalf("order %v: %s, %s is there %d times; ended %v and %v; %v", u.Log, when, path, held[path], got[0].end, got[1].end, now(r))
							}
						}
					}
					whole("renamed")
					for _, dir := range dirs {
						l := written2(t, e, r, dir)
						l.SettleAfter(0)
						recovered(t, l, false)
						wantNothingLeft(t, l)
					}
					whole("recovered")
					noClaims(t, r)
					ended[fmt.Sprint(got[0].sum.Done, got[1].sum.Done)]++
				})
				t.Logf("%d orders, done here and there: %v", n, ended)
				if n < 6 {
					t.Errorf("%d orders only", n)
				}
			})
		}
	}
}

// A folder cannot go into itself, under whatever name that is written.
func TestAFolderIntoItself(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.LayMany([]string{"a/1.txt", "a/b/2.txt", "ab/3.txt"})
	for _, to := range []string{"a/b", "a/b/", "a/c", "a/b/c", "a/"} {
		for _, from := range []string{"a", "a/"} {
			if _, err := r.PlanMove(t.Context(), from, to); codeOf(err) != media.CodeIntoItself && codeOf(err) != media.CodeSameName {
				t.Errorf("%s to %s: %v", from, to, err)
			}
		}
	}
	move(t, r.Library, "a", "ab/").want(t, "a/1.txt", "done") // begins alike, and is another
	if keys := r.Keys(); !slices.Equal(keys, []string{"ab/3.txt", "ab/a/1.txt", "ab/a/b/2.txt"}) {
		t.Errorf("keys %q", keys)
	}
}
