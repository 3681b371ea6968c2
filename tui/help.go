package tui

import (
	"charm.land/bubbles/v2/key"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
)

// newHelp lists every key that works on the screen beneath, now.
func newHelp(env *screen.Env, bindings []key.Binding, typing bool, version string) screen.Dialog {
	k := env.Keys
	all := append([]key.Binding{}, bindings...)
	if typing {
		all = append(all, k.Interrupt)
	} else {
		all = append(all, k.Up, k.Down, k.PageUp, k.PageDown, k.Top, k.Bottom, k.Quit)
	}
	all = append(all, k.Suspend, k.Redraw)
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
	return dialog.NewNotice(env, env.Text.UI.Frame.HelpTitle, lines, nil)
}
