package check

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/text"
)

// mend shows below out the fixes of the cause under the cursor: steps with
// their numbers, ways that stand for each other with an "or" between them, and
// of several the one whose things are taken under a mark.
func (p *page) mend(out []string, w int, low bool) []string {
	t, words := p.env.Theme, p.env.Text.UI.Check
	steps := p.steps()
	p.starts = p.starts[:0]
	link := ""
	for i, s := range steps {
		switch {
		case i > 0 && s.Or:
			out = append(out, "", t.Muted.Render(words.Or))
		case i > 0 || !low:
			out = append(out, "")
		}
		if i == 0 {
			out = append(out, t.Muted.Render(words.Mend))
		}
		p.starts = append(p.starts, len(out))
		lead := ""
		if len(steps) > 1 {
			lead = "  "
			if i == p.step {
				lead = t.Accent.Render("> ")
			}
		}
		indent := grid.Width(lead) + len(s.Lead())
		for j, l := range grid.Wrap(report.Fix(p.env.Text, s.Fix), w-indent) {
			if j == 0 {
				out = append(out, lead+t.OK.Render(s.Lead()+l))
				continue
			}
			out = append(out, grid.Space(indent)+t.OK.Render(l))
		}
		if s.ConsoleURL != "" && s.ConsoleURL != link { // the last fix may lead there as well
			link = s.ConsoleURL
			out = append(out, grid.Space(indent)+t.Code.Render(grid.Cut(text.Safe(s.ConsoleURL), w-indent)))
		}
		if s.Command != "" {
			indent = max(indent, 2) // set off from the sentence by more than its colour
			for _, l := range grid.Wrap(text.Safe(s.Command), w-indent) {
				out = append(out, grid.Space(indent)+t.Code.Render(l))
			}
		}
		out = append(out, p.documentLines(s.Fix, w)...)
	}
	return out
}

// documentLines shows a fix's document: beside the one that it replaces as
// far as that is known.
func (p *page) documentLines(f diagnose.Fix, w int) []string {
	t := p.env.Theme
	if len(f.Document) == 0 {
		return nil
	}
	out := []string{""}
	for _, l := range grid.Wrap(p.idHint(f.Document), w) {
		if l != "" {
			out = append(out, t.Muted.Render(l))
		}
	}
	for _, l := range report.Diff(f.Before, f.Document) {
		style := t.Code
		switch l.Op {
		case '+':
			style = t.OK
		case '-':
			style = t.Bad
		}
		out = append(out, style.Render(string(l.Op)+" "+grid.Cut(text.Safe(l.Text), w-2)))
	}
	return out
}

// evidence is what was asked and answered, and the ids by which AWS finds it
// again.
func (p *page) evidence(w int) []string {
	t, words := p.env.Theme, p.env.Text.UI.Check
	if len(p.row.Evidence) == 0 && len(p.row.RequestIDs) == 0 {
		return nil
	}
	out := []string{"", t.Muted.Render(words.Evidence)}
	for _, lines := range report.Evidence(p.row.Evidence) {
		for i, line := range lines {
			style, indent := t.Code, 0
			if i > 0 {
				style, indent = t.Muted, 2
			}
			for _, l := range grid.Wrap(line, w-indent) {
				if l != "" {
					out = append(out, strings.Repeat(" ", indent)+style.Render(l))
				}
			}
		}
	}
	for _, id := range p.row.RequestIDs {
		out = append(out, t.Muted.Render(grid.Cut("request id "+text.Safe(id), w)))
	}
	return out
}
