package setup

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// build makes the form of the step.
func (s *Setup) build() {
	s.follow()
	s.remake = false
	s.form, s.fields, s.review, s.top = nil, nil, nil, 0
	step := s.flow.Step()
	if step.ID == "review" {
		s.review = newReview(s)
		return
	}
	var hf []huh.Field
	for _, k := range step.Fields {
		f, ok := s.flow.Question(k)
		if !ok {
			continue
		}
		b := base{env: s.env, flow: s.flow, field: f, put: s.put, locked: s.lockedBy(f)}
		var q question
		switch {
		case f.Key == "path_rules":
			for _, q := range s.newRules(b) {
				s.fields, hf = append(s.fields, q), append(hf, q)
			}
			continue
		case f.Key == "access_key_profile":
			q = s.newKeyPick(b)
		case f.Kind == wizard.OneOf && len(f.Choices(s.flow.Settings())) > 6:
			q = newPick(b)
		case f.Kind == wizard.OneOf || f.Kind == wizard.Toggle:
			q = newChoice(b)
		case tableKinds[f.Key].rows != nil:
			q = newTable(b, tableKinds[f.Key])
		default:
			q = newEntry(b)
		}
		s.fields = append(s.fields, q)
		hf = append(hf, q)
		if f.Key != "integration" {
			continue
		}
		if q, ok := s.newBeside(b); ok {
			s.fields, hf = append(s.fields, q), append(hf, q)
		}
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
	s.changed, s.typed = true, true
	asked, answer := s.flow.Step().Fields, s.flow.Raw(wizard.PartsKey)
	notices, _ := s.flow.Put(k, v)
	if k == "integration" { // what else is asked depends on it
		s.remake = true
	}
	elsewhere := k != wizard.PartsKey && answer != s.flow.Raw(wizard.PartsKey)
	s.remake = s.remake || elsewhere || !slices.Equal(asked, s.flow.Step().Fields)
	return notices
}

// trusting are the answers as the documents take them, with the caller's own
// account where the role is to trust that; own tells whether it is. While the
// vendor's account is still to be entered the caller's does not stand in.
func (s *Setup) trusting() (filled wizard.Settings, own bool) {
	settings := s.flow.Settings()
	if q, _ := s.flow.Question("trusted_principal"); q.Required {
		return settings, false
	}
	return world.Trusting(settings, s.caller)
}

// second is the caller's own account, where the role trusts it beside the
// vendor's.
func (s *Setup) second() string { return world.SecondPrincipal(s.flow.Settings(), s.caller) }

// again makes the form anew where an answer has changed what else is asked.
func (s *Setup) again() {
	if !s.remake {
		return
	}
	at := s.focus()
	s.build()
	s.focusOn(at)
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
		s.openDocuments()
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
	var elsewhere []string
	offers := q.fault().Offers()
	for _, field := range wizard.AllFields() { // in a fixed order
		k := field.Key
		v, ok := offers[k]
		if !ok || s.lockedKey(k) {
			continue
		}
		if s.flow.QuestionOf(k) != q.GetKey() {
			elsewhere = append(elsewhere, s.label(k)+" "+safe(v))
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
	if len(elsewhere) > 0 {
		s.env.Post(screen.Say{Line: fill(s.env.Text.UI.Setup.AlsoFilled, "fields", s.env.Text.List(elsewhere))})
	}
	s.again()
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
			at, other := s.flow.QuestionOf(e.Field), s.flow.QuestionOf(e.Other)
			if f.GetKey() == at || f.GetKey() == other && !s.shows(at) {
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
	k = s.flow.QuestionOf(k)
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
	if q := s.at(); q != nil {
		q.leave()
	}
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
