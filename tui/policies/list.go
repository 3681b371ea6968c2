package policies

import (
	"context"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/mediadock/mediadock/tui/checklist"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// overview is the page before the documents: what goes where, and how far it
// is.
const overview = -1

// kept is the name under which the marks are remembered, empty for none.
func (s *Policies) kept() string {
	if s.place.Kept != "" {
		return s.place.Kept
	}
	return s.place.Connection
}

// recall reads what is remembered; it is a small local file.
func (s *Policies) recall() {
	if s.kept() != "" {
		s.records = s.env.World.Pasted(context.Background(), s.kept())
	}
	s.list()
}

// list makes the items anew.
func (s *Policies) list() {
	settings := s.place.Settings
	if s.own {
		settings, _ = world.Trusting(settings, s.env.Who.Caller)
	}
	s.items = checklist.Items(s.env.Text, settings, s.records, s.place.Proved...)
}

func (s *Policies) item(kind string) (checklist.Item, bool) {
	i := slices.IndexFunc(s.items, func(i checklist.Item) bool { return i.Kind == kind })
	if i < 0 {
		return checklist.Item{}, false
	}
	return s.items[i], true
}

func (s *Policies) docOf(kind string) world.Document {
	for _, d := range s.docs {
		if d.ID == kind {
			return d
		}
	}
	return world.Document{ID: kind}
}

// choose moves on the overview and opens what is under the cursor; false for
// other keys.
func (s *Policies) choose(m tea.KeyPressMsg) bool {
	k := s.env.Keys
	last := len(s.items) - 1
	switch {
	case key.Matches(m, k.Up):
		s.row = max(s.row-1, 0)
	case key.Matches(m, k.Down):
		s.row = min(s.row+1, last)
	case key.Matches(m, k.Top, k.PageUp):
		s.row = 0
	case key.Matches(m, k.Bottom, k.PageDown):
		s.row = last
	case key.Matches(m, k.Open):
		at := slices.IndexFunc(s.docs, func(d world.Document) bool { return d.ID == s.items[s.row].Kind })
		if at < 0 {
			return true
		}
		s.at, s.top = at, 0
	default:
		return false
	}
	s.lay()
	return true
}

// current is the item that the keys are about.
func (s *Policies) current() (checklist.Item, bool) { return s.item(s.doc().ID) }

// markable tells whether a person's word adds something.
func markable(i checklist.Item) bool {
	return i.Paste.State != wizard.PasteLacks && i.Paste.State != wizard.PasteProved
}

type marked struct{ err error }

// mark takes the person's word that a document was pasted, or takes it back.
func (s *Policies) mark() tea.Cmd {
	i, ok := s.current()
	if !ok || !markable(i) {
		return nil
	}
	s.records = checklist.Toggle(s.records, i.Paste)
	s.list()
	s.lay()
	name, records := s.kept(), s.records
	if name == "" {
		return nil
	}
	_, cmd := s.env.Do(func(ctx context.Context) any { return marked{s.env.World.KeepPasted(ctx, name, records)} })
	return cmd
}

// told says when a mark could not be kept.
func (s *Policies) told(m marked) {
	if m.err != nil {
		s.env.Post(screen.Say{Line: text.Fill(s.env.Text.UI.Checklist.NotKept, "reason", text.Safe(m.err.Error())), Bad: true})
	}
}

// tone is the style of a state; its words and its mark say the same.
func (s *Policies) tone(i checklist.Item) lipgloss.Style {
	t := s.env.Theme
	switch i.Paste.State {
	case wizard.PasteProved:
		return t.OK
	case wizard.PasteLacks, wizard.PasteAgain:
		return t.Warn
	}
	return t.Text
}

// layList draws the overview, with the row under the cursor in sight.
func (s *Policies) layList() {
	t, w := s.env.Theme, max(s.w-4, 8)
	from, to := 0, 0
	s.lines = append(s.lines, t.Muted.Render(grid.Cut(checklist.Count(s.env.Text, s.items), w)))
	for i, item := range s.items {
		if s.h >= 18 {
			s.lines = append(s.lines, "")
		}
		begin := len(s.lines)
		name, style := "  "+item.Name, t.Text
		if i == s.row {
			name, style = "> "+item.Name, t.Accent
		}
		state := item.Mark + " " + item.State
		if grid.Width(name)+3+grid.Width(state) <= w {
			s.lines = append(s.lines, grid.Ends(style.Render(name), s.tone(item).Render(state), w))
		} else {
			s.lines = append(s.lines, style.Render(grid.Cut(name, w)))
			for _, l := range grid.Wrap(state, w-4) {
				s.lines = append(s.lines, "    "+s.tone(item).Render(l))
			}
		}
		for _, place := range item.Places {
			for _, l := range grid.Wrap(place, w-4) {
				s.lines = append(s.lines, "    "+t.Muted.Render(l))
			}
		}
		if i == s.row {
			from, to = begin, len(s.lines)
		}
	}
	room := s.room() - 1 // the last line may say that there is more
	if to > s.top+room {
		s.top = to - room
	}
	if from <= s.top {
		s.top = max(from, 0)
	}
	if s.row == 0 {
		s.top = 0
	}
	s.settle()
}

// listKeys are those of the checklist that work now.
func (s *Policies) listKeys() []key.Binding {
	k, w := s.env.Keys, s.env.Text.UI
	var b []key.Binding
	if s.at == overview && s.docOf(s.items[s.row].Kind).Body != "" {
		b = append(b, keys.As(k.Open, w.Checklist.KeyOpen))
	}
	if i, ok := s.current(); ok && markable(i) {
		help := w.Checklist.KeyMark
		if i.Paste.State == wizard.PasteMarked {
			help = w.Checklist.KeyUnmark
		}
		b = append(b, keys.As(k.Select, help))
	}
	return b
}
