package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/media/guess"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

// itemJSON is one line of `media ls --json`. What is not known without
// another request is left out.
type itemJSON struct {
	Type        string            `json:"type"`
	Path        string            `json:"path"`
	Key         string            `json:"key,omitempty"`
	Size        *int64            `json:"size,omitempty"`
	Modified    string            `json:"modified,omitempty"`
	ETag        string            `json:"etag,omitempty"`
	ContentType string            `json:"content_type,omitempty"`
	URL         string            `json:"url,omitempty"`
	Metadata    map[string]string `json:"metadata,omitempty"`
	// What people wrote, where the catalogue knows the file.
	Alt     *string   `json:"alt,omitempty"`
	Tags    *[]string `json:"tags,omitempty"`
	Creator *string   `json:"creator,omitempty"`
	AltMark *string   `json:"alt_mark,omitempty"`
	// Private is what was decided about private data at the upload.
	Private *decidedJSON `json:"private_data,omitempty"`
	// Guessable is told by media info.
	Guessable *guessJSON `json:"guessable,omitempty"`
}

// decidedJSON has in Kind what matters most: kept, undecided, stays or removed.
type decidedJSON struct {
	Kind string `json:"decision"`
	catalog.Decided
}

func itemDocument(it media.Item) itemJSON {
	if it.Folder {
		return itemJSON{Type: "folder", Path: it.Path}
	}
	size := it.Size
	j := itemJSON{Type: "media", Path: it.Path, Key: it.Key, Size: &size, ETag: it.ETag, ContentType: it.ContentType, Metadata: it.Metadata}
	if !it.Modified.IsZero() {
		j.Modified = it.Modified.UTC().Format(time.RFC3339)
	}
	return j
}

func (a *app) mediaListCommand() *cobra.Command {
	var recursive bool
	var find findFlags
	cmd := &cobra.Command{
		Use:  "ls [PATH]",
		Args: cobra.MaximumNArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error {
			lib, sel, err := a.openMedia(cmd, transferFlags{})
			if err != nil {
				return err
			}
			if find.given() {
				return a.mediaFailure(cmd.Context(), a.findMedia(cmd, lib, sel, first(args), find), sel)
			}
			return a.mediaFailure(cmd.Context(), a.listMedia(cmd, lib, first(args), recursive), sel)
		}),
	}
	cmd.Flags().BoolVarP(&recursive, "recursive", "r", false, "")
	find.add(cmd)
	return cmd
}

func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

// listMedia streams: a page is printed, with one write, before the next one
// is waited for.
func (a *app) listMedia(cmd *cobra.Command, lib *media.Library, path string, recursive bool) error {
	var lines bytes.Buffer
	found := false
	defer func() {
		if !found {
			a.sayMeant()
		}
	}()
	print := func(items []media.Item) error {
		lines.Reset()
		found = found || len(items) > 0
		for _, it := range items {
			if !a.flags.json {
				listLine(&lines, it)
			} else if err := writeJSON(&lines, itemDocument(it), false); err != nil {
				return err
			}
		}
		_, err := a.io.out.Write(lines.Bytes())
		return err
	}
	if recursive {
		return lib.WalkPages(cmd.Context(), path, print)
	}
	for token := ""; ; {
		page, err := lib.Page(cmd.Context(), path, token)
		if err != nil {
			return err
		}
		if err := print(page.Items); err != nil || page.Next == "" {
			return err
		}
		token = page.Next
	}
}

func (a *app) printItem(it media.Item) error {
	var line bytes.Buffer
	listLine(&line, it)
	_, err := a.io.out.Write(line.Bytes())
	return err
}

func listLine(lines *bytes.Buffer, it media.Item) {
	size, modified := "-", ""
	if !it.Folder {
		size, modified = byteSize(it.Size), it.Modified.Local().Format("2006-01-02 15:04")
	}
	fmt.Fprintf(lines, "%10s  %-16s  %s\n", size, modified, text.Safe(it.Path))
}

// byteSize prints bytes as people read them: "18.2 MB", powers of 1,000.
func byteSize(n int64) string {
	const units = "kMGTPE"
	if n < 1000 {
		return fmt.Sprintf("%d B", n)
	}
	f, u := float64(n), -1
	for f >= 999.95 && u < len(units)-1 {
		f /= 1000
		u++
	}
	return fmt.Sprintf("%.1f %cB", f, units[u])
}

func (a *app) mediaInfoCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "info PATH",
		Args: cobra.ExactArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error {
			lib, sel, err := a.openMedia(cmd, transferFlags{})
			if err != nil {
				return err
			}
			it, err := lib.Info(cmd.Context(), args[0])
			if err != nil {
				return a.fileFailure(cmd.Context(), err, sel)
			}
			j := itemDocument(it)
			j.URL = lib.URL(it.Path)
			worth := guess.Score(it.Path)
			written, known := a.written(cmd.Context(), sel, it.Path)
			written.Private = written.PrivateOf(it.ETag)
			if a.flags.json {
				j.Guessable = guessDocument(worth)
				if known {
					j = detailed(j, written)
				}
				return writeJSON(a.io.out, j, true)
			}
			a.printInfo(j, worth)
			a.printDetails(written)
			return nil
		}),
	}
}

// infoRow prints one line of media info, if there is something to say.
func (a *app) infoRow(id, value string) {
	if value != "" {
		fmt.Fprintln(a.io.out, padded(a.text.Say("cmd.info."+id, nil), 14), text.Safe(value))
	}
}

func (a *app) printInfo(j itemJSON, worth guess.Result) {
	row := a.infoRow
	row("path", j.Path)
	row("url", j.URL)
	row("guessable", a.text.Meter(worth))
	if j.Size != nil {
		row("size", fmt.Sprintf("%s (%d)", byteSize(*j.Size), *j.Size))
	}
	row("type", j.ContentType)
	row("modified", j.Modified)
	row("etag", j.ETag)
	row("key", j.Key)
	for _, k := range sortedKeys(j.Metadata) {
		fmt.Fprintf(a.io.out, "%-14s %s\n", "  "+text.Safe(k), text.Safe(j.Metadata[k]))
	}
}

func (a *app) mediaURLCommand() *cobra.Command {
	var presign time.Duration
	cmd := &cobra.Command{
		Use:  "url PATH",
		Args: cobra.ExactArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("presign") && presign <= 0 {
				return usage("bad_presign", nil)
			}
			lib, sel, err := a.openMedia(cmd, transferFlags{})
			if err != nil {
				return err
			}
			return a.mediaFailure(cmd.Context(), a.printURL(cmd, lib, sel, args[0], presign), sel)
		}),
	}
	cmd.Flags().DurationVar(&presign, "presign", 0, "")
	return cmd
}

type urlJSON struct {
	Path    string `json:"path"`
	URL     string `json:"url"`
	Expires string `json:"expires,omitempty"`
	// Guessable is about the file's own address, signed or not.
	Guessable *guessJSON `json:"guessable"`
}

func (a *app) printURL(cmd *cobra.Command, lib *media.Library, sel selection, path string, presign time.Duration) error {
	out := urlJSON{Path: path, URL: lib.URL(path), Guessable: guessDocument(guess.Score(path))}
	if presign > 0 {
		u, expires, err := lib.Presign(cmd.Context(), path, presign)
		if err != nil {
			return err
		}
		out.URL, out.Expires = u, expires.UTC().Format(time.RFC3339)
		if !a.flags.json {
			fmt.Fprintln(a.io.err, a.text.Say("cmd.presign_expires", map[string]string{"at": out.Expires}))
		}
	}
	if a.flags.json {
		return writeJSON(a.io.out, out, false)
	}
	if presign == 0 {
		a.tellUnknown(cmd.Context(), sel, path)
		a.tellMeter(path)
		if wizard.SignedOnly(sel.settings) {
			a.tell(a.text.Say("cmd.url_signed_only", nil))
		}
	}
	_, err := fmt.Fprintln(a.io.out, out.URL)
	return err
}

// tellUnknown says that the catalogue, if it was ever brought in line with the
// bucket, does not have a file: a URL is made of its name alone, and asks
// nobody. What the catalogue cannot tell is not told.
func (a *app) tellUnknown(ctx context.Context, sel selection, path string) {
	if !a.catalogueMade() {
		return
	}
	path = strings.TrimPrefix(path, "/")
	place, err := a.openCatalogue(ctx, sel)
	if err != nil {
		return
	}
	at, _, err := place.Refreshed(ctx)
	if err != nil || at.IsZero() {
		return
	}
	if known, err := place.Get(ctx, path); err == nil && !known[path].Present {
		a.tell(a.text.Say("cmd.url_unknown", map[string]string{"path": text.Safe(path), "time": at.Local().Format("2006-01-02 15:04")}))
	}
}
