package browse

import (
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/text"
)

// named is a file as people write it, with its address beneath: in the address
// alone a name beyond ASCII is percent signs, and nobody can tell what they
// agree to. lead stands before the name.
func named(lead, path, url string, role dialog.Role) []dialog.Line {
	return []dialog.Line{
		{Lead: lead, Text: text.Safe(path), Role: role},
		addressed(url),
	}
}

// addressed is the address of what stands above it.
func addressed(url string) dialog.Line {
	return dialog.Line{Lead: "    ", Text: text.Safe(url), Role: dialog.Muted}
}

// renamed are two names, the old one first, with their addresses beneath.
func renamed(from, oldURL, to, url string) []dialog.Line {
	return []dialog.Line{
		{Lead: "  ", Text: text.Safe(from), Role: dialog.Strong},
		{Lead: "> ", Text: text.Safe(to), Role: dialog.Strong},
		addressed(oldURL),
		{Lead: "  > ", Text: text.Safe(url), Role: dialog.Code},
	}
}
