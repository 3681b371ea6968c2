// Package markers shows Cloudinary's marker files: which cloud names may use
// the bucket, and which lack a file. It adds and removes them, after showing
// what that will do.
package markers

import (
	"context"
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media/marker"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/vlist"
	"github.com/mediadock/mediadock/tui/world"
)

// Markers is the screen.
type Markers struct {
	env   *screen.Env
	place screen.Place
	w, h  int

	list   vlist.List
	rows   []world.Marker
	unsure []string
	err    error

	load, change *job.Job
}

// New opens the marker files of a saved connection.
func New(env *screen.Env, p screen.Place) *Markers { return &Markers{env: env, place: p} }

// Init begins to look.
func (s *Markers) Init() tea.Cmd { return s.look() }

// listed, do and changed are the answers of jobs and dialogs.
type (
	listed struct {
		rows   []world.Marker
		unsure []string
		err    error
	}
	do      struct{ steps []marker.Step }
	changed struct {
		steps []marker.Step
		done  []string
		err   error
	}
)

func (s *Markers) by() world.Markers { return s.env.World.(world.Markers) }

func (s *Markers) look() (cmd tea.Cmd) {
	name, by := s.place.Connection, s.by()
	s.load, cmd = s.env.Do(func(ctx context.Context) any {
		rows, unsure, err := by.Markers(ctx, name)
		return listed{rows, unsure, err}
	})
	return cmd
}

func (s *Markers) busy() bool { return s.load != nil || s.change != nil }

// Update takes findings, answers and input.
func (s *Markers) Update(msg tea.Msg) (cmd tea.Cmd) {
	switch m := msg.(type) {
	case job.Done:
		switch r := m.Result.(type) {
		case listed:
			s.load, s.rows, s.unsure, s.err = nil, r.rows, r.unsure, r.err
			s.list.SetLen(len(s.rows))
			s.lay()
		case changed:
			s.change = nil
			s.told(r)
			return s.look()
		}
	case do:
		name, by := s.place.Connection, s.by()
		s.change, cmd = s.env.Do(func(ctx context.Context) any {
			done, err := by.ChangeMarkers(ctx, name, m.steps)
			return changed{m.steps, done, err}
		})
		return cmd
	case screen.Identity:
		if m.Anew && !s.busy() && s.err != nil {
			return s.look()
		}
	case screen.Row:
		s.list.Select(m.Index)
	case screen.Wheel:
		s.list.Scroll(m.Rows)
	case screen.Crumb:
		if m.Index == 0 && s.change == nil {
			s.env.Post(screen.Leave{})
		}
	case tea.KeyPressMsg:
		return s.press(m)
	}
	return nil
}

func (s *Markers) press(m tea.KeyPressMsg) tea.Cmd {
	k := s.env.Keys
	switch {
	case key.Matches(m, k.Back) && s.change == nil:
		s.env.Post(screen.Leave{})
	case s.list.Key(m, k), s.busy():
	case key.Matches(m, k.Refresh):
		return s.look()
	case key.Matches(m, k.Profiles):
		s.env.Post(screen.ChooseCaller{})
	case key.Matches(m, k.New):
		s.askAdd()
	case key.Matches(m, k.Delete):
		s.askRemove()
	}
	return nil
}

// missing are the steps that add what the settings name and is not there.
func (s *Markers) missing() (steps []marker.Step) {
	for _, r := range s.rows {
		if r.Step.Op == marker.Add {
			steps = append(steps, r.Step)
		}
	}
	return steps
}

func (s *Markers) askAdd() {
	steps, w := s.missing(), s.words()
	if len(steps) == 0 {
		return
	}
	lines := dialog.Prose(text.Fill(w.AddBody, "n", strconv.Itoa(len(steps))))
	for _, step := range steps {
		lines = append(lines, dialog.Line{Text: text.Safe(step.Key), Role: dialog.Strong})
	}
	s.env.Post(screen.Ask{Dialog: dialog.NewChoice(s.env, w.AddTitle, lines,
		dialog.Option{Label: s.env.Text.UI.Keys.Cancel}, dialog.Option{Label: w.AddYes, Answer: do{steps}})})
}

// at is the row under the cursor if its marker can be removed.
func (s *Markers) at() (world.Marker, bool) {
	i := s.list.Cursor()
	if i < 0 || i >= len(s.rows) || s.rows[i].Step.Op != marker.Rm {
		return world.Marker{}, false
	}
	return s.rows[i], true
}

func (s *Markers) askRemove() {
	r, ok := s.at()
	if !ok {
		return
	}
	w := s.words()
	lines := dialog.Prose(text.Fill(w.RemoveBody, "cloud", r.Cloud, "bucket", text.Safe(s.place.Settings.Bucket)))
	lines = append(lines, dialog.Line{Text: text.Safe(r.Key), Role: dialog.Strong})
	s.env.Post(screen.Ask{Dialog: dialog.NewTyped(s.env, text.Fill(w.RemoveTitle, "cloud", r.Cloud), lines, w.RemoveLabel, r.Cloud, do{[]marker.Step{r.Step}})})
}

// told says what was done, or why it was not.
func (s *Markers) told(r changed) {
	if r.err != nil {
		s.env.Post(screen.Ask{Dialog: dialog.NewTrouble(s.env, s.env.World.Explain(s.place.Connection, r.err))})
		return
	}
	s.env.Post(screen.Say{Line: s.words().Told(r.done, r.steps[0].Cloud)})
}

func (s *Markers) words() text.MarkerWords { return s.env.Text.UI.Markers }

// Keys are what works on the row under the cursor.
func (s *Markers) Keys() []key.Binding {
	k, w := s.env.Keys, s.words()
	if s.busy() {
		return []key.Binding{k.Back}
	}
	var out []key.Binding
	if len(s.missing()) > 0 {
		out = append(out, keys.As(k.New, w.KeyAdd))
	}
	if _, ok := s.at(); ok {
		out = append(out, keys.As(k.Delete, w.KeyRemove))
	}
	if s.err != nil {
		return append(out, keys.As(k.Refresh, s.env.Text.UI.Browse.KeyRetry), k.Profiles, k.Back)
	}
	return append(out, k.Refresh, k.Back)
}

// Title is the connection and what is shown.
func (s *Markers) Title() (crumbs []string, right string) {
	return []string{s.place.Connection, s.words().Title}, ""
}

// Typing is false: there is no text field.
func (s *Markers) Typing() bool { return false }

// Losing is empty: what is being done takes a moment, and is whole or not.
func (s *Markers) Losing() string { return "" }

// Close stops looking.
func (s *Markers) Close() {
	for _, j := range []*job.Job{s.load, s.change} {
		if j != nil {
			j.Cancel()
		}
	}
}
