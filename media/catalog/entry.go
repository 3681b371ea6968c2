package catalog

import (
	"context"
	"database/sql"
	"errors"
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
	// looked at, and that somebody wrote something about.
	Present bool
	// Edited is when somebody last wrote something; zero: never.
	Edited time.Time

	id int64
}

// columns are those of an Entry, in the order that scan reads.
const columns = `m.id, m.path, m.size, m.modified, m.etag, m.present, m.alt, m.tags, m.creator, m.edited, m.alt_mark`

func scan(row interface{ Scan(...any) error }) (Entry, error) {
	var e Entry
	var modified, edited int64
	var tags string
	err := row.Scan(&e.id, &e.Path, &e.Size, &modified, &e.ETag, &e.Present, &e.Alt, &tags, &e.Creator, &edited, &e.AltMark)
	e.Modified, e.Edited = timeOf(modified), timeOf(edited)
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

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
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
	for batch := range slices.Chunk(paths, 500) {
		args := []any{p.id}
		for _, path := range batch {
			args = append(args, path)
		}
		marks := strings.TrimSuffix(strings.Repeat("?,", len(batch)), ",")
		rows, err := p.c.db.QueryContext(ctx, `SELECT `+columns+` FROM media m WHERE m.place = ? AND m.path IN (`+marks+`)`, args...)
		err = collect(rows, err, func(e Entry) error { found[e.Path] = e; return nil })
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// find is one file; ok is false where the catalogue does not know it.
func (p *Place) find(ctx context.Context, q querier, path string) (e Entry, ok bool, err error) {
	e, err = scan(q.QueryRowContext(ctx, `SELECT `+columns+` FROM media m WHERE m.place = ? AND m.path = ?`, p.id, path))
	if errors.Is(err, sql.ErrNoRows) {
		return Entry{}, false, nil
	}
	return e, err == nil, err
}

// CleanTags brings tags to the form in which they are kept: without blanks
// around them, each once however it is written in capitals, sorted. A comma
// parts two tags.
func CleanTags(tags []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, given := range tags {
		for _, t := range strings.FieldsFunc(given, func(r rune) bool { return r == ',' || r == '、' || r == '，' }) {
			t = strings.Join(strings.Fields(t), " ") // a tag is one line
			if k := fold(t); t != "" && !seen[k] {
				seen[k] = true
				out = append(out, t)
			}
		}
	}
	slices.Sort(out)
	return out
}
