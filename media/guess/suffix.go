package guess

import (
	"crypto/rand"
	"errors"
	"io"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// alphabet of suffixes: lower case letters and digits without those that are
// taken for one another (0 and o; 1, i and l).
const alphabet = "23456789abcdefghjkmnpqrstuvwxyz"

// suffixLength characters of 31 are 128.8 bits. Of them 0.1 is lost to the
// draws that Suffix refuses.
const suffixLength = 26

// ErrNotRandom is what Suffix returns when its source repeats itself.
var ErrNotRandom = errors.New("the source of randomness is not random")

// Suffix makes a string of at least 128 random bits, 26 characters that stand
// in a URL as they are. A nil source is the system's. What by chance does not
// look random is drawn again, so that Score takes every suffix for what it is.
func Suffix(source io.Reader) (string, error) {
	if source == nil {
		source = rand.Reader
	}
	for range 64 {
		s, err := draw(source)
		if err != nil {
			return "", err
		}
		if IsSuffix(s) {
			return s, nil
		}
	}
	return "", ErrNotRandom
}

// draw takes five bits a character, and others instead of those that the
// alphabet does not have: each character is as likely as the next.
func draw(source io.Reader) (string, error) {
	out := make([]byte, 0, suffixLength)
	var b [suffixLength + 6]byte
	for range 64 {
		if _, err := io.ReadFull(source, b[:]); err != nil {
			return "", err
		}
		for _, c := range b {
			if c &= 31; int(c) < len(alphabet) && len(out) < suffixLength {
				out = append(out, alphabet[c])
			}
		}
		if len(out) == suffixLength {
			return string(out), nil
		}
	}
	return "", ErrNotRandom
}

// IsSuffix tells whether s has the form of a suffix.
func IsSuffix(s string) bool {
	if len(s) != suffixLength || strings.Trim(s, alphabet) != "" {
		return false
	}
	f := look(s)
	return f.digits > 0 && f.irregular() && !f.patterned(s)
}

// Add puts a suffix between a file's name and its extension, after a hyphen:
// salary-2026-SUFFIX.pdf, backup-SUFFIX.tar.gz, .htaccess-SUFFIX. The result is
// composed (NFC). Where it would have more than most bytes, the name before
// the suffix is cut between characters; the result may still be longer when the
// folders and the extension alone are.
func Add(name, suffix string, most int) string {
	name = norm.NFC.String(name)
	folder, file := path.Split(name)
	stem, ext := Split(file)
	if over := len(folder) + len(stem) + 1 + len(suffix) + len(ext) - most; over > 0 {
		stem = cut(stem, len(stem)-over)
	}
	if stem == "" {
		return folder + suffix + ext
	}
	return folder + stem + "-" + suffix + ext
}

// joiner makes one character of two emoji.
const joiner = "\u200d"

// cut shortens s to n bytes or less, not between a letter and its marks.
func cut(s string, n int) string {
	if n <= 0 {
		return ""
	}
	for n > 0 && n < len(s) {
		r, _ := utf8.DecodeRuneInString(s[n:])
		if utf8.RuneStart(s[n]) && !unicode.In(r, unicode.M, unicode.Cf, unicode.Sk) && !strings.HasSuffix(s[:n], joiner) {
			break
		}
		n--
	}
	return strings.TrimRight(s[:n], " -_.")
}

// Split parts a file's name into stem and extension, the dot with the
// extension. A compressed file keeps both extensions (.tar.gz), a dot file and
// a name that ends in anything but letters and digits have none.
func Split(file string) (stem, ext string) {
	dot := extension(file)
	if dot < 0 {
		return file, ""
	}
	switch strings.ToLower(file[dot:]) {
	case ".gz", ".bz2", ".xz", ".zst", ".br", ".lz4", ".z":
		if inner := extension(file[:dot]); inner >= 0 && dot-inner <= 5 && strings.ContainsFunc(file[inner:dot], unicode.IsLetter) {
			dot = inner
		}
	}
	return file[:dot], file[dot:]
}

// extension is where the last extension begins, or -1.
func extension(file string) int {
	dot := strings.LastIndexByte(file, '.')
	if dot <= 0 || dot == len(file)-1 || len(file)-dot > 17 || strings.Trim(file[:dot], ".") == "" {
		return -1
	}
	for i := dot + 1; i < len(file); i++ {
		if class(file[i]) == other {
			return -1
		}
	}
	return dot
}
