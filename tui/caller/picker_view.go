package caller

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// Columns of a profile.
const (
	colName = iota
	colKind
	colAccount
	colRegion
	colMFA
	colUse
)

// roomy is the height from which there is more than the list.
const roomy = 12

// most is how many profiles are in sight at once.
const most = 12

// View draws who it is now, the search, the list, and what is known of the
// profile under the cursor.
func (p *picker) View(w, h int) screen.View {
	t, words := p.env.Theme, p.words()
	var out []string
	if h >= roomy {
		out = append(p.now(w), "")
	}
	p.find.SetWidth(max(w-2, 2))
	drawn, x := p.find.View(t.Text, words.PickSearch, t.Faint)
	cursor := tea.NewCursor(2+x, len(out))
	out = append(out, t.Accent.Render("> ")+drawn)
	foot := p.foot(w, h)
	p.list.SetHeight(max(min(h-len(out)-len(foot), most), 1))
	spots := p.list.Spots(len(out), w, p.env.Keys.Choose)
	out = append(append(out, p.rows(w)...), foot...)
	return screen.View{Body: strings.Join(out[:min(len(out), h)], "\n"), Cursor: cursor, Spots: spots}
}

// now is who the program runs as.
func (p *picker) now(w int) []string {
	t, words := p.env.Theme, p.words()
	lines := Header(p.env)
	if len(lines) == 0 {
		return nil
	}
	lead := p.env.Text.Lead(words.PickNow)
	for _, l := range lines {
		if grid.Width(lead+l) <= w {
			return []string{t.Muted.Render(lead) + l}
		}
	}
	return []string{t.Muted.Render(lead) + grid.Cut(lines[len(lines)-1], w-grid.Width(lead))}
}

// foot is what is known of the profile under the cursor, and what mediadock
// will not ask for.
func (p *picker) foot(w, h int) []string {
	t, words := p.env.Theme, p.words()
	var out []string
	add := func(style lipgloss.Style, s string) {
		for _, l := range grid.Wrap(s, w) {
			out = append(out, style.Render(l))
		}
	}
	switch x, any := p.under(); {
	case p.err != nil:
		out = append(out, "")
		add(t.Bad, text.Safe(p.env.World.Explain("", p.err).Raw))
	case !p.read:
	case len(p.all) == 1:
		if h >= roomy {
			out = append(out, "")
		}
		for _, l := range p.noProfiles() {
			style := t.Text
			switch l.Role {
			case dialog.Strong:
				style = t.Strong
			case dialog.Code:
				style = t.Code
			}
			add(style, l.Text)
		}
	case any && h >= 6:
		if h >= roomy {
			out = append(out, "")
		}
		if b := x.Broken; b != nil {
			add(t.Warn, "! "+p.env.Sentence(b.Code, b.Args))
		}
		add(t.Muted, text.Fill(words.ProfileIs, "name", p.name(x), "facts", p.facts(x)))
	}
	if h >= roomy {
		add(t.Muted, words.NeverKeys)
	}
	return out[:min(len(out), max(h-3, 0))]
}

// rows are the visible profiles.
func (p *picker) rows(w int) []string {
	t, words := p.env.Theme, p.words()
	switch {
	case !p.read:
		return []string{"  " + t.Muted.Render(grid.Cut(words.PickReading, w-2))}
	case len(p.hits) == 0:
		return []string{"  " + t.Muted.Render(grid.Cut(words.PickNothing, w-2))}
	}
	widths := p.columns(w)
	return p.list.Rows(func(i int, cursor bool) string { return p.row(p.all[p.hits[i]], widths, w, cursor) })
}

// cells are the columns of a profile.
func (p *picker) cells(x world.Profile) []string {
	words := p.words()
	c := []string{colName: p.name(x), colKind: "", colAccount: text.Safe(world.Grouped(x.Account)), colRegion: text.Safe(x.Region), colMFA: "", colUse: ""}
	if x.Name != "" {
		c[colKind] = KindWord(words, x.Kind)
	}
	if x.MFA {
		c[colMFA] = words.MFA
	}
	if x.Current {
		c[colUse] = words.InUse
	}
	return c
}

func (p *picker) columns(w int) []int {
	var widest [colUse + 1]int
	for _, x := range p.all {
		for i, c := range p.cells(x) {
			widest[i] = max(widest[i], grid.Width(c))
		}
	}
	return grid.Columns(w-2, []grid.Column{
		colName:    {Min: min(widest[colName], 16), Max: widest[colName], Flex: true},
		colKind:    {Min: max(widest[colKind], 1), Rank: 2},
		colAccount: {Min: max(widest[colAccount], 1), Rank: 3},
		colRegion:  {Min: max(widest[colRegion], 1), Rank: 4},
		colMFA:     {Min: max(widest[colMFA], 1), Rank: 1},
		colUse:     {Min: max(widest[colUse], 1)},
	})
}

func (p *picker) row(x world.Profile, widths []int, w int, cursor bool) string {
	t := p.env.Theme
	on := func(s lipgloss.Style, v string) string { return t.On(s, cursor).Render(v) }
	mark := "  "
	if cursor {
		mark = "> "
	}
	styles := []lipgloss.Style{colName: t.Strong, colKind: t.Text, colAccount: t.Text, colRegion: t.Muted, colMFA: t.Warn, colUse: t.OK}
	out, used := on(t.Accent, mark), 2
	for i, c := range p.cells(x) {
		if widths[i] == 0 {
			continue
		}
		if used > 2 {
			out += on(t.Text, grid.Space(grid.Gap))
			used += grid.Gap
		}
		out += on(styles[i], grid.Fit(c, widths[i]))
		used += widths[i]
	}
	return out + on(t.Text, grid.Space(w-used))
}
