// Package sheet reads and writes CSV as spreadsheets do: in the encodings in
// which they save it, with cells that none of them takes for a formula.
package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// Most is the longest table that is read, in bytes.
const Most = 64 << 20

// Errors of Decode, beside the reader's.
var (
	ErrTooLong  = errors.New("sheet: the file is too long")
	ErrEncoding = errors.New("sheet: neither UTF-8, UTF-16 nor Shift_JIS")
)

// The encodings that are told apart.
const (
	UTF8     = "UTF-8"
	UTF16    = "UTF-16"
	ShiftJIS = "Shift_JIS"
)

// Rows reads the rows of a decoded table, with commas, semicolons or tabs
// between cells. Rows may have different lengths.
func Rows(text []byte) *csv.Reader {
	in := csv.NewReader(bytes.NewReader(text))
	in.FieldsPerRecord = -1
	in.Comma = separator(text)
	return in
}

// Decode is the text of a table in UTF-8, whatever it was saved in: UTF-8 with
// the mark at its beginning or without, UTF-16 with it, or Shift_JIS, as Excel
// saves CSV in Japanese.
func Decode(r io.Reader) (text []byte, encoding string, err error) {
	data, err := io.ReadAll(io.LimitReader(r, Most+1))
	switch {
	case err != nil:
		return nil, "", err
	case len(data) > Most:
		return nil, "", ErrTooLong
	}
	return decode(data)
}

func decode(data []byte) (text []byte, encoding string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		text, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		encoding = UTF16
	case utf8.Valid(data):
		text, encoding = bytes.TrimPrefix(data, []byte("\uFEFF")), UTF8
	default:
		text, err = japanese.ShiftJIS.NewDecoder().Bytes(data)
		encoding = ShiftJIS
		if err == nil && bytes.ContainsRune(text, utf8.RuneError) {
			err = ErrEncoding
		}
	}
	if err != nil || bytes.IndexByte(text, 0) >= 0 {
		return nil, "", ErrEncoding
	}
	return text, encoding, nil
}

// separator is what parts the cells of the first line.
func separator(data []byte) rune {
	first, _, _ := bytes.Cut(bytes.TrimLeft(data, "\r\n"), []byte("\n"))
	best, most := ',', bytes.Count(first, []byte(","))
	for _, c := range ";\t" {
		if n := bytes.Count(first, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

// Writer writes rows. Close it: it begins a file for spreadsheets also where
// there is no row.
type Writer struct {
	to    io.Writer
	out   *csv.Writer
	begun bool
}

// NewWriter writes to w as rows come. With marked it begins with the mark that
// makes spreadsheets read UTF-8, which other programs take for a part of the
// first cell.
func NewWriter(w io.Writer, marked bool) *Writer {
	return &Writer{to: w, out: csv.NewWriter(w), begun: !marked}
}

// Row writes a row of cells, each as Cell has it.
func (w *Writer) Row(cells ...string) error {
	if err := w.begin(); err != nil {
		return err
	}
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = Cell(c)
	}
	return w.out.Write(row)
}

// Close writes what is left; it closes no file.
func (w *Writer) Close() error {
	if err := w.begin(); err != nil {
		return err
	}
	w.out.Flush()
	return w.out.Error()
}

func (w *Writer) begin() error {
	if w.begun {
		return nil
	}
	w.begun = true
	_, err := io.WriteString(w.to, "\uFEFF")
	return err
}

// formula begins what a spreadsheet would compute.
const formula = "=+-@\t\r"

// Cell is a text as a cell that no spreadsheet takes for a formula: with a
// quote before what begins like one.
func Cell(s string) string {
	// A quote of its own is doubled in meaning, so that Bare gives it back.
	if s != "" && (strings.ContainsRune(formula, rune(s[0])) || s[0] == '\'') {
		return "'" + s
	}
	return s
}

// Bare takes back what Cell has put before a text.
func Bare(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && rest != "" && (strings.ContainsRune(formula, rune(rest[0])) || rest[0] == '\'') {
		return rest
	}
	return s
}

// Computed tells whether a cell is what a spreadsheet shows in the place of a
// text that it took for a formula.
func Computed(s string) bool {
	switch strings.TrimSpace(s) {
	case "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "#ERROR!", "#SPILL!":
		return true
	}
	return false
}
