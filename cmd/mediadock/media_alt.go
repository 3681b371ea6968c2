package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/text"
)

func (a *app) mediaAltCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:  "alt",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.groupUsage(cmd) }),
	}
	cmd.AddCommand(a.altExportCommand(), a.altImportCommand())
	return cmd
}

type altExportOptions struct {
	output  string
	missing bool
	refresh bool
}

func (a *app) altExportCommand() *cobra.Command {
	var o altExportOptions
	cmd := &cobra.Command{
		Use:  "export",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.altExport(cmd, o) }),
	}
	cmd.Flags().StringVar(&o.output, "output", "", "")
	cmd.Flags().BoolVar(&o.missing, "missing-alt", false, "")
	cmd.Flags().BoolVar(&o.refresh, "refresh", false, "")
	return cmd
}

// altExport writes one row a picture: those that have an alt text and those
// that lack one, so that the file is the list of what is to be done.
func (a *app) altExport(cmd *cobra.Command, o altExportOptions) error {
	lib, sel, err := a.openMedia(cmd, transferFlags{})
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	place, err := a.openCatalogue(ctx, sel)
	if err != nil {
		return err
	}
	if err := a.refreshCatalogue(ctx, lib, place, o.refresh); err != nil {
		return a.mediaFailure(ctx, err, sel)
	}
	q := catalog.Query{Kind: catalog.KindImage, MissingAlt: o.missing}
	notes := []catalog.Noted{}
	err = place.Each(ctx, q, func(e catalog.Entry) error {
		notes = append(notes, e.Noted())
		return nil
	})
	if err != nil {
		return a.catalogueFailure(ctx, err)
	}
	return a.writeNotes(notes, o.output, !a.flags.json)
}

// writeNotes writes notes as CSV or JSON to a file, or to stdout.
func (a *app) writeNotes(notes []catalog.Noted, file string, asCSV bool) error {
	var b bytes.Buffer
	if asCSV {
		row, end := catalog.WriteCSV(&b)
		for _, n := range notes {
			_ = row(n) // into memory
		}
		_ = end()
	} else if err := catalog.WriteJSON(&b, notes); err != nil {
		return err
	}
	if file == "" {
		_, err := a.io.out.Write(b.Bytes())
		return err
	}
	if err := mayReplace(file, "notes_exist", catalog.MostNotes, isNotes); err != nil {
		return err
	}
	if err := putFile(file, b.Bytes()); err != nil {
		return couldNot("write", map[string]string{"file": file}, err)
	}
	a.tell(a.text.Say("cmd.notes_written", map[string]string{"file": file, "count": strconv.Itoa(len(notes))}))
	return nil
}

// isNotes lets notes take the place of notes, and of nothing else.
func isNotes(data []byte) bool {
	_, err := catalog.ReadNotes(bytes.NewReader(data))
	return err == nil
}

func (a *app) altImportCommand() *cobra.Command {
	var dryRun bool
	cmd := &cobra.Command{
		Use:  "import FILE|-",
		Args: cobra.ExactArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.takeNotes(cmd, args[0], dryRun) }),
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "")
	return cmd
}

// takenJSON is what became of notes that were to be taken in.
type takenJSON struct {
	Changed int      `json:"changed"`
	Same    int      `json:"same"`
	Unknown []string `json:"unknown"`
	DryRun  bool     `json:"dry_run"`
}

// takeNotes takes a file of notes into the catalogue, all of it or nothing.
func (a *app) takeNotes(cmd *cobra.Command, file string, dryRun bool) error {
	notes, err := a.readNotes(file)
	if err != nil {
		return err
	}
	lib, sel, err := a.openMedia(cmd, transferFlags{})
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	place, err := a.openCatalogue(ctx, sel)
	if err != nil {
		return err
	}
	// What is unknown should be so because the bucket does not have it.
	if err := a.refreshCatalogue(ctx, lib, place, false); err != nil {
		return a.mediaFailure(ctx, err, sel)
	}
	return a.tellTaken(ctx, place, notes, dryRun)
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
