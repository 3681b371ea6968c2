package catalog

import (
	"context"
	"database/sql"
	"strings"
	"time"
)

// writer changes rows of a place in a transaction: they are read into memory,
// changed there, and written back at the end all at once, in few statements
// however many rows there are.
type writer struct {
	p     *Place
	tx    *sql.Tx
	by    map[string]*row
	order []*row // as they were first looked at
}

// row is a row as the table has it and as it is to be.
type row struct {
	was   Entry
	known bool // the table has it
	now   Entry
	there bool // the table is to have it
	fresh bool // it needs a new id: it is new, or of another second
	anew  bool // its words are to be cut anew
}

// write runs work in a write transaction of the place.
func (p *Place) write(ctx context.Context, work func(w *writer) error) error {
	return p.c.within(ctx, func(tx *sql.Tx) error {
		w := &writer{p: p, tx: tx, by: map[string]*row{}}
		if err := p.c.engine.lock(ctx, tx, p.id); err != nil {
			return err
		}
		if err := work(w); err != nil {
			return err
		}
		return w.flush(ctx)
	})
}

// load reads the rows of these paths, unless they were read before.
func (w *writer) load(ctx context.Context, paths ...string) error {
	var wanted []string
	for _, path := range paths {
		if w.by[path] == nil {
			w.at(path)
			wanted = append(wanted, path)
		}
	}
	return w.p.rowsOf(ctx, w.tx, wanted, func(e Entry) error { w.hold(e); return nil })
}

// hold takes in a row as the table has it.
func (w *writer) hold(e Entry) {
	r := w.at(e.Path)
	r.was, r.now, r.known, r.there = e, e, true, true
}

func (w *writer) at(path string) *row {
	r := w.by[path]
	if r == nil {
		r = &row{}
		r.now.Path = path
		w.by[path] = r
		w.order = append(w.order, r)
	}
	return r
}

// find is a file as it is to be; ok is false where there is none.
func (w *writer) find(path string) (e Entry, ok bool) {
	r := w.at(path)
	if !r.there || !r.now.noted() {
		return Entry{}, false
	}
	return r.now, true
}

// put sets what a row is to be.
func (w *writer) put(e Entry) {
	r := w.at(e.Path)
	r.fresh = r.fresh || !r.there || r.now.Modified.Unix() != e.Modified.Unix()
	r.now, r.there = e, true
}

// drop takes a file out; the row goes unless somebody wrote or decided something about it.
func (w *writer) drop(path string) {
	r := w.at(path)
	r.now.Present, r.now.gone = false, 0
	r.there = r.there && r.now.kept()
}

// saw takes one object in as a listing has it; it reports whether anything
// changed.
func (w *writer) saw(o Object) (changed bool) {
	o.ETag = clean(o.ETag)
	old, known := w.find(o.Path)
	if known && old.Present && old.Size == o.Size && old.ETag == o.ETag && millis(old.Modified) == millis(o.Modified) {
		return false
	}
	e := Entry{Object: o, Present: true, Details: old.Details, Edited: old.Edited, Own: old.Own, Private: old.Private}
	if otherContent(old.ETag, o.ETag) {
		e.Private = Decided{}
	}
	w.put(e)
	return true
}

// flush writes back what changed.
func (w *writer) flush(ctx context.Context) error {
	var f flush
	var times []time.Time
	for _, r := range w.order {
		switch {
		case r.known && !r.there:
			f.gone = append(f.gone, r.was)
		case r.there && (!r.known || r.fresh || r.anew || !same(r.was, r.now)):
			f.changed = append(f.changed, r)
			if r.fresh = r.fresh || !r.known; r.fresh {
				times = append(times, r.now.Modified)
			} else {
				r.now.id = r.was.id
			}
		}
	}
	give := &ids{place: w.p.id, next: map[int64]int64{}, highest: func(ctx context.Context, firsts []int64) (map[int64]int64, error) {
		return w.p.c.engine.highest(ctx, w.tx, firsts)
	}}
	if err := give.ready(ctx, times); err != nil {
		return err
	}
	for _, r := range f.changed {
		if !r.fresh {
			continue
		}
		var err error
		if r.now.id, err = give.take(ctx, r.now.Modified); err != nil {
			return err
		}
	}
	if len(f.gone)+len(f.changed) == 0 {
		return nil
	}
	return w.p.c.engine.flush(ctx, w.tx, w.p.id, f)
}

// same tells whether a row need not be written.
func same(a, b Entry) bool {
	return sameWords(a, b) && a.Size == b.Size && millis(a.Modified) == millis(b.Modified) && a.ETag == b.ETag &&
		a.Edited.Equal(b.Edited) && a.Own == b.Own && a.gone == b.gone && sameDecided(a.Private, b.Private)
}

// sameWords tells whether two states of a row are found alike.
func sameWords(a, b Entry) bool {
	return a.Present == b.Present && sameDetails(a.Details, b.Details) && a.Private.Kind() == b.Private.Kind()
}

// reindex tells which words of a changed row go and come.
func (r *row) reindex() (out, in bool) {
	if r.known && !r.anew && r.was.id == r.now.id && sameWords(r.was, r.now) {
		return false, false
	}
	return r.known && r.was.Present, r.now.Present
}

// Gone takes in that mediadock deleted files. What people wrote about them
// stays and comes back with a file of that name.
func (p *Place) Gone(ctx context.Context, paths ...string) error {
	now := time.Now().UnixMilli()
	return p.write(ctx, func(w *writer) error {
		if err := w.load(ctx, paths...); err != nil {
			return err
		}
		for _, path := range paths {
			w.leave(path, now)
		}
		return nil
	})
}

// leave takes a file out and keeps a trace of it, so that a listing that was
// begun before does not bring it back. The next Refresh removes the trace.
func (w *writer) leave(path string, now int64) {
	e := w.at(path).now
	e.Present, e.gone = false, now
	w.put(e)
}

// Move is a file that was renamed to what the object says.
type Move struct {
	From string
	To   Object
	// At is when, where that was before something else may have been noted;
	// zero: now. What others wrote or stored since is kept then.
	At time.Time
	// Uploaded is set where the new name has another content, which was uploaded:
	// what was decided about that.
	Uploaded *Decided
}

// Moved takes in, in their order, that mediadock renamed files: what people
// wrote goes with them. What was known of a file of the new name is replaced.
func (p *Place) Moved(ctx context.Context, moves ...Move) error {
	now := time.Now().UnixMilli()
	return p.write(ctx, func(w *writer) error {
		paths := make([]string, 0, 2*len(moves))
		for _, m := range moves {
			paths = append(paths, m.From, m.To.Path)
		}
		if err := w.load(ctx, paths...); err != nil {
			return err
		}
		for _, m := range moves {
			w.move(m, now)
		}
		return nil
	})
}

func (w *writer) move(m Move, now int64) {
	m.To.ETag = clean(m.To.ETag)
	old, known := w.find(m.From)
	if !m.At.IsZero() {
		w.moveLate(m, old, known, now)
		w.decideLate(m, old, known)
		return
	}
	if !known {
		old, _ = w.find(m.To.Path)
	}
	if known && m.From != m.To.Path {
		from := w.at(m.From)
		from.now.Details, from.now.Edited, from.now.Own, from.now.Private = Details{}, time.Time{}, "", Decided{} // they live on under the new name
		w.leave(m.From, now)
	}
	private := m.decidedWith(old, known)
	own := m.To.ETag // a copy may have another than its original
	if own == "" && old.Size == m.To.Size {
		m.To.ETag = old.ETag
	}
	w.put(Entry{Object: m.To, Present: true, Details: old.Details, Edited: old.Edited, Own: own, Private: private})
}

// moveLate is move for a rename that is noted only now. A listing may have been
// taken in since: where the files are, it knows better.
func (w *writer) moveLate(m Move, old Entry, known bool, now int64) {
	to, there := w.find(m.To.Path)
	since := func(e Entry) bool { return e.Edited.After(m.At) }
	switch {
	case since(to) || since(old) || m.From == m.To.Path: // what somebody wrote since is not touched
		return
	case !known:
		old = to
	case old.Present && old.Modified.After(m.At): // another file by now
		from := w.at(m.From).now
		from.Details, from.Edited, from.Own = Details{}, time.Time{}, ""
		w.put(from)
	default:
		from := w.at(m.From)
		from.now.Details, from.now.Edited, from.now.Own = Details{}, time.Time{}, ""
		w.leave(m.From, now)
	}
	if !there || !to.Present {
		to.Object, to.Present = m.To, true
	}
	own := m.To.ETag
	if own == "" {
		own = to.ETag
	}
	to.Details, to.Edited, to.Own = old.Details, old.Edited, own
	w.put(to)
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
		if err := w.load(ctx, path); err != nil {
			return err
		}
		o := w.edit(path, edit)
		if out = o.After; o.Conflict {
			return ErrChanged
		}
		w.put(out)
		return nil
	})
	return out, err
}

// edit is what an edit makes of a file that was loaded, to be put.
func (w *writer) edit(path string, edit Edit) Outcome {
	e, known := w.find(path)
	e.Path = path
	o := Outcome{Before: e, After: e.With(edit), Known: known && e.Present}
	if edit.Seen != nil && *edit.Seen != e.AltText() && o.After.AltText() != e.AltText() {
		o.After, o.Conflict = e, true
		return o
	}
	if e.Present && e.ETag != "" {
		o.After.Own = e.ETag
	}
	return o
}

// apply puts what was written into an entry.
func (e *Entry) apply(edit Edit) {
	if edit.Alt != nil {
		alt := strings.TrimSpace(clean(*edit.Alt))
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
		e.Creator = strings.TrimSpace(clean(*edit.Creator))
	}
	e.Edited = time.Now().UTC().Truncate(time.Millisecond)
}

// clean takes out what no database takes as text: broken UTF-8 and NUL.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// With is the entry as an edit would leave it.
func (e Entry) With(edit Edit) Entry {
	e.apply(edit)
	return e
}
