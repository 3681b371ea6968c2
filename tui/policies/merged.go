package policies

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/tui/checklist"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// merged is a policy that somebody pasted with a document appended, or why it
// could not be.
type merged struct {
	out policy.Appended
	err error
}

// appendable tells whether the document shown is appended to a policy that
// may exist already.
func (s *Policies) appendable() bool {
	if s.at == overview || !s.complete() {
		return false
	}
	kind := s.doc().ID
	if s.doc().Piece.Kind != "" {
		kind = s.doc().Piece.Kind
	}
	return wizard.Appendable(s.place.Settings, kind)
}

// append shows the policy that was pasted with the document appended.
func (s *Policies) append(pasted string) {
	if !s.appendable() || strings.TrimSpace(pasted) == "" {
		return
	}
	settings := s.place.Settings
	out, problems, err := wizard.AppendPolicy(settings, s.doc().ID, wizard.Tightly(settings), []byte(pasted))
	if len(problems) > 0 {
		return // the page says what is missing
	}
	if s.merged == nil {
		s.merged = map[string]*merged{}
	}
	s.merged[s.doc().ID] = &merged{out, err}
	s.top = 0
	s.lay()
}

// alone shows the document without what was pasted.
func (s *Policies) alone() {
	delete(s.merged, s.doc().ID)
	s.top = 0
	s.lay()
}

// shown is the document as it is shown, copied and written.
func (s *Policies) shown() world.Document {
	d := s.doc()
	if m := s.merged[d.ID]; m != nil && m.err == nil && s.at != overview {
		d.Body = string(m.out.Text)
	}
	return d
}

// remarksOnMerged say what became of what was pasted, or that it can be.
func (s *Policies) remarksOnMerged(add func(lipgloss.Style, string)) {
	t, c := s.env.Theme, s.env.Text
	m := s.merged[s.doc().ID]
	switch {
	case !s.appendable():
	case m == nil:
		add(t.Muted, c.UI.Checklist.PasteExisting)
	case m.err != nil:
		id, args := checklist.NotAppended(c, m.err, c.Say("cmd.merge.pasted", nil))
		add(t.Warn, "! "+c.Say(id, args))
	default:
		for _, l := range checklist.Appended(c, m.out) {
			add(t.OK, l)
		}
	}
}
