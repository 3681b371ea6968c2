package report

import (
	"strconv"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/text"
)

// Step is a fix and its place among the others of its cause.
type Step struct {
	diagnose.Fix
	// Or tells that it begins another way than those before.
	Or bool
	// Number counts the steps of one way from 1; 0 where it has only one.
	Number int
}

// Steps are the fixes of a cause in order, told apart into steps that follow
// each other and ways that stand for each other.
func Steps(fixes []diagnose.Fix) []Step {
	var out []Step
	for i, way := range diagnose.Ways(fixes) {
		for j, f := range way {
			s := Step{Fix: f, Or: i > 0 && j == 0}
			if len(way) > 1 {
				s.Number = j + 1
			}
			out = append(out, s)
		}
	}
	return out
}

// Lead is what stands before the text of a step: "2. ", or nothing.
func (s Step) Lead() string {
	if s.Number == 0 {
		return ""
	}
	return strconv.Itoa(s.Number) + ". "
}

// Place tells, in front of a step's text, where it stands among the others.
func (s Step) Place(c *text.Catalog) string {
	if s.Or {
		return c.Labelled(c.UI.Check.Or, s.Lead())
	}
	return s.Lead()
}

// Told is the step in one line, as it is told without a layout.
func (s Step) Told(c *text.Catalog) string { return s.Place(c) + Fix(c, s.Fix) }
