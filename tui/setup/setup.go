// Package setup is the wizard's screen: one step at a time on the left, what
// follows from the answers on the right. The answers and their rules belong
// to wizard.Flow; a huh form drives the fields of the step in sight and is
// made anew for every step, so that one can go back from anywhere.
package setup

import (
	"context"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Setup is the screen.
type Setup struct {
	env  *screen.Env
	w, h int
	flow *wizard.Flow
	edit bool
	name string // of the connection; empty until there is one

	form   *huh.Form
	fields []question
	top    int  // first drawn line of the step
	remake bool // an answer has changed what else is asked in it

	review   *review
	lastTest *screen.Tested

	docs    []world.Document // that follow from docsFor
	docsFor wizard.Settings
	// docsAlso is the account that the trust policy of docs names beside
	// that of docsFor.
	docsAlso string

	lock    world.Lock
	lockErr error
	lockJob *job.Job
	asked   *job.Job // for the names that are taken
	taken   map[string]bool
	drafts  map[string]bool // others than the one that this goes on from
	named   bool            // taken and drafts are known
	later   bool            // the draft is to be kept then
	saving  *job.Job
	was     wizard.Settings // the saved connection that is changed, as it was shown
	draftAt time.Time       // when the draft was left that this goes on from
	keeping *job.Job        // the draft, before the test
	unkept  bool            // the last draft could not be kept, which was told
	under   string          // the name that the draft is kept under
	typed   bool            // since the draft was last kept
	noting  bool            // what was typed is being kept

	caller world.Caller // empty until it is known

	conns     []world.Connection
	profiles  []world.Profile // of this computer
	beside    string          // the connection that a service is put in front of (M10)
	assets    assets
	rulePaths []string // the last list of paths, while a mode without one is chosen

	pastes  pastes // the documents for AWS
	keep    *keeper
	changed bool // since it was opened
	saved   bool
}

// New opens the wizard on what the place tells: a prefill, a draft, or a
// saved connection to change.
func New(env *screen.Env, p screen.Place) *Setup {
	s := &Setup{env: env, edit: p.Edit, name: p.Connection, keep: &keeper{world: env.World}}
	step := ""
	settings := p.Settings
	if p.Draft != nil {
		settings, step = p.Draft.Settings, p.Draft.Step
		s.draftAt = p.Draft.SavedAt
		s.keep.name, s.under = p.Draft.Name, p.Draft.Name
	}
	if s.edit && p.Draft == nil {
		s.was = settings
	}
	s.beside = p.Beside
	s.flow = wizard.NewFlow(settings, step)
	if s.flow.Raw("external_id") == "" && !s.edit {
		s.flow.Put("external_id", wizard.GenerateExternalID())
	}
	s.build()
	if p.Field != "" {
		s.goTo(p.Field)
	}
	return s
}

type lockAnswer struct {
	lock world.Lock
	err  error
}

type namesAnswer struct {
	taken  map[string]bool
	drafts map[string]bool
	own    *world.Connection // the one of this name
	conns  []world.Connection
	// profiles are the AWS profiles of this computer.
	profiles []world.Profile
}

type savedAnswer struct {
	err    error
	report awscheck.Report
}

// saveAgain is the wish to save after the credentials were mended.
type saveAgain struct{ report awscheck.Report }

// Init asks what is locked and which names are taken.
func (s *Setup) Init() tea.Cmd {
	s.caller = s.env.Who.Caller
	var cmds []tea.Cmd
	if s.edit {
		cmd := s.askLock()
		s.build()
		cmds = append(cmds, cmd)
	}
	own := s.under
	var cmd tea.Cmd
	s.asked, cmd = s.env.Do(func(ctx context.Context) any {
		n := namesAnswer{taken: map[string]bool{}, drafts: map[string]bool{}}
		drafts, _ := s.env.World.Drafts(ctx)
		for _, d := range drafts {
			n.drafts[d.Name] = d.Name != own
		}
		conns, _ := s.env.World.Connections(ctx)
		n.conns = conns
		n.profiles, _ = s.env.World.Profiles(ctx)
		for i, c := range conns {
			n.taken[c.Name] = true
			if c.Name == s.name {
				n.own = &conns[i]
			}
		}
		return n
	})
	return tea.Batch(append(cmds, cmd, s.recall())...)
}

// follow makes the documents anew when the answers have changed.
func (s *Setup) follow() {
	now, _ := s.trusting()
	if also := s.second(); s.docs == nil || now != s.docsFor || also != s.docsAlso {
		s.docs, s.docsFor, s.docsAlso = world.Preview(s.env.World, now, s.label, also), now, also
	}
	s.track()
}

// Update drives the form, the review, and the answers of jobs and dialogs.
func (s *Setup) Update(msg tea.Msg) tea.Cmd {
	cmd := s.update(msg)
	s.follow()
	return tea.Batch(cmd, s.note(), s.listAssets())
}

func (s *Setup) update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if s.pressWho(m) {
			return nil
		}
		if cmd, done := s.press(m); done {
			return cmd
		}
	case job.Done:
		return s.done(m)
	case screen.Tested:
		s.lastTest = &m
		if s.review != nil {
			s.review.tested(m)
		}
		if m.Field != "" {
			s.goTo(m.Field)
		}
		return nil
	case takeName:
		s.name = m.name
		return nil
	case screen.Pasted:
		s.marked(m)
		return nil
	case screen.Spoken:
		s.speak()
		return nil
	case screen.Identity:
		return s.identity(m)
	case saveAgain:
		return s.save(m.report)
	case screen.Beat:
		return nil
	}
	switch {
	case s.review != nil:
		return s.review.Update(msg)
	case s.at() != nil:
		s.feed(msg)
		s.again()
		if s.form.State == huh.StateCompleted {
			return s.advance()
		}
	}
	return nil
}

// speak makes anew what was put together in another language. What was typed
// is in the flow, and the review's page is made whenever it is drawn.
func (s *Setup) speak() {
	s.docs = nil
	for _, q := range s.fields {
		if f, ok := wizard.FieldByKey(q.GetKey()); ok {
			q.reword(s.lockedBy(f))
		}
	}
}

func (s *Setup) done(d job.Done) tea.Cmd {
	switch r := d.Result.(type) {
	case lockAnswer:
		if !s.lockJob.Is(d.ID) {
			return nil
		}
		s.lockJob, s.lock, s.lockErr = nil, r.lock, r.err
		if s.review == nil {
			at := s.focus()
			s.build()
			s.focusOn(at)
		}
	case keptAnswer:
		s.kept(r)
	case pastedAnswer:
		s.pastes.records = r.records
	case rereadAnswer:
		s.merge(r)
	case assetsAnswer:
		s.listed(d.ID, r)
	case draftAnswer:
		s.draftKept(r)
	case notedAnswer:
		s.noting = false
		s.draftKept(draftAnswer(r))
	case namesAnswer:
		s.taken, s.drafts, s.named = r.taken, r.drafts, true
		s.conns, s.profiles = r.conns, r.profiles
		s.compare(r.own)
		if s.review == nil && len(s.besides())+len(s.profiles) > 0 {
			at := s.focus()
			s.build()
			s.focusOn(at)
		}
		if s.later {
			return s.keepDraft()
		}
	case savedAnswer:
		s.saving = nil
		if r.err != nil {
			tr := s.env.World.Explain(s.name, r.err)
			if s.edit && tr.Code == changedMeanwhile {
				return s.reread()
			}
			s.env.Post(screen.Failed{Trouble: tr, Again: saveAgain{r.report}})
			return nil
		}
		s.finish()
	}
	return nil
}

// Resize gives the area.
func (s *Setup) Resize(w, h int) {
	s.w, s.h = w, h
	if s.form != nil {
		s.form.WithWidth(s.leftWidth())
	}
}

// Title is what is being set up and how far one is.
func (s *Setup) Title() (crumbs []string, right string) {
	w := s.env.Text.UI.Setup
	first := w.TitleNew
	if s.edit {
		first = fill(w.TitleEdit, "name", s.name)
	}
	step := s.flow.Step()
	crumbs = []string{first, s.env.Text.Say("step."+step.ID+".title", nil)}
	return crumbs, fill(w.Progress, "n", itoa(s.flow.Index()+1), "of", itoa(len(s.flow.Steps())))
}

// Keys are those of the field in focus and of the step.
func (s *Setup) Keys() []key.Binding {
	k, w := s.env.Keys, s.env.Text.UI.Keys
	if s.review != nil {
		if b := s.review.keys(); len(b) > 0 {
			return append(b, k.Profiles)
		}
		return nil
	}
	var b []key.Binding
	q := s.at()
	if q != nil && q.fault() != nil && len(q.fault().Offers()) > 0 {
		b = append(b, k.Accept)
	}
	if s.focus() == "external_id" {
		b = append(b, k.Generate)
	}
	if q != nil {
		b = append(b, q.KeyBinds()...)
	}
	enter := keys.As(k.Continue, w.NextField)
	if s.onLast() {
		enter = k.Continue
	}
	if q == nil || q.fault() == nil { // else enter stays
		b = append(b, enter)
	} else if !s.onLast() {
		b = append(b, k.Next)
	}
	b = append(b, k.Back)
	switch q := q.(type) {
	case *pick:
		b = append(b, k.Pick)
	case *choice:
		if len(q.options) > 1 {
			b = append(b, k.Pick)
		}
	}
	if s.flow.Index() == 0 {
		b = append(b, k.Profiles)
	}
	b = append(b, k.Panel)
	if q != nil && !s.onFirst() {
		b = append(b, k.Prev)
	}
	if s.flow.Index() == 0 {
		b = append(b, k.Language)
	} else {
		b = append(b, k.Profiles)
	}
	return b
}

// Typing is true in every step, also on fields without text: a letter must
// not leave the wizard on one field and be text on the next.
func (s *Setup) Typing() bool { return s.review == nil || s.review.typing() }

// Losing is empty: what was typed is kept as a draft.
func (s *Setup) Losing() string {
	if s.saving != nil {
		return s.env.Text.UI.Setup.Saving
	}
	return ""
}

func join(lines []string) string { return strings.Join(lines, "\n") }
