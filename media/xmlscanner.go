package media

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// xmlScanner reads a document from its beginning; data is what is left of it.
// After an error it gives nothing any more.
type xmlScanner struct {
	data []byte
	// empty tells that the element that was begun is over already: <Prefix/>.
	empty bool
	open  []string
	err   error
}

func (x *xmlScanner) fail() { x.err, x.data = errNotUnderstood, nil }

// element is the name of the next element that begins; empty: the one around
// it ends, or there was an error. Text between elements has to be blank.
func (x *xmlScanner) element() string {
	if x.empty {
		x.empty = false
		x.open = x.open[:len(x.open)-1]
		return ""
	}
	for x.err == nil {
		i := bytes.IndexByte(x.data, '<')
		if i < 0 || len(bytes.TrimSpace(x.data[:i])) > 0 || len(x.data) < i+2 {
			x.fail()
			return ""
		}
		switch x.data[i+1] {
		case '?':
			end := bytes.Index(x.data, []byte("?>"))
			if end < 0 || len(x.open) > 0 {
				x.fail()
				return ""
			}
			x.data = x.data[end+2:]
		case '!':
			x.fail()
		case '/':
			x.data = x.data[i:]
			x.end()
			return ""
		default:
			x.data = x.data[i+1:]
			return x.begin()
		}
	}
	return ""
}

// begin reads on after "<".
func (x *xmlScanner) begin() string {
	quote := byte(0)
	for i, c := range x.data {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '<':
			x.fail()
			return ""
		case c == '>':
			tag := x.data[:i]
			x.data = x.data[i+1:]
			if n := len(tag); n > 0 && tag[n-1] == '/' {
				x.empty, tag = true, tag[:n-1]
			}
			if blank := bytes.IndexAny(tag, " \t\n"); blank >= 0 {
				tag = tag[:blank]
			}
			name := elementName(tag)
			if name == "" {
				x.fail()
				return ""
			}
			x.open = append(x.open, name)
			return name
		}
	}
	x.fail()
	return ""
}

// known are the names that come a thousand times a page.
var known = func() map[string]string {
	m := map[string]string{}
	for _, n := range []string{"Contents", "Key", "LastModified", "ETag", "Size", "StorageClass", "CommonPrefixes", "Prefix"} {
		m[n] = n
	}
	return m
}()

func elementName(b []byte) string {
	if n, ok := known[string(b)]; ok {
		return n
	}
	if bytes.IndexByte(b, ':') >= 0 {
		return "" // a namespace may be about anything
	}
	return string(b)
}

// end reads "</name>", which has to be the innermost element's.
func (x *xmlScanner) end() {
	i := bytes.IndexByte(x.data, '>')
	n := len(x.open)
	if i < 2 || n == 0 || string(x.data[2:i]) != x.open[n-1] {
		x.fail()
		return
	}
	x.open, x.data = x.open[:n-1], x.data[i+1:]
}

// raw reads the text of the element that was begun, and its end.
func (x *xmlScanner) raw() []byte {
	if x.empty || x.err != nil {
		x.element()
		return nil
	}
	i := bytes.IndexByte(x.data, '<')
	if i < 0 || !bytes.HasPrefix(x.data[i:], []byte("</")) {
		x.fail()
		return nil
	}
	text := x.data[:i]
	x.data = x.data[i:]
	x.end()
	return text
}

func (x *xmlScanner) text() string {
	raw := x.raw()
	if bytes.IndexByte(raw, '&') < 0 {
		return string(raw)
	}
	var b []byte
	for len(raw) > 0 {
		before, after, found := bytes.Cut(raw, []byte("&"))
		b = append(b, before...)
		if !found {
			break
		}
		name, rest, ok := bytes.Cut(after, []byte(";"))
		r := entity(string(name))
		if !ok || r < 0 {
			x.fail()
			return ""
		}
		b, raw = utf8.AppendRune(b, r), rest
	}
	return string(b)
}

// entity is the character of an escape; negative: none that is known.
func entity(name string) rune {
	switch name {
	case "amp":
		return '&'
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	digits, base := name, 10
	if len(name) < 2 || name[0] != '#' {
		return -1
	}
	if digits = name[1:]; digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if r := rune(n); err == nil && n <= utf8.MaxRune && utf8.ValidRune(r) && (r >= ' ' || r == '\t' || r == '\n' || r == '\r') && r != 0xFFFE && r != 0xFFFF {
		return r
	}
	return -1
}

func (x *xmlScanner) boolean() bool {
	t := x.text()
	if t != "true" && t != "false" {
		x.fail()
	}
	return t == "true"
}

func (x *xmlScanner) number() int64 {
	n, err := strconv.ParseInt(x.text(), 10, 64)
	if err != nil {
		x.fail()
	}
	return n
}

// skip reads to the end of the element that was begun.
func (x *xmlScanner) skip() {
	for depth := len(x.open); x.err == nil && len(x.open) >= depth; {
		if x.empty {
			x.element()
			continue
		}
		i := bytes.IndexByte(x.data, '<')
		if i < 0 || len(x.data) < i+2 || x.data[i+1] == '!' || x.data[i+1] == '?' {
			x.fail()
			return
		}
		x.data = x.data[i:]
		x.element()
	}
}
