package sign

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

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// crc64NVME is the table of CRC-64/NVME (reflected polynomial).
var crc64NVME = crc64.MakeTable(0x9a6c9329ac4bc9b5)

// algorithms are the checksums that S3 knows, by header.
var algorithms = []struct {
	header, name string
	size         int
	make         func() hash.Hash
}{
	{"X-Amz-Checksum-Crc32", "CRC32", 4, func() hash.Hash { return crc32.NewIEEE() }},
	{"X-Amz-Checksum-Crc32c", "CRC32C", 4, func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Castagnoli)) }},
	{"X-Amz-Checksum-Crc64nvme", "CRC64NVME", 8, func() hash.Hash { return crc64.New(crc64NVME) }},
	{"X-Amz-Checksum-Sha1", "SHA1", 20, sha1.New},
	{"X-Amz-Checksum-Sha256", "SHA256", 32, sha256.New},
	{"X-Amz-Checksum-Sha512", "SHA512", 64, sha512.New},
	{"X-Amz-Checksum-Md5", "MD5", 16, md5.New},
}

// sum is one hash that the request promises for its body.
type sum struct {
	hash   hash.Hash
	verify func(header, trailer http.Header) *awserr.Error
}

// expect collects what the request promises.
func (p *payload) expect(r *http.Request, contentSHA256 string) *awserr.Error {
	if b, err := hex.DecodeString(contentSHA256); err == nil && len(b) == sha256.Size {
		if r.ContentLength != 0 || !strings.EqualFold(contentSHA256, emptyHash) {
			p.sums = append(p.sums, contentSum(contentSHA256))
		}
	}
	if v := r.Header.Get("Content-Md5"); v != "" {
		if b, err := base64.StdEncoding.DecodeString(v); err != nil || len(b) != md5.Size {
			return awserr.New(http.StatusBadRequest, "InvalidDigest", "The Content-MD5 you specified was invalid.")
		}
		p.sums = append(p.sums, md5Sum(v))
	}
	// On CompleteMultipartUpload and CopyObject these headers speak of the
	// object, not of the body.
	ofObject := r.Header.Get("X-Amz-Copy-Source") != "" ||
		r.Method == http.MethodPost && strings.Contains(r.URL.RawQuery, "uploadId=")
	for _, a := range algorithms {
		inTrailer := false
		if p.trailer != nil {
			_, inTrailer = p.trailer[a.header]
		}
		value := r.Header.Get(a.header)
		if value == "" && !inTrailer || ofObject {
			continue
		}
		if value != "" && !validSum(value, a.size) {
			return invalidSum(a.header)
		}
		p.sums = append(p.sums, checksum(a.header, a.name, a.size, a.make()))
	}
	return nil
}

func contentSum(want string) sum {
	h := sha256.New()
	return sum{h, func(http.Header, http.Header) *awserr.Error {
		got := hex.EncodeToString(h.Sum(nil))
		if strings.EqualFold(got, want) {
			return nil
		}
		e := awserr.New(http.StatusBadRequest, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.")
		e.Extra = []awserr.Element{{Name: "ClientComputedContentSHA256", Value: want}, {Name: "S3ComputedContentSHA256", Value: got}}
		return e
	}}
}

func md5Sum(want string) sum {
	h := md5.New()
	return sum{h, func(http.Header, http.Header) *awserr.Error {
		got := base64.StdEncoding.EncodeToString(h.Sum(nil))
		if got == want {
			return nil
		}
		e := awserr.New(http.StatusBadRequest, "BadDigest", "The Content-MD5 you specified did not match what we received.")
		e.Extra = []awserr.Element{{Name: "ExpectedDigest", Value: want}, {Name: "CalculatedDigest", Value: got}}
		return e
	}}
}

func checksum(header, name string, size int, h hash.Hash) sum {
	return sum{h, func(headers, trailer http.Header) *awserr.Error {
		want := headers.Get(header)
		if want == "" {
			if want = trailer.Get(header); !validSum(want, size) {
				return invalidSum(header)
			}
		}
		if base64.StdEncoding.EncodeToString(h.Sum(nil)) == want {
			return nil
		}
		return awserr.New(http.StatusBadRequest, "BadDigest", "The "+name+" you specified did not match the calculated checksum.")
	}}
}

func validSum(value string, size int) bool {
	b, err := base64.StdEncoding.DecodeString(value)
	return err == nil && len(b) == size
}

func invalidSum(header string) *awserr.Error {
	return awserr.New(http.StatusBadRequest, "InvalidRequest", "Value for "+strings.ToLower(header)+" header is invalid.")
}
