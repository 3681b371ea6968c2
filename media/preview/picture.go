package preview

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"io"

	// The formats that can be drawn.
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"

	_ "golang.org/x/image/bmp"
	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"
)

var pictures = []struct{ magic, name string }{
	{"\xff\xd8\xff", "JPEG"}, {"\x89PNG\r\n\x1a\n", "PNG"}, {"GIF87a", "GIF"}, {"GIF89a", "GIF"},
	{"BM", "BMP"}, {"II*\x00", "TIFF"}, {"MM\x00*", "TIFF"},
}

func pictureName(h []byte) string {
	for _, p := range pictures {
		if bytes.HasPrefix(h, []byte(p.magic)) {
			return p.name
		}
	}
	if len(h) >= 12 && string(h[:4]) == "RIFF" && string(h[8:12]) == "WEBP" {
		return "WebP"
	}
	return ""
}

func isPicture(h []byte) bool {
	name := pictureName(h)
	if name == "BMP" { // two letters prove little
		_, format, err := image.DecodeConfig(bytes.NewReader(h))
		return err == nil && format == "bmp"
	}
	return name != ""
}

// picture judges a picture by its header, and decodes it where that is cheap
// enough.
func (o *object) picture(ctx context.Context) error {
	p := o.p
	p.Format = pictureName(o.head)
	hint := readHints(p.Format, o.head)
	p.Turned = hint.turn > 1
	p.Moving = hint.moving
	conf, _, err := image.DecodeConfig(bytes.NewReader(o.head))
	small := o.Size <= WholeBytes
	data := o.head
	if err != nil && !small {
		p.Why = TooLarge
		return nil
	}
	if small {
		if data, err = o.whole(ctx); err != nil {
			return err
		}
		o.tells(data)
		hint = readHints(p.Format, data)
		p.Turned, p.Moving = hint.turn > 1, hint.moving
		if conf, _, err = image.DecodeConfig(bytes.NewReader(data)); err != nil {
			p.Why = Damaged
			if errors.Is(err, image.ErrFormat) || unsupported(err) {
				p.Why = Unsupported
			}
			return nil
		}
	}
	p.Width, p.Height = conf.Width, conf.Height
	if hint.turn > 4 {
		p.Width, p.Height = p.Height, p.Width
	}
	switch {
	case !small:
		p.Why = TooLarge
	case cost(conf, hint) > decodeBytes:
		p.Why = TooMany
	default:
		if p.Picture, err = decode(ctx, data, hint.turn); err == nil {
			return nil
		}
		if canceled(err) {
			return err
		}
		p.Why = Damaged
	}
	return o.thumbnail(ctx, hint)
}

// thumbnail takes the small picture that cameras put into a JPEG, where it
// shows the same section.
func (o *object) thumbnail(ctx context.Context, h hints) error {
	if h.thumb == nil {
		return nil
	}
	conf, _, err := image.DecodeConfig(bytes.NewReader(h.thumb))
	if err != nil || conf.Width > Side || conf.Height > Side {
		return nil
	}
	small, err := decode(ctx, h.thumb, h.turn)
	if err != nil {
		if canceled(err) {
			return err
		}
		return nil
	}
	b := small.Bounds()
	if a, z := b.Dx()*o.p.Height, b.Dy()*o.p.Width; 20*max(a-z, z-a) > max(a, z) { // over 5 % off: another section, or with borders
		return nil
	}
	o.p.Picture, o.p.Thumbnail, o.p.Why = small, true, ""
	return nil
}

// unsupported tells errors about rare forms from those about damage. The
// decoders of x/image and the standard library have no common type for them.
func unsupported(err error) bool {
	return bytes.Contains([]byte(err.Error()), []byte("unsupported"))
}

// cost is about how many bytes decoding takes. It is counted in 64 bits: sizes
// in a header are whatever somebody wrote there.
func cost(c image.Config, h hints) int64 {
	n := int64(c.Width) * int64(c.Height)
	if c.Width <= 0 || c.Height <= 0 || n > 1<<40 {
		return 1 << 60
	}
	each := int64(4)
	switch c.ColorModel {
	case color.GrayModel:
		each = 1
	case color.Gray16Model:
		each = 2
	case color.YCbCrModel, color.NYCbCrAModel:
		each = 3
	case color.RGBA64Model, color.NRGBA64Model:
		each = 8
	}
	if _, ok := c.ColorModel.(color.Palette); ok {
		each = 1
	}
	if h.sampled > 0 {
		each = h.sampled
	}
	if h.progressive {
		each *= 5 // the coefficients of all of it are kept, four bytes each
	}
	return n * each
}

// decoding lets one picture at a time be decoded: those of a cursor that moved
// on end soon, but not at once.
var decoding = make(chan struct{}, 1)

// decode makes the small picture, turned as the file says.
func decode(ctx context.Context, data []byte, turn int) (*image.RGBA, error) {
	select {
	case decoding <- struct{}{}:
		defer func() { <-decoding }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	full, _, err := image.Decode(&until{ctx, bytes.NewReader(data)})
	if ctx.Err() != nil { // some decoders hide it behind an error of their own
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	b := full.Bounds()
	if b.Empty() {
		return nil, image.ErrFormat
	}
	w, h := Within(b.Dx(), b.Dy(), Side, Side)
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	Scale(small, full)
	return turned(small, turn), nil
}

// Scale draws a picture into the whole of another one.
func Scale(to *image.RGBA, from image.Image) {
	draw.BiLinear.Scale(to, to.Bounds(), from, from.Bounds(), draw.Src, nil)
}

// until is a reader that ends with a context, which is how decoders are
// stopped.
type until struct {
	ctx context.Context
	r   io.Reader
}

func (u *until) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

// Within is the largest size of the same proportions in a box, and never
// larger than it is.
func Within(w, h, boxW, boxH int) (int, int) {
	if w <= boxW && h <= boxH {
		return max(w, 1), max(h, 1)
	}
	if int64(w)*int64(boxH) > int64(h)*int64(boxW) {
		return max(boxW, 1), max(int(int64(h)*int64(boxW)/int64(w)), 1)
	}
	return max(int(int64(w)*int64(boxH)/int64(h)), 1), max(boxH, 1)
}

// turned is a picture after one of EXIF's eight orientations.
func turned(m *image.RGBA, turn int) *image.RGBA {
	if turn < 2 || turn > 8 {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	size := image.Rect(0, 0, w, h)
	if turn > 4 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch turn {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			out.SetRGBA(tx, ty, m.RGBAAt(x, y))
		}
	}
	return out
}
