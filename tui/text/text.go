// Package text holds every word that people read, in English and Japanese.
//
// Words of the program's own furniture are fields of a typed struct (Catalog);
// words for the domain's ids (validation codes, checks, causes, fixes, notes,
// errors) are looked up with Say. A test fails when either language lacks one.
package text

import "strings"

// Catalog is one language.
type Catalog struct {
	Lang  string // "en" or "ja"
	UI    *UI    // the terminal UI's own furniture
	codes map[string]string
}

// Say returns the text of a domain id with {name} placeholders filled from
// args. An id without a text is returned in brackets, so that a gap is seen.
func (c *Catalog) Say(id string, args map[string]string) string {
	t, ok := c.codes[id]
	if !ok {
		return "[" + id + "]"
	}
	if len(args) == 0 {
		return t
	}
	pairs := make([]string, 0, 2*len(args))
	for k, v := range args {
		pairs = append(pairs, "{"+k+"}", v)
	}
	return strings.NewReplacer(pairs...).Replace(t)
}

// Has tells whether id has a text.
func (c *Catalog) Has(id string) bool {
	_, ok := c.codes[id]
	return ok
}

// For returns the catalog of a language tag such as "ja", "ja_JP.UTF-8" or
// "en"; anything unknown is English.
func For(lang string) *Catalog {
	if strings.HasPrefix(strings.ToLower(lang), "ja") {
		return &Catalog{Lang: "ja", UI: uiJA(), codes: merge(fieldsJA, checksJA, mediaJA, commandsJA)}
	}
	return &Catalog{Lang: "en", UI: uiEN(), codes: merge(fieldsEN, checksEN, mediaEN, commandsEN)}
}

func merge(maps ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, m := range maps {
		for k, v := range m {
			all[k] = v
		}
	}
	return all
}
