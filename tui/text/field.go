package text

// Field is one of a setting's texts (part: "label", "help", "where"), in the
// words that an integration has of its own where it has some; empty where
// there is none.
func (c *Catalog) Field(integration, key, part string) string {
	for _, id := range []string{"field." + integration + "." + key + "." + part, "field." + key + "." + part} {
		if t, ok := c.codes[id]; ok {
			return t
		}
	}
	return ""
}
