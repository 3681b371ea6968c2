package preview

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode/utf32"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

const (
	mostLines = 400
	mostLine  = 2000 // bytes
)

// text shows the first lines of the head.
func (o *object) text() {
	s, name, ok := Decode(o.head, o.Size > int64(len(o.head)))
	if !ok {
		o.p.Why = NoText
		return
	}
	o.p.Encoding = name
	o.p.Format = "text"
	if svg := svgTag.FindString(s); svg != "" {
		o.p.Format = "SVG"
		o.p.Width, o.p.Height = svgSize(svg)
		if o.Size <= int64(len(o.head)) {
			o.tells(o.head)
		}
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	o.p.Cut = o.Size > int64(len(o.head))
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
		if len(o.p.Lines) == mostLines {
			o.p.Cut = true
			break
		}
		if len(line) > mostLine {
			line = strings.ToValidUTF8(line[:mostLine], "")
		}
		o.p.Lines = append(o.p.Lines, strings.ReplaceAll(line, "\t", "    "))
	}
}

// Decode is a text in UTF-8, and in which encoding it was; false where it is
// no text. cut says that it may end within a character. Without a mark at its
// beginning a text is UTF-8 where it can be, else ISO-2022-JP, Shift_JIS or
// EUC-JP, whichever gives more of what Japanese is written with, and
// Windows-1252 where neither gives any.
func Decode(data []byte, cut bool) (s, encodingName string, ok bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return plainUTF8(data[3:], cut)
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		s, err := utf32.UTF32(utf32.BigEndian, utf32.ExpectBOM).NewDecoder().Bytes(data[:len(data)&^3])
		return string(s), "UTF-32", err == nil
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return units(data[2:], false), "UTF-16", true
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return units(data[2:], true), "UTF-16", true
	case bytes.IndexByte(data, 0) >= 0:
		return "", "", false
	}
	if bytes.Contains(data, []byte("\x1b$B")) || bytes.Contains(data, []byte("\x1b$@")) {
		if s, n := tried(japanese.ISO2022JP, data); n >= 0 {
			return s, "ISO-2022-JP", true
		}
	}
	if s, name, ok := plainUTF8(data, cut); ok {
		return s, name, true
	}
	best, worth := "", -1
	for _, e := range []struct {
		name string
		enc  encoding.Encoding
	}{{"Shift_JIS", japanese.ShiftJIS}, {"EUC-JP", japanese.EUCJP}} {
		if got, n := tried(e.enc, data); n > worth {
			best, worth, encodingName = got, n, e.name
		}
	}
	if worth > 0 {
		return best, encodingName, true
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if s = string(out); err != nil || strings.ContainsFunc(s, func(r rune) bool { return r == utf8.RuneError || control(r) }) {
		return "", "", false
	}
	return s, "Windows-1252", true
}

func control(r rune) bool {
	return unicode.IsControl(r) && !strings.ContainsRune("\n\r\t\f\x1b", r)
}

func plainUTF8(data []byte, cut bool) (string, string, bool) {
	if cut { // the last character may be incomplete
		for range utf8.UTFMax {
			if r, n := utf8.DecodeLastRune(data); r != utf8.RuneError || n != 1 {
				break
			}
			data = data[:len(data)-1]
		}
	}
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return "", "", false
	}
	return string(data), "UTF-8", true
}

func units(data []byte, big bool) string {
	u := make([]uint16, len(data)/2)
	for i := range u {
		a, b := uint16(data[2*i]), uint16(data[2*i+1])
		if big {
			a, b = b, a
		}
		u[i] = a | b<<8
	}
	return string(utf16.Decode(u))
}

// tried decodes and tells how Japanese the result is, -1 where it is no such
// text: EUC-JP that is read as Shift_JIS becomes half-width kana and rare
// kanji, the other way round it breaks.
func tried(e encoding.Encoding, data []byte) (string, int) {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", -1
	}
	s := string(out)
	wrong, right, odd := 0, 0, 0
	for _, r := range s {
		switch {
		case r == utf8.RuneError, control(r):
			wrong++
		case unicode.In(r, unicode.Hiragana), r >= 0x30a0 && r <= 0x30ff, r == '、', r == '。':
			right += 3
		case r >= 0xff61 && r <= 0xff9f:
			odd++
		case unicode.In(r, unicode.Han):
			right++
		}
	}
	if wrong > 1 { // one: a character that is cut off at the end
		return "", -1
	}
	return s, max(right-2*odd, 0)
}

var (
	svgTag  = lazyregexp.New(`(?s)<svg[\s>][^>]*>?`)
	svgAttr = lazyregexp.New(`\b(width|height|viewBox)\s*=\s*["']([^"']*)["']`)
)

// svgSize is the size in pixels where a drawing says one, else that of its
// view box.
func svgSize(tag string) (w, h int) {
	var box []string
	for _, m := range svgAttr.FindAllStringSubmatch(tag, -1) {
		switch m[1] {
		case "width":
			w = pixels(m[2])
		case "height":
			h = pixels(m[2])
		default:
			box = strings.FieldsFunc(m[2], func(r rune) bool { return r == ' ' || r == ',' })
		}
	}
	if (w == 0 || h == 0) && len(box) == 4 {
		w, h = pixels(box[2]), pixels(box[3])
	}
	if w == 0 || h == 0 {
		return 0, 0
	}
	return w, h
}

func pixels(s string) int {
	f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
	if err != nil || f < 0 || f > 1e6 {
		return 0
	}
	return int(f + 0.5)
}
