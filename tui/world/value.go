package world

import (
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

// Value is a setting as people read it: the name of a choice, a Region with
// its place, on and off, a dash for what is empty. It is safe to print; only what may
// have several lines has line breaks.
func Value(c *text.Catalog, s wizard.Settings, key string) string {
	v := wizard.Get(s, key)
	f, ok := wizard.FieldByKey(key)
	switch {
	case !ok || v == "":
		return c.UI.Setup.Nothing
	case f.Kind == wizard.Toggle:
		if on, _ := strconv.ParseBool(v); on {
			return c.UI.Setup.On
		}
		return c.UI.Setup.Off
	case f.Kind == wizard.Long:
		return text.SafeLines(v)
	case f.Kind == wizard.Table:
		return text.SafeLines(strings.Join(wizard.Lines(s, key), "\n"))
	case f.Kind != wizard.OneOf:
		return text.Safe(v)
	}
	for _, choice := range f.Choices(s) {
		if choice.Value != v {
			continue
		}
		name := choice.LabelEN
		if c.Lang == "ja" {
			name = choice.LabelJA
		}
		if key == "region" {
			return v + "  " + name
		}
		return name
	}
	return text.Safe(v)
}
