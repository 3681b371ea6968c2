package address

import "strings"

const upperHex = "0123456789ABCDEF"

// EscapePath percent-encodes a key for use in a URL's path. Slashes stay,
// RFC 3986's unreserved characters stay, every other byte of the UTF-8 form
// is encoded: a space as %20, a plus as %2B (S3 and many proxies read a bare
// plus as a space).
func EscapePath(key string) string {
	n := 0
	for i := 0; i < len(key); i++ {
		if !plain(key[i]) {
			n++
		}
	}
	if n == 0 {
		return key
	}
	var b strings.Builder
	b.Grow(len(key) + 2*n)
	for i := 0; i < len(key); i++ {
		c := key[i]
		if plain(c) {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(upperHex[c>>4])
		b.WriteByte(upperHex[c&15])
	}
	return b.String()
}

func plain(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return c == '/' || c == '-' || c == '.' || c == '_' || c == '~'
}

// CopySource is the value of the x-amz-copy-source header, which the AWS SDK
// sends as it is given: bucket and key, percent-encoded.
func CopySource(bucket, key string) string {
	return bucket + "/" + EscapePath(key)
}
