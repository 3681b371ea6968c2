package catalog

import (
	"context"
	"time"
)

// Upload is a file that mediadock stored.
type Upload struct {
	Object
	Private Decided
	// At is when, where that was before something else may have been noted;
	// zero: now. What was decided about the name since is kept then.
	At time.Time
}

// Saw takes in what a listing or an answer told of files.
func (p *Place) Saw(ctx context.Context, objects ...Object) error {
	return p.took(ctx, uploadsOf(objects), false)
}

// Stored is Uploaded for files that told nothing beside their content.
func (p *Place) Stored(ctx context.Context, objects ...Object) error {
	return p.took(ctx, uploadsOf(objects), true)
}

// Uploaded takes in what mediadock itself stored: if another ETag is there later
// on, somebody else changed it.
func (p *Place) Uploaded(ctx context.Context, uploads ...Upload) error {
	return p.took(ctx, uploads, true)
}

func uploadsOf(objects []Object) []Upload {
	uploads := make([]Upload, len(objects))
	for i, o := range objects {
		uploads[i].Object = o
	}
	return uploads
}

func (p *Place) took(ctx context.Context, uploads []Upload, own bool) error {
	return p.write(ctx, func(w *writer) error {
		paths := make([]string, len(uploads))
		for i, u := range uploads {
			paths[i] = u.Path
		}
		if err := w.load(ctx, paths...); err != nil {
			return err
		}
		for _, u := range uploads {
			was, _ := w.find(u.Path)
			w.saw(u.Object)
			if own {
				w.uploaded(u, was.Private)
			}
		}
		return nil
	})
}

// uploaded takes in what was decided about a file that was stored; was is what
// was known before.
func (w *writer) uploaded(u Upload, was Decided) {
	e, _ := w.find(u.Path)
	e.Own, e.Private = e.ETag, u.Private
	if !u.At.IsZero() && was.At.After(u.At) {
		e.Private = was
	}
	w.put(e)
}
