package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/alttext"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/media/privacy"
)

// findFlags narrow a list to what the catalogue finds.
type findFlags struct {
	search     string
	tags       []string
	creator    string
	kind       string
	missingAlt bool
	private    string
	suspicious bool
	refresh    bool
}

func (f *findFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.search, "search", "", "")
	cmd.Flags().StringSliceVar(&f.tags, "tag", nil, "")
	cmd.Flags().StringVar(&f.creator, "creator", "", "")
	cmd.Flags().StringVar(&f.kind, "kind", "", "")
	cmd.Flags().BoolVar(&f.missingAlt, "missing-alt", false, "")
	cmd.Flags().StringVar(&f.private, "private-data", "", "")
	cmd.Flags().BoolVar(&f.suspicious, "suspicious-alt", false, "")
	cmd.Flags().BoolVar(&f.refresh, "refresh", false, "")
}

func (f *findFlags) given() bool {
	return f.search != "" || len(f.tags) > 0 || f.creator != "" || f.kind != "" || f.missingAlt || f.private != "" || f.suspicious
}

// findMedia lists what the catalogue finds, the newest first.
func (a *app) findMedia(cmd *cobra.Command, lib *media.Library, sel selection, folder string, f findFlags) error {
	if f.kind != "" && !slices.Contains(catalog.Kinds(), f.kind) {
		return usage("bad_kind", map[string]string{"value": f.kind})
	}
	if f.private != "" && !slices.Contains(privacy.DecisionKinds(), f.private) {
		return usage("bad_private_data", map[string]string{"value": f.private})
	}
	ctx := cmd.Context()
	place, err := a.openCatalogue(ctx, sel)
	if err != nil {
		return err
	}
	if err := a.refreshCatalogue(ctx, lib, place, f.refresh); err != nil {
		return err
	}
	if folder != "" && folder[len(folder)-1] != '/' {
		folder += "/"
	}
	q := catalog.Query{Text: f.search, Tags: f.tags, Creator: f.creator, Kind: f.kind, MissingAlt: f.missingAlt, Private: f.private, Folder: folder}
	space := lib.Space()
	print := func(e catalog.Entry) error {
		return a.printItem(media.Item{Path: e.Path, Size: e.Size, Modified: e.Modified})
	}
	if a.flags.json {
		print = func(e catalog.Entry) error {
			it := media.Item{Path: e.Path, Key: space.Key(e.Path), Size: e.Size, Modified: e.Modified, ETag: e.ETag}
			return writeJSON(a.io.out, detailed(itemDocument(it), e), false)
		}
	}
	if f.suspicious {
		if print, err = suspicious(ctx, place, print); err != nil {
			return a.catalogueFailure(ctx, err)
		}
	}
	return a.catalogueFailure(ctx, place.Each(ctx, q, print))
}

// suspicious passes on pictures alone whose alt text looks as if nobody wrote it
// for a reader.
func suspicious(ctx context.Context, place *catalog.Place, print func(catalog.Entry) error) (func(catalog.Entry) error, error) {
	same, err := repeats(ctx, place)
	return func(e catalog.Entry) error {
		p := alttext.Picture{Path: e.Path, Alt: e.Alt, Mark: e.AltMark, Repeated: same[e.Alt]}
		if catalog.Kind(e.Path) != catalog.KindImage || alttext.Judge(p).Class != alttext.Suspicious {
			return nil
		}
		return print(e)
	}, err
}

// detailed adds what people wrote to an item.
func detailed(j itemJSON, e catalog.Entry) itemJSON {
	tags := e.Tags
	if tags == nil {
		tags = []string{}
	}
	j.Alt, j.Tags, j.Creator = &e.Alt, &tags, &e.Creator
	if e.AltMark != "" {
		j.AltMark = &e.AltMark
	}
	if !e.Private.Empty() {
		j.Private = &decidedJSON{e.Private.Kind(), e.Private}
	}
	return j
}
