package policy

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// policyText is the text of a policy with the places of its parts.
type policyText struct {
	data       []byte
	root       node
	version    *member
	statement  *member
	statements []placed
	odd        *ParseError
	edits      []edit
}

// placed is a statement where it stands.
type placed struct {
	from, to, line int
	sid            string
	known          bool    // what it means is known
	means          meaning // if it is
	variables      bool    // it may use policy variables
}

// edit puts text in the place of bytes.
type edit struct {
	from, to int
	text     string
}

func readText(data []byte) (*policyText, error) {
	root, err := readJSON(data)
	if err != nil {
		return nil, err
	}
	t := &policyText{data: data, root: root}
	p := parser{reader: reader{data: data}}
	if root.kind != kindObject {
		return nil, p.wrongType(root, "document", "object")
	}
	for i := range root.members {
		switch m := &root.members[i]; m.key {
		case "Version":
			if _, err := p.oneOf(m, "bad-version", Version2012, Version2008); err != nil {
				return nil, err
			}
			t.version = m
		case "Statement":
			t.statement = m
		case "Id":
		default:
			t.unknown(p.fail(m.offset, "unknown-element", "name", m.key))
		}
	}
	if t.statement == nil {
		return nil, p.fail(root.offset, "missing-element", "name", "Statement")
	}
	return t, t.read()
}

// read finds the statements. One that has something unknown is kept as any
// other, and taken for no other.
func (t *policyText) read() error {
	nodes := []node{t.statement.value}
	if nodes[0].kind == kindList {
		nodes = nodes[0].list
	}
	for _, n := range nodes {
		p := parser{reader: reader{data: t.data}}
		if n.kind != kindObject {
			return p.wrongType(n, "Statement", "object")
		}
		s := placed{from: n.offset, to: end(t.data, n.offset), line: p.line(n.offset)}
		for _, m := range n.members {
			if m.key == "Sid" {
				s.sid = m.value.text
			}
		}
		s.variables = bytes.Contains(t.data[s.from:s.to], []byte("${"))
		if d, err := p.statement(n); err == nil {
			s.known, s.means = true, canonical(Document{Statements: []Statement{d}})[0]
		} else {
			t.unknown(err)
		}
		t.statements = append(t.statements, s)
	}
	return nil
}

func (t *policyText) unknown(err error) {
	if e, ok := err.(*ParseError); ok && t.odd == nil {
		t.odd = e
	}
}

// end is where the JSON value ends that begins at an offset.
func end(data []byte, offset int) int {
	d := json.NewDecoder(bytes.NewReader(data[offset:]))
	var value json.RawMessage
	_ = d.Decode(&value) // it was read before
	return offset + int(d.InputOffset())
}

func (t *policyText) append(out *Appended, add Document, earlier []Document) error {
	was := map[meaning]bool{}
	for _, d := range earlier {
		for _, m := range canonical(d) {
			was[m] = true
		}
	}
	out.Kept = len(t.statements)
	var fresh []Statement
	for i, means := range canonical(add) {
		s := add.Statements[i]
		at := slices.IndexFunc(t.statements, func(p placed) bool { return p.known && p.means == means })
		taken := slices.IndexFunc(t.statements, func(p placed) bool { return s.Sid != "" && p.sid == s.Sid })
		switch {
		case at >= 0:
			out.There = append(out.There, nameOf(t.statements[at].sid, at))
		case taken >= 0 && t.statements[taken].known && was[t.statements[taken].means]:
			old := t.statements[taken]
			t.edits = append(t.edits, edit{old.from, old.to, t.written(s, old)})
			out.Replaced = append(out.Replaced, s.Sid)
			out.Kept--
		case taken >= 0:
			return &SidTakenError{s.Sid, t.statements[taken].line}
		default:
			fresh = append(fresh, s)
			out.Added = append(out.Added, nameOf(s.Sid, len(t.statements)+len(fresh)-1))
		}
	}
	if out.Changed() {
		if err := t.upgrade(add); err != nil {
			return err
		}
	}
	t.insert(fresh)
	return nil
}

// upgrade writes the new version where what is added needs it and nothing
// that exists would mean something else by it.
func (t *policyText) upgrade(add Document) error {
	old := t.version == nil || t.version.value.text == Version2008
	if !old || !add.usesVariables() {
		return nil
	}
	if slices.ContainsFunc(t.statements, func(s placed) bool { return s.variables }) {
		return &OldVersionError{Version2008}
	}
	if v := t.version; v != nil {
		t.edits = append(t.edits, edit{v.value.offset, end(t.data, v.value.offset), `"` + Version2012 + `"`})
	} else {
		t.edits = append(t.edits, edit{t.root.offset + 1, t.root.offset + 1, `"Version":"` + Version2012 + `",`})
	}
	return nil
}

// insert adds statements behind the last one.
func (t *policyText) insert(fresh []Statement) {
	if len(fresh) == 0 {
		return
	}
	value := t.statement.value
	if len(t.statements) == 0 {
		at := placed{from: value.offset, to: end(t.data, value.offset)}
		var all []string
		for _, s := range fresh {
			all = append(all, t.written(s, at))
		}
		t.edits = append(t.edits, edit{at.from, at.to, "[" + strings.Join(all, ",") + "]"})
		return
	}
	last := t.statements[len(t.statements)-1]
	lead, own := t.lead(last.from)
	between := ","
	switch {
	case own:
		between += t.newline() + lead
	case t.spread():
		between += " "
	}
	text := ""
	for _, s := range fresh {
		text += between + t.written(s, last)
	}
	if value.kind != kindList {
		t.edits = append(t.edits, edit{last.from, last.from, "["})
		text += "]"
	}
	t.edits = append(t.edits, edit{last.to, last.to, text})
}

// written is a statement laid out as the one beside it.
func (t *policyText) written(s Statement, beside placed) string {
	text, err := s.MarshalJSON()
	if err != nil {
		return "" // statements are made here, and hold no key twice
	}
	if !t.spread() {
		return string(text)
	}
	lead, _ := t.lead(beside.from)
	var b bytes.Buffer
	_ = json.Indent(&b, text, lead, t.unit(beside, lead))
	return strings.ReplaceAll(b.String(), "\n", t.newline())
}

// lead is the white space before the line that an offset is in; own tells that
// nothing else stands before it.
func (t *policyText) lead(offset int) (lead string, own bool) {
	line := t.data[bytes.LastIndexByte(t.data[:offset], '\n')+1 : offset]
	rest := bytes.TrimLeft(line, " \t")
	return string(line[:len(line)-len(rest)]), len(rest) == 0 && offset > len(line)
}

// unit is by how much the members of a statement stand further in.
func (t *policyText) unit(beside placed, lead string) string {
	first := bytes.IndexByte(t.data[beside.from:beside.to], '"')
	if first >= 0 {
		inner, own := t.lead(beside.from + first)
		if more, ok := strings.CutPrefix(inner, lead); own && ok && more != "" {
			return more
		}
	}
	return "  "
}

// spread tells that the policy is written over several lines.
func (t *policyText) spread() bool { return bytes.ContainsRune(bytes.TrimSpace(t.data), '\n') }

func (t *policyText) newline() string {
	if bytes.Contains(t.data, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// edited is the text after the edits, which do not overlap.
func (t *policyText) edited() []byte {
	slices.SortStableFunc(t.edits, func(a, b edit) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	var b bytes.Buffer
	at := 0
	for _, e := range t.edits {
		b.Write(t.data[at:e.from])
		b.WriteString(e.text)
		at = e.to
	}
	b.Write(t.data[at:])
	return append(bytes.TrimRight(b.Bytes(), " \t\r\n"), t.newline()...)
}
