package text

import "strings"

// Aside puts what is said by the way into the language's parentheses, with
// the space that goes before them; nothing stays nothing.
func (c *Catalog) Aside(said string) string {
	switch {
	case said == "":
		return ""
	case c.Lang == "ja":
		return "（" + said + "）"
	}
	return " (" + said + ")"
}

// aside is an argument that the domain has put into parentheses already,
// because it is left out where there is nothing to say, as the language
// writes it.
func (c *Catalog) aside(arg string) string {
	if inner, ok := strings.CutPrefix(arg, " ("); ok && strings.HasSuffix(inner, ")") {
		return c.Aside(strings.TrimSuffix(inner, ")"))
	}
	return arg
}

// Labelled puts a label before what it is about, with the language's colon.
func (c *Catalog) Labelled(label, said string) string { return label + c.UI.Check.Colon + said }

// Lead is a label that ends in a colon, and the space after it that a
// full-width colon has in itself.
func (c *Catalog) Lead(label string) string {
	if strings.HasSuffix(label, "：") {
		return label
	}
	return label + " "
}
