package media

import (
	"mime"
	"strings"
	"testing"
)

func TestContentTypeByName(t *testing.T) {
	for name, want := range map[string]string{
		"logo.svg": "image/svg+xml", "a.webp": "image/webp", "a.avif": "image/avif", "a.heic": "image/heic", "a.heif": "image/heif", "a.jxl": "image/jxl",
		"a.JPG": "image/jpeg", "a.jpeg": "image/jpeg", "a.png": "image/png", "a.gif": "image/gif", "a.ico": "image/x-icon", "a.tiff": "image/tiff", "a.psd": "image/vnd.adobe.photoshop",
		"a.mp4": "video/mp4", "a.webm": "video/webm", "a.mov": "video/quicktime", "a.m4a": "audio/mp4", "a.mp3": "audio/mpeg", "a.wav": "audio/wav", "a.ogg": "audio/ogg",
		"a.pdf": "application/pdf", "a.woff": "font/woff", "a.woff2": "font/woff2", "a.ttf": "font/ttf", "a.otf": "font/otf",
		"a.csv": "text/csv", "a.json": "application/json", "a.xml": "application/xml", "a.html": "text/html", "a.css": "text/css", "a.js": "text/javascript", "a.mjs": "text/javascript",
		"a.zip": "application/zip", "a.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		"a.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "a.pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
		"a.ics": "text/calendar", "a.vtt": "text/vtt", "a.wasm": "application/wasm", "a.glb": "model/gltf-binary", "docs/年報.PDF": "application/pdf",
		"no-extension": "application/octet-stream", "a.unknown": "application/octet-stream", ".gitignore": "application/octet-stream",
	} {
		if got := ContentType(name, nil); got != want {
			t.Errorf("ContentType(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestEveryContentTypeIsWellFormed(t *testing.T) {
	for ext, want := range contentTypes {
		if got, params, err := mime.ParseMediaType(want); err != nil || got != want || len(params) > 0 {
			t.Errorf("%s: %q (%v)", ext, want, err)
		}
		if ext != strings.ToLower(ext) {
			t.Errorf("%q is never found", ext)
		}
	}
}

const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

func TestContentDecidesBetweenPicturesSoundsAndFilms(t *testing.T) {
	for _, c := range []struct {
		name, head, want string
		overruled        bool
	}{
		{"photo.jpg", png, "image/png", true},
		{"photo.png", png, "image/png", false},
		{"photo.png", "RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp", true},
		{"photo.jpg", "\x00\x00\x00\x1cftypheic\x00\x00\x00\x00", "image/heic", true},
		{"photo.heic", "\xff\xd8\xff\xe1\x00\x00Exif", "image/jpeg", true},
		{"film.mov", "\x00\x00\x00\x20ftypisom", "video/mp4", true},
		{"film.mp4", "\x00\x00\x00\x14ftypqt  ", "video/quicktime", true},
		{"song.m4a", "\x00\x00\x00\x20ftypisom", "audio/mp4", false}, // the brand does not tell sound from film
		{"song.wav", "ID3\x04", "audio/mpeg", true},
		{"scan.png", "%PDF-1.7", "application/pdf", true},
		{"page.html", png, "text/html", false},
		{"notes.txt", "%PDF-1.7", "text/plain", false},
		{"book.docx", "PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false},
		{"anim.apng", png, "image/apng", false},
	} {
		got, overruled := contentType(c.name, []byte(c.head))
		if strings.TrimSuffix(got, "; charset=utf-8") != c.want || overruled != c.overruled {
			t.Errorf("%s with %q: %q, %v, want %q, %v", c.name, c.head, got, overruled, c.want, c.overruled)
		}
	}
}

func TestUnknownNamesAreSniffedButNeverToScript(t *testing.T) {
	for head, want := range map[string]string{
		png:                     "image/png",
		"%PDF-1.7":              "application/pdf",
		"<!DOCTYPE html><html>": "text/plain; charset=utf-8",
		`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`: "text/plain; charset=utf-8",
		"plain words":      "text/plain; charset=utf-8",
		"\x00\x01\x02\x03": "application/octet-stream",
		`{"a": 1}`:         "application/json",
	} {
		if got := ContentType("upload", []byte(head)); got != want {
			t.Errorf("%q is %q, want %q", head, got, want)
		}
	}
}

func TestCharsetIsToldOnlyForUTF8(t *testing.T) {
	shiftJIS := "\x93\xfa\x96\x7b\x8c\xea" // 日本語
	for _, c := range [][3]string{
		{"a.csv", "名前,年齢\n", "text/csv; charset=utf-8"},
		{"a.csv", shiftJIS + ",1\n", "text/csv"},
		{"a.csv", "name,age\n", "text/csv; charset=utf-8"},
		{"a.html", "<p>日本語", "text/html; charset=utf-8"},
		{"a.txt", "\x1b$BF|K\\8l\x1b(B", "text/plain"}, // ISO-2022-JP
		{"a.txt", "\xff\xfea\x00b\x00", "text/plain"},  // UTF-16
		{"a.json", `{"名": 1}`, "application/json"},     // always UTF-8
		{"a.svg", "<svg>日本</svg>", "image/svg+xml"},    // says it itself
		{"a.js", "// " + strings.Repeat("あ", 30_000), "text/javascript; charset=utf-8"},
		{"a.js", "// " + strings.Repeat("あ", 30_000)[:HeadBytes-3], "text/javascript; charset=utf-8"}, // cut inside a character
	} {
		head := c[1]
		if len(head) > HeadBytes {
			head = head[:HeadBytes]
		}
		if got := ContentType(c[0], []byte(head)); got != c[2] {
			t.Errorf("%s with %.20q: %q, want %q", c[0], head, got, c[2])
		}
	}
}
