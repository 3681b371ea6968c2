package plain

import (
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// trouble prints an error: what happened, why, and what to do, one idea a
// line. name is the connection that it is about.
func (t *terminal) trouble(s world.Services, c *text.Catalog, name string, err error) {
	tr := s.Explain(name, err)
	told := false
	if tr.Code != "" && c.Has(tr.Code) {
		t.line(sentence(c, tr.Code, tr.Args))
		told = true
	}
	const few = 3
	for i, x := range tr.Causes {
		if x.Likelihood == diagnose.RuledOut || i >= few {
			continue
		}
		t.line(c.Labelled(report.Likelihood(c, x.Likelihood), report.Cause(c, x)))
		for j, step := range report.Steps(x.Fixes) {
			words := step.Told(c)
			if j == 0 {
				words = c.Lead(c.UI.Trouble.Fix) + words
			}
			t.line("  " + words)
			if step.Command != "" {
				t.line("  " + safe(step.Command))
			}
		}
		told = true
	}
	if !told {
		t.line(safe(tr.Raw))
	}
}
