package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media/alttext"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/media/sheet"
)

type altExportOptions struct {
	altFilter
	output  string
	refresh bool
}

func (a *app) altExportCommand() *cobra.Command {
	var o altExportOptions
	cmd := &cobra.Command{
		Use:  "export [FOLDER]",
		Args: cobra.MaximumNArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.altExport(cmd, first(args), o) }),
	}
	o.altFilter.add(cmd)
	o.all = true
	cmd.Flags().StringVar(&o.output, "output", "", "")
	cmd.Flags().BoolVar(&o.refresh, "refresh", false, "")
	return cmd
}

// altExport writes one row a picture, as it is found: those that have an alt
// text and those that lack one, so that the file is the list of what is to be
// done.
func (a *app) altExport(cmd *cobra.Command, folder string, o altExportOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	if o.output == "-" {
		o.output = "" // stdout, as without it
	}
	if err := mayReplace(o.output, "notes_exist", sheet.Most, isNotes); err != nil {
		return err
	}
	p, err := a.openPictures(cmd, folder, o.refresh)
	if err != nil {
		return err
	}
	ctx, n := cmd.Context(), 0
	var unread error
	write := func(w io.Writer) (err error) {
		n, unread, err = a.writeTable(ctx, w, p, o)
		return errors.Join(unread, err)
	}
	if o.output == "" {
		err := write(a.io.out)
		if unread != nil {
			return a.catalogueFailure(ctx, unread)
		}
		return err
	}
	switch err := streamFile(o.output, write); {
	case unread != nil:
		return a.catalogueFailure(ctx, unread)
	case err != nil:
		return couldNot("write", map[string]string{"file": o.output}, err)
	}
	a.tell(a.text.Say("cmd.notes_written", map[string]string{"file": o.output, "count": strconv.Itoa(n)}))
	return nil
}

// writeTable writes the table as CSV or, with --json, as JSON. What the
// catalogue does not give is told apart from what the output does not take.
func (a *app) writeTable(ctx context.Context, w io.Writer, p *pictures, o altExportOptions) (n int, unread, err error) {
	row, end := csvTable(w, a.io.forSpreadsheets(o.output))
	if a.flags.json {
		row, end = jsonTable(w)
	}
	unread = p.each(ctx, func(j alttext.Judged, e catalog.Entry) error {
		if !o.takes(j.Verdict) {
			return nil
		}
		n++
		err = row(alttext.Item{
			Path: e.Path, URL: p.lib.URL(e.Path), Alt: &e.Alt, Mark: &e.AltMark, Reasons: j.Reasons, Revision: alttext.Revision(e.Alt, e.AltMark),
		})
		return err
	})
	switch {
	case err != nil:
		unread = nil
	case unread == nil:
		err = end()
	}
	return n, unread, err
}

func csvTable(w io.Writer, marked bool) (row func(alttext.Item) error, end func() error) {
	out := sheet.NewWriter(w, marked)
	begun := false
	begin := func() error {
		if begun {
			return nil
		}
		begun = true
		return out.Row(alttext.Columns...)
	}
	row = func(it alttext.Item) error {
		if err := begin(); err != nil {
			return err
		}
		return out.Row(it.Path, it.URL, *it.Alt, *it.Mark, strings.Join(it.Reasons, " "), it.Revision)
	}
	return row, func() error {
		if err := begin(); err != nil {
			return err
		}
		return out.Close()
	}
}

// jsonTable writes one document, one picture a line.
func jsonTable(w io.Writer) (row func(alttext.Item) error, end func() error) {
	const head, next = `{"version":1,"media":[` + "\n", ",\n"
	between := head
	row = func(it alttext.Item) error {
		data, err := json.Marshal(it)
		if err != nil {
			return err
		}
		_, err = io.WriteString(w, between+string(data))
		between = next
		return err
	}
	return row, func() error {
		tail := "\n]}\n"
		if between == head {
			tail = head + "]}\n"
		}
		_, err := io.WriteString(w, tail)
		return err
	}
}
