package alttext

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/media/sheet"
)

// Columns are those of the table that goes out. The revision tells on the way
// back whether somebody has changed the alt text meanwhile.
var Columns = []string{"path", "url", "alt", "mark", "reason", "revision"}

// accepted are the columns that a table may have on its way back; url and
// reason are for people, private_data are of a file that catalogue export wrote.
var accepted = append([]string{"tags", "creator", "alt_mark", "private_data", "private_data_at"}, Columns...)

// Revision names what an alt text and its mark are, in a form that no
// spreadsheet takes for a number.
func Revision(alt, mark string) string {
	sum := sha256.Sum256([]byte(alt + "\x00" + mark))
	return "r" + hex.EncodeToString(sum[:5])
}

// Row is one picture of a table that comes back. What is nil says nothing.
type Row struct {
	Line    int    `json:"-"` // in the file, from 1
	Path    string `json:"path"`
	Alt     *string
	Mark    *string // decorative, checked, or empty for neither
	Tags    *[]string
	Creator *string
	// Revision is what the picture had when the table went out; empty where
	// the table does not know.
	Revision string
	// Emptied tells that the table has the alt text's cell, with nothing in it.
	Emptied bool
}

// Table is a file of alt texts.
type Table struct {
	Rows []Row
	// Encoding is one of package sheet.
	Encoding string
}

// TableError says what is wrong with a file of alt texts.
type TableError struct {
	// Code is "empty", "too-long", "encoding", "syntax", "no-path" (no such
	// column), "column" (one that is not known), "column-twice", "path" (a row
	// without one), "twice" (a path that came before), "mark" (there is no
	// such), "both" (an alt text, and decorative) or "computed" (a spreadsheet
	// has put an error in place of the text).
	Code   string
	Line   int // from 1; 0 where there is none
	Detail string
}

func (e *TableError) Error() string {
	return fmt.Sprintf("alttext: %s (line %d) %s", e.Code, e.Line, e.Detail)
}

// ReadTable reads CSV as spreadsheets save it, or JSON as the export writes it;
// which one it is, is told by the first character. Either all rows are good or
// there is a *TableError, or the reader's error.
func ReadTable(r io.Reader) (Table, error) {
	data, encoding, err := sheet.Decode(r)
	switch {
	case errors.Is(err, sheet.ErrEncoding):
		return Table{}, &TableError{Code: "encoding"}
	case errors.Is(err, sheet.ErrTooLong):
		return Table{}, &TableError{Code: "too-long"}
	case err != nil:
		return Table{}, err
	}
	t := Table{Encoding: encoding}
	bare := bytes.TrimSpace(data)
	switch {
	case len(bare) == 0:
		return t, &TableError{Code: "empty"}
	case bare[0] == '{':
		err = t.readJSON(bare)
	default:
		err = t.readCSV(data)
	}
	return t, err
}

func (t *Table) readCSV(data []byte) error {
	in := sheet.Rows(data)
	in.ReuseRecord = true
	var at map[string]int
	seen := map[string]bool{}
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return &TableError{"syntax", bad.Line, bad.Err.Error()}
		}
		if err != nil {
			return err
		}
		line, _ := in.FieldPos(0)
		switch {
		case !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }):
			continue // spreadsheets save rows of nothing
		case at == nil:
			if at, err = columnsOf(cells, line); err != nil {
				return err
			}
			continue
		}
		row, err := rowOf(cells, at, line)
		if err == nil {
			err = t.add(row, seen)
		}
		if err != nil {
			return err
		}
	}
	if at == nil {
		return &TableError{Code: "empty"}
	}
	return nil
}

func columnsOf(cells []string, line int) (map[string]int, error) {
	at := map[string]int{}
	for i, name := range cells {
		name = strings.ToLower(strings.TrimSpace(strings.Clone(name)))
		if name == "" {
			continue // behind the last column, or a person's own notes
		}
		if !slices.Contains(accepted, name) {
			return nil, &TableError{"column", line, name}
		}
		if name == "alt_mark" {
			name = "mark"
		}
		if _, twice := at[name]; twice {
			return nil, &TableError{"column-twice", line, name}
		}
		at[name] = i
	}
	if _, ok := at["path"]; !ok {
		return nil, &TableError{Code: "no-path", Line: line}
	}
	return at, nil
}

func rowOf(cells []string, at map[string]int, line int) (Row, error) {
	get := func(name string) (string, bool) {
		i, ok := at[name]
		if !ok || i >= len(cells) {
			return "", ok
		}
		return sheet.Bare(strings.Clone(cells[i])), true
	}
	row := Row{Line: line}
	row.Path, _ = get("path")
	row.Revision, _ = get("revision")
	row.Revision = strings.TrimSpace(row.Revision)
	alt, has := get("alt")
	switch {
	case sheet.Computed(alt):
		return row, &TableError{"computed", line, alt}
	case alt != "":
		row.Alt = &alt
	default:
		row.Emptied = has
	}
	if mark, _ := get("mark"); strings.TrimSpace(mark) != "" {
		known, ok := markOf(mark)
		if !ok {
			return row, &TableError{"mark", line, mark}
		}
		row.Mark = &known
	}
	if tags, _ := get("tags"); tags != "" {
		row.Tags = &[]string{tags}
	}
	if creator, _ := get("creator"); creator != "" {
		row.Creator = &creator
	}
	return row, nil
}

// marks are the words for a mark that a table may have.
var marks = map[string]string{
	"decorative": decorative, "yes": decorative, "装飾": decorative, "装飾画像": decorative,
	"checked": checked, "ok": checked, "確認済み": checked, "確認済": checked,
	"none": "", "no": "", "なし": "",
}

func markOf(s string) (mark string, ok bool) {
	mark, ok = marks[strings.ToLower(strings.TrimSpace(s))]
	return mark, ok
}

// add takes a row in unless it says two things.
func (t *Table) add(row Row, seen map[string]bool) error {
	switch {
	case strings.TrimSpace(row.Path) == "":
		return &TableError{Code: "path", Line: row.Line}
	case seen[row.Path]:
		return &TableError{"twice", row.Line, row.Path}
	case row.Alt != nil && *row.Alt != "" && row.Mark != nil && *row.Mark == decorative:
		return &TableError{"both", row.Line, row.Path}
	}
	seen[row.Path] = true
	t.Rows = append(t.Rows, row)
	return nil
}

// Item is a picture in the JSON form of the table.
type Item struct {
	Path     string    `json:"path"`
	URL      string    `json:"url,omitempty"`
	Alt      *string   `json:"alt,omitempty"`
	Mark     *string   `json:"mark,omitempty"`
	Reasons  []string  `json:"reasons,omitempty"`
	Revision string    `json:"revision,omitempty"`
	Tags     *[]string `json:"tags,omitempty"`
	Creator  *string   `json:"creator,omitempty"`
	AltMark  *string   `json:"alt_mark,omitempty"` // as catalogue export writes it
	// Private is in what catalogue export writes, and nothing of alt texts.
	Private json.RawMessage `json:"private_data,omitempty"`
}

func (t *Table) readJSON(data []byte) error {
	var doc struct {
		Version int    `json:"version"`
		Media   []Item `json:"media"`
	}
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields()
	if err := in.Decode(&doc); err != nil {
		return &TableError{Code: "syntax", Detail: err.Error()}
	}
	if doc.Version != 1 {
		return &TableError{Code: "syntax", Detail: fmt.Sprintf("version %d", doc.Version)}
	}
	seen := map[string]bool{}
	for _, it := range doc.Media {
		row := Row{Path: it.Path, Alt: it.Alt, Tags: it.Tags, Creator: it.Creator, Revision: it.Revision}
		if it.Mark == nil {
			it.Mark = it.AltMark
		}
		if it.Mark != nil {
			mark, ok := markOf(*it.Mark)
			if !ok && *it.Mark != "" {
				return &TableError{Code: "mark", Detail: *it.Mark}
			}
			row.Mark = &mark
		}
		if err := t.add(row, seen); err != nil {
			return err
		}
	}
	return nil
}
