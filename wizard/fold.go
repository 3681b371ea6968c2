package wizard

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold guesses the ASCII that was meant: full-width letters become half-width,
// every kind of dash a hyphen, quotes, white space and control characters
// vanish. It is for suggestions only.
func fold(v string) string {
	quoted := strings.ContainsAny(v, `"'`)
	v = strings.Map(func(r rune) rune {
		switch {
		case isDash(r):
			return '-'
		case r == '。':
			return '.'
		case isQuote(r), unicode.IsSpace(r), unicode.IsControl(r):
			return -1
		}
		return r
	}, norm.NFKC.String(v))
	if quoted { // from JSON or a list, where a comma follows the quote
		v = strings.TrimRight(v, ",;")
	}
	return strings.TrimRight(v, ";")
}

// isDash holds for what keyboards and word processors make of a hyphen, the
// Japanese long vowel mark among them.
func isDash(r rune) bool {
	return '\u2010' <= r && r <= '\u2015' || r == '\u2043' || r == '\u2212' || r == '\u30fc' || r == '\uff70' ||
		r == '\ufe58' || r == '\ufe63' || r == '\uff0d'
}

func isQuote(r rune) bool {
	return strings.ContainsRune("\"'`´‘’‚‛“”„‟«»‹›「」『』＂＇", r)
}

// isPlain holds for the characters that fields in ASCII can have at all.
func isPlain(r rune) bool { return '!' <= r && r <= '~' && !isQuote(r) }

// charset returns the error "<key>.charset" for the first character of v that
// allowed refuses, with the folded value as suggestion; nil when all are
// allowed.
func charset(key, v string, allowed func(rune) bool) *FieldError {
	for _, r := range v {
		if !allowed(r) {
			return problem(key+".charset").args("char", string(r), "code", codePoint(r)).suggest(fold(v))
		}
	}
	return nil
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
func isDigit(r rune) bool  { return '0' <= r && r <= '9' }

func digits(v string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, v)
}

func number(n int) string { return strconv.Itoa(n) }

// brief shortens what is quoted back in a message.
func brief(v string) string {
	const most = 60
	if letters := []rune(v); len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return v
}
