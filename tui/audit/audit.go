// Package audit shows what happened to the bucket outside of mediadock (B12):
// the files about which the catalogue and the bucket differ, why, and what to
// do. What can be mended is mended in the catalogue alone.
package audit

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/vlist"
)

// Audit is the screen.
type Audit struct {
	env   *screen.Env
	place screen.Place
	w, h  int

	list   vlist.List
	groups groups
	deep   bool

	load     *job.Job
	progress progress
	ended    ended

	mend   *job.Job
	mended mended
}

// New opens the audit of a saved connection.
func New(env *screen.Env, p screen.Place) *Audit {
	a := &Audit{env: env, place: p}
	a.list.Skip = a.groups.heading
	return a
}

// Init begins to compare.
func (a *Audit) Init() tea.Cmd { return a.run() }

// again is the answer when the credentials were mended, or the person wants it
// done once more.
type again struct{ deep bool }

// Update takes findings, answers and input.
func (a *Audit) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case job.Event:
		a.told(m)
	case job.Done:
		a.done(m)
	case again:
		a.deep = m.deep
		return a.run()
	case repair:
		return a.repair(m)
	case screen.Identity:
		if m.Anew && a.load == nil && a.ended.err != nil {
			return a.run()
		}
	case screen.Row:
		a.list.Select(m.Index)
	case screen.Wheel:
		a.list.Scroll(m.Rows)
	case screen.Crumb:
		if m.Index == 0 && a.mend == nil {
			a.env.Post(screen.Leave{})
		}
	case tea.KeyPressMsg:
		return a.press(m)
	}
	return nil
}

func (a *Audit) busy() bool { return a.load != nil || a.mend != nil }

func (a *Audit) press(m tea.KeyPressMsg) tea.Cmd {
	k := a.env.Keys
	switch {
	case key.Matches(m, k.Stop) && a.busy(), key.Matches(m, k.Back) && a.mend != nil:
		a.Stop()
	case key.Matches(m, k.Back):
		a.env.Post(screen.Leave{})
	case a.list.Key(m, k):
	case key.Matches(m, k.Open):
		a.details()
	case key.Matches(m, k.CopyCommand):
		a.copyCommand()
	case key.Matches(m, k.Profiles):
		a.env.Post(screen.ChooseCaller{})
	case a.busy():
	case key.Matches(m, k.Refresh):
		return a.run()
	case key.Matches(m, k.Deep):
		return a.toggleDeep()
	case key.Matches(m, k.Repair):
		a.askRepair()
	}
	return nil
}

// toggleDeep asks before it costs a request for every file.
func (a *Audit) toggleDeep() tea.Cmd {
	w := a.words()
	if a.deep {
		a.deep = false
		return a.run()
	}
	lines := dialog.Prose(w.DeepBody)
	if n := a.ended.Files; n > 0 {
		lines = append(lines, dialog.Line{}, dialog.Line{Text: text.Fill(w.DeepCount, "n", text.Thousands(int64(n))), Role: dialog.Strong})
	}
	a.env.Post(screen.Ask{Dialog: dialog.NewChoice(a.env, w.DeepTitle, lines,
		dialog.Option{Label: a.env.Text.UI.Keys.Cancel}, dialog.Option{Label: w.DeepYes, Answer: again{deep: true}})})
	return nil
}

// Keys are what works on the finding under the cursor.
func (a *Audit) Keys() []key.Binding {
	k := a.env.Keys
	var out []key.Binding
	f := a.at()
	if f != nil {
		out = append(out, keys.As(k.Open, a.env.Text.UI.Keys.Details))
		if f.command != "" {
			out = append(out, k.CopyCommand)
		}
	}
	if a.busy() {
		return append(append([]key.Binding{k.Stop}, out...), k.Back)
	}
	if a.ended.err != nil {
		return append(out, keys.As(k.Refresh, a.env.Text.UI.Browse.KeyRetry), k.Profiles, k.Back)
	}
	if a.groups.mendable() > 0 {
		out = append(out, k.Repair)
	}
	deep := k.Deep
	if a.deep {
		deep = keys.As(deep, a.words().DeepOff)
	}
	return append(out, deep, k.Refresh, k.Back)
}

// Resize gives the area.
func (a *Audit) Resize(w, h int) {
	a.w, a.h = w, h
	a.fit()
}

// Title is the connection.
func (a *Audit) Title() (crumbs []string, right string) {
	right = ""
	if a.deep {
		right = a.env.Text.UI.Keys.Deep
	}
	return []string{a.place.Connection, a.words().Title}, right
}

// Typing is false: there is no text field.
func (a *Audit) Typing() bool { return false }

// Losing names what runs. An audit is begun anew without harm.
func (a *Audit) Losing() string {
	if a.mend != nil {
		return a.words().LosingRepair
	}
	return ""
}

// Stop ends what runs: what was found stays, and what was mended.
func (a *Audit) Stop() {
	a.load.Cancel()
	a.mend.Cancel()
}

// Close ends what runs.
func (a *Audit) Close() { a.Stop() }

func (a *Audit) words() *text.AuditWords { return &a.env.Text.UI.Audit }
