package s3

import (
	"crypto/md5"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
)

// newVersionID is a fresh version id: 32 characters, as S3's.
func newVersionID() string {
	raw := make([]byte, 24)
	_, _ = rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// opaqueETag is an ETag that is no MD5 of the body, keeping a part count.
func opaqueETag(etag string) string {
	sum := md5.Sum([]byte("kms " + etag))
	out := hex.EncodeToString(sum[:])
	if len(etag) > len(out) {
		out += etag[len(out):]
	}
	return out
}
