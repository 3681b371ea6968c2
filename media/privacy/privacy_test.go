package privacy

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"image"
	_ "image/gif"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/racetest"
)

func look(t testing.TB, file []byte) Report {
	t.Helper()
	r, err := Look(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func strip(t testing.TB, file []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := Strip(&out, bytes.NewReader(file), int64(len(file))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func codes(r Report) string {
	var all []string
	for _, f := range r.Findings {
		s := f.Code
		if f.Detail != "" {
			s += "=" + f.Detail
		}
		if f.Stays {
			s += "!"
		}
		all = append(all, s)
	}
	if r.Trouble != "" {
		all = append(all, "trouble:"+r.Trouble)
	}
	return strings.Join(all, " ")
}

const phone = "gps=35.7, 139.8 owner=Hanako Yamada thumbnail serial camera=Apple iPhone 15 date=2026-04-01 software=17.1"

func samples(t testing.TB) map[string][]byte {
	le, be := binary.ByteOrder(binary.LittleEndian), binary.ByteOrder(binary.BigEndian)
	exif := exifHead + string(photoEXIF(le, 6))
	return map[string][]byte{
		"jpeg":           jpegOf(t, jfif(), jpegSegment(0xe1, exif)),
		"jpeg xmp":       jpegOf(t, jpegSegment(0xe1, xmpHead+xmpPacketText)),
		"jpeg extended":  jpegOf(t, jpegSegment(0xe1, xmpMoreHead+strings.Repeat("A", 32)+"\x00\x00\x00\x00\x00\x00\x00\x00"+xmpPacketText)),
		"jpeg iptc":      jpegOf(t, photoshop(iptc(80, "Ken Sato")+iptc(90, "Osaka")+iptc(116, "(c) Sato")+iptc(55, "20260401"))),
		"jpeg comment":   jpegOf(t, jpegSegment(0xfe, "made by hand")),
		"jpeg icc adobe": jpegOf(t, jfif(), jpegSegment(0xe2, "ICC_PROFILE\x00\x01\x01profile"), jpegSegment(0xfe, "x")),
		"jpeg thumb":     jpegOf(t, jpegSegment(0xe0, "JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x01\x01rgb"), jpegSegment(0xe0, "JFXX\x00\x10abc")),
		"jpeg trailer":   append(jpegOf(t, jfif()), jpegOf(t, jpegSegment(0xe1, exif))...),
		"jpeg mpf":       jpegOf(t, jpegSegment(0xe2, "MPF\x00II*\x00")),
		"jpeg clean":     jpegOf(t, jfif()),
		"jpeg harmless":  jpegOf(t, jpegSegment(0xe1, exifHead+string(exifOf(be, []entry{turn(3)})))),
		"png":            pngOf(t, makeChunk("gAMA", "\x00\x00\xb1\x8f"), makeChunk("eXIf", string(photoEXIF(be, 8))), makeChunk("tIME", "1234567")),
		"png texts":      pngOf(t, makeChunk("tEXt", "Author\x00Ken Sato"), makeChunk("tEXt", "parameters\x00a cat, by night"), makeChunk("prVW", "layers")),
		"png xmp":        pngOf(t, makeChunk("iTXt", "XML:com.adobe.xmp\x00\x01\x00\x00\x00"+packed(t, xmpPacketText))),
		"png trailer":    append(pngOf(t), "what was cropped away"...),
		"png clean":      pngOf(t, makeChunk("iCCP", "p\x00\x00"+packed(t, "profile"))),
		"webp":           webpOf(vp8x(0x2c), riff("ICCP", "profile!"), riff("VP8L", webpPixel), riff("EXIF", string(photoEXIF(le, 6))), riff("XMP ", xmpPacketText)),
		"webp upright":   webpOf(vp8x(0x08), riff("VP8L", webpPixel), riff("EXIF", exifHead+string(photoEXIF(le, 1)))),
		"webp clean":     webpOf(riff("VP8L", webpPixel)),
		"gif":            gifOf(t, "!\xfe\x05hello\x00", "!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"),
		"gif xmp":        gifOf(t, "!\xff\x0bXMP DataXMP"+"\x10"+"<x:xmpmeta  />\x00\x00"+"\x00"),
		"heic":           heifOf(string(photoEXIF(be, 6)), xmpPacketText, 0),
		"heic overlap":   heifOf(string(photoEXIF(be, 6)), xmpPacketText, -2),
		"film":           filmOf(),
		"film gopro":     []byte(bx("ftyp", "mp42", u32(0), "mp42") + bx("moov", bx("trak", bx("mdia", bx("minf", bx("stbl", bx("stsd", u32(0), u32(1), u32(16), "gpmd", u32(0)))))))),
		"tiff":           photoEXIF(le, 6),
		"svg":            []byte(`<?xml version="1.0"?><!-- Generator: Adobe Illustrator 27 --><svg xmlns:dc="d" inkscape:export-filename="/home/ken/x.png"><metadata><dc:creator><a>Ken Sato</a></dc:creator></metadata><g/></svg>`),
		"svg clean":      []byte(`<svg><title>Logo</title></svg>`),
		"pdf":            []byte("%PDF-1.4\n7 0 obj\n<< /Author (Ken \\(Sato\\)) /Title <FEFF56F3> /Producer(W) /CreationDate (D:20260401) >>\nendobj\ntrailer << /Info 7 0 R >>\n%%EOF"),
		"pdf packed":     []byte("%PDF-1.5\n3 0 obj\n<< /Type /ObjStm /N 1 /First 4 >>\nstream\n" + packed(t, "7 0 << /Author (Aiko) >>") + "\nendstream\n4 0 obj << /Type /XRef /Info 7 0 R >>"),
		"pdf bookmarks":  []byte("%PDF-1.4\n5 0 obj\n<< /Title (Chapter 1) >>\nendobj\n"),
		"pdf encrypted":  []byte("%PDF-1.4\ntrailer << /Encrypt 5 0 R /Info 7 0 R >>"),
		"office":         officeOf(t),
		"jpeg two exif":  jpegOf(t, jpegSegment(0xe1, exif), jpegSegment(0xe1, exifHead+string(exifOf(be, []entry{turn(3), txt(0x013b, "Ken Sato")})))),
		"heic idat":      heifInside(string(photoEXIF(be, 6)), 0),
		"heic idat lies": heifInside(string(photoEXIF(be, 6)), 4),
		"tiff big":       []byte("II+\x00\x08\x00\x00\x00" + strings.Repeat("\x00", 64)),
		"office old":     []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 64)),
		"mkv":            matroskaOf(el("\x1f\x43\xb6\x75", "FRAMES")),
		"mkv live":       matroskaOf("\x1f\x43\xb6\x75\xff" + el("\xa3", "FRAME")),
		"film spare":     []byte(bx("ftyp", "isom", u32(0)) + bx("free", "what was there") + bx("mdat", "FILM") + bx("moov", bx("skip", "dash 1234"))),
		"film dash":      []byte(bx("ftyp", "isom", u32(0)) + bx("mdat", "FILM") + bx("moov", bx("gps ", u32(0)))),
		"film camera":    []byte(bx("ftyp", "isom", u32(0)) + bx("mdat", "FILM") + bx("meta", u32(0), bx("hdlr", u32(0), u32(0), "nrtm"), bx("xml ", u32(0), "<NonRealTimeMeta serialNo='1'/>"))),
		"psd":            psdOf(block(0x03ed, "resolution"), block(0x0404, iptc(80, "Ken Sato")+iptc(90, "Osaka")), block(0x0422, string(photoEXIF(be, 6))), block(0x0424, xmpPacketText)),
		"psd clean":      psdOf(block(0x03ed, "resolution"), block(0x03f3, "x")),
		"psd odd":        psdOf("what is no block of Photoshop's"),
		"jxl":            jxlOf(bx("Exif", u32(0), string(photoEXIF(be, 6))), bx("xml ", xmpPacketText)),
		"jxl clean":      jxlOf(),
		"jxl packed":     jxlOf(bx("brob", "Exif", "compressed")),
		"jxl bare":       []byte("\xff\x0apicture"),
		"mp3":            append(id3Of(3, id3Frame("TIT2", "\x00A song"), id3Frame("TPE1", "\x00A band"), id3Frame("TOWN", "\x01\xff\xfeK\x00e\x00n\x00"), id3Frame("COMM", "\x00eng\x00bought in Kobe"), id3Frame("COMM", "\x00engiTunNORM\x00 0001"), id3Frame("PRIV", "shop\x00123")), "TAG"+strings.Repeat("\x00", 94)+"old words"+strings.Repeat("\x00", 22)...),
		"mp3 four":       id3Of(4, id3Frame("TXXX", "\x03purchaser\x00Aiko"), id3Frame("TXXX", "\x03mood\x00calm"), id3Frame("POPM", "ken@example.com\x00\xff"), id3Frame("TDEN", "\x002026-04-01T10:00:00"), id3Frame("APIC", "\x00image/jpeg\x00\x03\x00"+string(jpegOf(t, jpegSegment(0xe1, exif)))[:126])),
		"mp3 two":        id3Of(2, id3Frame2("TT2", "\x00A song"), id3Frame2("TEN", "\x00LAME"), id3Frame2("COM", "\x00eng\x00hm")),
		"mp3 clean":      id3Of(4, id3Frame("TIT2", "\x03歌")),
		"mp3 bare":       []byte(sound),
		"mp3 lies":       id3Of(3, id3Frame("COMM", "\x00eng\x00x")[:8]+"\x00\x00"),
		"svg of no kind": []byte(`<?xml version="0"?><svg/>`),
		"text":           []byte("hello"),
		"nothing":        {},
	}
}

func packed(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatFilesTell(t *testing.T) {
	want := map[string]string{
		"jpeg":           phone,
		"jpeg xmp":       "gps place-name=Kyoto owner=Taro Suzuki",
		"jpeg extended":  "gps place-name=Kyoto owner=Taro Suzuki metadata",
		"jpeg iptc":      "place-name=Osaka owner=Ken Sato copyright=(c) Sato date=2026-04-01",
		"jpeg comment":   "comment=made by hand",
		"jpeg icc adobe": "comment=x",
		"jpeg thumb":     "thumbnail",
		"jpeg trailer":   "hidden",
		"jpeg mpf":       "metadata",
		"jpeg clean":     "", "jpeg harmless": "",
		"png":         phone,
		"png texts":   "owner=Ken Sato comment=a cat, by night metadata",
		"png xmp":     "gps place-name=Kyoto owner=Taro Suzuki",
		"png trailer": "hidden", "png clean": "",
		"webp":         strings.Replace(phone, " owner", " place-name=Kyoto owner", 1),
		"webp upright": phone, "webp clean": "",
		"gif": "comment=hello", "gif xmp": "metadata",
		"heic":         strings.Replace(phone, " owner", " place-name=Kyoto owner", 1),
		"heic overlap": "trouble:damaged",
		"film":         "gps=35.7, 139.8 owner=Jane Doe camera=X100 date",
		"film gopro":   "gps!",
		"tiff":         "gps=35.7, 139.8! owner=Hanako Yamada! serial! camera=Apple iPhone 15! date=2026-04-01! software=17.1!",
		"svg":          "owner=Ken Sato! path! software=Generator: Adobe Illustrator 27!", "svg clean": "", "svg of no kind": "trouble:damaged",
		"pdf":        "owner=Ken (Sato)! comment=図! date=2026-04-01! software=W!",
		"pdf packed": "owner=Aiko!", "pdf bookmarks": "", "pdf encrypted": "trouble:encrypted",
		"office":        "owner=山田 花子! software=Microsoft Office Word!",
		"jpeg two exif": phone, "heic idat": phone, "heic idat lies": "trouble:damaged",
		"tiff big": "trouble:unsupported", "office old": "trouble:unsupported",
		"mkv": "gps=35.7, 139.8 comment=Picnic date=2001-01-02 metadata", "mkv live": "gps=35.7, 139.8! comment=Picnic! date=2001-01-02! metadata! trouble:unsupported",
		"film spare": "hidden! hidden", "film dash": "gps!", "film camera": "maker",
		"psd":       "gps=35.7, 139.8! place-name=Osaka! owner=Ken Sato! thumbnail! serial! camera=Apple iPhone 15! date=2026-04-01! software=17.1!",
		"psd clean": "", "psd odd": "trouble:damaged",
		"jxl":       "gps=35.7, 139.8! place-name=Kyoto! owner=Hanako Yamada! thumbnail! serial! camera=Apple iPhone 15! date=2026-04-01! software=17.1!",
		"jxl clean": "", "jxl packed": "metadata! trouble:unsupported", "jxl bare": "",
		"mp3":       "owner=Ken! comment=bought in Kobe! metadata!",
		"mp3 four":  "owner=Aiko! date=2026-04-01!",
		"mp3 two":   "comment=hm! software=LAME!",
		"mp3 clean": "", "mp3 bare": "", "mp3 lies": "",
		"text": "", "nothing": "",
	}
	for name, file := range samples(t) {
		w, ok := want[name]
		if !ok {
			t.Errorf("%s: what is wanted is not said", name)
		}
		if got := codes(look(t, file)); got != w {
			t.Errorf("%s tells\n %s, want\n %s", name, got, w)
		}
	}
}

func TestStrippedFilesTellNothingAndShowTheSame(t *testing.T) {
	for name, file := range samples(t) {
		out := strip(t, file)
		holds(t, name, file, out)
		r := look(t, file)
		if r.Strippable() == bytes.Equal(out, file) {
			t.Errorf("%s: strippable %v, but equal %v", name, r.Strippable(), !r.Strippable())
		}
		for _, secret := range []string{"Yamada", "iPhone", "SN-9988", "Kyoto", "Suzuki", "Ken Sato", "Osaka", "hello", "cropped away", "139.7671", "Jane", "X100", "Picnic", "dash 1234", "serialNo", "2026:04:01", "made by hand", "a cat"} {
			if r.Strippable() && bytes.Contains(out, []byte(secret)) {
				t.Errorf("%s still holds %q", name, secret)
			}
		}
	}
}

// holds are the promises of stripping, whatever the file is.
func holds(t testing.TB, name string, file, out []byte) {
	t.Helper()
	before, after := look(t, file), look(t, out)
	if int64(len(out)) != before.StrippedSize() {
		t.Errorf("%s: %d bytes, %d were told", name, len(out), before.StrippedSize())
	}
	if before.Strippable() {
		if after.Trouble != "" {
			t.Errorf("%s: stripping broke it: %s", name, after.Trouble)
		}
		for _, f := range after.Findings {
			if !f.Stays {
				t.Errorf("%s: still tells %v", name, f)
			}
		}
	}
	if again := strip(t, out); !bytes.Equal(again, out) {
		t.Errorf("%s: stripped twice is not stripped once", name)
	}
	m, kind, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return
	}
	m2, kind2, err := image.Decode(bytes.NewReader(out))
	if err != nil || kind != kind2 || !samePixels(m, m2) {
		t.Errorf("%s: was %s, is %s, other pixels (%v)", name, kind, kind2, err)
	}
}

func samePixels(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

func TestOrientationAndProfileStay(t *testing.T) {
	all := samples(t)
	for name, want := range map[string]string{
		"jpeg":           jpegSegment(0xe1, exifHead+string(exifTurn(6))),
		"jpeg two exif":  jpegSegment(0xe1, exifHead+string(exifTurn(6))),
		"heic idat":      string(exifTurn(6)),
		"mkv":            el("\x1f\x43\xb6\x75", "FRAMES"),
		"jpeg icc adobe": jpegSegment(0xe2, "ICC_PROFILE\x00\x01\x01profile"),
		"png":            makeChunk("gAMA", "\x00\x00\xb1\x8f") + makeChunk("eXIf", string(exifTurn(8))),
		"webp":           vp8x(0x28) + riff("ICCP", "profile!") + riff("VP8L", webpPixel) + riff("EXIF", string(exifTurn(6))),
		"webp upright":   "WEBP" + vp8x(0) + riff("VP8L", webpPixel),
		"gif":            "!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00",
		"heic":           bx("irot", "\x01"),
	} {
		if out := strip(t, all[name]); !bytes.Contains(out, []byte(want)) {
			t.Errorf("%s has lost %q", name, want)
		}
	}
	for _, name := range []string{"heic", "film"} {
		if in, out := all[name], strip(t, all[name]); len(in) != len(out) || !bytes.Contains(out, in[bytes.Index(in, []byte("mdat")):][:8]) {
			t.Errorf("%s: %d bytes of %d, or the data are others", name, len(out), len(in))
		}
	}
	for turn := 1; turn <= 8; turn++ {
		got, err := lookEXIF(exifTurn(turn), &book{})
		if err != nil || got != turn {
			t.Errorf("turned %d is read as %d (%v)", turn, got, err)
		}
	}
}

// What lies between the markers of the picture itself is copied, not made
// anew: the scan is the same byte for byte.
func TestScansAreCopied(t *testing.T) {
	plain := jpegOf(t)
	out := strip(t, jpegOf(t, jpegSegment(0xfe, "x"), jpegSegment(0xe1, exifHead+string(photoEXIF(binary.LittleEndian, 1)))))
	if !bytes.Equal(out, plain) {
		t.Errorf("%d bytes, want the %d of the picture alone", len(out), len(plain))
	}
}

// However a file is cut off, it is left alone or still whole.
func TestCutOffFilesAreLeftAlone(t *testing.T) {
	for name, file := range samples(t) {
		for n := range file {
			part := file[:n]
			out := strip(t, part)
			holds(t, name, part, out)
		}
	}
}

func TestReadingErrorsAreErrors(t *testing.T) {
	broken := errors.New("the disk is gone")
	if _, err := Look(failing{broken}, 100); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	file := jpegOf(t, jpegSegment(0xfe, "x"))
	rep, err := Look(bytes.NewReader(file), int64(len(file))+10) // shorter than said
	if err != nil || rep.Trouble != Damaged && rep.Trouble != "" {
		t.Errorf("%v, %v", rep, err)
	}
}

type failing struct{ err error }

func (f failing) ReadAt([]byte, int64) (int, error) { return 0, f.err }

// Reading anywhere gives what reading in order gives.
func TestStrippedCanBeReadAnywhere(t *testing.T) {
	for _, name := range []string{"jpeg", "webp", "heic", "film"} {
		file := samples(t)[name]
		r := look(t, file)
		want := strip(t, file)
		at := r.Stripped(bytes.NewReader(file))
		for off := range want {
			for _, n := range []int{1, 7, len(want)} {
				p := make([]byte, n)
				got, err := at.ReadAt(p, int64(off))
				if end := min(len(want), off+n); !bytes.Equal(p[:got], want[off:end]) || (got < n) != errors.Is(err, io.EOF) {
					t.Fatalf("%s: %d bytes at %d: %d, %v", name, n, off, got, err)
				}
			}
		}
	}
}

func TestDetailsAreShortAndSafe(t *testing.T) {
	r := look(t, jpegOf(t, jpegSegment(0xfe, "a\x1b[31m\u202eb\n"+strings.Repeat("長", 500))))
	if d := r.Findings[0].Detail; !strings.HasPrefix(d, "a [31m b 長") || len([]rune(d)) > longestDetail {
		t.Errorf("%q", d)
	}
}

func TestCodesAreInOrderOnce(t *testing.T) {
	all := Codes()
	if !slices.Equal(all, slices.Compact(slices.Clone(all))) || !(Finding{Code: all[0]}).Grave() {
		t.Error(all)
	}
}

// Hostile files that ask for much: loops, lengths of 4 GiB, counts of
// millions.
func TestHostileFilesEndSoon(t *testing.T) {
	racetest.Plainly(t)
	loop := exifOf(binary.LittleEndian, []entry{sub(tagEXIF, txt(0x9003, "2026:04:01 00:00:00"))})
	binary.LittleEndian.PutUint32(loop[len(loop)-4:], 8)
	huge := strings.Repeat("\xff", 64)
	var bomb []string
	for range 300 {
		bomb = append(bomb, makeChunk("zTXt", "Comment\x00\x00"+packed(t, strings.Repeat("a", 1<<20))))
	}
	var tags []entry
	for range 4000 {
		tags = append(tags, txt(0x9286, "ASCII\x00\x00\x00"+"x"))
	}
	many := jpegSegment(0xe1, exifHead+string(exifOf(binary.LittleEndian, tags)[:60000]))
	for name, file := range map[string][]byte{
		"loop":     jpegOf(t, jpegSegment(0xe1, exifHead+string(loop))),
		"huge png": []byte(pngMagic + huge), "huge webp": []byte("RIFF" + huge[:4] + "WEBP" + huge), "huge box": []byte(bx("ftyp", "heic", u32(0)) + huge),
		"long box": []byte(bx("ftyp", "mp42", u32(0)) + "\x00\x00\x00\x01moov" + huge), "huge tiff": []byte("II*\x00" + huge),
		"bomb": pngOf(t, bomb...), "many tags": jpegOf(t, strings.Repeat(many, 200)),
		"self": []byte(bx("ftyp", "heic", u32(0), "mif1") + bx("meta", u32(0), bx("iinf", u32(0), u16(1), bx("infe", "\x02\x00\x00\x00", u16(1), u16(0), "Exif", "\x00")), bx("iloc", u32(0), "\x44\x00", u16(1), u16(1), u16(0), u16(1), u32(0), u32(40)))),
	} {
		holds(t, name, file, strip(t, file))
	}
	// A file with a hole of 4 GiB is not read into memory.
	f, err := os.Create(t.TempDir() + "/big.jpg")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(pngMagic + "\x7f\xff\xff\xfftEXt"); err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(4 << 30); err != nil {
		t.Skip("no holes in files here")
	}
	r, err := Look(f, 4<<30)
	if err != nil || r.Strippable() || r.Trouble == "" {
		t.Errorf("%s, %v", codes(r), err)
	}
}

func FuzzStrip(f *testing.F) {
	for _, file := range samples(f) {
		f.Add(file)
	}
	for name := range realFiles {
		f.Add(realFile(f, name))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if len(file) > 1<<16 {
			return
		}
		if c, _, err := image.DecodeConfig(bytes.NewReader(file)); err == nil && c.Width*c.Height > 1<<18 {
			return
		}
		holds(t, "fuzzed", file, strip(t, file))
	})
}
