package guess

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a word is.
type kind uint8

const (
	unknown kind = iota
	common
	prefix    // of counters: IMG, DSC
	sensitive //
	alone     // sensitive only where nothing touches it: cv, but not cv2
	opener    // means something together with the next word: my number
	harmless  // two words of which the first alone would be sensitive: draft beer
)

// words reads the words of a path and collects the sensitive ones.
type words struct {
	sensitive []string

	last     [24]byte // the word before, for words of two
	lastLen  int
	lastKind kind
	lastFrom int // how many sensitive words there were before it

	known, strange int  // how many words are in the lists, and how many are not
	camera         bool // the last one stands before the counters of cameras
}

// apart ends what two words could have made.
func (w *words) apart() { w.lastLen = 0 }

// found takes a sensitive word once.
func (w *words) found(word string) {
	for _, old := range w.sensitive {
		if old == word {
			return
		}
	}
	w.sensitive = append(w.sensitive, word)
}

// letters takes a run of ASCII letters and returns what it is worth. touched
// tells that a digit follows.
func (w *words) letters(s string, touched bool) float64 {
	var buf [32]byte
	if word := lowerTo(&buf, s); word != nil {
		if k, bits := w.word(word, touched); k != unknown {
			w.met(word, true)
			return bits
		}
	}
	bits := 0.0
	for len(s) > 0 {
		n := camel(s)
		part := lowerTo(&buf, s[:n])
		switch k, b := w.word(part, touched || n < len(s)); {
		case k != unknown:
			w.met(part, true)
			bits += b
		default:
			w.met(part, false)
			bits += w.compound(part, s[:n])
		}
		s = s[n:]
	}
	return bits
}

// met counts a word. A single letter is none: IMG_E1234.
func (w *words) met(word []byte, known bool) {
	switch {
	case len(word) == 1:
		return
	case known:
		w.known++
	default:
		w.strange++
	}
	w.camera = known && cameras[string(word)]
}

func lowerTo(buf *[32]byte, s string) []byte {
	if len(s) > len(buf) {
		return nil
	}
	for i := 0; i < len(s); i++ {
		buf[i] = lowered(s[i])
	}
	return buf[:len(s)]
}

// camel is the length of the first word of AnnualReport, or of PDFInvoice.
func camel(s string) int {
	n := 1
	for n < len(s) && class(s[n]) == upper {
		n++
	}
	if n > 1 && n < len(s) && class(s[0]) == upper {
		return n - 1
	}
	if n > 1 {
		return n
	}
	for n < len(s) && class(s[n]) == lower {
		n++
	}
	return n
}

// What words are worth. Sensitive ones are those that are tried first.
const (
	bitsPrefix    = 2.0
	bitsSensitive = 5.0
	bitsCommon    = 7.0
)

// word looks a word up, alone and together with the one before.
func (w *words) word(word []byte, touched bool) (kind, float64) {
	k, base := lookUp(word)
	if k == alone && touched {
		k = unknown
	}
	joined := w.join(word)
	from := len(w.sensitive)
	switch {
	case joined == harmless:
		w.sensitive = w.sensitive[:w.lastFrom]
		k = common
	case joined == sensitive: // the two together say it
	case k == sensitive || k == alone:
		w.found(base)
	}
	if joined == opener { // do not share
		w.lastLen += copy(w.last[w.lastLen:], word)
	} else {
		w.remember(word, k, from)
	}
	switch {
	case k == prefix:
		return k, bitsPrefix
	case k == sensitive || k == alone || joined == sensitive:
		return sensitive, bitsSensitive
	case k == unknown:
		return k, 0
	}
	return k, bitsCommon
}

// join looks the word before and this one up as one.
func (w *words) join(word []byte) kind {
	if w.lastLen == 0 || w.lastKind != opener && w.lastKind != sensitive || w.lastLen+len(word) > 32 {
		return unknown
	}
	var buf [32]byte
	n := copy(buf[:], w.last[:w.lastLen])
	n += copy(buf[n:], word)
	k, base := lookUp(buf[:n])
	if k == sensitive {
		w.sensitive = w.sensitive[:w.lastFrom]
		w.found(base)
	}
	return k
}

func (w *words) remember(word []byte, k kind, from int) {
	w.lastLen = 0
	if len(word) <= len(w.last) {
		w.lastLen, w.lastKind, w.lastFrom = copy(w.last[:], word), k, from
	}
}

// lookUp finds a word, also in the plural.
func lookUp(word []byte) (kind, string) {
	if e, ok := dictionary[string(word)]; ok {
		return e.kind, e.word
	}
	if n := len(word) - 1; n >= 4 && word[n] == 's' {
		if e, ok := dictionary[string(word[:n])]; ok && e.kind != alone {
			return e.kind, e.word
		}
	}
	return unknown, ""
}

// compound takes words written as one (customerinvoice) if all of them are
// known, the longest first; a word that only contains another is not it.
func (w *words) compound(word []byte, s string) float64 {
	const shortest = 3
	if len(word) >= 2*shortest {
		var found [4]string
		n, bits := 0, 0.0
		rest := word
		for len(rest) > 0 {
			size, k, base := longest(rest)
			if size == 0 {
				break
			}
			bits += bitsCommon
			if k == sensitive && n < len(found) {
				found[n] = base
				n++
			}
			rest = rest[size:]
		}
		if len(rest) == 0 {
			for _, f := range found[:n] {
				w.found(f)
			}
			return bits
		}
	}
	return unknownWord(s)
}

// longest is the longest known word at the beginning.
func longest(word []byte) (int, kind, string) {
	for n := min(len(word), longestWord); n >= 3; n-- {
		if e, ok := dictionary[string(word[:n])]; ok && (e.kind == common || e.kind == sensitive || e.kind == opener) {
			return n, e.kind, e.word
		}
	}
	return 0, unknown, ""
}

// unknownWord is worth what a list of names and words takes to try, more if
// it cannot be spoken.
func unknownWord(s string) float64 {
	n := float64(len(s))
	if len(s) > 2 && look(s).meanRarity() >= 4.9 {
		return min(4*n, 32)
	}
	return min(2.2*n, 20)
}

// wide takes one character outside of ASCII and returns its length. Words of
// Japanese are not parted, so they are looked for wherever they begin.
func (m *meter) wide(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError, !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != 'ー':
		m.natural += 0.5
		return n
	case r < 0x2E80:
		m.natural += 2.5
		m.words.strange++
		return n
	}
	m.words.apart()
	m.words.camera = false
	for _, e := range japanese[r] {
		if strings.HasPrefix(s, e.word) {
			if e.kind == sensitive {
				m.words.found(e.word)
			}
			// A word is worth no more than a word, whatever its length.
			m.natural += bitsSensitive
			m.words.known++
			return len(e.word)
		}
	}
	m.words.strange++
	m.natural += 3
	return n
}
