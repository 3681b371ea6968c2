package audit

import (
	"mime"
	"strings"

	"github.com/mediadock/mediadock/media"
)

// binary is what says nothing: browsers download such a file.
const binary = "application/octet-stream"

// alike are names of one type: old ones, and those that servers use for the
// same.
var alike = map[string]string{
	"image/jpg":                     "image/jpeg",
	"image/pjpeg":                   "image/jpeg",
	"image/x-png":                   "image/png",
	"image/vnd.microsoft.icon":      "image/x-icon",
	"image/ico":                     "image/x-icon",
	"image/x-ms-bmp":                "image/bmp",
	"image/heif":                    "image/heic",
	"image/svg":                     "image/svg+xml",
	"audio/mp3":                     "audio/mpeg",
	"audio/x-mp3":                   "audio/mpeg",
	"audio/x-wav":                   "audio/wav",
	"audio/wave":                    "audio/wav",
	"audio/vnd.wave":                "audio/wav",
	"audio/x-m4a":                   "audio/mp4",
	"audio/m4a":                     "audio/mp4",
	"audio/x-flac":                  "audio/flac",
	"audio/x-aiff":                  "audio/aiff",
	"video/x-m4v":                   "video/mp4",
	"video/m4v":                     "video/mp4",
	"application/javascript":        "text/javascript",
	"application/x-javascript":      "text/javascript",
	"application/xml":               "text/xml",
	"application/x-zip-compressed":  "application/zip",
	"application/x-pdf":             "application/pdf",
	"application/x-gzip":            "application/gzip",
	"application/font-woff":         "font/woff",
	"application/font-woff2":        "font/woff2",
	"application/x-font-woff":       "font/woff",
	"application/x-font-ttf":        "font/ttf",
	"application/vnd.ms-fontobject": "font/eot",
	"application/csv":               "text/csv",
	"text/x-markdown":               "text/markdown",
	"application/x-yaml":            "application/yaml",
	"text/yaml":                     "application/yaml",
	"application/x-rar-compressed":  "application/vnd.rar",
	"application/x-mpegurl":         "application/vnd.apple.mpegurl",
	"application/manifest+json":     "application/json",
	"application/x-shockwave-flash": "application/vnd.adobe.flash.movie",
}

func base(contentType string) string {
	t, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		t, _, _ = strings.Cut(contentType, ";")
		t = strings.ToLower(strings.TrimSpace(t))
	}
	if other, ok := alike[t]; ok {
		return other
	}
	return t
}

// wrongType compares a stored content type with that of name and content. What
// is a matter of taste is not wrong: a charset, another word for the same, a
// kind of text for another. Where nothing better is known, nothing is wrong.
func wrongType(path, stored string, head []byte) (wanted string, wrong bool) {
	wanted = media.ContentType(path, head)
	want, have := base(wanted), base(stored)
	switch {
	case want == have, want == binary, want == "":
		return wanted, false
	case have == "" || have == binary || have == "binary/octet-stream":
		return wanted, true
	case strings.HasPrefix(want, "text/") && strings.HasPrefix(have, "text/"):
		return wanted, active(want) != active(have)
	case major(want) == major(have) && major(want) == "application":
		return wanted, false // too many names for too few things
	}
	return wanted, true
}

func major(t string) string {
	m, _, _ := strings.Cut(t, "/")
	return m
}

// active types run as part of the site that serves them.
func active(t string) bool { return t == "text/html" || t == "text/javascript" }
