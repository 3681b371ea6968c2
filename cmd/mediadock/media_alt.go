package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media/alttext"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/text"
)

func (a *app) mediaAltCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:  "alt",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.groupUsage(cmd) }),
	}
	cmd.AddCommand(a.altStatusCommand(), a.altListCommand(), a.altExportCommand(), a.altImportCommand())
	return cmd
}

// writeNotes writes all that people wrote as CSV or JSON to a file, or to
// stdout, as it is read: memory holds a page of it.
func (a *app) writeNotes(ctx context.Context, place *catalog.Place, file string, asCSV bool) error {
	count := 0
	write := func(w io.Writer) error {
		out := bufio.NewWriterSize(w, 64<<10)
		row, end := catalog.WriteJSON(out)
		if asCSV {
			row, end = catalog.WriteCSV(out, a.io.forSpreadsheets(file))
		}
		var broken error // of the file, not of the catalogue
		err := place.Notes(ctx, false, func(n catalog.Noted) error {
			count++
			broken = row(n)
			return broken
		})
		switch {
		case broken != nil:
			return broken
		case err != nil:
			return a.catalogueFailure(ctx, err)
		}
		return cmp.Or(end(), out.Flush())
	}
	if file == "" {
		return write(a.io.out)
	}
	if err := mayReplace(file, "notes_exist", catalog.MostNotes, isNotes); err != nil {
		return err
	}
	var worded *failure
	switch err := streamFile(file, write); {
	case errors.As(err, &worded) || ctx.Err() != nil:
		return err
	case err != nil:
		return couldNot("write", map[string]string{"file": file}, err)
	}
	a.tell(a.text.Say("cmd.notes_written", map[string]string{"file": file, "count": strconv.Itoa(count)}))
	return nil
}

// isNotes lets notes take the place of notes, and of nothing else.
func isNotes(data []byte) bool {
	if _, err := catalog.ReadNotes(bytes.NewReader(data)); err == nil {
		return true
	}
	_, err := alttext.ReadTable(bytes.NewReader(data))
	return err == nil
}

// takenJSON is what became of notes that were to be taken in.
type takenJSON struct {
	Changed int      `json:"changed"`
	Same    int      `json:"same"`
	Unknown []string `json:"unknown"`
	DryRun  bool     `json:"dry_run"`
}

func (a *app) tellTaken(ctx context.Context, place *catalog.Place, notes []catalog.Noted, dryRun bool) error {
	taken, err := place.TakeNotes(ctx, notes, dryRun)
	if err != nil {
		return a.catalogueFailure(ctx, err)
	}
	if a.flags.json {
		doc := takenJSON{Changed: taken.Changed, Same: taken.Same, Unknown: taken.Unknown, DryRun: dryRun}
		if doc.Unknown == nil {
			doc.Unknown = []string{}
		}
		return writeJSON(a.io.out, doc, true)
	}
	id := "cmd.notes_taken"
	if dryRun {
		id = "cmd.notes_would"
	}
	fmt.Fprintln(a.io.out, a.text.Say(id, map[string]string{"changed": strconv.Itoa(taken.Changed), "same": strconv.Itoa(taken.Same)}))
	at, _, err := place.Refreshed(ctx)
	if len(taken.Unknown) > 0 && err == nil && !at.IsZero() { // else nobody knows what the bucket has
		a.tell(a.text.Say("cmd.notes_unknown", map[string]string{"count": strconv.Itoa(len(taken.Unknown))}))
		for _, path := range taken.Unknown {
			a.tell("  " + text.Safe(path))
		}
	}
	return nil
}

func (a *app) readNotes(file string) ([]catalog.Noted, error) {
	in := a.io.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, couldNot("notes_unreadable", map[string]string{"file": file}, err)
		}
		defer f.Close()
		in = f
	}
	notes, err := catalog.ReadNotes(in)
	var bad *catalog.FileError
	switch {
	case errors.As(err, &bad):
		detail := a.text.Say("cmd.notes."+bad.Code, map[string]string{"line": strconv.Itoa(bad.Line), "detail": bad.Detail})
		return nil, usage("notes_bad", map[string]string{"file": file, "detail": detail})
	case err != nil:
		return nil, couldNot("notes_unreadable", map[string]string{"file": file}, err)
	}
	return notes, nil
}
