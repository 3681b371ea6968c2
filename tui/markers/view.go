package markers

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// rowHeight is the marker and, beneath it, its key.
const rowHeight = 2

// Resize gives the area.
func (s *Markers) Resize(w, h int) {
	s.w, s.h = w, h
	s.lay()
}

func (s *Markers) lay() { s.list.SetHeight(max((s.h-len(s.head()))/rowHeight, 1)) }

// head is what stands above the rows.
func (s *Markers) head() []string {
	t, w := s.env.Theme, s.words()
	out := []string{""}
	add := func(style lipgloss.Style, line string) {
		for _, l := range grid.Wrap(line, max(s.w-4, 8)) {
			out = append(out, "  "+style.Render(l))
		}
	}
	add(t.Muted, text.Fill(w.About, "folder", address.CloudinaryMarkers))
	switch {
	case s.busy() && len(s.rows) == 0:
		add(t.Muted, w.Loading)
	case s.err != nil:
		tr := s.env.World.Explain(s.place.Connection, s.err)
		add(t.Bad, "✗ "+text.Safe(s.env.Sentence(tr.Code, tr.Args)))
	case len(s.rows) == 0:
		add(t.Warn, w.None)
	}
	if len(s.unsure) > 0 {
		add(t.Warn, "? "+text.Fill(w.Unsure, "folders", text.Safe(s.env.Text.List(s.unsure))))
	}
	return append(out, "")
}

// row is one marker in two lines: whose it is and what of it, and its key.
func (s *Markers) row(r world.Marker, under bool) []string {
	t, w := s.env.Theme, s.words()
	mark, state, style := "✓", w.Allowed, t.OK
	switch r.State {
	case "unexpected":
		mark, state, style = "!", w.Unexpected, t.Warn
	case "missing":
		mark, state, style = "✗", w.Missing, t.Bad
	case "misplaced":
		mark, state, style = "!", text.Fill(w.Misplaced, "want", text.Safe(r.Want)), t.Warn
	case "foreign":
		mark, state, style = "?", w.Foreign, t.Muted
	}
	lead, name := "  ", t.Text
	if under {
		lead, name = "> ", t.Accent
	}
	width := max(s.w-4, 8)
	title := lead + mark + " "
	if r.Cloud != "" {
		title += text.Safe(r.Cloud) + "  "
	}
	title = grid.Cut(title, width)
	rest := grid.Cut(state, max(width-grid.Width(title), 0))
	return []string{"  " + name.Render(title) + style.Render(rest), "      " + t.Muted.Render(grid.Cut(text.Safe(r.Key), max(width-4, 4)))}
}

// View draws the head and the rows in sight.
func (s *Markers) View() screen.View {
	out := s.head()
	from, to := s.list.Window()
	for i := from; i < to; i++ {
		out = append(out, s.row(s.rows[i], i == s.list.Cursor())...)
	}
	return screen.View{Body: strings.Join(out[:min(len(out), max(s.h, 1))], "\n")}
}
