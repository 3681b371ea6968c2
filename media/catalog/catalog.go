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
	"sync/atomic"

	"github.com/pressly/goose/v3"
)

// ErrNewer is returned by Open for a catalogue that a newer mediadock has
// written. It is left as it is.
var ErrNewer = errors.New("catalog: the catalogue was written by a newer version")

//go:embed migrations/*/*.sql
var migrations embed.FS

// Catalog is an open catalogue. It is safe for concurrent use, also by several
// processes on one file.
type Catalog struct {
	db     *sql.DB
	engine engine
}

// Open opens the catalogue: in the file of that name, or, where it is a URL of
// PostgreSQL (IsServer), on a server. What is not there is made, and brought to
// the current schema. A file that is no catalogue is an error and is left as it
// is; one of a newer version is ErrNewer, one that others keep busy ErrBusy.
// Errors of a server are *ServerError.
func Open(ctx context.Context, where string) (*Catalog, error) {
	if IsServer(where) {
		return openServer(ctx, where)
	}
	return openFile(ctx, where)
}

func (c *Catalog) migrate(ctx context.Context) error {
	dir, err := fs.Sub(migrations, "migrations/"+c.engine.name())
	if err != nil {
		return err
	}
	dialect, options := c.engine.migration()
	p, err := goose.NewProvider(dialect, c.db, dir, options...)
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
	for {
		if _, err = p.Up(ctx); err == nil {
			return nil
		}
		// Another process may make the file ready at the same time: where it came
		// first with a step, the next ones are tried again.
		now, again := p.GetDBVersion(ctx)
		switch {
		case again == nil && now == newest:
			return nil
		case again != nil || now <= have:
			return err
		}
		have = now
	}
}

// Close closes the file, or the connections to the server.
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
	c   *Catalog
	id  int64
	cut atomic.Int64 // how the words of its rows were cut (see words.go)
}

// mostPlaces is what fits into the ids (see order.go).
const mostPlaces = 1<<placeBits - 1

// Place opens the part for a place; the first use makes it.
func (c *Catalog) Place(ctx context.Context, k Key) (*Place, error) {
	var id, cut int64
	find := func() error {
		return c.row(ctx, c.db, `SELECT id, words FROM places WHERE partition = ? AND bucket = ? AND directory = ?`,
			k.Partition, k.Bucket, c.engine.path(k.Directory)).Scan(&id, &cut)
	}
	err := find()
	if errors.Is(err, sql.ErrNoRows) {
		err = c.exec(ctx, c.db, `INSERT INTO places (partition, bucket, directory, words) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			k.Partition, k.Bucket, c.engine.path(k.Directory), cutNow)
		if err == nil {
			err = find()
		}
	}
	if err == nil && id > mostPlaces {
		err = fmt.Errorf("catalog: no room for more than %d places", mostPlaces)
	}
	if err != nil {
		return nil, c.engine.failure(err)
	}
	p := &Place{c: c, id: id}
	p.cut.Store(cut)
	return p, nil
}

// within runs work in a write transaction.
func (c *Catalog) within(ctx context.Context, work func(tx *sql.Tx) error) error {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return c.engine.failure(err)
	}
	if err := work(tx); err != nil {
		_ = tx.Rollback() // the first error is the one that says why
		return c.engine.failure(err)
	}
	return c.engine.failure(tx.Commit())
}
