// Package line is a one-line text field with a real cursor. Editing is
// bubbles' textinput; drawing is done here, because an input method composes
// at the terminal's own cursor and needs it counted in cells, and because
// what was pasted may hold characters that must not reach the terminal.
package line

import (
	"sort"
	"strings"
	"unicode"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/text"
)

// Field is the text and where its cursor stands.
type Field struct {
	in    textinput.Model
	left  int // first rune drawn
	width int
}

// New returns a focused field holding value, the cursor at its end.
func New(value string) Field {
	in := textinput.New()
	in.SetVirtualCursor(false)
	in.Prompt = ""
	// ctrl+v would ask a program on the computer for its clipboard; the
	// terminal's own paste arrives as text.
	in.KeyMap.Paste = key.NewBinding()
	// These belong to the screen around the field.
	in.KeyMap.AcceptSuggestion = key.NewBinding()
	in.KeyMap.NextSuggestion = key.NewBinding()
	in.KeyMap.PrevSuggestion = key.NewBinding()
	in.SetValue(value)
	in.CursorEnd()
	in.Focus()
	return Field{in: in, width: 20}
}

// Value is the text.
func (f *Field) Value() string { return f.in.Value() }

// Set replaces the text and puts the cursor at its end.
func (f *Field) Set(s string) { f.in.SetValue(s); f.in.CursorEnd() }

// SetCursor puts the cursor before the rune with that index.
func (f *Field) SetCursor(i int) { f.in.SetCursor(i) }

// SetWidth says how many cells there are to draw in, the cursor's included.
func (f *Field) SetWidth(w int) { f.width = max(w, 2) }

// Update edits for a key or a paste and tells whether the text changed.
func (f *Field) Update(msg tea.Msg) (changed bool) {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if m.Mod.Contains(tea.ModCtrl) && m.Code == 'v' {
			return false
		}
	case tea.PasteMsg:
		msg = tea.PasteMsg{Content: strings.TrimRight(m.Content, "\r\n")}
	default:
		return false
	}
	before := f.in.Value()
	f.in, _ = f.in.Update(msg)
	return f.in.Value() != before
}

// View draws the field in its width and says in which cell the cursor is.
// hint is shown, in its own style, while the field is empty.
func (f *Field) View(style lipgloss.Style, hint string, hintStyle lipgloss.Style) (drawn string, cursor int) {
	runes := []rune(f.in.Value())
	if len(runes) == 0 {
		f.left = 0
		return hintStyle.Render(grid.Fit(text.Safe(hint), f.width)), 0
	}
	pos := min(f.in.Position(), len(runes))
	f.left = min(f.left, pos)
	f.left += sort.Search(pos-f.left, func(i int) bool { return cells(runes[f.left+i:pos]) <= f.width-1 })
	for f.left > 0 && cells(head(runes[f.left-1:], f.width)) <= f.width-1 { // room again after deleting
		f.left--
	}
	shown := text.Safe(string(head(runes[f.left:], f.width)))
	if grid.Width(shown) > f.width {
		shown = grid.Head(shown, f.width)
	}
	return style.Render(shown + grid.Space(f.width-grid.Width(shown))), cells(runes[f.left:pos])
}

// Plain draws the text of a field that has not the focus.
func (f *Field) Plain() string { return text.Safe(f.in.Value()) }

func cells(r []rune) int { return grid.Width(text.Safe(string(r))) }

// head is as much of a long text as can be seen in w cells: measuring all of
// it at every key would make a long paste slow.
func head(r []rune, w int) []rune { return r[:min(len(r), 4*w+16)] }

// Unquote reads a line as a person pastes or drops paths into a terminal:
// separated by blanks, in quotes, or with blanks escaped by backslashes.
func Unquote(s string) []string {
	var out []string
	var cur strings.Builder
	var quote rune
	open, escaped := false, false
	for _, r := range s {
		switch {
		case escaped:
			cur.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			escaped, open = true, true
		case quote != 0:
			if r == quote {
				quote = 0
			} else {
				cur.WriteRune(r)
			}
		case (r == '\'' || r == '"') && !open:
			quote, open = r, true
		case unicode.IsSpace(r) && r != '　':
			if open {
				out = append(out, cur.String())
				cur.Reset()
				open = false
			}
		default:
			cur.WriteRune(r)
			open = true
		}
	}
	if open {
		out = append(out, cur.String())
	}
	return out
}

// SplitLast divides a line of paths before its last one, which is returned
// without quotes and escapes: the one that completion goes on with.
func SplitLast(s string) (head, last string) {
	all := Unquote(s)
	if len(all) == 0 || strings.HasSuffix(s, " ") && !strings.HasSuffix(s, `\ `) {
		return s, ""
	}
	last = all[len(all)-1]
	// The head is the longest beginning that holds one path less.
	runes := []rune(s)
	for i := len(runes); i >= 0; i-- {
		if head = string(runes[:i]); len(Unquote(head)) < len(all) {
			return head, last
		}
	}
	return "", last
}

// Quote escapes a path so that Unquote reads it as one.
func Quote(path string) string {
	var b strings.Builder
	for i, r := range path {
		if r == '\\' || unicode.IsSpace(r) && r != '　' || i == 0 && (r == '"' || r == '\'') {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
