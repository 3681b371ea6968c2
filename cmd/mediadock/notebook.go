package main

import (
	"context"
	"sync"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
)

// notebook keeps the catalogue in line with what is done to media, where there
// is a catalogue. The bucket is the truth: what cannot be noted comes with the
// next listing, so failing spoils nothing; it is told once, since what people
// wrote about files that were renamed meanwhile has to follow them (media
// audit).
type notebook struct {
	app *app
	sel selection

	mu     sync.Mutex // operations of the terminal UI may overlap
	place  *catalog.Place
	closed bool // until the operation ends: there is no catalogue, or it cannot be written
	told   bool
	lines  []noteLine
}

// noteLine is one thing that was done, in the order in which it was.
type noteLine struct {
	op   string // media.OpPut, OpRemove or OpMove
	from string
	to   catalog.Object
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
	if n.closed || e.Status != media.StatusDone {
		return
	}
	// S3 counts time in seconds. The true time comes with the next listing.
	there := catalog.Object{Path: e.Path, Size: e.Bytes, ETag: e.ETag, Modified: time.Now().UTC().Truncate(time.Second)}
	switch {
	case e.Op == media.OpPut, e.Op == media.OpImport, e.Op == media.OpReplace && e.To == e.Path:
		n.lines = append(n.lines, noteLine{op: media.OpPut, to: there})
	case e.Op == media.OpRemove:
		n.lines = append(n.lines, noteLine{op: media.OpRemove, from: e.Path})
	case e.Op == media.OpMove, e.Op == media.OpReplace:
		there.Path = e.To
		n.lines = append(n.lines, noteLine{op: media.OpMove, from: e.Path, to: there})
	}
	if len(n.lines) >= notebookBatch {
		n.write()
	}
}

// write writes down what was done, each run of the same kind at once.
func (n *notebook) write() {
	lines := n.lines
	n.lines = nil
	for len(lines) > 0 && !n.closed {
		same := 1
		for same < len(lines) && lines[same].op == lines[0].op {
			same++
		}
		run := lines[:same]
		n.do(func(ctx context.Context, p *catalog.Place) error { return take(ctx, p, run) })
		lines = lines[same:]
	}
}

func take(ctx context.Context, p *catalog.Place, run []noteLine) error {
	var stored []catalog.Object
	var gone []string
	var moves []catalog.Move
	for _, l := range run {
		switch l.op {
		case media.OpPut:
			stored = append(stored, l.to)
		case media.OpRemove:
			gone = append(gone, l.from)
		case media.OpMove:
			moves = append(moves, catalog.Move{From: l.from, To: l.to})
		}
	}
	switch {
	case stored != nil:
		return p.Stored(ctx, stored...)
	case gone != nil:
		return p.Gone(ctx, gone...)
	}
	return p.Moved(ctx, moves...)
}

func (n *notebook) do(work func(ctx context.Context, p *catalog.Place) error) {
	ctx, cancel := context.WithTimeout(context.Background(), noteTime)
	defer cancel()
	if n.place == nil && !n.app.catalogueMade() {
		n.closed = true
		return
	}
	var err error
	if n.place == nil {
		n.place, err = n.app.openCatalogue(ctx, n.sel)
	}
	if err == nil {
		err = n.app.catalogueFailure(ctx, work(ctx, n.place))
	}
	if n.closed = err != nil; n.closed {
		n.say(err)
	}
}

// say tells once that something was not noted. The terminal UI has the screen
// to itself: there the next search says what is wrong with the catalogue.
func (n *notebook) say(err error) {
	_, drawing := n.app.asker.now()
	if n.told || drawing || n.app.flags.json {
		return
	}
	n.told = true
	n.app.notRead(err)
	n.app.tell(n.app.text.Say("cmd.catalogue_unnoted", nil))
}
