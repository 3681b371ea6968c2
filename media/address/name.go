package address

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxKeyBytes is the longest key that S3 takes, in bytes of UTF-8. Percent
// encoding does not count.
const MaxKeyBytes = 1024

// Codes of a NameError.
const (
	NameEmpty        = "empty"
	NameTooLong      = "too-long"
	NameUTF8         = "utf8"
	NameControl      = "control"       // control and line separators
	NameBidi         = "bidi"          // marks that reverse how a name is shown
	NameEmptySegment = "empty-segment" // a slash at either end or two in a row
	NameDotSegment   = "dot-segment"   // "." or "..": browsers resolve them away
	NameReserved     = "reserved"      // the probes' directory, an environment's, "soap"
)

// NameError says why a name is not accepted for a new object. Existing objects
// may have any name.
type NameError struct {
	Code string
	Path string
	// Char is the offending character as U+XXXX where there is one.
	Char string
	// Bytes is the key's length for NameTooLong.
	Bytes int
}

func (e *NameError) Error() string {
	return fmt.Sprintf("name %q: %s", e.Path, e.Code)
}

// NFC composes a name, so that a file name from a Mac (decomposed) and the
// same name typed elsewhere are one key and one URL.
func NFC(s string) string { return norm.NFC.String(s) }

// SameName tells whether two names are the same after composition. Case
// counts, as it does for S3 (D1).
func SameName(a, b string) bool { return NFC(a) == NFC(b) }

// CheckName tells whether a path may become a new object. The error is a
// *NameError. Space.CheckName also counts the directory.
func CheckName(path string) error {
	if err := checkPath(path); err != nil {
		return err
	}
	if len(path) > MaxKeyBytes {
		return &NameError{Code: NameTooLong, Path: path, Bytes: len(path)}
	}
	return nil
}

// CheckName is CheckName for a path of this space: the whole key counts
// towards the length.
func (s Space) CheckName(path string) error {
	if err := checkPath(path); err != nil {
		return err
	}
	key := s.Key(path)
	if len(key) > MaxKeyBytes {
		return &NameError{Code: NameTooLong, Path: path, Bytes: len(key)}
	}
	// The key "soap" alone is taken for an API of old by S3.
	if key == "soap" {
		return &NameError{Code: NameReserved, Path: path}
	}
	return nil
}

func checkPath(path string) error {
	if path == "" {
		return &NameError{Code: NameEmpty}
	}
	if !utf8.ValidString(path) {
		return &NameError{Code: NameUTF8, Path: path}
	}
	for _, r := range path {
		if code := refusedRune(r); code != "" {
			return &NameError{Code: code, Path: path, Char: fmt.Sprintf("U+%04X", r)}
		}
	}
	for segment := range strings.SplitSeq(path, "/") {
		switch segment {
		case "":
			return &NameError{Code: NameEmptySegment, Path: path}
		case ".", "..":
			return &NameError{Code: NameDotSegment, Path: path}
		}
	}
	first, _, _ := strings.Cut(path, "/")
	if first == ProbeDir || IsEnvironmentID(first) {
		return &NameError{Code: NameReserved, Path: path}
	}
	return nil
}

func refusedRune(r rune) string {
	switch {
	case unicode.IsControl(r), r == '\u2028', r == '\u2029', r == '\uFEFF', r == '\uFFFE', r == '\uFFFF':
		return NameControl
	case '\u202A' <= r && r <= '\u202E', '\u2066' <= r && r <= '\u2069':
		return NameBidi
	}
	return ""
}
