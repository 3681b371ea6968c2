// Package setup is the wizard's screen: one step at a time on the left, what
// follows from the answers on the right. The answers and their rules belong
// to wizard.Flow; a huh form drives the fields of the step in sight and is
// made anew for every step, so that one can go back from anywhere.
package setup

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
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
	top    int // first drawn line of the step

	review   *review
	lastTest *screen.Tested

	docs    []world.Document // that follow from docsFor
	docsFor wizard.Settings

	lock    world.Lock
	lockErr error
	lockJob *job.Job
	asked   *job.Job // for the names that are taken
	taken   map[string]bool
	saving  *job.Job

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
		s.keep.name = p.Draft.Name
	}
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

type namesAnswer struct{ taken map[string]bool }

type savedAnswer struct{ err error }

// Init asks what is locked and which names are taken.
func (s *Setup) Init() tea.Cmd {
	var cmds []tea.Cmd
	if s.edit {
		var cmd tea.Cmd
		s.lockJob, cmd = s.env.Do(func(ctx context.Context) any {
			l, err := s.env.World.Lock(ctx, s.name)
			return lockAnswer{l, err}
		})
		s.build()
		cmds = append(cmds, cmd)
	}
	var cmd tea.Cmd
	s.asked, cmd = s.env.Do(func(ctx context.Context) any {
		taken := map[string]bool{}
		conns, _ := s.env.World.Connections(ctx)
		for _, c := range conns {
			taken[c.Name] = true
		}
		return namesAnswer{taken}
	})
	return tea.Batch(append(cmds, cmd)...)
}

// build makes the form of the step.
func (s *Setup) build() {
	s.follow()
	s.form, s.fields, s.review, s.top = nil, nil, nil, 0
	step := s.flow.Step()
	if step.ID == "review" {
		s.review = newReview(s)
		return
	}
	var hf []huh.Field
	for _, k := range step.Fields {
		f, ok := wizard.FieldByKey(k)
		if !ok {
			continue
		}
		b := base{env: s.env, flow: s.flow, field: f, put: s.put, locked: s.lockedBy(f)}
		var q question
		switch {
		case f.Kind == wizard.OneOf && len(f.Choices(s.flow.Settings())) > 6:
			q = newPick(b)
		case f.Kind == wizard.OneOf || f.Kind == wizard.Toggle:
			q = newChoice(b)
		default:
			q = newEntry(b)
		}
		s.fields = append(s.fields, q)
		hf = append(hf, q)
	}
	km := huh.NewDefaultKeyMap()
	km.Quit = key.NewBinding() // esc and ctrl+c belong to the screen and the root
	s.form = huh.NewForm(huh.NewGroup(hf...)).WithShowHelp(false).WithShowErrors(false).WithKeyMap(km)
	s.form.WithWidth(s.leftWidth())
	// Init gives the first field the focus at once; what it returns asks for
	// the size of the window, which is not the form's.
	_ = s.form.Init()
}

// lockedBy says why a setting cannot be changed (D3). While it is not known
// whether media exist, nothing that they would lock may change.
func (s *Setup) lockedBy(f wizard.Field) string {
	if !s.edit || f.Locked != wizard.Locked {
		return ""
	}
	w := s.env.Text.UI.Setup
	switch {
	case s.lockJob != nil:
		return w.LockAsking
	case s.lockErr != nil:
		return w.LockUnknown
	case s.lock.Locked():
		n := text.Thousands(int64(s.lock.Media))
		if s.lock.AtLeast {
			n += "+"
		}
		return fill(w.LockedBy, "n", n)
	}
	return ""
}

// put hands what was typed to the flow.
func (s *Setup) put(k, v string) []wizard.Notice {
	s.changed = true
	notices, _ := s.flow.Put(k, v)
	return notices
}

// follow makes the documents anew when the answers have changed.
func (s *Setup) follow() {
	if now := s.flow.Settings(); s.docs == nil || now != s.docsFor {
		s.docs, s.docsFor = world.Preview(s.env.World, now, s.env.FieldLabel), now
	}
}

// Update drives the form, the review, and the answers of jobs and dialogs.
func (s *Setup) Update(msg tea.Msg) tea.Cmd {
	cmd := s.update(msg)
	s.follow()
	return cmd
}

func (s *Setup) update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
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
	case screen.Beat:
		return nil
	}
	switch {
	case s.review != nil:
		return s.review.Update(msg)
	case s.at() != nil:
		s.feed(msg)
		if s.form.State == huh.StateCompleted {
			return s.advance()
		}
	}
	return nil
}

// feed gives the form a message and then everything that it sends itself,
// before the next key is read: huh moves the focus by messages, and keys that
// were typed ahead must not reach the field that is being left. None of the
// fields waits for anything, so the commands end at once.
func (s *Setup) feed(msg tea.Msg) {
	queue := []tea.Msg{msg}
	for n := 0; len(queue) > 0 && n < 100; n++ {
		next := queue[0]
		queue = queue[1:]
		m, cmd := s.form.Update(next)
		s.form = m.(*huh.Form)
		queue = append(queue, drain(cmd)...)
	}
}

func drain(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	switch m := cmd().(type) {
	case nil:
		return nil
	case tea.BatchMsg:
		var all []tea.Msg
		for _, c := range m {
			all = append(all, drain(c)...)
		}
		return all
	default:
		return []tea.Msg{m}
	}
}

// press handles the keys that are the step's, not the field's.
func (s *Setup) press(m tea.KeyPressMsg) (tea.Cmd, bool) {
	k := s.env.Keys
	switch {
	case key.Matches(m, k.Back):
		return s.back(), true
	case key.Matches(m, k.Panel):
		s.env.Post(screen.Open{To: screen.Place{Screen: screen.Policies, Connection: s.name, Settings: s.flow.Settings(), Document: documentFor[s.flow.Step().ID]}})
		return nil, true
	case key.Matches(m, k.Accept):
		s.accept()
		return nil, true
	case key.Matches(m, k.Generate) && s.focus() == "external_id":
		s.at().set(wizard.GenerateExternalID())
		return nil, true
	case s.review == nil && s.at() == nil && key.Matches(m, k.Continue, k.Next): // every field is locked
		return s.advance(), true
	}
	return nil, false
}

// accept takes the suggestion for the field in focus, with what it offers for
// others.
func (s *Setup) accept() {
	q := s.at()
	if q == nil || q.fault() == nil {
		return
	}
	for k, v := range q.fault().Offers() {
		if s.lockedKey(k) {
			continue
		}
		put := false
		for _, f := range s.fields {
			if f.GetKey() == k {
				f.set(v)
				put = true
			}
		}
		if !put {
			s.put(k, v)
		}
	}
}

func (s *Setup) lockedKey(k string) bool {
	f, ok := wizard.FieldByKey(k)
	return ok && s.lockedBy(f) != ""
}

// at is the field in focus, nil when the step has none.
func (s *Setup) at() question {
	if s.form == nil || len(s.fields) == 0 {
		return nil
	}
	q, ok := s.form.GetFocusedField().(question)
	if !ok || q.Skip() {
		return nil
	}
	return q
}

func (s *Setup) focus() string {
	if q := s.at(); q != nil {
		return q.GetKey()
	}
	return ""
}

// advance goes to the next step, or shows what keeps this one.
func (s *Setup) advance() tea.Cmd {
	errs := s.flow.Next()
	if len(errs) == 0 {
		// The external ID that was made is seen from here on, and must be the
		// same the next time.
		s.changed = s.changed || !s.edit
		s.build()
		return s.keepDraft()
	}
	s.build()
	s.showErrors(errs)
	return nil
}

// showErrors marks the fields in question and puts the focus on the first.
func (s *Setup) showErrors(errs []wizard.FieldError) {
	first := ""
	for _, e := range errs {
		for _, f := range s.fields {
			if f.GetKey() == e.Field || f.GetKey() == e.Other && !s.shows(e.Field) {
				f.refuse(e)
				if first == "" && !f.Skip() {
					first = f.GetKey()
				}
			}
		}
	}
	s.focusOn(first)
}

func (s *Setup) shows(k string) bool {
	for _, f := range s.fields {
		if f.GetKey() == k {
			return true
		}
	}
	return false
}

// focusOn moves the focus to a field of the step.
func (s *Setup) focusOn(k string) {
	if k == "" {
		return
	}
	for range s.fields {
		if s.focus() == k {
			return
		}
		s.feed(huh.NextField())
		if s.form.State != huh.StateNormal {
			return
		}
	}
}

// goTo opens the step of a field and puts the focus on it.
func (s *Setup) goTo(k string) {
	for _, st := range s.flow.Steps() {
		for _, f := range st.Fields {
			if f == k && s.flow.GoTo(st.ID) {
				s.build()
				s.focusOn(k)
				return
			}
		}
	}
}

// back goes to the step before, also from an invalid one; from the first it
// leaves, with a draft if there is something to keep.
func (s *Setup) back() tea.Cmd {
	if s.flow.Back() {
		s.build()
		return s.keepDraft()
	}
	if s.changed && !s.saved {
		s.env.Post(screen.Say{Line: fill(s.env.Text.UI.Setup.DraftKept, "name", safe(s.draftName()))})
	}
	s.env.Post(screen.Leave{})
	return nil
}

func (s *Setup) done(d job.Done) tea.Cmd {
	switch r := d.Result.(type) {
	case lockAnswer:
		s.lockJob, s.lock, s.lockErr = nil, r.lock, r.err
		if s.review == nil {
			at := s.focus()
			s.build()
			s.focusOn(at)
		}
	case namesAnswer:
		s.taken = r.taken
	case savedAnswer:
		s.saving = nil
		if r.err != nil {
			s.env.Post(screen.Ask{Dialog: dialog.NewTrouble(s.env, s.env.World.Explain(s.name, r.err))})
			return nil
		}
		s.finish()
	}
	return nil
}

// save keeps the connection; the person has typed the bucket's name.
func (s *Setup) save(r awscheck.Report) tea.Cmd {
	settings := s.flow.Settings()
	if settings.ServiceID == "" && settings.Integration == wizard.DefaultIntegration {
		settings.ServiceID = wizard.GenerateServiceID()
	}
	name := s.connectionName()
	var cmd tea.Cmd
	s.saving, cmd = s.env.Do(func(ctx context.Context) any {
		return savedAnswer{s.env.World.SaveConnection(ctx, name, settings, r)}
	})
	return cmd
}

// finish leaves: after an edit to where it was begun, with a new connection
// to its media.
func (s *Setup) finish() {
	s.saved = true
	s.keep.drop(s.connectionName())
	s.env.Post(screen.Say{Line: fill(s.env.Text.UI.Setup.Saved, "name", safe(s.connectionName()))})
	if s.edit {
		s.env.Post(screen.Leave{})
		return
	}
	s.env.Post(screen.Swap{To: screen.Place{Screen: screen.Browse, Connection: s.connectionName(), Settings: s.flow.Settings()}})
}

type takeName struct{ name string }

// connectionName is what the connection will be called: as told, else like
// the bucket.
func (s *Setup) connectionName() string {
	if s.name != "" {
		return s.name
	}
	return s.flow.Settings().Bucket
}

// draftName is what the draft is called: like the connection, once the
// bucket is known.
func (s *Setup) draftName() string {
	if s.name != "" {
		return s.name
	}
	if b := s.flow.Settings().Bucket; b != "" && s.flow.Problem("bucket") == nil && !s.taken[b] {
		return b
	}
	return "new"
}

func (s *Setup) draft() world.Draft {
	return world.Draft{Name: s.draftName(), Settings: s.flow.Settings(), Step: s.flow.Step().ID, Edit: s.edit}
}

// keepDraft saves the draft beside the loop.
func (s *Setup) keepDraft() tea.Cmd {
	if !s.changed || s.saved {
		return nil
	}
	d := s.draft()
	seq := s.keep.next()
	_, cmd := s.env.Do(func(ctx context.Context) any {
		s.keep.save(ctx, seq, d)
		return nil
	})
	return cmd
}

// keeper saves drafts one at a time, never an older one over a newer one, and
// moves the draft when its name changes.
type keeper struct {
	world world.Services
	mu    sync.Mutex
	seq   int
	done  int
	name  string // under which the draft lies now
}

func (k *keeper) next() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.seq++
	return k.seq
}

func (k *keeper) save(ctx context.Context, seq int, d world.Draft) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if seq < k.done {
		return
	}
	if k.world.SaveDraft(ctx, d) != nil {
		return
	}
	k.done = seq
	if k.name != "" && k.name != d.Name {
		_ = k.world.DeleteDraft(ctx, k.name)
	}
	k.name = d.Name
}

// drop removes the draft of a connection that was saved.
func (k *keeper) drop(saved string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.done = k.seq + 1 // nothing older may come back
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	for _, n := range []string{k.name, saved} {
		if n != "" {
			_ = k.world.DeleteDraft(ctx, n)
		}
	}
}

// closing bounds what is written while the screen closes: a small local file.
const closing = 3 * time.Second

// Close keeps the draft at once: after it the program may end.
func (s *Setup) Close() {
	s.lockJob.Cancel()
	s.asked.Cancel()
	if !s.changed || s.saved {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	s.keep.save(ctx, s.keep.next(), s.draft())
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
		return s.review.keys()
	}
	var b []key.Binding
	q := s.at()
	if q != nil && q.fault() != nil && len(q.fault().Offers()) > 0 {
		b = append(b, k.Accept)
	}
	if s.focus() == "external_id" {
		b = append(b, k.Generate)
	}
	enter := keys.As(k.Continue, w.NextField)
	if s.onLast() {
		enter = k.Continue
	}
	b = append(b, enter, k.Back)
	switch q.(type) {
	case *choice, *pick:
		b = append(b, k.Pick)
	}
	b = append(b, k.Panel)
	if q != nil && !s.onFirst() {
		b = append(b, k.Prev)
	}
	return b
}

// onFirst tells whether there is no field to go back to.
func (s *Setup) onFirst() bool {
	for _, f := range s.fields {
		if !f.Skip() {
			return f.GetKey() == s.focus()
		}
	}
	return true
}

// onLast tells whether enter ends the step.
func (s *Setup) onLast() bool {
	at := s.focus()
	for i := len(s.fields) - 1; i >= 0; i-- {
		if !s.fields[i].Skip() {
			return s.fields[i].GetKey() == at
		}
	}
	return true
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
