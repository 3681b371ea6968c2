package setup

import (
	"regexp"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/line"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/wizard"
)

// review is the last step: everything on one page, what cannot be changed
// later, the connection test, and the name of the bucket typed once more.
type review struct {
	s      *Setup
	errs   []wizard.FieldError
	passed bool // the test of exactly these settings allows saving
	report awscheck.Report
	in     line.Field
	wrong  bool
	top    int
	rows   int
	room   int
}

// validName is the grammar of connection names.
var validName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,62}$`)

func newReview(s *Setup) *review {
	r := &review{s: s, in: line.New("")}
	r.errs = wizard.Validate(s.flow.Settings())
	if s.lastTest != nil && s.lastTest.Settings == s.flow.Settings() {
		r.take(*s.lastTest)
	}
	return r
}

// tested takes the report of the test that was started from here.
func (r *review) tested(m screen.Tested) {
	if m.Settings == r.s.flow.Settings() {
		r.take(m)
	}
}

func (r *review) take(m screen.Tested) {
	r.report = m.Report
	r.passed = m.Report.Verdict == awscheck.Ready || m.Report.Verdict == awscheck.ReadyWithWarnings
}

// typing is true while the bucket's name is asked for.
func (r *review) typing() bool { return r.passed && r.s.saving == nil }

// Update scrolls, tests, types, saves.
func (r *review) Update(msg tea.Msg) tea.Cmd {
	m, isKey := msg.(tea.KeyPressMsg)
	k := r.s.env.Keys
	if r.s.saving != nil {
		return nil
	}
	if isKey {
		switch {
		case m.Code == tea.KeyUp:
			r.top--
			return nil
		case m.Code == tea.KeyDown:
			r.top++
			return nil
		case m.Code == tea.KeyPgUp:
			r.top -= max(r.room-1, 1)
			return nil
		case m.Code == tea.KeyPgDown:
			r.top += max(r.room-1, 1) // the line behind "more" comes first
			return nil
		case key.Matches(m, k.Rename) && !r.s.edit && (!r.typing() || m.Code == tea.KeyF2):
			r.askName()
			return nil
		case key.Matches(m, k.Continue):
			return r.enter()
		}
	}
	if r.typing() && r.in.Update(msg) {
		r.wrong = false
	}
	return nil
}

func (r *review) enter() tea.Cmd {
	switch {
	case len(r.errs) > 0:
		at := r.errs[0]
		r.s.goTo(at.Field)
		r.s.showErrors([]wizard.FieldError{at})
	case !r.passed:
		return r.s.test()
	case strings.TrimSpace(r.in.Value()) != r.s.flow.Settings().Bucket:
		r.wrong = true
	default:
		return r.s.save(r.report)
	}
	return nil
}

// askName asks what the connection is to be called.
func (r *review) askName() {
	w := r.s.env.Text.UI.Review
	check := func(v string) string {
		switch {
		case !validName.MatchString(v):
			return w.NameGrammar
		case r.s.taken[v]:
			return fill(w.NameTaken, "name", v)
		}
		return ""
	}
	r.s.env.Post(screen.Ask{Dialog: dialog.NewPrompt(r.s.env, w.NameTitle, dialog.Prose(w.NameBody), "",
		r.s.connectionName(), check, func(v string) tea.Msg { return takeName{v} })})
}

// View draws the page and what is asked at its foot.
func (r *review) View() screen.View {
	w, h := r.s.w, r.s.h
	foot, cursor := r.foot(w - 4)
	lines := r.page(w - 4)
	r.rows, r.room = len(lines), max(h-len(foot), 1)
	r.top = max(0, min(r.top, r.rows-r.room))
	out := lines[r.top:min(r.top+r.room, r.rows)]
	out = append([]string{}, out...)
	if r.top+r.room < r.rows {
		out[len(out)-1] = r.s.env.Theme.Muted.Render(r.s.env.Text.UI.Dialog.More)
	}
	for len(out) < r.room {
		out = append(out, "")
	}
	y := len(out)
	out = append(out, foot...)
	for i := range out {
		out[i] = "  " + out[i]
	}
	if cursor != nil {
		cursor.X += 2
		cursor.Y += y
	}
	return screen.View{Body: join(out), Cursor: cursor}
}

// group is a few sentences under a title.
type group struct {
	title string
	lines []string
}

// page is everything that is to be read before saving.
func (r *review) page(w int) []string {
	s, t := r.s, r.s.env.Theme
	words := s.env.Text.UI.Review
	out := []string{""}
	if len(r.errs) > 0 {
		out = append(out, t.Bad.Render("✗ "+words.Problems))
		for _, e := range r.errs {
			label := s.env.Text.Say("field."+e.Field+".label", nil)
			for _, l := range grid.Wrap(label+": "+s.env.Sentence(e.TextID(), e.Args), w-2) {
				out = append(out, "  "+l)
			}
		}
		out = append(out, "")
	}
	out = append(out, t.Strong.Render(words.Addresses))
	out = append(out, r.addresses(w)...)
	out = append(out, r.group(group{words.Final, []string{words.FinalBody}}, w)...)
	out = append(out, "", t.Strong.Render(words.Answers))
	out = append(out, r.settings(w)...)
	groups := []group{
		{words.Know, []string{
			words.Guessable, words.ImageAPI, words.Backup, words.Cache, words.Stale, words.Direct, words.Cost,
			words.Existing, fill(words.Environments, "dir", safe(wizard.SpaceOf(s.flow.Settings()).Dir())), words.Plan,
		}},
	}
	if in, ok := wizard.IntegrationByID(s.flow.Settings().Integration); ok && !s.edit && s.env.Text.Has(in.NextStep) {
		groups = append(groups, group{words.Afterwards, []string{s.env.Text.Say(in.NextStep, nil)}})
	}
	for _, g := range groups {
		out = append(out, r.group(g, w)...)
	}
	return out
}

// addresses are where media will be, whole: what cannot be read cannot be
// agreed to.
func (r *review) addresses(w int) []string {
	t := r.s.env.Theme
	var out []string
	for i, u := range wizard.SampleURLs(r.s.flow.Settings()) {
		name := wizard.SampleNames()[i]
		lines := wrapURL(safe(u), w-2)
		for j, l := range lines {
			l = t.Code.Render("  " + l)
			if j == len(lines)-1 && !strings.Contains(u, name) && grid.Width(l)+grid.Width(name)+3 <= w {
				l += "   " + t.Muted.Render(name)
			}
			out = append(out, l)
		}
	}
	return out
}

// group draws sentences under their title.
func (r *review) group(g group, w int) []string {
	t := r.s.env.Theme
	out := []string{"", t.Strong.Render(g.title)}
	for _, p := range g.lines {
		for i, l := range grid.Wrap(p, w-4) {
			mark := "  - "
			if i > 0 {
				mark = "    "
			}
			out = append(out, t.Muted.Render(mark)+l)
		}
	}
	return out
}

// settings is the table of answers, in two columns where there is room.
func (r *review) settings(w int) []string {
	s, t := r.s, r.s.env.Theme
	cols := 1
	if w >= 110 {
		cols = 2
	}
	cw := (w - (cols-1)*3) / cols
	labelW := 0
	var cells [][2]string
	name := s.connectionName()
	cells = append(cells, [2]string{s.env.Text.UI.Review.Name, safe(name)})
	for _, f := range wizard.Fields(s.flow.Settings().Integration) {
		if !f.Required && wizard.Get(s.flow.Settings(), f.Key) == "" {
			continue
		}
		v := s.short(f.Key)
		if f.Key == "region" {
			v = regionName(s.env.Text.Lang, f, s.flow.Settings().Region)
		}
		cells = append(cells, [2]string{s.env.Text.Say("field."+f.Key+".label", nil), v})
	}
	for _, c := range cells {
		labelW = max(labelW, grid.Width(c[0]))
	}
	labelW = min(labelW, cw/2)
	rows := (len(cells) + cols - 1) / cols
	out := make([]string, rows)
	for i, c := range cells {
		row, col := i%rows, i/rows
		if col > 0 {
			out[row] += "   "
		}
		out[row] += t.Muted.Render(grid.Fit(c[0], labelW)) + "  " + grid.Fit(c[1], cw-labelW-2)
	}
	return out
}

func regionName(lang string, f wizard.Field, code string) string {
	for _, c := range f.Choices(wizard.Settings{}) {
		if c.Value == code {
			if lang == "ja" {
				return code + "  " + c.LabelJA
			}
			return code + "  " + c.LabelEN
		}
	}
	return safe(code)
}

// foot is what is asked now.
func (r *review) foot(w int) ([]string, *tea.Cursor) {
	s, t := r.s, r.s.env.Theme
	words := s.env.Text.UI.Review
	rule := t.Faint.Render(strings.Repeat("─", max(w, 0)))
	switch {
	case s.saving != nil:
		return []string{rule, t.Muted.Render(words.Saving)}, nil
	case len(r.errs) > 0:
		return []string{rule, t.Bad.Render(grid.Cut(fill(words.AskMend, "n", itoa(len(r.errs))), w))}, nil
	case !r.passed:
		l := words.AskTest
		style := t.Text
		if r.report.Verdict != "" {
			l, style = words.TestFailed, t.Warn
		}
		out := []string{rule}
		for _, part := range grid.Wrap(l, w) {
			out = append(out, style.Render(part))
		}
		return out, nil
	}
	verdict := t.OK.Render("✓ " + words.TestReady)
	if report.VendorOnly(r.report.Results) != "" {
		verdict = t.OK.Render("✓ " + words.TestByOwner)
	}
	if r.report.Verdict == awscheck.ReadyWithWarnings {
		verdict = t.Warn.Render("! " + words.TestWarnings)
	}
	label := fill(words.TypeBucket, "bucket", safe(s.flow.Settings().Bucket)) + "  "
	out := []string{rule, grid.Cut(verdict, w)}
	if !s.edit {
		// Whoever types the name has it before their eyes, however far the
		// page is scrolled.
		for _, l := range grid.Wrap("! "+words.FinalShort, w) {
			out = append(out, t.Warn.Render(l))
		}
	}
	x := 0
	if grid.Width(label)+12 > w {
		out = append(out, t.Muted.Render(grid.Cut(label, w)))
		label = ""
	}
	r.in.SetWidth(max(w-grid.Width(label)-2, 4))
	drawn, at := r.in.View(t.Text, "", t.Faint)
	x = grid.Width(label) + 2 + at
	out = append(out, t.Muted.Render(label)+t.Accent.Render("> ")+drawn)
	cursor := tea.NewCursor(x, len(out)-1)
	if r.wrong {
		out = append(out, t.Bad.Render(grid.Cut("✗ "+fill(s.env.Text.UI.Dialog.TypedWrong, "want", safe(s.flow.Settings().Bucket)), w)))
	}
	return out, cursor
}

// keys are what works on this page now.
func (r *review) keys() []key.Binding {
	k, w := r.s.env.Keys, r.s.env.Text.UI
	if r.s.saving != nil {
		return nil
	}
	var b []key.Binding
	switch {
	case len(r.errs) > 0:
		b = append(b, keys.As(k.Continue, w.Review.KeyMend))
	case !r.passed:
		b = append(b, keys.As(k.Continue, w.Review.KeyTest))
	default:
		b = append(b, k.Save)
	}
	if r.rows > r.room {
		b = append(b, k.Scroll)
	}
	if !r.s.edit && !r.typing() {
		b = append(b, keys.As(k.Rename, w.Review.KeyName))
	}
	return append(b, k.Back, k.Panel)
}
