package catalog

import (
	"context"
	"errors"
	"slices"
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

// refreshOverlap is how long before a Refresh something may have been stored
// that its listing need not have: times are cut to seconds.
const refreshOverlap = time.Second

// Refresh compares the catalogue with a whole listing of the place, in the
// order of keys, and takes over what is new, changed or gone. What people wrote
// is kept, also about files that are gone. Each batch is a transaction: after a
// cancellation what was compared stays compared. What was stored while the
// listing was read may be missing in it, and stays.
func (p *Place) Refresh(ctx context.Context, walk func(yield func(Object) error) error) (Refreshed, error) {
	r := &refresh{p: p, since: time.Now().Add(-refreshOverlap), anew: p.cut.Load() != cutNow}
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
		err = p.c.engine.failure(p.c.exec(ctx, p.c.db, `UPDATE places SET refreshed = ?, files = ?, words = ? WHERE id = ?`, time.Now().UnixMilli(), r.Files, cutNow, p.id))
	}
	if err == nil {
		p.cut.Store(cutNow)
	}
	if err == nil && (r.Added > refreshBatch || r.anew) {
		p.c.engine.settle(ctx, p.c.db)
	}
	return r.Refreshed, err
}

// Refreshed tells when a Refresh last went through (zero: never) and how many
// files it found.
func (p *Place) Refreshed(ctx context.Context) (at time.Time, files int, err error) {
	var ms int64
	err = p.c.row(ctx, p.c.db, `SELECT refreshed, files FROM places WHERE id = ?`, p.id).Scan(&ms, &files)
	return timeOf(ms), files, p.c.engine.failure(err)
}

type refresh struct {
	Refreshed
	p     *Place
	since time.Time // when the listing was begun, or a little before
	anew  bool      // the words of all rows are to be cut anew
	batch []Object
	begun bool   // upTo is set
	upTo  string // the last path that was compared
}

// compare brings the rows between the last path compared and the end of the
// batch in line with it; at the end of the listing, all further rows. However
// many those are, memory holds one batch of them at a time.
func (r *refresh) compare(ctx context.Context, end bool) error {
	for done := false; !done; {
		err := r.p.write(ctx, func(w *writer) (err error) {
			done, err = r.step(ctx, w, end)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// step compares up to refreshBatch rows with the objects that belong to them;
// done tells that these were the last of this batch.
func (r *refresh) step(ctx context.Context, w *writer, end bool) (done bool, err error) {
	old, last, err := r.rows(ctx, w, end)
	if err != nil {
		return false, err
	}
	n := len(r.batch)
	if done = len(old) < refreshBatch; !done {
		// The first that is behind the last row.
		n, _ = slices.BinarySearchFunc(r.batch, last, func(o Object, path string) int {
			if o.Path <= path {
				return -1
			}
			return 1
		})
	} else if n > 0 {
		last = r.batch[n-1].Path
	}
	for _, o := range r.batch[:n] {
		e, known := old[o.Path]
		delete(old, o.Path)
		if known && r.removed(e, o) {
			continue
		}
		switch changed := w.saw(o); {
		case changed && known && e.Present:
			r.Changed++
		case changed:
			r.Added++
		}
	}
	for _, e := range old {
		if r.meanwhile(e) {
			continue
		}
		if e.Present {
			r.Gone++
		}
		w.drop(e.Path)
	}
	r.Files += n
	if n > 0 || !done {
		r.upTo, r.begun = last, true
	}
	r.batch = append(r.batch[:0], r.batch[n:]...)
	return done || !end && len(r.batch) == 0, nil
}

// meanwhile tells whether a file was stored while the listing was read. Of one
// that is said to be of the future nothing can be told.
func (r *refresh) meanwhile(e Entry) bool {
	return !e.Modified.Before(r.since) && !e.Modified.After(time.Now())
}

// removed tells whether mediadock took a file away while the listing, which
// has it still, was read; one that was stored again after that is there.
func (r *refresh) removed(e Entry, o Object) bool {
	return e.gone >= millis(r.since) && o.Modified.UnixMilli() < e.gone-refreshOverlap.Milliseconds()
}

// rows are the next that the batch is to be compared with, and the path of the
// last of them.
func (r *refresh) rows(ctx context.Context, w *writer, end bool) (old map[string]Entry, last string, err error) {
	query, args := `SELECT `+columns+` FROM media m WHERE m.place = ?`, []any{r.p.id}
	if r.begun {
		query, args = query+` AND m.path > ?`, append(args, r.p.c.engine.path(r.upTo))
	}
	if !end {
		query, args = query+` AND m.path <= ?`, append(args, r.p.c.engine.path(r.batch[len(r.batch)-1].Path))
	}
	old = map[string]Entry{}
	rows, err := r.p.c.rows(ctx, w.tx, query+` ORDER BY m.path LIMIT ?`, append(args, refreshBatch)...)
	err = collect(rows, err, func(e Entry) error { old[e.Path], last = e, e.Path; w.hold(e); w.at(e.Path).anew = r.anew; return nil })
	return old, last, err
}
