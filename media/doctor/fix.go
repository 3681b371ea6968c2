package doctor

import (
	"slices"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/guess"
)

// Fix is a better name for a path: composed, wide letters and narrow katakana
// in their usual width, a hyphen for blanks and for what breaks addresses,
// without what is not seen, short enough, and with the extension that the
// content asks for. A name that needs none of it stays. Fixed again, it is the
// same; two names may become one (see Twins).
func Fix(n Name) string {
	n.Path = norm.NFC.String(n.Path)
	if !needsFix(n) {
		return n.Path
	}
	segments := strings.Split(n.Path, "/")
	segments = slices.DeleteFunc(segments, func(s string) bool { return s == "" })
	if len(segments) == 0 {
		segments = []string{""}
	}
	last := len(segments) - 1
	for i, s := range segments {
		segments[i] = fixSegment(s)
	}
	file := fixExt(segments[last], n.Type)
	segments[last] = ""
	folder := strings.Join(segments, "/")
	return folder + shorten(folder, file, n)
}

func needsFix(n Name) bool {
	if address.CheckName(n.Path) != nil {
		return true
	}
	return slices.ContainsFunc(Look(n), Note.Mendable)
}

// fixSegment mends a folder's name, or a file's with its extension.
func fixSegment(s string) string {
	s = strings.ToValidUTF8(s, "-")
	s = widths(s)
	hyphens := false
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), strings.ContainsRune(urlChars+windowsOnly, r), unicode.Is(unicode.Zs, r):
			hyphens = true
			return '-'
		case strings.ContainsRune(invisible, r), address.CheckName(string(r)) != nil && r != '.':
			return -1
		}
		return r
	}, s)
	stem, ext := guess.Split(strings.Trim(s, "."))
	if hyphens {
		stem = single(stem)
	}
	if stem = strings.Trim(stem, "."); stem == "" {
		stem = "file"
	}
	if guess.IsDevice(stem + ext) {
		first, rest, dot := strings.Cut(stem, ".")
		if stem = strings.TrimRight(first, " ") + "-file"; dot {
			stem += "." + rest
		}
	}
	if reserved(stem + ext) {
		stem += "-file"
	}
	return norm.NFC.String(stem + ext)
}

// reserved holds for what mediadock keeps for itself.
func reserved(s string) bool { return address.IsEnvironmentID(s) }

// widths gives letters, digits and katakana their usual width.
func widths(s string) string {
	var b strings.Builder
	var kana []rune
	flush := func() {
		if len(kana) > 0 {
			b.WriteString(norm.NFKC.String(string(kana)))
			kana = kana[:0]
		}
	}
	for _, r := range s {
		switch {
		case isHalfKana(r):
			kana = append(kana, r) // with the mark that follows it
			continue
		case isFullWidth(r):
			flush()
			b.WriteString(norm.NFKC.String(string(r)))
			continue
		}
		flush()
		b.WriteRune(r)
	}
	flush()
	return norm.NFC.String(b.String())
}

// single leaves one hyphen of several, and none at the ends.
func single(s string) string {
	for strings.Contains(s, "--") {
		s = strings.ReplaceAll(s, "--", "-")
	}
	return strings.Trim(s, "-")
}

// fixExt gives a file the extension that its content asks for.
func fixExt(file, kind string) string {
	stem, ext := guess.Split(file)
	want := strings.Fields(extensions[kind])
	if len(want) == 0 || programs[strings.ToLower(ext)] || slices.Contains(want, strings.ToLower(ext)) {
		return file
	}
	return stem + want[0]
}

// shorten cuts a file's name so that key and address are not too long. The
// folders are the person's own matter.
func shorten(folder, file string, n Name) string {
	stem, ext := guess.Split(file)
	bytes := address.MaxKeyBytes - n.Before - len(folder) - len(ext)
	chars := longestURL - n.Around - len(address.EscapePath(folder+ext))
	var kept strings.Builder
	for g := uniseg.NewGraphemes(stem); g.Next(); {
		s := g.Str()
		if bytes -= len(s); bytes < 0 {
			break
		}
		if chars -= len(address.EscapePath(s)); chars < 0 {
			break
		}
		kept.WriteString(s)
	}
	short := kept.String()
	if short != stem {
		short = strings.TrimRight(short, " -_.")
	}
	if short == "" {
		return file // nothing helps
	}
	return short + ext
}
