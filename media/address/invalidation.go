package address

import "strings"

// InvalidationPaths are what a CloudFront invalidation names to purge the
// object at key, with its variants by query string (M67). The first is
// encoded as CloudFront's manual asks: characters that are not ASCII, or
// unsafe in RFC 1738, and no others but two that mean something else there:
// the asterisk, which a path may have as its last character alone, and the
// question mark, behind which it speaks of parameters. A second one follows
// where the URLs of this program are written otherwise: CloudFront keeps each
// way of writing by itself. A distribution's origin path is no part of them.
// For a folder's key, which ends in a slash, they name everything in it.
func (s Space) InvalidationPaths(key string) []string {
	documented, own := "/"+escapeUnsafe(key)+"*", s.InvalidationPath(key)
	if documented == own {
		return []string{documented}
	}
	return []string{documented, own}
}

// rfc1738Unsafe are the characters that RFC 1738 calls unsafe, and the two
// that mean something in an invalidation.
const rfc1738Unsafe = " <>\"#%{}|\\^~[]`*?"

func escapeUnsafe(key string) string {
	var b strings.Builder
	for i := range len(key) {
		c := key[i]
		if c <= 0x20 || c >= 0x7f || strings.IndexByte(rfc1738Unsafe, c) >= 0 {
			b.Write([]byte{'%', upperHex[c>>4], upperHex[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
