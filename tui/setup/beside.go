package setup

import (
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// besideKey is the key of the question in front of which connection's bucket a
// service is put (M10). It is asked like a field and is none.
const besideKey = "beside"

// besides are the connections that the service chosen can be put in front of:
// those of other services, while a new one is set up.
func (s *Setup) besides() []world.Connection {
	in := s.flow.Raw("integration")
	if s.edit || in != wizard.Imgix {
		return nil
	}
	var all []world.Connection
	for _, c := range s.conns {
		if c.Broken == nil && wizard.Defaults(c.Settings).Integration != in {
			all = append(all, c)
		}
	}
	return all
}

// newBeside is the question; ok is false where there is nothing to choose.
func (s *Setup) newBeside(b base) (q question, ok bool) {
	all := s.besides()
	if len(all) == 0 {
		return nil, false
	}
	none := s.env.Text.Say("choice.beside.none", nil)
	b.field = wizard.Field{Key: besideKey, Kind: wizard.OneOf, Choices: func(wizard.Settings) []wizard.Choice {
		options := []wizard.Choice{{LabelEN: none, LabelJA: none}}
		for _, c := range all {
			label := c.Name + "   " + c.Settings.Bucket
			if c.Settings.Prefix != "" {
				label += " / " + c.Settings.Prefix
			}
			options = append(options, wizard.Choice{Value: c.Name, LabelEN: label, LabelJA: label})
		}
		return options
	}}
	b.locked = ""
	b.put = func(_, name string) []wizard.Notice {
		s.beside = name
		for _, c := range all {
			if c.Name != name {
				continue
			}
			for key, v := range wizard.Beside(c.Settings, s.flow.Raw("integration")) {
				s.put(key, v)
			}
		}
		return nil
	}
	c := newChoice(b)
	c.find(s.beside)
	return c, true
}

// nameOf is what a new connection is called unless it is told otherwise: like
// its bucket, or where another service's connection is called so, like both.
func (s *Setup) nameOf() string {
	settings := s.flow.Settings()
	if s.beside != "" {
		return wizard.NameBeside(s.beside, settings.Integration)
	}
	for _, c := range s.conns {
		if c.Name == settings.Bucket && wizard.Defaults(c.Settings).Integration != settings.Integration {
			return wizard.NameBeside(c.Name, settings.Integration)
		}
	}
	return settings.Bucket
}
