package privacy

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
)

// isMP3 knows tags before the sound, and sound of MPEG's third layer without.
func isMP3(head []byte) bool {
	if starts("ID3")(head) {
		return len(head) >= 10 && head[3] >= 2 && head[3] <= 4
	}
	if len(head) < 4 || head[0] != 0xff || head[1]&0xe6 != 0xe2 { // in step, layer III
		return false
	}
	return head[1]&0x18 != 0x08 && head[2]>>4 != 0 && head[2]>>4 != 0x0f && head[2]&0x0c != 0x0c
}

// id3Frames are the frames that tell more than what is to be heard, by their names of four
// letters and of three. Titles and artists are why there are tags, and are not
// told, as in other music.
var id3Frames = map[string]string{
	"TOWN": Owner, "OWNE": Owner, "POPM": Owner, "POP": Owner,
	"COMM": Comment, "COM": Comment, "USER": Copyright, "TCOP": Copyright, "TCR": Copyright,
	"TENC": Software, "TEN": Software, "TSSE": Software, "TSS": Software, "TDEN": Date, "TDTG": Date,
	"TOFN": Path, "TOF": Path, "PRIV": Other, "GEOB": Other, "GEO": Other, "TXXX": Other, "TXX": Other, "APIC": Thumbnail, "PIC": Thumbnail,
}

// lookMP3 only warns: programs for music know which tags are to stay.
func lookMP3(s *source, b *book) ([]piece, error) {
	head, err := s.some(0, 10)
	if err != nil {
		return nil, err
	}
	head = bytes.Clone(head)
	if starts("ID3")(head) {
		err = id3Begin(s, b, head)
	}
	return nil, errors.Join(err, id3End(s, b))
}

// id3Begin notes what stands before the sound.
func id3Begin(s *source, b *book, head []byte) error {
	size := synchsafe(head[6:10])
	if size > s.size-10 {
		return trouble(Damaged)
	}
	p, err := s.read(10, min(size, mostBytes))
	if err != nil {
		return err
	}
	p = bytes.Clone(p)
	if flags := head[5]; flags&0x80 != 0 && head[3] < 4 { // made safe from players that look for sound
		p = bytes.ReplaceAll(p, []byte{0xff, 0}, []byte{0xff})
	}
	t := &id3Tag{version: head[3], b: b, cut: size > mostBytes}
	return t.run(p, head[5]&0x40 != 0)
}

// id3End notes what stands behind the sound: tags of old, and APE's.
func id3End(s *source, b *book) error {
	const old = 128
	end := s.size
	if s.size > old {
		p, err := s.read(s.size-old, old)
		if err != nil {
			return err
		}
		if starts("TAG")(p) {
			end -= old
			comment, _, _ := strings.Cut(string(p[97:125]), "\x00")
			if comment = strings.TrimSpace(latin([]byte(comment))); comment != "" {
				b.add(Comment, comment)
			}
		}
	}
	if end > 32 {
		p, err := s.read(end-32, 8)
		if err != nil {
			return err
		}
		if starts("APETAGEX")(p) {
			b.add(Other, "")
		}
	}
	return nil
}

// synchsafe is a number of seven bits a byte.
func synchsafe(p []byte) int64 {
	var n int64
	for _, c := range p {
		n = n<<7 | int64(c&0x7f)
	}
	return n
}

type id3Tag struct {
	version byte
	b       *book
	cut     bool // there is more than was read
}

// run walks over the frames. What follows them is zeros.
func (t *id3Tag) run(p []byte, extended bool) error {
	if extended && t.version > 2 && len(p) >= 4 {
		n := int64(binary.BigEndian.Uint32(p)) + 4
		if t.version == 4 {
			n = synchsafe(p[:4])
		}
		if n > int64(len(p)) {
			return t.trouble()
		}
		p = p[n:]
	}
	names, header := 4, 10
	if t.version == 2 {
		names, header = 3, 6
	}
	for count := 0; len(p) >= header && p[0] != 0; count++ {
		if count == mostEntries {
			return trouble(TooComplex)
		}
		n := t.size(p[names:])
		if n > int64(len(p)-header) {
			return t.trouble()
		}
		readable := t.version == 2 || t.version == 3 && p[9]&0xc0 == 0 || t.version == 4 && p[9]&0x0f == 0
		value := p[header : int64(header)+n]
		if !readable {
			value = nil
		}
		t.frame(string(p[:names]), value)
		p = p[int64(header)+n:]
	}
	if t.cut {
		return trouble(TooLarge)
	}
	return nil
}

func (t *id3Tag) trouble() error {
	if t.cut {
		return trouble(TooLarge)
	}
	return trouble(Damaged)
}

func (t *id3Tag) size(p []byte) int64 {
	switch t.version {
	case 2:
		return int64(p[0])<<16 | int64(p[1])<<8 | int64(p[2])
	case 3:
		return int64(binary.BigEndian.Uint32(p))
	}
	if plain := int64(binary.BigEndian.Uint32(p)); p[0]|p[1]|p[2]|p[3] >= 0x80 {
		return plain // iTunes of old
	}
	return synchsafe(p[:4])
}

// frame notes one frame; a value of nil cannot be read.
func (t *id3Tag) frame(name string, p []byte) {
	code := id3Frames[name]
	switch {
	case code == "":
	case len(p) < 2:
		t.b.add(code, "")
	case code == Thumbnail: // a cover is no secret, what it tells may be
		if i := pictureIn(p); i >= 0 {
			pictureInside(p[i:min(len(p), i+pictureHead)], t.b)
		}
	case code == Other && (name == "TXXX" || name == "TXX"):
		t.ownWords(p)
	case code == Other:
		t.b.add(Other, "")
	case name == "POPM" || name == "POP": // an address, then how it was liked
		who, _, _ := strings.Cut(string(p), "\x00")
		if who = latin([]byte(who)); strings.Contains(who, "@") {
			t.b.add(Owner, who)
		}
	case name == "OWNE": // the price, the day, the seller: who bought it knows
		t.b.add(Owner, "")
	case code == Comment:
		if len(p) < 4 {
			return
		}
		about, said := textPair(p[0], p[4:]) // a language stands between
		if !strings.HasPrefix(about, "iTun") && strings.TrimSpace(said) != "" {
			t.b.add(Comment, said)
		}
	case code == Date:
		t.b.add(Date, day(textOf(p[0], p[1:])))
	case code == Path:
		t.b.add(Path, "")
	default:
		if s := strings.TrimSpace(textOf(p[0], p[1:])); s != "" {
			t.b.add(code, s)
		}
	}
}

// ownWords is a frame whose name its writer chose.
func (t *id3Tag) ownWords(p []byte) {
	about, said := textPair(p[0], p[1:])
	if said == "" {
		return
	}
	about = strings.ToLower(about)
	for _, word := range []string{"owner", "purchase", "buyer", "account", "email", "e-mail", "licensee"} {
		if strings.Contains(about, word) {
			t.b.add(Owner, said)
			return
		}
	}
	for _, word := range []string{"gps", "latitude", "longitude", "location", "geo"} {
		if strings.Contains(about, word) {
			t.b.add(Place, "")
			return
		}
	}
}

// pictureIn is where the picture of a frame begins, -1 for none.
func pictureIn(p []byte) int {
	head := p[:min(len(p), 512)]
	for _, magic := range []string{"\xff\xd8\xff", pngMagic} {
		if i := bytes.Index(head, []byte(magic)); i >= 0 {
			return i
		}
	}
	return -1
}

// longestText is how much of a text is read, which is shown in part.
const longestText = 2 << 10

// textOf is a text in one of ID3's four encodings, up to its end.
func textOf(encoding byte, p []byte) string {
	s, _ := textPair(encoding, p)
	return s
}

// textPair are two texts with an end between them.
func textPair(encoding byte, p []byte) (first, second string) {
	p = p[:min(len(p), longestText)]
	if encoding != 1 && encoding != 2 {
		a, b, _ := bytes.Cut(p, []byte{0})
		b, _, _ = bytes.Cut(b, []byte{0})
		if encoding == 3 {
			return string(a), string(b)
		}
		return latin(a), latin(b)
	}
	for i := 0; i+1 < len(p); i += 2 {
		if p[i] == 0 && p[i+1] == 0 {
			return utf16Text(p[:i]), utf16Text(p[i+2:])
		}
	}
	return utf16Text(p), ""
}

// utf16Text is text that may say first in which order its bytes are.
func utf16Text(p []byte) string {
	if starts("\xff\xfe")(p) {
		return wide(p[2:], binary.LittleEndian)
	}
	return wide(bytes.TrimPrefix(p, []byte("\xfe\xff")), binary.BigEndian)
}

// latin is text of ISO 8859-1.
func latin(p []byte) string {
	runes := make([]rune, len(p))
	for i, c := range p {
		runes[i] = rune(c)
	}
	return string(runes)
}
