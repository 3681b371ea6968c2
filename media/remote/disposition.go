package remote

import (
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// dispositionName is the file name of a Content-Disposition: filename*, or
// filename in the ways that servers write Japanese into it. Only its last part
// counts: a server decides no folders.
func dispositionName(header string) string {
	if header == "" {
		return ""
	}
	name := ""
	if _, params, err := mime.ParseMediaType(header); err == nil {
		name = params["filename"]
	} else {
		name = looseName(header)
	}
	if strings.HasPrefix(name, "=?") {
		if plain, err := new(mime.WordDecoder).DecodeHeader(name); err == nil {
			name = plain
		}
	}
	if !utf8.ValidString(name) {
		plain, err := japanese.ShiftJIS.NewDecoder().String(name)
		if err != nil {
			return ""
		}
		name = plain
	}
	return strings.TrimSpace(name[strings.LastIndexAny(name, `/\`)+1:])
}

// looseName reads filename= of a header that is not written by the rules:
// without quotes around blanks, or with bytes that are no ASCII.
func looseName(header string) string {
	for part := range strings.SplitSeq(header, ";") {
		key, value, ok := strings.Cut(part, "=")
		if ok && strings.EqualFold(strings.TrimSpace(key), "filename") {
			return strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return ""
}
