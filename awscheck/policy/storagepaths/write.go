package storagepaths

import (
	"encoding/json"
	"strings"
)

// JSON is the table as compact JSON, which Parse reads; empty for none.
func (t Table) JSON() string { return t.write("", "", "", "") }

// Indented is the same in lines, each after the first behind the indent.
func (t Table) Indented(indent string) string { return t.write("\n", indent, "  ", " ") }

func (t Table) write(line, indent, step, gap string) string {
	if len(t) == 0 {
		return ""
	}
	var out strings.Builder
	out.WriteString("{")
	for i, path := range t.Paths() {
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString(line + indentBy(line, indent+step) + quoted(path) + ":" + gap + "{")
		first := true
		for _, r := range t {
			if r.Path != path {
				continue
			}
			if !first {
				out.WriteString(",")
			}
			first = false
			actions := make([]string, len(r.Actions))
			for i, a := range r.Actions {
				actions[i] = quoted(a)
			}
			out.WriteString(line + indentBy(line, indent+step+step) + quoted(r.Who) + ":" + gap + "[" + strings.Join(actions, ","+gap) + "]")
		}
		out.WriteString(line + indentBy(line, indent+step) + "}")
	}
	out.WriteString(line + indentBy(line, indent) + "}")
	return out.String()
}

func indentBy(line, indent string) string {
	if line == "" {
		return ""
	}
	return indent
}

// quoted is s as JSON and TypeScript write it.
func quoted(s string) string {
	var out strings.Builder
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // a string cannot fail
	}
	return strings.TrimSuffix(out.String(), "\n")
}
