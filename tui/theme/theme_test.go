package theme

import (
	"image/color"
	"math"
	"testing"

	"charm.land/lipgloss/v2"
)

// Colours read on their backgrounds: 4.5 to 1 where the background is known,
// and 3.8 to 1 on both where it is not.
func TestColoursReadOnTheirBackgrounds(t *testing.T) {
	black, white := lipgloss.Color("#121212"), lipgloss.Color("#ffffff")
	for name, c := range map[string]struct {
		p    palette
		on   []color.Color
		want float64
	}{
		"dark":    {dark, []color.Color{black, lipgloss.Color(dark.row)}, 4.5},
		"light":   {light, []color.Color{white, lipgloss.Color(light.row)}, 4.5},
		"unknown": {unknown, []color.Color{white, lipgloss.Color("#000000")}, 3.8},
	} {
		for _, bg := range c.on {
			for role, hex := range map[string]string{
				"muted": c.p.muted, "accent": c.p.accent, "ok": c.p.ok, "warn": c.p.warn, "bad": c.p.bad, "code": c.p.code,
			} {
				if got := contrast(lipgloss.Color(hex), bg); got < c.want {
					t.Errorf("%s: %s %s has a contrast of %.1f on %v", name, role, hex, got, bg)
				}
			}
		}
		for role, bg := range map[string]string{"button": c.p.accent, "badge": c.p.warn} {
			if got := contrast(lipgloss.Color(c.p.onAccent), lipgloss.Color(bg)); got < 4.5 {
				t.Errorf("%s: a %s has a contrast of %.1f", name, role, got)
			}
		}
	}
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is the relative luminance of WCAG 2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	lin := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
}
