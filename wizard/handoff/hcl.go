package handoff

import (
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/media/lazyregexp"
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

// args writes name = value lines. terraform fmt aligns the equals signs of
// neighbours of one line each.
func (h *hcl) args(items []item) {
	names, values := make([]string, len(items)), make([]string, len(items))
	for i, it := range items {
		names[i], values[i] = nameHCL(it.Key.(string)), h.value(it.Value)
	}
	for begin := 0; begin < len(items); {
		end, width := begin, 0
		for end < len(items) && (end == begin || !strings.Contains(values[end], "\n")) {
			width = max(width, len(names[end]))
			end++
			if strings.Contains(values[end-1], "\n") {
				break // one of several lines stands by itself
			}
		}
		for i := begin; i < end; i++ {
			h.line(names[i] + strings.Repeat(" ", width-len(names[i])) + " = " + values[i])
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

var bareName = lazyregexp.New(`^[A-Za-z_][A-Za-z0-9_]*$`)

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
