package wizard

import "strings"

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
func tableLines(s Settings, key, v string) []string {
	if key == "path_rules" {
		r := PathRules(s)
		return append([]string{r.Mode}, r.Paths...)
	}
	if lines, ok := TableLines(key, v); ok {
		return lines
	}
	return []string{v}
}
