package setup

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/media/lazyregexp"
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
var validName = lazyregexp.New(`^[a-z0-9][a-z0-9._-]{0,62}$`)

func newReview(s *Setup) *review {
	r := &review{s: s, in: line.New("")}
	r.errs = s.flow.Problems()
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
		if wizard.OnlyReads(s.flow.Settings().Integration) {
			l = words.AskTestReading
		}
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
	return r.confirmation([]string{rule, grid.Cut(verdict, w)}, w)
}

// confirmation asks for the bucket's name below the lines given. Whoever
// types it has before their eyes what it binds, however far the page is
// scrolled; where there is no room for all of it, the question stays whole.
func (r *review) confirmation(above []string, w int) ([]string, *tea.Cursor) {
	s, t := r.s, r.s.env.Theme
	bucket := safe(s.flow.Settings().Bucket)
	var binds, ask []string
	if r.binds() {
		fields := wizard.LabelsOf(s.flow.Settings().Integration, wizard.FieldsOfClass(s.flow.Settings().Integration, wizard.Locked), s.env.Text.Say)
		for _, l := range grid.Wrap("! "+fill(s.env.Text.UI.Review.FinalShort, "fields", fields), w) {
			binds = append(binds, t.Warn.Render(l))
		}
	}
	label := fill(s.env.Text.UI.Review.TypeBucket, "bucket", bucket) + "  "
	if grid.Width(label)+grid.Width(bucket)+4 > w {
		for _, l := range grid.Wrap(strings.TrimSpace(label), w) {
			ask = append(ask, t.Muted.Render(l))
		}
		label = ""
	}
	r.in.SetWidth(max(w-grid.Width(label)-2, 4))
	drawn, at := r.in.View(t.Text, "", t.Faint)
	ask = append(ask, t.Muted.Render(label)+t.Accent.Render("> ")+drawn)
	input := len(ask) - 1
	if r.wrong {
		for _, l := range grid.Wrap("✗ "+fill(s.env.Text.UI.Dialog.TypedWrong, "want", bucket), w) {
			ask = append(ask, t.Bad.Render(l))
		}
	}
	room := s.h - 1 - len(ask) // one line of the page stays
	above = above[max(0, len(above)-max(room-len(binds), 0)):]
	binds = binds[:max(0, min(len(binds), room-len(above)))]
	out := append(append(append([]string{}, above...), binds...), ask...)
	return out, tea.NewCursor(grid.Width(label)+2+at, len(out)-len(ask)+input)
}

// binds tells whether saving binds settings that were free until now.
func (r *review) binds() bool {
	return !r.s.edit || wizard.LockedBy(r.changes(), wizard.Locked)
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
