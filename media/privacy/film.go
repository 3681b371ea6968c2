package privacy

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// atoms are the boxes of user data in films that tell something.
var atoms = map[string]string{
	"\xa9xyz": Place, "loci": Place,
	"\xa9mak": Camera, "\xa9mod": Camera, "\xa9aut": Owner, "auth": Owner, "\xa9own": Owner, "\xa9swr": Software, "\xa9day": Date,
	"\xa9cmt": Comment, "\xa9inf": Comment, "cprt": Copyright, "\xa9cpy": Copyright,
	"CNTH": Maker, "GPMF": Maker, "CAME": Serial, "LENS": Camera, "FIRM": Software, "SDLN": Maker, "mcvr": Thumbnail, "thmb": Thumbnail,
}

// keys are the names in QuickTime's own metadata.
var quickTimeKeys = map[string]string{
	"location.iso6709": Place, "location.name": PlaceName, "location.accuracy.horizontal": Place, "make": Camera, "model": Camera, "software": Software,
	"creationdate": Date, "author": Owner, "artist": Owner, "director": Owner, "copyright": Copyright, "comment": Comment, "description": Comment,
	"title": Comment, "keywords": Comment, "content.identifier": Other,
}

// filmFile is an MP4 or MOV. Its user data are overwritten where they lie. The
// tags of music (title, artist, cover) stay: they are meant to be seen.
type filmFile struct {
	s       *source
	b       *book
	patches []patch
	budget  int
}

func lookFilm(s *source, b *book) ([]piece, error) {
	f := &filmFile{s: s, b: b, budget: mostBoxes}
	top, err := s.boxes(0, s.size, &f.budget)
	if err != nil {
		return nil, err
	}
	for _, x := range top {
		switch x.kind {
		case "moov":
			err = f.inside(x, 0)
		case "uuid":
			var more []patch
			more, err = private(s, b, x)
			f.patches = append(f.patches, more...)
		case "meta":
			err = f.meta(x)
		}
		if err != nil {
			return nil, err
		}
	}
	return patched(s.size, f.patches)
}

// inside walks over moov and its tracks.
func (f *filmFile) inside(parent box, depth int) error {
	if depth > 4 {
		return nil
	}
	inner, err := f.s.boxes(parent.body, parent.end, &f.budget)
	if err != nil {
		return err
	}
	for _, x := range inner {
		switch x.kind {
		case "trak", "mdia", "minf", "stbl":
			err = f.inside(x, depth+1)
		case "mvhd", "tkhd", "mdhd":
			err = f.header(x)
		case "stsd":
			err = f.samples(x)
		case "udta":
			err = f.userData(x)
		case "meta":
			err = f.meta(x)
		case "uuid":
			var more []patch
			more, err = private(f.s, f.b, x)
			f.patches = append(f.patches, more...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// header notes when the film, or a track of it, was made.
func (f *filmFile) header(x box) error {
	p, err := f.s.some(x.body, 16)
	if err != nil || len(p) < 16 || x.end-x.body < 16 {
		return err
	}
	n := int64(8)
	if p[0] == 1 {
		n = 16
	}
	if p, err = f.s.read(x.body+4, min(n, x.end-x.body-4)); err != nil {
		return err
	}
	if len(bytes.Trim(p, "\x00")) > 0 {
		f.b.add(Date, "")
		f.patches = append(f.patches, patch{at: x.body + 4, n: int64(len(p))})
	}
	return nil
}

// samples finds tracks that hold measurements, such as where the camera was.
func (f *filmFile) samples(x box) error {
	p, err := f.s.some(x.body, min(x.end-x.body, 16))
	if err != nil || len(p) < 16 {
		return err
	}
	switch string(p[12:16]) {
	case "gpmd", "camm":
		f.b.stays(Place, "")
	case "mebx": // of an iPhone; what is measured differs
		f.b.stays(Other, "")
	}
	return nil
}

func (f *filmFile) userData(parent box) error {
	inner, err := f.s.boxes(parent.body, parent.end, &f.budget)
	if err != nil {
		return err
	}
	for _, x := range inner {
		code := atoms[x.kind]
		switch {
		case x.kind == "XMP_":
			p, err := f.s.some(x.body, min(x.end-x.body, mostBytes))
			if err != nil {
				return err
			}
			lookXMP(bytes.Clone(p), f.b)
			f.b.add(Other, "")
		case x.kind == "meta":
			if err := f.meta(x); err != nil {
				return err
			}
			continue
		case code == "":
			continue
		default:
			if err := f.atom(x, code); err != nil {
				return err
			}
		}
		f.patches = append(f.patches, x.erased()...)
	}
	return nil
}

func (f *filmFile) atom(x box, code string) error {
	p, err := f.s.some(x.body, min(x.end-x.body, 256))
	if err != nil {
		return err
	}
	value := ""
	if x.kind[0] == 0xa9 && len(p) > 4 { // a length and a language in front
		value = string(p[4:])
	}
	f.add(code, value)
	return nil
}

func (f *filmFile) add(code, value string) {
	switch code {
	case Place:
		value = iso6709(value)
	case Date:
		value = day(value)
	case Serial, Maker, Other, Thumbnail:
		value = ""
	}
	f.b.add(code, value)
}

// meta erases QuickTime's metadata as a whole if they tell something. Others,
// those of music, it leaves alone.
func (f *filmFile) meta(x box) error {
	inner, err := f.s.boxes(x.body, x.end, &f.budget)
	if _, ok := find(inner, "hdlr"); err != nil || !ok {
		if x.end-x.body < 4 {
			return nil
		}
		if inner, err = f.s.boxes(x.body+4, x.end, &f.budget); err != nil { // ISO has four bytes more
			return err
		}
	}
	k, ok := find(inner, "keys")
	if !ok {
		return nil
	}
	p, err := f.s.read(k.body, k.end-k.body)
	if err != nil {
		return err
	}
	told := false
	names := keyNames(bytes.Clone(p))
	for i, name := range names {
		if code := quickTimeKeys[name]; code != "" {
			told = true
			f.add(code, f.valueOf(inner, uint32(i+1)))
		}
	}
	if told {
		f.patches = append(f.patches, x.erased()...)
	}
	return nil
}

// keyNames are the names of QuickTime's keys, without what is before the name
// proper.
func keyNames(p []byte) []string {
	var names []string
	if len(p) < 8 {
		return nil
	}
	for p = p[8:]; len(p) >= 8 && len(names) < 1000; {
		n := int64(binary.BigEndian.Uint32(p))
		if n < 8 || n > int64(len(p)) {
			break
		}
		name := strings.ToLower(string(p[8:n]))
		for _, lead := range []string{"com.apple.quicktime.", "com.android."} {
			name = strings.TrimPrefix(name, lead)
		}
		names = append(names, name)
		p = p[n:]
	}
	return names
}

// valueOf is the text of a key by its number.
func (f *filmFile) valueOf(inner []box, number uint32) string {
	list, ok := find(inner, "ilst")
	if !ok {
		return ""
	}
	items, err := f.s.boxes(list.body, list.end, &f.budget)
	if err != nil {
		return ""
	}
	for _, it := range items {
		if binary.BigEndian.Uint32([]byte(it.kind)) != number {
			continue
		}
		p, err := f.s.some(it.body, min(it.end-it.body, 256))
		if err != nil || len(p) < 16 || string(p[4:8]) != "data" {
			return ""
		}
		return string(p[16:])
	}
	return ""
}

// iso6709 are coordinates such as +35.6812+139.7671+040/, roughly.
func iso6709(s string) string {
	cut := strings.IndexAny(s[min(1, len(s)):], "+-")
	if cut < 0 {
		return ""
	}
	first, rest := s[:cut+1], s[cut+1:]
	if end := strings.IndexAny(rest[1:], "+-/\x00"); end >= 0 {
		rest = rest[:end+1]
	}
	lat, ok := angle(first)
	lon, also := angle(rest)
	if !ok || !also {
		return ""
	}
	return rough(lat, lon)
}
