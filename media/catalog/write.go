package catalog

import (
	"context"
	"database/sql"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
)

// writer writes rows of a place in a transaction.
type writer struct {
	p      *Place
	tx     *sql.Tx
	ids    *ids
	insert *sql.Stmt // prepared once: a refresh writes a million rows

	// What is to be taken out of the index of words and put into it, by id.
	// FTS5 flushes whenever a rowid is not greater than the one before, so
	// both are done at the end, in order.
	out map[int64]bool
	in  map[int64]string
}

// write runs work in a write transaction of the place.
func (p *Place) write(ctx context.Context, work func(w *writer) error) error {
	return p.c.within(ctx, func(tx *sql.Tx) error {
		w := &writer{p: p, tx: tx, ids: newIDs(tx, p.id), out: map[int64]bool{}, in: map[int64]string{}}
		var err error
		w.insert, err = tx.PrepareContext(ctx, `INSERT INTO media (id, place, path, size, modified, etag, present, alt, tags, creator, edited, alt_mark)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (place, path) DO UPDATE SET id = excluded.id, size = excluded.size, modified = excluded.modified, etag = excluded.etag,
				present = excluded.present, alt = excluded.alt, tags = excluded.tags, creator = excluded.creator, edited = excluded.edited,
				alt_mark = excluded.alt_mark`)
		if err != nil {
			return err
		}
		if err := work(w); err != nil {
			return err
		}
		return w.index(ctx)
	})
}

// unindex takes a row's words out.
func (w *writer) unindex(id int64) {
	if _, fresh := w.in[id]; fresh {
		delete(w.in, id)
		return
	}
	w.out[id] = true
}

// index does what was collected.
func (w *writer) index(ctx context.Context) error {
	each := func(query string, ids iter.Seq[int64], args func(id int64) []any) error {
		stmt, err := w.tx.PrepareContext(ctx, query)
		if err != nil {
			return err
		}
		for _, id := range slices.Sorted(ids) {
			if _, err := stmt.ExecContext(ctx, args(id)...); err != nil {
				return err
			}
		}
		return nil
	}
	if err := each(`DELETE FROM words WHERE rowid = ?`, maps.Keys(w.out), func(id int64) []any { return []any{id} }); err != nil {
		return err
	}
	return each(`INSERT INTO words (rowid, t) VALUES (?, ?)`, maps.Keys(w.in), func(id int64) []any { return []any{id, w.in[id]} })
}

// store writes a row that has an id, new or changed, and its words. was is the
// id under which its words are now, 0 for none.
func (w *writer) store(ctx context.Context, e *Entry, was int64) error {
	if was != 0 {
		w.unindex(was)
	}
	_, err := w.insert.ExecContext(ctx,
		e.id, w.p.id, e.Path, e.Size, millis(e.Modified), e.ETag, e.Present, e.Alt, strings.Join(e.Tags, "\n"), e.Creator, millis(e.Edited), e.AltMark)
	if err != nil || !e.Present {
		return err
	}
	w.in[e.id] = e.words()
	return nil
}

// indexedAs is the id under which a row's words are, 0 for none.
func (e *Entry) indexedAs() int64 {
	if e.Present {
		return e.id
	}
	return 0
}

// drop takes a row out: it goes unless somebody wrote something about it.
func (w *writer) drop(ctx context.Context, e Entry) error {
	if e.Present {
		w.unindex(e.id)
	}
	if e.Edited.IsZero() {
		_, err := w.tx.ExecContext(ctx, `DELETE FROM media WHERE id = ?`, e.id)
		return err
	}
	_, err := w.tx.ExecContext(ctx, `UPDATE media SET present = 0 WHERE id = ?`, e.id)
	return err
}

// saw takes one object in; it reports whether anything changed.
func (w *writer) saw(ctx context.Context, o Object, old Entry, known bool) (changed bool, err error) {
	e := Entry{Object: o, Present: true}
	if known {
		if old.Present && old.Size == o.Size && old.ETag == o.ETag && millis(old.Modified) == millis(o.Modified) {
			return false, nil
		}
		e.Details, e.Edited, e.id = old.Details, old.Edited, old.id
	}
	if !known || old.Modified.Unix() != o.Modified.Unix() {
		if e.id, err = w.ids.take(ctx, o.Modified); err != nil {
			return false, err
		}
	}
	return true, w.store(ctx, &e, old.indexedAs())
}

// Saw takes in what a listing or an upload told of files.
func (p *Place) Saw(ctx context.Context, objects ...Object) error {
	return p.write(ctx, func(w *writer) error {
		for _, o := range objects {
			old, known, err := p.find(ctx, w.tx, o.Path)
			if err != nil {
				return err
			}
			if _, err := w.saw(ctx, o, old, known); err != nil {
				return err
			}
		}
		return nil
	})
}

// Gone takes in that files were deleted. What people wrote about them stays
// and comes back with a file of that name.
func (p *Place) Gone(ctx context.Context, paths ...string) error {
	return p.write(ctx, func(w *writer) error {
		for _, path := range paths {
			e, known, err := p.find(ctx, w.tx, path)
			if err != nil {
				return err
			}
			if known {
				if err := w.drop(ctx, e); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Moved takes in that a file was renamed to what the object says: what people
// wrote goes with it. What was known of a file of the new name is replaced.
func (p *Place) Moved(ctx context.Context, from string, to Object) error {
	return p.write(ctx, func(w *writer) error {
		old, known, err := p.find(ctx, w.tx, from)
		if err != nil {
			return err
		}
		there, taken, err := p.find(ctx, w.tx, to.Path)
		if err != nil {
			return err
		}
		e := Entry{Object: to, Present: true, Details: old.Details, Edited: old.Edited}
		if known {
			old.Edited = time.Time{} // it lives on under the new name
			if err := w.drop(ctx, old); err != nil {
				return err
			}
		}
		if taken && !known {
			e.Details, e.Edited = there.Details, there.Edited
		}
		if e.id, err = w.ids.take(ctx, to.Modified); err != nil {
			return err
		}
		return w.store(ctx, &e, there.indexedAs())
	})
}

// Edit changes what people wrote; nil leaves a part as it is.
type Edit struct {
	Alt     *string
	Tags    *[]string
	Creator *string
	// AltMark is MarkDecorative, which takes the alt text away, MarkChecked, or
	// empty. A new alt text without a mark takes the old one's away.
	AltMark *string
	// Seen is the alt text that the person was shown: where it is another one
	// now and is to be changed, the edit is refused with ErrChanged. nil does
	// not ask.
	Seen *AltText
}

// Edit writes about a file. A file that the catalogue does not know yet is
// taken down as not present; Saw or Refresh makes it so. With ErrChanged comes
// the file as it is.
func (p *Place) Edit(ctx context.Context, path string, edit Edit) (Entry, error) {
	var out Entry
	err := p.write(ctx, func(w *writer) error {
		o, was, err := w.edit(ctx, path, edit)
		out = o.After
		switch {
		case err != nil:
			return err
		case o.Conflict:
			return ErrChanged
		}
		return w.store(ctx, &out, was)
	})
	return out, err
}

// edit is what an edit makes of a file, to be stored; was is the id under which
// its words are.
func (w *writer) edit(ctx context.Context, path string, edit Edit) (o Outcome, was int64, err error) {
	e, known, err := w.p.find(ctx, w.tx, path)
	if err != nil {
		return Outcome{}, 0, err
	}
	was = e.indexedAs()
	if !known {
		e.Path = path
		if e.id, err = w.ids.take(ctx, time.Time{}); err != nil {
			return Outcome{}, 0, err
		}
	}
	o = Outcome{Before: e, After: e.With(edit), Known: known && e.Present}
	if edit.Seen != nil && *edit.Seen != e.AltText() && o.After.AltText() != e.AltText() {
		o.After, o.Conflict = e, true
	}
	return o, was, nil
}

// apply puts what was written into an entry.
func (e *Entry) apply(edit Edit) {
	if edit.Alt != nil {
		alt := strings.TrimSpace(*edit.Alt)
		if alt != e.Alt {
			e.AltMark = ""
		}
		e.Alt = alt
	}
	if edit.AltMark != nil {
		e.AltMark = *edit.AltMark
	}
	switch {
	case e.AltMark == MarkDecorative && edit.AltMark != nil:
		e.Alt = ""
	case e.AltMark == MarkChecked && e.Alt == "":
		e.AltMark = "" // there is nothing to be right
	}
	if edit.Tags != nil {
		e.Tags = CleanTags(*edit.Tags)
	}
	if edit.Creator != nil {
		e.Creator = strings.TrimSpace(*edit.Creator)
	}
	e.Edited = time.Now().UTC().Truncate(time.Millisecond)
}

// With is the entry as an edit would leave it.
func (e Entry) With(edit Edit) Entry {
	e.apply(edit)
	return e
}
