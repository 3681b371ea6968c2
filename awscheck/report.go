package awscheck

import (
	"encoding/json"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// Say gives the text of an id, as tui/text's catalogues do. The argument
// Told, where it is given, is the text to fall back on.
type Say func(id string, args map[string]string) string

// Told is the name of the argument that holds a text as the report said it
// from which it was read: a newer program may use ids that are not known here.
const Told = ""

// JSON is the report as the contract's "check --json" prints it: ids as they
// are, texts by say, arrays never null, times in UTC, what must not be shared
// masked. ReadReport reads it.
func (r Report) JSON(say Say) any {
	doc := reportJSON{
		Integration: r.Integration, Verdict: r.Verdict,
		StartedAt: utc(r.StartedAt), DurationMS: r.Duration.Milliseconds(),
		Requests: r.Requests, LeftBehind: r.LeftBehind, HiddenVersions: r.HiddenVersions,
		UnknownErrors: r.UnknownErrors(), Side: r.Side(), Unproved: r.Unproved(),
		OwnerNeeds: OwnerNeeds(r.Results), Only: r.Only, NextStep: r.NextStep, Checks: []rowJSON{},
	}
	for _, n := range r.Notices {
		doc.Notices = append(doc.Notices, noticeJSON{Field: n.Field, Code: n.Code, Message: say("notice."+n.Code, n.Args)})
	}
	if r.Connection != "" {
		doc.Connection = &r.Connection
	}
	if r.Settings.known() {
		doc.Settings = &r.Settings
	}
	for _, o := range r.Joined {
		doc.Joined = append(doc.Joined, o.json())
	}
	if r.Changes != nil {
		doc.Changes = r.Changes.json()
	}
	if r.Partial {
		doc.Partial = &partialJSON{Total: r.Total}
	}
	for _, row := range r.Results {
		doc.Checks = append(doc.Checks, row.json(say))
	}
	return doc
}

type reportJSON struct {
	Connection     *string      `json:"connection"`
	Integration    string       `json:"integration"`
	Verdict        Verdict      `json:"verdict"`
	StartedAt      string       `json:"started_at"`
	DurationMS     int64        `json:"duration_ms"`
	Requests       int          `json:"requests"`
	LeftBehind     int          `json:"left_behind"`
	HiddenVersions int          `json:"hidden_versions"`
	UnknownErrors  int          `json:"unknown_errors"`
	Side           Side         `json:"side,omitempty"`
	Settings       *Settings    `json:"settings,omitempty"`
	Only           []string     `json:"only,omitempty"`
	Partial        *partialJSON `json:"partial,omitempty"`
	Unproved       []string     `json:"unproved,omitempty"`
	OwnerNeeds     []string     `json:"owner_needs,omitempty"`
	Joined         []originJSON `json:"joined,omitempty"`
	Changes        *changesJSON `json:"changes,omitempty"`
	NextStep       string       `json:"next_step,omitempty"`
	Notices        []noticeJSON `json:"notices,omitempty"`
	Checks         []rowJSON    `json:"checks"`
}

type noticeJSON struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// partialJSON is there when checks were left out of the test.
type partialJSON struct {
	Total int `json:"total"`
}

type rowJSON struct {
	ID         string         `json:"id"`
	Status     Status         `json:"status"`
	DurationMS int64          `json:"duration_ms"`
	Summary    string         `json:"summary"`
	Reason     string         `json:"reason,omitempty"`
	Args       diagnose.Args  `json:"args,omitempty"`
	RequestIDs []string       `json:"request_ids"`
	Notes      []noteJSON     `json:"notes"`
	Evidence   []evidenceJSON `json:"evidence"`
	Causes     []CauseJSON    `json:"causes"`
}

type noteJSON struct {
	ID      string        `json:"id"`
	Summary string        `json:"summary"`
	Args    diagnose.Args `json:"args,omitempty"`
}

// evidenceJSON adds what support asks for to an exchange.
type evidenceJSON struct {
	diagnose.Evidence
	RequestID string `json:"request_id,omitempty"`
	HostID    string `json:"host_id,omitempty"`
	SkewMS    int64  `json:"skew_ms,omitempty"`
}

// CauseJSON is a cause in the contract's form.
type CauseJSON struct {
	ID         string              `json:"id"`
	Likelihood diagnose.Likelihood `json:"likelihood"`
	Summary    string              `json:"summary"`
	Args       diagnose.Args       `json:"args,omitempty"`
	Compare    *CompareJSON        `json:"compare,omitempty"`
	Fixes      []FixJSON           `json:"fixes"`
}

// CompareJSON sets the ARN that was refused beside the one that a policy
// grants. The spans are the bytes that differ, as [from, to].
type CompareJSON struct {
	Refused     string `json:"refused"`
	Granted     string `json:"granted"`
	RefusedSpan [2]int `json:"refused_span"`
	GrantedSpan [2]int `json:"granted_span"`
}

// FixJSON is a fix in the contract's form.
type FixJSON struct {
	Text       string          `json:"text"`
	Command    string          `json:"command,omitempty"`
	ConsoleURL string          `json:"console_url,omitempty"`
	Document   json.RawMessage `json:"document,omitempty"`
	// Before is the document that Document is to replace.
	Before json.RawMessage `json:"before,omitempty"`
	// File is the name under which Command reads Document.
	File string        `json:"file,omitempty"`
	ID   string        `json:"id,omitempty"`
	Args diagnose.Args `json:"args,omitempty"`
}

func (r Result) json(say Say) rowJSON {
	row := rowJSON{
		ID: r.ID, Status: r.Status, DurationMS: r.Duration.Milliseconds(),
		Summary: masked(say(r.Reason, r.Args)), Reason: r.Reason, Args: carried(r.Args),
		RequestIDs: append([]string{}, r.RequestIDs...),
		Notes:      []noteJSON{},
		Evidence:   []evidenceJSON{},
		Causes:     CausesJSON(r.Causes, say),
	}
	for _, n := range r.Notes {
		row.Notes = append(row.Notes, noteJSON{ID: n.ID, Summary: masked(say("note."+n.ID, n.Args)), Args: carried(n.Args)})
	}
	for _, ev := range r.Evidence {
		row.Evidence = append(row.Evidence, evidenceJSON{
			Evidence: maskedEvidence(ev), RequestID: ev.RequestID, HostID: ev.HostID, SkewMS: ev.Skew.Milliseconds(),
		})
	}
	return row
}

// CausesJSON is a diagnosis in the contract's form, for reports and for
// "explain --json".
func CausesJSON(causes []diagnose.Cause, say Say) []CauseJSON {
	all := []CauseJSON{}
	for _, c := range causes {
		cause := CauseJSON{
			ID: c.ID, Likelihood: c.Likelihood, Summary: masked(say("cause."+c.ID, c.Args)),
			Args: carried(c.Args), Compare: compared(c.Compare), Fixes: []FixJSON{},
		}
		for _, f := range c.Fixes {
			cause.Fixes = append(cause.Fixes, fixJSON(f, say))
		}
		all = append(all, cause)
	}
	return all
}

func fixJSON(f diagnose.Fix, say Say) FixJSON {
	return FixJSON{
		Text: masked(say("fix."+f.ID, f.Args)), Command: masked(f.Command), ConsoleURL: f.ConsoleURL,
		Document: maskedDocument(f.Document), Before: maskedDocument(f.Before), File: f.File,
		ID: f.ID, Args: carried(f.Args),
	}
}

// compared is the refused ARN of a cause beside the granted one; nil where a
// cause compares nothing.
func compared(c *diagnose.Comparison) *CompareJSON {
	if c == nil {
		return nil
	}
	return &CompareJSON{
		Refused: c.Refused, Granted: c.Granted,
		RefusedSpan: [2]int{c.RefusedSpan.From, c.RefusedSpan.To}, GrantedSpan: [2]int{c.GrantedSpan.From, c.GrantedSpan.To},
	}
}

// carried are the arguments that a report takes along, so that whoever reads
// it can say the same in another language.
func carried(args diagnose.Args) diagnose.Args {
	out := diagnose.Args{}
	for k, v := range args {
		if k == Told || k == "stack" {
			continue
		}
		out[k] = masked(v)
	}
	return out
}

func utc(t time.Time) string { return t.UTC().Format(time.RFC3339) }
