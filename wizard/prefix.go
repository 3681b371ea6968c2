package wizard

import (
	"net/url"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// maxPrefix leaves room in a key of 1,024 bytes for an environment's
// directory and a file name.
const maxPrefix = 900

var (
	mediaFile = lazyregexp.New(`(?i)^.+\.(png|jpe?g|gif|webp|avif|heic|svg|ico|pdf|mp4|mov|webm|mp3|zip|txt|csv|html?|css|js|json)$`)
	hostLike  = lazyregexp.New(`(?i)^([a-z0-9-]+\.)+(com|net|org|jp|io|dev|app|cloud|info|biz|cn|eu)$`)
)

var percentEncoded = lazyregexp.New(`%[0-9A-Fa-f]{2}`)

// checkPrefix is stricter than S3, since the prefix becomes part of URLs and
// of policies, where * and ? are wildcards and ${ begins a variable.
func checkPrefix(v string, s Settings) (string, []Notice, *FieldError) {
	if loc, ok := locate(v); ok {
		return v, nil, pastedPrefix(v, loc, s)
	}
	if len(v) > maxPrefix {
		return v, nil, problem("prefix.too_long").args("length", number(len(v)))
	}
	if e := prefixPatterns(v); e != nil {
		return v, nil, e
	}
	var notices []Notice
	trimmed := strings.TrimSuffix(strings.TrimPrefix(v, "/"), "/")
	if trimmed == "" {
		return "", []Notice{notice("prefix", "prefix.root")}, nil
	}
	if trimmed != v {
		notices = append(notices, notice("prefix", "prefix.slashes_removed", "value", brief(trimmed)))
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
	case strings.ContainsAny(v, `\¥￥`): // Japanese keyboards and fonts make one of the other
		return problem("prefix.charset").detail("backslash").suggest(strings.NewReplacer(`\`, "/", "¥", "/", "￥", "/").Replace(v))
	}
	return nil
}

// pastedPrefix takes the directory out of an address: of S3, of its console,
// or of the domain that delivers the media.
func pastedPrefix(v string, loc location, s Settings) *FieldError {
	e := problem("prefix.pasted_url")
	if s.Bucket == "" {
		e.also("bucket", loc.bucket)
	}
	if u, err := url.Parse(v); err == nil && loc == (location{}) && webScheme.MatchString(v) {
		if _, _, console := consoleHost(strings.ToLower(u.Hostname())); !console && s.Domain == "" {
			e.also("domain", "https://"+u.Hostname())
		}
		return e.suggest(prefixOf(strings.TrimPrefix(u.Path, "/")))
	}
	return e.suggest(prefixOf(loc.key))
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
	last := segments[len(segments)-1]
	switch {
	case mediaFile.MatchString(last):
		notices = append(notices, notice("prefix", "prefix.file", "name", brief(last)))
	case hostLike.MatchString(segments[0]):
		notices = append(notices, notice("prefix", "prefix.host", "name", brief(segments[0])))
	case slices.Contains([]string{"none", "root", "null", "nil", "empty"}, strings.ToLower(v)):
		notices = append(notices, notice("prefix", "prefix.word", "value", v))
	}
	if s.Bucket != "" && segments[0] == s.Bucket {
		notices = append(notices, notice("prefix", "prefix.repeats_bucket"))
	}
	return notices
}
