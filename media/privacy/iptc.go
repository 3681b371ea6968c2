package privacy

import "encoding/binary"

// datasets of IPTC's record 2 that tell something.
var datasets = map[byte]string{
	80: Owner, 122: Owner, 118: Owner, 85: Owner, 110: Owner, 115: Owner,
	90: PlaceName, 92: PlaceName, 95: PlaceName, 101: PlaceName,
	116: Copyright,
	5:   Comment, 25: Comment, 105: Comment, 120: Comment,
	55: Date, 60: Date, 62: Date,
	65: Software,
}

// lookPhotoshop reads Photoshop's resource blocks, in which IPTC lies.
func lookPhotoshop(p []byte, b *book) {
	before := len(b.found)
	photoshopBlocks(p, b)
	if len(b.found) == before {
		b.add(Other, "")
	}
}

// photoshopBlocks notes what the blocks tell and returns what is no block.
func photoshopBlocks(p []byte, b *book) (rest []byte) {
	for len(p) >= 12 && string(p[:4]) == "8BIM" {
		id := binary.BigEndian.Uint16(p[4:])
		name := (int(p[6]) + 2) &^ 1
		if len(p) < 6+name+4 {
			break
		}
		n := int64(binary.BigEndian.Uint32(p[6+name:]))
		if n > int64(len(p)-6-name-4) {
			break
		}
		p = p[6+name+4:]
		switch id {
		case 0x0404:
			lookIPTC(p[:n], b)
		case 0x0409, 0x040c:
			b.add(Thumbnail, "")
		case 0x0422, 0x0423:
			_, _ = lookEXIF(p[:n], b)
		case 0x0424:
			lookXMP(p[:n], b)
		}
		p = p[min(int64(len(p)), (n+1)&^1):]
	}
	return p
}

// lookIPTC reads what news agencies write into photos.
func lookIPTC(p []byte, b *book) {
	for len(p) >= 5 && p[0] == 0x1c {
		record, set := p[1], p[2]
		n := int(binary.BigEndian.Uint16(p[3:]))
		if n > len(p)-5 {
			break // cut off, or a length of more than two bytes
		}
		value := string(p[5 : 5+n])
		p = p[5+n:]
		code := datasets[set]
		switch {
		case record != 2 || code == "":
			b.add(Other, "")
		case code == Date:
			b.add(Date, day(value))
		default:
			b.add(code, value)
		}
	}
}
