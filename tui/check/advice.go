package check

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/text"
)

// advice is one sentence: what to mend first, or that all is well.
func (c *Check) advice() []string {
	t, w := c.env.Theme, c.words()
	var s string
	var style lipgloss.Style
	switch {
	case c.stopping:
		s, style = c.env.Text.UI.Frame.Cancelling, t.Warn
	case c.job != nil && c.asked.wait > patience:
		s, style = w.RunningDeploy, t.Muted
	case c.job != nil && c.asked.wait > 0:
		s, style = w.RunningWait, t.Muted
	case c.job != nil:
		s, style = w.Running, t.Muted
	case c.broke:
		s, style = w.CouldNotRun, t.Bad
	case c.report == nil:
		s, style = w.Stopped, t.Warn
	default:
		s, style = c.verdict()
	}
	lines := grid.Wrap(s, c.w-4)
	if most := max(2, c.h/3); len(lines) > most {
		lines = append(lines[:most-1], grid.Cut(strings.Join(lines[most-1:], " "), c.w-4))
	}
	for i, l := range lines {
		lines[i] = "  " + style.Render(l)
	}
	if len(lines) < 2 && c.tall() {
		lines = append([]string{""}, lines...)
	}
	return lines
}

func (c *Check) verdict() (string, lipgloss.Style) {
	t, w := c.env.Theme, c.words()
	r := c.report
	left := ""
	if r.LeftBehind > 0 {
		left = c.gap() + text.Fill(w.LeftBehind, "n", itoa(r.LeftBehind))
	}
	vendor := ""
	if v := c.vendorOnly(); v != "" {
		vendor = text.Fill(w.VendorOnly, "vendor", v) + c.gap()
	}
	switch {
	case len(c.problems) > 0 && c.problems[0].Stops:
		return "✗ " + vendor + c.about() + left, t.Bad
	case len(c.problems) > 0:
		return "! " + vendor + c.about() + left, t.Warn
	case r.Verdict == awscheck.Ready && vendor != "":
		return "✓ " + vendor + w.OwnerWell + left, t.OK
	case r.Verdict == awscheck.Ready:
		return "✓ " + c.allWell() + left, t.OK
	}
	return "? " + vendor + c.unproved() + left, t.Warn
}

// allWell says what works, in the service's own words where it has some.
func (c *Check) allWell() string {
	if id, _ := c.report.VerdictText(); strings.HasPrefix(id, "verdict.ready.") {
		return c.env.Text.Say(id, nil)
	}
	return c.words().AllWell
}

// vendorOnly is who alone may assume the role, if that is why the live test
// could not ask.
func (c *Check) vendorOnly() string { return report.VendorOnly(c.rows.all) }

// unproved says that nothing failed and yet not all is known, and names what
// nobody has answered for.
func (c *Check) unproved() string {
	w := c.words()
	var titles []string
	for _, id := range c.report.Unproved() {
		titles = append(titles, report.Title(c.env.Text, id))
	}
	if len(titles) == 0 {
		return w.NotAll
	}
	return text.Fill(w.NotAllRows, "rows", strings.Join(titles, w.And))
}

// gap stands between two sentences.
func (c *Check) gap() string {
	if c.env.Text.Lang == "ja" {
		return ""
	}
	return " "
}

// about says what to mend first, how many causes that may have where none is
// certain, and what the program can do about it.
func (c *Check) about() string {
	out, possible := report.Headline(c.env.Text, c.report.Results, c.problems)
	if possible == 0 {
		return out
	}
	return out + c.gap() + text.Fill(c.words().PossibleCauses, "n", itoa(possible)) + c.offer(c.first(), possible)
}
