package tui

import (
	"image"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/mediadock/mediadock/tui/caller"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// The smallest window that is drawn into, and the height from which header
// and footer are ruled off.
const (
	minW, minH = 38, 10
	ruledH     = 16
)

func (m *Model) tooSmall() bool { return m.w < minW || m.h < minH }

func (m *Model) ruled() bool { return m.h >= ruledH }

// bodySize is the area between header and footer.
func (m *Model) bodySize() (w, h int) {
	h = m.h - 2
	if m.ruled() {
		h -= 2
	}
	return max(m.w, 1), max(h, 1)
}

// View draws the whole frame: header, screen, footer, and the dialogs above.
func (m *Model) View() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: m.windowTitle()}
	m.hits.spots = m.hits.spots[:0]
	if m.w <= 0 || m.h <= 0 || m.top() == nil || m.quitting {
		return v
	}
	if m.tooSmall() {
		v.Content = m.sorry()
		return v
	}
	body := m.top().scr.View()
	w, h := m.bodySize()
	var question screen.View
	n := len(m.asked)
	if n > 0 { // before the footer, which says whether its text can be scrolled
		question = m.asked[n-1].dlg.View(m.insideDialog())
	}
	lines := make([]string, 0, m.h)
	lines = append(lines, m.header())
	if m.ruled() {
		lines = append(lines, m.rule())
	}
	top := len(lines)
	lines = append(lines, grid.Lines(body.Body, w, h)...)
	for len(lines) < top+h {
		lines = append(lines, "")
	}
	if m.ruled() {
		lines = append(lines, m.rule())
	}
	lines = append(lines, m.footer())
	v.Content = strings.Join(lines, "\n")
	v.MouseMode = m.mode(body)
	if len(m.asked) == 0 {
		m.hits.place(body.Spots, 0, top, w, h)
	}
	v.ProgressBar = body.Progress
	v.Cursor = m.cursor(body.Cursor, 0, top, w, h)
	if n > 0 {
		v.Content, v.Cursor = m.overlay(v.Content, m.titled(m.asked[n-1]), question)
	}
	return v
}

// cursor moves a cursor into the frame; one that would stand outside of its
// area is hidden.
func (m *Model) cursor(c *tea.Cursor, x, y, w, h int) *tea.Cursor {
	if c == nil || c.X < 0 || c.Y < 0 || c.X >= w || c.Y >= h {
		return nil
	}
	moved := *c
	moved.X += x
	moved.Y += y
	moved.Blink = false
	return &moved
}

func (m *Model) rule() string { return m.env.Theme.Faint.Render(strings.Repeat("─", m.w)) }

func (m *Model) windowTitle() string {
	parts := []string{"mediadock"}
	if m.top() != nil {
		crumbs, _ := m.top().scr.Title()
		for _, c := range crumbs {
			parts = append(parts, text.Safe(c))
		}
	}
	return strings.Join(parts, " - ")
}

// header says where the person is, and as whom.
func (m *Model) header() string {
	t := m.env.Theme
	crumbs, right := m.top().scr.Title()
	if len(crumbs) == 0 {
		crumbs = []string{m.env.Text.UI.Home.Title}
		room := m.w - 2 - grid.Width(crumbs[0]) - 2
		if m.opts.Badge != "" {
			room -= grid.Width(m.badge()) + 3
		}
		right = m.identity(room)
	}
	rightDrawn := t.Muted.Render(right)
	if m.opts.Badge != "" {
		rightDrawn += " " + t.Badge.Render(m.badge())
	}
	rightW := grid.Width(rightDrawn)
	room := m.w - 2 - rightW - 2
	if room < min(12, grid.Width(strings.Join(crumbs, " › "))) { // a narrow window keeps the place and drops the rest
		rightDrawn, rightW, room = "", 0, m.w-2
	}
	which := m.which() // stays whole, however deep the place is
	if which != "" && room-grid.Width(which) < 12 {
		rightDrawn, rightW, room = "", 0, m.w-2
	}
	room -= grid.Width(which)
	left := ""
	spots := make([]screen.Spot, len(crumbs))
	for i, c := range crumbs {
		if i > 0 {
			left += t.Faint.Render(" › ")
		}
		style := t.Muted
		if i == len(crumbs)-1 {
			style = t.Strong
		}
		from := grid.Width(left)
		left += style.Render(text.Safe(c))
		spots[i] = screen.Spot{Area: image.Rect(from, 0, grid.Width(left), 1), Click: screen.Crumb{Index: i}}
	}
	cut := min(room-grid.Width(left), 0)
	left = grid.CutLeft(left, room)
	if len(m.asked) == 0 {
		for i := range spots {
			spots[i].Area = spots[i].Area.Add(image.Pt(cut, 0))
		}
		m.hits.place(spots, 1+grid.Width(which), 0, room, 1)
	}
	left = which + left
	return " " + left + grid.Space(m.w-2-grid.Width(left)-rightW) + rightDrawn + " "
}

// which tells production from its environments: by a word and by colour. It is
// empty where there is nothing to tell apart.
func (m *Model) which() string {
	p, t, w := m.top().place, m.env.Theme, &m.env.Text.UI.Home
	switch _, environment := (world.Connection{Name: p.Connection}).Of(); {
	case environment != "":
		name, sign := t.OK.Render(w.Environment)+"  ", m.unfinished(p)
		if sign != "" && m.w < 60 { // only environments are unfinished
			name = ""
		}
		return name + sign
	case p.Production:
		return t.Badge.Render("◆ "+w.Production) + "  "
	}
	return ""
}

// unfinished is a sign that an environment is not whole, or not gone: as long
// as that is so, wherever one is in it.
func (m *Model) unfinished(p screen.Place) string {
	switch {
	case p.Screen == screen.Environment: // it says so itself
	case m.runs.Busy(p.Connection) != "":
		return m.env.Theme.Accent.Render("↻ "+m.runs.Doing(p.Connection)) + "  "
	case p.Unfinished != "":
		return m.env.Theme.Warn.Render("! "+m.env.Text.Say("cmd.env.state."+p.Unfinished, nil)) + "  "
	}
	return ""
}

// badge is the header's label, in the language that is spoken now.
func (m *Model) badge() string { return m.env.Text.Say(m.opts.Badge, nil) }

// identity is the header's part about the caller: the longest that leaves the
// place beside it whole.
func (m *Model) identity(room int) string {
	for _, s := range caller.Header(m.env) {
		if grid.Width(s) <= room {
			return s
		}
	}
	return ""
}

// footer lists what works now, or the news.
func (m *Model) footer() string {
	t := m.env.Theme
	if m.note != "" {
		style := t.OK
		if m.noteBad {
			style = t.Bad
		}
		return " " + style.Render(grid.Cut(m.note, m.w-2))
	}
	k := m.env.Keys
	if n := len(m.asked); n > 0 {
		return m.keyLine(wayOut(m.asked[n-1].dlg.Keys(), k.Back))
	}
	scr := m.top().scr
	works, last := scr.Keys(), []key.Binding{k.Help, k.Quit}
	if scr.Typing() {
		last = []key.Binding{k.HelpTyping}
	}
	works, out := wayOut(works, k.Back)
	last = append(out, last...)
	if len(out) > 0 && m.w < 60 { // help tells the rest
		last = last[:2]
	}
	return m.keyLine(works, last)
}

// wayOut takes the way out from among what works: it is never the one without
// room.
func wayOut(works []key.Binding, back key.Binding) (others, out []key.Binding) {
	for _, b := range works {
		if slices.Equal(b.Keys(), back.Keys()) {
			out = append(out, b)
		} else {
			others = append(others, b)
		}
	}
	return others, out
}

// keyLine draws as many bindings as fit; those in last are kept.
func (m *Model) keyLine(bindings, last []key.Binding) string {
	t := m.env.Theme
	one := func(b key.Binding) string {
		h := b.Help()
		return t.Key.Render(h.Key) + " " + t.Muted.Render(h.Desc)
	}
	tail := ""
	var spots, tailSpots []screen.Spot
	for _, b := range last {
		s := one(b)
		tail += "   "
		if spot, ok := keySpot(b, grid.Width(tail), grid.Width(s)); ok {
			tailSpots = append(tailSpots, spot)
		}
		tail += s
	}
	out, room := "", m.w-2-grid.Width(tail)
	for _, b := range bindings {
		if !b.Enabled() {
			continue
		}
		s, gap := one(b), ""
		if out != "" {
			gap = "   "
		}
		if grid.Width(out)+grid.Width(gap+s) > room {
			continue
		}
		out += gap
		if spot, ok := keySpot(b, grid.Width(out), grid.Width(s)); ok {
			spots = append(spots, spot)
		}
		out += s
	}
	at := grid.Width(out)
	if out == "" {
		tail = strings.TrimPrefix(tail, "   ")
		at = -3
	}
	for _, s := range tailSpots {
		s.Area = s.Area.Add(image.Pt(at, 0))
		spots = append(spots, s)
	}
	m.hits.place(spots, 1, m.h-1, m.w-2, 1)
	return " " + grid.Cut(out+tail, m.w-2)
}

// dialogPad are the rows above and below the inside of a dialog's box.
func (m *Model) dialogPad() int {
	if m.h >= ruledH {
		return 1
	}
	return 0
}

// insideDialog is the room in a dialog's box.
func (m *Model) insideDialog() (w, h int) {
	w, h = min(m.w-4, 92)-4, m.h-6
	if m.w < 60 {
		w = m.w - 4
	}
	if m.h < ruledH {
		h = m.h - 4
	}
	return w, h - 2*m.dialogPad()
}

// titled is a dialog's title. Where a screen asks for what it shows, production
// is named in it, as far as there is room: the header is far from the eye.
func (m *Model) titled(a asked) string {
	title, p := a.dlg.Title(), m.top().place
	if _, environment := (world.Connection{Name: p.Connection}).Of(); a.owner != m.top().id || !p.Production || environment != "" {
		return title
	}
	innerW, _ := m.insideDialog()
	if long := "◆ " + m.env.Text.UI.Home.Production + "  " + title; grid.Width(long) <= innerW-2 {
		return long
	}
	return title
}

// overlay draws a dialog over the page.
func (m *Model) overlay(page, title string, v screen.View) (string, *tea.Cursor) {
	t, pad := m.env.Theme, m.dialogPad()
	innerW, innerH := m.insideDialog()
	w := innerW + 4
	lines := grid.Lines(v.Body, innerW, innerH)
	if pad > 0 {
		lines = append(append([]string{""}, lines...), "")
	}
	title = grid.Cut(" "+title+" ", w-4)
	border := lipgloss.NewStyle().Foreground(t.AccentColor())
	edge := func(l, fill, r string, n int) string { return border.Render(l + strings.Repeat(fill, max(n, 0)) + r) }
	box := []string{border.Render("╭─") + t.Accent.Render(title) + edge("", "─", "╮", w-3-grid.Width(title))}
	for _, l := range lines {
		box = append(box, border.Render("│")+" "+l+grid.Space(innerW-grid.Width(l))+" "+border.Render("│"))
	}
	box = append(box, edge("╰", "─", "╯", w-2))
	x, y := (m.w-w)/2, max((m.h-len(box))/2, 0)
	drawn := lipgloss.NewCompositor(
		lipgloss.NewLayer(m.dimmed(page)),
		lipgloss.NewLayer(strings.Join(box, "\n")).X(x).Y(y).Z(1),
	).Render()
	m.hits.place(v.Spots, x+2, y+1+pad, innerW, innerH+2*pad)
	return drawn, m.cursor(v.Cursor, x+2, y+1+pad, innerW, innerH+2*pad)
}

// dimmed is the page beneath a dialog: there is one thing in focus. Header and
// footer keep their looks; the footer is the dialog's.
func (m *Model) dimmed(page string) string {
	lines := strings.Split(page, "\n")
	edge := 1
	if m.ruled() {
		edge = 2
	}
	for i := edge; i < len(lines)-edge; i++ {
		lines[i] = m.env.Theme.Faint.Render(ansi.Strip(lines[i]))
	}
	return strings.Join(lines, "\n")
}

// sorry says which size is needed.
func (m *Model) sorry() string {
	s := text.Fill(m.env.Text.UI.Frame.TooSmall,
		"w", itoa(minW), "h", itoa(minH), "gotw", itoa(m.w), "goth", itoa(m.h))
	return strings.Join(grid.Lines(strings.Join(grid.Wrap(s, m.w), "\n"), m.w, m.h), "\n")
}
