package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"strings"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/media/sheet"
)

// imported is what became of each URL of an import, in the order of its list.
type imported struct {
	plan *media.ImportPlan
	rows []importedRow
	alts []altText
}

type importedRow struct {
	url, status string
}

type altText struct {
	object catalog.Object
	alt    string
}

// statusPending is of what a run did not come to.
const statusPending = "pending"

func newImported(plan *media.ImportPlan) *imported {
	r := &imported{plan: plan, rows: make([]importedRow, len(plan.Items))}
	for i := range r.rows {
		r.rows[i].status = statusPending
	}
	return r
}

func (r *imported) take(e media.Event) {
	if e.Type != media.EventItem {
		return
	}
	r.rows[e.Item] = importedRow{status: e.Status}
	if e.Status != media.StatusDone && e.Status != media.StatusSkipped {
		return
	}
	r.rows[e.Item].url = e.URL
	if alt := r.plan.Items[e.Item].Source.Alt; alt != "" && e.Status == media.StatusDone {
		r.alts = append(r.alts, altText{catalog.Object{Path: e.Path, Size: e.Bytes, ETag: e.ETag}, alt})
	}
}

var redirectColumns = []string{"old", "new", "status"}

// isRedirects knows a file that write, or media mv, wrote.
func isRedirects(data []byte) bool {
	return bytes.HasPrefix(data, []byte("old,new,status\n")) || bytes.HasPrefix(data, []byte("old,new\n"))
}

// write writes the CSV of old to new. The URLs of the list are as they were
// written, unless they carry what signs them.
func (r *imported) write(file string) error {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(redirectColumns)
	for i, row := range r.rows {
		if item := r.plan.Items[i]; item.Code == media.CodeRepeated {
			row.url = r.rows[item.First].url
		}
		_ = w.Write([]string{sheet.Cell(r.plan.Items[i].Old()), sheet.Cell(row.url), row.status})
	}
	w.Flush()
	return putFile(file, []byte(b.String()))
}

// keepAlts takes the alt texts of the list into the catalogue.
func (a *app) keepAlts(ctx context.Context, sel selection, alts []altText) error {
	if len(alts) == 0 {
		return nil
	}
	ctx = context.WithoutCancel(ctx) // what is stored keeps its alt text
	ctx, cancel := context.WithTimeout(ctx, noteTime)
	defer cancel()
	place, err := a.openCatalogue(ctx, sel)
	if err != nil {
		return err
	}
	for _, t := range alts {
		if err := place.Saw(ctx, t.object); err != nil {
			return a.catalogueFailure(ctx, err)
		}
		if _, err := place.Edit(ctx, t.object.Path, catalog.Edit{Alt: &t.alt}); err != nil {
			return a.catalogueFailure(ctx, err)
		}
	}
	return nil
}
