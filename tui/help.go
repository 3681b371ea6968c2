package tui

import (
	"slices"

	"charm.land/bubbles/v2/key"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
)

// newHelp lists every key that works on the screen beneath, now, and each of
// them once.
func newHelp(env *screen.Env, scr screen.Screen, version string) screen.Dialog {
	k := env.Keys
	all := slices.Clone(scr.Keys())
	if s, ok := scr.(screen.Speller); ok {
		all = slices.Clone(s.KeysInFull())
	}
	if scr.Typing() {
		all = append(all, k.Interrupt)
	} else {
		all = append(append(all, moving(env, scr, all)...), k.Quit)
	}
	all = append(all, k.Language, k.Mouse, k.Suspend, k.Redraw)
	width := 0
	for _, b := range all {
		width = max(width, grid.Width(b.Help().Key))
	}
	var lines []dialog.Line
	seen := map[string]bool{}
	for _, b := range all {
		h := b.Help()
		if !b.Enabled() || seen[h.Key] {
			continue
		}
		seen[h.Key] = true
		lines = append(lines, dialog.Line{Text: grid.Fit(h.Key, width) + "   " + h.Desc})
	}
	if version != "" {
		lines = append(lines, dialog.Line{}, dialog.Line{Text: "mediadock " + version, Role: dialog.Muted})
	}
	return dialog.NewNotice(env, env.Text.UI.Frame.HelpTitle, lines, nil).
		Wording(func() screen.Dialog { return newHelp(env, scr, version) })
}

// moving are the keys that move the cursor of a list, or scroll the text that
// a screen has in its place; none where neither can be done.
func moving(env *screen.Env, scr screen.Screen, works []key.Binding) []key.Binding {
	k, w := env.Keys, env.Text.UI.Keys
	scrolls := slices.ContainsFunc(works, func(b key.Binding) bool { return b.Help() == k.Scroll.Help() })
	if t, ok := scr.(screen.Texter); ok && t.ShowsText() && !scrolls {
		return nil
	}
	pair := func(a, b key.Binding) key.Binding {
		return key.NewBinding(
			key.WithKeys(append(a.Keys(), b.Keys()...)...),
			key.WithHelp(a.Help().Key+"/"+b.Help().Key, a.Help().Desc+" / "+b.Help().Desc))
	}
	var out []key.Binding
	if !scrolls {
		out = append(out, keys.As(k.Pick, w.Move))
	}
	return append(out, pair(k.PageUp, k.PageDown), pair(k.Top, k.Bottom))
}
