package policy

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"
)

// kind of a JSON value.
type kind int

const (
	kindNull kind = iota
	kindBool
	kindNumber
	kindString
	kindList
	kindObject
)

// node is a JSON value that knows where it stands.
type node struct {
	kind    kind
	offset  int    // of its first byte
	text    string // of a string, number or boolean
	list    []node
	members []member
}

// member is one key of an object and its value.
type member struct {
	key    string
	offset int
	value  node
}

// maxDepth is deeper than any policy nests.
const maxDepth = 16

// reader builds nodes from encoding/json's tokens.
type reader struct {
	data    []byte
	decoder *json.Decoder
}

// readJSON reads exactly one JSON value.
func readJSON(data []byte) (node, error) {
	r := &reader{data: data, decoder: json.NewDecoder(bytes.NewReader(data))}
	r.decoder.UseNumber()
	if at := invalidUTF8(data); at >= 0 {
		return node{}, r.fail(at, "encoding")
	}
	root, err := r.value(0)
	if err != nil {
		return node{}, err
	}
	at := r.next()
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return node{}, r.fail(at, "trailing")
	}
	return root, nil
}

func invalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		c, size := utf8.DecodeRune(data[i:])
		if c == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return -1
}

// next is the offset of the token that comes next.
func (r *reader) next() int {
	i := int(r.decoder.InputOffset())
	for i < len(r.data) {
		switch r.data[i] {
		case ' ', '\t', '\r', '\n', ',', ':':
			i++
			continue
		}
		break
	}
	return i
}

// token reads one token and where it begins.
func (r *reader) token() (json.Token, int, error) {
	at := r.next()
	t, err := r.decoder.Token()
	if err == nil {
		return t, at, nil
	}
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, 0, r.fail(len(r.data), "unfinished")
	case errors.As(err, &syntax) && syntax.Offset > 0:
		at = max(at, int(syntax.Offset)-1)
	}
	return nil, 0, r.fail(at, "syntax")
}

func (r *reader) value(depth int) (node, error) {
	t, at, err := r.token()
	if err != nil {
		return node{}, err
	}
	n := node{offset: at}
	switch t := t.(type) {
	case nil:
		n.kind = kindNull
	case bool:
		n.kind, n.text = kindBool, "false"
		if t {
			n.text = "true"
		}
	case json.Number:
		n.kind, n.text = kindNumber, t.String()
	case string:
		n.kind, n.text = kindString, t
	case json.Delim:
		switch {
		case depth >= maxDepth:
			return node{}, r.fail(at, "too-deep")
		case t == '[':
			n.kind = kindList
			n.list, err = r.elements(depth + 1)
		default:
			n.kind = kindObject
			n.members, err = r.object(depth + 1)
		}
	}
	return n, err
}

// elements reads a list up to and with its bracket.
func (r *reader) elements(depth int) ([]node, error) {
	list := []node{}
	for r.decoder.More() {
		n, err := r.value(depth)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	_, _, err := r.token()
	return list, err
}

// object reads an object up to and with its brace. IAM knows no repeated keys.
func (r *reader) object(depth int) ([]member, error) {
	var members []member
	seen := map[string]bool{}
	for r.decoder.More() {
		t, at, err := r.token()
		if err != nil {
			return nil, err
		}
		key, ok := t.(string)
		if !ok {
			return nil, r.fail(at, "syntax")
		}
		if seen[key] {
			return nil, r.fail(at, "duplicate", "name", key)
		}
		seen[key] = true
		v, err := r.value(depth)
		if err != nil {
			return nil, err
		}
		members = append(members, member{key: key, offset: at, value: v})
	}
	_, _, err := r.token()
	return members, err
}

// fail makes a ParseError at an offset.
func (r *reader) fail(offset int, reason string, args ...string) error {
	line, column := position(r.data, offset)
	e := &ParseError{Line: line, Column: column, Reason: reason}
	for i := 0; i+1 < len(args); i += 2 {
		if e.Args == nil {
			e.Args = map[string]string{}
		}
		e.Args[args[i]] = args[i+1]
	}
	return e
}

// position turns an offset into a line and a column, both from 1, the column
// counted in characters.
func position(data []byte, offset int) (line, column int) {
	before := data[:min(offset, len(data))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte{'\n'}) + 1, utf8.RuneCount(before[start:]) + 1
}
