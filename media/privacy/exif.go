package privacy

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"unicode/utf16"
)

// Tags of EXIF and TIFF that hold other tags.
const (
	tagOrientation = 0x0112
	tagEXIF        = 0x8769
	tagGPS         = 0x8825
	tagInterop     = 0xa005
	tagSubIFDs     = 0x014a
	tagJPEGOffset  = 0x0201
)

// kinds are the tags that tell something.
var kinds = map[uint16]string{
	0x010f: Camera, 0x0110: Camera, 0xc614: Camera, 0xa433: Camera, 0xa434: Camera,
	0xa431: Serial, 0xa435: Serial, 0xc62f: Serial, 0xa420: Serial, 0xfde8: Owner,
	0x013b: Owner, 0xa430: Owner, 0x9c9d: Owner, 0x013c: Owner, 0xa437: Owner, 0xa438: Owner,
	0x8298: Copyright,
	0x010e: Comment, 0x9286: Comment, 0x9c9b: Comment, 0x9c9c: Comment, 0x9c9e: Comment, 0x9c9f: Comment, 0xa436: Comment,
	0x0132: Date, 0x9003: Date, 0x9004: Date,
	0x0131: Software, 0x000b: Software,
	0x927c: Maker,
	0x02bc: Other, 0x83bb: Other, 0x8649: Other,
}

// harmless tags say how a picture is to be shown, and nothing else.
var harmless = map[uint16]bool{
	tagOrientation: true, 0x011a: true, 0x011b: true, 0x0128: true, 0x0213: true, 0x9000: true, 0x9101: true, 0xa000: true,
	0xa001: true, 0xa002: true, 0xa003: true, tagEXIF: true, tagInterop: true, 0x0100: true, 0x0101: true,
}

const (
	mostIFDs    = 64
	mostEntries = 4096
)

// tiffFile reads tags. Offsets count from its beginning.
type tiffFile struct {
	s     *source
	b     *book
	order binary.ByteOrder
	seen  map[int64]bool
	turn  int
	// alone is whether this is EXIF, and not a TIFF picture, whose tags for
	// the picture itself are none of our business.
	alone bool
	// make and model are joined.
	camera [2]string
}

// lookEXIF notes what EXIF tells and returns the orientation, 1 to 8. Damage is
// an error only where it hides the orientation.
func lookEXIF(p []byte, b *book) (turn int, err error) {
	t := &tiffFile{s: &source{r: readerAt(p), size: int64(len(p))}, b: b, turn: 1, alone: true}
	before := len(b.found)
	err = t.run()
	if len(b.found) == before && err != nil {
		b.add(Other, "")
	}
	return t.turn, err
}

func (t *tiffFile) run() error {
	head, err := t.s.read(0, 8)
	if err != nil {
		return err
	}
	switch string(head[:4]) {
	case "II*\x00":
		t.order = binary.LittleEndian
	case "MM\x00*":
		t.order = binary.BigEndian
	default:
		return trouble(Damaged)
	}
	t.seen = map[int64]bool{}
	first := int64(t.order.Uint32(head[4:]))
	next, err := t.ifd(first, 0)
	if err != nil {
		return err
	}
	most := mostIFDs / 2
	if !t.alone {
		most = 16 // pages
	}
	for i := 1; next != 0 && i < most; i++ {
		if t.alone {
			t.b.add(Thumbnail, "")
		}
		if next, err = t.ifd(next, i); err != nil {
			break // the first is whole, and the rest is taken out in any case
		}
	}
	t.finish()
	if !t.alone {
		return err
	}
	return nil
}

// finish notes what several tags tell together.
func (t *tiffFile) finish() {
	if c := t.camera; c[0]+c[1] != "" {
		name := c[1]
		if first, _, _ := strings.Cut(c[0], " "); !strings.HasPrefix(strings.ToLower(name), strings.ToLower(first)) || first == "" {
			name = strings.TrimSpace(c[0] + " " + c[1])
		}
		t.b.add(Camera, name)
	}
}

// ifd reads one directory of tags and returns where the next one is.
func (t *tiffFile) ifd(at int64, index int) (int64, error) {
	if at <= 0 || t.seen[at] || len(t.seen) >= mostIFDs {
		return 0, trouble(Damaged)
	}
	t.seen[at] = true
	p, err := t.s.read(at, 2)
	if err != nil {
		return 0, err
	}
	n := int64(t.order.Uint16(p))
	if n > mostEntries {
		return 0, trouble(TooComplex)
	}
	all, err := t.s.read(at+2, n*12)
	if err != nil {
		return 0, err
	}
	all = append([]byte(nil), all...)
	for ; len(all) >= 12; all = all[12:] {
		if t.b.tags++; t.b.tags > mostTags {
			return 0, trouble(TooComplex)
		}
		t.tag(all[:12], index)
	}
	// Many writers leave out where the next directory is at the very end.
	p, err = t.s.read(at+2+n*12, 4)
	if err != nil {
		return 0, nil //nolint:nilerr // there is no next directory then
	}
	return int64(t.order.Uint32(p)), nil
}

func (t *tiffFile) tag(e []byte, index int) {
	tag := t.order.Uint16(e)
	switch {
	case tag == tagOrientation && index == 0:
		if v := t.order.Uint16(e[8:]); v >= 1 && v <= 8 {
			t.turn = int(v)
		}
	case tag == tagEXIF && index == 0:
		_, _ = t.ifd(int64(t.order.Uint32(e[8:])), index)
	case tag == tagGPS:
		t.place(int64(t.order.Uint32(e[8:])))
	case tag == 0x010f || tag == 0x0110:
		if i := tag - 0x010f; t.camera[i] == "" {
			t.camera[i] = tidy(t.text(e))
		}
		if t.camera == [2]string{} {
			t.b.add(Camera, "")
		}
	case kinds[tag] == Other:
		t.packet(tag, e)
	case kinds[tag] == Serial, kinds[tag] == Maker:
		t.b.add(kinds[tag], "")
	case kinds[tag] == Date:
		t.b.add(Date, day(t.text(e)))
	case kinds[tag] != "":
		if s := tidy(t.text(e)); s != "" {
			t.b.add(kinds[tag], s)
		}
	case t.alone && index == 0 && !harmless[tag]:
		t.b.add(Other, "")
	}
}

// packet reads the other kinds of metadata that a tag may hold as a whole.
func (t *tiffFile) packet(tag uint16, e []byte) {
	before := len(t.b.found)
	p := bytes.Clone(t.value(e, mostBytes))
	if t.b.bytes += len(p); t.b.bytes <= mostUnpacked {
		switch tag {
		case 0x02bc:
			lookXMP(p, t.b)
		case 0x83bb:
			lookIPTC(p, t.b)
		case 0x8649:
			lookPhotoshop(p, t.b)
		}
	}
	if len(t.b.found) == before {
		t.b.add(Other, "")
	}
}

// sizes of the types of values in bytes.
var sizes = [...]int64{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}

// value are the first bytes of a tag's value, up to most; nil for none.
func (t *tiffFile) value(e []byte, most int64) []byte {
	kind := t.order.Uint16(e[2:])
	if int(kind) >= len(sizes) || sizes[kind] == 0 {
		return nil
	}
	n := int64(t.order.Uint32(e[4:])) * sizes[kind]
	if n <= 4 {
		return e[8 : 8+n]
	}
	p, err := t.s.some(int64(t.order.Uint32(e[8:])), min(n, most))
	if err != nil {
		return nil
	}
	return p
}

func (t *tiffFile) text(e []byte) string {
	p := t.value(e, 512)
	tag := t.order.Uint16(e)
	switch {
	case 0x9c9b <= tag && tag <= 0x9c9f: // Windows: UTF-16
		return wide(p, binary.LittleEndian)
	case tag == 0x9286: // eight bytes say in which characters
		if len(p) < 8 {
			return ""
		}
		if string(p[:8]) == "UNICODE\x00" {
			return wide(p[8:], t.order)
		}
		p = p[8:]
	}
	s, _, _ := strings.Cut(string(p), "\x00")
	return s
}

func wide(p []byte, order binary.ByteOrder) string {
	var u []uint16
	for ; len(p) >= 2; p = p[2:] {
		c := order.Uint16(p)
		if c == 0 {
			break
		}
		u = append(u, c)
	}
	return string(utf16.Decode(u))
}

// place reads the tags of GPS. That there are any but the version is enough.
func (t *tiffFile) place(at int64) {
	if at <= 0 || t.seen[at] || len(t.seen) >= mostIFDs {
		t.b.add(Place, "")
		return
	}
	t.seen[at] = true
	p, err := t.s.read(at, 2)
	if err != nil {
		t.b.add(Place, "")
		return
	}
	n := min(int64(t.order.Uint16(p)), 64)
	all, err := t.s.some(at+2, n*12)
	if err != nil {
		return
	}
	all = append([]byte(nil), all...)
	var lat, lon float64
	var south, west, both bool
	found := 0
	for ; len(all) >= 12; all = all[12:] {
		e := all[:12]
		switch tag := t.order.Uint16(e); tag {
		case 0:
			continue
		case 1:
			south = e[8] == 'S'
		case 3:
			west = e[8] == 'W'
		case 2:
			lat = t.degrees(e)
			found++
		case 4:
			lon = t.degrees(e)
			both = found > 0
		case 7, 29:
			t.b.add(Date, "")
		}
		found++
	}
	if found == 0 {
		return
	}
	if south {
		lat = -lat
	}
	if west {
		lon = -lon
	}
	if !both {
		t.b.add(Place, "")
		return
	}
	t.b.add(Place, rough(lat, lon))
}

// rough are coordinates to some ten kilometres: enough to recognise, too
// little to be found at.
func rough(lat, lon float64) string {
	if math.IsNaN(lat) || math.IsNaN(lon) || math.Abs(lat) > 90 || math.Abs(lon) > 180 {
		return ""
	}
	return strings.ReplaceAll(fmt.Sprintf("%.1f, %.1f", lat, lon), "-0.0", "0.0")
}

// degrees reads three fractions.
func (t *tiffFile) degrees(e []byte) float64 {
	p := t.value(e, 24)
	if len(p) < 24 {
		return math.NaN()
	}
	var d float64
	for i, unit := range []float64{1, 60, 3600} {
		a, b := t.order.Uint32(p[8*i:]), t.order.Uint32(p[8*i+4:])
		switch {
		case b != 0:
			d += float64(a) / float64(b) / unit
		case i == 0:
			return math.NaN()
		}
	}
	return d
}

// day is the day of a time as EXIF, XMP, IPTC and PDF write it.
func day(s string) string {
	s = strings.TrimPrefix(strings.TrimSpace(s), "D:")
	var digits []byte
	for i := 0; i < len(s) && len(digits) < 8; i++ {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			digits = append(digits, c)
		case c != ':' && c != '-' && c != '/':
			i = len(s)
		}
	}
	if len(digits) < 8 || digits[0] == '0' {
		return ""
	}
	return string(digits[:4]) + "-" + string(digits[4:6]) + "-" + string(digits[6:])
}

// exifTurn is EXIF that holds the orientation and nothing else.
func exifTurn(turn int) []byte {
	p := []byte("II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	p[18] = byte(turn)
	return p
}

// exifEmpty is EXIF that holds nothing.
var exifEmpty = []byte("II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00")

// readerAt reads bytes as a file.
type readerAt []byte

func (r readerAt) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off > int64(len(r)) {
		return 0, trouble(Damaged)
	}
	return copy(p, r[off:]), nil
}

// isTIFF holds for pictures of 32 and of 64 bits.
func isTIFF(head []byte) bool {
	return starts("II*\x00")(head) || starts("MM\x00*")(head) || isBigTIFF(head)
}

func isBigTIFF(head []byte) bool { return starts("II+\x00")(head) || starts("MM\x00+")(head) }

// lookTIFF only warns: the tags of a TIFF are strewn among its strips.
func lookTIFF(s *source, b *book) ([]piece, error) {
	if head, err := s.some(0, 4); err != nil || isBigTIFF(head) {
		return nil, cmp.Or(err, error(trouble(Unsupported)))
	}
	t := &tiffFile{s: s, b: b, turn: 1}
	return nil, t.run()
}
