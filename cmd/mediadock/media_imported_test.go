package main

import (
	"fmt"
	"net/http"
	"net/netip"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
	"github.com/mediadock/mediadock/media/remote"
)

// The table of old to new has a row for each URL of the list, in its order and
// once, whenever the network ends; run again it is complete.
func TestTheTableOfAnImportWhoseNetworkEnds(t *testing.T) {
	const count = 4
	for n := range count + 1 {
		var seen atomic.Int64
		var fine atomic.Bool
		site := importServer(t, func(w http.ResponseWriter, r *http.Request) {
			if seen.Add(1) > int64(n) && !fine.Load() {
				w.Header().Set("Content-Length", "1000")
				fmt.Fprint(w, "\x89PNG\r\n\x1a\n")
				panic(http.ErrAbortHandler)
			}
		})
		r := mediatest.Sandbox(t).Room(t, media.Options{Parallel: 1})
		dir := t.TempDir()
		file := filepath.Join(dir, "moved.csv")
		run := func() [][]string {
			t.Helper()
			var sources []media.ImportSource
			for i := range count {
				sources = append(sources, media.ImportSource{URL: fmt.Sprintf("%s/%d.png", site, i)})
			}
			plan, err := r.PlanImport(t.Context(), sources, media.ImportOptions{
				StateFile: filepath.Join(dir, "x.jsonl"), TempDir: dir, Attempts: 2, Pause: time.Millisecond, PerHost: 1,
				Fetch: remote.Options{AllowHTTP: true, Permit: func(a netip.AddrPort) bool { return a.Addr().IsLoopback() }},
			})
			if err != nil {
				t.Fatal(err)
			}
			defer plan.Close()
			table := newImported(plan)
			r.Import(t.Context(), plan, table.take)
			if err := table.write(file); err != nil {
				t.Fatal(err)
			}
			return csvOf(t, file)
		}
		want := func(before, since string) [][]string {
			rows := [][]string{{"old", "new", "status"}}
			for i := range count {
				row := []string{fmt.Sprintf("%s/%d.png", site, i), r.URL(fmt.Sprintf("%d.png", i)), before}
				if i >= n {
					if row[2] = since; since == "failed" {
						row[1] = ""
					}
				}
				rows = append(rows, row)
			}
			return rows
		}
		if got := run(); !slices.EqualFunc(got, want("done", "failed"), slices.Equal) {
			t.Errorf("ended after %d: %q", n, got)
		}
		fine.Store(true)
		if got := run(); !slices.EqualFunc(got, want("skipped", "done"), slices.Equal) {
			t.Errorf("ended after %d, run again: %q", n, got)
		}
	}
}
