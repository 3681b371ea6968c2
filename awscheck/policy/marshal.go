package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// MarshalJSON writes the document as AWS's console does: elements in a fixed
// order, Statement as a list, a single value as a string. Parsing the result
// gives the same document, but for the lines of its statements and for the
// spelling of repeated operators.
//
// It fails for a statement made in Go that JSON cannot hold: one condition
// key twice under one operator.
func (d Document) MarshalJSON() ([]byte, error) {
	w := &writer{}
	w.open('{')
	if d.Version != "" {
		w.member("Version", d.Version)
	}
	if d.ID != "" {
		w.member("Id", d.ID)
	}
	w.key("Statement")
	w.open('[')
	for i := range d.Statements {
		w.separate()
		if err := w.statement(&d.Statements[i]); err != nil {
			return nil, err
		}
	}
	w.close(']')
	w.close('}')
	return w.Bytes(), nil
}

// MarshalJSON writes the statement as it stands in a document.
func (s Statement) MarshalJSON() ([]byte, error) {
	w := &writer{}
	err := w.statement(&s)
	return w.Bytes(), err
}

// writer builds JSON text in a chosen order.
type writer struct {
	bytes.Buffer
	inside bool // something stands before in the same object or list
}

func (w *writer) statement(s *Statement) error {
	w.open('{')
	if s.Sid != "" {
		w.member("Sid", s.Sid)
	}
	w.member("Effect", s.Effect)
	w.principals("Principal", s.Principal)
	w.principals("NotPrincipal", s.NotPrincipal)
	w.list("Action", s.Action)
	w.list("NotAction", s.NotAction)
	w.list("Resource", s.Resource)
	w.list("NotResource", s.NotResource)
	err := w.conditions(s.Conditions)
	w.close('}')
	return err
}

func (w *writer) principals(key string, l *Principals) {
	if l == nil {
		return
	}
	if l.Any {
		w.member(key, "*")
		return
	}
	w.key(key)
	w.open('{')
	w.list("AWS", l.AWS)
	w.list("Service", l.Service)
	w.list("Federated", l.Federated)
	w.list("CanonicalUser", l.CanonicalUser)
	w.close('}')
}

// conditions groups by operator, in the order of first appearance.
func (w *writer) conditions(list []Condition) error {
	if list == nil {
		return nil
	}
	w.key("Condition")
	w.open('{')
	for i, c := range list {
		if operatorBefore(list[:i], c.Operator) {
			continue
		}
		w.key(c.Operator)
		w.open('{')
		for j, other := range list[i:] {
			if other.Operator != c.Operator {
				continue
			}
			if repeated(list[:i+j], other) {
				return fmt.Errorf("policy: condition %s %s appears twice in a statement", other.Operator, other.Key)
			}
			w.list(other.Key, append([]string{}, other.Values...))
		}
		w.close('}')
	}
	w.close('}')
	return nil
}

func operatorBefore(list []Condition, operator string) bool {
	for _, c := range list {
		if c.Operator == operator {
			return true
		}
	}
	return false
}

// list writes a list: nothing for nil, a string for a single value.
func (w *writer) list(key string, values []string) {
	switch {
	case values == nil:
	case len(values) == 1:
		w.member(key, values[0])
	default:
		w.member(key, values)
	}
}

func (w *writer) open(c byte) {
	w.WriteByte(c)
	w.inside = false
}

func (w *writer) close(c byte) {
	w.WriteByte(c)
	w.inside = true
}

func (w *writer) separate() {
	if w.inside {
		w.WriteByte(',')
	}
	w.inside = true
}

func (w *writer) key(k string) {
	w.separate()
	w.value(k)
	w.WriteByte(':')
}

func (w *writer) member(k string, v any) {
	w.key(k)
	w.value(v)
}

// value writes strings without HTML escapes: policies are read by people.
func (w *writer) value(v any) {
	e := json.NewEncoder(&w.Buffer)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // strings and lists of strings cannot fail
	}
	w.Truncate(w.Len() - 1) // the encoder's newline
}

// UnmarshalJSON reads a document as Parse does.
func (d *Document) UnmarshalJSON(data []byte) (err error) {
	*d, err = Parse(data)
	return err
}
