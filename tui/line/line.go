// Package line is a one-line text field with a real cursor. Editing is
// bubbles' textinput; drawing is done here, because an input method composes
// at the terminal's own cursor and needs it counted in cells, and because
// what was pasted may hold characters that must not reach the terminal.
package line

import (
	"net/url"
	"sort"
	"strings"

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
// separated by blanks, in quotes, with blanks escaped by backslashes, or as
// file:// URLs. Only the blanks of ASCII separate: the names of screenshots and
// of Japanese folders hold others. In the paths of Windows a backslash is what
// it looks like.
func Unquote(s string) []string {
	var out []string
	var cur strings.Builder
	var quote rune
	open, escaped, quoted, unc := false, false, false, false
	push := func() {
		if open {
			out = append(out, fromURL(cur.String()))
		}
		cur.Reset()
		open, quoted = false, false
	}
	for i, r := range s {
		if cur.Len() == 0 && !escaped {
			unc = share(s[i:])
		}
		switch {
		case escaped:
			cur.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'' && !onDrive(cur.String()) && !unc:
			escaped, open = true, true
		case quote != 0:
			if r == quote {
				quote = 0
			} else {
				cur.WriteRune(r)
			}
		case (r == '\'' || r == '"') && (!open || quoted): // 'it'\''s' is one name, it's is another
			quote, open, quoted = r, true, true
		case blank(r):
			push()
		default:
			cur.WriteRune(r)
			open = true
		}
	}
	push()
	return out
}

// mostWords is up to how many words paths with bare blanks are sought in, and
// mostBlanks how many one of them may have: each may cost a look at the disk.
const (
	mostWords  = 60
	mostBlanks = 12
)

// Paths is Unquote for people whose terminal or file manager escapes nothing:
// where a path with blanks in it is there, it is one. there looks at the disk.
func Paths(s string, there func(path string) bool) []string {
	whole := fromURL(strings.TrimSpace(s))
	plain := Unquote(s)
	if len(plain) < 2 || len(plain) > mostWords {
		return plain
	}
	if there(whole) {
		return []string{whole}
	}
	if strings.ContainsAny(s, "\"'\\") || allThere(plain, there) {
		return plain
	}
	if joined := join(s, there); joined != nil {
		return joined
	}
	return plain
}

func allThere(paths []string, there func(string) bool) bool {
	for _, p := range paths {
		if !there(p) {
			return false
		}
	}
	return true
}

// join reads a line as paths whose blanks nobody escaped: each the shortest
// that is there. nil where something is left over.
func join(s string, there func(string) bool) []string {
	var out []string
	for s = strings.TrimFunc(s, blank); s != ""; s = strings.TrimLeftFunc(s, blank) {
		end, blanks := 0, 0
		for i, r := range s + " " {
			if !blank(r) {
				continue
			}
			if there(fromURL(s[:i])) {
				end = i
				break
			}
			if blanks++; blanks > mostBlanks {
				break
			}
		}
		if end == 0 {
			return nil
		}
		out, s = append(out, fromURL(s[:end])), s[end:]
	}
	return out
}

// blank tells what separates paths.
func blank(r rune) bool { return r == ' ' || r >= '\t' && r <= '\r' }

// onDrive tells a path of Windows, as C:\Users.
func onDrive(s string) bool {
	return len(s) >= 2 && s[1] == ':' && (s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z')
}

// share tells whether a path of a Windows network share begins, as
// \\nas\photos.
func share(s string) bool {
	host, rest, ok := strings.Cut(strings.TrimPrefix(s, `\\`), `\`)
	return ok && strings.HasPrefix(s, `\\`) && host != "" && !strings.ContainsFunc(host, blank) && rest != "" && !blank(rune(rest[0]))
}

// fromURL is the path of a file:// URL; anything else stays as it is. The slash
// that file managers put behind a folder says nothing.
func fromURL(s string) string {
	if len(s) < 7 || !strings.EqualFold(s[:7], "file://") {
		return s
	}
	u, err := url.Parse(s)
	if err != nil || !strings.HasPrefix(u.Path, "/") {
		return s
	}
	p := u.Path
	switch host := u.Host; {
	case onDrive(p[1:]):
		p = p[1:]
	case host != "" && !strings.EqualFold(host, "localhost"): // a share, as Windows names it
		p = `\\` + host + strings.ReplaceAll(p, "/", `\`)
	}
	if trimmed := strings.TrimRight(p, "/"); trimmed != "" {
		p = trimmed
	}
	return p
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
	if onDrive(path) && strings.ContainsFunc(path, blank) {
		return `"` + path + `"`
	}
	var b strings.Builder
	for i, r := range path {
		if r == '\\' && !onDrive(path) || blank(r) || i == 0 && (r == '"' || r == '\'') {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// At tells before which rune the cursor stands, and how many there are.
func (f *Field) At() (position, length int) {
	return f.in.Position(), len([]rune(f.in.Value()))
}
