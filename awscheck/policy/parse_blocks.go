package policy

import "strings"

// principals reads "*" or a map of kinds of principal.
func (p *parser) principals(m *member) (*Principals, error) {
	l := &Principals{}
	n := m.value
	if n.kind == kindString {
		if n.text != "*" {
			return nil, p.wrongType(n, m.key, "star-or-object")
		}
		l.Any = true
		return l, nil
	}
	if n.kind != kindObject {
		return nil, p.wrongType(n, m.key, "star-or-object")
	}
	for _, entry := range n.members {
		list, err := p.texts(entry.key, entry.value)
		if err != nil {
			return nil, err
		}
		switch entry.key {
		case "AWS":
			l.AWS = list
		case "Service":
			l.Service = list
		case "Federated":
			l.Federated = list
		case "CanonicalUser":
			l.CanonicalUser = list
		default:
			return nil, p.fail(entry.offset, "bad-principal", "name", entry.key)
		}
	}
	return l, nil
}

// conditions reads operator -> key -> values, in the order of the text.
func (p *parser) conditions(m *member) ([]Condition, error) {
	if m.value.kind != kindObject {
		return nil, p.wrongType(m.value, m.key, "object")
	}
	list := []Condition{}
	for _, op := range m.value.members {
		if _, ok := parseOperator(op.key); !ok {
			proper, _ := properOperator(op.key)
			return nil, p.fail(op.offset, "bad-operator", "value", op.key, "want", proper)
		}
		if op.value.kind != kindObject {
			return nil, p.wrongType(op.value, op.key, "object")
		}
		for _, key := range op.value.members {
			c, err := p.condition(op.key, key)
			if err != nil {
				return nil, err
			}
			if repeated(list, c) {
				return nil, p.fail(key.offset, "duplicate", "name", key.key)
			}
			list = append(list, c)
		}
	}
	return list, nil
}

// repeated finds the same key under the same operator, also in another case:
// which of them AWS would keep is not documented.
func repeated(list []Condition, c Condition) bool {
	for _, have := range list {
		if have.Operator == c.Operator && strings.EqualFold(have.Key, c.Key) {
			return true
		}
	}
	return false
}

func (p *parser) condition(operator string, m member) (Condition, error) {
	c := Condition{Operator: operator, Key: m.key}
	if prefix, name, found := cutColon(m.key); !found || prefix == "" || name == "" {
		return c, p.fail(m.offset, "bad-key", "value", m.key)
	}
	nodes := []node{m.value}
	if m.value.kind == kindList {
		nodes = m.value.list
	}
	c.Values = make([]string, 0, len(nodes))
	for _, n := range nodes {
		switch n.kind {
		case kindString, kindNumber, kindBool:
			c.Values = append(c.Values, n.text)
		default:
			return c, p.wrongType(n, m.key, "string-or-list")
		}
	}
	return c, nil
}
