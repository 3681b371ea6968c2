package catalog

import (
	"context"
	"database/sql"

	"github.com/pressly/goose/v3"
)

// engine is what differs between the databases that a catalogue may be in.
// Statements are written with "?" for their arguments.
type engine interface {
	name() string
	migration() (goose.Dialect, []goose.ProviderOption)
	// rebind writes a statement as the database takes it.
	rebind(query string) string
	// path is a path or directory as an argument.
	path(p string) any
	// lock keeps other writers of a place away until the transaction ends.
	lock(ctx context.Context, tx *sql.Tx, place int64) error
	// highest is what ids needs.
	highest(ctx context.Context, tx *sql.Tx, firsts []int64) (map[int64]int64, error)
	// flush carries out what a writer has collected.
	flush(ctx context.Context, tx *sql.Tx, place int64, f flush) error
	// search calls yield for the rows that are asked for, the newest first.
	search(ctx context.Context, c *Catalog, a ask, yield func(Entry) error) error
	// count counts them, up to most.
	count(ctx context.Context, c *Catalog, a ask, most int) (int, error)
	// settle is called after many rows were added.
	settle(ctx context.Context, db *sql.DB)
	// failure words an error of the database; nil stays nil.
	failure(err error) error
}

// ask is what an engine looks for: present rows of a place.
type ask struct {
	tokens   []string // all are indexed for the row (see words.go)
	from, to int64    // ids
	first    int      // how many hits are wanted soon; 0: all
	check    bool     // not every row is a hit
}

// flush is what becomes of rows in one transaction.
type flush struct {
	gone    []Entry // rows that go, by their ids
	changed []*row  // rows that are new or changed
}

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func (c *Catalog) rows(ctx context.Context, q querier, query string, args ...any) (*sql.Rows, error) {
	return q.QueryContext(ctx, c.engine.rebind(query), args...) //nolint:rowserrcheck // by collect
}

func (c *Catalog) row(ctx context.Context, q querier, query string, args ...any) *sql.Row {
	return q.QueryRowContext(ctx, c.engine.rebind(query), args...)
}

func (c *Catalog) exec(ctx context.Context, q querier, query string, args ...any) error {
	_, err := q.ExecContext(ctx, c.engine.rebind(query), args...)
	return err
}
