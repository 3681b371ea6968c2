package awscheck

import (
	"encoding/json"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// Say gives the text of an id, as tui/text's catalogues do.
type Say func(id string, args map[string]string) string

// JSON is the report as the contract's "check --json" prints it: ids as they
// are, texts by say, arrays never null, times in UTC.
func (r Report) JSON(say Say) any {
	doc := reportJSON{
		Integration: r.Integration, Verdict: r.Verdict,
		StartedAt: r.StartedAt.UTC().Format(time.RFC3339), DurationMS: r.Duration.Milliseconds(),
		Requests: r.Requests, LeftBehind: r.LeftBehind, HiddenVersions: r.HiddenVersions,
		Only: r.Only, Checks: []rowJSON{},
	}
	if r.Connection != "" {
		doc.Connection = &r.Connection
	}
	for _, row := range r.Results {
		doc.Checks = append(doc.Checks, row.json(say))
	}
	return doc
}

type reportJSON struct {
	Connection     *string   `json:"connection"`
	Integration    string    `json:"integration"`
	Verdict        Verdict   `json:"verdict"`
	StartedAt      string    `json:"started_at"`
	DurationMS     int64     `json:"duration_ms"`
	Requests       int       `json:"requests"`
	LeftBehind     int       `json:"left_behind"`
	HiddenVersions int       `json:"hidden_versions"`
	Only           []string  `json:"only,omitempty"`
	Checks         []rowJSON `json:"checks"`
}

type rowJSON struct {
	ID         string              `json:"id"`
	Status     Status              `json:"status"`
	DurationMS int64               `json:"duration_ms"`
	Summary    string              `json:"summary"`
	RequestIDs []string            `json:"request_ids"`
	Notes      []noteJSON          `json:"notes"`
	Evidence   []diagnose.Evidence `json:"evidence"`
	Causes     []CauseJSON         `json:"causes"`
}

type noteJSON struct {
	ID      string `json:"id"`
	Summary string `json:"summary"`
}

// CauseJSON is a cause in the contract's form.
type CauseJSON struct {
	ID         string              `json:"id"`
	Likelihood diagnose.Likelihood `json:"likelihood"`
	Summary    string              `json:"summary"`
	Fixes      []FixJSON           `json:"fixes"`
}

// FixJSON is a fix in the contract's form.
type FixJSON struct {
	Text       string          `json:"text"`
	Command    string          `json:"command,omitempty"`
	ConsoleURL string          `json:"console_url,omitempty"`
	Document   json.RawMessage `json:"document,omitempty"`
}

func (r Result) json(say Say) rowJSON {
	row := rowJSON{
		ID: r.ID, Status: r.Status, DurationMS: r.Duration.Milliseconds(), Summary: say(r.Reason, r.Args),
		RequestIDs: append([]string{}, r.RequestIDs...),
		Notes:      []noteJSON{},
		Evidence:   append([]diagnose.Evidence{}, r.Evidence...),
		Causes:     CausesJSON(r.Causes, say),
	}
	for _, n := range r.Notes {
		row.Notes = append(row.Notes, noteJSON{ID: n.ID, Summary: say("note."+n.ID, n.Args)})
	}
	return row
}

// CausesJSON is a diagnosis in the contract's form, for reports and for
// "explain --json".
func CausesJSON(causes []diagnose.Cause, say Say) []CauseJSON {
	all := []CauseJSON{}
	for _, c := range causes {
		cause := CauseJSON{ID: c.ID, Likelihood: c.Likelihood, Summary: say("cause."+c.ID, c.Args), Fixes: []FixJSON{}}
		for _, f := range c.Fixes {
			cause.Fixes = append(cause.Fixes, FixJSON{
				Text: say("fix."+f.ID, f.Args), Command: f.Command, ConsoleURL: f.ConsoleURL, Document: f.Document,
			})
		}
		all = append(all, cause)
	}
	return all
}
