package preview

import (
	"bytes"
	"context"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// pdf reads the number of pages and the title where they stand in the open, at
// the beginning or the end of the file. Many programs compress both; then they
// stay unknown, since finding them would take the whole file.
func (o *object) pdf(ctx context.Context) error {
	p := o.p
	p.Format, p.Why = "PDF", Unsupported
	both := o.head
	if o.Size > int64(len(o.head)) {
		at := max(int64(len(o.head)), o.Size-HeadBytes)
		end, err := o.bytes(ctx, at, HeadBytes)
		if err != nil {
			return err
		}
		both = append(both[:len(both):len(both)], end...)
	} else {
		o.tells(o.head)
	}
	if m := linear.FindSubmatch(both); m != nil {
		p.Pages = number(m[1])
	} else {
		for _, m := range pageTree.FindAll(both, -1) {
			if c := pageCount.FindSubmatch(m); c != nil {
				p.Pages = max(p.Pages, number(c[1]))
			}
		}
	}
	if !bytes.Contains(both, []byte("/Encrypt")) {
		p.Title = pdfTitle(both)
	}
	return nil
}

var (
	linear    = lazyregexp.New(`(?s)/Linearized\b[^>]{0,200}/N\s+(\d{1,7})\b`)
	pageTree  = lazyregexp.New(`(?s)<<[^<>]*/Type\s*/Pages\b[^<>]*>>`)
	pageCount = lazyregexp.New(`/Count\s+(\d{1,7})\b`)
	xmpTitle  = lazyregexp.New(`(?s)<dc:title>.{0,200}?<rdf:li[^>]*>([^<]{1,500})</rdf:li>`)
)

func number(b []byte) int { n, _ := strconv.Atoi(string(b)); return n }

// pdfTitle is the title of the information dictionary, else that in XMP.
func pdfTitle(d []byte) string {
	for i := bytes.LastIndex(d, []byte("/Title")); i >= 0; i = bytes.LastIndex(d[:i], []byte("/Title")) {
		rest := bytes.TrimLeft(d[i+6:min(i+6+2000, len(d))], " \r\n\t")
		outline := bytes.Contains(d[max(i-200, 0):min(i+400, len(d))], []byte("/Dest"))
		if s := pdfString(rest); s != "" && !outline {
			return s
		}
	}
	if m := xmpTitle.FindSubmatch(d); m != nil {
		return strings.TrimSpace(strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'").Replace(string(m[1])))
	}
	return ""
}

// pdfString is a string in parentheses or in hexadecimal digits, in UTF-16 or
// UTF-8 by its mark, else in PDF's own encoding, of which ASCII is taken.
func pdfString(d []byte) string {
	var raw []byte
	switch {
	case len(d) > 1 && d[0] == '(':
		raw = parenthesised(d[1:])
	case len(d) > 1 && d[0] == '<' && d[1] != '<':
		end := bytes.IndexByte(d, '>')
		if end < 0 {
			return ""
		}
		raw, _ = hex.DecodeString(string(bytes.Join(bytes.Fields(d[1:end]), nil)))
	}
	switch {
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return strings.TrimSpace(units(raw[2:], true))
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		raw = raw[3:]
	}
	if !utf8.Valid(raw) {
		return ""
	}
	return strings.TrimSpace(string(raw))
}

func parenthesised(d []byte) []byte {
	var out []byte
	for i, depth := 0, 1; i < len(d); i++ {
		switch c := d[i]; {
		case c == '\\' && i+1 < len(d):
			i++
			out = append(out, escaped(d, &i)...)
			continue
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return out
			}
		}
		out = append(out, d[i])
	}
	return nil
}

// escaped is what stands behind a backslash.
func escaped(d []byte, i *int) []byte {
	switch c := d[*i]; {
	case c >= '0' && c <= '7':
		n := 0
		for k := 0; k < 3 && *i < len(d) && d[*i] >= '0' && d[*i] <= '7'; k++ {
			n = n*8 + int(d[*i]-'0')
			*i++
		}
		*i--
		return []byte{byte(n)}
	case c == 'n', c == 'r', c == 't', c == '\n', c == '\r':
		return []byte{' '}
	default:
		return []byte{c}
	}
}
