package wizard

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
)

// Lines are a setting as people read it, line by line: the entries of a list
// and the rows of a table each in one of its own; none where it is empty.
func Lines(s Settings, key string) []string {
	v := Get(s, key)
	f, _ := FieldByKey(key)
	switch {
	case v == "":
		return nil
	case f.Kind == Several:
		return List(v).Values()
	case f.Kind == Table:
		return tableLines(s, key, v)
	}
	return strings.Split(v, "\n")
}

// tableLines are the rows of a table; what is none stays as it is.
func tableLines(s Settings, key, v string) (lines []string) {
	switch key {
	case "path_rules":
		r := PathRules(s)
		return append([]string{r.Mode}, r.Paths...)
	case "paths":
		rows, ok := storagepaths.Rows(v)
		for _, row := range rows {
			lines = append(lines, row.Path+"  "+row.Who+": "+strings.Join(row.Actions, ", "))
		}
		if ok {
			return lines
		}
	default:
		var pairs map[string]string
		if json.Unmarshal([]byte(v), &pairs) == nil {
			for _, name := range slices.Sorted(maps.Keys(pairs)) {
				lines = append(lines, name+": "+pairs[name])
			}
			return lines
		}
	}
	return []string{v}
}
