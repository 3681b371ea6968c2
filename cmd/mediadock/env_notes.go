package main

import (
	"context"
	"errors"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/text"
)

// envNotes copies what people wrote about media (alt texts, tags, creators, what
// was decided about private data) to an environment, as its media are (M72). The
// catalogue is no reason to fail: what it does not give or take is told.
type envNotes struct {
	a       *app
	source  selection
	sel     selection
	from    *catalog.Place
	to      *catalog.Place
	pending []catalog.Copy
	// expected is how many files of the source have notes, given how many copies
	// were given some in this run.
	expected, given int
	err             *failure // what ended it
}

// environmentNotes finds out what there is to copy. Without a catalogue there is
// nothing.
func (a *app) environmentNotes(ctx context.Context, source, sel selection) *envNotes {
	n := &envNotes{a: a, source: source, sel: sel}
	if !a.catalogueMade() {
		return n
	}
	n.try(ctx, func(ctx context.Context) (err error) {
		if n.from, err = a.openCatalogue(ctx, source); err == nil {
			n.expected, err = n.from.Heritage(ctx)
		}
		return err
	})
	return n
}

// try does one piece of work, unless an earlier one failed.
func (n *envNotes) try(ctx context.Context, work func(context.Context) error) {
	if n.err != nil || ctx.Err() != nil {
		return
	}
	bounded, cancel := context.WithTimeout(ctx, noteTime)
	defer cancel()
	if err := work(bounded); ctx.Err() == nil && err != nil {
		errors.As(n.a.catalogueFailure(ctx, err), &n.err)
	}
}

// begin makes the environment's part ready. In an empty directory what is known
// is of an earlier environment of that name, and goes.
func (n *envNotes) begin(ctx context.Context, empty bool) {
	if n == nil || n.from == nil || n.expected == 0 && !empty {
		return
	}
	n.try(ctx, func(ctx context.Context) (err error) {
		n.to, err = n.a.openCatalogue(ctx, n.sel)
		if err == nil && empty {
			err = n.to.Clear(ctx)
		}
		return err
	})
}

// alike takes a copy that was compared, to give it what its original has.
func (n *envNotes) alike(ctx context.Context, from string, to media.Item) {
	if n == nil || n.to == nil || n.expected == 0 || n.err != nil {
		return
	}
	n.pending = append(n.pending, catalog.Copy{From: from, To: objectOf(to)})
	if len(n.pending) >= notebookBatch {
		n.flush(ctx)
	}
}

func (n *envNotes) flush(ctx context.Context) {
	if n == nil || n.to == nil || len(n.pending) == 0 {
		return
	}
	n.try(ctx, func(ctx context.Context) error {
		given, err := catalog.Inherit(ctx, n.from, n.to, n.pending...)
		n.given += given
		return err
	})
	n.pending = n.pending[:0]
}

// forgetNotes takes an environment that is deleted out of the catalogue.
func (a *app) forgetNotes(ctx context.Context, sel selection) error {
	if sel.environment == "" || !a.catalogueMade() {
		return nil
	}
	place, err := a.openCatalogue(ctx, sel)
	if err == nil {
		err = place.Clear(ctx)
	}
	return a.catalogueFailure(ctx, err)
}

// envNotesJSON is what became of what people wrote.
type envNotesJSON struct {
	Copied  int    `json:"copied"`
	Code    string `json:"code,omitempty"` // why not all were
	Message string `json:"message,omitempty"`
	Command string `json:"command,omitempty"` // copies them later
}

func (n *envNotes) document() *envNotesJSON {
	if n == nil {
		return nil
	}
	doc := &envNotesJSON{Copied: n.given}
	if n.err != nil {
		doc.Code, doc.Message, doc.Command = n.err.code, n.a.sayFailure(n.err), n.later()
	}
	return doc
}

// later is the command that copies what was not.
func (n *envNotes) later() string {
	return "mediadock catalogue move --from-place " + shellQuote(placeName(catalogueKey(n.source))) +
		" --to-place " + shellQuote(placeName(catalogueKey(n.sel))) + " --keep target"
}

// tellNotes says what became of what people wrote.
func (a *app) tellNotes(o envOutcome, args map[string]string) {
	if n := o.notes; n != nil {
		if n.given > 0 {
			a.tell(a.text.Say("cmd.env.notes", map[string]string{"count": text.Thousands(int64(n.given))}))
		}
		if n.err != nil {
			a.tellLines(a.text.Say("cmd.env.notes-not", map[string]string{"reason": a.sayFailure(n.err), "command": n.later()}))
		}
	}
	if o.unforgotten != nil {
		a.tellLines(a.text.Say("cmd.env.notes-stay", map[string]string{"reason": a.sayFailure(o.unforgotten), "name": args["name"]}))
	}
}
