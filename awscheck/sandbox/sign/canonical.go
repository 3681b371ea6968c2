package sign

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// emptyHash is the SHA-256 of nothing.
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// canonicalRequest is AWS's "canonical request" of r for one form of its path.
func canonicalRequest(r *http.Request, sig *signature, uri, payloadHash string) string {
	var b strings.Builder
	b.WriteString(r.Method + "\n" + uri + "\n" + canonicalQuery(r.URL.RawQuery, sig.presigned) + "\n")
	for _, name := range sig.signedHeaders {
		b.WriteString(strings.ToLower(name) + ":" + canonicalValue(r, name) + "\n")
	}
	b.WriteString("\n" + strings.Join(sig.signedHeaders, ";") + "\n" + payloadHash)
	return b.String()
}

// canonicalURIs are the forms of the path that a signature may have been made
// over, the standard one first. S3 encodes the decoded path once; a client
// that signs the path as it stands on the wire means the same object. Every
// other service normalises the path and encodes what is on the wire again.
func canonicalURIs(r *http.Request, service string) []string {
	wire := r.URL.EscapedPath()
	if wire == "" {
		wire = "/"
	}
	if service == "s3" {
		decoded, err := url.PathUnescape(wire)
		if err != nil {
			return []string{wire}
		}
		if once := encode(decoded, true); once != wire {
			return []string{once, wire}
		}
		return []string{wire}
	}
	clean := path.Clean(wire)
	if clean != "/" && strings.HasSuffix(wire, "/") {
		clean += "/"
	}
	twice := encode(clean, true)
	if twice == clean {
		return []string{twice}
	}
	return []string{twice, clean}
}

func canonicalQuery(raw string, presigned bool) string {
	var pairs []string
	for _, p := range parseQuery(raw) {
		if presigned && p.key == "X-Amz-Signature" {
			continue
		}
		pairs = append(pairs, encode(p.key, false)+"\x00"+encode(p.value, false))
	}
	sort.Strings(pairs) // NUL sorts before every encoded byte: by key, then by value
	return strings.ReplaceAll(strings.Join(pairs, "&"), "\x00", "=")
}

// canonicalValue is the header's value as signed. Go's server moves some
// headers out of the map.
func canonicalValue(r *http.Request, name string) string {
	switch http.CanonicalHeaderKey(name) {
	case "Host":
		return strings.TrimSpace(r.Host)
	case "Content-Length":
		if v := r.Header.Get("Content-Length"); v != "" {
			return v
		}
		return strconv.FormatInt(max(r.ContentLength, 0), 10)
	case "Transfer-Encoding":
		return strings.Join(r.TransferEncoding, ",")
	}
	values := slices.Clone(r.Header.Values(name))
	for i, v := range values {
		values[i] = strings.Join(strings.FieldsFunc(v, func(c rune) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }), " ")
	}
	return strings.Join(values, ",")
}

// encode percent-encodes everything but RFC 3986's unreserved characters.
func encode(s string, keepSlash bool) string {
	const upper = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', '0' <= c && c <= '9',
			c == '-', c == '_', c == '.', c == '~', c == '/' && keepSlash:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', upper[c>>4], upper[c&15]})
		}
	}
	return b.String()
}

func stringToSign(sig *signature, canonical string) string {
	return Algorithm + "\n" + sig.time.Format(dateTimeFormat) + "\n" + sig.scope.String() + "\n" + hexHash(canonical)
}

func signingKey(secret string, s scope) []byte {
	k := mac([]byte("AWS4"+secret), s.date)
	k = mac(k, s.region)
	k = mac(k, s.service)
	return mac(k, "aws4_request")
}

func mac(key []byte, data string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(data))
	return h.Sum(nil)
}

func hexMAC(key []byte, data string) string { return hex.EncodeToString(mac(key, data)) }

func hexHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
