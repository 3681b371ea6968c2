package wizard

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/mediadock/mediadock/media/address"
)

// maxPrefix leaves room in a key of 1,024 bytes for an environment's
// directory and a file name.
const maxPrefix = 900

var percentEncoded = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// checkPrefix is stricter than S3, since the prefix becomes part of URLs and
// of policies, where * and ? are wildcards and ${ begins a variable.
func checkPrefix(v string, s Settings) (string, []Notice, *FieldError) {
	if loc, ok := locate(v); ok {
		e := problem("prefix.pasted_url").suggest(prefixOf(loc.key))
		if s.Bucket == "" {
			e.also("bucket", loc.bucket)
		}
		return v, nil, e
	}
	if len(v) > maxPrefix {
		return v, nil, problem("prefix.too_long").args("length", number(len(v)))
	}
	if e := prefixPatterns(v); e != nil {
		return v, nil, e
	}
	var notices []Notice
	trimmed := strings.TrimSuffix(strings.TrimPrefix(v, "/"), "/")
	if trimmed != v {
		notices = append(notices, notice("prefix", "prefix.slashes_removed"))
	}
	if trimmed == "" {
		return "", notices, nil
	}
	if e := prefixSegments(trimmed); e != nil {
		return v, nil, e
	}
	return trimmed, append(notices, prefixNotices(trimmed, s)...), nil
}

// prefixPatterns refuses what would mean something else in a policy or a URL.
func prefixPatterns(v string) *FieldError {
	switch {
	case strings.Contains(v, "${"):
		return problem("prefix.variable")
	case strings.ContainsAny(v, "*?"):
		return problem("prefix.wildcard").suggest(strings.TrimRight(v, "*?/"))
	case percentEncoded.MatchString(v):
		e := problem("prefix.encoded")
		if plain, err := url.PathUnescape(v); err == nil {
			e.suggest(plain)
		}
		return e
	case strings.Contains(v, `\`):
		return problem("prefix.charset").detail("backslash").suggest(strings.ReplaceAll(v, `\`, "/"))
	}
	return nil
}

func prefixSegments(v string) *FieldError {
	if v == "soap" {
		return problem("prefix.reserved")
	}
	segments := strings.Split(v, "/")
	var tidy []string
	for _, segment := range segments {
		if segment != "" && segment != "." {
			tidy = append(tidy, segment)
		}
	}
	for _, segment := range segments {
		switch segment {
		case "":
			return problem("prefix.empty_segment").suggest(strings.Join(tidy, "/"))
		case ".", "..":
			return problem("prefix.dot_segment").suggest(strings.Join(tidy, "/"))
		}
	}
	if e := charset("prefix", v, isPrefix); e != nil {
		return e.suggest(fold(strings.Join(strings.Fields(v), "-")))
	}
	for _, segment := range segments {
		if !isLetter(rune(segment[0])) && !isDigit(rune(segment[0])) {
			return problem("prefix.charset").detail("start").args("segment", segment)
		}
	}
	return nil
}

func isPrefix(r rune) bool {
	return isLetter(r) || isDigit(r) || strings.ContainsRune("._-/", r)
}

func prefixNotices(v string, s Settings) []Notice {
	var notices []Notice
	segments := strings.Split(v, "/")
	for _, segment := range segments {
		if address.IsEnvironmentID(segment) {
			notices = append(notices, notice("prefix", "prefix.environment"))
			break
		}
	}
	if s.Bucket != "" && segments[0] == s.Bucket {
		notices = append(notices, notice("prefix", "prefix.repeats_bucket"))
	}
	return notices
}
