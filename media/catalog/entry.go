package catalog

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"
)

// Object is what a listing tells of a file.
type Object struct {
	Path     string // relative to the place
	Size     int64
	Modified time.Time
	ETag     string // without quotes
}

// Details are what people wrote about a file (M31 to M33).
type Details struct {
	Alt     string
	Tags    []string // sorted, each once
	Creator string
	AltMark string // MarkDecorative, MarkChecked or empty
}

// Entry is a file as the catalogue knows it.
type Entry struct {
	Object
	Details
	// Present is false for a file that was not in the bucket when it was last
	// looked at, and that somebody wrote or decided something about.
	Present bool
	// Edited is when somebody last wrote something; zero: never.
	Edited time.Time
	// Own is the ETag of what mediadock stored last, or of what somebody wrote
	// about; empty: not known. Where ETag is another, the file was changed
	// outside.
	Own string
	// Private is what became of what the file told beside its content.
	Private Decided

	id   int64
	gone int64 // when mediadock removed it, in milliseconds; 0: it did not
}

// noted tells whether the entry is more than a trace of a removed file.
func (e *Entry) noted() bool { return e.Present || e.kept() }

// kept tells whether it is kept when the file goes.
func (e *Entry) kept() bool { return !e.Edited.IsZero() || !e.Private.Empty() }

// columns are those of an Entry, in the order that scan reads.
const columns = `m.id, m.path, m.size, m.modified, m.etag, m.present, m.alt, m.tags, m.creator, m.edited, m.own, m.gone, m.alt_mark, m.privacy, m.privacy_at`

func scan(row interface{ Scan(...any) error }) (Entry, error) {
	var e Entry
	var modified, edited, decided int64
	var tags, private string
	var path []byte // names that are no text are bytes in PostgreSQL
	err := row.Scan(&e.id, &path, &e.Size, &modified, &e.ETag, &e.Present, &e.Alt, &tags, &e.Creator, &edited, &e.Own, &e.gone, &e.AltMark, &private, &decided)
	e.Path = string(path)
	e.Modified, e.Edited, e.Private = timeOf(modified), timeOf(edited), decidedOf(private, decided)
	if tags != "" {
		e.Tags = strings.Split(tags, "\n")
	}
	return e, err
}

func timeOf(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func sameDetails(a, b Details) bool {
	return a.AltText() == b.AltText() && a.Creator == b.Creator && slices.Equal(a.Tags, b.Tags)
}

func collect(rows *sql.Rows, err error, yield func(Entry) error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		e, err := scan(rows)
		if err != nil {
			return err
		}
		if err := yield(e); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Get finds the files of these paths; those that the catalogue does not know
// are not in the answer.
func (p *Place) Get(ctx context.Context, paths ...string) (map[string]Entry, error) {
	found := make(map[string]Entry, len(paths))
	err := p.rowsOf(ctx, p.c.db, paths, func(e Entry) error {
		if e.noted() {
			found[e.Path] = e
		}
		return nil
	})
	if err != nil {
		return nil, p.c.engine.failure(err)
	}
	return found, nil
}

// mostMarks is how many values one statement is given.
const mostMarks = 500

// rowsOf calls yield for the rows of these paths, in no order.
func (p *Place) rowsOf(ctx context.Context, q querier, paths []string, yield func(Entry) error) error {
	for batch := range slices.Chunk(paths, mostMarks) {
		args := []any{p.id}
		for _, path := range batch {
			args = append(args, p.c.engine.path(path))
		}
		rows, err := p.c.rows(ctx, q, `SELECT `+columns+` FROM media m WHERE m.place = ? AND m.path IN (`+marks(len(batch))+`)`, args...)
		if err := collect(rows, err, yield); err != nil {
			return err
		}
	}
	return nil
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

// CleanTags brings tags to the form in which they are kept: without blanks
// around them, each once however it is written in capitals, sorted. A comma
// parts two tags.
func CleanTags(tags []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, given := range tags {
		for _, t := range strings.FieldsFunc(given, func(r rune) bool { return r == ',' || r == '、' || r == '，' }) {
			t = strings.Join(strings.Fields(clean(t)), " ") // a tag is one line
			if k := fold(t); t != "" && !seen[k] {
				seen[k] = true
				out = append(out, t)
			}
		}
	}
	slices.Sort(out)
	return out
}
