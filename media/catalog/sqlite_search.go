package catalog

import (
	"context"
	"strings"
)

// The index gives its rows in the order of their ids, whatever is asked: the
// newest come first without sorting, and a search that stops has cost no more
// than what it took.

// where is the table or index to be read and its condition; m are the rows of
// media where rows says so.
func (inFile) where(a ask, rows bool) (from string, args []any) {
	if len(a.tokens) == 0 {
		from, args = `media m WHERE m.present AND m.id BETWEEN ? AND ?`, []any{a.from, a.to}
	} else {
		join := ""
		if rows {
			join = ` CROSS JOIN media m ON m.id = w.rowid`
		}
		from = `words w` + join + ` WHERE words MATCH ? AND w.rowid BETWEEN ? AND ?`
		args = []any{`"` + strings.Join(a.tokens, `" AND "`) + `"`, a.from, a.to}
	}
	return from, args
}

func (f inFile) search(ctx context.Context, c *Catalog, a ask, yield func(Entry) error) error {
	if a.under != "" {
		small, err := f.small(ctx, c, a)
		if err != nil {
			return err
		}
		if small {
			return f.folder(ctx, c, a, yield)
		}
	}
	from, args := f.where(a, true)
	if a.under != "" {
		from, args = from+` AND m.path >= ? AND m.path < ?`, append(args, a.under, beyond(a.under))
	}
	order := ` ORDER BY m.id DESC`
	if len(a.tokens) > 0 {
		order = ` ORDER BY w.rowid DESC`
	}
	rows, err := c.db.QueryContext(ctx, `SELECT `+columns+` FROM `+from+order, args...)
	return collect(rows, err, yield)
}

func (f inFile) count(ctx context.Context, c *Catalog, a ask, most int) (n int, err error) {
	from, args := f.where(a, false)
	err = c.db.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM `+from+` LIMIT ?)`, append(args, most)...).Scan(&n)
	return n, err
}

// smallFolder is up to how many files the rows of a folder are looked at one by
// one: among a million others the index would give many that lie elsewhere.
const smallFolder = 1000

func (inFile) small(ctx context.Context, c *Catalog, a ask) (bool, error) {
	var n int
	err := c.db.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM media m WHERE m.place = ? AND m.path >= ? AND m.path < ? LIMIT ?)`,
		a.place, a.under, beyond(a.under), smallFolder+1).Scan(&n)
	return n <= smallFolder, err
}

// folder searches a small folder.
func (inFile) folder(ctx context.Context, c *Catalog, a ask, yield func(Entry) error) error {
	rows, err := c.db.QueryContext(ctx, `SELECT `+columns+` FROM media m INDEXED BY media_path
		WHERE m.place = ? AND m.path >= ? AND m.path < ? AND m.present AND m.id BETWEEN ? AND ? ORDER BY m.id DESC`,
		a.place, a.under, beyond(a.under), a.from, a.to)
	return collect(rows, err, func(e Entry) error {
		if !e.indexedUnder(a.tokens) {
			return nil
		}
		return yield(e)
	})
}
