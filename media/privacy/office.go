package privacy

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// isOffice knows documents of Word, Excel, PowerPoint and OpenDocument by the
// first file in them.
func isOffice(head []byte) bool {
	if !starts("PK\x03\x04")(head) || len(head) < 31 {
		return false
	}
	name := string(head[30:min(len(head), 30+64)])
	for _, first := range []string{"[Content_Types].xml", "_rels/", "docProps/", "customXml/", "word/", "xl/", "ppt/", "mimetypeapplication/vnd.oasis"} {
		if strings.HasPrefix(name, first) {
			return true
		}
	}
	return false
}

// isOldOffice knows documents of Word, Excel and PowerPoint up to 2003.
func isOldOffice(head []byte) bool { return starts("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")(head) }

func lookOldOffice(*source, *book) ([]piece, error) { return nil, trouble(Unsupported) }

// largestOffice bounds the memory that an archive's table can ask for.
const largestOffice = 256 << 20

// officeParts say who wrote a document.
var officeParts = map[string]bool{"docProps/core.xml": true, "docProps/app.xml": true, "meta.xml": true}

var officeNames = map[string]string{
	"creator": Owner, "lastModifiedBy": Owner, "initial-creator": Owner, "Company": Owner, "Manager": Owner,
	"title": Comment, "subject": Comment, "description": Comment, "keywords": Comment,
	"created": Date, "modified": Date, "creation-date": Date, "Application": Software, "generator": Software,
}

// lookOffice only warns: the programs have a function of their own for it,
// which also knows comments and earlier versions.
func lookOffice(s *source, b *book) ([]piece, error) {
	if s.size > largestOffice {
		return nil, trouble(TooLarge)
	}
	z, err := zip.NewReader(&scanty{r: s.r, left: 2 * mostBytes}, s.size)
	if err != nil {
		var t trouble
		if errors.As(err, &t) {
			return nil, t
		}
		if errors.Is(err, zip.ErrFormat) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, trouble(Damaged)
		}
		return nil, err
	}
	pictures := mostPictures
	for _, f := range z.File {
		switch {
		case officeParts[f.Name]:
			r, err := f.Open()
			if err != nil {
				return nil, trouble(Damaged)
			}
			p, err := io.ReadAll(io.LimitReader(r, 1<<20))
			r.Close()
			if err != nil {
				return nil, trouble(Damaged)
			}
			officePart(p, b)
		case strings.HasSuffix(f.Name, "comments.xml") || strings.HasPrefix(f.Name, "docProps/thumbnail"):
			if strings.HasPrefix(f.Name, "docProps/") {
				b.add(Thumbnail, "")
			} else {
				b.add(Comment, "")
			}
		case isPicture(f.Name) && pictures > 0:
			pictures--
			officePicture(f, b)
		}
	}
	return nil, nil
}

// mostPictures of a document are looked at, and of each as much as its
// metadata have, since they stand at the beginning.
const (
	mostPictures = 64
	pictureHead  = 256 << 10
)

func isPicture(name string) bool {
	name = strings.ToLower(name)
	return (strings.Contains(name, "media/") || strings.HasPrefix(name, "pictures/")) &&
		(strings.HasSuffix(name, ".jpg") || strings.HasSuffix(name, ".jpeg") || strings.HasSuffix(name, ".png"))
}

// officePicture notes what a picture in a document tells of places and people.
// What else it tells, the document's own properties tell better.
func officePicture(f *zip.File, b *book) {
	r, err := f.Open()
	if err != nil {
		return
	}
	defer r.Close()
	p, _ := io.ReadAll(io.LimitReader(r, pictureHead)) // what came before the damage
	pictureInside(p, b)
}

// pictureInside notes what a picture that is part of another file tells of
// places and people.
func pictureInside(p []byte, b *book) {
	s, inner := &source{r: readerAt(p), size: int64(len(p))}, &book{}
	switch {
	case starts("\xff\xd8\xff")(p):
		_, _ = lookJPEG(s, inner)
	case starts(pngMagic)(p):
		_, _ = lookPNG(s, inner)
	}
	b.takeGrave(inner)
}

func officePart(p []byte, b *book) {
	d := xml.NewDecoder(bytes.NewReader(p))
	d.Strict = false
	d.CharsetReader = plainCharset
	code := ""
	for {
		t, err := d.RawToken()
		if err != nil {
			return
		}
		switch t := t.(type) {
		case xml.StartElement:
			code = officeNames[t.Name.Local]
		case xml.EndElement:
			code = ""
		case xml.CharData:
			v := strings.TrimSpace(string(t))
			switch {
			case code == "" || v == "":
			case code == Date:
				b.add(Date, day(v))
			default:
				b.add(code, v)
			}
		}
	}
}

// scanty ends the reading of an archive whose table is larger than any
// document's.
type scanty struct {
	r    io.ReaderAt
	left int64
}

func (s *scanty) ReadAt(p []byte, off int64) (int, error) {
	if s.left -= int64(len(p)); s.left < 0 {
		return 0, trouble(TooComplex)
	}
	return s.r.ReadAt(p, off)
}
