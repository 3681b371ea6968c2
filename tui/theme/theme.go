// Package theme gives every colour and emphasis a role. Screens name roles,
// never colours. Nothing depends on colour alone: wherever a role carries
// meaning, a word or a symbol says the same.
package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// Theme is one set of tokens.
type Theme struct {
	Dark bool

	Text   lipgloss.Style // prose and values
	Strong lipgloss.Style // what a line is about
	Muted  lipgloss.Style // labels, times, what may be overlooked
	Faint  lipgloss.Style // rules and borders
	Accent lipgloss.Style // the one thing in focus
	OK     lipgloss.Style
	Warn   lipgloss.Style
	Bad    lipgloss.Style
	Code   lipgloss.Style // documents, commands, URLs
	Added  lipgloss.Style
	Key    lipgloss.Style // a key in the footer
	Badge  lipgloss.Style // a short label in the header
	Button lipgloss.Style
	Off    lipgloss.Style // a button that is not chosen

	row    color.Color // background of the row under the cursor
	accent color.Color
}

// palette is one column of colours; every pair has a contrast of at least
// 4.5 on its usual background, rules excepted.
type palette struct {
	muted, faint, accent, ok, warn, bad, code, row, onAccent, offBg string
}

// unknown is for terminals that do not say whether they are dark: every colour
// reads on black and on white, and no background but one of a label is set.
var unknown = palette{"#767676", "#878787", "#5f5fff", "#008700", "#af5f00", "#d70000", "#767676", "", "#ffffff", "#767676"}

// The colours are of the 256 that nearly every terminal has, so that nothing
// is rounded to a neighbour where true colour is missing.
var (
	dark  = palette{"#9e9e9e", "#585858", "#87afff", "#87d787", "#d7af5f", "#ff8787", "#bcbcbc", "#303030", "#121212", "#444444"}
	light = palette{"#585858", "#b2b2b2", "#005faf", "#005f00", "#875f00", "#af0000", "#444444", "#e4e4e4", "#ffffff", "#d0d0d0"}
)

// New returns the theme for a dark or a light terminal.
func New(isDark bool) *Theme {
	if isDark {
		return from(dark, true)
	}
	return from(light, false)
}

// Unknown returns the theme for a terminal that has not told its background,
// and perhaps never will.
func Unknown() *Theme { return from(unknown, false) }

func from(p palette, isDark bool) *Theme {
	fg := func(hex string) lipgloss.Style { return lipgloss.NewStyle().Foreground(lipgloss.Color(hex)) }
	t := &Theme{
		Dark:   isDark,
		Text:   lipgloss.NewStyle(),
		Strong: lipgloss.NewStyle().Bold(true),
		Muted:  fg(p.muted),
		Faint:  fg(p.faint),
		Accent: fg(p.accent).Bold(true),
		OK:     fg(p.ok),
		Warn:   fg(p.warn),
		Bad:    fg(p.bad),
		Code:   fg(p.code),
		Added:  fg(p.ok),
		Key:    fg(p.accent),
		Badge:  fg(p.onAccent).Background(lipgloss.Color(p.warn)).Bold(true).Padding(0, 1),
		Button: fg(p.onAccent).Background(lipgloss.Color(p.accent)).Bold(true).Padding(0, 2),
		Off:    lipgloss.NewStyle().Background(lipgloss.Color(p.offBg)).Padding(0, 2),
		accent: lipgloss.Color(p.accent),
	}
	if p.row != "" {
		t.row = lipgloss.Color(p.row)
	}
	return t
}

// On returns style as it looks in a row: under the cursor it stands on the
// row's background, or is bold where there is none. Render every segment of a row through it, gaps included.
func (t *Theme) On(style lipgloss.Style, cursor bool) lipgloss.Style {
	switch {
	case !cursor:
		return style
	case t.row == nil:
		return style.Bold(true)
	}
	return style.Background(t.row)
}

// AccentColor is the colour of focus, for cursors and borders.
func (t *Theme) AccentColor() color.Color { return t.accent }
