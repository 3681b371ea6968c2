package privacy

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

func isSVG(head []byte) bool {
	head = bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n")
	return bytes.HasPrefix(head, []byte("<")) && bytes.Contains(head, []byte("<svg"))
}

// editors are the namespaces in which drawing programs keep their own data.
var editors = []string{"inkscape", "sodipodi", "illustrator", "i", "sketch", "figma", "corel"}

// lookSVG only warns: what an SVG holds is text that somebody may have written
// on purpose, and scripts and styles may refer to it.
func lookSVG(s *source, b *book) ([]piece, error) {
	file := &remembering{r: io.NewSectionReader(s.r, 0, min(s.size, mostBytes))}
	d := xml.NewDecoder(file)
	d.Strict = false
	d.CharsetReader = plainCharset
	meta := 0
	code := ""
	for {
		t, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF) && s.size > mostBytes, err != nil && s.size > mostBytes:
			return nil, trouble(TooLarge)
		case errors.Is(err, io.EOF):
			return nil, nil
		case err != nil:
			return nil, cmp.Or(file.err, error(trouble(Damaged)))
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "metadata" {
				meta++
			}
			if meta > 0 && properties[t.Name.Local] != "" {
				code = properties[t.Name.Local]
			}
			svgAttributes(t, b)
		case xml.EndElement:
			if t.Name.Local == "metadata" {
				meta--
			}
			if properties[t.Name.Local] == code {
				code = ""
			}
		case xml.CharData:
			if v := strings.TrimSpace(string(t)); meta > 0 && code != "" && v != "" {
				(&xmpPacket{b: b}).note(code, v)
			}
		case xml.Comment:
			if v := strings.TrimSpace(string(t)); strings.Contains(v, "Generator") || strings.HasPrefix(v, "Created with") {
				b.add(Software, v)
			}
		}
	}
}

func svgAttributes(t xml.StartElement, b *book) {
	for _, a := range t.Attr {
		switch {
		case a.Name.Local == "export-filename" || a.Name.Local == "docname" || a.Name.Local == "absref":
			b.add(Path, "")
		case a.Name.Space == "inkscape" && a.Name.Local == "version":
			b.add(Software, "Inkscape "+a.Value)
		}
	}
	for _, e := range editors {
		if t.Name.Space == e {
			b.add(Other, "")
		}
	}
}

// plainCharset takes any encoding for what it is in ASCII, which is enough to
// find names.
func plainCharset(_ string, r io.Reader) (io.Reader, error) { return r, nil }

// remembering tells the errors of reading from those of what was read.
type remembering struct {
	r   io.Reader
	err error
}

func (r *remembering) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}
