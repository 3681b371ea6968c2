// Package imgix is what imgix makes of a bucket: the address of an asset, the
// object that an address resolves to (I8), and which assets its Asset Manager
// shows (I12, I13). It is pure: no network, no disk, no clock.
//
// The package is a leaf.
package imgix

import (
	"strings"

	"github.com/mediadock/mediadock/media/address"
)

// Host is what stands behind a source's subdomain.
const Host = ".imgix.net"

// Base is the address under which a source's assets are: the custom domain
// ("https://host") where there is one (I22), else the subdomain's own (I9).
// It is empty while neither is known.
func Base(subdomain, domain string) string {
	switch {
	case domain != "":
		return strings.TrimRight(domain, "/")
	case subdomain != "":
		return "https://" + subdomain + Host
	}
	return ""
}

// URL is the address of the asset of an object. The source's prefix is no part
// of it: imgix puts it before the path of an address to find the object. ok is
// false for an object outside the prefix, which no address reaches.
func URL(base, prefix, key string) (url string, ok bool) {
	path, ok := strings.CutPrefix(key, address.Space{Prefix: prefix}.Dir())
	if !ok || path == "" {
		return "", false
	}
	return base + "/" + address.EscapePath(path), true
}

// AssetPath is the path that the rules of the Asset Manager speak of: that of
// the address, not percent-encoded, with its leading slash. ok is false for an
// object outside the prefix.
func AssetPath(prefix, key string) (path string, ok bool) {
	path, ok = strings.CutPrefix(key, address.Space{Prefix: prefix}.Dir())
	return "/" + path, ok && path != ""
}
