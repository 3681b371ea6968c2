package dialog

import (
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// UnpurgedLines tell that files are gone and the CDN's copies are not: why, who
// is to run what, and the policy that would allow it.
func UnpurgedLines(c *text.Catalog, p *world.Purged) []Line {
	run := c.UI.Grace.PurgeRun
	if p.Run != "" {
		run = text.Safe(p.Run)
	}
	lines := []Line{{Text: text.Safe(p.Reason), Role: Warn, Wrap: true}, {}, {Text: run, Wrap: true}}
	for _, command := range p.Commands {
		lines = append(lines, Line{Text: text.Safe(command), Role: Code, Wrap: true})
	}
	for i, l := range p.Grant {
		if i == 0 {
			lines = append(lines, Line{}, Line{Text: text.Safe(l), Wrap: true})
			continue
		}
		lines = append(lines, Line{Text: text.Safe(l), Role: Code})
	}
	return lines
}
