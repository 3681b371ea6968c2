package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/text"
)

type setOptions struct {
	alt, creator string
	tags         []string
	decorative   bool
	checked      bool
	dryRun       bool
}

func (a *app) mediaSetCommand() *cobra.Command {
	var o setOptions
	cmd := &cobra.Command{
		Use:  "set PATH",
		Args: cobra.ExactArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.mediaSet(cmd, args[0], o) }),
	}
	cmd.Flags().StringVar(&o.alt, "alt", "", "")
	cmd.Flags().StringSliceVar(&o.tags, "tag", nil, "")
	cmd.Flags().StringVar(&o.creator, "creator", "", "")
	cmd.Flags().BoolVar(&o.decorative, "decorative", false, "")
	cmd.Flags().BoolVar(&o.checked, "alt-checked", false, "")
	cmd.MarkFlagsMutuallyExclusive("decorative", "alt-checked")
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "")
	return cmd
}

// mediaSet writes about a file that is there: alt text, tags and creator go
// into the catalogue, never into S3 (D4).
func (a *app) mediaSet(cmd *cobra.Command, path string, o setOptions) error {
	var edit catalog.Edit
	changed := cmd.Flags().Changed
	if changed("alt") {
		edit.Alt = &o.alt
	}
	if changed("tag") {
		edit.Tags = &o.tags
	}
	if changed("creator") {
		edit.Creator = &o.creator
	}
	switch mark := ""; {
	case o.decorative && strings.TrimSpace(o.alt) != "":
		return usage("alt_and_decorative", nil)
	case changed("decorative"), changed("alt-checked"):
		switch {
		case o.decorative:
			mark = catalog.MarkDecorative
		case o.checked:
			mark = catalog.MarkChecked
		}
		edit.AltMark = &mark
	}
	if edit == (catalog.Edit{}) {
		return usage("nothing_to_set", nil)
	}
	lib, sel, err := a.openMedia(cmd, transferFlags{})
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	it, err := lib.Info(ctx, path)
	if err != nil {
		return a.fileFailure(ctx, err, sel)
	}
	place, err := a.openCatalogue(ctx, sel)
	if err != nil {
		return err
	}
	var e catalog.Entry
	if o.dryRun {
		known, err := place.Get(ctx, it.Path)
		if err != nil {
			return a.catalogueFailure(ctx, err)
		}
		e = known[it.Path].With(edit)
	} else {
		if err := place.Saw(ctx, objectOf(it)); err != nil {
			return a.catalogueFailure(ctx, err)
		}
		if e, err = place.Edit(ctx, it.Path, edit); err != nil {
			return a.catalogueFailure(ctx, err)
		}
	}
	j := detailed(itemDocument(it), e)
	j.URL = lib.URL(it.Path)
	if a.flags.json {
		return writeJSON(a.io.out, j, true)
	}
	fmt.Fprintln(a.io.out, text.Safe(it.Path))
	a.printDetails(e)
	return nil
}
