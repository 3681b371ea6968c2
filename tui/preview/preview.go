// Package preview draws pictures with half blocks: two pixels to a cell, which
// nearly every terminal shows, through tmux and ssh, too.
package preview

import (
	"image"
	"image/color"
	"strconv"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"github.com/mediadock/mediadock/media/preview"
)

// Draws tells whether a terminal of that profile can show pictures: with 16
// colours a photo is noise, and without any a rectangle. A profile that is not
// known yet draws none.
func Draws(p colorprofile.Profile) bool {
	return p == colorprofile.TrueColor || p == colorprofile.ANSI256
}

// Cells is how many cells a picture of w by h pixels takes in an area of
// cells: in its own proportions, and not much larger than it is.
func Cells(w, h, cols, rows int) (int, int) {
	if w <= 0 || h <= 0 || cols <= 0 || rows <= 0 {
		return 0, 0
	}
	x, y := preview.Within(w, h, cols, 2*rows)
	return x, (y + 1) / 2
}

// Lines draws a picture in at most cols by rows cells; none where there is no
// room for one. What is transparent is drawn on ground.
func Lines(m *image.RGBA, cols, rows int, ground color.RGBA) []string {
	b := m.Bounds()
	w, h := Cells(b.Dx(), b.Dy(), cols, rows)
	if w == 0 || h == 0 {
		return nil
	}
	x, y := preview.Within(b.Dx(), b.Dy(), cols, 2*rows)
	small := image.NewRGBA(image.Rect(0, 0, x, y))
	preview.Scale(small, m)
	lines := make([]string, h)
	for row := range lines {
		lines[row] = line(small, 2*row, ground)
	}
	return lines
}

// line is a row of cells: the upper pixel is the colour of the half block, the
// lower one that of the cell. Colours are written where they change.
func line(m *image.RGBA, y int, ground color.RGBA) string {
	var out strings.Builder
	var up, low color.RGBA
	odd := y+1 >= m.Rect.Dy() // there is no lower pixel
	for x := range m.Rect.Dx() {
		u := over(m.RGBAAt(x, y), ground)
		l := ground
		if !odd {
			l = over(m.RGBAAt(x, y+1), ground)
		}
		if x == 0 || u != up {
			out.WriteString("\x1b[38;2;")
			channels(&out, u)
		}
		if !odd && (x == 0 || l != low) {
			out.WriteString("\x1b[48;2;")
			channels(&out, l)
		}
		up, low = u, l
		out.WriteString("▀")
	}
	out.WriteString("\x1b[m")
	return out.String()
}

func channels(out *strings.Builder, c color.RGBA) {
	var b [12]byte
	s := strconv.AppendUint(b[:0], uint64(c.R), 10)
	s = strconv.AppendUint(append(s, ';'), uint64(c.G), 10)
	s = strconv.AppendUint(append(s, ';'), uint64(c.B), 10)
	out.Write(append(s, 'm'))
}

// over puts a pixel, premultiplied as those of image.RGBA are, on an opaque
// one.
func over(c, ground color.RGBA) color.RGBA {
	if c.A == 255 {
		return c
	}
	mix := func(a, b uint8) uint8 { return uint8(min(int(a)+int(b)*(255-int(c.A))/255, 255)) }
	return color.RGBA{mix(c.R, ground.R), mix(c.G, ground.G), mix(c.B, ground.B), 255}
}
