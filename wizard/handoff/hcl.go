package handoff

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
)

// hcl writes HashiCorp's configuration language as `terraform fmt` would:
// two spaces a level, and the equals signs of neighbouring lines one below
// the other.
type hcl struct {
	b     strings.Builder
	depth int
}

// expression is HCL that is written as it stands: a reference or a call.
type expression string

// call is jsonencode() of a document.
type call struct{ document yaml.MapSlice }

// item is an argument of a block.
type item = yaml.MapItem

// comment writes lines of words.
func (h *hcl) comment(words string) {
	for line := range strings.SplitSeq(words, "\n") {
		h.line(strings.TrimRight("# "+line, " "))
	}
}

// block writes `type "label" ... {`, the arguments, and what inside writes.
func (h *hcl) block(kind string, labels []string, args []item, inside func()) {
	head := kind
	for _, l := range labels {
		head += " " + quoteHCL(l)
	}
	h.line(head + " {")
	h.depth++
	h.args(args)
	if inside != nil {
		if len(args) > 0 {
			h.b.WriteByte('\n')
		}
		inside()
	}
	h.depth--
	h.line("}")
}

func (h *hcl) blank() { h.b.WriteByte('\n') }

func (h *hcl) line(s string) {
	if s != "" {
		h.b.WriteString(strings.Repeat("  ", h.depth) + s)
	}
	h.b.WriteByte('\n')
}

// args writes name = value lines. terraform fmt aligns a value of several
// lines with the lines above it, too, but nothing below it.
func (h *hcl) args(items []item) {
	for begin := 0; begin < len(items); {
		end := begin
		for end < len(items) && !strings.Contains(h.value(items[end].Value), "\n") {
			end++
		}
		if end == begin {
			end++ // one of several lines by itself
		}
		width := 0
		for _, i := range items[begin:end] {
			width = max(width, len(nameHCL(i.Key.(string))))
		}
		for _, i := range items[begin:end] {
			name := nameHCL(i.Key.(string))
			h.line(name + strings.Repeat(" ", width-len(name)) + " = " + h.value(i.Value))
		}
		begin = end
	}
}

// value writes one value at the present depth.
func (h *hcl) value(v any) string {
	switch v := v.(type) {
	case expression:
		return string(v)
	case call:
		return "jsonencode(" + h.value(v.document) + ")"
	case string:
		return quoteHCL(v)
	case bool:
		return strconv.FormatBool(v)
	case int:
		return strconv.Itoa(v)
	case yaml.MapSlice:
		inner := &hcl{depth: h.depth + 1}
		inner.args(v)
		return "{\n" + inner.b.String() + strings.Repeat("  ", h.depth) + "}"
	case []any:
		return h.list(v)
	}
	panic("handoff: no HCL for this type")
}

// list writes short lists of strings in one line, others an element a line.
func (h *hcl) list(values []any) string {
	var parts []string
	flat := true
	for _, v := range values {
		_, isString := v.(string)
		flat = flat && isString
	}
	if flat {
		for _, v := range values {
			parts = append(parts, h.value(v))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	inner := &hcl{depth: h.depth + 1}
	for _, v := range values {
		inner.line(inner.value(v) + ",")
	}
	return "[\n" + inner.b.String() + strings.Repeat("  ", h.depth) + "]"
}

var bareName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

func nameHCL(s string) string {
	if bareName.MatchString(s) {
		return s
	}
	return quoteHCL(s)
}

// quoteHCL writes a string literal. ${ and %{ would begin a template, and are
// doubled; control characters are written as code points.
func quoteHCL(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case (r == '$' || r == '%') && strings.HasPrefix(s[i+1:], "{"):
			b.WriteRune(r)
			b.WriteRune(r)
		case r < 0x20 || r == 0x7f:
			b.WriteString(`\u` + strconv.FormatInt(0x10000+int64(r), 16)[1:])
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
