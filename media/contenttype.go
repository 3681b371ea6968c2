package media

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"

	"github.com/mediadock/mediadock/media/address"
)

// HeadBytes is how much of a file's beginning ContentType makes use of.
const HeadBytes = 64 << 10

// binaryType is what S3 itself takes for an object without a content type.
const binaryType = "application/octet-stream"

// ContentType decides the content type of a file by its name and, where head
// is not empty, by its beginning.
//
// The name wins, by a table of this package's own: the operating system's
// tables differ between machines and lack what makes images display instead
// of download. There are three exceptions. An unknown extension is sniffed.
// A picture, sound or film whose beginning is plainly that of another such
// format (a PNG called photo.jpg) gets the type of its content, since that is
// what decoders and CDNs will meet. And text gets "charset=utf-8" only if the
// head is UTF-8, since a wrong charset garbles what browsers would have
// guessed.
//
// What can carry script (HTML, SVG, JavaScript) is never a result of
// sniffing: such a type needs the name to say so.
func ContentType(name string, head []byte) string {
	t, _ := contentType(name, head)
	return t
}

// contentType also tells whether the content overruled a known extension.
func contentType(name string, head []byte) (_ string, overruled bool) {
	ext := strings.ToLower(strings.TrimPrefix(path.Ext(address.NFC(name)), "."))
	known, ok := contentTypes[ext]
	if len(head) == 0 {
		if !ok {
			return binaryType, false
		}
		return known, false
	}
	if !ok {
		return sniffed(head), false
	}
	if decided, ok := recognise(head); ok && overrules(decided, known) {
		return decided, true
	}
	return withCharset(known, head), false
}

// sniffed is the type of content whose name says nothing.
func sniffed(head []byte) string {
	if t, ok := recognise(head); ok {
		return t
	}
	t := mimetype.Detect(head).String()
	base, _, _ := strings.Cut(t, ";")
	switch {
	case active[base]:
		return withCharset("text/plain", head)
	case base == "application/json":
		return base
	case strings.HasPrefix(base, "text/"):
		return withCharset("text/plain", head)
	}
	return base
}

// active are the types that run in the origin of whoever serves them.
var active = map[string]bool{
	"text/html":              true,
	"application/xhtml+xml":  true,
	"image/svg+xml":          true,
	"text/javascript":        true,
	"application/javascript": true,
	"text/xml":               true,
	"application/xml":        true,
}

// overrules tells whether a recognised type contradicts the name's: both are
// of the kinds that recognise tells apart without doubt, and differ.
func overrules(decided, known string) bool {
	return decided != known && definite[decided] && definite[known]
}

// definite are the types whose first bytes are unmistakable.
var definite = map[string]bool{
	"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "image/avif": true,
	"image/heic": true, "image/heif": true, "image/jxl": true, "image/tiff": true, "image/bmp": true,
	"image/vnd.adobe.photoshop": true, "application/pdf": true,
	"audio/mpeg": true, "audio/wav": true, "audio/flac": true,
	"video/webm": true, "video/mp4": true, "video/quicktime": true,
	"font/woff": true, "font/woff2": true,
}

// recognise knows the beginnings of what a CMS meets. Only formats whose
// signature is unmistakable are here.
func recognise(head []byte) (string, bool) {
	for _, s := range signatures {
		if len(head) >= s.offset+len(s.magic) && string(head[s.offset:s.offset+len(s.magic)]) == s.magic {
			return s.mime, true
		}
	}
	if len(head) >= 12 && string(head[:4]) == "RIFF" {
		switch string(head[8:12]) {
		case "WEBP":
			return "image/webp", true
		case "WAVE":
			return "audio/wav", true
		}
	}
	if len(head) >= 12 && string(head[4:8]) == "ftyp" {
		t, ok := brands[string(head[8:12])]
		return t, ok
	}
	if bytes.HasPrefix(head, []byte("\x1a\x45\xdf\xa3")) && bytes.Contains(head[:min(len(head), 64)], []byte("webm")) {
		return "video/webm", true
	}
	return "", false
}

var signatures = []struct {
	offset int
	magic  string
	mime   string
}{
	{0, "\x89PNG\r\n\x1a\n", "image/png"},
	{0, "\xff\xd8\xff", "image/jpeg"},
	{0, "GIF87a", "image/gif"},
	{0, "GIF89a", "image/gif"},
	{0, "\x00\x00\x00\x0cJXL \r\n\x87\n", "image/jxl"},
	{0, "II*\x00", "image/tiff"},
	{0, "MM\x00*", "image/tiff"},
	{0, "8BPS\x00\x01", "image/vnd.adobe.photoshop"},
	{0, "%PDF-", "application/pdf"},
	{0, "ID3", "audio/mpeg"},
	{0, "fLaC", "audio/flac"},
	{0, "wOFF", "font/woff"},
	{0, "wOF2", "font/woff2"},
}

// brands are the major brands of ISO media files that name one format.
var brands = map[string]string{
	"avif": "image/avif", "avis": "image/avif",
	"heic": "image/heic", "heix": "image/heic",
	"mif1": "image/heif", "msf1": "image/heif",
	"qt  ": "video/quicktime",
	"isom": "video/mp4", "iso2": "video/mp4", "mp41": "video/mp4", "mp42": "video/mp4", "avc1": "video/mp4",
	"M4A ": "audio/mp4", "M4V ": "video/mp4",
}

// withCharset adds the charset to text that is UTF-8.
func withCharset(t string, head []byte) string {
	if strings.HasPrefix(t, "text/") && isUTF8(head) {
		return t + "; charset=utf-8"
	}
	return t
}

// isUTF8 tells whether text that may be cut off in the middle of a character
// is UTF-8. Plain ASCII is, unless it carries the escapes of ISO-2022-JP.
func isUTF8(head []byte) bool {
	if len(head) >= HeadBytes {
		for i := 0; i < utf8.UTFMax && len(head) > 0; i++ {
			if r, size := utf8.DecodeLastRune(head); r != utf8.RuneError || size != 1 {
				break
			}
			head = head[:len(head)-1]
		}
	}
	return utf8.Valid(head) && !bytes.ContainsAny(head, "\x00\x1b")
}
