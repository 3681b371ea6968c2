package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Finding is one kind of thing that a file tells beside its content.
type Finding struct {
	Code string
	// Detail is what it tells where that fits in a few words, made safe and
	// short: a camera, a name, a day. Of coordinates it is one decimal, some
	// ten kilometres; of serial numbers nothing. It may be empty.
	Detail string
	// Stays tells that it cannot be taken out.
	Stays bool
}

// Codes of a Finding, the gravest first. The text id of each is
// "media.private." and the code.
const (
	Place     = "gps"        // coordinates
	PlaceName = "place-name" // a city or a place in words
	People    = "people"     // who is in the picture
	Owner     = "owner"      // author, photographer, owner of the camera, company
	Hidden    = "hidden"     // something behind the end of the file, or a cropped part
	Thumbnail = "thumbnail"  // a small picture, perhaps of what was there before editing
	Path      = "path"       // a file's path on somebody's computer
	Serial    = "serial"     // serial numbers of camera or lens
	Camera    = "camera"
	Copyright = "copyright"
	Comment   = "comment" // title, caption, key words, prompt
	Date      = "date"
	Software  = "software"
	Maker     = "maker" // the manufacturer's own data, which may hold anything
	Other     = "metadata"
)

var order = []string{Place, PlaceName, People, Owner, Hidden, Thumbnail, Path, Serial, Camera, Copyright, Comment, Date, Software, Maker, Other}

// Codes are all codes of findings, the gravest first.
func Codes() []string { return slices.Clone(order) }

// Grave holds for what says where somebody was or who somebody is.
func (f Finding) Grave() bool {
	return f.Code == Place || f.Code == PlaceName || f.Code == People || f.Code == Owner
}

// book collects findings.
type book struct {
	found []Finding
	tags  int // of EXIF, read so far
	bytes int // of compressed texts, unpacked so far
}

// What a whole file may ask for, far more than an honest one does.
const (
	mostTags     = 1 << 15
	mostUnpacked = 8 << 20
)

// add notes a finding; of several of one kind the first that has a detail is
// kept.
func (b *book) add(code, detail string) { b.note(Finding{Code: code, Detail: detail}) }

// stays notes what cannot be taken out of a file of which other things can.
func (b *book) stays(code, detail string) {
	b.note(Finding{Code: code, Detail: detail, Stays: true})
}

func (b *book) note(f Finding) {
	f.Detail = tidy(f.Detail)
	for i, old := range b.found {
		if old.Code == f.Code && old.Stays == f.Stays {
			if old.Detail == "" {
				b.found[i] = f
			}
			return
		}
	}
	b.found = append(b.found, f)
}

// takeGrave notes what a part of a file tells of places and people.
func (b *book) takeGrave(part *book) {
	for _, f := range part.found {
		if f.Grave() {
			b.note(f)
		}
	}
}

// sorted are the findings, the gravest first.
func (b *book) sorted(allStay bool) []Finding {
	for i := range b.found {
		b.found[i].Stays = b.found[i].Stays || allStay
	}
	slices.SortStableFunc(b.found, func(x, y Finding) int { return slices.Index(order, x.Code) - slices.Index(order, y.Code) })
	return b.found
}

const longestDetail = 60

// tidy makes a string of a file fit to be shown: no control characters, no
// marks that turn text around, not long.
func tidy(s string) string {
	s = strings.ToValidUTF8(s[:min(len(s), 16*longestDetail)], "")
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) {
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > longestDetail {
		s = strings.TrimSpace(string([]rune(s)[:longestDetail-1])) + "…"
	}
	return s
}
