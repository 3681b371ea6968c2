package setup

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
	"github.com/mediadock/mediadock/tui/tablefield"
	"github.com/mediadock/mediadock/wizard"
)

// tableKind is how a table of settings is shown in cells, and what the cells
// say. Settings of Kind Table without one are edited as the JSON that they are.
type tableKind struct {
	columns func(say func(id string) string) []tablefield.Column
	// rows reads what is there, in the light of the other settings; ok is
	// false for what is no such table.
	rows func(raw string, s wizard.Settings) (rows []tablefield.Row, ok bool)
	// raw writes the rows as they are, right or wrong.
	raw func(rows []tablefield.Row) string
}

// tableKinds are the tables that are edited in cells, by their keys.
var tableKinds = map[string]tableKind{
	"paths":     {columns: pathColumns, rows: pathRows, raw: rawPaths},
	"app_roles": {columns: roleColumns, rows: roleRows, raw: rawRoles},
}

// whoWidth is as wide as the longest name that is not a group's.
const whoWidth = len(storagepaths.Owner)

func pathColumns(say func(string) string) []tablefield.Column {
	columns := []tablefield.Column{
		{Label: say("table.paths.path"), Hint: "media/*"},
		{Label: say("table.paths.who"), Hint: storagepaths.Guest, Width: whoWidth},
	}
	for _, action := range storagepaths.Actions() {
		columns = append(columns, tablefield.Column{Label: action, Ticks: true})
	}
	return columns
}

// pathRows spells the identity as short as Amplify does itself.
func pathRows(raw string, _ wizard.Settings) ([]tablefield.Row, bool) {
	table, ok := storagepaths.Rows(raw)
	var rows []tablefield.Row
	for _, r := range table {
		row := tablefield.Row{Texts: []string{strings.ReplaceAll(r.Path, storagepaths.Identity, storagepaths.Entity), r.Who}}
		for _, action := range storagepaths.Actions() {
			row.Ticks = append(row.Ticks, r.Grants(action))
		}
		rows = append(rows, row)
	}
	return rows, ok
}

func rawPaths(rows []tablefield.Row) string {
	var table storagepaths.Table
	for _, row := range rows {
		r := storagepaths.Row{Path: strings.TrimSpace(row.Texts[0]), Who: strings.TrimSpace(row.Texts[1])}
		for i, action := range storagepaths.Actions() {
			if row.Ticks[i] {
				r.Actions = append(r.Actions, action)
			}
		}
		table = append(table, r)
	}
	return table.JSON()
}

func roleColumns(say func(string) string) []tablefield.Column {
	return []tablefield.Column{
		{Label: say("table.app_roles.who"), Hint: storagepaths.Guest, Width: whoWidth},
		{Label: say("table.app_roles.arn"), Hint: "arn:aws:iam::123456789012:role/amplify-..."},
	}
}

// roleRows has a row for each role that the table of paths gives something,
// known or not: what is left to be done is to paste the ARNs.
func roleRows(raw string, s wizard.Settings) ([]tablefield.Row, bool) {
	roles, ok := wizard.AppRoleRows(raw)
	for _, who := range wizard.PathTable(s).Roles() {
		roles = wizard.WithAppRole(roles, who)
	}
	var rows []tablefield.Row
	for _, r := range roles {
		rows = append(rows, tablefield.Row{Texts: []string{r.Who, r.ARN}})
	}
	return rows, ok
}

func rawRoles(rows []tablefield.Row) string {
	var roles []wizard.AppRole
	for _, row := range rows {
		roles = append(roles, wizard.AppRole{Who: strings.TrimSpace(row.Texts[0]), ARN: strings.TrimSpace(row.Texts[1])})
	}
	return wizard.WriteAppRoles(roles)
}
