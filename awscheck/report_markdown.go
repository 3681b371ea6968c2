package awscheck

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// Printing is how a report becomes a document for people.
type Printing struct {
	Say Say
	// Safe makes text from outside harmless to look at; line breaks included.
	Safe func(string) string
	// JSON is the report as it is printed with --json; with it the document
	// can be read again by ReadReport.
	JSON []byte
}

// Markdown is the report as a document to pass on: the verdict, the rows, of
// each problem what, why and the fix with the evidence, what was masked, the
// report as data, and once more the verdict in the last line.
func (r Report) Markdown(p Printing) []byte {
	m := &markdown{Printing: p}
	title := m.say("report.title", nil)
	if r.Connection != "" {
		title = m.say("report.title-named", diagnose.Args{"name": r.Connection})
	}
	m.line("# " + title)
	m.line("**" + m.verdict(r) + "**")
	m.facts(r)
	m.joined(r)
	m.changes(r)
	m.rows(r)
	m.problems(r)
	m.masks()
	if len(p.JSON) > 0 {
		m.line("## " + m.say("report.data", nil))
		m.line(m.say("report.data-use", nil))
		m.out.WriteString(jsonFence + "\n" + strings.TrimRight(string(p.JSON), "\n") + "\n```\n\n")
	}
	m.out.WriteString(m.verdict(r) + "\n")
	return m.out.Bytes()
}

// VerdictText is the text of a report's verdict in one line: its id, and what
// fills it.
func (r Report) VerdictText() (id string, args diagnose.Args) {
	unproved := r.Unproved()
	switch {
	case r.Verdict == Ready:
		for _, row := range r.Results {
			if row.Reason == skipVendorOnly {
				return "verdict.ready-owner", diagnose.Args{"vendor": row.Args["vendor"]}
			}
		}
	case r.Verdict == Failed || r.Verdict == NotRun:
	case r.Partial:
		return "verdict.partial", r.PartialArgs()
	case len(unproved) > 0 && !slices.ContainsFunc(unproved, func(id string) bool { return len(vouchers[id]) > 0 || isOwners(id) }) && !r.warns():
		return "verdict.untried", diagnose.Args{"count": itoa(len(unproved)), "rows": strings.Join(unproved, ", ")}
	case len(unproved) > 0 && !r.warns():
		return "verdict.unproved", diagnose.Args{"count": itoa(len(unproved)), "rows": strings.Join(unproved, ", ")}
	case r.stale():
		return "verdict.stale", diagnose.Args{"hours": itoa(int(r.Age().Hours()))}
	}
	id = "verdict." + string(r.Verdict)
	if (r.Verdict == Ready || r.Verdict == ReadyWithWarnings) && slices.Contains(inOwnWords, r.Integration) {
		id += "." + r.Integration
	}
	return id, nil
}

// inOwnWords are the integrations that are no CMS, which say in their own
// words what works: "verdict.ready.imgix".
var inOwnWords = []string{"imgix", "cloudinary", "amplify"}

// warns tells whether a row warns, or could not tell.
func (r Report) warns() bool {
	return slices.ContainsFunc(r.Results, func(row Result) bool { return row.Status == Warn || row.Status == Inconclusive })
}

func (r Report) stale() bool { return r.Age() >= StaleAfter }

// markdown is a document that is being written.
type markdown struct {
	Printing
	out bytes.Buffer
}

// line writes a paragraph.
func (m *markdown) line(s string) { m.out.WriteString(s + "\n\n") }

// say is a text of ours with arguments from outside.
func (m *markdown) say(id string, args diagnose.Args) string {
	return inline(m.Safe(masked(m.Say(id, args))))
}

func (m *markdown) verdict(r Report) string {
	id, args := r.VerdictText()
	return m.say(id, args)
}

// facts are which connection was tested, when, and what it took.
func (m *markdown) facts(r Report) {
	m.head("report.setting", "report.value")
	s := r.Settings
	for _, f := range [][2]string{
		{"integration", r.Integration}, {"bucket", s.Bucket}, {"region", s.Region}, {"prefix", s.Prefix},
		{"role_arn", s.RoleARN}, {"external_id", s.ExternalID}, {"trusted_principal", s.TrustedPrincipal},
		{"domain", s.Domain}, {"distribution", s.Distribution},
	} {
		if f[1] != "" {
			m.cells(m.say("field."+f[0]+".label", nil), code(m.Safe(f[1])))
		}
	}
	m.out.WriteString("\n")
	m.line(m.say("report.made", diagnose.Args{
		"time": stamp(r.StartedAt), "requests": itoa(r.Requests), "duration": fmt.Sprintf("%.1f s", r.Duration.Seconds()),
		"left": itoa(r.LeftBehind),
	}))
	if r.HiddenVersions > 0 {
		m.line(m.say("report.hidden", diagnose.Args{"count": itoa(r.HiddenVersions)}))
	}
	if needs := OwnerNeeds(r.Results); len(needs) > 0 {
		m.line(m.say("report.owner-needs", diagnose.Args{"actions": strings.Join(needs, ", ")}))
	}
	if n := r.UnknownErrors(); n > 0 {
		m.line(m.say("report.unknown-errors", diagnose.Args{"count": itoa(n)}))
	}
}

func (m *markdown) joined(r Report) {
	if len(r.Joined) == 0 {
		return
	}
	m.line("## " + m.say("report.joined", nil))
	for _, o := range r.Joined {
		m.out.WriteString("- " + m.say(o.TextID(), o.Args()) + "\n")
	}
	m.out.WriteString("\n")
	if r.stale() {
		m.line(m.say("report.stale", diagnose.Args{"hours": itoa(int(r.Age().Hours()))}))
	}
}

func (m *markdown) changes(r Report) {
	if r.Changes == nil {
		return
	}
	m.line("## " + m.say("report.changes", diagnose.Args{"time": stamp(r.Changes.Since.StartedAt)}))
	for _, l := range r.Changes.Lines(m.Say) {
		m.out.WriteString("- " + inline(m.Safe(masked(l))) + "\n")
	}
	m.out.WriteString("\n")
}

// rows are all rows, those of the owner's side in a table of their own.
func (m *markdown) rows(r Report) {
	var live, owners []Result
	for _, row := range r.Results {
		if isOwners(row.ID) {
			owners = append(owners, row)
		} else {
			live = append(live, row)
		}
	}
	for _, part := range []struct {
		title string
		rows  []Result
	}{{"report.live", live}, {"report.owner", owners}} {
		if len(part.rows) == 0 {
			continue
		}
		m.line("## " + m.say(part.title, nil))
		m.head("report.status", "report.check", "report.found")
		for _, row := range part.rows {
			found := m.say(row.Reason, row.Args)
			for _, n := range row.Notes {
				found += "<br>" + m.say("note."+n.ID, n.Args)
			}
			m.cells(row.Status.Mark()+" "+m.say("status."+string(row.Status), nil), code(m.Safe(row.ID)), found)
		}
		m.out.WriteString("\n")
	}
}

func (m *markdown) problems(r Report) {
	m.line("## " + m.say("report.problems", nil))
	none := true
	for _, want := range []Status{Fail, Warn, Inconclusive} {
		for _, row := range r.Results {
			if row.Status == want {
				none = false
				m.problem(row)
			}
		}
	}
	if none {
		m.line(m.say("report.no-problems", nil))
	}
}

func (m *markdown) problem(row Result) {
	m.line("### " + code(m.Safe(row.ID)) + ": " + row.Status.Mark() + " " + m.say("status."+string(row.Status), nil))
	m.line(m.say(row.Reason, row.Args))
	var ruledOut []string
	for _, c := range row.Causes {
		if c.Likelihood == diagnose.RuledOut {
			ruledOut = append(ruledOut, code(m.Safe(c.ID)))
			continue
		}
		m.cause(c)
	}
	if why := diagnose.Undecided(row.Causes); why != "" {
		m.line(m.say("undecided."+why, nil))
	}
	if len(ruledOut) > 0 {
		m.line(m.say("report.ruled-out", nil) + " " + strings.Join(ruledOut, ", "))
	}
	m.evidence(row)
}

func (m *markdown) cause(c diagnose.Cause) {
	m.line("**" + m.say("likelihood."+string(c.Likelihood), nil) + "** (" + code(m.Safe(c.ID)) + "): " + m.say("cause."+c.ID, c.Args))
	if x := c.Compare; x != nil {
		var b strings.Builder
		for _, side := range []struct {
			label, arn string
			from, to   int
		}{{"compare.refused", x.Refused, x.RefusedSpan.From, x.RefusedSpan.To}, {"compare.granted", x.Granted, x.GrantedSpan.From, x.GrantedSpan.To}} {
			fmt.Fprintf(&b, "%s:\n%s\n", m.Say(side.label, nil), m.marked(side.arn, side.from, side.to))
		}
		m.block("text", strings.TrimRight(b.String(), "\n"))
	}
	for i, way := range diagnose.Ways(c.Fixes) {
		for j, f := range way {
			m.fix(f, lead(i, j))
		}
	}
}

// marked is a text with a line under it that points at the bytes from..to.
func (m *markdown) marked(s string, from, to int) string {
	if from < 0 || to > len(s) || from > to {
		return m.Safe(s)
	}
	before, part := []rune(m.Safe(s[:from])), []rune(m.Safe(s[from:to]))
	return m.Safe(s) + "\n" + strings.Repeat(" ", len(before)) + strings.Repeat("^", max(1, len(part)))
}

// lead is the text before a fix: the first one, another way, or the next step.
func lead(way, step int) string {
	switch {
	case step > 0:
		return "report.fix-then"
	case way > 0:
		return "report.fix-or"
	}
	return "report.fix"
}

func (m *markdown) fix(f diagnose.Fix, lead string) {
	m.line(m.say(lead, nil) + " " + m.say("fix."+f.ID, f.Args))
	switch document, before := maskedDocument(f.Document), maskedDocument(f.Before); {
	case len(document) == 0:
	case len(before) > 0:
		m.line(m.say("report.change", nil))
		m.block("diff", m.safeLines(lineDiff(before, document)))
		m.document(f, document)
	default:
		m.document(f, document)
	}
	if f.Command != "" {
		m.block("sh", m.safeLines(masked(f.Command)))
	}
	if f.ConsoleURL != "" {
		m.line("<" + m.Safe(strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", "\n", "").Replace(f.ConsoleURL)) + ">")
	}
}

func (m *markdown) document(f diagnose.Fix, document json.RawMessage) {
	if f.File != "" {
		m.line(m.say("report.file", diagnose.Args{"file": f.File}))
	}
	m.block("json", m.safeLines(pretty(document)))
}

// evidence is what was asked and answered, as support wants to see it.
func (m *markdown) evidence(row Result) {
	if len(row.Evidence) == 0 {
		return
	}
	m.line(m.say("report.evidence", nil))
	var b strings.Builder
	for i, ev := range row.Evidence {
		if i > 0 {
			b.WriteString("\n")
		}
		for _, l := range EvidenceLines(ev) {
			b.WriteString(m.Safe(l) + "\n")
		}
	}
	m.block("text", strings.TrimRight(b.String(), "\n"))
}

func (m *markdown) masks() {
	m.line("## " + m.say("report.masked", nil))
	for _, id := range []string{"report.masked-ids", "report.masked-keys", "report.masked-not"} {
		m.out.WriteString("- " + m.say(id, nil) + "\n")
	}
	m.out.WriteString("\n")
}
