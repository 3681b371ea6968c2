package vlist_test

import (
	"fmt"
	"testing"

	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/vlist"
)

func list(n, h int) *vlist.List {
	l := &vlist.List{}
	l.SetHeight(h)
	l.SetLen(n)
	return l
}

func TestCursorStaysInTheListAndInSight(t *testing.T) {
	l := list(100, 10)
	for _, step := range []struct{ move, cursor, top int }{
		{-5, 0, 0}, {9, 9, 0}, {1, 10, 1}, {50, 60, 51}, {-3, 57, 51}, {-10, 47, 47}, {1000, 99, 90}, {-1000, 0, 0},
	} {
		l.Move(step.move)
		from, to := l.Window()
		if l.Cursor() != step.cursor || from != step.top || to != step.top+10 {
			t.Errorf("after %d: cursor %d in %d to %d, want %d from %d", step.move, l.Cursor(), from, to, step.cursor, step.top)
		}
	}
}

func TestShrinkingKeepsTheCursorInside(t *testing.T) {
	l := list(100, 10)
	l.Move(99)
	l.SetLen(30)
	if from, _ := l.Window(); l.Cursor() != 29 || from != 20 {
		t.Errorf("cursor %d, top %d", l.Cursor(), from)
	}
	l.SetHeight(40)
	if from, to := l.Window(); from != 0 || to != 30 {
		t.Errorf("a window higher than the list shows %d to %d", from, to)
	}
	l.SetLen(0)
	if l.Cursor() != -1 || len(l.Rows(func(int, bool) string { return "" })) != 0 {
		t.Error("an empty list has a cursor or rows")
	}
}

func TestHeadingsArePassedOver(t *testing.T) {
	l := list(6, 6)
	l.Skip = func(i int) bool { return i == 0 || i == 3 || i == 5 }
	l.SetLen(6)
	var stops []int
	for range 4 {
		stops = append(stops, l.Cursor())
		l.Move(1)
	}
	if fmt.Sprint(stops) != "[1 2 4 4]" {
		t.Errorf("the cursor stood on %v", stops)
	}
	l.Move(-10)
	if l.Cursor() != 1 {
		t.Errorf("the first stop is %d", l.Cursor())
	}
	l.Skip = func(int) bool { return true }
	l.SetLen(6)
	if l.Cursor() != -1 {
		t.Error("the cursor stands on a heading")
	}
}

func TestNearTellsWhenToReadMore(t *testing.T) {
	l := list(100, 10)
	if l.Near() {
		t.Error("at the first of 100 rows")
	}
	l.Move(88)
	if l.Near() {
		t.Error("more than a screen from the end")
	}
	l.Move(1)
	if !l.Near() {
		t.Error("within a screen of the end")
	}
}

// A million rows draw no more than the screen that shows them.
func TestAMillionRowsDrawOneScreen(t *testing.T) {
	k := keys.New(&text.For("en").UI.Keys)
	l := list(1_000_000, 50)
	for _, name := range []string{"down", "pgdown", "end", "up", "home", "pgup"} {
		l.Key(tuitest.Key(name), k)
		drawn := 0
		l.Rows(func(int, bool) string { drawn++; return "" })
		if drawn != 50 {
			t.Errorf("after %s %d rows were drawn, not 50", name, drawn)
		}
	}
}

func BenchmarkAKeyAmongAMillionRows(b *testing.B) {
	k := keys.New(&text.For("en").UI.Keys)
	l := list(1_000_000, 50)
	for i := range b.N {
		l.Key(tuitest.Key([]string{"down", "pgdown", "end", "up", "home", "pgup"}[i%6]), k)
		l.Rows(func(i int, cursor bool) string { return fmt.Sprint(i, cursor) })
	}
}
