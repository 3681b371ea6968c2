package plain

import (
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

// Tables are asked for row by row: a row that is typed is put, its number with
// a minus takes it away, enter alone goes on with what is there. Whoever has
// the whole table may paste it as JSON.

// askTable prints the rows that there are; false: f is no table with rows, or
// what is there cannot be read as one.
func (a *asker) askTable(f wizard.Field) bool {
	lines, ok := wizard.TableLines(f.Key, a.flow.Raw(f.Key))
	if !ok {
		return false
	}
	for i, l := range lines {
		a.t.line("  " + itoa(i+1) + ". " + safe(l))
	}
	a.t.line(text.Fill(a.w.TableRow, "row", a.c.Say("table."+f.Key+".row", nil), "example", a.c.Say("table."+f.Key+".example", nil)))
	if len(lines) > 0 {
		a.t.line(a.w.TableKeeps)
	}
	return true
}

// tableRow does what a line says of one row; false: it says something else.
func (a *asker) tableRow(f wizard.Field, line string) bool {
	now := a.flow.Raw(f.Key)
	if _, ok := wizard.TableLines(f.Key, now); !ok {
		return false
	}
	word := narrow(line)
	if n, err := strconv.Atoi(word); err == nil && n < 0 {
		if table, ok := wizard.DropTableLine(f.Key, now, -n); ok {
			a.putTable(f, table)
		} else {
			a.t.line(a.w.TableNoRow)
		}
		return true
	}
	if word == "" || word == makeEmpty || strings.HasPrefix(word, "{") {
		return false
	}
	table, ok := wizard.PutTableLine(f.Key, now, line)
	if !ok {
		a.t.line(text.Fill(a.w.TableRow, "row", a.c.Say("table."+f.Key+".row", nil), "example", a.c.Say("table."+f.Key+".example", nil)))
		return true
	}
	a.putTable(f, table)
	return true
}

// putTable keeps a table, right or wrong, and says what is wrong with it.
func (a *asker) putTable(f wizard.Field, table string) {
	notices, problem := a.flow.Put(f.Key, table)
	a.changed = true
	for _, n := range notices {
		a.t.line(sentence(a.c, "notice."+n.Code, n.Args))
	}
	switch {
	case problem == nil:
		a.settle(f, table)
	case table != "":
		a.t.line(sentence(a.c, problem.TextID(), problem.Args))
		if better := problem.Offers()[f.Key]; better != "" {
			a.t.line(text.Fill(a.w.Suggests, "label", a.label(f.Key), "value", safe(a.readable(f.Key, better))))
		}
	}
}

// readable is a suggestion as people read it: of a table, the rows that it
// changes.
func (a *asker) readable(key, better string) string {
	if lines, ok := wizard.NewTableLines(key, a.flow.Raw(key), better); ok && len(lines) > 0 {
		return strings.Join(lines, "; ")
	}
	return better
}
