package media

import (
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
	"golang.org/x/text/encoding/japanese"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/remote"
)

// longestForeign is how long a name that comes from elsewhere may be, in bytes:
// as much as file systems take.
const longestForeign = 255

// nameOf decides a file's path by what came: an explicit one as it is, else
// the server's name or that of the URL, with the extension of the type. What
// is plainly not the file that was meant is refused.
func (m *importer) nameOf(item *ImportItem, a remote.Answer, head []byte) (string, error) {
	if a.Size == 0 {
		return "", &Error{Code: CodeEmptyFile, Path: item.From}
	}
	name := cleanName(a.Name)
	if name == "" {
		name = item.Path[len(item.folder()):]
	}
	if item.Exact {
		name = item.Path
	}
	if err := isMeant(item, name, a, head); err != nil {
		return "", err
	}
	if item.Exact {
		return name, nil
	}
	full := withExtension(name, typeOf(name, a, head))
	if m.plan.o.FixNames {
		about := PutItem{}
		about.ContentType, about.Overruled = contentType(full, head)
		full = m.l.fixForeign(item.folder(), full, &about)[len(item.folder()):]
	}
	if item.Twin && m.plan.o.IfExists == KeepBoth && a.Name == "" {
		full = apart(item.url, full)
	}
	return item.folder() + full, nil
}

// typeOf is what content is, for its extension: as recognised, else as the
// server says.
func typeOf(name string, a remote.Answer, head []byte) string {
	if t, ok := recognise(head); ok {
		return t
	}
	t, _, _ := strings.Cut(mimetype.Detect(head).String(), ";")
	if _, known := extensions[t]; known && t != "text/plain" {
		return t
	}
	if a.Type != "" && a.Type != binaryType {
		return a.Type
	}
	return t
}

// isMeant refuses a web page in place of a file, as sign-in pages and errors
// with the status 200 are, and text in place of an image or another format
// that no text is.
func isMeant(item *ImportItem, name string, a remote.Answer, head []byte) error {
	if len(head) == 0 {
		return nil // unknown
	}
	got, _, _ := strings.Cut(mimetype.Detect(head).String(), ";")
	want := ContentType(name, nil)
	if got == "text/html" && want != "text/html; charset=utf-8" && want != "text/html" && want != "application/xhtml+xml" {
		return &Error{Code: CodeHTML, Path: item.From, Args: map[string]string{"url": a.URL}}
	}
	text := strings.HasPrefix(got, "text/") || got == "application/json" || got == "application/xml"
	if text && definite[want] {
		return &Error{Code: CodeWrongType, Path: item.From, Args: map[string]string{"type": got, "want": want}}
	}
	return nil
}

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
