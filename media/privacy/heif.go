package privacy

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// heifFile is a HEIC or AVIF picture. Its parts are items; a table says which
// item is what (iinf) and another one where it lies (iloc). What is private is
// overwritten where it lies: all offsets stay.
type heifFile struct {
	s    *source
	b    *book
	kind map[uint32]string // of the private items: "Exif" or "mime"
	data []box             // boxes that may hold items: mdat, idat
	idat int64             // where the content of idat begins; 0: there is none
}

// extent is a part of an item.
type extent struct {
	item  uint32
	at, n int64
}

func lookHEIF(s *source, b *book) ([]piece, error) {
	budget := mostBoxes
	top, err := s.boxes(0, s.size, &budget)
	if err != nil {
		return nil, err
	}
	h := &heifFile{s: s, b: b}
	var patches []patch
	metas := 0
	film := false
	for _, x := range top {
		switch x.kind {
		case "mdat":
			h.data = append(h.data, x)
		case "moov":
			film = true
		case "meta":
			metas++
		case "uuid":
			more, err := private(s, b, x)
			if err != nil {
				return nil, err
			}
			patches = append(patches, more...)
		}
	}
	if metas > 1 {
		return nil, trouble(Unsupported)
	}
	if meta, ok := find(top, "meta"); ok {
		more, err := h.meta(meta, &budget)
		if err != nil {
			return nil, err
		}
		patches = append(patches, more...)
	}
	if film && len(b.found) > 0 {
		return nil, trouble(Unsupported) // its frames may lie anywhere in mdat
	}
	return patched(s.size, patches)
}

func (h *heifFile) meta(meta box, budget *int) ([]patch, error) {
	inner, err := h.s.boxes(meta.body+4, meta.end, budget)
	if err != nil {
		return nil, err
	}
	info, ok := find(inner, "iinf")
	if !ok {
		return nil, nil
	}
	if err := h.items(info, budget); err != nil || len(h.kind) == 0 {
		return nil, err
	}
	if d, ok := find(inner, "idat"); ok {
		h.idat = d.body
		h.data = append(h.data, d)
	}
	where, ok := find(inner, "iloc")
	if !ok {
		return nil, trouble(Damaged)
	}
	extents, err := h.locate(where)
	if err != nil {
		return nil, err
	}
	if err := h.apart(extents); err != nil {
		return nil, err
	}
	return h.erase(extents)
}

// items finds the private ones.
func (h *heifFile) items(info box, budget *int) error {
	p, err := h.s.read(info.body, 4)
	if err != nil {
		return err
	}
	skip := int64(6)
	if p[0] > 0 {
		skip = 8
	}
	entries, err := h.s.boxes(info.body+skip, info.end, budget)
	if err != nil {
		return err
	}
	h.kind = map[uint32]string{}
	for _, e := range entries {
		if e.kind != "infe" {
			continue
		}
		p, err := h.s.some(e.body, min(e.end-e.body, 256))
		if err != nil {
			return err
		}
		if len(p) < 4 || p[0] < 2 {
			return trouble(Unsupported)
		}
		id, rest := uint32(0), p[4:]
		switch {
		case p[0] == 2 && len(rest) >= 8:
			id, rest = uint32(binary.BigEndian.Uint16(rest)), rest[4:]
		case p[0] > 2 && len(rest) >= 10:
			id, rest = binary.BigEndian.Uint32(rest), rest[6:]
		default:
			return trouble(Damaged)
		}
		switch kind := string(rest[:4]); kind {
		case "Exif", "mime":
			h.kind[id] = kind
		}
	}
	return nil
}

// locate reads where all items lie.
func (h *heifFile) locate(where box) ([]extent, error) {
	p, err := h.s.read(where.body, where.end-where.body)
	if err != nil {
		return nil, err
	}
	r := &fields{p: bytes.Clone(p)}
	version := r.uint(1)
	r.uint(3)
	a, c := r.uint(1), r.uint(1)
	offset, length, base, index := int(a>>4), int(a&15), int(c>>4), 0
	if version > 0 {
		index = int(c & 15)
	}
	id, count := 2, 2
	if version > 1 {
		id, count = 4, 4
	}
	items := r.uint(count)
	var all []extent
	for ; items > 0 && !r.short; items-- {
		item := uint32(r.uint(id))
		method := uint64(0)
		if version > 0 {
			method = r.uint(2) & 15
		}
		r.uint(2) // another file
		from := r.uint(base)
		for n := r.uint(2); n > 0 && !r.short; n-- {
			r.uint(index)
			e := extent{item: item}
			off, size := r.uint(offset), r.uint(length)
			if from > 1<<61 || off > 1<<61 || size > 1<<61 {
				return nil, trouble(Damaged)
			}
			e.at, e.n = int64(from+off), int64(size)
			switch {
			case method == 1:
				e.at += h.idat
			case method > 1 && h.kind[item] != "":
				return nil, trouble(Unsupported)
			case method > 1:
				continue // made of other items
			}
			if length == 0 || e.n == 0 {
				if h.kind[item] != "" {
					return nil, trouble(Unsupported) // "the whole file"
				}
				continue
			}
			all = append(all, e)
			if len(all) > mostPieces {
				return nil, trouble(TooComplex)
			}
		}
	}
	if r.short || version > 2 {
		return nil, trouble(Damaged)
	}
	return all, nil
}

// apart makes sure that what is overwritten lies in data, and that nothing
// else lies there.
func (h *heifFile) apart(extents []extent) error {
	slices.SortFunc(extents, func(a, b extent) int {
		switch {
		case a.at < b.at:
			return -1
		case a.at > b.at:
			return 1
		}
		return 0
	})
	var reach int64 // how far all extents so far reach
	var private bool
	for _, e := range extents {
		mine := h.kind[e.item] != ""
		if mine && !slices.ContainsFunc(h.data, func(d box) bool { return e.at >= d.body && e.n <= d.end-d.body && e.at+e.n <= d.end }) {
			return trouble(Damaged)
		}
		if e.at < reach && (mine || private) {
			return trouble(Damaged)
		}
		if end := e.at + e.n; end > reach {
			reach, private = end, mine
		}
	}
	return nil
}

// erase reads the private items and overwrites them with such that hold
// nothing.
func (h *heifFile) erase(extents []extent) ([]patch, error) {
	var patches []patch
	parts := map[uint32]int{}
	for _, e := range extents {
		parts[e.item]++
	}
	for _, e := range extents {
		kind := h.kind[e.item]
		if kind == "" {
			continue
		}
		blank := patch{at: e.at, n: e.n}
		p, err := h.s.some(e.at, min(e.n, mostBytes))
		if err != nil {
			return nil, err
		}
		p = bytes.Clone(p)
		switch {
		case parts[e.item] > 1:
			if len(bytes.Trim(p, "\x00")) > 0 {
				h.b.add(Other, "") // in pieces
			}
		case kind == "Exif":
			left := exifEmpty
			if turn := h.exif(p); turn > 1 {
				left = exifTurn(turn)
			}
			if empty := append(make([]byte, 4), left...); e.n >= int64(len(empty)) {
				blank.data = empty
			}
		default:
			lookXMP(p, h.b)
			if empty := []byte(`<x:xmpmeta xmlns:x="adobe:ns:meta/"/>`); e.n >= int64(len(empty)) {
				blank.data = empty
			}
		}
		patches = append(patches, blank)
	}
	return patches, nil
}

// exif reads an item of EXIF, which begins with where the EXIF in it begins,
// and returns how it says that the photo is turned. That is the business of a
// property, but some programs read it here.
func (h *heifFile) exif(p []byte) (turn int) {
	if len(bytes.Trim(p, "\x00")) == 0 {
		return 1
	}
	if len(p) >= 4 {
		if skip := int64(binary.BigEndian.Uint32(p)); skip <= int64(len(p)-4) {
			turn, _ = lookEXIF(p[4+skip:], h.b)
			return turn
		}
	}
	h.b.add(Other, "")
	return 1
}

// fields reads numbers one after the other.
type fields struct {
	p     []byte
	short bool
}

func (f *fields) uint(n int) uint64 {
	if n > 8 || n > len(f.p) {
		f.short = true
		return 0
	}
	var v uint64
	for _, c := range f.p[:n] {
		v = v<<8 | uint64(c)
	}
	f.p = f.p[n:]
	return v
}
