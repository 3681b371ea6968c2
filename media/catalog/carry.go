package catalog

import (
	"context"
	"errors"
)

// Keep says whose notes stay where two catalogues have different ones about a
// file.
type Keep string

// Ways to keep.
const (
	KeepNone   Keep = ""       // neither: nothing is carried
	KeepNewer  Keep = "newer"  // what was written later
	KeepSource Keep = "source" // what is carried
	KeepTarget Keep = "target" // what is there
)

// ErrConflicts is returned by Carry where both have notes about a file that
// differ, and it is not said which to keep. Nothing was changed.
var ErrConflicts = errors.New("catalog: both catalogues have different notes about some files")

// ErrUnverified is returned by Carry where what was carried cannot be read back
// as it was. The source is as before.
var ErrUnverified = errors.New("catalog: what was carried is not what arrived")

// Carried says what became of the files that a place knows more about than a
// listing tells.
type Carried struct {
	Files     int // in the source
	New       int // the target had no notes about them
	Same      int
	Conflicts int
	First     []string // a few of these conflicts
	Verified  int      // read back from the target, and right
}

// firstConflicts is how many are named.
const firstConflicts = 10

// Places are all places of the catalogue, in the order in which they came.
func (c *Catalog) Places(ctx context.Context) ([]Key, error) {
	rows, err := c.rows(ctx, c.db, `SELECT partition, bucket, directory FROM places ORDER BY id`)
	if err != nil {
		return nil, c.engine.failure(err)
	}
	defer rows.Close()
	var all []Key
	for rows.Next() {
		var k Key
		var dir []byte
		if err := rows.Scan(&k.Partition, &k.Bucket, &dir); err != nil {
			return nil, err
		}
		k.Directory = string(dir)
		all = append(all, k)
	}
	return all, c.engine.failure(rows.Err())
}

// worth are the rows that a listing does not bring back.
const worth = `(m.edited > 0 OR m.own <> '' OR m.privacy <> '')`

// Written counts the files that somebody wrote about.
func (p *Place) Written(ctx context.Context) (n int, err error) {
	err = p.c.row(ctx, p.c.db, `SELECT count(*) FROM media m WHERE m.place = ? AND m.edited > 0`, p.id).Scan(&n)
	return n, p.c.engine.failure(err)
}

// carryBatch is how many files are carried in one transaction.
const carryBatch = 1000

// Carry copies what people wrote and decided, and which files mediadock stored, from one
// place to another, in the same catalogue or in another one, under the same
// paths, and reads it back. The source stays as it is. dry finds out what would
// happen and changes nothing.
func Carry(ctx context.Context, from, to *Place, keep Keep, dry bool) (Carried, error) {
	// A look beforehand, so that conflicts stop it before anything is changed.
	look, err := carry(ctx, from, to, keep, true)
	if err != nil || dry {
		return look, err
	}
	if look.Conflicts > 0 && keep == KeepNone {
		return look, ErrConflicts
	}
	done, err := carry(ctx, from, to, keep, false)
	if err != nil {
		return done, err
	}
	done.Verified, err = verify(ctx, from, to, keep)
	return done, err
}

func carry(ctx context.Context, from, to *Place, keep Keep, dry bool) (c Carried, err error) {
	err = inBatches(ctx, from, func(batch []Entry) error {
		return to.write(ctx, func(w *writer) error {
			if err := w.load(ctx, pathsOf(batch)...); err != nil {
				return err
			}
			for _, e := range batch {
				c.take(w, e, keep, dry)
			}
			return nil
		})
	})
	return c, err
}

// take carries one file.
func (c *Carried) take(w *writer, e Entry, keep Keep, dry bool) {
	c.Files++
	there, known := w.find(e.Path)
	decided := e.Private.after(there.Private)
	switch {
	case e.Edited.IsZero() && decided:
		c.New++
	case e.Edited.IsZero() || !there.Edited.IsZero() && sameDetails(e.Details, there.Details):
		c.Same++
	case there.Edited.IsZero():
		c.New++
	default:
		if c.Conflicts++; len(c.First) < firstConflicts {
			c.First = append(c.First, e.Path)
		}
	}
	if dry {
		return
	}
	out := there
	if !known {
		out = Entry{Object: e.Object, Present: e.Present}
	}
	if carries(e, there, keep) {
		out.Details, out.Edited = e.Details, e.Edited
	}
	if decided {
		out.Private = e.Private
	}
	if out.Own == "" {
		out.Own = e.Own
	}
	w.put(out)
}

// carries tells whether the notes of the source are those that stay.
func carries(e, there Entry, keep Keep) bool {
	switch {
	case e.Edited.IsZero():
		return false
	case there.Edited.IsZero():
		return true
	case sameDetails(e.Details, there.Details):
		return e.Edited.After(there.Edited)
	}
	return keep == KeepSource || keep == KeepNewer && e.Edited.After(there.Edited)
}

// verify reads back what was carried.
func verify(ctx context.Context, from, to *Place, keep Keep) (n int, err error) {
	err = inBatches(ctx, from, func(batch []Entry) error {
		there, err := to.Get(ctx, pathsOf(batch)...)
		if err != nil {
			return err
		}
		for _, e := range batch {
			now, ok := there[e.Path]
			switch {
			case !e.Private.Empty() && e.Private.after(now.Private):
				return ErrUnverified
			case e.Edited.IsZero() && !e.Private.Empty():
				n++
			case e.Edited.IsZero():
			case ok && sameDetails(e.Details, now.Details), ok && keep != KeepSource && !now.Edited.IsZero() && keep != KeepNone:
				n++
			default:
				return ErrUnverified
			}
		}
		return nil
	})
	return n, err
}

func inBatches(ctx context.Context, p *Place, work func([]Entry) error) error {
	var batch []Entry
	err := p.inOrder(ctx, worth, func(e Entry) error {
		if batch = append(batch, e); len(batch) < carryBatch {
			return nil
		}
		err := work(batch)
		batch = batch[:0]
		return err
	})
	if err != nil || len(batch) == 0 {
		return err
	}
	return work(batch)
}

func pathsOf(entries []Entry) []string {
	paths := make([]string, len(entries))
	for i, e := range entries {
		paths[i] = e.Path
	}
	return paths
}

// Clear forgets all that the catalogue knows about a place, also what people
// wrote, and when it was last compared with the bucket.
func (p *Place) Clear(ctx context.Context) error {
	for {
		n := 0
		err := p.write(ctx, func(w *writer) error {
			rows, err := p.c.rows(ctx, w.tx, `SELECT `+columns+` FROM media m WHERE m.place = ? ORDER BY m.path LIMIT ?`, p.id, refreshBatch)
			err = collect(rows, err, func(e Entry) error { w.hold(e); n++; return nil })
			for path := range w.by {
				w.forget(path)
			}
			return err
		})
		if err != nil {
			return err
		}
		if n == 0 {
			return p.c.engine.failure(p.c.exec(ctx, p.c.db, `UPDATE places SET refreshed = 0, files = 0 WHERE id = ?`, p.id))
		}
	}
}
