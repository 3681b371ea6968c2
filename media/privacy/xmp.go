package privacy

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
)

// properties of XMP that tell something, by the name without its namespace.
var properties = map[string]string{
	"GPSLatitude": Place, "GPSLongitude": Place, "GPSPosition": Place, "GPSDestLatitude": Place,
	"City": PlaceName, "State": PlaceName, "Country": PlaceName, "Location": PlaceName, "Sublocation": PlaceName,
	"LocationCreated": PlaceName, "LocationShown": PlaceName,
	"PersonInImage": People, "Regions": People, "RegionList": People, "PersonDisplayName": People,
	"creator": Owner, "Creator": Owner, "OwnerName": Owner, "CameraOwnerName": Owner, "Owner": Owner, "CreatorContactInfo": Owner,
	"AuthorsPosition": Owner, "CaptionWriter": Owner, "Artist": Owner, "Author": Owner, "Credit": Owner, "publisher": Owner, "contributor": Owner,
	"Thumbnails":   Thumbnail,
	"SerialNumber": Serial, "BodySerialNumber": Serial, "LensSerialNumber": Serial, "ImageUniqueID": Serial,
	"Make": Camera, "Model": Camera, "Lens": Camera, "LensModel": Camera,
	"rights": Copyright, "Copyright": Copyright, "UsageTerms": Copyright, "WebStatement": Copyright,
	"description": Comment, "title": Comment, "subject": Comment, "Headline": Comment, "UserComment": Comment, "Keywords": Comment, "ImageDescription": Comment,
	"CreateDate": Date, "ModifyDate": Date, "DateCreated": Date, "DateTimeOriginal": Date, "MetadataDate": Date, "DateTime": Date,
	"CreatorTool": Software, "Producer": Software, "Software": Software, "softwareAgent": Software,
	"filePath": Path, "lastURL": Path,
}

// lookXMP notes what XMP tells. That there is any is worth a note.
func lookXMP(p []byte, b *book) {
	if len(bytes.Trim(p, " \x00\r\n\t")) == 0 {
		return
	}
	x := &xmpPacket{b: b}
	p = p[:min(len(p), mostBytes)]
	before := len(b.found)
	x.read(p)
	if x.said || len(b.found) > before {
		return
	}
	if x.whole && !x.some {
		return // an empty packet
	}
	b.add(Other, "")
}

type xmpPacket struct {
	b     *book
	said  bool // a property was noted
	some  bool // there is any property
	whole bool // it was read to its end
}

func (x *xmpPacket) read(p []byte) {
	d := xml.NewDecoder(bytes.NewReader(p))
	d.Strict = false
	d.CharsetReader = plainCharset
	var inside []string // the codes of the elements around, "" for none
	for len(inside) < 256 {
		t, err := d.RawToken()
		if err != nil {
			x.whole = len(inside) == 0
			return
		}
		switch t := t.(type) {
		case xml.StartElement:
			code := properties[t.Name.Local]
			if code == "" && len(inside) > 0 {
				code = inside[len(inside)-1]
			}
			inside = append(inside, code)
			x.element(t)
		case xml.EndElement:
			if len(inside) > 0 {
				inside = inside[:len(inside)-1]
			}
		case xml.CharData:
			if len(inside) > 0 {
				x.note(inside[len(inside)-1], string(t))
			}
		}
	}
}

func (x *xmpPacket) element(t xml.StartElement) {
	switch t.Name.Local {
	case "xmpmeta", "RDF", "Description":
	default:
		x.some = true
		if code := properties[t.Name.Local]; code == Thumbnail || code == People {
			x.note(code, "-")
		}
	}
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Space == "xml" || a.Name.Local == "xmlns" || a.Name.Local == "xmptk" || a.Name.Local == "about" {
			continue
		}
		x.some = true
		x.note(properties[a.Name.Local], a.Value)
	}
}

func (x *xmpPacket) note(code, value string) {
	if code == "" || strings.TrimSpace(value) == "" {
		return
	}
	x.said = true
	switch code {
	case Date:
		value = day(value)
	case Place, Thumbnail, Serial, People, Path:
		value = "" // too much, or no words
	}
	x.b.add(code, value)
}

// angle reads a number of degrees as ISO 6709 in films has it.
func angle(s string) (float64, bool) {
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}
