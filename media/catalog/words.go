package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// How text is cut into what the index holds:
//
//   - Letters of scripts that are written without blanks (Han, kana, Hangul)
//     one by one and in pairs, so that 春 and 写真 are found.
//   - Other letters and digits in threes, so that every part of a name of
//     three or more is found, and the first one and two of each word.
//   - Digits in fours, too: years and numbers have too many threes in common.
//   - Signs one by one, but for those of every path.
//   - Filters (kind, tag, creator, missing alt text, folder) as words of their
//     own with a mark in front that no text holds.
//
// The index answers which rows may hold a text; where that is more than the
// rows that do (a name of four letters and more), the row itself decides.
const (
	filterMark = "\uE000"
	startMark  = "\uE001"
)

// How the rows of a place were cut. One that was cut by an earlier version is
// searched for what it has, and cut anew by the next whole Refresh.
const (
	cutThrees = 1 // no fours, signs and folders
	cutNow    = 2
)

// fold makes text comparable: one width, one case.
func fold(s string) string { return strings.ToLower(norm.NFKC.String(s)) }

// dense tells whether a script is written without blanks.
func dense(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r == 'ー' || r == '々'
}

func wordRune(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.N) }

// runs cuts folded text into words, each of one kind of script.
func runs(folded string) [][]rune {
	var all [][]rune
	var word []rune
	for _, r := range folded {
		if !wordRune(r) || len(word) > 0 && dense(r) != dense(word[0]) {
			if len(word) > 0 {
				all, word = append(all, word), nil
			}
		}
		if wordRune(r) {
			word = append(word, r)
		}
	}
	if len(word) > 0 {
		all = append(all, word)
	}
	return all
}

// indexed is everything under which text is to be found.
func indexed(folded string, add func(string)) {
	for _, r := range folded {
		if rareSign(r) {
			add(signToken(r))
		}
	}
	for _, w := range runs(folded) {
		if dense(w[0]) {
			for i := range w {
				add(string(w[i]))
				if i+1 < len(w) {
					add(string(w[i : i+2]))
				}
			}
			continue
		}
		add(startMark + string(w[0]))
		if len(w) > 1 {
			add(startMark + string(w[:2]))
		}
		for i := 0; i+3 <= len(w); i++ {
			add(string(w[i : i+3]))
			if fourAt(w, i) {
				add(string(w[i : i+4]))
			}
		}
	}
}

// fourAt tells whether four digits begin there.
func fourAt(w []rune, i int) bool {
	return i >= 0 && i+4 <= len(w) && !slices.ContainsFunc(w[i:i+4], func(r rune) bool { return !unicode.IsDigit(r) })
}

// rareSign tells of a sign that it is not in about every path.
func rareSign(r rune) bool { return !wordRune(r) && !unicode.IsSpace(r) && r != '/' && r != '.' }

// sought is what the index has to hold for a word that is looked for, as the
// rows were cut; exact tells that nothing else has to be looked at.
func sought(folded string, cut int64) (tokens []string, exact bool) {
	if tokens, exact = soughtWords(folded, cut); len(tokens) > 0 || cut == cutThrees {
		return tokens, exact
	}
	for _, r := range folded {
		if rareSign(r) {
			tokens = append(tokens, signToken(r))
		}
	}
	return tokens, len(tokens) > 0 && utf8.RuneCountInString(folded) == 1
}

func soughtWords(folded string, cut int64) (tokens []string, exact bool) {
	found := runs(folded)
	exact = len(found) == 1 && len([]rune(folded)) == len(found[0])
	for i, w := range found {
		switch {
		case i == 0 && len(found) > 1 && len(w) < 3 && strings.HasPrefix(folded, string(w)) && !dense(w[0]):
			// It may be the end of a word, which the index does not hold.
		case dense(w[0]) && len(w) == 1:
			tokens = append(tokens, string(w))
		case dense(w[0]):
			for j := 0; j+2 <= len(w); j++ {
				tokens = append(tokens, string(w[j:j+2]))
			}
			exact = exact && len(w) == 2
		case len(w) < 3:
			tokens = append(tokens, startMark+string(w))
		default:
			for j := 0; j+3 <= len(w); j++ {
				four, within := fourAt(w, j), fourAt(w, j) || fourAt(w, j-1)
				switch {
				case cut == cutThrees || !within:
					tokens = append(tokens, string(w[j:j+3]))
				case four:
					tokens = append(tokens, string(w[j:j+4]))
				}
			}
			exact = exact && (len(w) == 3 || len(w) == 4 && cut != cutThrees && fourAt(w, 0))
		}
	}
	return rarer(tokens), exact
}

// rarer leaves out what narrows a search little and costs the index much: where
// a word has digits, its letters alone are common to too many names ("img" of
// "img-0123"). What is left out, the row itself decides: a word of which anything
// can be left out is never exact.
func rarer(tokens []string) []string {
	digits := func(t string) bool { return strings.ContainsFunc(t, unicode.IsDigit) }
	if !slices.ContainsFunc(tokens, digits) {
		return tokens
	}
	return slices.DeleteFunc(tokens, func(t string) bool { return !digits(t) && !dense([]rune(t)[0]) })
}

func kindToken(kind string) string { return filterMark + "k" + kind }
func tagToken(tag string) string   { return filterMark + "t" + hex.EncodeToString([]byte(fold(tag))) }
func creatorToken(c string) string { return filterMark + "c" + hex.EncodeToString([]byte(fold(c))) }

// privateToken is of what was decided about a file, by its kind.
func privateToken(kind string) string { return filterMark + "p" + kind }

func signToken(r rune) string { return filterMark + "s" + strconv.FormatInt(int64(r), 16) }

// folderToken is of all that lies under a folder, which ends in a slash.
func folderToken(folder string) string {
	sum := sha256.Sum256([]byte(folder))
	return filterMark + "f" + hex.EncodeToString(sum[:8])
}

const missingToken = filterMark + "m"

// text is all that is found of a row, folded.
func (e *Entry) text() string {
	return fold(strings.Join(append([]string{e.Path, e.Alt, e.Creator}, e.Tags...), "\n"))
}

// words is the row for the index.
func (e *Entry) words() string {
	seen := map[string]bool{}
	var b strings.Builder
	add := func(token string) {
		if !seen[token] {
			seen[token] = true
			b.WriteString(token)
			b.WriteByte(' ')
		}
	}
	indexed(e.text(), add)
	kind := Kind(e.Path)
	add(kindToken(kind))
	if e.lacksAlt() {
		add(missingToken)
	}
	if !e.Private.Empty() {
		add(privateToken(e.Private.Kind()))
	}
	if e.Creator != "" {
		add(creatorToken(e.Creator))
	}
	for _, t := range e.Tags {
		add(tagToken(t))
	}
	for i := range len(e.Path) {
		if e.Path[i] == '/' {
			add(folderToken(e.Path[:i+1]))
		}
	}
	return b.String()
}

// lacksAlt tells whether an alt text is missing: pictures alone are described.
func (e *Entry) lacksAlt() bool {
	return e.Alt == "" && e.AltMark != MarkDecorative && Kind(e.Path) == KindImage
}

// Kinds of media, by the name's extension: a listing tells no content type.
const (
	KindImage = "image"
	KindVideo = "video"
	KindAudio = "audio"
	KindPDF   = "pdf"
	KindText  = "text"
	KindOther = "other"
)

var kinds = map[string][]string{
	KindImage: {"jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "svgz", "heic", "heif", "bmp", "tif", "tiff", "ico", "jxl", "apng", "jfif"},
	KindVideo: {"mp4", "m4v", "mov", "webm", "mkv", "avi", "wmv", "mpg", "mpeg", "ogv", "ts", "m3u8", "3gp", "flv"},
	KindAudio: {"mp3", "m4a", "aac", "wav", "ogg", "oga", "opus", "flac", "aif", "aiff", "wma", "mid", "midi"},
	KindPDF:   {"pdf"},
	KindText:  {"txt", "md", "csv", "tsv", "json", "xml", "html", "htm", "css", "js", "vtt", "srt", "yaml", "yml", "log"},
}

// Kinds are the kinds that a search can ask for.
func Kinds() []string {
	return []string{KindImage, KindVideo, KindAudio, KindPDF, KindText, KindOther}
}

// Kind is the kind of a file by its name.
func Kind(name string) string {
	ext := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	for _, k := range Kinds() {
		if slices.Contains(kinds[k], ext) {
			return k
		}
	}
	return KindOther
}
