package wizard

import (
	"bytes"
	"fmt"
	"slices"
)

// listKey is the key of the list of connections in a file that holds several,
// nameKey that of a connection's name.
const (
	listKey = "connections"
	nameKey = "name"
)

// maxFiles is the most that a file of several connections may hold.
const maxFiles = 1 << 20

// Named is settings and the name that they are passed on under.
type Named struct {
	Name     string
	Settings Settings
}

// FileConnection is one connection of a file, as it is written there.
type FileConnection struct {
	Name   string // empty where the file tells none
	Values map[string]string
	Line   int            // where it begins
	Lines  map[string]int // of each value that is given
}

// LineOf is the line of a setting; of one that is not given, the line where
// the connection begins.
func (c FileConnection) LineOf(key string) int {
	if l, ok := c.Lines[key]; ok {
		return l
	}
	return c.Line
}

// FromFiles reads what ToFiles wrote, and every file that FromFile reads: one
// connection, with or without a name, or a list of them. It is as strict as
// FromFile; a list needs a name for each, and no name twice.
func FromFiles(data []byte) ([]FileConnection, error) {
	f, err := readFile(data, maxFiles)
	if err != nil {
		return nil, err
	}
	if f.listLine == 0 {
		values, err := valuesOf(f.entries, nameKey)
		if err != nil {
			return nil, err
		}
		return []FileConnection{fileConnection(values, item{f.entries, 1})}, nil
	}
	for _, e := range f.entries { // beside the list only the schema
		if e.key != "schema" {
			return nil, unknownKey(e)
		}
	}
	if _, err := valuesOf(f.entries); err != nil {
		return nil, err
	}
	var all []FileConnection
	for _, it := range f.items {
		values, err := valuesOf(it.entries, nameKey)
		if err != nil {
			return nil, err
		}
		c := fileConnection(values, it)
		if c.Name == "" {
			return nil, fileError(c.Line, "file.no_name")
		}
		if slices.ContainsFunc(all, func(o FileConnection) bool { return o.Name == c.Name }) {
			return nil, fileError(c.LineOf(nameKey), "file.duplicate_name", "name", brief(c.Name))
		}
		all = append(all, c)
	}
	if len(all) == 0 {
		return nil, fileError(f.listLine, "file.no_connections")
	}
	return all, nil
}

func fileConnection(values map[string]string, it item) FileConnection {
	c := FileConnection{Name: values[nameKey], Values: values, Line: it.line, Lines: map[string]int{}}
	for _, e := range it.entries {
		c.Lines[e.key] = e.line
	}
	delete(values, nameKey)
	delete(values, "schema")
	return c
}

// ToFiles writes connections as YAML that FromFiles reads back: one as a file
// of settings with its name, several as a list. External IDs are left out
// unless withExternalID says otherwise.
func ToFiles(all []Named, withExternalID bool) []byte {
	if len(all) == 1 {
		return ToFile(all[0].Settings, withExternalID, nameKey, all[0].Name)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "schema: %d\n%s:\n", Schema, listKey)
	for _, c := range all {
		_, settings, _ := bytes.Cut(ToFile(c.Settings, withExternalID, nameKey, c.Name), []byte("\n"))
		mark := "  - "
		for line := range bytes.Lines(settings) {
			b.WriteString(mark)
			b.Write(line)
			mark = "    "
		}
	}
	return b.Bytes()
}
