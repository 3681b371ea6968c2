package privacy

import (
	"bytes"
	"encoding/binary"
)

// box is a part of an ISO media file (HEIC, AVIF, MP4, MOV).
type box struct {
	kind     string
	at, end  int64
	body     int64 // where its content begins
	longform bool
}

// boxes are those between two places, in order.
func (s *source) boxes(at, end int64, budget *int) ([]box, error) {
	var all []box
	for at < end {
		if *budget--; *budget < 0 {
			return nil, trouble(TooComplex)
		}
		if end-at < 8 {
			if end-at == 4 { // QuickTime ends a list with a zero
				if p, err := s.read(at, 4); err == nil && bytes.Equal(p, []byte{0, 0, 0, 0}) {
					return all, nil
				}
			}
			return nil, trouble(Damaged)
		}
		p, err := s.read(at, 8)
		if err != nil {
			return nil, err
		}
		b := box{kind: string(p[4:8]), at: at, body: at + 8}
		n := int64(binary.BigEndian.Uint32(p))
		switch n {
		case 0:
			n = end - at // to the end
		case 1:
			p, err := s.read(at+8, 8)
			if err != nil {
				return nil, err
			}
			long := binary.BigEndian.Uint64(p)
			if long > uint64(end-at) {
				return nil, trouble(Damaged)
			}
			n, b.body, b.longform = int64(long), at+16, true
		}
		if n < b.body-at || n > end-at {
			return nil, trouble(Damaged)
		}
		b.end = at + n
		all = append(all, b)
		at = b.end
	}
	return all, nil
}

// mostBoxes bounds a whole file.
const mostBoxes = 1 << 16

func find(all []box, kind string) (box, bool) {
	for _, b := range all {
		if b.kind == kind {
			return b, true
		}
	}
	return box{}, false
}

// erased is the patch that makes a box free space, without its content.
func (b box) erased() []patch {
	return []patch{{at: b.at + 4, n: 4, data: []byte("free")}, {at: b.body, n: b.end - b.body}}
}

// xmpID and jumbfID are the boxes of XMP and of content credentials.
var (
	xmpID   = []byte("\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac")
	jumbfID = []byte("\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81")
)

// private notes what a box beside picture and film tells, and how it is erased.
func private(s *source, b *book, x box) ([]patch, error) {
	if x.kind != "uuid" || x.end-x.body < 16 {
		return nil, nil
	}
	p, err := s.read(x.body, 16)
	if err != nil {
		return nil, err
	}
	switch {
	case bytes.Equal(p, xmpID):
		p, err := s.some(x.body+16, min(x.end-x.body-16, mostBytes))
		if err != nil {
			return nil, err
		}
		lookXMP(bytes.Clone(p), b)
		b.add(Other, "")
	case bytes.Equal(p, jumbfID):
		b.add(Other, "")
	default:
		return nil, nil // players of some makers need theirs
	}
	return x.erased(), nil
}

// brands of an ftyp box: the major one, then those compatible.
func ftyp(head []byte) []string {
	if len(head) < 16 || string(head[4:8]) != "ftyp" {
		return nil
	}
	n := int(min(uint32(len(head)), binary.BigEndian.Uint32(head)))
	brands := []string{string(head[8:12])}
	for at := 16; at+4 <= n; at += 4 {
		brands = append(brands, string(head[at:at+4]))
	}
	return brands
}

var heifBrands = map[string]bool{
	"heic": true, "heix": true, "heim": true, "heis": true, "hevc": true, "hevx": true, "mif1": true, "mif2": true, "msf1": true, "avif": true, "avis": true,
}

func isHEIF(head []byte) bool {
	brands := ftyp(head)
	return len(brands) > 0 && heifBrands[brands[0]]
}

func isFilm(head []byte) bool {
	if len(ftyp(head)) > 0 {
		return !isHEIF(head)
	}
	if len(head) < 12 {
		return false
	}
	switch string(head[4:8]) { // QuickTime of old has no ftyp
	case "moov", "mdat", "wide":
		return true
	}
	return false
}
