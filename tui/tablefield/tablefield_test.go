package tablefield

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/theme"
)

func paths() *Table {
	return New([]Column{{Label: "Path", Hint: "media/*"}, {Label: "Who"}, {Label: "get", Ticks: true}, {Label: "list", Ticks: true}, {Label: "write", Ticks: true}},
		[]Row{{Texts: []string{"public/*", "guest"}, Ticks: []bool{true, true, false}}})
}

func press(t *Table, keys ...string) {
	codes := map[string]rune{"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "space": tea.KeySpace, "backspace": tea.KeyBackspace, "home": tea.KeyHome, "end": tea.KeyEnd}
	for _, k := range keys {
		switch code, named := codes[k]; {
		case k == "ctrl+x":
			t.Update(tea.KeyPressMsg{Code: 'x', Mod: tea.ModCtrl})
		case k == "space":
			t.Update(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
		case named:
			t.Update(tea.KeyPressMsg{Code: code})
		default:
			for _, r := range k {
				t.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
		}
	}
}

func said(t *Table) string {
	var all []string
	for _, r := range t.Rows() {
		all = append(all, fmt.Sprint(r.Texts, r.Ticks))
	}
	return strings.Join(all, "; ")
}

func TestEditing(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		want string
	}{
		"ticks":                  {[]string{"end", "right", "end", "right", "right", "right", "space"}, "[public/* guest] [true true true]"},
		"takes a tick away":      {[]string{"end", "right", "end", "right", "space"}, "[public/* guest] [false true false]"},
		"types in a cell":        {[]string{"end", "x"}, "[public/*x guest] [true true false]"},
		"types blanks":           {[]string{"end", "space", "y"}, "[public/* y guest] [true true false]"},
		"adds a row":             {[]string{"down", "own/*", "right", "authenticated", "right", "right", "x"}, "[public/* guest] [true true false]; [own/* authenticated] [false true false]"},
		"removes a row":          {[]string{"ctrl+x"}, ""},
		"keeps the empty row":    {[]string{"down", "ctrl+x"}, "[public/* guest] [true true false]"},
		"letters tick nothing":   {[]string{"end", "right", "end", "right", "q"}, "[public/* guest] [true true false]"},
		"goes back into a text":  {[]string{"end", "right", "end", "right", "left", "s"}, "[public/* guests] [true true false]"},
		"an arrow inside a text": {[]string{"left", "left", "x"}, "[publicx/* guest] [true true false]"},
	} {
		t.Run(name, func(t *testing.T) {
			tb := paths()
			press(tb, c.keys...)
			if got := said(tb); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

func TestArrowsLeaveTheTableAtItsEnds(t *testing.T) {
	tb := paths()
	if _, used := tb.Update(tea.KeyPressMsg{Code: tea.KeyUp}); used {
		t.Error("up in the first row was kept")
	}
	press(tb, "down")
	if _, used := tb.Update(tea.KeyPressMsg{Code: tea.KeyDown}); used {
		t.Error("down in the last row was kept")
	}
}

func TestPasteGoesIntoTheCell(t *testing.T) {
	tb := paths()
	press(tb, "down")
	if changed, _ := tb.Update(tea.PasteMsg{Content: "写真/*"}); !changed || said(tb) != "[public/* guest] [true true false]; [写真/* ] [false false false]" {
		t.Error(said(tb))
	}
}

func TestViewStaysInItsWidth(t *testing.T) {
	th := theme.Unknown()
	for _, w := range []int{34, 40, 60, 76} {
		tb := paths()
		press(tb, "down", "a-very-long-folder/with/another-one-写真写真写真/*")
		lines, cursor := tb.View(w, true, th)
		for _, l := range lines {
			if grid.Width(l) > w {
				t.Errorf("%d cells at %d: %q", grid.Width(l), w, ansi.Strip(l))
			}
		}
		if cursor == nil || cursor.Y != 2 || cursor.X >= w {
			t.Errorf("at %d the cursor is at %+v", w, cursor)
		}
		text := ansi.Strip(strings.Join(lines, "\n"))
		if !strings.Contains(text, "public/*") || strings.Count(text, "✓") != 2 {
			t.Errorf("at %d:\n%s", w, text)
		}
	}
}

func TestOnlySomeRowsAreInSight(t *testing.T) {
	var rows []Row
	for i := range 20 {
		rows = append(rows, Row{Texts: []string{fmt.Sprintf("folder-%d/*", i), "guest"}, Ticks: []bool{true}})
	}
	tb := New([]Column{{Label: "Path"}, {Label: "Who"}, {Label: "get", Ticks: true}}, rows)
	th := theme.Unknown()
	for range 20 {
		press(tb, "down")
		lines, cursor := tb.View(60, true, th)
		if len(lines) != Height+1 || cursor == nil || cursor.Y > Height {
			t.Fatalf("%d lines, cursor %+v", len(lines), cursor)
		}
	}
}

// A column of text that asks for a width gets it, where there is room, and the
// others share the rest.
func TestColumnsOfAWidth(t *testing.T) {
	table := New([]Column{{Label: "Path"}, {Label: "Who", Width: 14}, {Label: "get", Ticks: true}}, []Row{{Texts: []string{strings.Repeat("p", 60), "entityidentity"}, Ticks: []bool{true}}})
	for w, want := range map[int]string{60: "entityidentity", 30: "entityiden.."} {
		lines, _ := table.View(w, false, theme.Unknown())
		row := ansi.Strip(lines[1])
		if !strings.Contains(row, want) || ansi.StringWidth(row) > w {
			t.Errorf("%d cells: %q", w, row)
		}
	}
}

// The cursor goes to what is left to be filled in; rows out of sight are
// counted.
func TestGapsAndRowsBelow(t *testing.T) {
	var rows []Row
	for i := range Height + 2 {
		rows = append(rows, Row{Texts: []string{strings.Repeat("a", i+1), "b"}})
	}
	rows[1].Texts[1] = ""
	table := New([]Column{{Label: "A"}, {Label: "B"}}, rows)
	table.View(40, true, theme.Unknown())
	if n := table.Below(); n != 2 {
		t.Errorf("%d rows below", n)
	}
	table.ToGap()
	table.Update(tea.PasteMsg{Content: "here"})
	if got := table.Rows()[1].Texts; got[0] != "aa" || got[1] != "here" {
		t.Errorf("%q", got)
	}
	table.ToGap() // nothing is left: it stays
	table.Update(tea.PasteMsg{Content: "!"})
	if got := table.Rows()[1].Texts[1]; got != "here!" {
		t.Errorf("%q", got)
	}
}
