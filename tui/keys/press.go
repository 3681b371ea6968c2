package keys

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Press is the message of a key by the name that bubbletea gives it: "enter",
// "ctrl+o", "shift+tab", "space", "x". It panics at what is no key: names come
// from the program itself.
func Press(name string) tea.KeyPressMsg {
	var k tea.Key
	for {
		mod, rest, found := strings.Cut(name, "+")
		if !found || rest == "" || modifiers[mod] == 0 {
			break
		}
		k.Mod |= modifiers[mod]
		name = rest
	}
	if code, ok := named[name]; ok {
		k.Code = code
		if name == "space" && k.Mod == 0 {
			k.Text = " "
		}
		return tea.KeyPressMsg(k)
	}
	r := []rune(name)
	if len(r) != 1 {
		panic("keys: no key is called " + name)
	}
	k.Code = r[0]
	if k.Mod&^tea.ModShift == 0 {
		k.Text = name
	}
	return tea.KeyPressMsg(k)
}

var modifiers = map[string]tea.KeyMod{"ctrl": tea.ModCtrl, "shift": tea.ModShift, "alt": tea.ModAlt}

var named = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace,
	"backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6,
	"f7": tea.KeyF7, "f8": tea.KeyF8, "f9": tea.KeyF9, "f10": tea.KeyF10, "f11": tea.KeyF11, "f12": tea.KeyF12,
}
