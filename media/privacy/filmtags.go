package privacy

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
)

// atoms are the boxes of user data in films that tell something.
var atoms = map[string]string{
	"\xa9xyz": Place, "loci": Place,
	"\xa9mak": Camera, "\xa9mod": Camera, "\xa9aut": Owner, "auth": Owner, "\xa9own": Owner, "\xa9swr": Software, "\xa9day": Date,
	"\xa9cmt": Comment, "\xa9inf": Comment, "\xa9nam": Comment, "\xa9des": Comment, "\xa9key": Comment,
	"\xa9ART": Owner, "\xa9dir": Owner, "\xa9prd": Owner, "\xa9wrt": Owner, "\xa9prf": Owner, "\xa9src": Owner, "\xa9enc": Software, "\xa9hst": Software,
	"cprt": Copyright, "\xa9cpy": Copyright,
	"titl": Comment, "dscp": Comment, "perf": Owner, "CNTH": Maker, "GPMF": Maker, "CAME": Serial, "LENS": Camera, "FIRM": Software, "SDLN": Maker, "mcvr": Thumbnail, "thmb": Thumbnail,
}

// keys are the names in QuickTime's own metadata.
var quickTimeKeys = map[string]string{
	"location.iso6709": Place, "location.name": PlaceName, "location.accuracy.horizontal": Place, "make": Camera, "model": Camera, "software": Software,
	"creationdate": Date, "author": Owner, "artist": Owner, "director": Owner, "copyright": Copyright, "comment": Comment, "description": Comment,
	"title": Comment, "keywords": Comment, "information": Comment, "displayname": Comment, "album": Comment,
	"producer": Owner, "publisher": Owner, "performer": Owner, "camera.owner": Owner, "camera.identifier": Serial, "year": Date, "date": Date,
	"location": Place,
}

// plainKeys say how a film is to be played, or nothing.
var plainKeys = map[string]bool{
	"encoder": true, "version": true, "capture.fps": true, "full-frame-rate-playback-intent": true, "major_brand": true, "minor_version": true,
	"compatible_brands": true, "player.version": true, "player.movie.audio.mute": true, "live-photo.auto": true, "live-photo.vitality-score": true,
	"live-photo.vitality-scoring-version": true,
}

// keyCode is what a key tells; one that is not known may tell anything.
func keyCode(name string) string {
	switch code := quickTimeKeys[name]; {
	case code != "":
		return code
	case plainKeys[name]:
		return ""
	case strings.HasPrefix(name, "location."):
		return Place
	}
	return Other
}

// listed are the items of the lists of iTunes that tell something.
var listed = map[string]string{
	"\xa9xyz": Place, "apID": Owner, "ownr": Owner, "purd": Date,
	"\xa9ART": Owner, "aART": Owner, "\xa9wrt": Owner, "\xa9aut": Owner, "\xa9dir": Owner, "\xa9prd": Owner, "\xa9mak": Camera, "\xa9mod": Camera,
	"\xa9nam": Comment, "\xa9cmt": Comment, "desc": Comment, "ldes": Comment, "\xa9des": Comment, "keyw": Comment, "\xa9day": Date, "cprt": Copyright,
}

// buyers are those that no song needs.
var buyers = map[string]bool{"\xa9xyz": true, "apID": true, "ownr": true, "purd": true}

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
		case code == "" && x.kind[0] != 0xa9:
			continue
		default:
			if code == "" {
				code = Other
			}
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
	switch {
	case x.kind == "loci":
		f.b.add(Place, loci(p))
		return nil
	case x.kind[0] == 0xa9 && len(p) > 4: // a length and a language in front
		value = string(p[4:])
	case x.kind[0] != 0xa9 && len(p) > 6 && p[0] == 0 && code != Serial: // a version and a language
		value = threeGPP(p[6:])
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

// meta erases QuickTime's metadata, and the list of iTunes in a film, as a
// whole if they tell something.
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
	told := false
	if _, ok := find(inner, "xml "); ok { // what cameras of video write
		f.b.add(Maker, "")
		told = true
	}
	if k, ok := find(inner, "keys"); ok {
		p, err := f.s.read(k.body, k.end-k.body)
		if err != nil {
			return err
		}
		for i, name := range keyNames(bytes.Clone(p)) {
			if code := keyCode(name); code != "" {
				told = true
				f.add(code, f.valueOf(inner, uint32(i+1)))
			}
		}
	} else if list, ok := find(inner, "ilst"); ok {
		if told, err = f.list(list, told); err != nil {
			return err
		}
	}
	if told {
		f.patches = append(f.patches, x.erased()...)
	}
	return nil
}

// list reads a list of iTunes and tells whether it is to go as a whole. Of
// music only who bought it, and where, is erased.
func (f *filmFile) list(list box, whole bool) (bool, error) {
	items, err := f.s.boxes(list.body, list.end, &f.budget)
	if err != nil {
		return false, err
	}
	for _, it := range items {
		code := listed[it.kind]
		if code == "" || f.music && !buyers[it.kind] {
			continue
		}
		f.add(code, f.data(it))
		if f.music && !whole {
			f.patches = append(f.patches, it.erased()...)
		}
	}
	return whole || !f.music && slices.ContainsFunc(items, func(it box) bool { return listed[it.kind] != "" }), nil
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
		return f.data(it)
	}
	return ""
}

// data is the text of an item of a list.
func (f *filmFile) data(it box) string {
	p, err := f.s.some(it.body, min(it.end-it.body, 256))
	if err != nil || len(p) < 16 || string(p[4:8]) != "data" {
		return ""
	}
	n := int64(binary.BigEndian.Uint32(p))
	return string(p[16:min(int64(len(p)), max(16, n))])
}

// threeGPP is a text as mobile phones write it: up to a zero, in UTF-8 or
// UTF-16.
func threeGPP(p []byte) string {
	if bytes.HasPrefix(p, []byte("\xfe\xff")) {
		return wide(p[2:], binary.BigEndian)
	}
	s, _, _ := strings.Cut(string(p), "\x00")
	return s
}

// loci is a place as mobile phones write it: a language, a name, what it is
// for, and numbers of 16 bits before and after the point.
func loci(p []byte) string {
	if len(p) < 6 {
		return ""
	}
	_, p, ok := bytes.Cut(p[6:], []byte{0})
	if !ok || len(p) < 9 {
		return ""
	}
	degrees := func(p []byte) float64 { return float64(int32(binary.BigEndian.Uint32(p))) / (1 << 16) }
	return rough(degrees(p[5:]), degrees(p[1:]))
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
