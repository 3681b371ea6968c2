// Package audit compares what the catalogue knows with what the bucket has
// (B12): files that are missing, renamed or changed outside, foreign, of a wrong
// type or of another environment. It says what can be mended, and mends what is
// safe: the catalogue. It never writes to the bucket.
//
// However many files there are, memory holds a batch of them, and what can be
// mended.
package audit

import (
	"context"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
)

// Kind is what is wrong with a file. The text id of each is "audit." and the
// kind.
type Kind string

// Kinds of findings, in the order in which they are looked for.
const (
	Environment Kind = "environment" // in the directory, or with the stamp, of another environment
	Moved       Kind = "moved"       // renamed outside: what was written about it is under the old name
	Missing     Kind = "missing"     // somebody wrote about it, and it is gone
	Changed     Kind = "changed"     // no longer what mediadock stored, or what was written about
	Type        Kind = "type"        // the content type is not that of name and content
	Foreign     Kind = "foreign"     // without the stamp of the CMS and of mediadock
)

// Kinds are all of them.
func Kinds() []Kind { return []Kind{Environment, Moved, Missing, Changed, Type, Foreign} }

// Finding is one file with which something is wrong.
type Finding struct {
	Kind Kind
	Path string
	// To is where the notes of a Moved file belong.
	To   string
	Size int64
	ETag string
	// Candidates counts the files that a Missing one may have become; To is
	// empty where there are several.
	Candidates int
	// ContentType is what is stored, Wanted what it should be; of Type alone.
	ContentType, Wanted string
	// Service is the id that the file is stamped with, of Environment; or
	// Directory is the environment's directory in which it lies.
	Service, Directory string
	// Item is all that is known of the object, of Type alone.
	Item media.Item
	// Alt is the alt text that somebody wrote, of Moved, Missing and Changed.
	Alt string
}

// Mendable tells whether Repair does something about it.
func (f Finding) Mendable() bool { return f.Kind == Moved || f.Kind == Changed }

// Bucket is what is asked of the bucket. *media.Library has it.
type Bucket interface {
	Walk(ctx context.Context, path string, yield func(media.Item) error) error
	Peek(ctx context.Context, item media.Item, n int64) (media.Item, []byte, error)
}

// Notes is what is asked of the catalogue. *catalog.Place has it.
type Notes interface {
	Refresh(ctx context.Context, walk func(yield func(catalog.Object) error) error) (catalog.Refreshed, error)
	Missing(ctx context.Context, yield func(catalog.Entry) error) error
	Alike(ctx context.Context, missing []catalog.Entry) (map[string][]catalog.Entry, error)
	Changed(ctx context.Context, yield func(catalog.Entry) error) error
	Present(ctx context.Context, yield func(catalog.Entry) error) error
	Pass(ctx context.Context, from, to string) (bool, error)
	Accept(ctx context.Context, seen ...catalog.Object) (int, error)
}

// Options say what is looked at.
type Options struct {
	// Deep reads the beginning of every file, one request each, for its type
	// and its stamp.
	Deep bool
	// Parallel is how many of these requests run at once; 0: 16.
	Parallel int
	// Stamped tells that files carry the stamp of microCMS (M22 to M25), and
	// Service the id that mediadock puts into it; empty: any. The CMS may have
	// an id of its own, which is the one that most files carry.
	Stamped bool
	Service string
	// Progress is told from time to time how many files were looked at; nil:
	// nobody.
	Progress func(step Step, files int)
}

// Step is how far an audit is.
type Step string

// Steps of an audit.
const (
	Listing Step = "listing"
	Reading Step = "reading" // of a deep one
)

// Summary counts.
type Summary struct {
	Files    int
	Bytes    int64
	Findings map[Kind]int
	// Read counts the files whose beginning was read, Unread those that could
	// not be: whether anything is wrong with them is not known. Why is the
	// first reason.
	Read, Unread int
	Why          error
	Duration     time.Duration
}

// Total counts all findings.
func (s Summary) Total() int {
	n := 0
	for _, k := range s.Findings {
		n += k
	}
	return n
}

// Run lists the bucket, brings the catalogue's list of files in line with it,
// as every search does, and calls found for everything that is wrong. Nothing
// that somebody wrote is changed. After an error the summary is of what was
// looked at.
func Run(ctx context.Context, bucket Bucket, notes Notes, o Options, found func(Finding) error) (Summary, error) {
	begin := time.Now()
	r := &run{bucket: bucket, notes: notes, o: o, found: found, sum: Summary{Findings: map[Kind]int{}}, services: map[string]*stamped{}}
	if r.o.Progress == nil {
		r.o.Progress = func(Step, int) {}
	}
	if r.o.Parallel <= 0 {
		r.o.Parallel = 16
	}
	err := r.list(ctx)
	for _, step := range []func(context.Context) error{r.missing, r.changed, r.deep} {
		if err == nil {
			err = step(ctx)
		}
	}
	r.sum.Duration = time.Since(begin)
	return r.sum, err
}

type run struct {
	bucket Bucket
	notes  Notes
	o      Options
	found  func(Finding) error
	sum    Summary

	services map[string]*stamped
}

func (r *run) tell(f Finding) error {
	r.sum.Findings[f.Kind]++
	return r.found(f)
}

// tellEvery is after how many files Progress is told.
const tellEvery = 1000

// list takes the listing over, and looks at the directories in it.
func (r *run) list(ctx context.Context) error {
	_, err := r.notes.Refresh(ctx, func(yield func(catalog.Object) error) error {
		return r.bucket.Walk(ctx, "", func(it media.Item) error {
			r.sum.Files++
			r.sum.Bytes += it.Size
			if r.sum.Files%tellEvery == 0 {
				r.o.Progress(Listing, r.sum.Files)
			}
			if dir := environmentIn(it.Path); dir != "" {
				if err := r.tell(Finding{Kind: Environment, Path: it.Path, Size: it.Size, ETag: it.ETag, Directory: dir}); err != nil {
					return err
				}
			}
			return yield(catalog.Object{Path: it.Path, Size: it.Size, Modified: it.Modified, ETag: it.ETag})
		})
	})
	r.o.Progress(Listing, r.sum.Files)
	return err
}

// missingBatch is for how many missing files others are looked for at once.
const missingBatch = 2000

// missing finds what was written about files that are gone, and where they may
// have gone.
func (r *run) missing(ctx context.Context) error {
	var batch []catalog.Entry
	flush := func() error {
		alike, err := r.notes.Alike(ctx, batch)
		if err != nil {
			return err
		}
		for _, e := range batch {
			f := Finding{Kind: Missing, Path: e.Path, Size: e.Size, ETag: e.ETag, Candidates: len(alike[e.Path]), Alt: e.Alt}
			if to, sure := became(e.Path, alike[e.Path]); sure {
				f.Kind, f.To = Moved, to
			}
			if err := r.tell(f); err != nil {
				return err
			}
		}
		batch = batch[:0]
		return nil
	}
	err := r.notes.Missing(ctx, func(e catalog.Entry) error {
		if batch = append(batch, e); len(batch) < missingBatch {
			return nil
		}
		return flush()
	})
	if err != nil || len(batch) == 0 {
		return err
	}
	return flush()
}

// became is the one file that a missing one may have become: the only one of its
// content, or the only one of these that has its name.
func became(path string, alike []catalog.Entry) (to string, sure bool) {
	if len(alike) == 1 {
		return alike[0].Path, true
	}
	_, name := cutLast(path)
	for _, e := range alike {
		if _, n := cutLast(e.Path); n == name {
			if sure {
				return "", false
			}
			to, sure = e.Path, true
		}
	}
	return to, sure
}

func (r *run) changed(ctx context.Context) error {
	return r.notes.Changed(ctx, func(e catalog.Entry) error {
		return r.tell(Finding{Kind: Changed, Path: e.Path, Size: e.Size, ETag: e.ETag, Alt: e.Alt})
	})
}

// Repair mends one finding in the catalogue: what was written about a Moved file
// follows it, and a Changed one counts from now on as what it is. done is false
// where the catalogue or the file is another by now, and nothing was changed.
func Repair(ctx context.Context, notes Notes, f Finding) (done bool, err error) {
	switch f.Kind {
	case Moved:
		return notes.Pass(ctx, f.Path, f.To)
	case Changed:
		n, err := notes.Accept(ctx, catalog.Object{Path: f.Path, ETag: f.ETag})
		return n == 1, err
	}
	return false, nil
}
