package catalog

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mediadock/mediadock/media/sheet"
)

// Noted is what people wrote about one file, on its way out of a catalogue and
// into another. A nil part says nothing.
type Noted struct {
	Path    string    `json:"path"`
	Alt     *string   `json:"alt,omitempty"`
	Tags    *[]string `json:"tags,omitempty"`
	Creator *string   `json:"creator,omitempty"`
	AltMark *string   `json:"alt_mark,omitempty"`
	// Private is what was decided when the file was uploaded.
	Private *Decided `json:"private_data,omitempty"`
}

// MostNotes bounds a file of notes that may be written over.
const MostNotes = 64 << 20

// Noted is what people wrote about the file.
func (e Entry) Noted() Noted {
	tags := e.Tags
	if tags == nil {
		tags = []string{}
	}
	n := Noted{Path: e.Path, Alt: &e.Alt, Tags: &tags, Creator: &e.Creator}
	if e.AltMark != "" {
		n.AltMark = &e.AltMark
	}
	if !e.Private.Empty() {
		n.Private = &e.Private
	}
	return n
}

// Notes calls yield, in the order of paths, for every file that somebody wrote
// or decided something about, and with all for every other present file as well.
func (p *Place) Notes(ctx context.Context, all bool, yield func(Noted) error) error {
	where := `(m.edited > 0 OR m.privacy <> '')`
	if all {
		where = `(m.present OR m.edited > 0 OR m.privacy <> '')`
	}
	return p.inOrder(ctx, where, func(e Entry) error {
		n := e.Noted()
		if !all && e.Edited.IsZero() { // nobody wrote that it has no alt text
			n = Noted{Path: e.Path, Private: n.Private}
		}
		return yield(n)
	})
}

// Taken says what became of the notes that were to be taken in.
type Taken struct {
	Changed, Same int
	// Unknown are paths that are not in the bucket as far as the catalogue
	// knows. What was written about them is kept for when they come.
	Unknown []string
}

// TakeNotes takes notes in, all of them or, where one cannot be written, none.
// dry finds out what would happen and changes nothing.
func (p *Place) TakeNotes(ctx context.Context, notes []Noted, dry bool) (Taken, error) {
	var t Taken
	err := p.write(ctx, func(w *writer) error {
		for batch := range slices.Chunk(notes, mostMarks) {
			paths := make([]string, len(batch))
			for i, n := range batch {
				paths[i] = n.Path
			}
			if err := w.load(ctx, paths...); err != nil {
				return err
			}
		}
		for _, n := range notes {
			before, known := w.find(n.Path)
			if !known || !before.Present {
				t.Unknown = append(t.Unknown, n.Path)
			}
			e, changed := before.taking(n)
			if !changed {
				t.Same++
				continue
			}
			t.Changed++
			w.put(e)
		}
		if dry {
			return errDry
		}
		return nil
	})
	if dry && errors.Is(err, errDry) {
		err = nil
	}
	return t, err
}

// taking is the entry as a note makes it; changed is false where it says nothing
// else. Of two decisions the later one holds.
func (e Entry) taking(n Noted) (out Entry, changed bool) {
	e.Path = n.Path
	out = e.With(Edit{Alt: n.Alt, Tags: n.Tags, Creator: n.Creator, AltMark: n.AltMark})
	if changed = !sameDetails(out.Details, e.Details); !changed {
		out = e
	}
	if n.Private != nil && n.Private.after(e.Private) {
		out.Private, changed = *n.Private, true
	}
	return out, changed
}

var errDry = errors.New("catalog: nothing is to be changed")

// header are the columns of the CSV.
var header = []string{"path", "alt", "tags", "creator", "alt_mark", "private_data", "private_data_at"}

// WriteCSV writes notes as CSV for spreadsheets: marked, with the mark that
// makes them read UTF-8, tags parted by commas, and a quote before cells that a
// spreadsheet would take for a formula. The returned functions write a row and
// end the file.
func WriteCSV(w io.Writer, marked bool) (row func(Noted) error, end func() error) {
	begun := false
	out := csv.NewWriter(w)
	begin := func() error {
		if begun {
			return nil
		}
		begun = true
		if marked {
			if _, err := io.WriteString(w, "\uFEFF"); err != nil {
				return err
			}
		}
		return out.Write(header)
	}
	row = func(n Noted) error {
		if err := begin(); err != nil {
			return err
		}
		cells := []string{n.Path, deref(n.Alt), strings.Join(deref(n.Tags), ", "), deref(n.Creator), deref(n.AltMark)}
		for i := range cells {
			cells[i] = sheet.Cell(cells[i])
		}
		return out.Write(append(cells, deref(n.Private).cells()...))
	}
	return row, func() error {
		if err := begin(); err != nil {
			return err
		}
		out.Flush()
		return out.Error()
	}
}

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// FileError says what is wrong with a file of notes.
type FileError struct {
	// Code is "empty", "syntax", "no-path" (no column or field of that name),
	// "column" (a column that is not known), "path" (a row without one), "mark" (an alt_mark that there is not),
	// "private" (private_data that are not as they are written),
	// "twice" (a path that came before) or "encoding" (not UTF-8).
	Code   string
	Line   int // counted from 1; 0 where there is none
	Detail string
}

func (e *FileError) Error() string {
	return fmt.Sprintf("catalog: notes: %s (line %d) %s", e.Code, e.Line, e.Detail)
}

// ReadNotes reads CSV or JSON as written by WriteCSV and WriteJSON; which one
// it is, is told by the first character. The CSV may have any of the columns,
// in any order, but path; an empty cell says nothing. The error is a
// *FileError, or the reader's.
func ReadNotes(r io.Reader) ([]Noted, error) {
	in := bufio.NewReader(r)
	if mark, err := in.Peek(3); err == nil && string(mark) == "\uFEFF" {
		_, _ = in.Discard(3)
	}
	first, err := firstByte(in)
	switch {
	case errors.Is(err, io.EOF):
		return nil, &FileError{Code: "empty"}
	case err != nil:
		return nil, err
	case first == '{':
		return readJSON(in)
	}
	return readCSV(in)
}

func firstByte(in *bufio.Reader) (byte, error) {
	for {
		b, err := in.ReadByte()
		if err != nil {
			return 0, err
		}
		if !bytes.ContainsRune([]byte(" \t\r\n"), rune(b)) {
			return b, in.UnreadByte()
		}
	}
}

func readCSV(r io.Reader) ([]Noted, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	in.ReuseRecord = true
	at := map[string]int{}
	var notes []Noted
	seen := map[string]bool{}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return notes, nil
		}
		line, _ := in.FieldPos(0)
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return nil, &FileError{Code: "syntax", Line: bad.Line, Detail: bad.Err.Error()}
		}
		if err != nil {
			return nil, err
		}
		// Spreadsheets save CSV in the encoding of the system (Shift_JIS) or
		// UTF-16 unless they are told otherwise.
		if slices.ContainsFunc(row, func(cell string) bool { return !utf8.ValidString(cell) || strings.Contains(cell, "\x00") }) {
			return nil, &FileError{Code: "encoding", Line: line}
		}
		if !slices.ContainsFunc(row, func(cell string) bool { return cell != "" }) {
			continue // spreadsheets save rows of nothing
		}
		if len(at) == 0 {
			if at, err = columnsOf(row); err != nil {
				return nil, err
			}
			continue
		}
		get := func(name string) *string {
			i, ok := at[name]
			if !ok || i >= len(row) || row[i] == "" {
				return nil
			}
			v := sheet.Bare(strings.Clone(row[i]))
			return &v
		}
		n := Noted{Path: deref(get("path")), Alt: get("alt"), Creator: get("creator"), AltMark: get("alt_mark")}
		if tags := get("tags"); tags != nil {
			list := CleanTags([]string{*tags})
			n.Tags = &list
		}
		if n.Private, err = decidedIn(deref(get("private_data")), deref(get("private_data_at"))); err != nil {
			return nil, &FileError{Code: "private", Line: line, Detail: strings.TrimSpace(deref(get("private_data")) + " " + deref(get("private_data_at")))}
		}
		if notes, err = appendNote(notes, n, line, seen); err != nil {
			return nil, err
		}
	}
}

func columnsOf(row []string) (map[string]int, error) {
	at := map[string]int{}
	for i, name := range row {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(header, name) {
			return nil, &FileError{Code: "column", Line: 1, Detail: strings.Clone(name)}
		}
		at[name] = i
	}
	if _, ok := at["path"]; !ok {
		return nil, &FileError{Code: "no-path", Line: 1}
	}
	return at, nil
}

func appendNote(notes []Noted, n Noted, line int, seen map[string]bool) ([]Noted, error) {
	switch {
	case n.Path == "":
		return nil, &FileError{Code: "path", Line: line}
	case n.AltMark != nil && *n.AltMark != MarkDecorative && *n.AltMark != MarkChecked && *n.AltMark != "":
		return nil, &FileError{Code: "mark", Line: line, Detail: *n.AltMark}
	case n.Private != nil && !n.Private.Valid():
		return nil, &FileError{Code: "private", Line: line, Detail: n.Private.String()}
	case seen[n.Path]:
		return nil, &FileError{Code: "twice", Line: line, Detail: n.Path}
	}
	seen[n.Path] = true
	return append(notes, n), nil
}

// jsonNotes is the JSON form.
type jsonNotes struct {
	Version int     `json:"version"`
	Media   []Noted `json:"media"`
}

// WriteJSON writes notes as one JSON document, however many there are. The
// returned functions write a row and end the document.
func WriteJSON(w io.Writer) (row func(Noted) error, end func() error) {
	const head, indent = "{\n  \"version\": 1,\n  \"media\": [", "    "
	var one bytes.Buffer
	in := json.NewEncoder(&one)
	in.SetEscapeHTML(false)
	in.SetIndent(indent, "  ")
	begun := false
	row = func(n Noted) error {
		one.Reset()
		before := ",\n"
		if !begun {
			before = head + "\n"
		}
		one.WriteString(before + indent)
		if err := in.Encode(n); err != nil {
			return err
		}
		begun = true
		_, err := w.Write(bytes.TrimRight(one.Bytes(), "\n"))
		return err
	}
	return row, func() error {
		foot := "\n  ]\n}\n"
		if !begun {
			foot = head + "]\n}\n"
		}
		_, err := io.WriteString(w, foot)
		return err
	}
}

func readJSON(r io.Reader) ([]Noted, error) {
	var doc jsonNotes
	in := json.NewDecoder(r)
	in.DisallowUnknownFields()
	if err := in.Decode(&doc); err != nil {
		return nil, &FileError{Code: "syntax", Detail: err.Error()}
	}
	if doc.Version != 1 {
		return nil, &FileError{Code: "syntax", Detail: fmt.Sprintf("version %d", doc.Version)}
	}
	var notes []Noted
	seen := map[string]bool{}
	for _, n := range doc.Media {
		if n.Tags != nil {
			list := CleanTags(*n.Tags)
			n.Tags = &list
		}
		var err error
		if notes, err = appendNote(notes, n, 0, seen); err != nil {
			return nil, err
		}
	}
	return notes, nil
}
