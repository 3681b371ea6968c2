package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/catalog"
)

// catalogueFile is where what is known beyond S3 is kept (contract, section 7).
func (a *app) catalogueFile() string { return filepath.Join(a.dirs.Data, "catalogue.db") }

// openCatalogue opens the selection's part of the catalogue. The file stays
// open until the program ends.
func (a *app) openCatalogue(ctx context.Context, sel selection) (*catalog.Place, error) {
	a.catalogueMu.Lock()
	defer a.catalogueMu.Unlock()
	if a.catalogue == nil {
		c, err := catalog.Open(ctx, a.catalogueFile())
		if err != nil {
			return nil, a.catalogueFailure(ctx, err)
		}
		a.catalogue = c
	}
	place, err := a.catalogue.Place(ctx, catalogueKey(sel))
	return place, a.catalogueFailure(ctx, err)
}

func (a *app) closeCatalogue() {
	a.catalogueMu.Lock()
	defer a.catalogueMu.Unlock()
	if a.catalogue != nil {
		a.catalogue.Close()
		a.catalogue = nil
	}
}

// catalogueKey is the place in AWS that a selection points to.
func catalogueKey(sel selection) catalog.Key {
	space := sel.space()
	partition := "aws"
	if p, ok := address.PartitionOf(space.Region); ok {
		partition = p.ID
	}
	return catalog.Key{Partition: partition, Bucket: space.Bucket, Directory: space.Dir()}
}

func (a *app) catalogueFailure(ctx context.Context, err error) error {
	switch {
	case err == nil || ctx.Err() != nil:
		return err
	case errors.Is(err, catalog.ErrNewer):
		return couldNot("catalogue_newer", map[string]string{"file": a.catalogueFile()}, err)
	}
	return couldNot("catalogue", map[string]string{"file": a.catalogueFile()}, err)
}

// fresh is how long a whole listing counts as the truth for a search, and
// smallLibrary up to how many files reading it again is quicker than asking
// whether to.
const (
	fresh        = 10 * time.Minute
	smallLibrary = 20_000
)

// refreshCatalogue brings the catalogue in line with the bucket before
// something is looked for in it: when it never was, when it is asked for, and
// when that is quick. Otherwise it says how old it is.
func (a *app) refreshCatalogue(ctx context.Context, lib *media.Library, place *catalog.Place, force bool) error {
	at, known, err := place.Refreshed(ctx)
	if err != nil {
		return a.catalogueFailure(ctx, err)
	}
	age := time.Since(at)
	switch {
	case force || at.IsZero():
	case age < fresh && age >= 0:
		return nil
	case known > smallLibrary:
		a.tell(a.text.Say("cmd.catalogue_age", map[string]string{"time": at.Local().Format("2006-01-02 15:04")}))
		return nil
	}
	_, err = place.Refresh(ctx, func(yield func(catalog.Object) error) error {
		return lib.Walk(ctx, "", func(it media.Item) error { return yield(objectOf(it)) })
	})
	return a.refreshFailure(ctx, err)
}

// refreshFailure tells what the bucket did not give from what the catalogue
// did not take.
func (a *app) refreshFailure(ctx context.Context, err error) error {
	var asked *media.Error
	if errors.As(err, &asked) {
		return err
	}
	return a.catalogueFailure(ctx, err)
}

func objectOf(it media.Item) catalog.Object {
	return catalog.Object{Path: it.Path, Size: it.Size, Modified: it.Modified, ETag: it.ETag}
}

// notebook keeps the catalogue in line with what is done to media, where there
// is a catalogue. The bucket is the truth: what cannot be noted comes with the
// next listing, so failing spoils nothing and is not told.
type notebook struct {
	app *app
	sel selection

	mu     sync.Mutex // operations of the terminal UI may overlap
	place  *catalog.Place
	closed bool // until the operation ends: there is no catalogue, or it cannot be written
	saw    []catalog.Object
	gone   []string
}

// noting tells a new notebook what becomes of a selection's media.
func (a *app) noting(sel selection) func(media.Event) {
	return (&notebook{app: a, sel: sel}).note
}

// noteTime bounds one write.
const noteTime = 15 * time.Second

const notebookBatch = 500

func (n *notebook) note(e media.Event) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if e.Type == media.EventSummary {
		n.write()
		n.closed = false // one may have been made until the next
		return
	}
	if n.closed {
		return
	}
	if e.Status != media.StatusDone {
		return
	}
	// S3 counts time in seconds. The true time comes with the next listing.
	there := catalog.Object{Path: e.Path, Size: e.Bytes, ETag: e.ETag, Modified: time.Now().UTC().Truncate(time.Second)}
	switch {
	case e.Op == media.OpPut, e.Op == media.OpImport, e.Op == media.OpReplace && e.To == e.Path:
		there.ETag = e.ETag
		n.turn(len(n.gone))
		n.saw = append(n.saw, there)
	case e.Op == media.OpRemove:
		n.turn(len(n.saw))
		n.gone = append(n.gone, e.Path)
	case e.Op == media.OpMove, e.Op == media.OpReplace:
		there.Path = e.To
		n.turn(1)
		n.do(func(ctx context.Context, p *catalog.Place) error { return p.Moved(ctx, e.Path, there) })
	}
	if len(n.saw)+len(n.gone) >= notebookBatch {
		n.write()
	}
}

// turn writes what was before where something else than that comes after it:
// operations that overlap may be about the same file.
func (n *notebook) turn(before int) {
	if before > 0 {
		n.write()
	}
}

func (n *notebook) write() {
	saw, gone := n.saw, n.gone
	n.saw, n.gone = nil, nil
	if n.closed || len(saw)+len(gone) == 0 {
		return
	}
	n.do(func(ctx context.Context, p *catalog.Place) error {
		return errors.Join(p.Saw(ctx, saw...), p.Gone(ctx, gone...))
	})
}

func (n *notebook) do(work func(ctx context.Context, p *catalog.Place) error) {
	ctx, cancel := context.WithTimeout(context.Background(), noteTime)
	defer cancel()
	var err error
	if n.place == nil {
		if _, err = os.Stat(n.app.catalogueFile()); err == nil {
			n.place, err = n.app.openCatalogue(ctx, n.sel)
		}
	}
	if err == nil {
		err = work(ctx, n.place)
	}
	n.closed = err != nil
}

// written is what people wrote about a file; known is false where there is no
// catalogue, or it does not have the file.
func (a *app) written(ctx context.Context, sel selection, path string) (e catalog.Entry, known bool) {
	if _, err := os.Stat(a.catalogueFile()); err != nil {
		return e, false
	}
	place, err := a.openCatalogue(ctx, sel)
	if err != nil {
		return e, false
	}
	all, err := place.Get(ctx, path)
	e, known = all[path]
	return e, known && err == nil
}

// printDetails prints what people wrote about a file.
func (a *app) printDetails(e catalog.Entry) {
	a.infoRow("alt", e.Alt)
	if e.AltMark != "" {
		a.infoRow("alt_mark", a.text.Say("media.alt.mark."+e.AltMark, nil))
	}
	a.infoRow("tags", strings.Join(e.Tags, ", "))
	a.infoRow("creator", e.Creator)
}
