package setup

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/checklist"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// wide is the width from which the consequence stands beside the question.
const wide = 96

func (s *Setup) split() bool { return s.w >= wide }

func (s *Setup) leftWidth() int {
	if s.split() {
		return s.w*52/100 - 3
	}
	return s.w - 4
}

// View draws the step.
func (s *Setup) View() screen.View {
	if s.review != nil {
		return s.review.View()
	}
	left, cursor := s.left()
	if !s.split() {
		return screen.View{Body: join(left), Cursor: cursor}
	}
	lw := s.leftWidth() + 3
	right := s.consequence(s.w-lw-4, s.h)
	rule := s.env.Theme.Faint.Render("│")
	var out []string
	for i := range s.h {
		l, r := "", ""
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out = append(out, grid.Fit(l, lw)+rule+"  "+r)
	}
	return screen.View{Body: join(out), Cursor: cursor}
}

// left is the steps and the fields of this one, scrolled so that the field in
// focus is seen whole where it can be.
func (s *Setup) left() ([]string, *tea.Cursor) {
	head := append(s.steps(), s.who()...)
	room := s.h - len(head)
	var lines []string
	var cursor *tea.Cursor
	from, to := 0, 0
	heads := map[int]bool{} // lines that are a heading of what is below them
	for i, f := range s.fields {
		if i > 0 && s.airy() {
			lines = append(lines, "")
		}
		rows, c := f.rows()
		if f == s.at() {
			from, to = len(lines), len(lines)+len(rows)
			if c != nil {
				cursor = tea.NewCursor(c.X+1, c.Y+len(lines))
			}
		}
		heads[len(lines)] = f != s.at()
		lines = append(lines, rows...)
	}
	if more := s.shortConsequence(); !s.split() && s.airy() && len(lines)+len(more) <= room {
		lines = append(lines, more...) // whole or not at all
	}
	s.top = max(0, min(s.top, len(lines)-room))
	if to-s.top > room {
		s.top = min(to-room, from)
	}
	if from < s.top {
		s.top = from
	}
	if cursor != nil && cursor.Y-s.top >= room { // a field higher than the window
		s.top = cursor.Y - room + 1
	}
	end := min(s.top+max(room, 0), len(lines))
	for i := s.top; i < end; i++ {
		if i == end-1 && end < len(lines) && heads[i] { // nothing of it would be seen
			head = append(head, "")
			continue
		}
		head = append(head, " "+lines[i])
	}
	if cursor != nil {
		cursor.Y += len(head) - (end - s.top) - s.top
	}
	return head, cursor
}

// airy tells whether there is room for blank lines.
func (s *Setup) airy() bool { return s.h >= 16 }

// steps shows how far one is: as a list where there is room, else in a line.
func (s *Setup) steps() []string {
	t := s.env.Theme
	if s.h < 12 {
		return nil
	}
	if s.h >= 28 {
		return s.stepList()
	}
	line, at := "", s.flow.Index()
	for i, st := range s.flow.Steps() {
		name := s.env.Text.Say("step."+st.ID+".title", nil)
		switch {
		case i < at:
			line += t.OK.Render("✓ ") + t.Muted.Render(name)
		case i == at:
			line += t.Accent.Render("> " + name)
		default:
			line += t.Muted.Render("  " + name)
		}
		line += "  "
	}
	width := s.w - 4
	if s.split() {
		width = s.leftWidth()
	}
	if grid.Width(line) > width {
		line = ""
		for i := range s.flow.Steps() {
			switch {
			case i < at:
				line += t.OK.Render("━━━━ ")
			case i == at:
				line += t.Accent.Render("━━━━ ")
			default:
				line += t.Faint.Render("──── ")
			}
		}
	}
	return []string{"", "  " + grid.Cut(line, width), ""}
}

func (s *Setup) stepList() []string {
	t := s.env.Theme
	out := []string{""}
	width := s.leftWidth()
	for i, st := range s.flow.Steps() {
		name := grid.Fit(s.env.Text.Say("step."+st.ID+".title", nil), 24)
		switch {
		case i < s.flow.Index():
			value := ""
			if len(st.Fields) > 0 {
				value = s.short(st.Fields[0])
			}
			out = append(out, "  "+t.OK.Render("✓ ")+t.Muted.Render(name)+grid.Cut(value, width-28))
		case i == s.flow.Index():
			out = append(out, "  "+t.Accent.Render("> "+strings.TrimRight(name, " ")))
		default:
			out = append(out, "    "+t.Muted.Render(strings.TrimRight(name, " ")))
		}
	}
	return append(out, "")
}

// short is a setting in a few words.
func (s *Setup) short(k string) string {
	f, ok := s.flow.Question(k)
	v := wizard.Get(s.flow.Settings(), k)
	if k == wizard.PartsKey {
		v = s.flow.Raw(k)
	}
	if !ok || v == "" {
		return s.env.Text.UI.Setup.Nothing
	}
	if f.Kind == wizard.Toggle {
		if v == "true" {
			return s.env.Text.UI.Setup.On
		}
		return s.env.Text.UI.Setup.Off
	}
	if f.Kind == wizard.OneOf && k != "region" {
		for _, c := range f.Choices(s.flow.Settings()) {
			if c.Value == v {
				return s.env.Text.ChoiceName(k, c)
			}
		}
	}
	return safe(v)
}

// shortConsequence is one line below the fields, for windows without a side
// panel.
func (s *Setup) shortConsequence() []string {
	t := s.env.Theme
	if s.flow.Settings().Bucket == "" {
		return nil
	}
	out := []string{"", "  " + t.Muted.Render(s.env.Text.UI.Setup.MediaAt)}
	for _, l := range wrapURL(s.sampleURL(), s.leftWidth()-2) {
		out = append(out, "  "+t.Code.Render(l))
	}
	return out
}

// sampleURL is where an image would be, with marks in place of what is not
// answered rightly yet.
func (s *Setup) sampleURL() string {
	settings := s.flow.Settings()
	var marks []string
	for _, k := range []string{"bucket", "region", "prefix", "domain"} {
		v := wizard.Get(settings, k)
		needed := v == "" && (k == "bucket" || k == "region")
		if needed || v != "" && s.flow.Problem(k) != nil {
			mark := "mark-of-" + k
			if k == "domain" {
				mark = "https://" + mark
			}
			wizard.Set(&settings, k, mark)
			marks = append(marks, mark, "<"+s.label(k)+">")
		}
	}
	return strings.NewReplacer(marks...).Replace(safe(wizard.SampleURLsIn(world.SpaceOf(s.name, settings))[0]))
}

// documentFor names the document that a step's answers end up in.
var documentFor = map[string]string{
	"service": "handoff", "bucket": "permissions", "access": "trust", "place": "bucket", "rules": "permissions",
}

// consequence is the right side: where media will be, and the document that
// this step fills.
func (s *Setup) consequence(w, h int) []string {
	t, words := s.env.Theme, s.env.Text.UI.Setup
	step := s.flow.Step().ID
	if step == "service" {
		return s.about(w)
	}
	out := []string{"", t.Muted.Render(words.MediaAt)}
	settings := s.flow.Settings()
	if settings.Bucket == "" {
		out = append(out, t.Faint.Render(words.NeedsBucket))
	} else {
		for _, l := range wrapURL(s.sampleURL(), w) {
			out = append(out, t.Code.Render(l))
		}
	}
	out = append(out, "")
	list := s.checklist(w)
	if d, ok := s.documentOf(step); ok {
		out = append(out, s.document(d, w, h-len(out)-len(list)-1)...)
	}
	for len(out) < h-len(list) {
		out = append(out, "")
	}
	return append(out[:max(min(len(out), h-len(list)), 0)], list...)
}

// documentOf is the document that a step's answers end up in. For integrations
// other than microCMS it is the one that they changed, else the one that needs
// them, else the first.
func (s *Setup) documentOf(step string) (world.Document, bool) {
	if len(s.docs) == 0 || s.docs[0].Piece.Kind == "" {
		return find(s.docs, documentFor[step])
	}
	needed := s.docs[0]
	for _, d := range s.docs {
		if d.Piece.Kind == "" {
			break
		}
		if before, known := s.pastes.before[d.ID]; known && before != d.Body {
			return d, true
		}
		if needed.ID == s.docs[0].ID && slices.ContainsFunc(d.Missing, func(key string) bool { return slices.Contains(s.flow.Step().Fields, key) }) {
			needed = d
		}
	}
	return needed, true
}

// label is the name of a setting, as the integration calls it.
func (s *Setup) label(key string) string {
	return s.env.Text.Field(s.flow.Raw("integration"), key, "label")
}

func find(docs []world.Document, id string) (world.Document, bool) {
	for _, d := range docs {
		if d.ID == id {
			return d, true
		}
	}
	return world.Document{}, false
}

// wrapURL breaks a URL into lines, from its beginning and to its end.
func wrapURL(u string, w int) []string {
	var out []string
	for w > 0 && grid.Width(u) > w {
		head := grid.Head(u, w)
		out = append(out, head)
		u = u[len(head):]
	}
	return append(out, u)
}

// document draws one with a title and what it still needs.
func (s *Setup) document(d world.Document, w, h int) []string {
	t, words := s.env.Theme, s.env.Text.UI
	title := t.Strong.Render(checklist.Name(s.env.Text, d.ID, d.Piece))
	out := []string{grid.Ends(title, t.Key.Render(s.env.Keys.Panel.Help().Key)+" "+t.Muted.Render(words.Setup.AllDocuments), w)}
	var names []string
	for _, k := range d.Missing {
		names = append(names, s.label(k))
	}
	if len(names) > 0 {
		for _, l := range grid.Wrap("! "+fill(words.Setup.StillNeeds, "fields", s.env.Text.List(names)), w) {
			out = append(out, t.Warn.Render(l))
		}
	}
	if _, own := s.trusting(); own && d.ID == "trust" {
		for _, l := range grid.Wrap(fill(words.Setup.OwnAccount, "account", world.Grouped(s.caller.Account)), w) {
			out = append(out, t.Muted.Render(l))
		}
	}
	if also := s.second(); also != "" && d.ID == "trust" {
		for _, l := range grid.Wrap(fill(words.Setup.AlsoOwnAccount, "account", world.Grouped(also)), w) {
			out = append(out, t.Muted.Render(l))
		}
	}
	for _, i := range s.pastes.items {
		if i.Kind == d.ID && i.Paste.State != wizard.PasteLacks {
			for _, l := range grid.Wrap(i.Places[0], w) {
				out = append(out, t.Muted.Render(l))
			}
		}
	}
	for _, l := range brief(s.fresh(d), w) {
		style := t.Code
		if strings.HasPrefix(l, "+") {
			style = t.Added
		}
		if slices.ContainsFunc(names, func(n string) bool { return strings.Contains(l, "<"+n+">") }) {
			style = t.Warn // what is missing looks like no answer
		}
		for _, part := range wrapCode(safe(l), w) {
			out = append(out, style.Render(part))
		}
	}
	if len(out) > h && h > 0 {
		out = append(out[:h-1], t.Muted.Render(words.Dialog.More))
	}
	return out[:min(len(out), max(h, 0))]
}

// wrapCode breaks a line of a document; what goes on is indented like its
// beginning and a little more.
func wrapCode(l string, w int) []string {
	indent := len(l) - len(strings.TrimLeft(l, "+ ")) + 2
	if indent > w/2 {
		indent = 0
	}
	var out []string
	for w > 0 && grid.Width(l) > w {
		head := grid.Head(l, w)
		out = append(out, head)
		l = grid.Space(indent) + l[len(head):]
	}
	return append(out, l)
}

// about says what the feature is, before anything is entered (M1 to M12).
func (s *Setup) about(w int) []string {
	t, a := s.env.Theme, s.env.Text.UI.About
	out := []string{"", t.Strong.Render(a.Title)}
	for _, p := range s.env.Text.About(s.flow.Raw("integration")) {
		out = append(append(out, ""), grid.Wrap(p, w)...)
	}
	return out
}
