package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media/alttext"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/media/sheet"
	"github.com/mediadock/mediadock/tui/text"
)

type altImportOptions struct {
	dryRun bool
	clear  bool
	force  bool
}

func (a *app) altImportCommand() *cobra.Command {
	var o altImportOptions
	cmd := &cobra.Command{
		Use:  "import FILE|-",
		Args: cobra.ExactArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.altImport(cmd, args[0], o) }),
	}
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "")
	cmd.Flags().BoolVar(&o.clear, "clear-empty", false, "")
	cmd.Flags().BoolVar(&o.force, "overwrite", false, "")
	return cmd
}

// altImport takes a table in: all rows, or none where one is wrong; rows whose
// alt text somebody else has changed since it went out are left out and told.
func (a *app) altImport(cmd *cobra.Command, file string, o altImportOptions) error {
	ctx := cmd.Context()
	table, err := a.readTable(ctx, file)
	if err != nil {
		return err
	}
	p, err := a.openPictures(cmd, "", false) // what is unknown should be so because the bucket does not have it
	if err != nil {
		return err
	}
	t := &altTaking{o: o, doc: altTakenJSON{Unknown: []string{}, Emptied: []string{}, Conflicts: []altConflictJSON{}, DryRun: o.dryRun, Encoding: table.Encoding}}
	for rows := range slices.Chunk(table.Rows, 500) {
		if err := t.want(ctx, p.place, rows); err != nil {
			return a.catalogueFailure(ctx, err)
		}
	}
	if err := p.place.EditAll(ctx, t.wanted, o.dryRun, t.told); err != nil {
		return a.catalogueFailure(ctx, err)
	}
	return a.tellAltTaken(ctx, p.place, t)
}

// altTaking is a table on its way in.
type altTaking struct {
	o      altImportOptions
	wanted []catalog.Wanted
	doc    altTakenJSON
}

// altTakenJSON is what became of a table.
type altTakenJSON struct {
	Changed int `json:"changed"`
	Same    int `json:"same"`
	// Unknown are not in the bucket as far as the catalogue knows.
	Unknown []string `json:"unknown"`
	// Emptied have an alt text that the table has no word for: it stays.
	Emptied   []string          `json:"emptied"`
	Conflicts []altConflictJSON `json:"conflicts"`
	// Changes are there with --dry-run.
	Changes  []altChangeJSON `json:"changes,omitempty"`
	DryRun   bool            `json:"dry_run"`
	Encoding string          `json:"encoding"`
}

type altChangeJSON struct {
	Path       string `json:"path"`
	Before     string `json:"before"`
	After      string `json:"after"`
	BeforeMark string `json:"before_mark,omitempty"`
	AfterMark  string `json:"after_mark,omitempty"`
}

// altConflictJSON is a row that was left out: yours is what the table says, now
// what somebody else wrote.
type altConflictJSON struct {
	Path string `json:"path"`
	Now  string `json:"now"`
	Your string `json:"yours"`
}

// want makes edits of rows. Where a row tells what it went out with, the edit
// is for that alone.
func (t *altTaking) want(ctx context.Context, place *catalog.Place, rows []alttext.Row) error {
	paths := make([]string, len(rows))
	for i, r := range rows {
		paths[i] = r.Path
	}
	known, err := place.Get(ctx, paths...)
	if err != nil {
		return err
	}
	for _, r := range rows {
		now := known[r.Path]
		edit := catalog.Edit{Alt: r.Alt, Tags: r.Tags, Creator: r.Creator, AltMark: r.Mark}
		if r.Emptied && now.Alt != "" && (r.Mark == nil || *r.Mark != catalog.MarkDecorative) {
			if t.o.clear {
				edit.Alt = new(string)
			} else if !t.stale(r, now) {
				t.doc.Emptied = append(t.doc.Emptied, r.Path)
			}
		}
		if t.stale(r, now) && now.With(edit).AltText() != now.AltText() {
			t.conflict(r.Path, now, edit)
			continue
		}
		if !t.o.force {
			seen := now.AltText()
			edit.Seen = &seen
		}
		t.wanted = append(t.wanted, catalog.Wanted{Path: r.Path, Edit: edit})
	}
	return nil
}

// stale tells whether an alt text is another than when the table went out.
func (t *altTaking) stale(r alttext.Row, now catalog.Entry) bool {
	return !t.o.force && r.Revision != "" && r.Revision != alttext.Revision(now.Alt, now.AltMark)
}

func (t *altTaking) conflict(path string, now catalog.Entry, edit catalog.Edit) {
	t.doc.Conflicts = append(t.doc.Conflicts, altConflictJSON{path, altShown(now.AltText()), altShown(now.With(edit).AltText())})
}

// altShown is an alt text for people: its mark in brackets where it is all
// there is.
func altShown(t catalog.AltText) string {
	if t.Text == "" && t.Mark != "" {
		return "[" + t.Mark + "]"
	}
	return t.Text
}

func (t *altTaking) told(w catalog.Wanted, o catalog.Outcome) {
	if !o.Known {
		t.doc.Unknown = append(t.doc.Unknown, w.Path)
	}
	switch {
	case o.Conflict:
		t.conflict(w.Path, o.Before, w.Edit)
	case !o.Changed():
		t.doc.Same++
	default:
		t.doc.Changed++
		if t.o.dryRun {
			t.doc.Changes = append(t.doc.Changes, altChangeJSON{w.Path, o.Before.Alt, o.After.Alt, o.Before.AltMark, o.After.AltMark})
		}
	}
}

// tellAltTaken says what became of a table. Rows that were left out for safety
// are exit 4.
func (a *app) tellAltTaken(ctx context.Context, place *catalog.Place, t *altTaking) error {
	exit := exitDone
	if len(t.doc.Conflicts) > 0 {
		exit = exitRefused
	}
	if a.flags.json {
		if err := writeJSON(a.io.out, t.doc, true); err != nil || exit == exitDone {
			return err
		}
		return said(exit)
	}
	for _, c := range t.doc.Changes {
		a.showDiff(c.Path, altShown(catalog.AltText{Text: c.Before, Mark: c.BeforeMark}), altShown(catalog.AltText{Text: c.After, Mark: c.AfterMark}))
	}
	id := "cmd.notes_taken"
	if t.o.dryRun {
		id = "cmd.notes_would"
	}
	fmt.Fprintln(a.io.out, a.text.Say(id, map[string]string{"changed": strconv.Itoa(t.doc.Changed), "same": strconv.Itoa(t.doc.Same)}))
	if t.doc.Encoding != sheet.UTF8 {
		a.tell(a.text.Say("cmd.alttable_encoding", map[string]string{"encoding": t.doc.Encoding}))
	}
	at, _, err := place.Refreshed(ctx)
	if err == nil && !at.IsZero() { // else nobody knows what the bucket has
		a.tellPaths("cmd.notes_unknown", t.doc.Unknown)
	}
	a.tellPaths("cmd.alttable_emptied", t.doc.Emptied)
	if exit == exitDone {
		return nil
	}
	a.tell(a.text.Say("cmd.alttable_conflicts", map[string]string{"count": strconv.Itoa(len(t.doc.Conflicts))}))
	for i, c := range t.doc.Conflicts {
		if i == mostTold {
			a.tell(a.text.Say("cmd.plan.more", map[string]string{"count": strconv.Itoa(len(t.doc.Conflicts) - i)}))
			break
		}
		a.tell("  " + text.Safe(c.Path))
		a.tell("    " + a.text.Say("cmd.alttable_now", map[string]string{"text": c.Now}))
		a.tell("    " + a.text.Say("cmd.alttable_yours", map[string]string{"text": c.Your}))
	}
	return said(exit)
}

func (a *app) showDiff(path, before, after string) {
	a.show(path)
	if before != "" {
		a.show("- " + before)
	}
	if after != "" {
		a.show("+ " + after)
	}
}

// mostTold is how many files a list for people has; all of them are in the
// JSON.
const mostTold = 50

func (a *app) tellPaths(id string, paths []string) {
	if len(paths) == 0 {
		return
	}
	a.tell(a.text.Say(id, map[string]string{"count": strconv.Itoa(len(paths))}))
	for i, path := range paths {
		if i == mostTold {
			a.tell(a.text.Say("cmd.plan.more", map[string]string{"count": strconv.Itoa(len(paths) - i)}))
			return
		}
		a.tell("  " + text.Safe(path))
	}
}

// readTable reads a table of alt texts from a file, or from stdin for "-".
func (a *app) readTable(ctx context.Context, file string) (alttext.Table, error) {
	var in io.Reader
	empty := "empty"
	if file == "-" {
		stdin, done := a.stdin(ctx)
		defer done()
		in, file, empty = stdin, "stdin", "empty-stdin"
	} else {
		f, err := os.Open(file)
		if err != nil {
			return alttext.Table{}, couldNot("notes_unreadable", map[string]string{"file": file}, err)
		}
		defer f.Close()
		in = f
	}
	table, err := alttext.ReadTable(in)
	var bad *alttext.TableError
	switch {
	case errors.As(err, &bad):
		if bad.Code == "empty" {
			bad.Code = empty
		}
		detail := a.text.Say("cmd.alttable."+bad.Code, map[string]string{"line": strconv.Itoa(bad.Line), "detail": bad.Detail})
		return alttext.Table{}, usage("notes_bad", map[string]string{"file": file, "detail": detail})
	case ctx.Err() != nil:
		return alttext.Table{}, ctx.Err()
	case err != nil:
		return alttext.Table{}, couldNot("notes_unreadable", map[string]string{"file": file}, err)
	}
	return table, nil
}
