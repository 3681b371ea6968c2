// Package doctor looks at the names of files before they become addresses
// (B9): what reads differently than it is, what breaks when it is pasted, sent
// or downloaded, and what says nothing. For most of it there is a better name.
//
// The package is a leaf, and does nothing but compute. Remarks are codes and
// arguments; words come from tui/text.
package doctor

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/guess"
)

// Note is a remark about a file's name. Its text is "media.note." and the
// code. None of them keeps a file from being uploaded; what does is a code of
// address.CheckName.
type Note struct {
	Code string
	Args map[string]string
}

// Codes of a Note.
const (
	Composed    = "name-composed"    // the local name is decomposed (NFD), the new one composed (NFC)
	URLChars    = "name-url-chars"   // characters that mean something in a URL, {chars}
	FullWidth   = "name-full-width"  // wide forms of letters and digits, {chars}
	HalfKana    = "name-half-kana"   // narrow katakana, {chars}
	Invisible   = "name-invisible"   // characters that are not seen, {char}
	Edge        = "name-edge"        // a blank or dot at an end, which some systems drop
	Spaces      = "name-spaces"      // %20 in every address
	Windows     = "name-windows"     // Windows cannot store it: a device's name, or {chars}
	LongURL     = "name-long-url"    // the address has {count} characters, percent-encoded
	DoubleExt   = "name-double-ext"  // a picture by its looks, a program by its end: {ext}
	WrongExt    = "name-wrong-ext"   // the content is of another format: {ext} and {type}
	NoExt       = "name-no-ext"      // none, though the content is {type}
	Generic     = "name-generic"     // what cameras and programs call everything
	CaseTwin    = "name-case-twin"   // another file differs in case alone, {other}
	FormTwin    = "name-form-twin"   // another one looks the same, {other}
	FolderTwin  = "name-folder-twin" // the new {folder} differs from the folder {other} in case or form alone
	urlChars    = "#?%+&[]{}^`\""
	windowsOnly = "<>:\\|*"
)

// longestURL is how many characters an address may have as it is sent: the
// sitemaps protocol takes fewer than 2,048. CloudFront takes 8,192, which no key
// reaches: 1,024 bytes are 3,072 characters at most.
const longestURL = 2047

// Codes are the codes of all notes.
func Codes() []string {
	return []string{Composed, URLChars, FullWidth, HalfKana, Invisible, Edge, Spaces, Windows, LongURL, DoubleExt, WrongExt, NoExt, Generic, CaseTwin, FormTwin, FolderTwin}
}

// Mendable tells whether Fix takes a remark's cause away. The others ask for a
// person who knows what is in the file, or are nothing to be mended.
func (n Note) Mendable() bool {
	return n.Code != Composed && n.Code != Generic && n.Code != DoubleExt && n.Code != FolderTwin
}

// invisible characters stand in names by accident. Joiners are not among them:
// emoji and several scripts need them.
const invisible = "\u00AD\u061C\u180E\u200B\u200E\u200F\u2060\u3164"

// Name is a name to look at.
type Name struct {
	// Local is the name on the computer, as the system gave it; empty where
	// there is none.
	Local string
	// Path is the one that it is to have, with folders, composed.
	Path string
	// Type is the content type that the content plainly has, empty where it is
	// not known or agrees with the name.
	Type string
	// Around is how many characters the address has beside the path, and
	// Before how many bytes the key has before it.
	Around, Before int
}

// Look notes what is remarkable about one name.
func Look(n Name) []Note {
	var notes []Note
	add := func(code string, args ...string) {
		note := Note{Code: code}
		for i := 0; i+1 < len(args); i += 2 {
			if note.Args == nil {
				note.Args = map[string]string{}
			}
			note.Args[args[i]] = args[i+1]
		}
		notes = append(notes, note)
	}
	some := func(code string, match func(rune) bool) {
		if chars := among(n.Path, match); chars != "" {
			add(code, "chars", chars)
		}
	}
	if n.Local != "" && address.NFC(n.Local) != n.Local {
		add(Composed)
	}
	some(URLChars, func(r rune) bool { return strings.ContainsRune(urlChars, r) })
	some(FullWidth, isFullWidth)
	some(HalfKana, isHalfKana)
	if i := strings.IndexAny(n.Path, invisible); i >= 0 {
		r := []rune(n.Path[i:])[0]
		add(Invisible, "char", fmt.Sprintf("U+%04X", r))
	}
	segments := strings.Split(n.Path, "/")
	if slices.ContainsFunc(segments, hasEdge) {
		add(Edge)
	}
	if strings.ContainsFunc(n.Path, isBlank) {
		add(Spaces)
	}
	if i := slices.IndexFunc(segments, guess.IsDevice); i >= 0 {
		add(Windows, "chars", segments[i])
	} else {
		some(Windows, func(r rune) bool { return strings.ContainsRune(windowsOnly, r) })
	}
	if long := n.Around + len(address.EscapePath(n.Path)); long > longestURL {
		add(LongURL, "count", strconv.Itoa(long))
	}
	return append(notes, lookExt(n)...)
}

// lookExt notes what is remarkable about the end of a name, and whether what
// is before it says anything.
func lookExt(n Name) []Note {
	var notes []Note
	file := path.Base(n.Path)
	stem, ext := guess.Split(file)
	ext = strings.ToLower(ext)
	if programs[ext] {
		if _, inner := guess.Split(stem); shown[strings.ToLower(inner)] {
			notes = append(notes, Note{Code: DoubleExt, Args: map[string]string{"ext": ext}})
		}
	}
	switch want := extensions[n.Type]; {
	case want == "" || programs[ext]:
	case ext == "":
		notes = append(notes, Note{Code: NoExt, Args: map[string]string{"type": n.Type}})
	case !slices.Contains(strings.Fields(want), ext):
		notes = append(notes, Note{Code: WrongExt, Args: map[string]string{"ext": ext, "type": n.Type}})
	}
	if isGeneric(stem) {
		notes = append(notes, Note{Code: Generic})
	}
	return notes
}

// among are the characters of s that match, each once, with blanks between.
func among(s string, match func(rune) bool) string {
	var found []string
	for _, r := range s {
		if match(r) && !slices.Contains(found, string(r)) {
			found = append(found, string(r))
		}
	}
	return strings.Join(found, " ")
}

// isFullWidth holds for the wide forms of letters and digits, and of the
// marks that names of files hold. Wide brackets are ordinary Japanese.
func isFullWidth(r rune) bool {
	switch {
	case '０' <= r && r <= '９', 'Ａ' <= r && r <= 'Ｚ', 'ａ' <= r && r <= 'ｚ':
		return true
	}
	return strings.ContainsRune("．＿－\u3000", r)
}

// isHalfKana holds for narrow katakana and their marks.
func isHalfKana(r rune) bool { return '｡' <= r && r <= 'ﾟ' }

// isBlank holds for what looks like a blank, but the wide one, which is a
// remark of its own.
func isBlank(r rune) bool { return r != '\u3000' && unicode.Is(unicode.Zs, r) }

func hasEdge(segment string) bool {
	return strings.TrimFunc(segment, unicode.IsSpace) != segment || strings.TrimRight(segment, ".") != segment || strings.HasPrefix(segment, ".")
}
