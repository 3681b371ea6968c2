package wizard

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

const (
	maxNotes     = 2000 // characters
	maxServiceID = 128
)

var serviceID = lazyregexp.New(`^SERVICE#[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// checkNotes takes any text without control characters, which a terminal
// would obey.
func checkNotes(v string, _ Settings) (string, []Notice, *FieldError) {
	if n := utf8.RuneCountInString(v); n > maxNotes {
		return v, nil, problem("notes.too_long").args("length", number(n))
	}
	bad := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' || r == utf8.RuneError }
	if i := strings.IndexFunc(v, bad); i >= 0 {
		r, _ := utf8.DecodeRuneInString(v[i:])
		rest := strings.Map(func(r rune) rune {
			if bad(r) {
				return -1
			}
			return r
		}, v)
		return v, nil, problem("notes.charset").args("code", codePoint(r)).suggest(rest)
	}
	return v, nil, nil
}

// checkServiceID takes what fits into a header of every upload; the form that
// microCMS documents is "SERVICE#" and a UUID (M23).
func checkServiceID(v string, _ Settings) (string, []Notice, *FieldError) {
	if e := charset("service_id", v, isPlain); e != nil {
		return v, nil, e
	}
	if len(v) > maxServiceID {
		return v, nil, problem("service_id.too_long").args("length", number(len(v)))
	}
	if !serviceID.MatchString(v) {
		return v, []Notice{notice("service_id", "service_id.unusual")}, nil
	}
	return v, nil, nil
}
