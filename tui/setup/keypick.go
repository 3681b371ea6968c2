package setup

import (
	"github.com/mediadock/mediadock/tui/caller"
	"github.com/mediadock/mediadock/wizard"
)

// newKeyPick asks for the AWS profile that holds a service's key, among those
// of this computer (D12). Any other name is taken as it is typed: the profile
// may be made later.
func (s *Setup) newKeyPick(b base) question {
	if len(s.profiles) == 0 {
		return newEntry(b)
	}
	b.field.Choices = func(wizard.Settings) []wizard.Choice {
		var all []wizard.Choice
		for _, p := range s.profiles {
			kind := caller.KindWord(&s.env.Text.UI.Caller, p.Kind)
			all = append(all, wizard.Choice{Value: p.Name, LabelEN: kind, LabelJA: kind})
		}
		return all
	}
	return newPick(b)
}
