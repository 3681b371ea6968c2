package privacy

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

// The files of the tests are made here.

func picture() image.Image {
	m := image.NewPaletted(image.Rect(0, 0, 24, 16), color.Palette{color.Black, color.White, color.RGBA{200, 40, 40, 255}})
	for i := range m.Pix {
		m.Pix[i] = uint8(i*7%11) % 3
	}
	return m
}

// entry is a tag of EXIF: text, or numbers of four bytes.
type entry struct {
	tag  uint16
	kind uint16
	text string
	nums []uint32
	sub  []entry
}

func txt(tag uint16, s string) entry { return entry{tag: tag, kind: 2, text: s + "\x00"} }
func turn(n uint32) entry            { return entry{tag: tagOrientation, kind: 3, nums: []uint32{n}} }
func sub(tag uint16, e ...entry) entry {
	return entry{tag: tag, kind: 4, sub: e}
}

// degrees of three fractions.
func fractions(tag uint16, d, m, s uint32) entry {
	return entry{tag: tag, kind: 5, nums: []uint32{d, 1, m, 1, s, 100}}
}

// exifOf writes directories, one after the other.
func exifOf(o binary.ByteOrder, dirs ...[]entry) []byte {
	out := []byte("II*\x00\x00\x00\x00\x00")
	if o == binary.BigEndian {
		out = []byte("MM\x00*\x00\x00\x00\x00")
	}
	o.PutUint32(out[4:], 8)
	for i, d := range dirs {
		var next int
		out, next = writeIFD(out, o, d)
		if i+1 < len(dirs) {
			o.PutUint32(out[next:], uint32(len(out)))
		}
	}
	return out
}

func writeIFD(out []byte, o binary.ByteOrder, dir []entry) (_ []byte, next int) {
	at := len(out)
	out = append(out, make([]byte, 2+12*len(dir)+4)...)
	o.PutUint16(out[at:], uint16(len(dir)))
	for i, e := range dir {
		p := at + 2 + 12*i
		o.PutUint16(out[p:], e.tag)
		o.PutUint16(out[p+2:], e.kind)
		value, n := []byte(e.text), len(e.text)
		for _, v := range e.nums {
			if e.kind == 3 {
				value = append(value, 0, 0)
				o.PutUint16(value[len(value)-2:], uint16(v))
			} else {
				value = append(value, 0, 0, 0, 0)
				o.PutUint32(value[len(value)-4:], v)
			}
			if n++; e.kind == 5 && n*2 > len(e.nums) {
				n = len(e.nums) / 2
			}
		}
		if e.sub != nil {
			o.PutUint32(out[p+4:], 1)
			o.PutUint32(out[p+8:], uint32(len(out)))
			out, _ = writeIFD(out, o, e.sub)
			continue
		}
		o.PutUint32(out[p+4:], uint32(n))
		if len(value) <= 4 {
			copy(out[p+8:], value)
			continue
		}
		o.PutUint32(out[p+8:], uint32(len(out)))
		out = append(out, value...)
	}
	return out, at + 2 + 12*len(dir)
}

// photoEXIF is what a telephone writes.
func photoEXIF(o binary.ByteOrder, orientation uint32) []byte {
	return exifOf(o, []entry{
		txt(0x010f, "Apple"), txt(0x0110, "iPhone 15"), turn(orientation), txt(0x0131, "17.1"), txt(0x0132, "2026:04:01 10:11:12"), txt(0x013b, "Hanako Yamada"),
		sub(tagEXIF, txt(0x9003, "2026:04:01 10:11:12"), txt(0xa431, "SN-99887766")),
		sub(tagGPS, txt(1, "N"), fractions(2, 35, 40, 5212), txt(3, "E"), fractions(4, 139, 46, 157)),
	}, []entry{{tag: tagJPEGOffset, kind: 4, nums: []uint32{0}}})
}

const xmpPacketText = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="t"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="p" xmlns:exif="e" photoshop:City="Kyoto" exif:GPSLatitude="35,0.5N">
<dc:creator><rdf:Seq><rdf:li>Taro Suzuki</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`

func jpegSegment(code byte, data string) string {
	return string([]byte{0xff, code}) + string(binary.BigEndian.AppendUint16(nil, uint16(len(data)+2))) + data
}

// jpegOf is a picture with segments after its beginning.
func jpegOf(t testing.TB, segments ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(), nil); err != nil {
		t.Fatal(err)
	}
	return []byte(b.String()[:2] + strings.Join(segments, "") + b.String()[2:])
}

func jfif() string { return jpegSegment(0xe0, "JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00") }

func iptc(set byte, value string) string {
	return "\x1c\x02" + string(set) + string(binary.BigEndian.AppendUint16(nil, uint16(len(value)))) + value
}

func photoshop(data string) string {
	if len(data)%2 == 1 {
		data += "\x00"
	}
	return jpegSegment(0xed, "Photoshop 3.0\x008BIM\x04\x04\x00\x00"+string(binary.BigEndian.AppendUint32(nil, uint32(len(data))))+data)
}

func makeChunk(kind, data string) string {
	p := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	p = append(p, kind+data...)
	return string(binary.BigEndian.AppendUint32(p, crc32.ChecksumIEEE(p[4:])))
}

// pngOf is a picture with chunks after its header.
func pngOf(t testing.TB, chunks ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture()); err != nil {
		t.Fatal(err)
	}
	const head = 8 + 25
	return []byte(b.String()[:head] + strings.Join(chunks, "") + b.String()[head:])
}

func gifOf(t testing.TB, extensions ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, picture(), nil); err != nil {
		t.Fatal(err)
	}
	s := b.String()
	head := 13 + int(gifTable(s[10]))
	return []byte(s[:head] + strings.Join(extensions, "") + s[head:])
}

func riff(kind, data string) string {
	s := kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(data)))) + data
	if len(data)%2 == 1 {
		s += "\x00"
	}
	return s
}

// webpPixel is the data of a lossless picture of one pixel.
const webpPixel = "\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"

func webpOf(chunks ...string) []byte {
	body := "WEBP" + strings.Join(chunks, "")
	return []byte("RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body)
}

func vp8x(flags byte) string { return riff("VP8X", string([]byte{flags, 0, 0, 0, 0, 0, 0, 0, 0, 0})) }

func bx(kind string, parts ...string) string {
	body := strings.Join(parts, "")
	return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))) + kind + body
}

func u16(v int) string { return string(binary.BigEndian.AppendUint16(nil, uint16(v))) }
func u32(v int) string { return string(binary.BigEndian.AppendUint32(nil, uint32(v))) }

// heifOf is a picture of which item 1 is the image, item 2 EXIF, item 3 XMP.
// move shifts where item 2 is said to lie.
func heifOf(exif, xmp string, move int) []byte {
	exif = u32(0) + exif
	infe := func(id int, kind, more string) string {
		return bx("infe", "\x02\x00\x00\x00", u16(id), u16(0), kind, "\x00", more)
	}
	file := func(at int) string {
		at += 8
		iloc := "\x00\x00\x00\x00" + "\x44\x00" + u16(3)
		for i, n := range []int{4, len(exif), len(xmp)} {
			from := at
			if i == 1 {
				from += move
			}
			iloc += u16(i+1) + u16(0) + u16(1) + u32(from) + u32(n)
			at += n
		}
		return bx("ftyp", "heic", u32(0), "mif1heic") +
			bx("meta", "\x00\x00\x00\x00", bx("hdlr", u32(0), u32(0), "pict", u32(0), u32(0), u32(0), "\x00"),
				bx("iinf", "\x00\x00\x00\x00", u16(3), infe(1, "hvc1", ""), infe(2, "Exif", ""), infe(3, "mime", "application/rdf+xml\x00")),
				bx("iprp", bx("ipco", bx("irot", "\x01"))),
				bx("iloc", iloc))
	}
	head := file(len(file(0)))
	return []byte(head + bx("mdat", "PIXL", exif, xmp))
}

// heifInside is a picture whose items lie beside the table (construction
// method 1). lie is by how much the second is said to be longer than it is.
func heifInside(exif string, lie int) []byte {
	exif = u32(0) + exif
	infe := func(id int, kind string) string {
		return bx("infe", "\x02\x00\x00\x00", u16(id), u16(0), kind, "\x00")
	}
	iloc := "\x01\x00\x00\x00" + "\x44\x00" + u16(2)
	for i, n := range []int{4, len(exif)} {
		iloc += u16(i+1) + u16(1) + u16(0) + u16(1) + u32(4*i) + u32(n+lie*i)
	}
	return []byte(bx("ftyp", "avif", u32(0), "mif1avif") +
		bx("meta", "\x00\x00\x00\x00", bx("iinf", "\x00\x00\x00\x00", u16(2), infe(1, "av01"), infe(2, "Exif")),
			bx("iloc", iloc), bx("idat", "PIXL", exif)) + bx("mdat", "MORE"))
}

// el is an element of Matroska.
func el(id string, parts ...string) string {
	body := strings.Join(parts, "")
	return id + string([]byte{0x10 | byte(len(body)>>24)}) + string([]byte{byte(len(body) >> 16), byte(len(body) >> 8), byte(len(body))}) + body
}

func matroskaOf(clusters string) []byte {
	tag := func(name, value string) string {
		return el("\x73\x73", el("\x67\xc8", el("\x45\xa3", name), el("\x44\x87", value)))
	}
	return []byte(el("\x1a\x45\xdf\xa3", "webm") + "\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" +
		el("\x15\x49\xa9\x66", "\xbf\x84CRC4", el("\x7b\xa9", "Picnic"), "\x44\x61\x88\x00\x00\x4e\x94\x91\x4f\x00\x00") +
		el("\x12\x54\xc3\x67", tag("LOCATION", "+35.6812+139.7671/"), tag("MOOD", "fine")) + clusters)
}

func filmOf() []byte {
	hd := func(kind string) string { return bx(kind, u32(0), u32(1000), u32(2000), strings.Repeat("\x00", 88)) }
	value := func(s string) string { return bx("data", u32(1), u32(0), s) }
	key := func(s string) string { return bx("mdta", s) }
	return []byte(bx("ftyp", "qt  ", u32(0), "qt  ") + bx("mdat", "FILM") +
		bx("moov", hd("mvhd"),
			bx("trak", hd("tkhd"), bx("mdia", hd("mdhd"))),
			bx("udta", bx("\xa9xyz", u16(18), u16(0), "+35.6812+139.7671/"), bx("\xa9mod", u16(4), u16(0), "X100")),
			bx("meta", bx("hdlr", u32(0), u32(0), "mdta", u32(0), u32(0), u32(0)),
				bx("keys", u32(0), u32(2), key("com.apple.quicktime.author"), key("com.apple.quicktime.location.ISO6709")),
				bx("ilst", bx("\x00\x00\x00\x01", value("Jane Doe")), bx("\x00\x00\x00\x02", value("+35.6812+139.7671+040/"))))))
}

func officeOf(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range [][2]string{
		{"[Content_Types].xml", "<Types/>"},
		{"docProps/core.xml", `<cp:coreProperties xmlns:dc="d" xmlns:cp="c"><dc:creator>山田 花子</dc:creator></cp:coreProperties>`},
		{"docProps/app.xml", `<Properties><Application>Microsoft Office Word</Application><Company>Example K.K.</Company></Properties>`},
	} {
		w, err := z.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
