package catalog

import (
	"context"
	"errors"
	"time"
)

// ErrOrder is returned by Refresh when a listing is not in the order of keys:
// what is missing in it could not be told from what comes later.
var ErrOrder = errors.New("catalog: the listing is not in the order of keys")

// Refreshed counts what a Refresh found.
type Refreshed struct {
	Files                int // in the bucket
	Added, Changed, Gone int
}

// refreshBatch is how many files are compared in one transaction: others can
// write in between, and memory stays small.
const refreshBatch = 5000

// Refresh compares the catalogue with a whole listing of the place, in the
// order of keys, and takes over what is new, changed or gone. What people wrote
// is kept, also about files that are gone. Each batch is a transaction: after a
// cancellation what was compared stays compared.
func (p *Place) Refresh(ctx context.Context, walk func(yield func(Object) error) error) (Refreshed, error) {
	r := &refresh{p: p}
	err := walk(func(o Object) error {
		if len(r.batch) > 0 && o.Path <= r.batch[len(r.batch)-1].Path || r.begun && o.Path <= r.upTo {
			return ErrOrder
		}
		r.batch = append(r.batch, o)
		if len(r.batch) < refreshBatch {
			return nil
		}
		return r.compare(ctx, false)
	})
	if err == nil {
		err = r.compare(ctx, true)
	}
	if err == nil {
		_, err = p.c.db.ExecContext(ctx, `UPDATE places SET refreshed = ?, files = ? WHERE id = ?`, time.Now().UnixMilli(), r.Files, p.id)
	}
	return r.Refreshed, err
}

// Refreshed tells when a Refresh last went through (zero: never) and how many
// files it found.
func (p *Place) Refreshed(ctx context.Context) (at time.Time, files int, err error) {
	var ms int64
	err = p.c.db.QueryRowContext(ctx, `SELECT refreshed, files FROM places WHERE id = ?`, p.id).Scan(&ms, &files)
	return timeOf(ms), files, err
}

type refresh struct {
	Refreshed
	p     *Place
	batch []Object
	begun bool   // upTo is set
	upTo  string // the last path that was compared
}

// compare brings the rows between the last path compared and the end of the
// batch in line with it; at the end of the listing, all further rows.
func (r *refresh) compare(ctx context.Context, end bool) error {
	return r.p.write(ctx, func(w *writer) error {
		old, err := r.rows(ctx, w.tx, end)
		if err != nil {
			return err
		}
		for _, o := range r.batch {
			e, known := old[o.Path]
			delete(old, o.Path)
			changed, err := w.saw(ctx, o, e, known)
			switch {
			case err != nil:
				return err
			case changed && known && e.Present:
				r.Changed++
			case changed:
				r.Added++
			}
		}
		for _, e := range old {
			if !e.Present {
				continue
			}
			r.Gone++
			if err := w.drop(ctx, e); err != nil {
				return err
			}
		}
		if n := len(r.batch); n > 0 {
			r.Files += n
			r.upTo, r.begun = r.batch[n-1].Path, true
			r.batch = r.batch[:0]
		}
		return nil
	})
}

// rows are those that the batch is to be compared with. At the end of the
// listing they are all that are left, which may be many: those that are gone.
func (r *refresh) rows(ctx context.Context, q querier, end bool) (map[string]Entry, error) {
	query, args := `SELECT `+columns+` FROM media m WHERE m.place = ?`, []any{r.p.id}
	if r.begun {
		query, args = query+` AND m.path > ?`, append(args, r.upTo)
	}
	if !end {
		query, args = query+` AND m.path <= ?`, append(args, r.batch[len(r.batch)-1].Path)
	}
	old := map[string]Entry{}
	rows, err := q.QueryContext(ctx, query, args...)
	err = collect(rows, err, func(e Entry) error { old[e.Path] = e; return nil })
	return old, err
}
