package privacy

import (
	"bytes"
	"encoding/binary"
)

// Flags of a VP8X chunk.
const (
	webpEXIF = 0x08
	webpXMP  = 0x04
)

// webpKept are the chunks that a decoder needs.
var webpKept = map[string]bool{"VP8X": true, "VP8 ": true, "VP8L": true, "ALPH": true, "ANIM": true, "ANMF": true, "ICCP": true}

func lookWebP(s *source, b *book) ([]piece, error) {
	p, err := s.read(4, 4)
	if err != nil {
		return nil, err
	}
	end := 8 + int64(binary.LittleEndian.Uint32(p))
	if end&1 == 1 {
		end++ // the padding is not counted by everybody
	}
	if end > s.size || end < 12 {
		return nil, trouble(Damaged)
	}
	w := &webpFile{s: s, b: b}
	for pos, i := int64(12), 0; pos < end; i++ {
		if i > mostParts || len(w.out.pieces) > mostPieces {
			return nil, trouble(TooComplex)
		}
		if pos, err = w.chunk(pos, end); err != nil {
			return nil, err
		}
	}
	if end < s.size {
		b.add(Hidden, "")
	}
	return w.finish(), nil
}

type webpFile struct {
	s     *source
	b     *book
	out   shears
	flags []byte // VP8X as it was
	turn  int
	seen  bool // EXIF was met; the first counts
}

func (w *webpFile) chunk(pos, end int64) (int64, error) {
	if end-pos < 8 {
		return 0, trouble(Damaged)
	}
	p, err := w.s.read(pos, 8)
	if err != nil {
		return 0, err
	}
	kind, n := string(p[:4]), int64(binary.LittleEndian.Uint32(p[4:]))
	next := pos + 8 + (n+1)&^1
	if next > end {
		return 0, trouble(Damaged)
	}
	switch {
	case kind == "VP8X" && w.flags == nil && pos == 12:
		if n < 10 {
			return 0, trouble(Damaged)
		}
		if p, err = w.s.read(pos, next-pos); err != nil {
			return 0, err
		}
		w.flags = bytes.Clone(p)
	case webpKept[kind]:
		w.out.keep(pos, next)
	case kind == "EXIF":
		if p, err = w.s.read(pos+8, n); err != nil {
			return 0, err
		}
		turn, err := lookEXIF(bytes.Clone(bytes.TrimPrefix(p, []byte(exifHead))), w.b)
		if err != nil {
			return 0, err
		}
		if !w.seen {
			w.seen, w.turn = true, turn
		}
	case kind == "XMP ":
		if p, err = w.s.read(pos+8, n); err != nil {
			return 0, err
		}
		lookXMP(bytes.Clone(p), w.b)
	default:
		w.b.add(Other, "")
	}
	return next, nil
}

// finish puts the file together: its length and its flags are others now.
func (w *webpFile) finish() []piece {
	var tail []byte
	turned := w.turn > 1 && w.flags != nil && w.flags[8]&webpEXIF != 0
	if turned {
		data := exifTurn(w.turn)
		tail = append([]byte("EXIF"), binary.LittleEndian.AppendUint32(nil, uint32(len(data)))...)
		tail = append(tail, data...)
	}
	if w.flags != nil {
		w.flags[8] &^= webpEXIF | webpXMP
		if turned {
			w.flags[8] |= webpEXIF
		}
	}
	n := int64(4 + len(w.flags) + len(tail))
	for _, p := range w.out.pieces {
		n += p.n
	}
	head := append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(n))...)
	head = append(append(head, "WEBP"...), w.flags...)
	all := shears{}
	all.put(head)
	all.pieces = append(all.pieces, w.out.pieces...)
	all.put(tail)
	return all.pieces
}
