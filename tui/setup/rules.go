package setup

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"github.com/mediadock/mediadock/media/imgix"
	"github.com/mediadock/mediadock/tui/tablefield"
	"github.com/mediadock/mediadock/wizard"
)

// Rules about paths (I13) are two questions: a mode, and for the modes that go
// with a list a table of the paths. Both are the one setting.

// modes is the question for the mode.
type modes struct {
	*choice
	listed bool
}

// newRules are the questions for the setting.
func (s *Setup) newRules(b base) []question {
	rules := loose(b.flow.Raw(b.field.Key))
	b.extra = s.rulesLive
	onMode := b
	onMode.silent = rules.Listed() // what is wrong with the paths is said there
	onMode.field.Choices = func(wizard.Settings) []wizard.Choice {
		var all []wizard.Choice
		for _, mode := range imgix.Modes() {
			all = append(all, wizard.Choice{Value: mode})
		}
		return all
	}
	onMode.put = func(k, mode string) []wizard.Notice {
		now := loose(s.flow.Raw(k))
		if len(now.Paths) > 0 {
			s.rulePaths = now.Paths // for when a mode with a list is chosen again
		}
		changed := imgix.Rules{Mode: mode}
		if changed.Listed() {
			changed.Paths = s.rulePaths
		}
		if changed.Listed() != now.Listed() {
			s.remake = true
		}
		return b.put(k, changed.JSON())
	}
	m := &modes{newChoice(onMode), rules.Listed()}
	m.find(rules.Mode)
	if !rules.Listed() {
		return []question{m}
	}
	b.title = "field.path_rules.paths"
	return []question{m, newTable(b, rulesKind(rules.Mode))}
}

// loose reads rules that may be half finished; what is none is the default.
func loose(raw string) imgix.Rules {
	r, _ := imgix.Parse(raw)
	if r.Mode == "" {
		r.Mode = imgix.IncludeAll
	}
	return r
}

// GetKey is the setting's where the mode is all that is asked; else the table
// of paths is what has its errors.
func (m *modes) GetKey() string {
	if m.at >= 0 && (imgix.Rules{Mode: m.options[m.at].Value}).Listed() {
		return m.field.Key + ".mode"
	}
	return m.field.Key
}

// Update chooses; enter goes on to the paths, which need not be there yet.
func (m *modes) Update(msg tea.Msg) (huh.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok && m.listed && key.Matches(k, m.env.Keys.Continue) {
		return m, huh.NextField
	}
	_, cmd := m.choice.Update(msg)
	return m, cmd
}

// set takes rules as they were given.
func (m *modes) set(v string) {
	rules := loose(v)
	m.find(rules.Mode)
	m.change(rules.Mode)
}

// rulesKind is the table of the paths of a mode.
func rulesKind(mode string) tableKind {
	return tableKind{
		columns: func(say func(string) string) []tablefield.Column {
			return []tablefield.Column{{Label: say("table.path_rules.path"), Hint: "/images/"}}
		},
		rows: func(raw string, _ wizard.Settings) (rows []tablefield.Row, ok bool) {
			for _, path := range loose(raw).Paths {
				rows = append(rows, tablefield.Row{Texts: []string{path}})
			}
			return rows, loose(raw).Mode == mode
		},
		raw: func(rows []tablefield.Row) string {
			r := imgix.Rules{Mode: mode}
			for _, row := range rows {
				r.Paths = append(r.Paths, row.Texts[0])
			}
			return r.JSON()
		},
	}
}
