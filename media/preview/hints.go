package preview

import (
	"bytes"
	"encoding/binary"
)

// hints are what the header of a picture says beside its size.
type hints struct {
	turn        int    // EXIF's orientation, 0 where it says none
	thumb       []byte // a JPEG in the EXIF
	progressive bool
	sampled     int64 // bytes a pixel, rounded up, that decoding a JPEG takes
	moving      bool
}

func readHints(format string, data []byte) hints {
	switch format {
	case "JPEG":
		return jpegHints(data)
	case "PNG":
		return pngHints(data)
	case "WebP":
		return webpHints(data)
	case "GIF": // the second frame's control block
		return hints{moving: bytes.Count(data, []byte("\x21\xf9\x04")) > 1}
	}
	return hints{}
}

// jpegHints walks over the segments before the picture's data.
func jpegHints(d []byte) (h hints) {
	for i := 2; i+4 <= len(d) && d[i] == 0xff; {
		kind := d[i+1]
		if kind == 0xff { // padding
			i++
			continue
		}
		if kind == 0xda || kind == 0xd9 {
			return h
		}
		n := int(binary.BigEndian.Uint16(d[i+2:]))
		if n < 2 {
			return h
		}
		body := d[i+4 : min(i+2+n, len(d))]
		switch {
		case kind == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
			h.turn, h.thumb = exif(body[6:])
		case kind >= 0xc0 && kind <= 0xc2 && len(body) >= 6:
			h.progressive = kind == 0xc2
			h.sampled = sampled(body)
		}
		i += 2 + n
	}
	return h
}

// sampled is how many bytes a pixel the components of a frame take.
func sampled(frame []byte) int64 {
	n := int(frame[5])
	most, sum := 0, 0
	for c := range n {
		if 6+3*c+1 >= len(frame) {
			return 4
		}
		area := int(frame[6+3*c+1]>>4) * int(frame[6+3*c+1]&15)
		sum += area
		most = max(most, area)
	}
	if most == 0 {
		return 4
	}
	return int64((sum + most - 1) / most)
}

// exif reads the orientation and where the thumbnail lies; what is damaged
// says nothing.
func exif(t []byte) (turn int, thumb []byte) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(t, []byte("II*\x00")):
		order = binary.LittleEndian
	case bytes.HasPrefix(t, []byte("MM\x00*")):
		order = binary.BigEndian
	default:
		return 0, nil
	}
	if len(t) < 8 {
		return 0, nil
	}
	first, next := directory(t, order, order.Uint32(t[4:]))
	if v := first[0x0112]; v >= 1 && v <= 8 {
		turn = int(v)
	}
	second, _ := directory(t, order, next)
	at, n := uint64(second[0x0201]), uint64(second[0x0202])
	if n > 0 && at+n <= uint64(len(t)) {
		thumb = t[at : at+n]
	}
	return turn, thumb
}

// directory reads the numbers of one of TIFF's directories, and where the next
// one is.
func directory(t []byte, order binary.ByteOrder, at uint32) (map[uint16]uint32, uint32) {
	if at == 0 || int64(at)+2 > int64(len(t)) {
		return nil, 0
	}
	n := int(order.Uint16(t[at:]))
	end := int64(at) + 2 + 12*int64(n)
	if n > 512 || end > int64(len(t)) {
		return nil, 0
	}
	found := make(map[uint16]uint32, n)
	for i := range n {
		e := t[int(at)+2+12*i:]
		switch order.Uint16(e[2:]) {
		case 3:
			found[order.Uint16(e)] = uint32(order.Uint16(e[8:]))
		case 4:
			found[order.Uint16(e)] = order.Uint32(e[8:])
		}
	}
	if end+4 > int64(len(t)) {
		return found, 0
	}
	return found, order.Uint32(t[end:])
}

func pngHints(d []byte) (h hints) {
	for i := 8; i+8 <= len(d); {
		n, kind := int64(binary.BigEndian.Uint32(d[i:])), string(d[i+4:i+8])
		body := d[i+8 : min(int64(i+8)+n, int64(len(d)))]
		switch kind {
		case "eXIf":
			h.turn, _ = exif(body)
		case "acTL":
			h.moving = true
		}
		if n > int64(len(d)) {
			return h
		}
		i += 12 + int(n)
	}
	return h
}

func webpHints(d []byte) (h hints) {
	for i := 12; i+8 <= len(d); {
		n, kind := int64(binary.LittleEndian.Uint32(d[i+4:])), string(d[i:i+4])
		body := d[i+8 : min(int64(i+8)+n, int64(len(d)))]
		switch kind {
		case "EXIF":
			h.turn, _ = exif(bytes.TrimPrefix(body, []byte("Exif\x00\x00")))
		case "ANIM":
			h.moving = true
		}
		if n > int64(len(d)) {
			return h
		}
		i += 8 + int(n+n&1)
	}
	return h
}
