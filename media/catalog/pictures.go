package catalog

import (
	"context"
	"errors"
	"strings"
)

// What somebody said about an alt text itself.
const (
	// MarkDecorative: the picture says nothing, so its alt text is empty on
	// purpose. It is no missing one.
	MarkDecorative = "decorative"
	// MarkChecked: somebody has looked at the alt text and found it right,
	// whatever it looks like. It goes when the alt text changes.
	MarkChecked = "checked"
)

// AltText is what a picture's alt text is now.
type AltText struct{ Text, Mark string }

// AltText is the file's.
func (d Details) AltText() AltText { return AltText{d.Alt, d.AltMark} }

// ErrChanged is returned where somebody else has changed an alt text since it
// was shown. Nothing was written; the entry that comes with it is as it is now.
var ErrChanged = errors.New("catalog: the alt text was changed meanwhile")

// Pictures calls yield for every present picture whose path begins with a
// prefix, in the order of paths, until it returns an error, which Pictures then
// returns.
func (p *Place) Pictures(ctx context.Context, prefix string, yield func(Entry) error) error {
	return p.inOrderFrom(ctx, `m.present`, prefix, func(e Entry) error {
		if !strings.HasPrefix(e.Path, prefix) {
			return errEnough // those of the prefix are side by side
		}
		if Kind(e.Path) != KindImage {
			return nil
		}
		return yield(e)
	})
}

// Repeated calls yield for every present file whose alt text at least as many
// files have, as it is written, as least says, those of one alt text after
// another.
func (p *Place) Repeated(ctx context.Context, least int, yield func(Entry) error) error {
	rows, err := p.c.rows(ctx, p.c.db, `SELECT `+columns+` FROM media m
		WHERE m.place = ? AND m.edited > 0 AND m.present AND m.alt IN (
			SELECT alt FROM media WHERE place = ? AND edited > 0 AND present AND alt <> '' GROUP BY alt HAVING count(*) >= ?)
		ORDER BY m.alt, m.path`, p.id, p.id, least)
	return p.c.engine.failure(collect(rows, err, yield))
}

// Wanted is an edit of one file among several.
type Wanted struct {
	Path string
	Edit Edit
}

// Outcome is what became of a Wanted, or would.
type Outcome struct {
	Before, After Entry
	// Known is false for a path that is not in the bucket as far as the
	// catalogue knows. What is written about it is kept for when it comes.
	Known bool
	// Conflict tells that somebody else has changed it: nothing was written.
	Conflict bool
}

// Changed tells whether something is otherwise than before.
func (o Outcome) Changed() bool { return !sameDetails(o.Before.Details, o.After.Details) }

// EditAll does several edits, all that are in no conflict or, where one cannot
// be written, none. told hears of each. dry finds out what would happen and
// changes nothing.
func (p *Place) EditAll(ctx context.Context, wanted []Wanted, dry bool, told func(Wanted, Outcome)) error {
	err := p.write(ctx, func(w *writer) error {
		paths := make([]string, len(wanted))
		for i, want := range wanted {
			paths[i] = want.Path
		}
		if err := w.load(ctx, paths...); err != nil {
			return err
		}
		for _, want := range wanted {
			o := w.edit(want.Path, want.Edit)
			if o.Changed() {
				w.put(o.After)
			}
			told(want, o)
		}
		if dry {
			return errDry
		}
		return nil
	})
	if dry && errors.Is(err, errDry) {
		return nil
	}
	return err
}
