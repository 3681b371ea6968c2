package catalog

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// inOrder calls yield for the rows of a condition in the order of their paths.
// They are read page by page: nothing is kept open meanwhile, and memory holds
// one page.
func (p *Place) inOrder(ctx context.Context, where string, yield func(Entry) error) error {
	return p.inOrderFrom(ctx, where, "", yield)
}

// inOrderFrom begins at a path, or behind it where there is none such. yield
// ends it with errEnough.
func (p *Place) inOrderFrom(ctx context.Context, where, begin string, yield func(Entry) error) error {
	const most = 2000
	after, than := begin, `>=`
	for {
		query, args := `SELECT `+columns+` FROM media m WHERE m.place = ? AND `+where, []any{p.id}
		if after != "" {
			query, args = query+` AND m.path `+than+` ?`, append(args, p.c.engine.path(after))
		}
		var page []Entry
		rows, err := p.c.rows(ctx, p.c.db, query+` ORDER BY m.path LIMIT ?`, append(args, most)...)
		if err := collect(rows, err, func(e Entry) error { page = append(page, e); return nil }); err != nil {
			return p.c.engine.failure(err)
		}
		for _, e := range page {
			switch err := yield(e); {
			case errors.Is(err, errEnough):
				return nil
			case err != nil:
				return err
			}
		}
		if len(page) < most {
			return nil
		}
		after, than = page[len(page)-1].Path, `>`
	}
}

// Missing calls yield, in the order of paths, for the files that somebody wrote
// about and that were not in the bucket when it was last listed.
func (p *Place) Missing(ctx context.Context, yield func(Entry) error) error {
	return p.inOrder(ctx, `m.edited > 0 AND NOT m.present`, yield)
}

// Changed calls yield, in the order of paths, for the present files that
// are no longer what mediadock stored, or what somebody wrote about.
func (p *Place) Changed(ctx context.Context, yield func(Entry) error) error {
	return p.inOrder(ctx, `m.present AND m.own <> '' AND m.etag <> '' AND m.own <> m.etag`, yield)
}

// Present calls yield for all present files, in the order of paths.
func (p *Place) Present(ctx context.Context, yield func(Entry) error) error {
	return p.inOrder(ctx, `m.present`, yield)
}

// Alike finds, for files that are missing, the present ones that they may have
// become: of the same content (ETag and size), stored later, as a rename does,
// and with nothing written about them. The answer is by the missing file's path.
// Files without an ETag are like none.
func (p *Place) Alike(ctx context.Context, missing []Entry) (map[string][]Entry, error) {
	type content struct {
		etag string
		size int64
	}
	wanted := map[content][]Entry{}
	etags := []string{}
	for _, e := range missing {
		etag := e.ETag
		if etag == "" {
			etag = e.Own
		}
		if etag == "" || e.Size == 0 { // all empty files are alike
			continue
		}
		c := content{etag, e.Size}
		if wanted[c] == nil {
			etags = append(etags, etag)
		}
		wanted[c] = append(wanted[c], e)
	}
	found := map[string][]Entry{}
	for batch := range slices.Chunk(etags, mostMarks) {
		args := []any{p.id}
		for _, etag := range batch {
			args = append(args, etag)
		}
		rows, err := p.c.rows(ctx, p.c.db, `SELECT `+columns+` FROM media m WHERE m.place = ? AND m.present AND m.edited = 0 AND m.etag IN (`+
			marks(len(batch))+`) ORDER BY m.path`, args...)
		err = collect(rows, err, func(e Entry) error {
			for _, was := range wanted[content{e.ETag, e.Size}] {
				if e.Modified.After(was.Modified) {
					found[was.Path] = append(found[was.Path], e)
				}
			}
			return nil
		})
		if err != nil {
			return nil, p.c.engine.failure(err)
		}
	}
	return found, nil
}

// Pass hands what people wrote about one file to another, which nobody wrote
// about; where somebody did meanwhile, or the first is there again, nothing is
// done, and passed is false.
func (p *Place) Pass(ctx context.Context, from, to string) (passed bool, err error) {
	err = p.write(ctx, func(w *writer) error {
		if err := w.load(ctx, from, to); err != nil {
			return err
		}
		old, known := w.find(from)
		e, there := w.find(to)
		if !known || old.Present || old.Edited.IsZero() || !there || !e.Present || !e.Edited.IsZero() {
			return nil
		}
		e.Details, e.Edited, e.Own = old.Details, old.Edited, e.ETag
		if old.Private.after(e.Private) { // it is the same content
			e.Private = old.Private
		}
		w.put(e)
		w.forget(from)
		passed = true
		return nil
	})
	return passed && err == nil, err
}

// forget takes a row away, whatever is written in it.
func (w *writer) forget(path string) { w.at(path).there = false }

// Accept takes files as they are, whoever changed them: from now on what is
// there counts as what was written about. The ETag says which one was looked at;
// a file that is another by now stays as it is.
func (p *Place) Accept(ctx context.Context, seen ...Object) (accepted int, err error) {
	err = p.write(ctx, func(w *writer) error {
		paths := make([]string, len(seen))
		for i, o := range seen {
			paths[i] = o.Path
		}
		if err := w.load(ctx, paths...); err != nil {
			return err
		}
		for _, o := range seen {
			e, known := w.find(o.Path)
			if !known || !e.Present || !strings.EqualFold(e.ETag, o.ETag) {
				continue
			}
			e.Own = e.ETag
			w.put(e)
			accepted++
		}
		return nil
	})
	return accepted, err
}
