package guess

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold writes a path as the lists of words have it: composed, full-width
// letters and half-width kana in their usual width, Latin letters without
// accents. A path of ASCII is returned as it is.
func fold(s string) string {
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf {
		i++
	}
	if i == len(s) {
		return s
	}
	width, accents := false, false
	for _, r := range s[i:] {
		switch {
		case r >= 0xFF00 && r <= 0xFFEF:
			width = true
		case r >= 0xC0 && r <= 0x24F || r >= 0x300 && r <= 0x36F:
			accents = true
		}
	}
	if width {
		s = norm.NFKC.String(s)
	} else if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	if !accents {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36F { // accents; the marks of kana are elsewhere
			return -1
		}
		return r
	}, norm.NFD.String(s))
}
