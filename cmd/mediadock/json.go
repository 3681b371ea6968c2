package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// writeJSON writes v and a newline. Strings keep exact keys, but control, C1,
// bidi and format characters leave as \uXXXX, so that output which lands on a
// terminal by accident cannot act on it.
func writeJSON(w io.Writer, v any, indent bool) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if indent {
		enc.SetIndent("", "  ")
	}
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escapeUnsafe(buf.Bytes()))
	return err
}

// escapeUnsafe rewrites unsafe characters of encoded JSON. Outside strings
// only newlines can be there, and those stay.
func escapeUnsafe(encoded []byte) []byte {
	if bytes.IndexFunc(encoded, unsafeInJSON) < 0 {
		return encoded
	}
	out := make([]byte, 0, len(encoded)+32)
	for len(encoded) > 0 {
		r, n := utf8.DecodeRune(encoded)
		switch {
		case !unsafeInJSON(r):
			out = append(out, encoded[:n]...)
		case r > 0xFFFF:
			hi, lo := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, hi, lo)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		encoded = encoded[n:]
	}
	return out
}

func unsafeInJSON(r rune) bool {
	return r != '\n' && (unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r))
}
