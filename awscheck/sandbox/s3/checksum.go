package s3

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"net/http"
	"strings"
)

// checksum is the additional checksum of an object or part.
type checksum struct {
	algorithm string // one of algorithms; empty: none known
	value     string // base64, for composites with -N
	kind      string // fullObject, composite
}

func (s checksum) header() string  { return "X-Amz-Checksum-" + s.algorithm }
func (s checksum) element() string { return "Checksum" + s.algorithm }

// The order matters where a client names several: S3 takes the first.
var algorithms = []string{"CRC64NVME", "CRC32", "CRC32C", "SHA1", "SHA256", "SHA512", "MD5"}

// defaultAlgorithm is what S3 computes where the client names none.
const defaultAlgorithm = "CRC64NVME"

// crc64NVME is the reversed polynomial of CRC-64/NVME.
var (
	crc64NVME = crc64.MakeTable(0x9a6c9329ac4bc9b5)
	crc32C    = crc32.MakeTable(crc32.Castagnoli)
)

func newHash(algorithm string) hash.Hash {
	switch algorithm {
	case "CRC32":
		return crc32.NewIEEE()
	case "CRC32C":
		return crc32.New(crc32C)
	case "CRC64NVME":
		return crc64.New(crc64NVME)
	case "SHA1":
		return sha1.New()
	case "SHA256":
		return sha256.New()
	case "SHA512":
		return sha512.New()
	case "MD5":
		return md5.New()
	}
	return nil
}

// The kinds of checksum: of the whole object, or of its parts' checksums.
const (
	fullObject = "FULL_OBJECT"
	composite  = "COMPOSITE"
)

func checksumOf(algorithm string, body *content) checksum {
	h := newHash(algorithm)
	_ = body.writeTo(h, 0, body.size()) // a hash takes everything
	return checksum{algorithm, base64.StdEncoding.EncodeToString(h.Sum(nil)), fullObject}
}

// digests computes what S3 computes of a body on its way in: MD5, and the
// checksum that the client named, or CRC64NVME where it named none. That the
// body agrees with what the client promised has been seen to before.
type digests struct {
	md5       hash.Hash
	sum       hash.Hash
	algorithm string
}

func newDigests(r *http.Request) *digests {
	d := &digests{md5: md5.New(), algorithm: namedAlgorithm(r.Header)}
	if d.algorithm == "" {
		d.algorithm = defaultAlgorithm
	}
	d.sum = newHash(d.algorithm)
	return d
}

// namedAlgorithm is the algorithm of the checksum that comes with a body, in
// a header or after it; empty if none does.
func namedAlgorithm(h http.Header) string {
	for _, a := range algorithms {
		if h.Get("X-Amz-Checksum-"+a) != "" || strings.EqualFold(h.Get("X-Amz-Trailer"), "x-amz-checksum-"+a) {
			return a
		}
	}
	return ""
}

func (d *digests) write(p []byte) {
	d.md5.Write(p)
	d.sum.Write(p)
}

func (d *digests) etag() string { return hex.EncodeToString(d.md5.Sum(nil)) }

func (d *digests) checksum() checksum {
	return checksum{d.algorithm, base64.StdEncoding.EncodeToString(d.sum.Sum(nil)), fullObject}
}
