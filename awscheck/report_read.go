package awscheck

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// MaxReport is the size in bytes over which ReadReport reads nothing.
const MaxReport = 16 << 20

// ReportError says why a file is no report that can be read. Line counts from
// 1; it is 0 where no line is to blame.
type ReportError struct {
	Code string // the text id is "report.bad." + Code
	Line int
	// Member is the JSON member in question, Value what it holds.
	Member, Value string
}

func (e *ReportError) Error() string {
	s := "no report: " + e.Code
	if e.Line > 0 {
		s += fmt.Sprintf(" in line %d", e.Line)
	}
	if e.Member != "" {
		s += fmt.Sprintf(", %s %q", e.Member, e.Value)
	}
	return s
}

// TextID is the id of the text; Args fill it.
func (e *ReportError) TextID() string { return "report.bad." + e.Code }

// Args fill the text: line, member, value.
func (e *ReportError) Args() diagnose.Args {
	return diagnose.Args{"line": itoa(e.Line), "member": e.Member, "value": e.Value}
}

// ReadReport reads what "check --json" and "check --output" write: the JSON
// document, or a Markdown report that carries it. It refuses what it does not
// understand, and takes no notice of members and rows that a newer program
// may have added, whose texts it keeps as the report says them. Of fixes it
// keeps what diagnose.Foreign lets pass. Errors are *ReportError.
func ReadReport(data []byte) (Report, error) {
	if len(data) > MaxReport {
		return Report{}, &ReportError{Code: "too-large"}
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	doc, offset, err := carriedJSON(data)
	if err != nil {
		return Report{}, err
	}
	in := &reading{whole: data, doc: doc, offset: offset}
	if err := in.shape(); err != nil {
		return Report{}, err
	}
	var raw reportJSON
	if err := json.Unmarshal(doc, &raw); err != nil {
		return Report{}, in.syntax(err)
	}
	return in.report(raw)
}

// jsonFence opens the block of a Markdown report that carries the JSON.
const jsonFence = "```json mediadock-report"

// carriedJSON finds the JSON of a report in a file, and where it begins.
func carriedJSON(data []byte) (doc []byte, offset int, err error) {
	trimmed := bytes.TrimLeft(data, " \t\r\n")
	if len(trimmed) == 0 {
		return nil, 0, &ReportError{Code: "empty"}
	}
	if trimmed[0] == '{' {
		return data, 0, nil
	}
	if trimmed[0] == '[' || trimmed[0] == '"' {
		return nil, 0, &ReportError{Code: "not-a-report", Line: 1}
	}
	// The last one: whatever a command or a message quotes comes before it,
	// and no line of indented JSON is a fence.
	from := -1
	for at := 0; at < len(data); {
		end := lineEnd(data, at)
		if strings.TrimRight(string(data[at:end]), " \r\n") == jsonFence {
			from = end
		}
		at = end
	}
	if from < 0 {
		return nil, 0, &ReportError{Code: "no-json"}
	}
	return fenced(data, from)
}

// fenced is the block that begins at from, without the fence that ends it.
func fenced(data []byte, from int) ([]byte, int, error) {
	for at := from; at < len(data); {
		end := lineEnd(data, at)
		if strings.TrimRight(string(data[at:end]), " \r\n") == "```" {
			return data[from:at], from, nil
		}
		at = end
	}
	return nil, 0, &ReportError{Code: "cut-short", Line: lineOf(data, len(data))}
}

func lineEnd(data []byte, at int) int {
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(data)
}

func lineOf(data []byte, offset int) int {
	return 1 + bytes.Count(data[:min(offset, len(data))], []byte("\n"))
}

// reading is a report on its way in.
type reading struct {
	whole, doc []byte
	offset     int // of doc in whole
}

func (in *reading) line(at int) int { return lineOf(in.whole, in.offset+at) }

// bad is an error about the n-th row's member, or about the report's own
// where row is negative.
func (in *reading) bad(code string, row int, member, value string) *ReportError {
	return &ReportError{Code: code, Line: in.line(in.find(row, member)), Member: member, Value: clip(value)}
}

func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// syntax words an error of the JSON itself.
func (in *reading) syntax(err error) *ReportError {
	var mistyped *json.UnmarshalTypeError
	var broken *json.SyntaxError
	switch {
	case errors.As(err, &mistyped):
		return &ReportError{Code: "wrong-type", Line: in.line(int(mistyped.Offset)), Member: mistyped.Field, Value: mistyped.Value}
	case errors.As(err, &broken) && strings.Contains(broken.Error(), "unexpected end"):
		return &ReportError{Code: "cut-short", Line: in.line(len(in.doc))}
	case errors.As(err, &broken):
		return &ReportError{Code: "not-json", Line: in.line(int(broken.Offset) - 1)}
	}
	return &ReportError{Code: "not-json", Line: in.line(0)}
}

// shape tells other documents of this program, and other JSON, from reports.
func (in *reading) shape() error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(in.doc, &members); err != nil {
		return in.syntax(err)
	}
	_, failed := members["error"]
	_, invalid := members["errors"]
	_, checks := members["checks"]
	_, verdict := members["verdict"]
	switch {
	case checks && verdict:
		return nil
	case failed || invalid:
		return &ReportError{Code: "error-document", Line: in.line(0)}
	case len(members["check"]) > 0:
		return &ReportError{Code: "setup-document", Line: in.line(0)}
	case verdict && !checks:
		return &ReportError{Code: "missing", Line: in.line(0), Member: "checks"}
	case checks:
		return &ReportError{Code: "missing", Line: in.line(0), Member: "verdict"}
	}
	return &ReportError{Code: "not-a-report", Line: in.line(0)}
}

func (in *reading) report(raw reportJSON) (Report, error) {
	started, err := time.Parse(time.RFC3339, raw.StartedAt)
	if err != nil {
		return Report{}, in.bad("time", -1, "started_at", raw.StartedAt)
	}
	r := Report{
		Integration: raw.Integration, Verdict: raw.Verdict, StartedAt: started.UTC(),
		Duration: millis(raw.DurationMS), Requests: raw.Requests, LeftBehind: raw.LeftBehind, HiddenVersions: raw.HiddenVersions,
		Only: raw.Only,
	}
	for _, n := range []struct {
		member string
		value  int64
	}{{"duration_ms", raw.DurationMS}, {"requests", int64(raw.Requests)}, {"left_behind", int64(raw.LeftBehind)}, {"hidden_versions", int64(raw.HiddenVersions)}} {
		if n.value < 0 {
			return Report{}, in.bad("negative", -1, n.member, fmt.Sprint(n.value))
		}
	}
	if raw.Connection != nil {
		r.Connection = *raw.Connection
	}
	if raw.Settings != nil {
		r.Settings = *raw.Settings
	}
	if raw.Partial != nil {
		r.Partial, r.Total = true, raw.Partial.Total
	}
	if !slices.Contains([]Verdict{Ready, ReadyWithWarnings, Failed, NotRun}, r.Verdict) {
		return Report{}, in.bad("unknown-value", -1, "verdict", string(r.Verdict))
	}
	if r.Joined, err = in.origins(raw.Joined); err != nil {
		return Report{}, err
	}
	seen := map[string]bool{}
	for i, row := range raw.Checks {
		result, err := in.row(i, row)
		if err != nil {
			return Report{}, err
		}
		if seen[row.ID] {
			return Report{}, in.bad("twice", i, "id", row.ID)
		}
		seen[row.ID] = true
		r.Results = append(r.Results, result)
	}
	if len(r.Results) == 0 {
		return Report{}, in.bad("no-rows", -1, "checks", "")
	}
	return r, in.consistent(r)
}

// consistent refuses a verdict that the rows deny: one of them was changed.
func (in *reading) consistent(r Report) error {
	for i, row := range r.Results {
		if row.Status == Fail && (r.Verdict == Ready || r.Verdict == ReadyWithWarnings) ||
			(row.Status == Warn || row.Status == Inconclusive) && r.Verdict == Ready {
			e := in.bad("contradiction", i, "status", string(row.Status))
			e.Member, e.Value = row.ID, string(r.Verdict)
			return e
		}
	}
	return nil
}

func (in *reading) origins(raw []originJSON) (out []Origin, err error) {
	for _, o := range raw {
		at, err := time.Parse(time.RFC3339, o.StartedAt)
		if err != nil {
			return nil, in.bad("time", -1, "joined", o.StartedAt)
		}
		out = append(out, Origin{Side: o.Side, Connection: o.Connection, StartedAt: at.UTC(), Verdict: o.Verdict, Caller: o.Caller})
	}
	return out, nil
}

func millis(n int64) time.Duration {
	const most = int64(1<<63-1) / int64(time.Millisecond)
	return time.Duration(min(n, most)) * time.Millisecond
}

// reID is the form of the ids of checks, causes, notes and fixes.
var reID = lazyregexp.New(`^[a-z0-9][a-z0-9.-]{0,99}$`)

func (in *reading) row(i int, raw rowJSON) (Result, error) {
	if !reID.MatchString(raw.ID) {
		return Result{}, in.bad("unknown-value", i, "id", raw.ID)
	}
	if !slices.Contains([]Status{Pass, Warn, Fail, Skip, Inconclusive}, raw.Status) {
		return Result{}, in.bad("unknown-value", i, "status", string(raw.Status))
	}
	r := Result{
		ID: raw.ID, Status: raw.Status, Duration: millis(max(0, raw.DurationMS)),
		Reason: raw.Reason, Args: told(raw.Args, raw.Summary), RequestIDs: raw.RequestIDs,
	}
	for _, n := range raw.Notes {
		if !reID.MatchString(n.ID) {
			return Result{}, in.bad("unknown-value", i, "notes", n.ID)
		}
		r.Notes = append(r.Notes, diagnose.Note{ID: n.ID, Args: told(n.Args, n.Summary)})
	}
	for _, ev := range raw.Evidence {
		e := ev.Evidence
		e.RequestID, e.HostID, e.Skew = ev.RequestID, ev.HostID, time.Duration(ev.SkewMS)*time.Millisecond
		r.Evidence = append(r.Evidence, e)
	}
	for _, c := range raw.Causes {
		cause, err := in.cause(i, c)
		if err != nil {
			return Result{}, err
		}
		r.Causes = append(r.Causes, cause)
	}
	return r, nil
}

func (in *reading) cause(row int, raw CauseJSON) (diagnose.Cause, error) {
	if !reID.MatchString(raw.ID) {
		return diagnose.Cause{}, in.bad("unknown-value", row, "causes", raw.ID)
	}
	if !slices.Contains([]diagnose.Likelihood{diagnose.Certain, diagnose.Likely, diagnose.Possible, diagnose.RuledOut}, raw.Likelihood) {
		return diagnose.Cause{}, in.bad("unknown-value", row, "likelihood", string(raw.Likelihood))
	}
	c := diagnose.Cause{ID: raw.ID, Likelihood: raw.Likelihood, Args: told(raw.Args, raw.Summary)}
	if raw.Compare != nil && raw.Compare.Refused != "" && raw.Compare.Granted != "" {
		// The spans are worked out again: those of the file may point anywhere.
		a, b := policy.Compare(raw.Compare.Refused, raw.Compare.Granted)
		c.Compare = &diagnose.Comparison{Refused: raw.Compare.Refused, Granted: raw.Compare.Granted, RefusedSpan: a, GrantedSpan: b}
	}
	for _, f := range raw.Fixes {
		c.Fixes = append(c.Fixes, diagnose.Foreign(diagnose.Fix{
			ID: f.ID, Args: told(f.Args, f.Text), Command: f.Command, ConsoleURL: f.ConsoleURL,
			Document: present(f.Document), Before: present(f.Before), File: f.File,
		}))
	}
	return c, nil
}

func present(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	return raw
}

// told are the arguments of a text together with the text itself.
func told(args diagnose.Args, text string) diagnose.Args {
	out := diagnose.Args{Told: text}
	for k, v := range args {
		if k != Told {
			out[k] = v
		}
	}
	return out
}
