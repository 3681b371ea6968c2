package s3

import (
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/media/address"
)

// wantedPart is a part as CompleteMultipartUpload lists it.
type wantedPart struct {
	PartNumber        int
	ETag              string
	ChecksumCRC32     string
	ChecksumCRC32C    string
	ChecksumCRC64NVME string
	ChecksumSHA1      string
	ChecksumSHA256    string
	ChecksumSHA512    string
	ChecksumMD5       string
}

func (w wantedPart) checksum(algorithm string) string {
	return map[string]string{
		"CRC32": w.ChecksumCRC32, "CRC32C": w.ChecksumCRC32C, "CRC64NVME": w.ChecksumCRC64NVME,
		"SHA1": w.ChecksumSHA1, "SHA256": w.ChecksumSHA256, "SHA512": w.ChecksumSHA512, "MD5": w.ChecksumMD5,
	}[algorithm]
}

func (c *call) completeMultipartUpload() error {
	if err := c.allow("s3:PutObject"); err != nil {
		return err
	}
	if err := validWriteConditions(c.r.Header); err != nil {
		return err
	}
	u, err := c.findUpload()
	if err != nil {
		return err
	}
	if err := c.allowKey("kms:Decrypt", u.version.encryption, c.bucket, c.key); err != nil {
		return err
	}
	var wanted struct {
		Part []wantedPart
	}
	if err := c.readXML(4<<20, &wanted); err != nil {
		return err
	}
	if len(wanted.Part) == 0 || len(wanted.Part) > maxParts {
		return malformedXML()
	}
	parts, err := c.collect(u, wanted.Part)
	if err != nil {
		return err
	}
	v := u.assemble(parts)
	if err := c.checkWhole(u, v); err != nil {
		return err
	}
	if err := c.finish(u, v, parts); err != nil {
		return err
	}
	c.setEncryption(v.encryption)
	c.setVersion(v)
	c.setCORS()
	x := newXML()
	x.open("CompleteMultipartUploadResult")
	x.text("Location", "https://"+c.bucket.name+".s3."+c.bucket.region+"."+c.bucket.partition.DNSSuffix+"/"+address.EscapePath(c.key))
	x.text("Bucket", c.bucket.name)
	x.text("Key", c.key)
	x.text("ETag", `"`+v.etag+`"`)
	x.checksum(v.checksum)
	x.end("CompleteMultipartUploadResult")
	return c.send(x)
}

// collect finds the parts that are wanted and holds them against what the
// client says of them.
func (c *call) collect(u *upload, wanted []wantedPart) ([]*part, error) {
	c.bucket.mu.RLock()
	defer c.bucket.mu.RUnlock()
	for i := range wanted[1:] {
		if wanted[i+1].PartNumber <= wanted[i].PartNumber {
			return nil, with(awserr.New(400, "InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number."),
				"UploadId", u.id)
		}
	}
	var parts []*part
	for i, w := range wanted {
		p := u.parts[w.PartNumber]
		claimed := w.checksum(u.algorithm)
		if p == nil || strings.Trim(w.ETag, `"`) != p.etag || claimed != "" && p.checksum.algorithm != "" && claimed != p.checksum.value {
			return nil, with(awserr.New(400, "InvalidPart", "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."),
				"UploadId", u.id, "PartNumber", strconv.Itoa(w.PartNumber), "ETag", strings.Trim(w.ETag, `"`))
		}
		if claimed == "" && u.algorithm != "" && u.kind == composite {
			return nil, invalidRequest(fmt.Sprintf("The upload was created using a %s checksum. The complete request must include the checksum for each part. It was missing for part %d in the request.",
				strings.ToLower(u.algorithm), w.PartNumber))
		}
		if i < len(wanted)-1 && p.body.size() < minPart {
			return nil, with(awserr.New(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size"),
				"ProposedSize", strconv.FormatInt(p.body.size(), 10), "MinSizeAllowed", strconv.Itoa(minPart),
				"PartNumber", strconv.Itoa(w.PartNumber), "ETag", p.etag)
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// assemble makes the object of its parts.
func (u *upload) assemble(parts []*part) *version {
	v := *u.version
	sum := md5.New()
	bodies := make([]*content, 0, len(parts))
	for _, p := range parts {
		raw, _ := hex.DecodeString(p.etag) // made by us
		sum.Write(raw)
		bodies = append(bodies, p.body)
		v.parts = append(v.parts, p.body.size())
	}
	v.body = join(bodies)
	v.etag = fmt.Sprintf("%x-%d", sum.Sum(nil), len(parts))
	v.checksum = u.checksum(v.body, parts)
	return &v
}

// checksum is the object's: of the checksums of its parts, or of the whole.
// Made-up bytes have none.
func (u *upload) checksum(body *content, parts []*part) checksum {
	if body.isMadeUp() {
		return checksum{}
	}
	if u.kind == composite {
		h := newHash(u.algorithm)
		for _, p := range parts {
			raw, _ := base64.StdEncoding.DecodeString(p.checksum.value) // made by us
			h.Write(raw)
		}
		return checksum{u.algorithm, fmt.Sprintf("%s-%d", base64.StdEncoding.EncodeToString(h.Sum(nil)), len(parts)), composite}
	}
	algorithm := u.algorithm
	if algorithm == "" {
		algorithm = defaultAlgorithm
	}
	return checksumOf(algorithm, body)
}

// checkWhole holds the object against what the client says of it.
func (c *call) checkWhole(u *upload, v *version) error {
	h := c.r.Header
	if size := h.Get("X-Amz-Mp-Object-Size"); size != "" && size != strconv.FormatInt(v.body.size(), 10) {
		return invalidRequest(fmt.Sprintf("The provided 'x-amz-mp-object-size' header value %s does not match what was computed: %d", size, v.body.size()))
	}
	if v.checksum.algorithm == "" {
		return nil
	}
	claimed := h.Get(v.checksum.header())
	if claimed != "" && claimed != v.checksum.value && !strings.HasPrefix(v.checksum.value, claimed+"-") {
		return awserr.New(400, "BadDigest", fmt.Sprintf("The %s you specified did not match the calculated checksum.", v.checksum.algorithm))
	}
	return nil
}

// finish puts the object in place and drops the upload, in one step.
func (c *call) finish(u *upload, v *version, parts []*part) error {
	b := c.bucket
	b.mu.Lock()
	defer b.mu.Unlock()
	now, err := c.uploadLocked()
	if err != nil {
		return err
	}
	keep := make(map[*part]bool, len(parts))
	for _, p := range parts {
		if now.parts[p.number] != p { // uploaded again in the meantime
			return awserr.New(409, "OperationAborted", "A conflicting conditional operation is currently in progress against this resource. Please try again.")
		}
		keep[p] = true
	}
	old := b.index.get(c.key)
	if err := checkWrite(c.r.Header, c.key, old.current()); err != nil {
		return err
	}
	if err := b.add(c.key, old, v, c.srv.now(), u.id); err != nil {
		return err
	}
	c.forget(u, keep)
	return nil
}
