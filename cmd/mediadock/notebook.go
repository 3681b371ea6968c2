package main

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/media/journal/held"
	"github.com/mediadock/mediadock/media/privacy"
)

// notebook keeps the catalogue in line with what is done to media, where there
// is a catalogue; one is made for what was decided about private data. What cannot be noted is kept (notebook_late.go) and noted when
// the catalogue is opened the next time; that it is so is told once.
type notebook struct {
	app *app
	sel selection

	mu    sync.Mutex // operations of the terminal UI may overlap
	place *catalog.Place
	// Until the operation ends: there is no catalogue, or it does not take
	// anything.
	none, away bool
	told       bool
	lines      []noteLine
	late       *held.File
	kept       int // lines in late that a listing tells, too
}

// noteLine is one thing that was done, in the order in which it was.
type noteLine struct {
	op   string // media.OpPut, OpRemove or OpMove
	from string
	to   catalog.Object
	at   time.Time
	late bool // it is noted only now
	// uploaded tells that to has a content of its own, and private what was
	// decided about that; of media.OpPut and of re-uploads under another name.
	uploaded bool
	private  privacy.Decision
}

func (l noteLine) decided() catalog.Decided {
	if l.private.Empty() {
		return catalog.Decided{}
	}
	return catalog.Decided{Decision: l.private, At: l.at.Truncate(time.Millisecond)}
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
		n.settle()
		n.none, n.away = false, false // it may be there until the next
		return
	}
	if e.Status != media.StatusDone || n.none && e.Private.Empty() {
		return
	}
	n.none = false // what was decided is worth a catalogue
	now := time.Now().UTC()
	// S3 counts time in seconds. The true time comes with the next listing.
	there := catalog.Object{Path: e.Path, Size: cmp.Or(e.Bytes, e.Total), ETag: e.ETag, Modified: now.Truncate(time.Second)}
	switch {
	case e.Op == media.OpPut, e.Op == media.OpImport, e.Op == media.OpReplace && e.To == e.Path:
		n.lines = append(n.lines, noteLine{op: media.OpPut, to: there, at: now, uploaded: true, private: e.Private})
	case e.Op == media.OpRemove:
		n.lines = append(n.lines, noteLine{op: media.OpRemove, from: e.Path, at: now})
	case e.Op == media.OpMove, e.Op == media.OpReplace:
		there.Path = e.To
		n.lines = append(n.lines, noteLine{op: media.OpMove, from: e.Path, to: there, at: now, uploaded: e.Op == media.OpReplace, private: e.Private})
	}
	if len(n.lines) >= notebookBatch {
		n.write()
	}
}

// write notes what was done, each run of the same kind at once. After a failure
// what is left is kept for later, and so is all that follows it.
func (n *notebook) write() {
	lines := n.lines
	n.lines = nil
	if len(lines) == 0 || n.none {
		return
	}
	worth := slices.ContainsFunc(lines, func(l noteLine) bool { return !l.private.Empty() })
	if !n.away {
		n.app.atNotes.Store(true) // it may take long, where others keep the catalogue busy
		defer n.app.atNotes.Store(false)
		err := eachRun(lines, func(run []noteLine) error {
			return n.do(worth, func(ctx context.Context, p *catalog.Place) error { return take(ctx, p, run) })
		})
		if err == nil || n.none {
			n.told = false
			return
		}
		n.away, lines = true, undoneOf(err)
		n.say(err, n.keep(lines) == nil)
		return
	}
	if err := n.keep(lines); err != nil {
		n.say(err, false)
	}
}

func take(ctx context.Context, p *catalog.Place, run []noteLine) error {
	var stored []catalog.Upload
	var gone []string
	var moves []catalog.Move
	for _, l := range run {
		switch l.op {
		case media.OpPut:
			u := catalog.Upload{Object: l.to, Private: l.decided()}
			if l.late {
				u.At = l.at
			}
			stored = append(stored, u)
		case media.OpRemove:
			gone = append(gone, l.from)
		case media.OpMove:
			m := catalog.Move{From: l.from, To: l.to}
			if l.late {
				m.At = l.at
			}
			if l.uploaded {
				decided := l.decided()
				m.Uploaded = &decided
			}
			moves = append(moves, m)
		}
	}
	switch {
	case stored != nil:
		return p.Uploaded(ctx, stored...)
	case gone != nil:
		return p.Gone(ctx, gone...)
	}
	return p.Moved(ctx, moves...)
}

// do works on the catalogue, which is made where it is worth that.
func (n *notebook) do(worth bool, work func(ctx context.Context, p *catalog.Place) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), noteTime)
	defer cancel()
	if n.place == nil && !worth && !n.app.catalogueMade() {
		n.none = true
		return errEnough // of all that follows, too
	}
	var err error
	if n.place == nil {
		n.place, err = n.app.openCatalogue(ctx, n.sel)
	}
	if err == nil {
		err = n.app.noteLate(ctx, n.sel, n.place) // first what was before
	}
	if err == nil {
		err = work(ctx, n.place)
	}
	return n.app.catalogueFailure(ctx, err)
}

// say tells once that something was not noted, and whether it is kept. The
// terminal UI has the screen to itself, and asks for it (Unnoted).
func (n *notebook) say(err error, kept bool) {
	if n.told && kept {
		return
	}
	n.told = true
	id := "cmd.catalogue_unnoted"
	if kept {
		id = "cmd.catalogue_kept"
	}
	_, drawing := n.app.asker.now()
	switch {
	case drawing:
		n.app.unnoted.Store(&id)
	case !n.app.flags.json:
		n.app.notRead(unnotedBy(err))
		n.app.tell(n.app.text.Say(id, nil))
	}
}

// unnotedBy words why something that was done was not noted: what elsewhere
// asks to try again would have people delete, or upload, once more.
func unnotedBy(err error) error {
	var f *failure
	if !errors.As(err, &f) {
		return err
	}
	switch f.code {
	case "catalogue_busy", "catalogue_server.busy":
		return couldNot(strings.Replace(f.code, "busy", "kept-busy", 1), f.args, f.err)
	}
	return err
}
