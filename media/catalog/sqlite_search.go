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
	from, args := f.where(a, true)
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
