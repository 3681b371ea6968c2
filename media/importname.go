package media

import (
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"

	"github.com/mediadock/mediadock/media/address"
)

// longestForeign is how long a name that comes from elsewhere may be, in bytes:
// as much as file systems take.
const longestForeign = 255

// urlName is the name at the end of a URL, empty where there is none. What was
// encoded as Shift_JIS, as old servers do, is read as such.
func urlName(u *url.URL) string {
	last := u.Path[strings.LastIndexByte(u.Path, '/')+1:]
	if !utf8.ValidString(last) {
		plain, err := japanese.ShiftJIS.NewDecoder().String(last)
		if err != nil || strings.ContainsRune(plain, utf8.RuneError) {
			plain = strings.ToValidUTF8(last, "-")
		}
		last = plain
	}
	return cleanName(last)
}

// cleanName makes a name that may be stored from one that somebody else chose:
// composed, without what an upload refuses, without folders, and no dot file.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r == '/' || r == '\\':
			return '-'
		case unicode.IsControl(r), address.CheckName("a"+string(r)) != nil:
			return -1
		}
		return r
	}, address.NFC(strings.ToValidUTF8(name, "-")))
	name = strings.Trim(name, ". \u3000\u00a0")
	return cutName(name, longestForeign)
}

// cutName shortens a name between two characters, before its extension.
func cutName(name string, most int) string {
	if len(name) <= most {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > 16 {
		ext = ""
	}
	stem := name[:most-len(ext)]
	for !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return strings.TrimRight(stem, ". ") + ext
}

// withExtension adds the extension of what came to a name that has none, or
// that of a program that made it: "photo" and "image.php" are "photo.jpg" and
// "image.php.jpg". An empty name becomes one by the type.
func withExtension(name, mime string) string {
	if name == "" {
		name = nameByType(mime)
	}
	ext, ok := extensions[mime]
	if !ok {
		return name
	}
	has := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	if has != "" && !programs[has] {
		if _, known := contentTypes[has]; known {
			return name
		}
	}
	return cutName(name, longestForeign-len(ext)-1) + "." + ext
}

func nameByType(mime string) string {
	kind, _, _ := strings.Cut(mime, "/")
	switch kind {
	case "image", "video", "audio", "font":
		return kind
	}
	if mime == "application/pdf" {
		return "document"
	}
	return "file"
}

// programs are extensions of what answers on servers rather than of files.
var programs = map[string]bool{
	"php": true, "asp": true, "aspx": true, "ashx": true, "jsp": true, "do": true, "cgi": true, "pl": true, "html": true, "htm": true,
}

// extensions are of the types that content is recognised by.
var extensions = map[string]string{
	"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "image/avif": "avif", "image/heic": "heic",
	"image/heif": "heif", "image/jxl": "jxl", "image/tiff": "tiff", "image/bmp": "bmp", "image/svg+xml": "svg", "image/x-icon": "ico",
	"image/vnd.adobe.photoshop": "psd", "application/pdf": "pdf", "audio/mpeg": "mp3", "audio/wav": "wav", "audio/flac": "flac",
	"audio/mp4": "m4a", "audio/ogg": "ogg", "video/webm": "webm", "video/mp4": "mp4", "video/quicktime": "mov", "font/woff": "woff",
	"font/woff2": "woff2", "application/zip": "zip", "application/gzip": "gz", "application/json": "json", "text/csv": "csv", "text/plain": "txt",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   "docx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         "xlsx",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
}

// apart is a name that tells a file from another of the same name by where it
// comes from: image-1f3a.png of ".../1f3a/image.png".
func apart(u *url.URL, name string) string {
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(parts) < 2 {
		return name
	}
	from := cutName(cleanName(parts[len(parts)-2]), 64)
	if from == "" {
		return name
	}
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	return cutName(stem, longestForeign-len(ext)-len(from)-1) + "-" + from + ext
}

// microCMSHosts deliver the assets that microCMS keeps itself (M16, M17).
var microCMSHosts = map[string]bool{"images.microcms-assets.io": true, "files.microcms-assets.io": true}

// original is the URL of the file as it was uploaded, where a URL asks for a
// changed one: the query of microCMS's images is what its image API is to do.
func original(u *url.URL) (*url.URL, bool) {
	if !microCMSHosts[u.Hostname()] || u.RawQuery == "" {
		return u, false
	}
	out := *u
	out.RawQuery = ""
	return &out, true
}
