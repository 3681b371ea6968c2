// Package catalog is what the program knows about media beyond S3 (D4): alt
// text, tags and creator, and enough of the listing to search a million files
// at once. It is one SQLite file; the bucket stays the truth, and the file's
// listing is made again from it at any time (Refresh). What people wrote is
// never thrown away by that.
//
// The package knows neither S3 nor terminals. Journals, ledgers and transfers
// are not kept here.
package catalog

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver
)

// ErrNewer is returned by Open for a catalogue that a newer mediadock has
// written. It is left as it is.
var ErrNewer = errors.New("catalog: the catalogue was written by a newer version")

// busy is how long a write waits for another process's.
const busy = 10 * time.Second

//go:embed migrations/*.sql
var migrations embed.FS

// Catalog is an open catalogue. It is safe for concurrent use, also by several
// processes on one file.
type Catalog struct {
	db *sql.DB
}

// Open opens the catalogue in a file, making it and its directory (0600, 0700)
// where there is none, and brings it to the current schema. A file that is no
// catalogue is an error and is left as it is; one of a newer version is
// ErrNewer.
func Open(ctx context.Context, file string) (*Catalog, error) {
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
	c := &Catalog{db: db}
	if err := c.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", file, err), db.Close())
	}
	return c, nil
}

func dsn(file string) string {
	q := url.Values{}
	q.Add("_txlock", "immediate") // a write that has begun never has to start again
	for _, pragma := range []string{
		fmt.Sprintf("busy_timeout(%d)", busy.Milliseconds()),
		"journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(1)", "temp_store(MEMORY)",
	} {
		q.Add("_pragma", pragma)
	}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(file), RawQuery: q.Encode()}).String()
}

func (c *Catalog) migrate(ctx context.Context) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, c.db, dir)
	if err != nil {
		return err
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	sources := p.ListSources()
	newest := sources[len(sources)-1].Version
	switch {
	case have > newest:
		return ErrNewer
	case have == newest:
		return nil
	}
	if _, err = p.Up(ctx); err != nil {
		// Another process may have made the file ready at the same time.
		if have, again := p.GetDBVersion(ctx); again == nil && have == newest {
			return nil
		}
	}
	return err
}

// Close closes the file.
func (c *Catalog) Close() error { return c.db.Close() }

// Key says whose media are meant: not the name of a connection, which is one
// computer's word, but the place in AWS that it points to.
type Key struct {
	Partition string // "aws"
	Bucket    string
	Directory string // "media/", "media/env-.../", or empty
}

// Place is one place's part of the catalogue.
type Place struct {
	c  *Catalog
	id int64
}

// mostPlaces is what fits into the ids (see order.go).
const mostPlaces = 1<<placeBits - 1

// Place opens the part for a place; the first use makes it.
func (c *Catalog) Place(ctx context.Context, k Key) (*Place, error) {
	var id int64
	find := func() error {
		return c.db.QueryRowContext(ctx, `SELECT id FROM places WHERE partition = ? AND bucket = ? AND directory = ?`,
			k.Partition, k.Bucket, k.Directory).Scan(&id)
	}
	err := find()
	if errors.Is(err, sql.ErrNoRows) {
		_, err = c.db.ExecContext(ctx, `INSERT INTO places (partition, bucket, directory) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
			k.Partition, k.Bucket, k.Directory)
		if err == nil {
			err = find()
		}
	}
	if err == nil && id > mostPlaces {
		err = fmt.Errorf("catalog: no room for more than %d places", mostPlaces)
	}
	if err != nil {
		return nil, err
	}
	return &Place{c: c, id: id}, nil
}

// within runs work in a write transaction.
func (c *Catalog) within(ctx context.Context, work func(tx *sql.Tx) error) error {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := work(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
