package privacy

import (
	"strings"
)

// psdOf is a document of Photoshop with resource blocks.
func psdOf(blocks ...string) []byte {
	all := strings.Join(blocks, "")
	return []byte("8BPS\x00\x01" + strings.Repeat("\x00", 20) + u32(3) + "abc" + u32(len(all)) + all + u32(0) + u16(0))
}

func block(id int, data string) string {
	out := "8BIM" + u16(id) + "\x00\x00" + u32(len(data)) + data
	if len(data)%2 == 1 {
		out += "\x00"
	}
	return out
}

// jxlOf is a picture of JPEG XL with boxes beside it.
func jxlOf(boxes ...string) []byte {
	return []byte(jxlMagic + bx("ftyp", "jxl ", u32(0), "jxl ") + strings.Join(boxes, "") + bx("jxlc", "\xff\x0apicture"))
}

// sound are the first bytes of a frame of MP3.
const sound = "\xff\xfb\x90\x64" + "sound of no length that anybody counts"

// id3Of is sound with tags before it, of ID3's version 3 or 4.
func id3Of(version byte, frames ...string) []byte {
	all := strings.Join(frames, "") + strings.Repeat("\x00", 20)
	n := len(all)
	return []byte("ID3" + string([]byte{version, 0, 0, byte(n >> 21 & 0x7f), byte(n >> 14 & 0x7f), byte(n >> 7 & 0x7f), byte(n & 0x7f)}) + all + sound)
}

func id3Frame(name, value string) string { return name + u32(len(value)) + "\x00\x00" + value }

// frame2 is one of version 2, whose names have three letters.
func id3Frame2(name, value string) string { return name + u32(len(value))[1:] + value }
