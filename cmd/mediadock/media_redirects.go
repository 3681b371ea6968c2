package main

import (
	"encoding/csv"
	"strings"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/sheet"
)

// redirects is the CSV of old to new URLs of what was moved, a row a file.
type redirects struct {
	file  string               // empty: none is written
	urls  map[string][2]string // by the old path
	moved []string             // old paths
}

// write puts the table in its place as a whole: whatever ends this program, it
// is the one from before or this one.
func (r *redirects) write() error {
	if r.file == "" {
		return nil
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"old", "new"})
	seen := make(map[string]bool, len(r.moved))
	for _, path := range r.moved {
		if seen[path] {
			continue
		}
		seen[path] = true
		_ = w.Write([]string{sheet.Cell(r.urls[path][0]), sheet.Cell(r.urls[path][1])})
	}
	w.Flush()
	return putFile(r.file, []byte(b.String()))
}

// recoveredURLs is the table of a recovery: what was renamed before the cut, as
// far as the journal still has it, and all that is to be finished. take, which
// is to be told every event, leaves in it what then is at its new name.
func recoveredURLs(lib *media.Library, plan *media.RecoverPlan, file string) (r *redirects, take func(media.Event)) {
	r = &redirects{file: file, urls: map[string][2]string{}}
	var before, wanted []string
	for _, cut := range plan.Cuts {
		for _, i := range cut.Items {
			switch {
			case i.Settled && i.Found == media.FoundMoved:
				before = append(before, i.From)
			case i.Settled:
				continue // its old name holds something new
			case i.Found == media.FoundMoved, i.Found == media.FoundBoth, i.Found == media.FoundNotBegun && cut.Op == media.OpMove:
				wanted = append(wanted, i.From)
			}
			r.urls[i.From] = [2]string{lib.URL(i.From), lib.URL(i.To)}
		}
	}
	r.moved = append(before, wanted...)
	begun := false
	return r, func(e media.Event) {
		if !begun {
			r.moved, begun = before[:len(before):len(before)], true
		}
		renamed := e.Op == media.OpMove || e.Op == media.OpReplace
		if e.Type == media.EventItem && e.Status == media.StatusDone && renamed {
			r.moved = append(r.moved, e.Path)
		}
	}
}
