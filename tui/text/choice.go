package text

import "github.com/mediadock/mediadock/wizard"

// ChoiceName is what an answer to a question is called.
func (c *Catalog) ChoiceName(key string, o wizard.Choice) string {
	switch {
	case o.LabelEN == "":
		return c.Say("choice."+key+"."+o.Value+".label", o.Args)
	case c.Lang == "ja":
		return o.LabelJA
	}
	return o.LabelEN
}

// ChoiceSays is what follows from an answer; empty where there is nothing to
// say.
func (c *Catalog) ChoiceSays(key string, o wizard.Choice) string {
	if id := "choice." + key + "." + o.Value; c.Has(id) {
		return c.Say(id, o.Args)
	}
	return ""
}
