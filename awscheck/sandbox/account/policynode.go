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

// policy reads a policy document: YAML or JSON, or a text of JSON. The lines
// of its statements are those of the file.
func (d *decoder) policy(to **policy.Document, kind policy.Kind) field {
	return func(n ast.Node, path string) {
		j := policyJSON{decoder: d, lines: []int{line(n)}}
		at := func(l int) int { return j.lines[min(max(l, 1), len(j.lines))-1] }
		if s, ok := scalar(n); ok {
			j.b.WriteString(s)
			if l, block := n.(*ast.LiteralNode); block {
				first := l.Start.Position.Line + 1
				at = func(l int) int { return first + max(l, 1) - 1 }
			}
		} else {
			before := len(d.problems)
			j.write(n, path)
			if len(d.problems) > before {
				return
			}
		}
		doc, err := policy.Parse(j.b.Bytes())
		if err != nil {
			d.policyError(at, path, err)
			return
		}
		for i := range doc.Statements {
			doc.Statements[i].Line = at(doc.Statements[i].Line)
		}
		d.checkShape(doc, kind, path)
		*to = &doc
	}
}

// policyError reports err at its line of the file.
func (d *decoder) policyError(at func(int) int, path string, err error) {
	p := Problem{Line: at(1), Path: path, Code: "policy", Reason: err.Error()}
	var e *policy.ParseError
	if errors.As(err, &e) {
		p.Reason = strings.TrimPrefix(e.Error(), fmt.Sprintf("policy: line %d, column %d: ", e.Line, e.Column))
		p.Line = at(e.Line)
	}
	d.problems = append(d.problems, p)
}

// misshapen are the findings about a statement for which AWS does not take a
// document at all (MalformedPolicy, MalformedPolicyDocument).
var misshapen = map[string]string{
	"principal-missing":     "Missing required field Principal: a statement of this kind of policy needs one",
	"principal-not-allowed": "Policy document should not specify a principal: this kind of policy is its bearer's",
	"resource-missing":      "Missing required field Resource",
	"resource-not-allowed":  "Has prohibited field Resource: a trust policy is about its role alone",
}

func (d *decoder) checkShape(doc policy.Document, kind policy.Kind, path string) {
	for _, f := range policy.Lint(doc, kind) {
		if reason := misshapen[f.Code]; reason != "" {
			d.problems = append(d.problems, Problem{Line: doc.Statements[f.Statement].Line, Path: path, Code: "policy", Reason: reason})
		}
	}
}

// policyJSON writes a policy's nodes as JSON, a line each, and remembers the
// line of the file that each of its lines is from.
type policyJSON struct {
	*decoder
	b     bytes.Buffer
	lines []int
}

func (j *policyJSON) newLine(n ast.Node) {
	j.b.WriteByte('\n')
	j.lines = append(j.lines, line(n))
}

// write writes n. Numbers and booleans become texts: IAM compares texts, and
// an account ID with a leading zero must keep it.
func (j *policyJSON) write(n ast.Node, path string) {
	n = j.resolve(n, path)
	leave, ok := j.deeper(n, path)
	if !ok {
		return
	}
	defer leave()
	switch n := n.(type) {
	case nil:
		j.b.WriteString("null")
	case *ast.SequenceNode:
		j.b.WriteByte('[')
		for i, v := range n.Values {
			if i > 0 {
				j.b.WriteByte(',')
			}
			j.newLine(v)
			j.write(v, path)
		}
		j.b.WriteByte(']')
	case *ast.MappingNode, *ast.MappingValueNode:
		j.writeMapping(n, path)
	default:
		s, ok := scalar(n)
		if !ok {
			s = n.GetToken().Value
		}
		quote(&j.b, s)
	}
}

func (j *policyJSON) writeMapping(n ast.Node, path string) {
	m, _ := j.mapping(n, path)
	if m == nil {
		return
	}
	j.b.WriteByte('{')
	for i, v := range m.Values {
		if i > 0 {
			j.b.WriteByte(',')
		}
		name, _ := j.keyName(v, path)
		j.newLine(v.Key)
		quote(&j.b, name)
		j.b.WriteByte(':')
		j.write(v.Value, join(path, name))
	}
	j.b.WriteByte('}')
}

func quote(b *bytes.Buffer, s string) {
	data, _ := json.Marshal(s) // a string always marshals
	b.Write(data)
}
