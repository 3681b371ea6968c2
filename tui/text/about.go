package text

import "strconv"

// About says what connecting a bucket to a service does, before anything is
// entered, in paragraphs. Services without words of their own get none.
func (c *Catalog) About(integration string) []string {
	a := c.UI.About
	if integration == "" || integration == "microcms" {
		return []string{a.What, a.Enable, a.NeedsAWS}
	}
	var all []string
	for i := 1; c.Has("about." + integration + "." + strconv.Itoa(i)); i++ {
		all = append(all, c.Say("about."+integration+"."+strconv.Itoa(i), nil))
	}
	if len(all) == 0 && c.Has("choice.integration."+integration) {
		all = append(all, c.Say("choice.integration."+integration, nil))
	}
	return all
}
