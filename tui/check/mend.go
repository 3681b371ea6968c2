package check

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/text"
)

// mend shows the fixes of the cause under the cursor.
func (p *page) mend(w int, low bool) []string {
	t, words := p.env.Theme, p.env.Text.UI.Check
	var out []string
	link := ""
	for i, f := range p.fixes() {
		if i == 0 {
			if !low {
				out = append(out, "")
			}
			out = append(out, t.Muted.Render(words.Mend))
		} else {
			out = append(out, "")
		}
		for _, l := range grid.Wrap(report.Fix(p.env.Text, f), w) {
			out = append(out, t.OK.Render(l))
		}
		if f.ConsoleURL != "" && f.ConsoleURL != link { // the last fix may lead there as well
			link = f.ConsoleURL
			out = append(out, t.Code.Render(grid.Cut(text.Safe(f.ConsoleURL), w)))
		}
		if f.Command != "" {
			for _, l := range grid.Wrap(text.Safe(f.Command), w-2) {
				out = append(out, "  "+t.Code.Render(l))
			}
		}
		out = append(out, p.documentLines(f, w)...)
	}
	return out
}

// documentLines shows a fix's document: beside the one that it replaces as
// far as that is known.
func (p *page) documentLines(f diagnose.Fix, w int) []string {
	t := p.env.Theme
	doc := indented(f.Document)
	if doc == "" {
		return nil
	}
	out := []string{""}
	if strings.Contains(doc, idMark) {
		for _, l := range grid.Wrap(p.idHint(), w) {
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

func (p *page) evidence(w int) []string {
	t, words := p.env.Theme, p.env.Text.UI.Check
	if len(p.row.Evidence) == 0 && len(p.row.RequestIDs) == 0 {
		return nil
	}
	out := []string{"", t.Muted.Render(words.Evidence)}
	for _, e := range p.row.Evidence {
		out = append(out, t.Code.Render(grid.Cut(report.Evidence(e), w)))
		for _, l := range grid.Wrap(text.Safe(e.Message), w-2) {
			if l != "" {
				out = append(out, "  "+t.Muted.Render(l))
			}
		}
	}
	for _, id := range p.row.RequestIDs {
		out = append(out, t.Muted.Render(grid.Cut("request id "+text.Safe(id), w)))
	}
	return out
}
