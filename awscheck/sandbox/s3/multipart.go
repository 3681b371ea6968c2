package s3

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

const (
	maxParts = 10000
	minPart  = 5 << 20 // of every part but the last
)

// upload is a multipart upload that is neither finished nor aborted. The
// bucket's lock guards it.
type upload struct {
	id        string
	key       string
	started   time.Time
	initiator policy.Principal
	version   *version // what the object will be, but for its body
	algorithm string   // of the parts' checksums; empty: none was asked for
	kind      string   // of the object's checksum
	parts     map[int]*part
}

// part is one uploaded part. It is immutable.
type part struct {
	number   int
	etag     string // MD5, without quotes
	body     *content
	modified time.Time
	checksum checksum
}

func (c *call) createMultipartUpload() error {
	v, err := c.newVersion("s3:PutObject")
	if err != nil {
		return err
	}
	u := &upload{
		id: newVersionID() + newVersionID(), key: c.key, started: c.srv.now().UTC(),
		initiator: c.caller.Principal, version: v, parts: map[int]*part{},
	}
	if err := u.readChecksum(c.r.Header); err != nil {
		return err
	}
	c.bucket.mu.Lock()
	err = c.bucket.begin(u)
	c.bucket.mu.Unlock()
	if err != nil {
		return err
	}

	if u.algorithm != "" {
		c.w.Header().Set("X-Amz-Checksum-Algorithm", u.algorithm)
		c.w.Header().Set("X-Amz-Checksum-Type", u.kind)
	}
	c.setEncryption(v.encryption)
	x := newXML()
	x.open("InitiateMultipartUploadResult")
	x.text("Bucket", c.bucket.name)
	x.text("Key", c.key)
	x.text("UploadId", u.id)
	x.end("InitiateMultipartUploadResult")
	return c.send(x)
}

// readChecksum reads x-amz-checksum-algorithm and -type.
func (u *upload) readChecksum(h http.Header) error {
	u.algorithm, u.kind = strings.ToUpper(h.Get("X-Amz-Checksum-Algorithm")), strings.ToUpper(h.Get("X-Amz-Checksum-Type"))
	if u.algorithm == "" {
		if u.kind != "" {
			return invalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.")
		}
		u.kind = fullObject
		return nil
	}
	if newHash(u.algorithm) == nil {
		return invalidRequest("Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]")
	}
	whole := strings.HasPrefix(u.algorithm, "CRC")
	switch {
	case u.kind == "" && u.algorithm == defaultAlgorithm:
		u.kind = fullObject
	case u.kind == "":
		u.kind = composite
	case u.kind == fullObject && !whole, u.kind == composite && u.algorithm == defaultAlgorithm:
		return invalidRequest(fmt.Sprintf("The %s checksum type cannot be used with the %s checksum algorithm.", u.kind, strings.ToLower(u.algorithm)))
	case u.kind != fullObject && u.kind != composite:
		return invalidRequest("Value for x-amz-checksum-type header is invalid.")
	}
	return nil
}

// findUpload is the upload that the request names.
func (c *call) findUpload() (*upload, error) {
	c.bucket.mu.RLock()
	defer c.bucket.mu.RUnlock()
	return c.uploadLocked()
}

// uploadLocked is findUpload for who holds the bucket's lock.
func (c *call) uploadLocked() (*upload, error) {
	id := c.query.Get("uploadId")
	if u := c.bucket.uploads[id]; u != nil && u.key == c.key {
		return u, nil
	}
	return nil, with(awserr.New(404, "NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed."),
		"UploadId", id)
}

func (c *call) partNumber() (int, error) {
	raw := c.query.Get("partNumber")
	n, err := strconv.Atoi(raw)
	if err != nil || n < 1 || n > maxParts {
		return 0, invalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", raw)
	}
	return n, nil
}

func (c *call) uploadPart() error {
	if err := c.allow("s3:PutObject"); err != nil {
		return err
	}
	number, err := c.partNumber()
	if err != nil {
		return err
	}
	u, err := c.findUpload()
	if err != nil {
		return err
	}
	if err := c.checkLength(); err != nil {
		return err
	}
	if named := namedAlgorithm(c.r.Header); u.algorithm != "" && named != u.algorithm {
		if named == "" {
			named = "null"
		}
		return invalidRequest(fmt.Sprintf("Checksum Type mismatch occurred, expected checksum Type: %s, actual checksum Type: %s",
			strings.ToLower(u.algorithm), strings.ToLower(named)))
	}
	d := newDigests(c.r)
	p := &part{number: number}
	if p.body, err = c.received(d); err != nil {
		return err
	}
	p.etag, p.checksum = d.etag(), d.checksum()
	if err := c.addPart(p); err != nil {
		return err
	}
	h := c.w.Header()
	h.Set("ETag", `"`+p.etag+`"`)
	if named := namedAlgorithm(c.r.Header); named != "" {
		h.Set(p.checksum.header(), p.checksum.value)
	}
	c.setEncryption(u.version.encryption)
	c.setCORS()
	c.w.WriteHeader(http.StatusOK)
	return nil
}

// addPart keeps a part if its upload is still there.
func (c *call) addPart(p *part) error {
	c.bucket.mu.Lock()
	defer c.bucket.mu.Unlock()
	u, err := c.uploadLocked()
	if err != nil {
		p.body.release()
		return err
	}
	p.modified = c.srv.now().UTC().Truncate(time.Second)
	old := u.parts[p.number]
	if err := c.bucket.setPart(u, p); err != nil {
		p.body.release()
		return err
	}
	if old != nil {
		old.body.release()
	}
	return nil
}

func (c *call) uploadPartCopy() error {
	if err := c.allow("s3:PutObject"); err != nil {
		return err
	}
	number, err := c.partNumber()
	if err != nil {
		return err
	}
	u, err := c.findUpload()
	if err != nil {
		return err
	}
	from, err := c.openSource()
	if err != nil {
		return err
	}
	s, err := sourceRange(c.r.Header.Get("X-Amz-Copy-Source-Range"), from.body.size())
	if err != nil {
		return err
	}
	if s.length > maxPut {
		return invalidRequest("The specified copy source is larger than the maximum allowable size for a copy source: " + strconv.Itoa(maxPut))
	}
	p := &part{number: number, body: from.body.slice(s.from, s.length)}
	p.etag = partETag(p.body, from.etag, s)
	if u.algorithm != "" && !p.body.isMadeUp() {
		p.checksum = checksumOf(u.algorithm, p.body)
	}
	p.body.hold()
	if err := c.addPart(p); err != nil {
		return err
	}
	c.setEncryption(u.version.encryption)
	c.setSourceVersion(from)
	x := newXML()
	x.open("CopyPartResult")
	x.text("LastModified", isoTime(p.modified))
	x.text("ETag", `"`+p.etag+`"`)
	if p.checksum.algorithm != "" {
		x.text(p.checksum.element(), p.checksum.value)
	}
	x.end("CopyPartResult")
	return c.send(x)
}

// partETag is the MD5 of a copied part. Made-up bytes get an ETag that follows
// from where they come from, so that big ones need not be made to be summed.
func partETag(body *content, source string, s span) string {
	h := md5.New()
	if body.isMadeUp() {
		fmt.Fprintf(h, "%s %d %d", source, s.from, s.length)
	} else {
		_ = body.writeTo(h, 0, body.size()) // a hash takes everything
	}
	return hex.EncodeToString(h.Sum(nil))
}

// sourceRange reads x-amz-copy-source-range: both ends given, both inside.
func sourceRange(header string, size int64) (span, error) {
	if header == "" {
		return span{0, size}, nil
	}
	bad := func(message string) (span, error) {
		return span{}, invalidArgument(message, "x-amz-copy-source-range", header)
	}
	spec, ok := strings.CutPrefix(header, "bytes=")
	first, last, dash := strings.Cut(spec, "-")
	from, err1 := number(first)
	to, err2 := number(last)
	if !ok || !dash || err1 != nil || err2 != nil || to < from {
		return bad("The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy")
	}
	if to >= size {
		return bad("Range specified is not valid for source object of size: " + strconv.FormatInt(size, 10))
	}
	return span{from, to - from + 1}, nil
}

func (c *call) abortMultipartUpload() error {
	if err := c.allowUpload("s3:AbortMultipartUpload"); err != nil {
		return err
	}
	b := c.bucket
	b.mu.Lock()
	defer b.mu.Unlock()
	u, err := c.uploadLocked()
	if err != nil {
		return err
	}
	if err := b.endUpload(u.id); err != nil {
		return err
	}
	c.forget(u, nil)
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}

// forget drops an upload and gives back what its parts cost, but for those
// that live on. The bucket's lock is held.
func (c *call) forget(u *upload, keep map[*part]bool) {
	delete(c.bucket.uploads, u.id)
	for _, p := range u.parts {
		if !keep[p] {
			p.body.release()
		}
	}
}

// allowUpload refuses unless the caller may do action, or began the upload
// themselves: S3 lets the initiator abort it and list its parts unless a
// policy forbids it.
func (c *call) allowUpload(action string) error {
	d := c.decide(action, c.bucket.objectARN(c.key), c.bucket, c.conditions())
	if d.Allowed {
		return nil
	}
	if u, err := c.findUpload(); err == nil && !d.Explicit && sameIdentity(u.initiator, c.caller.Principal) {
		return nil
	}
	return c.refusal(d, action, c.bucket.objectARN(c.key), c.bucket)
}

// sameIdentity reports whether two principals are the same user, or sessions
// of the same role.
func sameIdentity(a, b policy.Principal) bool {
	if a.Kind == policy.Anonymous || a.Kind != b.Kind {
		return false
	}
	if a.Kind == policy.AssumedRole {
		return a.RoleARN == b.RoleARN
	}
	return a.ARN == b.ARN
}
