package privacy

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"time"
)

// Elements of Matroska, of which WebM is a part.
const (
	mkvSegment     = 0x18538067
	mkvCluster     = 0x1f43b675
	mkvInfo        = 0x1549a966
	mkvTags        = 0x1254c367
	mkvAttachments = 0x1941a469
	mkvTag         = 0x7373
	mkvSimpleTag   = 0x67c8
	mkvTagName     = 0x45a3
	mkvTagString   = 0x4487
	mkvTitle       = 0x7ba9
	mkvDate        = 0x4461
	mkvFile        = 0x7384 // the name of the file that this one came from
	mkvCheck       = 0xbf
	mkvVoid        = 0xec
)

// matroskaTags are the names of tags that tell something.
var matroskaTags = map[string]string{
	"LOCATION": Place, "RECORDING_LOCATION": PlaceName, "COM.APPLE.QUICKTIME.LOCATION.ISO6709": Place, "LOCATION-ENG": Place,
	"ARTIST": Owner, "AUTHOR": Owner, "DIRECTOR": Owner, "PRODUCER": Owner, "ENCODED_BY": Owner, "PURCHASE_OWNER": Owner, "PUBLISHER": Owner,
	"MAKE": Camera, "MODEL": Camera, "COPYRIGHT": Copyright,
	"TITLE": Comment, "COMMENT": Comment, "DESCRIPTION": Comment, "SYNOPSIS": Comment, "SUMMARY": Comment, "KEYWORDS": Comment,
	"DATE": Date, "DATE_RECORDED": Date, "DATE_TAGGED": Date, "DATE_DIGITIZED": Date, "CREATION_TIME": Date,
}

// plainTags are those that programs write about the data themselves.
var plainTags = map[string]bool{
	"ENCODER": true, "ENCODER_OPTIONS": true, "DURATION": true, "BPS": true, "NUMBER_OF_FRAMES": true, "NUMBER_OF_BYTES": true, "HANDLER_NAME": true,
	"VENDOR_ID": true, "MAJOR_BRAND": true, "MINOR_VERSION": true, "COMPATIBLE_BRANDS": true, "LANGUAGE": true, "ALPHA_MODE": true,
}

// matroskaFile is read as deep as its tags lie. What is private becomes an
// element that readers pass over, of the same size: all offsets stay.
type matroskaFile struct {
	s       *source
	b       *book
	patches []patch
	budget  int
	told    bool // by the tags that are read
}

// element is a part of a Matroska file.
type element struct {
	id            uint64
	at, body, end int64
}

func lookMatroska(s *source, b *book) ([]piece, error) {
	m := &matroskaFile{s: s, b: b, budget: mostBoxes}
	at := int64(0)
	for at < s.size {
		e, err := m.element(at, s.size)
		if err != nil {
			return nil, err
		}
		if e.id == mkvSegment {
			if err := m.segment(e); err != nil {
				return nil, err
			}
		}
		at = e.end
	}
	return patched(s.size, m.patches)
}

// element reads what begins at a place and is to end before another.
func (m *matroskaFile) element(at, end int64) (element, error) {
	if m.budget--; m.budget < 0 {
		return element{}, trouble(TooComplex)
	}
	p, err := m.s.some(at, min(12, end-at))
	if err != nil {
		return element{}, err
	}
	id, n := mkvNumber(p, 4, false)
	if n == 0 {
		return element{}, trouble(Damaged)
	}
	size, k := mkvNumber(p[n:], 8, true)
	if k == 0 {
		return element{}, trouble(Damaged)
	}
	e := element{id: id, at: at, body: at + int64(n+k)}
	switch rest := uint64(end - e.body); {
	case size == 1<<(7*k)-1: // it is not said
		if id != mkvSegment && id != mkvCluster {
			return element{}, trouble(Unsupported)
		}
		e.end = end
	case size > rest:
		return element{}, trouble(Damaged)
	default:
		e.end = e.body + int64(size)
	}
	return e, nil
}

// mkvNumber reads a number whose first byte says how long it is, of a size
// without the bit that says so; a length of 0 means none.
func mkvNumber(p []byte, most int, size bool) (v uint64, n int) {
	if len(p) == 0 || p[0] == 0 {
		return 0, 0
	}
	n = 1
	for mask := byte(0x80); p[0]&mask == 0; mask >>= 1 {
		n++
	}
	if n > most || n > len(p) {
		return 0, 0
	}
	for _, c := range p[:n] {
		v = v<<8 | uint64(c)
	}
	if size {
		v &= 1<<(7*n) - 1
	}
	return v, n
}

// each calls work for all elements in another one.
func (m *matroskaFile) each(parent element, work func(element) error) error {
	for at := parent.body; at < parent.end; {
		e, err := m.element(at, parent.end)
		if err != nil {
			return err
		}
		if err := work(e); err != nil {
			return err
		}
		at = e.end
	}
	return nil
}

func (m *matroskaFile) segment(seg element) error {
	return m.each(seg, func(e element) error {
		switch e.id {
		case mkvInfo:
			return m.info(e)
		case mkvTags:
			return m.tags(e)
		case mkvAttachments: // covers and fonts; which, is the person's own matter
			m.b.stays(Other, "")
		case mkvCluster:
			if e.end == seg.end && m.s.size-e.body > 0 && !m.sized(e) {
				return trouble(Unsupported) // as it is recorded live: what follows cannot be told from it
			}
		}
		return nil
	})
}

// sized tells whether an element says how long it is.
func (m *matroskaFile) sized(e element) bool {
	p, err := m.s.read(e.at, e.body-e.at)
	if err != nil {
		return false
	}
	_, n := mkvNumber(p, 4, false)
	size, k := mkvNumber(p[n:], 8, true)
	return size != 1<<(7*k)-1
}

// info notes when a film was made, its title, and the file that it came from.
func (m *matroskaFile) info(info element) error {
	var check *element
	var private []element
	err := m.each(info, func(e element) error {
		p, err := m.s.some(e.body, min(256, e.end-e.body))
		if err != nil {
			return err
		}
		switch e.id {
		case mkvCheck:
			check = &e
			return nil
		case mkvDate:
			m.b.add(Date, mkvDay(p))
		case mkvTitle:
			m.b.add(Comment, string(p))
		case mkvFile:
			m.b.add(Path, "")
		default:
			return nil
		}
		private = append(private, e)
		return nil
	})
	if err != nil || len(private) == 0 {
		return err
	}
	if check != nil { // it is of what was there before
		private = append(private, *check)
	}
	for _, e := range private {
		if err := m.void(e); err != nil {
			return err
		}
	}
	return nil
}

// mkvDay is the day of nanoseconds since 2001.
func mkvDay(p []byte) string {
	if len(p) != 8 {
		return ""
	}
	ns := int64(binary.BigEndian.Uint64(p))
	t := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(ns))
	return t.Format(time.DateOnly)
}

// tags erases all tags if one of them tells something.
func (m *matroskaFile) tags(tags element) error {
	m.told = false
	err := m.each(tags, func(e element) error {
		if e.id != mkvTag {
			return nil
		}
		return m.each(e, func(e element) error { return m.simple(e, 0) })
	})
	if err != nil || !m.told {
		return err
	}
	return m.void(tags)
}

// simple reads a tag, and those inside it.
func (m *matroskaFile) simple(tag element, depth int) error {
	if tag.id != mkvSimpleTag || depth > 8 {
		return nil
	}
	var name, value string
	err := m.each(tag, func(e element) error {
		switch e.id {
		case mkvTagName, mkvTagString:
			p, err := m.s.some(e.body, min(256, e.end-e.body))
			if err != nil {
				return err
			}
			if e.id == mkvTagName {
				name = strings.ToUpper(string(bytes.TrimRight(p, "\x00")))
			} else {
				value = string(bytes.TrimRight(p, "\x00"))
			}
		case mkvSimpleTag:
			return m.simple(e, depth+1)
		}
		return nil
	})
	if err != nil || plainTags[name] || strings.HasPrefix(name, "_STATISTICS") {
		return err
	}
	m.told = true
	switch code := matroskaTags[name]; code {
	case "":
		m.b.add(Other, "")
	case Place:
		m.b.add(Place, iso6709(value))
	case Date:
		m.b.add(Date, day(value))
	default:
		m.b.add(code, value)
	}
	return nil
}

// void overwrites an element with one that holds zeros.
func (m *matroskaFile) void(e element) error {
	n := e.end - e.at
	if n < 2 || n > math.MaxInt32 {
		return trouble(Unsupported)
	}
	head := []byte{mkvVoid}
	if rest := uint64(n - 2); rest < 127 {
		head = append(head, 0x80|byte(rest))
	} else if n < 9 {
		return trouble(Unsupported)
	} else {
		head = binary.BigEndian.AppendUint64(head, uint64(n-9)|1<<56)
	}
	m.patches = append(m.patches, patch{at: e.at, n: n, data: head})
	return nil
}
