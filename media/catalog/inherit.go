package catalog

import "context"

// Copy is a file that was copied to another place under the same path.
type Copy struct {
	From string // the original's ETag; empty: not known
	To   Object
}

// Inherit gives copies what people wrote and decided about their originals, in
// the same catalogue: initial values (M72), independent from then on. A copy
// that has something of its own keeps that, so that the same once more changes
// nothing. n is how many were given something. Memory holds these copies alone:
// callers come with some hundreds at a time.
func Inherit(ctx context.Context, from, to *Place, copies ...Copy) (n int, err error) {
	paths := make([]string, len(copies))
	for i, c := range copies {
		paths[i] = c.To.Path
	}
	originals, err := from.Get(ctx, paths...)
	if err != nil {
		return 0, err
	}
	var worth []Copy
	paths = paths[:0]
	for _, c := range copies {
		if e, known := originals[c.To.Path]; known && e.kept() {
			worth, paths = append(worth, c), append(paths, c.To.Path)
		}
	}
	if len(worth) == 0 {
		return 0, nil
	}
	err = to.write(ctx, func(w *writer) error {
		if err := w.load(ctx, paths...); err != nil {
			return err
		}
		for _, c := range worth {
			if w.inherit(originals[c.To.Path], c) {
				n++
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

// inherit gives one copy what it has not.
func (w *writer) inherit(original Entry, c Copy) (given bool) {
	out, _ := w.find(c.To.Path)
	if !original.Edited.IsZero() && out.Edited.IsZero() {
		out.Details, out.Edited, given = original.Details, original.Edited, true
	}
	if private := original.PrivateOf(c.From); !private.Empty() && out.Private.Empty() {
		out.Private, given = private, true
	}
	if !given {
		return false
	}
	if !out.Present {
		c.To.ETag = clean(c.To.ETag)
		out.Object, out.Present, out.gone = c.To, true, 0
	}
	if out.Own == "" {
		// A copy may have another ETag than its original. Where somebody else
		// changed the original since it was written about, that holds for the copy.
		if out.Own = original.Own; !otherContent(original.Own, c.From) {
			out.Own = c.To.ETag
		}
	}
	w.put(out)
	return true
}

// Heritage counts the files that Inherit has something to give of.
func (p *Place) Heritage(ctx context.Context) (n int, err error) {
	err = p.c.row(ctx, p.c.db, `SELECT count(*) FROM media m WHERE m.place = ? AND (m.edited > 0 OR m.privacy <> '')`, p.id).Scan(&n)
	return n, p.c.engine.failure(err)
}
