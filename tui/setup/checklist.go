package setup

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/checklist"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// pastes is what the wizard knows of the documents for AWS.
type pastes struct {
	records map[string]wizard.PasteRecord
	items   []checklist.Item
	// before is what the documents were when the step was begun, so that what
	// it changes can be shown; step is that step.
	before map[string]string
	step   string
}

type pastedAnswer struct{ records map[string]wizard.PasteRecord }

// recall reads what is remembered of the documents.
func (s *Setup) recall() tea.Cmd {
	name := s.name
	if s.keep.name != "" {
		name = s.keep.name
	}
	if name == "" {
		return nil
	}
	_, cmd := s.env.Do(func(ctx context.Context) any { return pastedAnswer{s.env.World.Pasted(ctx, name)} })
	return cmd
}

// track keeps the items in step with the answers, the marks and the last test.
func (s *Setup) track() {
	if step := s.flow.Step().ID; s.pastes.step != step {
		s.pastes.step, s.pastes.before = step, map[string]string{}
		for _, d := range s.docs {
			s.pastes.before[d.ID] = d.Body
		}
	}
	s.pastes.items = checklist.Items(s.env.Text, s.docsFor, s.pastes.records, s.proved()...)
}

// proved are the documents that the last test of these answers found.
func (s *Setup) proved() []string {
	if s.lastTest == nil || s.lastTest.Settings != s.flow.Settings() {
		return nil
	}
	proved, _ := checklist.Found(s.lastTest.Report.Results)
	return proved
}

// openDocuments shows the documents, that of the step first.
func (s *Setup) openDocuments() {
	of, _ := s.documentOf(s.flow.Step().ID)
	s.env.Post(screen.Open{To: screen.Place{
		Screen: screen.Policies, Connection: s.name, Settings: s.flow.Settings(), Document: of.ID,
		Kept: s.draftName(), Proved: s.proved(),
	}})
}

// marked takes what the person marked there; it belongs to the draft.
func (s *Setup) marked(m screen.Pasted) {
	s.pastes.records = m.Records
	s.changed = s.changed || len(m.Records) > 0 && !s.edit
}

// checklist is the list in a narrow column: names and states, a line each.
func (s *Setup) checklist(w int) []string {
	t, words := s.env.Theme, s.env.Text.UI.Checklist
	out := []string{grid.Ends(t.Muted.Render(words.Title), t.Muted.Render(checklist.Count(s.env.Text, s.pastes.items)), w)}
	for _, i := range s.pastes.items {
		style := t.Text
		switch i.Paste.State {
		case wizard.PasteProved:
			style = t.OK
		case wizard.PasteAgain:
			style = t.Warn
		case wizard.PasteLacks:
			style = t.Muted
		}
		out = append(out, grid.Ends(style.Render(i.Mark)+" "+i.Short, style.Render(i.Brief), w))
	}
	return out
}

// pasteList is the list on the review, with where each goes.
func (r *review) pasteList(w int) []string {
	s, t := r.s, r.s.env.Theme
	out := []string{t.Strong.Render(s.env.Text.UI.Checklist.Title)}
	for _, i := range s.pastes.items {
		for j, l := range grid.Wrap(i.Mark+" "+s.env.Text.Labelled(i.Name, i.State), w-2) {
			if j > 0 {
				l = "  " + l
			}
			out = append(out, grid.Cut("  "+l, w))
		}
		for _, place := range i.Places {
			for _, l := range grid.Wrap(place, w-4) {
				out = append(out, "    "+t.Muted.Render(l))
			}
		}
	}
	return out
}

// brief is a policy for a narrow column: its statements alone, and each block
// that fits into a line in one. The whole is among the documents.
func brief(lines []string, w int) []string {
	if lines[0] != "{" {
		return lines
	}
	if len(lines) > 5 && strings.HasPrefix(strings.TrimLeft(lines[2], "+ "), `"Statement": [`) {
		lines = append([]string{}, lines[3:len(lines)-2]...)
		for i, l := range lines {
			lines[i] = keepMark(l, strings.TrimPrefix(" "+l[min(1, len(l)):], "    "))
		}
	}
	var out []string
	for i := 0; i < len(lines); i++ {
		end := blockEnd(lines, i)
		joined := strings.TrimRight(lines[i], " ")
		mark := lines[i]
		for j := i + 1; j <= end; j++ {
			part := strings.TrimLeft(lines[j], "+ ")
			if j > i+1 && j < end {
				part = " " + part
			}
			joined += part
			if strings.HasPrefix(lines[j], "+") {
				mark = lines[j]
			}
		}
		if end > i && grid.Width(joined) <= w {
			out = append(out, keepMark(mark, joined))
			i = end
			continue
		}
		out = append(out, lines[i])
	}
	return out
}

// keepMark puts the margin's mark of one line on another.
func keepMark(from, l string) string {
	if strings.HasPrefix(from, "+") && strings.HasPrefix(l, " ") {
		return "+" + l[1:]
	}
	return l
}

// blockEnd is the line that ends the block that line i begins, i where it
// begins none.
func blockEnd(lines []string, i int) int {
	l := strings.TrimSpace(lines[i])
	if !strings.HasSuffix(l, "{") && !strings.HasSuffix(l, "[") {
		return i
	}
	depth := indent(lines[i])
	for j := i + 1; j < len(lines); j++ {
		if l := strings.TrimLeft(lines[j], "+ "); indent(lines[j]) == depth && (strings.HasPrefix(l, "}") || strings.HasPrefix(l, "]")) {
			return j
		}
	}
	return i
}

func indent(l string) int { return len(l) - len(strings.TrimLeft(l, "+ ")) }

// fresh marks the lines of a document that the step's answers changed, in the
// margin that their indent leaves.
func (s *Setup) fresh(d world.Document) []string {
	lines := strings.Split(strings.TrimRight(d.Body, "\n"), "\n")
	before, known := s.pastes.before[d.ID]
	if !known || before == d.Body {
		return lines
	}
	had := map[string]bool{}
	for _, l := range strings.Split(before, "\n") {
		had[strings.TrimRight(l, ",")] = true
	}
	for i, l := range lines {
		if !had[strings.TrimRight(l, ",")] && strings.HasPrefix(l, "  ") {
			lines[i] = "+" + l[1:]
		}
	}
	return lines
}
