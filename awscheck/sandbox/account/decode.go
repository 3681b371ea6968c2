package account

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
)

// decoder reads a YAML tree strictly: whatever it does not understand becomes
// a Problem with its line and path, and reading goes on.
type decoder struct {
	readFile func(name string) ([]byte, error)
	anchors  map[string]ast.Node
	problems []Problem
	aliased  int // aliases followed
	depth    int // of what is being read
}

// maxAliased and maxDepth bound what a small file can grow to by aliases of
// aliases, or by an alias within what it names.
const (
	maxAliased = 100_000
	maxDepth   = 64
)

func (d *decoder) report(n ast.Node, path, code, format string, args ...any) {
	d.problems = append(d.problems, Problem{Line: line(n), Path: path, Code: code, Reason: fmt.Sprintf(format, args...)})
}

// line is where n begins; a mapping's own token is its first colon.
func line(n ast.Node) int {
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 && m.Start.Value != "{" {
		return m.Values[0].Key.GetToken().Position.Line
	}
	if n == nil || n.GetToken() == nil {
		return 0
	}
	return n.GetToken().Position.Line
}

// resolve looks through anchors, aliases and tags. A null is nil.
func (d *decoder) resolve(n ast.Node, path string) ast.Node {
	for range 100 {
		switch t := n.(type) {
		case *ast.AnchorNode:
			n = t.Value
		case *ast.TagNode:
			n = t.Value
		case *ast.AliasNode:
			target, ok := d.anchors[t.Value.GetToken().Value]
			if !ok {
				d.report(n, path, "invalid", "*%s is not defined", t.Value.GetToken().Value)
				return nil
			}
			if d.aliased++; d.aliased > maxAliased {
				if d.aliased == maxAliased+1 {
					d.report(n, path, "invalid", "the aliases multiply beyond measure")
				}
				return nil
			}
			n = target
		case *ast.NullNode:
			return nil
		default:
			return n
		}
	}
	d.report(n, path, "invalid", "aliases go round in circles")
	return nil
}

// anchorVisitor collects the anchors of a document.
type anchorVisitor map[string]ast.Node

func (v anchorVisitor) Visit(n ast.Node) ast.Visitor {
	if a, ok := n.(*ast.AnchorNode); ok {
		v[a.Name.GetToken().Value] = a.Value
	}
	return v
}

// field reads the value of one key.
type field func(n ast.Node, path string)

// object reads a mapping: each key by its field. It returns the keys that
// have a value.
func (d *decoder) object(n ast.Node, path string, fields map[string]field) map[string]bool {
	seen := map[string]bool{}
	m, ok := d.mapping(n, path)
	if !ok {
		return seen
	}
	for _, v := range m.Values {
		name, ok := d.keyName(v, path)
		if !ok {
			continue
		}
		at := join(path, name)
		read, known := fields[name]
		if !known {
			d.report(v.Key, at, "unknown-key", "there is no such key; %s", suggest(name, slices.Sorted(maps.Keys(fields))))
			continue
		}
		if value := d.resolve(v.Value, at); value != nil {
			seen[name] = true
			read(value, at)
		}
	}
	return seen
}

func (d *decoder) mapping(n ast.Node, path string) (*ast.MappingNode, bool) {
	switch m := n.(type) {
	case *ast.MappingNode:
		return m, true
	case *ast.MappingValueNode:
		return &ast.MappingNode{BaseNode: m.BaseNode, Start: m.Start, Values: []*ast.MappingValueNode{m}}, true
	default:
		d.report(n, path, "wrong-type", "must be a mapping (key: value), is %s", kind(n))
	}
	return nil, false
}

func (d *decoder) keyName(v *ast.MappingValueNode, path string) (string, bool) {
	if v.Key.IsMergeKey() {
		d.report(v.Key, path, "invalid", "merge keys (<<) are not read; repeat the keys, or use an alias as a value")
		return "", false
	}
	key := ast.Node(v.Key)
	if k, ok := v.Key.(*ast.MappingKeyNode); ok {
		key = k.Value
	}
	switch k := key.(type) {
	case *ast.StringNode:
		return k.Value, true
	default:
		return key.GetToken().Value, true
	}
}

// suggest names what may have been meant.
func suggest(name string, known []string) string {
	plain := func(s string) string {
		return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(s))
	}
	for _, k := range known {
		a, b := plain(name), plain(k)
		if a == b || a+"s" == b || a == b+"s" {
			return fmt.Sprintf("did you mean %q?", k)
		}
	}
	return "known are " + strings.Join(known, ", ")
}

// list reads a sequence.
func (d *decoder) list(n ast.Node, path string, each field) {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		d.report(n, path, "wrong-type", "must be a list, is %s", kind(n))
		return
	}
	for i, v := range s.Values {
		at := fmt.Sprintf("%s[%d]", path, i)
		value := d.resolve(v, at)
		if value == nil {
			d.report(v, at, "missing", "is empty")
			continue
		}
		each(value, at)
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// kind says what a node is, in words for people who write YAML.
func kind(n ast.Node) string {
	switch n := n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.BoolNode:
		return fmt.Sprintf("the boolean %s", n.Token.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return fmt.Sprintf("the number %s", n.GetToken().Value)
	case *ast.StringNode, *ast.LiteralNode:
		return "a text"
	}
	return "something else"
}

// scalar is the text of a text node.
func scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	}
	return "", false
}

// text reads a text.
func (d *decoder) text(to *string) field {
	return func(n ast.Node, path string) {
		s, ok := scalar(n)
		if !ok {
			d.report(n, path, "wrong-type", "must be a text, is %s; put it in quotes", kind(n))
			return
		}
		*to = s
	}
}

// digits reads a text that may stand without quotes though it looks like a
// number, such as an account ID.
func (d *decoder) digits(to *string) field {
	return func(n ast.Node, path string) {
		if i, ok := n.(*ast.IntegerNode); ok {
			*to = i.Token.Value
			return
		}
		d.text(to)(n, path)
	}
}

// oneOf reads a text that is one of choices.
func (d *decoder) oneOf(to *string, choices ...string) field {
	return func(n ast.Node, path string) {
		var s string
		d.text(&s)(n, path)
		if s == "" {
			return
		}
		if !slices.Contains(choices, s) {
			d.report(n, path, "invalid", "%q is none of %s", s, strings.Join(choices, ", "))
			return
		}
		*to = s
	}
}

func (d *decoder) boolean(to *bool) field {
	return func(n ast.Node, path string) {
		b, ok := n.(*ast.BoolNode)
		if !ok {
			d.report(n, path, "wrong-type", "must be true or false, is %s", kind(n))
			return
		}
		*to = b.Value
	}
}

// integer reads a whole number within bounds.
func (d *decoder) integer(to *int64, least, most int64) field {
	return func(n ast.Node, path string) {
		i, ok := n.(*ast.IntegerNode)
		if !ok {
			d.report(n, path, "wrong-type", "must be a whole number, is %s", kind(n))
			return
		}
		v, err := strconv.ParseInt(strings.ReplaceAll(i.Token.Value, "_", ""), 0, 64)
		if err != nil || v < least || v > most {
			d.report(n, path, "invalid", "must be from %d to %d, is %s", least, most, i.Token.Value)
			return
		}
		*to = v
	}
}

// duration reads "90s", "1h30m", or a whole number of seconds.
func (d *decoder) duration(to *time.Duration, least, most time.Duration) field {
	return func(n ast.Node, path string) {
		var v time.Duration
		var err error
		if i, ok := n.(*ast.IntegerNode); ok {
			v, err = time.ParseDuration(i.Token.Value + "s")
		} else {
			var s string
			d.text(&s)(n, path)
			if s == "" {
				return
			}
			v, err = time.ParseDuration(s)
		}
		switch {
		case err != nil:
			d.report(n, path, "invalid", "is no duration such as 80ms, 90s, 24h")
		case v < least || v > most:
			d.report(n, path, "invalid", "must be from %s to %s, is %s", least, most, v)
		default:
			*to = v
		}
	}
}

// textMap reads a mapping of texts.
func (d *decoder) textMap(to *map[string]string) field {
	return func(n ast.Node, path string) {
		m, ok := d.mapping(n, path)
		if !ok {
			return
		}
		*to = map[string]string{}
		for _, v := range m.Values {
			name, ok := d.keyName(v, path)
			if !ok {
				continue
			}
			if value := d.resolve(v.Value, join(path, name)); value != nil {
				var s string
				d.text(&s)(value, join(path, name))
				(*to)[name] = s
			}
		}
	}
}

// deeper enters a nested value. It refuses what is nested too deeply;
// otherwise leave undoes it.
func (d *decoder) deeper(n ast.Node, path string) (leave func(), ok bool) {
	if d.depth == maxDepth {
		d.report(n, path, "invalid", "is nested too deeply")
		return nil, false
	}
	d.depth++
	return func() { d.depth-- }, true
}

// free reads anything as it is: the rules of cors and lifecycle.
func (d *decoder) free(n ast.Node, path string) any {
	leave, ok := d.deeper(n, path)
	if !ok {
		return nil
	}
	defer leave()
	switch n := n.(type) {
	case *ast.SequenceNode:
		list := []any{}
		d.list(n, path, func(n ast.Node, path string) { list = append(list, d.free(n, path)) })
		return list
	case *ast.MappingNode, *ast.MappingValueNode:
		m, ok := d.mapping(n, path)
		out := map[string]any{}
		if !ok {
			return out
		}
		for _, v := range m.Values {
			name, ok := d.keyName(v, path)
			if !ok {
				continue
			}
			if value := d.resolve(v.Value, join(path, name)); value != nil {
				out[name] = d.free(value, join(path, name))
			}
		}
		return out
	case ast.ScalarNode:
		return n.GetValue()
	}
	d.report(n, path, "wrong-type", "cannot be read")
	return nil
}
