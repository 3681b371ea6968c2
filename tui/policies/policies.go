// Package policies shows the documents that follow from settings: what AWS
// has to be told, ready to be copied, written to a file, or handed to whoever
// administers AWS.
package policies

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/mediadock/mediadock/tui/checklist"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// Policies is the screen.
type Policies struct {
	env   *screen.Env
	place screen.Place
	docs  []world.Document
	w, h  int
	at    int
	top   int
	lines []string // of the document, as wide as the window
	own   bool     // the role trusts the caller's own account
	also  string   // the caller's own account, where the role trusts it beside another

	records map[string]wizard.PasteRecord // what is remembered of the documents
	items   []checklist.Item
	row     int // of the items, on the overview

	merged map[string]*merged // by document: what it was appended to
}

func itoa(n int) string { return strconv.Itoa(n) }

// New opens the documents of the place's settings.
func New(env *screen.Env, p screen.Place) *Policies {
	s := &Policies{env: env, place: p, docs: world.Preview(env.World, p.Settings, env.FieldLabel), at: overview}
	s.list()
	for i, d := range s.docs {
		if d.ID == p.Document {
			s.at = i
		}
	}
	s.recall()
	return s
}

// Init takes what is known of who the program runs as: a role whose trusted
// account is left empty trusts theirs.
func (s *Policies) Init() tea.Cmd {
	s.know()
	return nil
}

// know makes the documents anew with the caller's account.
func (s *Policies) know() {
	_, own := world.Trusting(s.place.Settings, s.env.Who.Caller)
	also := world.SecondPrincipal(s.place.Settings, s.env.Who.Caller)
	if own || s.own || also != s.also {
		s.own, s.also = own, also
		s.remake()
	}
	s.lay()
}

// remake makes the documents anew, in the language and with the account that
// are known now.
func (s *Policies) remake() {
	settings := s.place.Settings
	if s.own {
		settings, _ = world.Trusting(settings, s.env.Who.Caller)
	}
	s.docs = world.Preview(s.env.World, settings, s.env.FieldLabel, s.also)
	s.list()
}

type write struct{ path string }

type written struct {
	path string
	err  error
}

// Update turns pages, scrolls, copies and writes.
func (s *Policies) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(m)
	case tea.PasteMsg:
		s.append(m.Content)
	case write:
		doc := s.shown()
		_, cmd := s.env.Do(func(ctx context.Context) any {
			path, err := s.env.World.WriteFile(ctx, m.path, []byte(strings.TrimRight(doc.Body, "\n")+"\n"))
			return written{path, err}
		})
		return cmd
	case screen.Identity:
		s.know()
	case screen.Spoken:
		s.remake()
		s.lay()
	case job.Done:
		if r, ok := m.Result.(marked); ok {
			s.told(r)
			return nil
		}
		if r, ok := m.Result.(written); ok {
			if r.err != nil {
				s.env.Post(screen.Ask{Dialog: dialog.NewTrouble(s.env, s.env.World.Explain(s.place.Connection, r.err))})
				return nil
			}
			s.env.Post(screen.Say{Line: text.Fill(s.env.Text.UI.Frame.Written, "path", text.Safe(r.path))})
		}
	}
	return nil
}

func (s *Policies) press(m tea.KeyPressMsg) tea.Cmd {
	k := s.env.Keys
	page := max(s.room()-1, 1)
	switch {
	case key.Matches(m, k.Back):
		s.env.Post(screen.Leave{With: screen.Pasted{Records: s.records}})
	case len(s.docs) == 0:
	case key.Matches(m, k.NextDoc):
		s.turn(1)
	case key.Matches(m, k.PrevDoc):
		s.turn(-1)
	case key.Matches(m, k.Select):
		return s.mark()
	case s.at == overview && s.choose(m):
	case key.Matches(m, k.TakeBack) && s.merged[s.doc().ID] != nil:
		s.alone()
	case key.Matches(m, k.Up):
		s.top--
	case key.Matches(m, k.Down):
		s.top++
	case key.Matches(m, k.PageUp):
		s.top -= page
	case key.Matches(m, k.PageDown):
		s.top += page
	case key.Matches(m, k.Top):
		s.top = 0
	case key.Matches(m, k.Bottom):
		s.top = len(s.lines)
	case key.Matches(m, k.Copy) && s.complete():
		s.env.Post(screen.Copy{What: s.title(s.doc()), Text: s.shown().Body})
	case key.Matches(m, k.Write) && s.complete():
		s.askFile()
	}
	s.settle()
	return nil
}

func (s *Policies) askFile() {
	w := s.env.Text.UI.Check
	check := func(v string) string {
		if strings.TrimSpace(v) == "" {
			return w.NoFileName
		}
		return ""
	}
	s.env.Post(screen.Ask{Dialog: dialog.NewPrompt(s.env, s.title(s.doc()), nil, w.FileLabel, s.doc().File, check,
		func(v string) tea.Msg { return write{v} }).
		Completing("", func(typed string) []string { return s.env.World.CompletePath(context.Background(), typed) })})
}

func (s *Policies) doc() world.Document {
	if s.at == overview {
		return s.docOf(s.items[s.row].Kind)
	}
	return s.docs[s.at]
}

// complete tells whether the document can be used; one with marks in it is
// only to be looked at.
func (s *Policies) complete() bool { return s.doc().Body != "" && len(s.doc().Missing) == 0 }

func (s *Policies) title(d world.Document) string { return checklist.Name(s.env.Text, d.ID, d.Piece) }

func (s *Policies) turn(d int) {
	n := len(s.docs) + 1 // and the overview
	s.at = (s.at-overview+d+n)%n + overview
	s.top = 0
	s.lay()
}

// lay breaks the document into lines of the window; only then, so that
// drawing is cheap.
func (s *Policies) lay() {
	s.lines = nil
	if s.at == overview {
		s.layList()
		return
	}
	width := max(s.w-4, 1)
	for _, l := range strings.Split(strings.TrimRight(s.shown().Body, "\n"), "\n") {
		l = text.Safe(strings.ReplaceAll(l, "\t", "    "))
		for grid.Width(l) > width {
			head := grid.Head(l, width)
			s.lines = append(s.lines, head)
			l = l[len(head):]
		}
		s.lines = append(s.lines, l)
	}
	s.settle()
}

func (s *Policies) settle() { s.top = max(0, min(s.top, len(s.lines)-s.room())) }

// room is the height of the document.
func (s *Policies) room() int {
	return max(s.h-3-len(s.remarks()), 1)
}

// remarks are what is said above the document: why it cannot be copied yet,
// or what was filled in.
func (s *Policies) remarks() []string {
	w, t := s.env.Text.UI.Setup, s.env.Theme
	var out []string
	add := func(style lipgloss.Style, l string) {
		for _, p := range grid.Wrap(l, max(s.w-4, 8)) {
			out = append(out, "  "+style.Render(p))
		}
	}
	if s.at == overview {
		return nil
	}
	m := s.doc().Missing
	item, listed := s.item(s.doc().ID)
	switch {
	case listed:
		add(s.tone(item), item.Mark+" "+item.State)
		if s.merged[s.doc().ID] == nil { // what became of the paste needs the room
			for _, place := range item.Places {
				add(t.Muted, place)
			}
		}
		s.remarksOnMerged(add)
	case len(m) > 0:
		add(t.Warn, "! "+text.Fill(w.StillNeeds, "fields", wizard.Labels(m, s.env.Text.Say)))
	}
	switch {
	case slices.Contains(m, "trusted_principal") && s.env.Who.Why != nil:
		add(t.Muted, w.AccountUnknown)
	case s.also != "" && s.doc().ID == "trust":
		add(t.Muted, text.Fill(w.AlsoOwnAccount, "account", world.Grouped(s.also)))
	case s.own && s.doc().ID == "trust":
		add(t.Muted, text.Fill(w.OwnAccount, "account", world.Grouped(s.env.Who.Caller.Account)))
	}
	return out
}

// Resize gives the area.
func (s *Policies) Resize(w, h int) {
	s.w, s.h = w, h
	s.lay()
}

// View draws the titles and one document.
func (s *Policies) View() screen.View {
	t := s.env.Theme
	out := []string{"", "  " + s.tabs(s.w-4)}
	out = append(append(out, s.remarks()...), "")
	end := min(s.top+s.room(), len(s.lines))
	for _, l := range s.lines[s.top:end] {
		if s.at != overview {
			l = t.Code.Render(l)
		}
		out = append(out, "  "+l)
	}
	if end < len(s.lines) {
		out[len(out)-1] = "  " + t.Muted.Render(s.env.Text.UI.Dialog.More)
	}
	return screen.View{Body: strings.Join(out, "\n")}
}

// tabs are the titles, the one shown in the accent; where they do not fit,
// the one shown and its number.
func (s *Policies) tabs(w int) string {
	t := s.env.Theme
	titles := []string{s.env.Text.UI.Checklist.Title}
	for _, d := range s.docs {
		titles = append(titles, s.title(d))
	}
	line, at := "", s.at-overview
	for i, title := range titles {
		if i > 0 {
			line += "   "
		}
		if i == at {
			line += t.Accent.Underline(true).Render(title)
		} else {
			line += t.Muted.Render(title)
		}
	}
	if grid.Width(line) <= w {
		return line
	}
	n := s.env.Text.UI.Check
	return grid.Ends(t.Accent.Render(titles[at]),
		t.Muted.Render(text.Fill(n.Progress, "n", itoa(at+1), "of", itoa(len(titles)))), w)
}

// Title is the connection and what is shown.
func (s *Policies) Title() (crumbs []string, right string) {
	w := s.env.Text.UI
	name := s.place.Connection
	if name == "" {
		name = s.place.Settings.Bucket
	}
	if name == "" {
		name = w.Setup.TitleNew
	}
	return []string{name, w.Documents.All}, ""
}

// Keys are what works on the document.
func (s *Policies) Keys() []key.Binding {
	k := s.env.Keys
	b := s.listKeys()
	if s.complete() {
		b = append(b, k.Copy, k.Write)
	}
	if s.merged[s.doc().ID] != nil {
		b = append(b, keys.As(k.TakeBack, s.env.Text.UI.Checklist.KeyAlone))
	}
	if len(s.docs) > 1 {
		b = append(b, k.NextDoc, k.PrevDoc)
	}
	if s.at != overview && len(s.lines) > s.room() {
		b = append(b, k.Scroll)
	}
	return append(b, k.Back)
}

// ShowsText is true but for the overview, which is a list.
func (s *Policies) ShowsText() bool { return s.at != overview }

// Typing is false: there is no text field.
func (s *Policies) Typing() bool { return false }

// Losing is empty: nothing here is lost.
func (s *Policies) Losing() string { return "" }

// Close has nothing to stop.
func (s *Policies) Close() {}
