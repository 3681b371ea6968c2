package wizard

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
)

// tableForm is how a setting of Kind Table reads as lines: the words of a row
// with blanks between them, of which the first may hold blanks itself.
type tableForm struct {
	cells int // words of a row
	names int // how many of them say which row it is
	rows  func(raw string) ([][]string, bool)
	raw   func(rows [][]string) string
}

// tableForms are those that have one, by their keys. Others are typed as the
// JSON that they are.
var tableForms = map[string]tableForm{
	"paths":     {cells: 3, names: 2, rows: pathCells, raw: rawPathCells},
	"app_roles": {cells: 2, names: 1, rows: roleCells, raw: rawRoleCells},
}

// TableLines are the rows of a table, each as people type it; ok is false for
// settings that are no such table, and for what cannot be read as one.
func TableLines(key, raw string) (lines []string, ok bool) {
	form, ok := tableForms[key]
	if !ok {
		return nil, false
	}
	rows, ok := form.rows(raw)
	for _, r := range rows {
		lines = append(lines, strings.Join(r, " "))
	}
	return lines, ok
}

// NewTableLines are the rows of a table that another version of it does not
// have: what is said of a suggestion.
func NewTableLines(key, before, after string) (lines []string, ok bool) {
	old, _ := TableLines(key, before)
	lines, ok = TableLines(key, after)
	return slices.DeleteFunc(lines, func(l string) bool { return slices.Contains(old, l) }), ok
}

// PutTableLine is a table with one row more, or with it in the place of the
// row of the same name; ok is false for a line that has too few words. What
// the words say is checked with the table.
func PutTableLine(key, raw, line string) (table string, ok bool) {
	form, ok := tableForms[key]
	if !ok {
		return raw, false
	}
	row, ok := form.read(line)
	if !ok {
		return raw, false
	}
	rows, _ := form.rows(raw)
	same := func(r []string) bool { return slices.Equal(r[:form.names], row[:form.names]) }
	if i := slices.IndexFunc(rows, same); i >= 0 {
		rows[i] = row
	} else {
		rows = append(rows, row)
	}
	return form.raw(rows), true
}

// DropTableLine is a table without its row n, counted from 1; ok is false where
// there is none.
func DropTableLine(key, raw string, n int) (table string, ok bool) {
	form, ok := tableForms[key]
	if !ok {
		return raw, false
	}
	rows, _ := form.rows(raw)
	if n < 1 || n > len(rows) {
		return raw, false
	}
	return form.raw(slices.Delete(rows, n-1, n)), true
}

// read cuts a line into the words of a row. Commas hold together what stands
// on their sides.
func (f tableForm) read(line string) ([]string, bool) {
	words := strings.Fields(joinedCommas(line))
	if len(words) < f.cells {
		return nil, false
	}
	first := len(words) - f.cells + 1
	return append([]string{strings.Join(words[:first], " ")}, words[first:]...), true
}

func joinedCommas(line string) string {
	parts := strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == '、' || r == '，' })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, ",")
}

func pathCells(raw string) ([][]string, bool) {
	table, ok := storagepaths.Rows(raw)
	if strings.TrimSpace(raw) == "" {
		ok = true
	}
	var rows [][]string
	for _, r := range table {
		rows = append(rows, []string{strings.ReplaceAll(r.Path, storagepaths.Identity, storagepaths.Entity), r.Who, strings.Join(r.Actions, ",")})
	}
	return rows, ok
}

func rawPathCells(rows [][]string) string {
	var table storagepaths.Table
	for _, r := range rows {
		row := storagepaths.Row{Path: r[0], Who: r[1]}
		if r[2] != "" {
			row.Actions = strings.Split(r[2], ",")
		}
		table = append(table, row)
	}
	if len(table) == 0 {
		return ""
	}
	return table.JSON()
}

func roleCells(raw string) ([][]string, bool) {
	roles, ok := AppRoleRows(raw)
	var rows [][]string
	for _, r := range roles {
		rows = append(rows, []string{r.Who, r.ARN})
	}
	return rows, ok
}

func rawRoleCells(rows [][]string) string {
	var roles []AppRole
	for _, r := range rows {
		roles = append(roles, AppRole{Who: r[0], ARN: r[1]})
	}
	return WriteAppRoles(roles)
}
