package cdn

import "strings"

// Invalidate lets go of what the distribution has cached under paths. They are
// the viewers' paths, begin with a slash, tell upper case from lower, and may
// end in an asterisk, which stands for any characters; within a path an
// asterisk is itself. A query string is part of the path where it is part of
// the cache key. Characters that are not ASCII, or unsafe in RFC 1738, are
// written percent-encoded, all others as viewers write them: "%2B" is not "+".
// A path that is written otherwise invalidates nothing.
func (s *Server) Invalidate(id string, paths []string) {
	var patterns []string
	for _, p := range paths {
		if strings.HasPrefix(p, "/") {
			patterns = append(patterns, upperTriplets(p))
		}
	}
	s.cache.removeAll(func(key string) bool {
		owner, path, _ := strings.Cut(key, " ")
		if owner != id {
			return false
		}
		path = canonicalPath(path)
		for _, p := range patterns {
			beginning, wild := strings.CutSuffix(p, "*")
			if p == path || wild && strings.HasPrefix(path, beginning) {
				return true
			}
		}
		return false
	})
}

// unsafe are the characters that RFC 1738 calls unsafe, but for the percent
// sign, which in a viewer's path begins what is encoded already.
const unsafe = " <>\"#{}|\\^~[]`"

// canonicalPath is a viewer's path as an invalidation has to name it.
func canonicalPath(path string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(path) {
		if c := path[i]; c <= 0x20 || c >= 0x7f || strings.IndexByte(unsafe, c) >= 0 {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return upperTriplets(b.String())
}

// upperTriplets writes what is percent-encoded in upper case.
func upperTriplets(s string) string {
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' && isHex(b[i+1]) && isHex(b[i+2]) {
			b[i+1], b[i+2] = upper(b[i+1]), upper(b[i+2])
			i += 2
		}
	}
	return string(b)
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func upper(c byte) byte {
	if 'a' <= c && c <= 'f' {
		return c - 'a' + 'A'
	}
	return c
}
