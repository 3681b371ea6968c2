package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/marker"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

// markersJSON is `marker list --json`.
type markersJSON struct {
	Bucket  string       `json:"bucket"`
	Folder  string       `json:"folder"`
	Markers []markerJSON `json:"markers"`
	// Missing are cloud names of the settings without a marker.
	Missing   []string        `json:"missing"`
	Foreign   []string        `json:"foreign"`
	Misplaced []misplacedJSON `json:"misplaced"`
	Unsure    []string        `json:"unsure"`
	More      bool            `json:"more"`
}

type markerJSON struct {
	Cloud    string    `json:"cloud"`
	Key      string    `json:"key"`
	Bytes    int64     `json:"bytes"`
	Modified time.Time `json:"modified"`
	Wanted   bool      `json:"wanted"` // the settings name it
}

type misplacedJSON struct {
	Key  string `json:"key"`
	Want string `json:"want"`
}

// markerChangeJSON is `marker add --json` and `marker rm --json`.
type markerChangeJSON struct {
	Bucket string           `json:"bucket"`
	DryRun bool             `json:"dry_run"`
	Steps  []markerStepJSON `json:"steps"`
}

type markerStepJSON struct {
	Op    string `json:"op"` // add, keep, rm, gone
	Cloud string `json:"cloud"`
	Key   string `json:"key"`
	Done  bool   `json:"done"`
}

func markersOf(s wizard.Settings, f marker.Found) markersJSON {
	wanted := s.CloudNames.Values()
	doc := markersJSON{
		Bucket: s.Bucket, Folder: address.CloudinaryMarkers, Markers: []markerJSON{}, Missing: []string{},
		Foreign: append([]string{}, f.Foreign...), Misplaced: []misplacedJSON{}, Unsure: append([]string{}, f.Unsure...), More: f.More,
	}
	for _, m := range f.Markers {
		doc.Markers = append(doc.Markers, markerJSON{m.Cloud, m.Key, m.Size, m.Modified.UTC(), slices.Contains(wanted, m.Cloud)})
	}
	for _, cloud := range wanted {
		if !slices.Contains(f.Clouds(), cloud) {
			doc.Missing = append(doc.Missing, cloud)
		}
	}
	for _, m := range f.Misplaced {
		doc.Misplaced = append(doc.Misplaced, misplacedJSON{m.Key, m.Want})
	}
	return doc
}

func (a *app) printMarkers(sel selection, doc markersJSON) error {
	if a.flags.json {
		return writeJSON(a.io.out, doc, true)
	}
	line := func(id string, args map[string]string) {
		fmt.Fprintln(a.io.out, text.Safe(a.text.Say("cmd.marker."+id, args)))
	}
	if len(doc.Markers) == 0 {
		line("none", map[string]string{"bucket": doc.Bucket, "folder": doc.Folder})
	}
	for _, m := range doc.Markers {
		id := "allowed"
		if !m.Wanted {
			id = "unexpected"
		}
		line(id, map[string]string{"cloud": m.Cloud, "key": m.Key})
	}
	for _, cloud := range doc.Missing {
		line("missing", map[string]string{"cloud": cloud, "key": address.CloudinaryMarker(cloud)})
	}
	for _, key := range doc.Foreign {
		line("foreign", map[string]string{"key": key})
	}
	for _, m := range doc.Misplaced {
		line("misplaced", map[string]string{"key": m.Key, "want": m.Want})
	}
	if doc.More {
		line("more", nil)
	}
	if len(doc.Unsure) > 0 {
		a.tell(a.text.Say("cmd.marker.unsure", map[string]string{"folders": strings.Join(doc.Unsure, ", ")}))
	}
	if len(doc.Missing) > 0 {
		command := "mediadock marker add"
		if sel.saved || sel.draft {
			command += " -c " + sel.name
		}
		a.tell(a.text.Say("cmd.marker.add_hint", map[string]string{"command": command}))
	}
	return nil
}

// printMarkerSteps tells what was done, or would be. In JSON a failure comes
// in its place.
func (a *app) printMarkerSteps(doc markerChangeJSON, failed bool) error {
	if a.flags.json {
		if failed {
			return nil
		}
		return writeJSON(a.io.out, doc, true)
	}
	for _, s := range doc.Steps {
		id := "cmd.marker.step." + s.Op
		if doc.DryRun {
			id = "cmd.marker.plan." + s.Op
		}
		fmt.Fprintln(a.io.out, text.Safe(a.text.Say(id, map[string]string{"cloud": s.Cloud, "key": s.Key, "bucket": doc.Bucket})))
	}
	return nil
}
