package preview

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/text/encoding/japanese"
)

// of looks at bytes in memory, and fails when more is read than was counted.
func of(t *testing.T, name string, data []byte) Preview {
	t.Helper()
	p, err := Look(t.Context(), File{Name: name, Size: int64(len(data))}, reader(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return p
}

func reader(data []byte) Read {
	return func(ctx context.Context, off, n int64) ([]byte, error) {
		return data[off:min(off+n, int64(len(data)))], ctx.Err()
	}
}

// corners is a picture whose upper left quarter is red, and whose upper right
// one is green.
func corners(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{B: 255, A: 255}
			switch {
			case x < w/2 && y < h/2:
				c = color.RGBA{R: 255, A: 255}
			case y < h/2:
				c = color.RGBA{G: 255, A: 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func encoded(t *testing.T, f func(b *bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t *testing.T, m image.Image) []byte {
	return encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, m, &jpeg.Options{Quality: 95}) })
}

func asPNG(t *testing.T, m image.Image) []byte {
	return encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, m) })
}

// withEXIF puts an orientation and a thumbnail into a JPEG.
func withEXIF(plain []byte, turn int, thumb []byte) []byte {
	le := binary.LittleEndian
	t := []byte("II*\x00\x08\x00\x00\x00")
	entry := func(tag, kind uint16, v uint32) []byte {
		e := le.AppendUint16(nil, tag)
		e = le.AppendUint16(e, kind)
		return le.AppendUint32(le.AppendUint32(e, 1), v)
	}
	t = le.AppendUint16(t, 1)
	t = append(t, entry(0x0112, 3, uint32(turn))...)
	next := uint32(0)
	if thumb != nil {
		next = uint32(len(t)) + 4
	}
	t = le.AppendUint32(t, next)
	if thumb != nil {
		t = le.AppendUint16(t, 2)
		t = append(t, entry(0x0201, 4, next+2+24+4)...)
		t = append(t, entry(0x0202, 4, uint32(len(thumb)))...)
		t = append(le.AppendUint32(t, 0), thumb...)
	}
	body := append([]byte("Exif\x00\x00"), t...)
	seg := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2))
	return append(append(append([]byte{}, plain[:2]...), append(seg, body...)...), plain[2:]...)
}

func about(t *testing.T, m *image.RGBA, fx, fy float64, want color.RGBA) {
	t.Helper()
	b := m.Bounds()
	got := m.RGBAAt(int(fx*float64(b.Dx())), int(fy*float64(b.Dy())))
	far := func(a, b uint8) bool { return max(a, b)-min(a, b) > 60 }
	if far(got.R, want.R) || far(got.G, want.G) || far(got.B, want.B) {
		t.Errorf("at %.2f,%.2f of %v: %v, want %v", fx, fy, b, got, want)
	}
}

var red, green = color.RGBA{R: 255, A: 255}, color.RGBA{G: 255, A: 255}

func TestPicturesAreDecodedSmall(t *testing.T) {
	m := corners(1600, 900)
	files := map[string][]byte{
		"JPEG": asJPEG(t, m), "PNG": asPNG(t, m),
		"GIF":  encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, m, nil) }),
		"BMP":  encoded(t, func(b *bytes.Buffer) error { return bmp.Encode(b, m) }),
		"TIFF": encoded(t, func(b *bytes.Buffer) error { return tiff.Encode(b, m, &tiff.Options{Compression: tiff.Deflate}) }),
	}
	for format, data := range files {
		p := of(t, "wrong-name.bin", data)
		if p.Format != format || p.Width != 1600 || p.Height != 900 || p.Picture == nil || p.Why != "" {
			t.Errorf("%s: %q %dx%d, picture %v, %q", format, p.Format, p.Width, p.Height, p.Picture != nil, p.Why)
			continue
		}
		if b := p.Picture.Bounds(); b.Dx() != Side || b.Dy() != Side*9/16 {
			t.Errorf("%s: small picture of %v", format, b)
		}
		about(t, p.Picture, .2, .2, red)
		about(t, p.Picture, .8, .2, green)
		if p.Bytes != int64(len(data)) || !p.Looked {
			t.Errorf("%s: %d bytes of %d read, looked %v", format, p.Bytes, len(data), p.Looked)
		}
	}
}

func TestPicturesAreTurnedAsTheySay(t *testing.T) {
	// Where the red corner of the stored picture is seen, by orientation.
	red8 := map[int][2]float64{1: {.2, .2}, 2: {.8, .2}, 3: {.8, .8}, 4: {.2, .8}, 5: {.2, .2}, 6: {.8, .2}, 7: {.8, .8}, 8: {.2, .8}}
	green8 := map[int][2]float64{1: {.8, .2}, 2: {.2, .2}, 3: {.2, .8}, 4: {.8, .8}, 5: {.2, .8}, 6: {.8, .8}, 7: {.8, .2}, 8: {.2, .2}}
	plain := asJPEG(t, corners(80, 40))
	for turn := 1; turn <= 8; turn++ {
		p := of(t, "a.jpg", withEXIF(plain, turn, nil))
		if wide := p.Width == 80 && p.Height == 40; wide != (turn < 5) || p.Turned != (turn > 1) {
			t.Errorf("orientation %d: %dx%d, turned %v", turn, p.Width, p.Height, p.Turned)
		}
		about(t, p.Picture, red8[turn][0], red8[turn][1], red)
		about(t, p.Picture, green8[turn][0], green8[turn][1], green)
	}
}

// pngClaiming is a PNG whose header claims a size.
func pngClaiming(t *testing.T, w, h uint32) []byte {
	data := asPNG(t, corners(8, 8))
	binary.BigEndian.PutUint32(data[16:], w)
	binary.BigEndian.PutUint32(data[20:], h)
	binary.BigEndian.PutUint32(data[29:], crc(data[12:29]))
	return data
}

func TestBombsAreRefusedByTheirHeader(t *testing.T) {
	for _, side := range []uint32{20000, 1 << 20, 1<<31 - 1} {
		p := of(t, "bomb.png", pngClaiming(t, side, side))
		if p.Picture != nil || p.Why != TooMany && p.Why != Unsupported && p.Why != Damaged {
			t.Errorf("%d pixels wide: picture %v, %q", side, p.Picture != nil, p.Why)
		}
	}
	if p := of(t, "bomb.png", pngClaiming(t, 20000, 20000)); p.Why != TooMany || p.Width != 20000 {
		t.Errorf("%q, %d wide; the size is known and tells why", p.Why, p.Width)
	}
}

func TestLargeFilesAreReadInPart(t *testing.T) {
	thumb := asJPEG(t, corners(160, 90))
	photo := withEXIF(asJPEG(t, corners(1600, 900)), 1, thumb)
	photo = append(photo, make([]byte, WholeBytes)...)
	p := of(t, "big.jpg", photo)
	if !p.Thumbnail || p.Picture == nil || p.Picture.Bounds().Dx() != 160 || p.Width != 1600 || p.Why != "" {
		t.Errorf("with a thumbnail: %+v", p)
	}
	if p.Bytes > HeadBytes {
		t.Errorf("%d bytes read", p.Bytes)
	}
	if p.Looked {
		t.Error("a part of a file does not tell what the whole tells")
	}
	odd := withEXIF(asJPEG(t, corners(1600, 900)), 1, asJPEG(t, corners(160, 120)))
	if p := of(t, "odd.jpg", append(odd, make([]byte, WholeBytes)...)); p.Picture != nil || p.Why != TooLarge {
		t.Errorf("a thumbnail of another section is shown: %q", p.Why)
	}
	bare := append(asPNG(t, corners(300, 200)), make([]byte, WholeBytes)...)
	if p := of(t, "big.png", bare); p.Picture != nil || p.Why != TooLarge || p.Width != 300 || p.Bytes > HeadBytes {
		t.Errorf("without one: %q, %dx%d, %d bytes", p.Why, p.Width, p.Height, p.Bytes)
	}
}

func TestDamageIsSaidAndNotShown(t *testing.T) {
	whole := asPNG(t, corners(400, 300))
	p := of(t, "cut.png", whole[:len(whole)/2])
	if p.Picture != nil || p.Why != Damaged || p.Width != 400 {
		t.Errorf("%q %d", p.Why, p.Width)
	}
	if p := of(t, "empty.png", nil); p.Why != Empty || p.Bytes != 0 {
		t.Errorf("%q", p.Why)
	}
}

func TestReadingErrorsAreErrors(t *testing.T) {
	broken := errors.New("broken")
	_, err := Look(t.Context(), File{Name: "a.png", Size: 10}, func(context.Context, int64, int64) ([]byte, error) { return nil, broken })
	if !errors.Is(err, broken) {
		t.Error(err)
	}
}

func TestCancellingEndsDecoding(t *testing.T) {
	data := asPNG(t, corners(900, 900))
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Look(ctx, File{Name: "a.png", Size: int64(len(data))}, func(_ context.Context, off, n int64) ([]byte, error) {
		cancel()
		return data[off : off+n], nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if len(decoding) != 0 {
		t.Error("the place of the one decoder is still taken")
	}
}

func TestTextsAreReadInTheirEncoding(t *testing.T) {
	const said = "春のキャンペーン\n写真は、こちらです。\nABC"
	sjis, _ := japanese.ShiftJIS.NewEncoder().String(said)
	euc, _ := japanese.EUCJP.NewEncoder().String(said)
	jis, _ := japanese.ISO2022JP.NewEncoder().String(said)
	for _, c := range []struct{ name, data, want string }{
		{"UTF-8", said, said}, {"UTF-8", "\xef\xbb\xbf" + said, said},
		{"Shift_JIS", sjis, said}, {"EUC-JP", euc, said}, {"ISO-2022-JP", jis, said},
		{"UTF-16", "\xff\xfeA\x00B\x00", "AB"}, {"UTF-16", "\xfe\xff\x00A\x66\x25", "A春"},
		{"Windows-1252", "caf\xe9 na\xefve", "café naïve"},
	} {
		p := of(t, "a.txt", []byte(c.data))
		if p.Encoding != c.name || strings.Join(p.Lines, "\n") != c.want {
			t.Errorf("%s: %s %q", c.name, p.Encoding, p.Lines)
		}
	}
	if p := of(t, "a.txt", []byte("a\x00b\xff")); p.Why != NoText || p.Lines != nil {
		t.Errorf("binary: %q %q", p.Why, p.Lines)
	}
}

func TestLongTextsAreCutBetweenCharacters(t *testing.T) {
	long := strings.Repeat("あ", HeadBytes) // three bytes each: the head ends within one
	p := of(t, "a.txt", []byte(long))
	if !p.Cut || p.Encoding != "UTF-8" || p.Bytes != HeadBytes || strings.ContainsRune(p.Lines[0], '\ufffd') || len(p.Lines[0]) > mostLine {
		t.Errorf("cut %v, %s, %d bytes, first line of %d", p.Cut, p.Encoding, p.Bytes, len(p.Lines[0]))
	}
	if p := of(t, "b.txt", []byte(strings.Repeat("x\n", 1000))); len(p.Lines) != mostLines || !p.Cut {
		t.Errorf("%d lines, cut %v", len(p.Lines), p.Cut)
	}
}

func TestDrawingsTellTheirSize(t *testing.T) {
	for tag, want := range map[string]string{
		`<svg width="640" height="480px">`: "640x480", `<svg viewBox="0 0 24 12.4">`: "24x12", `<svg width="100%" height="100%">`: "0x0",
	} {
		p := of(t, "a.svg", []byte("<?xml version='1.0'?>\n"+tag+"<script>alert(1)</script></svg>"))
		if got := fmt.Sprintf("%dx%d", p.Width, p.Height); got != want || p.Format != "SVG" || p.Lines == nil {
			t.Errorf("%s: %s %s", tag, p.Format, got)
		}
	}
}

func box(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8)), kind...), body...)
}

func index(seconds uint32, w, h uint32, quarter bool) []byte {
	mvhd := make([]byte, 100)
	binary.BigEndian.PutUint32(mvhd[12:], 1000)
	binary.BigEndian.PutUint32(mvhd[16:], seconds*1000)
	tkhd := make([]byte, 84)
	binary.BigEndian.PutUint32(tkhd[40:], 1<<16)
	if quarter {
		binary.BigEndian.PutUint32(tkhd[40:], 0)
		binary.BigEndian.PutUint32(tkhd[44:], 1<<16)
	}
	binary.BigEndian.PutUint32(tkhd[76:], w<<16)
	binary.BigEndian.PutUint32(tkhd[80:], h<<16)
	return box("moov", box("mvhd", mvhd), box("trak", box("tkhd", tkhd)))
}

func TestFilmsTellSizeAndDurationFromTheirIndex(t *testing.T) {
	ftyp := box("ftyp", []byte("isom\x00\x00\x00\x00"))
	mdat := box("mdat", make([]byte, 4<<20))
	for name, data := range map[string][]byte{
		"index first":  bytes.Join([][]byte{ftyp, index(95, 1920, 1080, false), mdat}, nil),
		"index behind": bytes.Join([][]byte{ftyp, mdat, index(95, 1920, 1080, false)}, nil),
	} {
		p := of(t, "a.mp4", data)
		if p.Format != "MP4" || p.Width != 1920 || p.Height != 1080 || p.Duration != 95*time.Second || p.Why != Unsupported {
			t.Errorf("%s: %+v", name, p)
		}
		if p.Bytes > HeadBytes+indexBytes {
			t.Errorf("%s: %d bytes read", name, p.Bytes)
		}
	}
	if p := of(t, "a.mov", bytes.Join([][]byte{ftyp, index(5, 1920, 1080, true)}, nil)); p.Width != 1080 || p.Height != 1920 {
		t.Errorf("a quarter turn: %dx%d", p.Width, p.Height)
	}
}

func TestStillsTellTheirSize(t *testing.T) {
	ispe := func(w, h uint32) []byte {
		return box("ispe", []byte{0, 0, 0, 0}, binary.BigEndian.AppendUint32(nil, w), binary.BigEndian.AppendUint32(nil, h))
	}
	meta := box("meta", []byte{0, 0, 0, 0}, box("iprp", box("ipco", ispe(512, 512), ispe(4032, 3024), box("irot", []byte{1}))))
	for brand, format := range map[string]string{"heic\x00\x00\x00\x00mif1": "HEIC", "avif\x00\x00\x00\x00mif1": "AVIF", "mif1\x00\x00\x00\x00avif": "AVIF"} {
		p := of(t, "a.heic", append(box("ftyp", []byte(brand)), meta...))
		if p.Format != format || p.Width != 3024 || p.Height != 4032 || p.Why != Unsupported {
			t.Errorf("%q: %+v", brand, p)
		}
	}
}

func TestDocumentsTellPagesAndTitle(t *testing.T) {
	for body, want := range map[string]string{
		"<< /Type /Pages /Kids [3 0 R] /Count 12 >> << /Title (Spring \\(menu\\)) >>":  "12 Spring (menu)",
		"<< /Type/Pages/Count 3/Kids[] >> << /Title <FEFF6625 306E> >>":                "3 春の",
		"<< /Linearized 1 /L 9 /N 40 >> <dc:title><rdf:Alt><rdf:li>A &amp; B</rdf:li>": "40 A & B",
		"<< /Encrypt 5 0 R >> << /Title (x9k2) >>":                                     "0 ",
	} {
		p := of(t, "a.pdf", []byte("%PDF-1.7\n"+body+"\n%%EOF"))
		if got := fmt.Sprintf("%d %s", p.Pages, p.Title); got != want || p.Format != "PDF" {
			t.Errorf("%s: %q", body, got)
		}
	}
	big := append([]byte("%PDF-1.7\n"), make([]byte, 3<<20)...)
	big = append(big, "<< /Type /Pages /Count 7 >>"...)
	if p := of(t, "b.pdf", big); p.Pages != 7 || p.Bytes > 2*HeadBytes {
		t.Errorf("%d pages, %d bytes read", p.Pages, p.Bytes)
	}
}

func TestSoundsTellTheirDuration(t *testing.T) {
	le := binary.LittleEndian
	wav := append([]byte("RIFF\x00\x00\x00\x00WAVEfmt "), le.AppendUint32(nil, 16)...)
	wav = append(wav, 1, 0, 2, 0)
	wav = le.AppendUint32(le.AppendUint32(wav, 44100), 1000)
	wav = append(wav, 4, 0, 16, 0)
	wav = append(append(wav, "data"...), le.AppendUint32(nil, 3000)...)
	wav = append(wav, make([]byte, 3000)...)
	if p := of(t, "a.wav", wav); p.Duration != 3*time.Second || p.Format != "WAV" {
		t.Errorf("%+v", p)
	}
	if p := of(t, "a.mp3", []byte("ID3\x04\x00")); p.Format != "MP3" || p.Why != Unsupported {
		t.Errorf("%+v", p)
	}
}

func TestTheCacheKeepsItsBound(t *testing.T) {
	c := NewCache(1 << 20)
	pic := func() Preview { return Preview{Picture: image.NewRGBA(image.Rect(0, 0, 256, 256))} } // 256 KiB
	for i := range 10 {
		c.Put(fmt.Sprint(i), pic())
		if _, ok := c.Get("0"); i < 3 && !ok {
			t.Errorf("the first is gone after %d", i)
		}
	}
	if c.Held() > 1<<20 {
		t.Errorf("%d bytes held", c.Held())
	}
	if _, ok := c.Get("9"); !ok {
		t.Error("the last one is not kept")
	}
	if _, ok := c.Get("1"); ok {
		t.Error("the oldest one is kept")
	}
	c.Put("9", Preview{})
	if p, _ := c.Get("9"); p.Picture != nil {
		t.Error("the old one is kept under its key")
	}
}

func FuzzLook(f *testing.F) {
	f.Add([]byte("%PDF-1.7 /Title ("))
	f.Add(append(box("ftyp", []byte("isom")), index(5, 9, 9, true)...))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\x08\x00\x00\x00"))
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPVP8X"))
	f.Add([]byte("\x89PNG\r\n\x1a\n\xff\xff\xff\xffeXIf"))
	f.Add([]byte("fLaC\x00\x00\x00\x22"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Look(t.Context(), File{Name: "a", Size: int64(len(data))}, reader(data))
		if err != nil || p.Width < 0 || p.Height < 0 || p.Duration < 0 {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

func crc(b []byte) uint32 { return crc32.ChecksumIEEE(b) }
