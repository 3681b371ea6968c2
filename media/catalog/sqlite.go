package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"
)

// ErrBusy is returned where another process kept the file busy for too long.
var ErrBusy = errors.New("catalog: another process keeps the catalogue busy")

// busy is how long a write waits for another process's. Tests set it.
var busy = 10 * time.Second

// openFile opens the catalogue in a file, making it and its directory (0600,
// 0700) where there is none.
func openFile(ctx context.Context, file string) (*Catalog, error) {
	file, err := filepath.Abs(file) // SQLite knows names that are no files, as ":memory:"
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	// SQLite gives the files beside it (-wal, -shm) the mode of this one.
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", dsn(file))
	if err != nil {
		return nil, err
	}
	c := &Catalog{db: db, engine: inFile{}}
	if err := c.makeReady(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", file, err), db.Close())
	}
	return c, nil
}

// makeReady is migrate, again where another process is at it: SQLite does not
// wait for that one while it changes how the file is written.
func (c *Catalog) makeReady(ctx context.Context) error {
	for begin := time.Now(); ; {
		err := c.engine.failure(c.migrate(ctx))
		if !errors.Is(err, ErrBusy) || time.Since(begin) > busy {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func dsn(file string) string {
	q := url.Values{}
	q.Add("_txlock", "immediate") // a write that has begun never has to start again
	for _, pragma := range []string{
		fmt.Sprintf("busy_timeout(%d)", busy.Milliseconds()),
		"journal_mode(WAL)", "journal_size_limit(67108864)", "synchronous(NORMAL)", "foreign_keys(1)", "temp_store(MEMORY)",
	} {
		q.Add("_pragma", pragma)
	}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(file), RawQuery: q.Encode()}).String()
}

// inFile is SQLite. Writers of one file wait for one another from their
// beginning (_txlock), so that a place needs no lock of its own.
type inFile struct{}

func (inFile) name() string { return "sqlite" }
func (inFile) migration() (goose.Dialect, []goose.ProviderOption) {
	return goose.DialectSQLite3, nil
}
func (inFile) rebind(query string) string                 { return query }
func (inFile) path(p string) any                          { return p }
func (inFile) lock(context.Context, *sql.Tx, int64) error { return nil }

func (inFile) settle(context.Context, *sql.DB) {}

func (inFile) failure(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) && (e.Code()&0xff == sqlitelib.SQLITE_BUSY || e.Code()&0xff == sqlitelib.SQLITE_LOCKED) {
		return fmt.Errorf("%w: %w", ErrBusy, err)
	}
	return err
}

func (inFile) highest(ctx context.Context, tx *sql.Tx, firsts []int64) (map[int64]int64, error) {
	stmt, err := tx.PrepareContext(ctx, `SELECT max(id) FROM media WHERE id BETWEEN ? AND ?`)
	if err != nil {
		return nil, err
	}
	defer stmt.Close()
	used := map[int64]int64{}
	for _, first := range firsts {
		var id sql.NullInt64
		if err := stmt.QueryRowContext(ctx, first, first|(1<<numberBits-1)).Scan(&id); err != nil {
			return nil, err
		}
		if id.Valid {
			used[first] = id.Int64
		}
	}
	return used, nil
}

func (inFile) flush(ctx context.Context, tx *sql.Tx, place int64, f flush) error {
	// FTS5 flushes whenever a rowid is not greater than the one before, so its
	// rows go and come in the order of their ids.
	out, in := map[int64]bool{}, map[int64]string{}
	for _, e := range f.gone {
		if _, err := tx.ExecContext(ctx, `DELETE FROM media WHERE id = ?`, e.id); err != nil {
			return err
		}
		if e.Present {
			out[e.id] = true
		}
	}
	insert, err := tx.PrepareContext(ctx, `INSERT INTO media (id, place, path, size, modified, etag, present, alt, tags, creator, edited, own, gone, alt_mark, privacy, privacy_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (place, path) DO UPDATE SET id = excluded.id, size = excluded.size, modified = excluded.modified, etag = excluded.etag,
			present = excluded.present, alt = excluded.alt, tags = excluded.tags, creator = excluded.creator, edited = excluded.edited,
			own = excluded.own, gone = excluded.gone, alt_mark = excluded.alt_mark, privacy = excluded.privacy, privacy_at = excluded.privacy_at`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, r := range f.changed {
		e := r.now
		private, decided := e.Private.columns()
		_, err := insert.ExecContext(ctx, e.id, place, e.Path, e.Size, millis(e.Modified), e.ETag, e.Present,
			e.Alt, strings.Join(e.Tags, "\n"), e.Creator, millis(e.Edited), e.Own, e.gone, e.AltMark, private, decided)
		if err != nil {
			return err
		}
		takeOut, putIn := r.reindex()
		if takeOut {
			out[r.was.id] = true
		}
		if putIn {
			in[e.id] = e.words()
		}
	}
	if err := eachID(ctx, tx, `DELETE FROM words WHERE rowid = ?`, maps.Keys(out), func(id int64) []any { return []any{id} }); err != nil {
		return err
	}
	return eachID(ctx, tx, `INSERT INTO words (rowid, t) VALUES (?, ?)`, maps.Keys(in), func(id int64) []any { return []any{id, in[id]} })
}

// eachID carries out a statement for each id, in order.
func eachID(ctx context.Context, tx *sql.Tx, query string, ids iter.Seq[int64], args func(id int64) []any) error {
	stmt, err := tx.PrepareContext(ctx, query)
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, id := range slices.Sorted(ids) {
		if _, err := stmt.ExecContext(ctx, args(id)...); err != nil {
			return err
		}
	}
	return nil
}
