package check

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

func itoa(n int) string { return strconv.Itoa(n) }

// listHeight leaves room for the chain above and the advice below.
func (c *Check) listHeight() int {
	h := c.h - 2 // advice
	if c.tall() {
		h -= 4
	}
	return max(h, 1)
}

func (c *Check) tall() bool { return c.h >= 16 }

// View draws the chain, the rows and the advice, or the page of a row.
func (c *Check) View() screen.View {
	if c.page != nil {
		return c.page.View(c.w, c.h)
	}
	var out []string
	if c.tall() {
		out = append(out, "", "  "+c.chain(c.w-4), "")
	}
	out = append(out, c.list.Rows(c.row)...)
	advice := c.advice()
	for len(out) < c.h-len(advice) {
		out = append(out, "")
	}
	v := screen.View{Body: strings.Join(append(out, advice...), "\n")}
	if c.job != nil && c.total > 0 {
		v.Progress = tea.NewProgressBar(tea.ProgressBarDefault, 100*c.done/c.total)
	}
	return v
}

// mark is the symbol of a status and its colour.
func (c *Check) mark(s awscheck.Status) (string, lipgloss.Style) {
	t := c.env.Theme
	switch s {
	case awscheck.Pass:
		return "✓", t.OK
	case awscheck.Warn:
		return "!", t.Warn
	case awscheck.Fail:
		return "✗", t.Bad
	case awscheck.Inconclusive:
		return "?", t.Warn
	case awscheck.Running:
		return string(`|/-\`[c.frame%4]), t.Accent
	case awscheck.Skip:
		return "-", t.Muted
	}
	return " ", t.Faint
}

// row is one check: mark, sentence, and the word and time at the right.
func (c *Check) row(i int, cursor bool) string {
	t, r := c.env.Theme, c.rows[i]
	mark, style := c.mark(r.Status)
	on := func(s lipgloss.Style, v string) string { return t.On(s, cursor).Render(v) }
	right, rightStyle := c.right(r)
	body := t.Text
	if r.Status == "" || r.Status == awscheck.Skip {
		body = t.Muted
	}
	pointer := "  "
	if cursor {
		pointer = "> "
	}
	room := c.w - 4 - 1
	rw := grid.Width(right)
	if room-rw < 24 { // a narrow window keeps the word and drops the time
		right = ""
		if report.Bad(r.Status) {
			right = report.Word(c.env.Text, r.Status)
		}
		rw = grid.Width(right)
	}
	return on(t.Accent, pointer) + on(style, mark+" ") +
		on(body, grid.Fit(c.sentence(r), room-rw-1)) + on(body, " ") + on(rightStyle, right) + on(body, " ")
}

// sentence is what was found, else the title of the check. A skipped row
// keeps its title, or nobody could tell what was not tested.
func (c *Check) sentence(r awscheck.Result) string {
	if r.Status != awscheck.Skip {
		return report.Sentence(c.env.Text, r)
	}
	title := report.Title(c.env.Text, r.ID)
	if c.w < 96 {
		return title
	}
	return grid.Fit(title, titleWidth) + "  " + report.Sentence(c.env.Text, r)
}

const titleWidth = 30

// right is the status as a word, and how long it took.
func (c *Check) right(r awscheck.Result) (string, lipgloss.Style) {
	t, w := c.env.Theme, c.words()
	took := ""
	if r.Duration > 0 {
		took = report.Duration(r.Duration)
	}
	took = grid.FitRight(took, 7)
	word := report.Word(c.env.Text, r.Status)
	switch r.Status {
	case "":
		return "", t.Muted
	case awscheck.Running:
		return w.Asking, t.Muted
	case awscheck.Pass:
		return took, t.Muted
	case awscheck.Skip:
		return word + grid.Space(8), t.Muted
	case awscheck.Fail:
		return word + " " + took, t.Bad
	}
	return word + " " + took, t.Warn
}

// chain shows where the way from the person to the reader breaks.
func (c *Check) chain(w int) string {
	t, words := c.env.Theme, c.words()
	s := c.place.Settings
	bucket := text.Safe(s.Bucket)
	if bucket == "" {
		bucket = words.Bucket
	}
	nodes := []string{words.You, "STS"}
	links := [][]string{{"caller.identity"}}
	if s.Access == "role" {
		nodes = append(nodes, roleName(s.RoleARN, words.Role))
		links = append(links, []string{"role.assume", "role.requires-external-id"})
	}
	nodes = append(nodes, bucket, words.Reader)
	links = append(links,
		[]string{"bucket.region", "bucket.list", "object.put", "object.metadata", "object.get", "object.copy", "object.delete"},
		[]string{"delivery.url", "delivery.direct", "delivery.listing"})
	draw := func() string {
		out := t.Strong.Render(nodes[0])
		for i, l := range links {
			m, style := c.mark(c.worst(l))
			if m == " " {
				m = "─"
			}
			out += t.Faint.Render(" ──") + style.Render(m) + t.Faint.Render("── ") + t.Text.Render(nodes[i+1])
		}
		return out
	}
	out := draw()
	if grid.Width(out) > w {
		for i := range nodes {
			nodes[i] = grid.Cut(nodes[i], max(8, (w-7*len(links))/len(nodes)))
		}
		out = draw()
	}
	return grid.Cut(out, w)
}

func roleName(arn, fallback string) string {
	i := strings.LastIndexByte(arn, '/')
	if i < 0 || i == len(arn)-1 {
		return fallback
	}
	return text.Safe(arn[i+1:])
}

// worst is the status that decides a link: what broke or runs anywhere in it,
// else what became of its first row, which the others build on.
func (c *Check) worst(ids []string) awscheck.Status {
	rank := map[awscheck.Status]int{awscheck.Fail: 4, awscheck.Running: 3, awscheck.Warn: 2, awscheck.Inconclusive: 1}
	var worst, first awscheck.Status
	for _, r := range c.rows {
		if r.ID == ids[0] {
			first = r.Status
		}
		if slices.Contains(ids, r.ID) && rank[r.Status] > rank[worst] {
			worst = r.Status
		}
	}
	if worst != "" {
		return worst
	}
	return first
}

// advice is one sentence: what to mend first, or that all is well.
func (c *Check) advice() []string {
	t, w := c.env.Theme, c.words()
	var s string
	var style lipgloss.Style
	switch {
	case c.stopping:
		s, style = c.env.Text.UI.Frame.Cancelling, t.Warn
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
	if len(lines) > 2 {
		lines = append(lines[:1], grid.Cut(lines[1]+" "+lines[2], c.w-4))
	}
	for i, l := range lines {
		lines[i] = "  " + style.Render(l)
	}
	if len(lines) < 2 && c.tall() {
		lines = append(lines, "")
	}
	return lines
}

func (c *Check) verdict() (string, lipgloss.Style) {
	t, w := c.env.Theme, c.words()
	r := c.report
	i := report.First(r.Results)
	left := ""
	if r.LeftBehind > 0 {
		left = " " + text.Fill(w.LeftBehind, "n", itoa(r.LeftBehind))
	}
	switch {
	case r.Verdict == awscheck.Ready:
		return "✓ " + w.AllWell + left, t.OK
	case i >= 0 && r.Results[i].Status == awscheck.Fail:
		return "✗ " + text.Fill(w.MendFirst, "what", report.Why(c.env.Text, r.Results[i])) + left, t.Bad
	case i >= 0:
		return "! " + text.Fill(w.LookAt, "what", report.Why(c.env.Text, r.Results[i])) + left, t.Warn
	}
	return "? " + w.NotAll + left, t.Warn
}
