package check

import (
	"maps"
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

// lay gives the list what the chain above and the advice below leave, and
// keeps a line to say that there are more rows than that.
func (c *Check) lay() {
	if c.w <= 0 {
		return
	}
	room := c.listRoom()
	if c.list.Len() > room && !c.tall() { // a tall window has a blank line for it
		room--
	}
	c.list.SetHeight(max(room, 1))
}

// listRoom is the height between the chain and the advice; in a tall window
// without the blank line before the advice.
func (c *Check) listRoom() int {
	room := c.h - len(c.advice())
	if c.tall() {
		room -= 4
	}
	return max(room, 1)
}

func (c *Check) tall() bool { return c.h >= lowH }

// View draws the chain, the rows and the advice, or the page of a row.
func (c *Check) View() screen.View {
	if c.page != nil {
		return c.page.View(c.w, c.h)
	}
	var out []string
	if c.tall() {
		out = append(out, "", "  "+c.chain(c.w-4), "")
	}
	out = append(out, c.listed()...)
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

// listed are the visible rows, the one under the cursor with as much of its
// sentence as two lines hold, and where they are among all.
func (c *Check) listed() []string {
	t, words := c.env.Theme, c.words()
	from, to := c.list.Window()
	rows := c.list.Rows(c.row)
	at := c.list.Cursor() - from
	if rest := c.restOf(c.list.Cursor()); rest != "" && at >= 0 && at < len(rows) {
		rows = slices.Insert(rows, at+1, rest)
	}
	limit := func() int { // less the line below, where it takes a row's place
		if to-from < c.list.Len() && !c.tall() {
			return c.listRoom() - 1
		}
		return c.listRoom()
	}
	for len(rows) > max(limit(), 2) {
		if at < to-from-1 {
			rows, to = rows[:len(rows)-1], to-1
		} else {
			rows, from, at = rows[1:], from+1, at-1
		}
	}
	if to-from < c.list.Len() {
		more := text.Fill(words.MoreRows, "from", itoa(c.rows.before(from)+1), "to", itoa(c.rows.before(to)), "of", itoa(len(c.rows.all)))
		rows = append(rows, "  "+t.Muted.Render(grid.Cut(more, c.w-4)))
	}
	return rows
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
		return string(".oOo"[c.frame%4]), t.Accent // none of them is the mark of another status
	case awscheck.Skip:
		return "-", t.Muted
	}
	return " ", t.Faint
}

// row is one check: mark, sentence, and the word and time at the right. What
// does not fit follows under the cursor, in a line of its own.
func (c *Check) row(i int, cursor bool) string {
	t := c.env.Theme
	r, ok := c.rows.at(i)
	if !ok {
		return c.heading()
	}
	mark, style := c.mark(r.Status)
	on := func(s lipgloss.Style, v string) string { return t.On(s, cursor).Render(v) }
	body := t.Text
	if r.Status == "" || r.Status == awscheck.Skip {
		body = t.Muted
	}
	pointer := "  "
	if cursor {
		pointer = "> "
	}
	right, rightStyle := c.right(r)
	room := c.roomOf(right)
	sentence := c.sentence(r)
	if cursor && c.restOf(i) != "" {
		sentence = grid.Wrap(sentence, room)[0]
	}
	return on(t.Accent, pointer) + on(style, mark+" ") +
		on(body, grid.Fit(sentence, room)) + on(body, " ") + on(rightStyle, right) + on(body, " ")
}

// heading stands above the rows of the owner's side: whose they are, and who
// reads them.
func (c *Check) heading() string {
	t, w := c.env.Theme, c.words()
	who := w.OwnerByYou
	if c.owner != nil && c.owner.Profile != "" {
		who = text.Fill(w.OwnerByProfile, "profile", text.Safe(c.owner.Profile))
	}
	return "  " + grid.Cut(t.Strong.Render(w.OwnerTitle)+"  "+t.Muted.Render(who), c.w-4)
}

// roomOf is the width of a sentence beside what is at the right.
func (c *Check) roomOf(right string) int { return c.w - 6 - grid.Width(right) }

// restOf is the second line of a row whose sentence is longer than one; empty
// where it is not, or where there is no height for it.
func (c *Check) restOf(i int) string {
	r, ok := c.rows.at(i)
	if !ok || c.listRoom() < 3 {
		return ""
	}
	right, _ := c.right(r)
	room, s := c.roomOf(right), c.sentence(r)
	if grid.Width(s) <= room {
		return ""
	}
	lines := grid.Wrap(s, room)
	if len(lines) < 2 {
		return ""
	}
	rest := strings.TrimSpace(strings.TrimPrefix(s, lines[0]))
	t := c.env.Theme
	return t.On(t.Text, true).Render(grid.Fit("    "+grid.Cut(rest, c.w-6), c.w))
}

// sentence is what was found, else the title of the check; with the title in
// front, as a column of its own where there is room, where the finding needs
// it.
func (c *Check) sentence(r awscheck.Result) string {
	if r.Status == awscheck.Running {
		r = c.counted(r)
	}
	if !report.NeedsTitle(c.env.Text, r) {
		return report.Brief(c.env.Text, r)
	}
	width := titleWidth
	if ofOwner(r.ID) {
		width = ownerWidth
	}
	title := report.Title(c.env.Text, r.ID)
	right, _ := c.right(r)
	switch {
	case c.roomOf(right) >= width+2+minFound:
		return grid.Fit(title, width) + "  " + report.Brief(c.env.Text, r)
	case r.Status == awscheck.Skip:
		return title
	}
	return report.Titled(c.env.Text, r)
}

// counted is a row that is tried again for a while, with what is left of the
// time.
func (c *Check) counted(r awscheck.Result) awscheck.Result {
	total, err := strconv.Atoi(r.Args["seconds"])
	if err != nil {
		return r
	}
	r.Args = maps.Clone(r.Args)
	r.Args["seconds"] = itoa(max(0, total-int(c.env.Now().Sub(c.heard).Seconds())))
	return r
}

// The widths of the titles in front, and of what was found from which they are
// a column of their own.
const (
	titleWidth = 33
	ownerWidth = 22
	minFound   = 22
)

// right is what stands at the right of a row: that a passed one has notes, the
// status as a word, and how long it took. A narrow window drops the time, and
// the word where the mark says it.
func (c *Check) right(r awscheck.Result) (string, lipgloss.Style) {
	t, w := c.env.Theme, c.words()
	word, style := report.Word(c.env.Text, r.Status), t.Warn
	switch r.Status {
	case "":
		return "", t.Muted
	case awscheck.Running:
		word, style = w.Asking, t.Muted
		if r.Reason != "" { // refused so far, and tried again
			word = w.Waiting
		}
	case awscheck.Pass:
		word, style = "", t.Muted
		if len(r.Notes) > 0 {
			word = w.NoteMark
		}
	case awscheck.Skip:
		style = t.Muted
	case awscheck.Fail:
		style = t.Bad
	}
	full := word
	if r.Status != awscheck.Running {
		took := ""
		if r.Duration > 0 {
			took = c.env.Text.Duration(r.Duration)
		}
		full = strings.TrimPrefix(word+" "+grid.FitRight(took, 7), " ")
	}
	if c.roomOf(full) >= 24 {
		return full, style
	}
	if r.Status == awscheck.Skip || r.Status == awscheck.Running {
		word = ""
	}
	return word, style
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
	for _, r := range c.rows.all {
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
