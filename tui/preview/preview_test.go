package preview

import (
	"fmt"
	"image"
	"image/color"
	"testing"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

func TestPicturesKeepTheirProportions(t *testing.T) {
	for _, c := range []struct{ w, h, cols, rows, x, y int }{
		{512, 288, 40, 40, 40, 11}, {288, 512, 40, 20, 22, 20}, {512, 512, 40, 40, 40, 20}, {512, 512, 80, 10, 20, 10},
		{10, 6, 80, 40, 10, 3}, {1, 512, 30, 10, 1, 10}, {512, 1, 30, 10, 30, 1}, {0, 5, 9, 9, 0, 0}, {5, 5, 0, 9, 0, 0},
	} {
		if x, y := Cells(c.w, c.h, c.cols, c.rows); x != c.x || y != c.y {
			t.Errorf("%dx%d in %dx%d cells: %dx%d, want %dx%d", c.w, c.h, c.cols, c.rows, x, y, c.x, c.y)
		}
	}
}

// The cells have the colours of the picture, as a terminal reads them.
func TestCellsHaveTwoPixels(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 2, 3))
	red, blue, half := color.RGBA{R: 255, A: 255}, color.RGBA{B: 255, A: 255}, color.RGBA{G: 128, A: 128}
	for y, c := range []color.RGBA{red, blue, half} {
		m.SetRGBA(0, y, c)
		m.SetRGBA(1, y, c)
	}
	white := color.RGBA{255, 255, 255, 255}
	lines := Lines(m, 10, 10, white)
	if len(lines) != 2 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, l := range lines {
		if ansi.StringWidth(l) != 2 {
			t.Errorf("%d cells wide", ansi.StringWidth(l))
		}
	}
	buf := uv.NewScreenBuffer(4, 2)
	for y, l := range lines {
		uv.NewStyledString(l).Draw(buf, image.Rect(0, y, 4, y+1))
	}
	show := func(c color.Color) string {
		if c == nil {
			return "none"
		}
		r, g, b, _ := c.RGBA()
		return fmt.Sprint(r>>8, g>>8, b>>8)
	}
	top, low := buf.CellAt(0, 0), buf.CellAt(1, 1)
	if show(top.Style.Fg) != "255 0 0" || show(top.Style.Bg) != "0 0 255" {
		t.Errorf("upper cell: %s over %s", show(top.Style.Fg), show(top.Style.Bg))
	}
	if show(low.Style.Fg) != "127 255 127" || show(low.Style.Bg) != "none" {
		t.Errorf("half transparent on white: %s over %s", show(low.Style.Fg), show(low.Style.Bg))
	}
}

func TestPicturesAreDrawnWhereThereAreColours(t *testing.T) {
	for p, want := range map[colorprofile.Profile]bool{
		colorprofile.TrueColor: true, colorprofile.ANSI256: true, colorprofile.ANSI: false,
		colorprofile.ASCII: false, colorprofile.NoTTY: false, colorprofile.Unknown: false,
	} {
		if Draws(p) != want {
			t.Errorf("%v: %v", p, !want)
		}
	}
}

func BenchmarkLines(b *testing.B) {
	m := image.NewRGBA(image.Rect(0, 0, 512, 288))
	for i := range m.Pix {
		m.Pix[i] = byte(i * 7)
	}
	for b.Loop() {
		Lines(m, 60, 30, color.RGBA{A: 255})
	}
}
