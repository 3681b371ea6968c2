// Package privacy finds what files tell beside their content: where a photo
// was taken, with which camera, by whom, what was there before it was cropped.
// From most formats it takes this out without touching the content: nothing is
// decoded and nothing compressed again, pixels stay byte for byte, and how a
// photo is turned and its colour profile stay, too.
//
// Files are taken for hostile. Memory and time are bounded, and what is damaged
// or too involved is said to be so and left alone: a file is never broken.
//
// The package is a leaf: it reads what it is given and nothing else. What it
// finds are codes; words come from tui/text.
package privacy

import (
	"bytes"
	"errors"
	"io"
)

// Report is what Look found.
type Report struct {
	// Format is the format by content, empty where this package knows nothing
	// of it; then there are no findings.
	Format string
	// Findings are what the file tells, the gravest first, each kind once.
	Findings []Finding
	// Trouble says why the file could not be looked at as a whole. What was
	// found until then is in Findings. Nothing is taken out of such a file.
	Trouble string

	pieces []piece // what is left after stripping; nil: all of it
	size   int64
}

// Codes of a Report's Trouble.
const (
	Damaged     = "damaged"     // cut off, or it contradicts itself
	TooComplex  = "too-complex" // more parts than any honest file has
	Encrypted   = "encrypted"   // a PDF whose information is encrypted
	Unsupported = "unsupported" // a rare form of the format
	TooLarge    = "too-large"   // looked at in part
)

// Formats.
const (
	JPEG     = "jpeg"
	PNG      = "png"
	WebP     = "webp"
	GIF      = "gif"
	HEIF     = "heif" // HEIC and AVIF
	TIFF     = "tiff"
	SVG      = "svg"
	PDF      = "pdf"
	Film     = "film"     // MP4, MOV, M4A
	Matroska = "matroska" // MKV, WebM
	Office   = "office"   // OOXML and OpenDocument
	PSD      = "psd"      // Photoshop's documents, and PSB
	JXL      = "jxl"      // JPEG XL in a container
	MP3      = "mp3"
)

// A looker notes what a file tells and returns what is left after stripping,
// nil where nothing can be taken out.
type looker func(s *source, b *book) ([]piece, error)

var formats = []struct {
	name string
	is   func(head []byte) bool
	look looker
}{
	{JPEG, starts("\xff\xd8\xff"), lookJPEG},
	{PNG, starts(pngMagic), lookPNG},
	{WebP, func(h []byte) bool { return len(h) >= 12 && string(h[:4]) == "RIFF" && string(h[8:12]) == "WEBP" }, lookWebP},
	{GIF, func(h []byte) bool { return starts("GIF87a")(h) || starts("GIF89a")(h) }, lookGIF},
	{JXL, starts(jxlMagic), lookJXL},
	{HEIF, func(h []byte) bool { return isHEIF(h) }, lookHEIF},
	{Film, func(h []byte) bool { return isFilm(h) }, lookFilm},
	{TIFF, isTIFF, lookTIFF},
	{Matroska, starts("\x1a\x45\xdf\xa3"), lookMatroska},
	{PSD, isPSD, lookPSD},
	{MP3, isMP3, lookMP3},
	{PDF, func(h []byte) bool { return bytes.Contains(h, []byte("%PDF-")) }, lookPDF},
	{Office, isOffice, lookOffice},
	{Office, isOldOffice, lookOldOffice},
	{SVG, isSVG, lookSVG},
}

func starts(magic string) func([]byte) bool {
	return func(head []byte) bool { return bytes.HasPrefix(head, []byte(magic)) }
}

// HeadBytes is how much of a file's beginning Knows makes use of.
const HeadBytes = 1 << 10

// Knows tells, by a file's beginning, whether Look would find anything in it.
func Knows(head []byte) bool {
	head = head[:min(len(head), HeadBytes)]
	for _, f := range formats {
		if f.is(head) {
			return true
		}
	}
	return false
}

// Look finds what a file of size bytes tells beside its content. It reads a
// picture to its end, of other files what is needed. An error is one of
// reading; a damaged file is none, but Report.Trouble.
func Look(r io.ReaderAt, size int64) (Report, error) {
	report := Report{size: size}
	s := &source{r: r, size: size}
	head, err := s.read(0, min(size, HeadBytes))
	if err != nil {
		return report, ignoreShape(err)
	}
	head = bytes.Clone(head)
	for _, f := range formats {
		if !f.is(head) {
			continue
		}
		report.Format = f.name
		b := &book{}
		pieces, err := f.look(s, b)
		if err != nil {
			pieces = nil
			if report.Trouble = shape(err); report.Trouble == "" {
				return report, err
			}
		}
		report.Findings = b.sorted(pieces == nil)
		if report.hasLoose() {
			report.pieces = pieces
		}
		return report, nil
	}
	return report, nil
}

func ignoreShape(err error) error {
	if shape(err) != "" {
		return nil
	}
	return err
}

// shape is the Trouble that an error of a looker stands for, "" for an error
// of reading.
func shape(err error) string {
	var t trouble
	if errors.As(err, &t) {
		return string(t)
	}
	return ""
}

// trouble is an error that is a file's own fault.
type trouble string

func (t trouble) Error() string { return "the file is " + string(t) }

// Strippable tells whether something can be taken out.
func (r Report) Strippable() bool { return r.pieces != nil }

func (r Report) hasLoose() bool {
	for _, f := range r.Findings {
		if !f.Stays {
			return true
		}
	}
	return false
}

// Grave tells whether the file says where somebody was, or who somebody is.
func (r Report) Grave() bool {
	for _, f := range r.Findings {
		if f.Grave() {
			return true
		}
	}
	return false
}

// Pictures tells whether the file is a picture or a film, and no document.
func (r Report) Pictures() bool {
	switch r.Format {
	case PDF, Office, SVG, MP3, "":
		return false
	}
	return true
}

// Size is how many bytes the file has that was looked at.
func (r Report) Size() int64 { return r.size }

// StrippedSize is how many bytes Stripped has.
func (r Report) StrippedSize() int64 {
	if r.pieces == nil {
		return r.size
	}
	var n int64
	for _, p := range r.pieces {
		n += p.n
	}
	return n
}

// Stripped is the file without what Look found and what can be taken out. src
// is the file that was looked at, unchanged. A file out of which nothing can
// be taken is given back as it is.
func (r Report) Stripped(src io.ReaderAt) io.ReaderAt {
	if r.pieces == nil {
		return src
	}
	return newClean(src, r.pieces)
}

// Strip writes a file without what can be taken out, and reports what was in
// it. A file that cannot be stripped is written as it is.
func Strip(w io.Writer, r io.ReaderAt, size int64) (Report, error) {
	report, err := Look(r, size)
	if err != nil {
		return report, err
	}
	_, err = io.Copy(w, io.NewSectionReader(report.Stripped(r), 0, report.StrippedSize()))
	return report, err
}
