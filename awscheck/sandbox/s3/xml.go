package s3

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/"

// xmlWriter builds an answer. encoding/xml cannot: it puts U+FFFD for
// characters that XML 1.0 lacks, where S3 writes a character reference.
type xmlWriter struct {
	b     bytes.Buffer
	depth int
}

func newXML() *xmlWriter {
	x := &xmlWriter{}
	x.raw(xml.Header)
	return x
}

// open begins an element; the outermost carries the namespace.
func (x *xmlWriter) open(name string) {
	if x.depth == 0 {
		x.raw("<" + name + ` xmlns="` + namespace + `">`)
	} else {
		x.raw("<" + name + ">")
	}
	x.depth++
}

func (x *xmlWriter) end(name string) {
	x.depth--
	x.raw("</" + name + ">")
}

func (x *xmlWriter) tag(start, name string) {
	x.raw(start)
	x.raw(name)
	x.raw(">")
}

func (x *xmlWriter) raw(s string) { x.b.WriteString(s) }

func (x *xmlWriter) text(name, value string) {
	x.tag("<", name)
	x.escape(value)
	x.tag("</", name)
}

func (x *xmlWriter) number(name string, n int64) { x.text(name, strconv.FormatInt(n, 10)) }
func (x *xmlWriter) truth(name string, b bool)   { x.text(name, strconv.FormatBool(b)) }

func (x *xmlWriter) checksum(s checksum) {
	if s.algorithm != "" {
		x.text(s.element(), s.value)
		x.text("ChecksumType", s.kind)
	}
}

// marshal writes v as encoding/xml does; for what holds no keys.
func (x *xmlWriter) marshal(name string, v any) error {
	return xml.NewEncoder(&x.b).EncodeElement(v, xml.StartElement{Name: xml.Name{Local: name}})
}

func (x *xmlWriter) escape(s string) {
	for _, r := range s {
		switch {
		case r == '&':
			x.raw("&amp;")
		case r == '<':
			x.raw("&lt;")
		case r == '>':
			x.raw("&gt;")
		case r == '"':
			x.raw("&quot;")
		case r < 0x20 && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF:
			x.raw("&#x" + strconv.FormatInt(int64(r), 16) + ";")
		default:
			x.b.WriteRune(r)
		}
	}
}

// send writes a document with status 200.
func (c *call) send(x *xmlWriter) error {
	h := c.w.Header()
	h.Set("Content-Type", "application/xml")
	h.Set("Content-Length", strconv.Itoa(x.b.Len()))
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write(x.b.Bytes()) // the client may be gone: nothing is left to tell it
	return nil
}

// readXML decodes a request body of at most limit bytes into v.
func (c *call) readXML(limit int64, v any) error {
	data, err := io.ReadAll(io.LimitReader(c.r.Body, limit+1))
	if err != nil {
		return err
	}
	if int64(len(data)) > limit || !utf8.Valid(data) {
		return malformedXML()
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(v); err != nil {
		return malformedXML()
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return malformedXML() // something after the document
	}
	return nil
}

func isoTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// urlEncode writes s as encoding-type=url does: slashes stay, a space is +.
func urlEncode(s string) string {
	return strings.ReplaceAll(url.QueryEscape(s), "%2F", "/")
}
