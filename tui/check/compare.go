package check

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/text"
)

// compareW is the width below which the names of the two ARNs stand above
// them, so that an ARN is not cut into many short pieces.
const compareW = 60

// compare sets what was asked for beside what is allowed, where they part
// marked: by colour, and by carets for those who see none.
func (p *page) compare(w int) []string {
	if p.cause >= len(p.row.Causes) || p.row.Causes[p.cause].Compare == nil {
		return nil
	}
	t, words, x := p.env.Theme, p.env.Text.UI.Check, p.row.Causes[p.cause].Compare
	label := max(grid.Width(words.Refused), grid.Width(words.Granted)) + 2
	if w < compareW {
		label = 2
	}
	out := []string{""}
	show := func(name, arn string, s policy.Span, style lipgloss.Style) {
		if w < compareW {
			out = append(out, t.Muted.Render(grid.Cut(name, w)))
			name = ""
		}
		for _, l := range marked(arn, s, max(w-label, 10)) {
			out = append(out, t.Muted.Render(grid.Fit(name, label))+t.Code.Render(l.before)+style.Render(l.inside)+t.Code.Render(l.after))
			if l.inside != "" {
				out = append(out, strings.Repeat(" ", label+grid.Width(l.before))+style.Render(strings.Repeat("^", grid.Width(l.inside))))
			}
			name = ""
		}
	}
	show(words.Refused, x.Refused, x.RefusedSpan, t.Bad)
	show(words.Granted, x.Granted, x.GrantedSpan, t.OK)
	return out
}

// markedLine is a line of an ARN: what differs is inside.
type markedLine struct{ before, inside, after string }

// marked breaks an ARN into lines of w cells and finds the span in each.
// Names of AWS that are no ASCII are escaped before, span by span.
func marked(arn string, s policy.Span, w int) []markedLine {
	from, to := min(s.From, len(arn)), min(s.To, len(arn))
	parts := [3]string{text.Safe(arn[:from]), text.Safe(arn[from:to]), text.Safe(arn[to:])}
	var out []markedLine
	line, used := markedLine{}, 0
	for i, part := range parts {
		for _, r := range part {
			cells := grid.Width(string(r))
			if used+cells > w {
				out, line, used = append(out, line), markedLine{}, 0
			}
			used += cells
			switch i {
			case 0:
				line.before += string(r)
			case 1:
				line.inside += string(r)
			default:
				line.after += string(r)
			}
		}
	}
	return append(out, line)
}
