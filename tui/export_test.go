package tui

import "charm.land/bubbles/v2/key"

// Collision finds a key that the screen on top binds twice, navigation
// included where letters are not text.
func (m *Model) Collision() (first, second, which string) {
	scr := m.top().scr
	all := append([]key.Binding{}, scr.Keys()...)
	if !scr.Typing() {
		k := m.env.Keys
		all = append(all, k.Help, k.Quit)
		if len(scr.Keys()) > 0 {
			all = append(all, k.Up, k.Down, k.PageUp, k.PageDown)
		}
	}
	seen := map[string]string{}
	for _, b := range all {
		for _, name := range b.Keys() {
			if before, ok := seen[name]; ok && before != b.Help().Desc && b.Help().Desc != m.env.Text.UI.Keys.Scroll && before != m.env.Text.UI.Keys.Scroll {
				return before, b.Help().Desc, name
			}
			seen[name] = b.Help().Desc
		}
	}
	return "", "", ""
}
