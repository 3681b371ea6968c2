package setup

import (
	"strings"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// page is everything that is to be read before saving, what binds first: a
// person in a hurry reads the top alone.
func (r *review) page(w int) []string {
	out := []string{""}
	for _, section := range [][]string{
		r.problems(w), r.difference(w), r.addresses(w), r.facts(wizard.FactsBinding, w), r.elsewhere(w),
		r.facts(wizard.FactsDelivery, w), r.facts(wizard.FactsWork, w), r.facts(wizard.FactsPlan, w),
		r.answers(w), r.pasteList(w), r.afterwards(w),
	} {
		if len(section) == 0 {
			continue
		}
		if len(out) > 1 {
			out = append(out, "")
		}
		out = append(out, section...)
	}
	return out
}

// problems are what keeps the settings from being tested.
func (r *review) problems(w int) []string {
	if len(r.errs) == 0 {
		return nil
	}
	s, t := r.s, r.s.env.Theme
	out := []string{t.Bad.Render("✗ " + s.env.Text.UI.Review.Problems)}
	for _, e := range r.errs {
		for _, l := range grid.Wrap(s.env.Text.Labelled(s.label(e.Field), s.env.Sentence(e.TextID(), e.Args)), w-2) {
			out = append(out, "  "+l)
		}
	}
	return out
}

// changes are what differs from the saved connection.
func (r *review) changes() []wizard.Change {
	if !r.s.edit {
		return nil
	}
	return wizard.Diff(wizard.Defaults(r.s.was), wizard.Defaults(r.s.flow.Settings()))
}

// difference sets what was saved beside what it is to be, in an edit.
func (r *review) difference(w int) []string {
	if !r.s.edit {
		return nil
	}
	s, t, words := r.s, r.s.env.Theme, r.s.env.Text.UI.Review
	changes := r.changes()
	if len(changes) == 0 {
		return grid.Wrap(words.NoChanges, w)
	}
	out := []string{t.Strong.Render(words.Changes)}
	margin := max(grid.Width(words.Was), grid.Width(words.Now)) + 2
	for _, c := range changes {
		class := map[string]string{wizard.Locked: words.ChangeLocked, wizard.Rotate: words.ChangeRotated}[c.Locked]
		out = append(out, grid.Ends("  "+s.label(c.Key), t.Muted.Render(class), w))
		was, now := wizard.Settings{}, wizard.Settings{}
		wizard.Set(&was, c.Key, c.Old)
		wizard.Set(&now, c.Key, c.New)
		for i, l := range grid.Wrap(world.Value(s.env.Text, was, c.Key), w-6-margin) {
			out = append(out, grid.Fit(first(i, "    - "+words.Was), margin+6)+t.Muted.Render(l))
		}
		for i, l := range grid.Wrap(world.Value(s.env.Text, now, c.Key), w-6-margin) {
			out = append(out, grid.Fit(first(i, "    + "+words.Now), margin+6)+t.Added.Render(l))
		}
	}
	return out
}

// first is the word on the first of several lines.
func first(i int, word string) string {
	if i > 0 {
		return ""
	}
	return word
}

// addresses are where media will be, whole: what cannot be read cannot be
// agreed to.
func (r *review) addresses(w int) []string {
	out := []string{r.s.env.Theme.Strong.Render(r.s.env.Text.UI.Review.Addresses)}
	for _, sample := range wizard.SamplesIn(world.SpaceOf(r.s.name, r.s.flow.Settings())) {
		out = append(out, r.address(sample, w)...)
	}
	return out
}

// address is one of them, as it is sent and, where that differs, as it is
// shown.
func (r *review) address(sample wizard.Sample, w int) []string {
	t := r.s.env.Theme
	var out []string
	for _, l := range wrapURL(safe(sample.URL), w-2) {
		out = append(out, "  "+t.Code.Render(l))
	}
	if sample.Readable != sample.URL {
		shown := fill(r.s.env.Text.UI.Review.ShownAs, "url", safe(sample.Readable))
		if grid.Width(shown) > w-4 {
			shown = fill(r.s.env.Text.UI.Review.ShownAs, "url", ".../"+sample.Name)
		}
		out = append(out, "    "+t.Muted.Render(grid.Cut(shown, w-4)))
	}
	return out
}

// elsewhere is where copies of other environments are.
func (r *review) elsewhere(w int) []string {
	_, environment := world.Connection{Name: r.s.name}.Of()
	if environment != "" || !wizard.Environments(r.s.flow.Settings()) {
		return nil
	}
	words := r.s.env.Text.UI.Review
	sample, known := wizard.EnvironmentSample(r.s.flow.Settings())
	title := words.EnvironmentLater
	if known {
		title = words.Environment
	}
	var out []string
	for _, l := range grid.Wrap(fill(title, "name", wizard.SampleEnvironment), w) {
		out = append(out, r.s.env.Theme.Strong.Render(l))
	}
	return append(out, r.address(sample, w)...)
}

// facts are those of a group under its title.
func (r *review) facts(group string, w int) []string {
	say := r.s.env.Text.Say
	var lines []string
	for _, f := range wizard.Facts(r.s.flow.Settings()) {
		if f.Group == group {
			lines = append(lines, safe(f.Words(say)))
		}
	}
	return r.bullets(say("know.group."+group, nil), lines, w)
}

// afterwards is what is to be done once it is saved.
func (r *review) afterwards(w int) []string {
	s, c := r.s.flow.Settings(), r.s.env.Text
	var lines []string
	for _, id := range wizard.NextSteps(s, func(string) bool { return false }) {
		if c.Has(id) {
			lines = append(lines, safe(c.Say(id, wizard.NextArgs(s))))
		}
	}
	if r.s.edit || lines == nil {
		return nil
	}
	return r.bullets(c.UI.Review.Afterwards, lines, w)
}

// bullets draws sentences under their title.
func (r *review) bullets(title string, lines []string, w int) []string {
	t := r.s.env.Theme
	out := []string{t.Strong.Render(title)}
	for _, p := range lines {
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

// answers is the table of them, in two columns where there is room. A value
// that is too long for its cell goes on below.
func (r *review) answers(w int) []string {
	s, t := r.s, r.s.env.Theme
	settings := s.flow.Settings()
	cells := [][2]string{{s.env.Text.UI.Review.Name, safe(s.connectionName())}}
	for _, f := range wizard.Fields(settings.Integration) {
		v := world.Value(s.env.Text, settings, f.Key)
		if wizard.Get(settings, f.Key) == "" {
			if f.Key != "service_id" {
				continue
			}
			v = s.env.Text.UI.Review.GeneratedOnSave
		}
		cells = append(cells, [2]string{s.label(f.Key), v})
	}
	cols := 1
	if w >= 110 {
		cols = 2
	}
	cw, labelW := (w-(cols-1)*3)/cols, 0
	for _, c := range cells {
		labelW = max(labelW, grid.Width(c[0]))
	}
	labelW = min(labelW, cw/2)
	columns := make([][]string, cols)
	for i, c := range cells {
		col := i * cols / len(cells)
		for j, l := range grid.Wrap(c[1], cw-labelW-2) {
			columns[col] = append(columns[col], t.Muted.Render(grid.Fit(first(j, c[0]), labelW))+"  "+grid.Fit(l, cw-labelW-2))
		}
	}
	out := []string{t.Strong.Render(s.env.Text.UI.Review.Answers)}
	for i := range max(len(columns[0]), len(columns[cols-1])) {
		row := ""
		for _, column := range columns {
			if i < len(column) {
				row += column[i]
			} else {
				row += grid.Space(cw)
			}
			row += "   "
		}
		out = append(out, strings.TrimRight(row, " "))
	}
	return out
}
