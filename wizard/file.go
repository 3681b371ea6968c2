package wizard

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Schema is the version of the files that hold settings.
const Schema = 1

// MaxFile is the size in bytes up to which a file of settings is read; more
// than all settings at their longest take.
const MaxFile = 64 << 10

// FileError says why a file of settings cannot be read. Its text is
// "error.<code>", or TextID where a more fitting one exists.
type FileError struct {
	Line   int // counted from 1; 0 when it is the whole file
	Code   string
	Detail string
	Args   map[string]string
}

// Error is for logs; people see the text of tui/text instead.
func (e *FileError) Error() string {
	words := []string{fmt.Sprintf("line %d: %s", e.Line, e.Code)}
	for _, name := range []string{"key", "schema", "reason"} {
		if v := e.Args[name]; v != "" {
			words = append(words, v)
		}
	}
	return strings.Join(words, ": ")
}

// TextID is the id of the most fitting text.
func (e *FileError) TextID() string {
	if e.Detail == "" {
		return "error." + e.Code
	}
	return "error." + e.Code + "." + e.Detail
}

func fileError(line int, code string, pairs ...string) *FileError {
	e := &FileError{Line: line, Code: code, Args: map[string]string{"line": strconv.Itoa(line)}}
	for i := 0; i < len(pairs); i += 2 {
		e.Args[pairs[i]] = pairs[i+1]
	}
	return e
}

// entry is one "key: value" of a file; null means that the value is null.
type entry struct {
	key, value string
	line       int
	null       bool
}

// FromFile reads settings from YAML or JSON: one mapping of keys to plain
// values. It is strict: a key that is no setting (or among extra), a key given
// twice, a list or mapping as value and a newer schema are a *FileError with
// the line. Values come as they are written, not normalised, so that numbers
// keep their leading zeros; a null value counts as not given. Toggles must be
// on or off, since Settings cannot hold anything else. "schema" is
// allowed and must be the version that this program writes.
func FromFile(data []byte, extra ...string) (map[string]string, error) {
	f, err := readFile(data, MaxFile)
	if err != nil {
		return nil, err
	}
	if f.listLine > 0 {
		return nil, fileError(f.listLine, "file.not_a_value", "key", listKey)
	}
	return valuesOf(f.entries, extra...)
}

// valuesOf is the strict reading of one mapping.
func valuesOf(entries []entry, extra ...string) (map[string]string, error) {
	values := map[string]string{}
	seen := map[string]bool{}
	for _, e := range entries {
		switch {
		case !isSetting(e.key) && e.key != "schema" && !slices.Contains(extra, e.key):
			return nil, unknownKey(e)
		case seen[e.key]:
			return nil, fileError(e.line, "file.duplicate_key", "key", brief(e.key))
		case e.key == "schema" && e.value != strconv.Itoa(Schema):
			return nil, fileError(e.line, "file.schema", "schema", brief(e.value))
		case kindOf(e.key) == Toggle && !isToggle(e.value):
			return nil, fileError(e.line, "file.not_on_or_off", "key", e.key)
		}
		seen[e.key] = true
		if !e.null {
			values[e.key] = e.value
		}
	}
	return values, nil
}

func isSetting(key string) bool { return position(key) >= 0 }

func kindOf(key string) Kind {
	if i := position(key); i >= 0 {
		return allFields[i].Kind
	}
	return Text
}

func isToggle(v string) bool {
	_, ok := parseToggle(v)
	return ok
}

func unknownKey(e entry) *FileError {
	err := fileError(e.line, "file.unknown_key", "key", brief(e.key))
	like := strings.ToLower(strings.NewReplacer("-", "_", " ", "_").Replace(e.key))
	for _, f := range allFields {
		if d := distance(like, f.Key); d <= maxTypos && d < len(f.Key)/2 {
			err.Detail, err.Args["like"] = "like", f.Key
		}
	}
	return err
}

// fileOfSettings is a file as it is written: the settings at its top, and the
// mappings of its list of connections, if it has one.
type fileOfSettings struct {
	entries  []entry
	items    []item
	listLine int // of the list's key; 0 where there is none
}

// item is one mapping of the list, and where it begins.
type item struct {
	entries []entry
	line    int
}

func readFile(data []byte, most int) (fileOfSettings, error) {
	if len(data) > most {
		return fileOfSettings{}, fileError(0, "file.too_large")
	}
	if at := notText(data); at >= 0 {
		return fileOfSettings{}, fileError(1+bytes.Count(data[:at], []byte("\n")), "file.binary")
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	switch trimmed := strings.TrimSpace(text); {
	case trimmed == "":
		return fileOfSettings{}, fileError(0, "file.empty")
	case trimmed[0] == '{':
		return readJSON(text)
	}
	return readYAML(text)
}

// notText is where a file stops being text in UTF-8; -1 where all of it is.
func notText(data []byte) int {
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

func readYAML(text string) (f fileOfSettings, err error) {
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		return f, yamlError(err)
	}
	var body ast.Node
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if body != nil {
			return f, fileError(lineOf(doc.Body), "file.documents")
		}
		body = doc.Body
	}
	if body == nil {
		return f, fileError(0, "file.empty") // comments only
	}
	nodes, ok := mapping(body)
	if !ok {
		return f, fileError(lineOf(body), "file.not_a_mapping")
	}
	f.entries, err = yamlEntries(nodes, func(key *ast.MappingValueNode) (bool, error) {
		list, ok := key.Value.(*ast.SequenceNode)
		if !ok {
			return false, nil
		}
		if f.listLine > 0 {
			return false, fileError(lineOf(key.Key), "file.duplicate_key", "key", listKey)
		}
		f.listLine = lineOf(key.Key)
		for _, node := range list.Values {
			nodes, ok := mapping(node)
			if !ok {
				return false, fileError(lineOf(node), "file.not_a_mapping")
			}
			entries, err := yamlEntries(nodes, nil)
			if err != nil {
				return false, err
			}
			line := lineOf(node)
			if len(entries) > 0 {
				line = entries[0].line
			}
			f.items = append(f.items, item{entries, line})
		}
		return true, nil
	})
	return f, err
}

func mapping(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

// yamlEntries reads plain values by key; list, where it is not nil, may take
// the value of the key that holds the connections.
func yamlEntries(nodes []*ast.MappingValueNode, list func(*ast.MappingValueNode) (taken bool, err error)) ([]entry, error) {
	var entries []entry
	for _, n := range nodes {
		e := entry{line: lineOf(n.Key)}
		if key, _, ok := plainValue(n.Key); ok {
			e.key = key
		} else {
			return nil, fileError(e.line, "file.not_a_mapping")
		}
		if e.key == listKey && list != nil {
			if taken, err := list(n); taken || err != nil {
				if err != nil {
					return nil, err
				}
				continue
			}
		}
		value, null, ok := valueOf(e.key, n.Value)
		if !ok {
			return nil, fileError(lineOf(n.Value), "file.not_a_value", "key", brief(e.key))
		}
		e.value, e.null = value, null
		entries = append(entries, e)
	}
	return entries, nil
}

// valueOf is the value of a key as Settings hold it: a plain value, the
// values of a list, a table as JSON.
func valueOf(key string, n ast.Node) (value string, null, ok bool) {
	if value, null, ok = plainValue(n); ok {
		return value, null, true
	}
	switch kindOf(key) {
	case Several:
		return listValue(n)
	case Table:
		value, ok = tableValue(n)
	}
	return value, false, ok
}

// listValue joins the plain values of a sequence.
func listValue(n ast.Node) (value string, null, ok bool) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		return "", false, false
	}
	var values []string
	for _, node := range list.Values {
		v, _, ok := plainValue(node)
		if !ok || strings.Contains(v, ",") {
			return "", false, false
		}
		values = append(values, v)
	}
	return strings.Join(values, ","), len(values) == 0, true
}

// tableValue is a mapping or sequence as compact JSON, keys in the order of
// the file. Aliases are not followed: a few of them can stand for gigabytes.
func tableValue(n ast.Node) (string, bool) {
	if len(ast.Filter(ast.AliasType, n))+len(ast.Filter(ast.AnchorType, n))+len(ast.Filter(ast.TagType, n)) > 0 {
		return "", false
	}
	data, err := yaml.YAMLToJSON([]byte(n.String()))
	if err != nil {
		return "", false
	}
	var b bytes.Buffer
	if json.Compact(&b, data) != nil {
		return "", false
	}
	return b.String(), true
}

// plainValue is the text of a scalar, numbers as they are written. Anchors,
// aliases and tags are no plain values.
func plainValue(n ast.Node) (value string, null, ok bool) {
	switch n := n.(type) {
	case nil, *ast.NullNode:
		return "", true, true
	case *ast.StringNode:
		return n.Value, false, true
	case *ast.LiteralNode:
		return n.Value.Value, false, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, false, true
	}
	return "", false, false
}

func lineOf(n ast.Node) int {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

func yamlError(err error) *FileError {
	e := fileError(1, "file.syntax", "reason", brief(err.Error()))
	if y, ok := err.(yaml.Error); ok { //nolint:errorlint // the parser returns it bare
		line := 1
		if t := y.GetToken(); t != nil && t.Position != nil {
			line = t.Position.Line
		}
		return fileError(line, "file.syntax", "reason", y.GetMessage())
	}
	return e
}
