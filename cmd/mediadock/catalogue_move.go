package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/text"
)

type catalogueMoveOptions struct {
	to, fromPlace, toPlace, keep string
	clear, dryRun                bool
}

func (a *app) catalogueMoveCommand() *cobra.Command {
	var o catalogueMoveOptions
	cmd := &cobra.Command{
		Use:  "move",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.catalogueMove(cmd.Context(), o) }),
	}
	cmd.Flags().StringVar(&o.to, "to", "", "")
	cmd.Flags().StringVar(&o.fromPlace, "from-place", "", "")
	cmd.Flags().StringVar(&o.toPlace, "to-place", "", "")
	cmd.Flags().StringVar(&o.keep, "keep", "", "")
	cmd.Flags().BoolVar(&o.clear, "clear-source", false, "")
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "")
	return cmd
}

// carriedJSON is what became of one place.
type carriedJSON struct {
	From      string   `json:"from"`
	To        string   `json:"to"`
	Files     int      `json:"files"`
	New       int      `json:"new"`
	Same      int      `json:"same"`
	Conflicts int      `json:"conflicts"`
	First     []string `json:"first_conflicts"`
	Verified  int      `json:"verified"`
}

// catalogueMove carries places from the catalogue that is in use to another
// one, or within it. It asks AWS nothing.
func (a *app) catalogueMove(ctx context.Context, o catalogueMoveOptions) error {
	if !slices.Contains([]string{"", "newer", "source", "target"}, o.keep) {
		return usage("catalogue_keep", map[string]string{"value": o.keep})
	}
	fromKey, err := placeKey(o.fromPlace)
	if err != nil {
		return err
	}
	toKey, err := placeKey(o.toPlace)
	switch {
	case err != nil:
		return err
	case o.toPlace != "" && o.fromPlace == "":
		return usage("catalogue_to_place", nil)
	case o.to == a.catalogueAt():
		o.to = ""
	}
	if o.to == "" && (o.toPlace == "" || fromKey == toKey) {
		return usage("catalogue_same", nil)
	}
	source, err := a.openAt(ctx, a.catalogueAt())
	if err != nil {
		return err
	}
	defer source.Close()
	target := source
	if o.to != "" {
		if target, err = a.openAt(ctx, o.to); err != nil {
			return err
		}
		defer target.Close()
	}
	keys, err := a.placesToCarry(ctx, source, o.fromPlace, fromKey)
	if err != nil {
		return err
	}
	return a.carryPlaces(ctx, source, target, keys, toKey, o)
}

func (a *app) placesToCarry(ctx context.Context, source *catalog.Catalog, named string, key catalog.Key) ([]catalog.Key, error) {
	known, err := source.Places(ctx)
	if err != nil || named == "" {
		return known, a.catalogueFailure(ctx, err)
	}
	if !slices.Contains(known, key) {
		names := []string{}
		for _, k := range known {
			names = append(names, placeName(k))
		}
		return nil, &failure{exit: exitCouldNot, code: "catalogue_no_place", args: map[string]string{"place": placeName(key), "known": strings.Join(names, ", ")}}
	}
	return []catalog.Key{key}, nil
}

func (a *app) carryPlaces(ctx context.Context, source, target *catalog.Catalog, keys []catalog.Key, toKey catalog.Key, o catalogueMoveOptions) error {
	docs := []carriedJSON{}
	var emptied []*catalog.Place
	for _, key := range keys {
		goal := key
		if o.toPlace != "" {
			goal = toKey
		}
		from, err := source.Place(ctx, key)
		if err != nil {
			return a.catalogueFailure(ctx, err)
		}
		to, err := target.Place(ctx, goal)
		if err != nil {
			return a.catalogueFailureAt(ctx, o.to, err)
		}
		c, err := catalog.Carry(ctx, from, to, catalog.Keep(o.keep), o.dryRun)
		if err != nil {
			return a.carryFailure(ctx, err, c, o.to)
		}
		emptied = append(emptied, from)
		doc := carriedJSON{From: placeName(key), To: placeName(goal), Files: c.Files, New: c.New, Same: c.Same,
			Conflicts: c.Conflicts, First: c.First, Verified: c.Verified}
		if doc.First == nil {
			doc.First = []string{}
		}
		docs = append(docs, doc)
		a.showCarried(doc, o.dryRun)
	}
	if o.clear && !o.dryRun {
		for _, p := range emptied {
			if err := p.Clear(ctx); err != nil {
				return a.catalogueFailure(ctx, err)
			}
		}
	}
	return a.endCarry(docs, o)
}

func (a *app) showCarried(c carriedJSON, dry bool) {
	if a.flags.json {
		return
	}
	id := "cmd.catalogue_carried"
	if dry {
		id = "cmd.catalogue_would"
	}
	fmt.Fprintln(a.io.out, text.Safe(a.text.Say(id, map[string]string{
		"place": c.To, "new": strconv.Itoa(c.New), "same": strconv.Itoa(c.Same),
		"conflicts": strconv.Itoa(c.Conflicts), "verified": strconv.Itoa(c.Verified),
	})))
}

func (a *app) endCarry(docs []carriedJSON, o catalogueMoveOptions) error {
	if a.flags.json {
		return writeJSON(a.io.out, struct {
			Places  []carriedJSON `json:"places"`
			DryRun  bool          `json:"dry_run"`
			Cleared bool          `json:"cleared"`
		}{docs, o.dryRun, o.clear && !o.dryRun}, true)
	}
	from := catalog.Redacted(a.catalogueAt())
	if o.fromPlace != "" {
		from = o.fromPlace
	}
	switch {
	case len(docs) == 0:
		a.tell(a.text.Say("cmd.catalogue_empty", nil))
	case o.dryRun:
	case o.clear:
		a.tell(a.text.Say("cmd.catalogue_cleared", map[string]string{"from": from}))
	case o.to != "":
		a.tell(a.text.Say("cmd.catalogue_use", map[string]string{"to": catalog.Redacted(o.to), "from": from}))
	}
	return nil
}

// carryFailure words what stopped it; the source is as before in any case.
func (a *app) carryFailure(ctx context.Context, err error, c catalog.Carried, to string) error {
	switch {
	case errors.Is(err, catalog.ErrConflicts):
		return refused("catalogue_conflicts", map[string]string{"count": strconv.Itoa(c.Conflicts), "first": strings.Join(c.First, ", ")})
	case errors.Is(err, catalog.ErrUnverified):
		return &failure{exit: exitFailed, code: "catalogue_unverified", err: err}
	}
	if to == "" {
		to = a.catalogueAt()
	}
	return a.catalogueFailureAt(ctx, to, err)
}

// placeKey reads s3://bucket/directory/ or an ARN of the same; empty is none.
func placeKey(s string) (catalog.Key, error) {
	if s == "" {
		return catalog.Key{}, nil
	}
	k := catalog.Key{Partition: "aws"}
	rest, ok := strings.CutPrefix(s, "s3://")
	if !ok {
		parts := strings.SplitN(s, ":", 6)
		if len(parts) != 6 || parts[0] != "arn" || parts[2] != "s3" {
			return k, usage("catalogue_place", map[string]string{"value": s})
		}
		k.Partition, rest = parts[1], parts[5]
	}
	k.Bucket, k.Directory, _ = strings.Cut(rest, "/")
	if k.Bucket == "" || strings.HasPrefix(k.Directory, "/") {
		return k, usage("catalogue_place", map[string]string{"value": s})
	}
	if k.Directory != "" && !strings.HasSuffix(k.Directory, "/") {
		k.Directory += "/"
	}
	return k, nil
}

// placeName is what placeKey reads.
func placeName(k catalog.Key) string {
	if k.Partition == "aws" {
		return "s3://" + k.Bucket + "/" + k.Directory
	}
	return "arn:" + k.Partition + ":s3:::" + k.Bucket + "/" + k.Directory
}
