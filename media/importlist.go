package media

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// ImportSource is a URL to import, and what the list says besides.
type ImportSource struct {
	URL string // as written
	// Path is where it is to go, relative to the folder of the import; one
	// that ends in a slash is a folder, and empty leaves the name to the URL.
	Path string
	Alt  string
	// Line is where in the list, from 1; 0 where there is no list.
	Line int
}

// MaxListBytes is the largest list that is read.
const MaxListBytes = 256 << 20

// ErrList says that a list cannot be read: neither lines of URLs nor a CSV
// file with a column "url".
var ErrList = errors.New("no list of URLs")

// ReadImportList reads a list: one URL a line, or CSV with the columns url
// and, if they are there, path and alt, in any order and with others between.
// Empty lines and lines that begin with "#" are passed over. Byte order marks,
// CRLF, UTF-16 and Shift_JIS, as spreadsheets write them, are read.
func ReadImportList(r io.Reader) ([]ImportSource, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxListBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxListBytes {
		return nil, ErrList
	}
	text, ok := decoded(data)
	if !ok {
		return nil, ErrList
	}
	if header, comma, ok := csvHeader(text); ok {
		return readImportCSV(text, header, comma)
	}
	var out []ImportSource
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		out = append(out, ImportSource{URL: unquoted(line), Line: n})
	}
	return out, nil
}

// decoded is the text of a file in one of the encodings that spreadsheets
// write, with line feeds alone.
func decoded(data []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		big := data[0] == 0xfe
		data = data[2:]
		units := make([]uint16, len(data)/2)
		for i := range units {
			units[i] = uint16(data[2*i]) | uint16(data[2*i+1])<<8
			if big {
				units[i] = units[i]<<8 | units[i]>>8
			}
		}
		data = []byte(string(utf16.Decode(units)))
	case !utf8.Valid(data):
		plain, err := japanese.ShiftJIS.NewDecoder().Bytes(data)
		if err != nil {
			return "", false
		}
		data = plain
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(data, 0) >= 0 {
		return "", false
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(data), "\r\n", "\n"), "\r", "\n"), true
}

// csvHeader finds the columns if the first line that is no comment names a
// column "url", and what separates them.
func csvHeader(text string) (header []string, comma rune, ok bool) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		for _, comma := range ",\t;" {
			r := csv.NewReader(strings.NewReader(line))
			r.Comma, r.LazyQuotes = comma, true
			row, err := r.Read()
			if err != nil {
				continue
			}
			for i := range row {
				row[i] = strings.ToLower(strings.TrimSpace(row[i]))
			}
			if slices.Contains(row, "url") {
				return row, comma, true
			}
		}
		return nil, 0, false
	}
	return nil, 0, false
}

func readImportCSV(text string, header []string, comma rune) ([]ImportSource, error) {
	r := csv.NewReader(bufio.NewReader(strings.NewReader(text)))
	r.Comma, r.Comment, r.FieldsPerRecord, r.LazyQuotes = comma, '#', -1, true
	if _, err := r.Read(); err != nil {
		return nil, ErrList
	}
	column := func(row []string, name string) string {
		if i := slices.Index(header, name); i >= 0 && i < len(row) {
			return strings.TrimSpace(bareCell(row[i]))
		}
		return ""
	}
	var out []ImportSource
	for {
		row, err := r.Read()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		s := ImportSource{URL: column(row, "url"), Path: column(row, "path"), Alt: column(row, "alt")}
		s.Line, _ = r.FieldPos(0)
		if s.URL == "" && s.Path == "" {
			continue
		}
		out = append(out, s)
	}
}

// unquoted takes the quotes off a URL that was copied with them.
func unquoted(s string) string {
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] || strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">") {
		return s[1 : len(s)-1]
	}
	return s
}

// bareCell takes off the quote that keeps a spreadsheet from taking a cell for
// a formula.
func bareCell(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune("=+-@", rune(s[1])) {
		return s[1:]
	}
	return s
}
