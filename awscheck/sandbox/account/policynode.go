package account

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// policy reads a policy document: YAML or JSON, or a text of JSON.
func (d *decoder) policy(to **policy.Document) field {
	return func(n ast.Node, path string) {
		var data []byte
		first := line(n)
		if s, ok := scalar(n); ok {
			data = []byte(s)
			if l, block := n.(*ast.LiteralNode); block {
				first = l.Start.Position.Line + 1
			}
		} else {
			var b bytes.Buffer
			before := len(d.problems)
			d.json(&b, n, path)
			if len(d.problems) > before {
				return
			}
			data, first = b.Bytes(), line(n)
		}
		doc, err := policy.Parse(data)
		if err != nil {
			d.policyError(n, first, path, err)
			return
		}
		*to = &doc
	}
}

// policyError reports err at the line of the file, where the policy is a
// block of text, and else at the line where the policy begins.
func (d *decoder) policyError(n ast.Node, first int, path string, err error) {
	p := Problem{Line: first, Path: path, Code: "policy", Reason: err.Error()}
	var at *policy.ParseError
	if errors.As(err, &at) {
		p.Reason = strings.TrimPrefix(at.Error(), fmt.Sprintf("policy: line %d, column %d: ", at.Line, at.Column))
		if _, block := n.(*ast.LiteralNode); block && at.Line > 0 {
			p.Line += at.Line - 1
		}
	}
	d.problems = append(d.problems, p)
}

// json writes n as JSON. Numbers and booleans become texts: IAM compares
// texts, and an account ID with a leading zero must keep it.
func (d *decoder) json(b *bytes.Buffer, n ast.Node, path string) {
	n = d.resolve(n, path)
	leave, ok := d.deeper(n, path)
	if !ok {
		return
	}
	defer leave()
	switch n := n.(type) {
	case nil:
		b.WriteString("null")
	case *ast.SequenceNode:
		b.WriteByte('[')
		for i, v := range n.Values {
			if i > 0 {
				b.WriteByte(',')
			}
			d.json(b, v, path)
		}
		b.WriteByte(']')
	case *ast.MappingNode, *ast.MappingValueNode:
		m, _ := d.mapping(n, path)
		if m == nil {
			return
		}
		b.WriteByte('{')
		for i, v := range m.Values {
			if i > 0 {
				b.WriteByte(',')
			}
			name, _ := d.keyName(v, path)
			quote(b, name)
			b.WriteByte(':')
			d.json(b, v.Value, join(path, name))
		}
		b.WriteByte('}')
	default:
		s, ok := scalar(n)
		if !ok {
			s = n.GetToken().Value
		}
		quote(b, s)
	}
}

func quote(b *bytes.Buffer, s string) {
	data, _ := json.Marshal(s) // a string always marshals
	b.Write(data)
}
