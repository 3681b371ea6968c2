// Package alttext judges the alt texts of pictures (B11): which are missing,
// which look as if nobody wrote them for a reader, and how much of a library is
// described. It reads and writes the table in which they go to a spreadsheet
// and back. It knows no catalogue, no terminal and no words: reasons are codes.
package alttext

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Reasons for which somebody should look at an alt text.
const (
	CodeMissing     = "missing"      // there is none
	CodeGarbled     = "garbled"      // read in a wrong encoding once
	CodeControl     = "control"      // characters that are not seen, or line breaks
	CodePlaceholder = "placeholder"  // TODO, an unfilled template, "alt text"
	CodeURL         = "url"          // an address
	CodeFileName    = "file-name"    // the file's name
	CodeCamera      = "camera"       // a name that a camera or a screenshot gave
	CodeUntitled    = "untitled"     // a name that a program gave
	CodeNoWords     = "no-words"     // digits and punctuation alone
	CodeGeneric     = "generic"      // "image", "logo": true of any
	CodeRepeated    = "repeated"     // the same on many different pictures
	CodeSaysPicture = "says-picture" // "image of …": readers are told that anyway
	CodeBlanks      = "blanks"       // blanks at its beginning or end
	CodeTooLong     = "too-long"     // a hint alone: longer than MostRunes
)

// Codes are all reasons, the gravest first.
func Codes() []string {
	return []string{CodeMissing, CodeGarbled, CodeControl, CodePlaceholder, CodeURL, CodeFileName, CodeCamera,
		CodeUntitled, CodeNoWords, CodeGeneric, CodeRepeated, CodeSaysPicture, CodeBlanks, CodeTooLong}
}

// MostRunes is from how many characters an alt text is long to listen to.
const MostRunes = 125

// The marks of a picture, as the catalogue keeps them.
const (
	decorative = "decorative"
	checked    = "checked"
)

// Class is what a picture's alt text is.
type Class string

// The classes; Fine and Decorative need nobody.
const (
	Missing    Class = "missing"
	Suspicious Class = "suspicious"
	Hint       Class = "hint"
	Fine       Class = "fine"
	Decorative Class = "decorative"
)

// Picture is a picture as it is judged.
type Picture struct {
	Path string
	Alt  string
	Mark string // as the catalogue keeps it
	// Repeated tells that many different pictures have its alt text.
	Repeated bool
}

// Verdict is what is to be said of an alt text.
type Verdict struct {
	Class Class
	// Reasons are codes, the gravest first; empty for Fine and Decorative.
	Reasons []string
}

// Judge judges one picture.
func Judge(p Picture) Verdict {
	switch {
	case p.Mark == decorative && empty(p.Alt):
		return Verdict{Class: Decorative}
	case empty(p.Alt):
		return Verdict{Missing, []string{CodeMissing}}
	case p.Mark == checked:
		return Verdict{Class: Fine}
	}
	reasons := suspicions(p)
	switch {
	case len(reasons) == 0:
		return Verdict{Class: Fine}
	case len(reasons) == 1 && reasons[0] == CodeTooLong:
		return Verdict{Hint, reasons}
	}
	return Verdict{Suspicious, reasons}
}

// empty tells whether nothing of a text can be read or heard.
func empty(alt string) bool {
	return strings.IndexFunc(alt, func(r rune) bool { return !unicode.IsSpace(r) && !unseen(r) && !unicode.Is(unicode.Cf, r) }) < 0
}

func suspicions(p Picture) []string {
	var out []string
	add := func(code string, is bool) {
		if is {
			out = append(out, code)
		}
	}
	folded := fold(p.Alt)
	add(CodeGarbled, garbled(p.Alt))
	add(CodeControl, strings.ContainsFunc(p.Alt, unseen))
	before := len(out)
	// What the text is instead of a description: the first that fits.
	for _, rule := range []struct {
		code string
		is   bool
	}{
		{CodePlaceholder, placeholder(p.Alt, folded)},
		{CodeURL, address(p.Alt)},
		{CodeCamera, camera(folded)},
		{CodeUntitled, untitled(folded)},
		{CodeFileName, fileName(folded, p.Path)},
		{CodeNoWords, !strings.ContainsFunc(p.Alt, unicode.IsLetter) && !pictograph(p.Alt)},
		{CodeGeneric, generic[folded]},
	} {
		if len(out) == before {
			add(rule.code, rule.is)
		}
	}
	add(CodeRepeated, p.Repeated)
	add(CodeSaysPicture, saysPicture(folded))
	add(CodeBlanks, strings.TrimSpace(p.Alt) != p.Alt)
	add(CodeTooLong, utf8.RuneCountInString(norm.NFC.String(p.Alt)) > MostRunes)
	return out
}

// fold makes texts comparable: one width, one case, one blank for what parts
// words in names and texts.
func fold(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '_' || r == '-' || r == '+'
	}), " ")
}

// fileName tells whether a text is the name of its file, with or without what
// is behind the dot, or of any picture.
func fileName(folded, file string) bool {
	name := path.Base(file)
	stem := strings.TrimSuffix(name, path.Ext(name))
	if folded == fold(name) || folded == fold(stem) || folded == fold(Stem(name)) {
		return true
	}
	return pictureName.MatchString(folded)
}

// unseen tells whether a character is not to be seen and changes how the text
// is read or drawn. Joiners are not among them: emoji and some scripts need
// them.
func unseen(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\uFEFF' ||
		r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' || r == '\u200B'
}

// pictograph tells whether a text has an emoji, which a screen reader says.
func pictograph(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.So, r) && r > 0x2190 })
}
