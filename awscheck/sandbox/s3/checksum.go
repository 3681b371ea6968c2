package s3

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"net/http"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// checksum is the additional checksum of an object or part.
type checksum struct {
	algorithm string // "CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"; empty: none known
	value     string // base64, for composites with -N
	kind      string // fullObject, composite
}

func (s checksum) header() string  { return "X-Amz-Checksum-" + s.algorithm }
func (s checksum) element() string { return "Checksum" + s.algorithm }

// The order matters where a client names several: S3 takes the first.
var algorithms = []string{"CRC64NVME", "CRC32", "CRC32C", "SHA1", "SHA256"}

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
// checksum that the client named, or CRC64NVME where it named none.
type digests struct {
	md5       hash.Hash
	sum       hash.Hash
	algorithm string
	named     bool // the client chose the algorithm
	request   *http.Request
}

func newDigests(r *http.Request) (*digests, error) {
	d := &digests{md5: md5.New(), request: r}
	if m := r.Header.Get("Content-Md5"); m != "" || r.Header["Content-Md5"] != nil {
		if raw, err := base64.StdEncoding.DecodeString(m); err != nil || len(raw) != md5.Size {
			return nil, with(awserr.New(400, "InvalidDigest", "The Content-MD5 you specified was invalid."), "Content-MD5", m)
		}
	}
	for _, a := range algorithms {
		value := r.Header.Get("X-Amz-Checksum-" + a)
		if value == "" && !strings.EqualFold(r.Header.Get("X-Amz-Trailer"), "x-amz-checksum-"+a) {
			continue
		}
		if raw, err := base64.StdEncoding.DecodeString(value); value != "" && (err != nil || len(raw) != newHash(a).Size()) {
			return nil, invalidRequest("Value for x-amz-checksum-" + strings.ToLower(a) + " header is invalid.")
		}
		if d.named {
			return nil, invalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.")
		}
		d.algorithm, d.named = a, true
	}
	if !d.named {
		d.algorithm = defaultAlgorithm
	}
	d.sum = newHash(d.algorithm)
	return d, nil
}

func (d *digests) write(p []byte) {
	d.md5.Write(p)
	d.sum.Write(p)
}

func (d *digests) etag() string { return hex.EncodeToString(d.md5.Sum(nil)) }

func (d *digests) checksum() checksum {
	return checksum{d.algorithm, base64.StdEncoding.EncodeToString(d.sum.Sum(nil)), fullObject}
}

// verify holds the body against what the client said of it. Call it after the
// body's end, when trailers are there.
func (d *digests) verify() error {
	if want := d.request.Header.Get("Content-Md5"); want != "" {
		got := base64.StdEncoding.EncodeToString(d.md5.Sum(nil))
		if got != want {
			return with(awserr.New(400, "BadDigest", "The Content-MD5 you specified did not match what we received."),
				"ExpectedDigest", want, "CalculatedDigest", got)
		}
	}
	if !d.named {
		return nil
	}
	name := "X-Amz-Checksum-" + d.algorithm
	want := d.request.Header.Get(name)
	if want == "" {
		want = d.request.Trailer.Get(name)
	}
	if want != "" && want != d.checksum().value {
		return awserr.New(400, "BadDigest", "The "+d.algorithm+" you specified did not match the calculated checksum.")
	}
	return nil
}
