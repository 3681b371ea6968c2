package privacy

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"io"
	"regexp"
	"strconv"
	"unicode/utf16"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// A PDF is looked at where its information lies: at its ends.
const (
	pdfEnd      = 4 << 20
	pdfUnpacked = 4 << 20 // of all compressed objects together
)

var pdfKeys = map[string]string{
	"Author": Owner, "Creator": Software, "Producer": Software, "Title": Comment, "Subject": Comment, "Keywords": Comment,
	"CreationDate": Date, "ModDate": Date, "Company": Owner, "SourceModified": Date, "Manager": Owner,
}

var (
	pdfInfo    = lazyregexp.New(`/Info\s{1,8}(\d{1,10})\s{1,8}(\d{1,5})\s{1,8}R`)
	pdfCrypt   = lazyregexp.New(`/Encrypt\s{1,8}\d`)
	pdfPacked  = lazyregexp.New(`/ObjStm\b`)
	pdfFirst   = lazyregexp.New(`/First\s{1,8}(\d{1,8})`)
	pdfDictKey = lazyregexp.New(`/([A-Z][A-Za-z]{3,15})\s{0,8}(\(|<[0-9A-Fa-f\s])`)
)

// lookPDF only warns: taking something out of a PDF means to write it anew,
// and would break signatures.
func lookPDF(s *source, b *book) ([]piece, error) {
	parts, err := pdfParts(s)
	if err != nil {
		return nil, err
	}
	crypt := false
	for _, p := range parts {
		lookPackets(p, b)
		lookPictures(p, b)
		crypt = crypt || pdfCrypt.Match(p)
	}
	if crypt {
		return nil, trouble(Encrypted)
	}
	numbers := map[string]bool{}
	for _, p := range parts {
		all := pdfInfo.FindAllSubmatch(p, 1024)
		for _, m := range all[max(0, len(all)-2):] { // the last version counts
			numbers[string(m[1])] = true
		}
	}
	unpacked := pdfUnpacked
	for n := range numbers {
		for _, p := range parts {
			if dict := pdfObject(p, n); dict != nil {
				pdfDict(dict, b)
			}
		}
	}
	if len(numbers) > 0 {
		for _, p := range parts {
			pdfStreams(p, numbers, &unpacked, b)
		}
	}
	if s.size > 2*pdfEnd && len(b.found) == 0 {
		return nil, trouble(TooLarge)
	}
	return nil, nil
}

func pdfParts(s *source) ([][]byte, error) {
	ends := []int64{0}
	if s.size > pdfEnd {
		ends = append(ends, max(pdfEnd, s.size-pdfEnd))
	}
	var parts [][]byte
	for _, at := range ends {
		p, err := s.some(at, pdfEnd)
		if err != nil {
			return nil, err
		}
		parts = append(parts, bytes.Clone(p))
	}
	return parts, nil
}

// lookPackets finds XMP, which stands in clear even where the rest does not.
func lookPackets(p []byte, b *book) {
	for range 16 {
		i := bytes.Index(p, []byte("<x:xmpmeta"))
		if i < 0 {
			return
		}
		p = p[i:]
		end := bytes.Index(p, []byte("</x:xmpmeta>"))
		if end < 0 {
			return
		}
		lookXMP(p[:end+len("</x:xmpmeta>")], b)
		p = p[end:]
	}
}

// lookPictures finds the EXIF of photos, which programs take over as they are.
// Only where and who is noted: the rest is the document's own.
func lookPictures(p []byte, b *book) {
	for range 64 {
		i := bytes.Index(p, []byte(exifHead))
		if i < 0 {
			return
		}
		p = p[i+len(exifHead):]
		inner := &book{}
		_, _ = lookEXIF(p[:min(len(p), 64<<10)], inner)
		b.takeGrave(inner)
	}
}

// pdfObject is the text of an object that stands in clear, up to its end.
func pdfObject(p []byte, number string) []byte {
	re := regexp.MustCompile(`(?:^|[\s])` + number + `\s{1,8}\d{1,5}\s{1,8}obj\b`)
	all := re.FindAllIndex(p, 16)
	if len(all) == 0 {
		return nil
	}
	p = p[all[len(all)-1][1]:] // the last version counts
	p = p[:min(len(p), 64<<10)]
	if end := bytes.Index(p, []byte("endobj")); end >= 0 {
		p = p[:end]
	}
	return p
}

// pdfDict notes what the information of a document tells.
func pdfDict(p []byte, b *book) {
	for _, m := range pdfDictKey.FindAllSubmatchIndex(p, 64) {
		code := pdfKeys[string(p[m[2]:m[3]])]
		value := pdfString(p[m[4]:])
		switch {
		case code == "" || tidy(value) == "":
		case code == Date:
			b.add(Date, day(value))
		default:
			b.add(code, value)
		}
	}
}

// pdfStreams looks into compressed objects for the information.
func pdfStreams(p []byte, numbers map[string]bool, budget *int, b *book) {
	for _, at := range pdfPacked.FindAllIndex(p, 4096) {
		if *budget <= 0 {
			return
		}
		begin := bytes.LastIndex(p[max(0, at[0]-1024):at[0]], []byte("obj"))
		rest := p[at[1]:]
		s := bytes.Index(rest[:min(len(rest), 1024)], []byte("stream"))
		if s < 0 {
			continue
		}
		head := rest[:s]
		if begin >= 0 {
			head = append(bytes.Clone(p[max(0, at[0]-1024)+begin:at[0]]), head...)
		}
		first := pdfFirst.FindSubmatch(head)
		z, err := zlib.NewReader(bytes.NewReader(bytes.TrimLeft(rest[s+len("stream"):], "\r\n")))
		if err != nil || first == nil {
			continue
		}
		plain, _ := io.ReadAll(io.LimitReader(z, int64(*budget)))
		z.Close()
		*budget -= len(plain) + 64
		n, _ := strconv.Atoi(string(first[1]))
		pdfPackedObjects(plain, n, numbers, b)
	}
}

func pdfPackedObjects(plain []byte, first int, numbers map[string]bool, b *book) {
	if first > len(plain) {
		return
	}
	table := bytes.Fields(plain[:first])
	for i := 0; i+1 < len(table); i += 2 {
		if !numbers[string(table[i])] {
			continue
		}
		from, err := strconv.Atoi(string(table[i+1]))
		to := len(plain) - first
		if i+3 < len(table) {
			if n, err := strconv.Atoi(string(table[i+3])); err == nil {
				to = n
			}
		}
		if err == nil && 0 <= from && from <= to && to <= len(plain)-first {
			pdfDict(plain[first+from:first+to], b)
		}
	}
}

// pdfString reads a string, which is (text) or <hex>, in UTF-16 or one byte a
// character.
func pdfString(p []byte) string {
	var out []byte
	if len(p) > 0 && p[0] == '<' {
		end := bytes.IndexByte(p, '>')
		if end < 0 {
			return ""
		}
		digits := bytes.Join(bytes.Fields(p[1:end]), nil)
		if len(digits)%2 == 1 {
			digits = append(digits, '0')
		}
		out = make([]byte, len(digits)/2)
		n, _ := hex.Decode(out, digits)
		out = out[:n]
	} else {
		out = pdfLiteral(p)
	}
	switch {
	case bytes.HasPrefix(out, []byte("\xfe\xff")):
		var u []uint16
		for out = out[2:]; len(out) >= 2; out = out[2:] {
			u = append(u, binary.BigEndian.Uint16(out))
		}
		return string(utf16.Decode(u))
	case bytes.HasPrefix(out, []byte("\xef\xbb\xbf")):
		return string(out[3:])
	}
	runes := make([]rune, len(out))
	for i, c := range out {
		runes[i] = rune(c)
	}
	return string(runes)
}

// pdfLiteral reads (text) with its escapes.
func pdfLiteral(p []byte) []byte {
	var out []byte
	depth := 0
	for i := 0; i < len(p) && len(out) < 1024; i++ {
		c := p[i]
		switch {
		case c == '(':
			if depth++; depth == 1 {
				continue
			}
		case c == ')':
			if depth--; depth == 0 {
				return out
			}
		case c == '\\' && i+1 < len(p):
			i++
			c = p[i]
			if '0' <= c && c <= '7' {
				n := 0
				for k := 0; k < 3 && i < len(p) && '0' <= p[i] && p[i] <= '7'; k++ {
					n = n*8 + int(p[i]-'0')
					i++
				}
				i--
				c = byte(n)
			} else if c == '\n' || c == '\r' {
				continue
			}
		}
		out = append(out, c)
	}
	return out
}
