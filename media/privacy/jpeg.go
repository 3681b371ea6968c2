package privacy

import (
	"bytes"
	"encoding/binary"
)

// JPEG markers.
const (
	markerSOI  = 0xd8
	markerEOI  = 0xd9
	markerSOS  = 0xda
	markerAPP0 = 0xe0
	markerAPPF = 0xef
	markerCOM  = 0xfe
)

const (
	exifHead    = "Exif\x00\x00"
	xmpHead     = "http://ns.adobe.com/xap/1.0/\x00"
	xmpMoreHead = "http://ns.adobe.com/xmp/extension/\x00"
	// xmpMoreSkip is the header, a digest, and the lengths of an extended XMP.
	xmpMoreSkip = len(xmpMoreHead) + 32 + 8
)

// jpegFile walks the segments of a JPEG file. It keeps what a decoder needs,
// and of the rest JFIF, the colour profile and Adobe's colour transform.
type jpegFile struct {
	s    *source
	b    *book
	out  shears
	more []byte // extended XMP
	// turned is whether the first EXIF, the one that decoders heed, was met.
	turned bool
}

func lookJPEG(s *source, b *book) ([]piece, error) {
	j := &jpegFile{s: s, b: b}
	j.out.keep(0, 2)
	end, err := j.walk(2)
	lookXMP(j.more, b)
	if err != nil {
		return nil, err
	}
	if end < s.size {
		return j.out.pieces, j.trailer(end)
	}
	return j.out.pieces, nil
}

// walk goes over all segments and scans and returns where the picture ends.
func (j *jpegFile) walk(pos int64) (int64, error) {
	for range mostParts {
		p, err := j.s.read(pos, 2)
		if err != nil {
			return 0, err
		}
		code := p[1]
		switch {
		case p[0] != 0xff || code == 0:
			return 0, trouble(Damaged)
		case code == 0xff: // padding
			j.out.keep(pos, pos+1)
			pos++
			continue
		case code == markerEOI:
			j.out.keep(pos, pos+2)
			return pos + 2, nil
		case code == markerSOI:
			return 0, trouble(Damaged)
		case code == 1 || 0xd0 <= code && code <= 0xd7: // nothing follows
			j.out.keep(pos, pos+2)
			pos += 2
			continue
		}
		p, err = j.s.read(pos+2, 2)
		if err != nil {
			return 0, err
		}
		n := int64(binary.BigEndian.Uint16(p))
		if n < 2 || pos+2+n > j.s.size {
			return 0, trouble(Damaged)
		}
		next := pos + 2 + n
		if err := j.segment(code, pos, next); err != nil {
			return 0, err
		}
		if code == markerSOS {
			if pos, err = j.scan(next); err != nil {
				return 0, err
			}
			j.out.keep(next, pos)
			continue
		}
		pos = next
		if len(j.out.pieces) > mostPieces {
			break
		}
	}
	return 0, trouble(TooComplex)
}

// scan passes over compressed data and returns where the next marker is.
func (j *jpegFile) scan(pos int64) (int64, error) {
	for {
		p, err := j.s.some(pos, windowSize/2)
		if err != nil {
			return 0, err
		}
		i := bytes.IndexByte(p, 0xff)
		switch {
		case i < 0 && len(p) == 0:
			return 0, trouble(Damaged) // there is no end
		case i < 0:
			pos += int64(len(p))
			continue
		}
		pos += int64(i)
		p, err = j.s.read(pos, 2)
		if err != nil {
			return 0, err
		}
		switch c := p[1]; {
		case c == 0 || 0xd0 <= c && c <= 0xd7:
			pos += 2
		case c == 0xff:
			pos++
		default:
			return pos, nil
		}
	}
}

// segment decides about one segment, from its marker to its end.
func (j *jpegFile) segment(code byte, from, to int64) error {
	if code != markerCOM && (code < markerAPP0 || code > markerAPPF) {
		j.out.keep(from, to)
		return nil
	}
	p, err := j.s.read(from+4, to-from-4)
	if err != nil {
		return err
	}
	has := func(head string) bool { return bytes.HasPrefix(p, []byte(head)) }
	switch {
	case code == markerCOM:
		j.b.add(Comment, string(bytes.TrimRight(p, "\x00")))
	case code == markerAPP0 && has("JFIF\x00"):
		j.jfif(p, from, to)
	case code == markerAPP0 && has("JFXX\x00"):
		j.b.add(Thumbnail, "")
	case code == markerAPP0+1 && has(exifHead):
		return j.exif(bytes.Clone(p[len(exifHead):]))
	case code == markerAPP0+1 && has(xmpHead):
		lookXMP(bytes.Clone(p[len(xmpHead):]), j.b)
	case code == markerAPP0+1 && has(xmpMoreHead) && len(p) > xmpMoreSkip:
		if len(j.more) < mostBytes {
			j.more = append(j.more, p[xmpMoreSkip:]...)
		}
		j.b.add(Other, "")
	case code == markerAPP0+2 && has("ICC_PROFILE\x00"), code == markerAPP0+14 && has("Adobe"):
		j.out.keep(from, to)
	case code == markerAPP0+2 && has("MPF\x00"):
		j.b.add(Other, "") // its pictures are found behind the end
	case code == markerAPP0+13 && has("Photoshop 3.0\x00"):
		lookPhotoshop(p[len("Photoshop 3.0\x00"):], j.b)
	default:
		j.b.add(Other, "")
	}
	return nil
}

// jfif keeps the header, without the small picture that it may hold.
func (j *jpegFile) jfif(p []byte, from, to int64) {
	const bare = 14
	if len(p) <= bare || p[12] == 0 || p[13] == 0 {
		j.out.keep(from, to)
		return
	}
	j.b.add(Thumbnail, "")
	head := append([]byte{0xff, markerAPP0, 0, 2 + bare}, p[:bare]...)
	head[4+12], head[4+13] = 0, 0
	j.out.put(head)
}

// exif notes what EXIF tells and leaves of it how the photo is turned.
func (j *jpegFile) exif(p []byte) error {
	turn, err := lookEXIF(p, j.b)
	if err != nil || j.turned {
		return err
	}
	j.turned = true
	if turn > 1 {
		data := append([]byte(exifHead), exifTurn(turn)...)
		head := binary.BigEndian.AppendUint16([]byte{0xff, markerAPP0 + 1}, uint16(len(data)+2))
		j.out.put(append(head, data...))
	}
	return nil
}

// trailer is what lies behind the end: further pictures (a small one, that
// of a second lens), a film of the moments before, or what an editor forgot to
// cut off.
func (j *jpegFile) trailer(end int64) error {
	p, err := j.s.some(end, windowSize/2)
	if err != nil {
		return err
	}
	if len(bytes.Trim(p, "\x00\xff \r\n")) > 0 || j.s.size-end > int64(len(p)) {
		j.b.add(Hidden, "")
	}
	return nil
}
