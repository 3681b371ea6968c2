package policy

import (
	"bytes"
	"fmt"
	"strings"
)

// ParseError says where and why a text is no policy document.
type ParseError struct {
	Line, Column int // from 1
	// Reason is a stable code: "syntax", "unfinished", "trailing", "encoding",
	// "too-deep", "duplicate", "unknown-element", "missing-element",
	// "exclusive-elements", "wrong-type", "bad-version", "bad-effect",
	// "bad-action", "bad-operator", "bad-key", "bad-principal".
	Reason string
	// Args are "name", "other", "value", and "want": for "wrong-type" one of
	// "object", "string", "string-or-list", "star-or-object", for
	// "bad-operator" the spelling that IAM accepts, or "".
	Args map[string]string
}

// Error describes the error in English, for logs and developers.
func (e *ParseError) Error() string {
	text := parseReasons[e.Reason]
	for k, v := range e.Args {
		text = strings.ReplaceAll(text, "{"+k+"}", v)
	}
	if e.Reason == "bad-operator" && e.Args["want"] != "" {
		text += ", did you mean " + e.Args["want"]
	}
	return fmt.Sprintf("policy: line %d, column %d: %s", e.Line, e.Column, text)
}

var parseReasons = map[string]string{
	"syntax":             "not valid JSON",
	"unfinished":         "the JSON text ends too early",
	"trailing":           "text after the end of the document",
	"encoding":           "not valid UTF-8",
	"too-deep":           "nested too deeply",
	"duplicate":          "{name} appears twice",
	"unknown-element":    "unknown element {name}",
	"missing-element":    "{name} is missing",
	"exclusive-elements": "{name} and {other} exclude each other",
	"wrong-type":         "{name} must be {want}",
	"bad-version":        "Version must be 2012-10-17 or 2008-10-17, not {value}",
	"bad-effect":         "Effect must be Allow or Deny, not {value}",
	"bad-action":         "{value} is no action: service:Name",
	"bad-operator":       "unknown condition operator {value}",
	"bad-key":            "{value} is no condition key: service:name",
	"bad-principal":      "unknown kind of principal {name}",
}

var byteOrderMark = []byte("\ufeff")

// Parse reads a policy document as strictly as AWS does when one is saved:
// element and operator names are case-sensitive; unknown ones, repeated ones
// and values of a wrong type are errors. Action names and condition keys may be
// written in any case. An error is a *ParseError.
//
// What AWS accepts and what is unwise all the same is left to Lint.
func Parse(data []byte) (Document, error) {
	data = bytes.TrimPrefix(data, byteOrderMark)
	root, err := readJSON(data)
	if err != nil {
		return Document{}, err
	}
	p := parser{reader: reader{data: data}}
	return p.document(root)
}

// parser turns nodes into a document. It counts lines as it goes, so that a
// long document is read once.
type parser struct {
	reader
	counted int // offset up to which lines are counted
	lines   int // line ends before counted
}

// line is the line of an offset, which is not before that of the last call.
func (p *parser) line(offset int) int {
	p.lines += bytes.Count(p.data[p.counted:offset], []byte{'\n'})
	p.counted = offset
	return p.lines + 1
}

func (p *parser) document(n node) (Document, error) {
	var d Document
	if n.kind != kindObject {
		return d, p.wrongType(n, "document", "object")
	}
	var statements *node
	for i := range n.members {
		m := &n.members[i]
		var err error
		switch m.key {
		case "Version":
			d.Version, err = p.oneOf(m, "bad-version", Version2012, Version2008)
		case "Id":
			d.ID, err = p.text(m)
		case "Statement":
			statements = &m.value
		default:
			err = p.fail(m.offset, "unknown-element", "name", m.key)
		}
		if err != nil {
			return Document{}, err
		}
	}
	if statements == nil {
		return Document{}, p.fail(n.offset, "missing-element", "name", "Statement")
	}
	list, err := p.statements(*statements)
	if err != nil {
		return Document{}, err
	}
	d.Statements = list
	return d, nil
}

// statements reads one statement or a list of them.
func (p *parser) statements(n node) ([]Statement, error) {
	nodes := []node{n}
	if n.kind == kindList {
		nodes = n.list
	}
	list := make([]Statement, 0, len(nodes))
	for _, n := range nodes {
		if n.kind != kindObject {
			return nil, p.wrongType(n, "Statement", "object")
		}
		s, err := p.statement(n)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

func (p *parser) statement(n node) (Statement, error) {
	s := Statement{Line: p.line(n.offset)}
	for i := range n.members {
		if err := p.element(&s, &n.members[i]); err != nil {
			return Statement{}, err
		}
	}
	return s, p.complete(&s, n)
}

func (p *parser) element(s *Statement, m *member) (err error) {
	switch m.key {
	case "Sid":
		s.Sid, err = p.text(m)
	case "Effect":
		var effect string
		effect, err = p.oneOf(m, "bad-effect", string(Allow), string(Deny))
		s.Effect = Effect(effect)
	case "Principal":
		s.Principal, err = p.principals(m)
	case "NotPrincipal":
		s.NotPrincipal, err = p.principals(m)
	case "Action":
		s.Action, err = p.actions(m)
	case "NotAction":
		s.NotAction, err = p.actions(m)
	case "Resource":
		s.Resource, err = p.texts(m.key, m.value)
	case "NotResource":
		s.NotResource, err = p.texts(m.key, m.value)
	case "Condition":
		s.Conditions, err = p.conditions(m)
	default:
		err = p.fail(m.offset, "unknown-element", "name", m.key)
	}
	return err
}

// complete checks what a statement needs and what excludes each other. The
// elements that depend on the kind of policy (Principal, Resource) are Lint's.
func (p *parser) complete(s *Statement, n node) error {
	switch {
	case s.Effect == "":
		return p.fail(n.offset, "missing-element", "name", "Effect")
	case s.Action == nil && s.NotAction == nil:
		return p.fail(n.offset, "missing-element", "name", "Action")
	case s.Action != nil && s.NotAction != nil:
		return p.exclusive(n, "Action", "NotAction")
	case s.Resource != nil && s.NotResource != nil:
		return p.exclusive(n, "Resource", "NotResource")
	case s.Principal != nil && s.NotPrincipal != nil:
		return p.exclusive(n, "Principal", "NotPrincipal")
	}
	return nil
}

// exclusive points at the second of two elements.
func (p *parser) exclusive(n node, a, b string) error {
	at := n.offset
	for _, m := range n.members {
		if m.key == a || m.key == b {
			at = m.offset
		}
	}
	return p.fail(at, "exclusive-elements", "name", a, "other", b)
}

func (p *parser) actions(m *member) ([]string, error) {
	list, err := p.texts(m.key, m.value)
	if err != nil {
		return nil, err
	}
	for i, a := range list {
		if !isAction(a) {
			at := m.value.offset
			if m.value.kind == kindList {
				at = m.value.list[i].offset
			}
			return nil, p.fail(at, "bad-action", "value", a)
		}
	}
	return list, nil
}

// isAction accepts "*" and service:Name. AWS refuses an action without the
// service ("must be prefaced by a vendor").
func isAction(a string) bool {
	service, name, found := cutColon(a)
	if !found {
		return a == "*"
	}
	return service != "" && name != "" && !strings.ContainsAny(a, " \t\r\n\x00")
}

// texts reads a string or a list of strings.
func (p *parser) texts(name string, n node) ([]string, error) {
	if n.kind == kindString {
		return []string{n.text}, nil
	}
	if n.kind != kindList {
		return nil, p.wrongType(n, name, "string-or-list")
	}
	list := make([]string, 0, len(n.list))
	for _, e := range n.list {
		if e.kind != kindString {
			return nil, p.wrongType(e, name, "string")
		}
		list = append(list, e.text)
	}
	return list, nil
}

func (p *parser) text(m *member) (string, error) {
	if m.value.kind != kindString {
		return "", p.wrongType(m.value, m.key, "string")
	}
	return m.value.text, nil
}

func (p *parser) oneOf(m *member, reason string, allowed ...string) (string, error) {
	s, err := p.text(m)
	if err != nil {
		return "", err
	}
	for _, a := range allowed {
		if s == a {
			return s, nil
		}
	}
	return "", p.fail(m.value.offset, reason, "value", s)
}

func (p *parser) wrongType(n node, name, want string) error {
	return p.fail(n.offset, "wrong-type", "name", name, "want", want)
}
