package s3

import (
	"net/http"
	"strconv"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// maxPut is the most that one PUT or one part may hold.
const maxPut = 5 << 30

func (c *call) putObject() error {
	v, err := c.newVersion("s3:PutObject")
	if err != nil {
		return err
	}
	if err := c.checkLength(); err != nil {
		return err
	}
	if err := c.refuseEarly(); err != nil {
		return err
	}
	d := newDigests(c.r)
	if v.body, err = c.received(d); err != nil {
		return err
	}
	v.etag, v.checksum = d.etag(), d.checksum()
	if err := c.store(v); err != nil {
		return err
	}
	h := c.w.Header()
	h.Set("ETag", `"`+v.etag+`"`)
	h.Set(v.checksum.header(), v.checksum.value)
	h.Set("X-Amz-Checksum-Type", v.checksum.kind)
	c.setEncryption(v.encryption)
	c.setVersion(v)
	c.setCORS()
	c.w.WriteHeader(http.StatusOK)
	return nil
}

// checkLength refuses a body of unknown length or one that is too long.
func (c *call) checkLength() error {
	length := c.r.ContentLength
	if length < 0 {
		return awserr.New(http.StatusLengthRequired, "MissingContentLength", "You must provide the Content-Length HTTP header.")
	}
	if length > maxPut {
		return with(awserr.New(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size"),
			"ProposedSize", strconv.FormatInt(length, 10), "MaxSizeAllowed", strconv.Itoa(maxPut))
	}
	return nil
}

// newVersion authorises a write and reads everything but the body.
func (c *call) newVersion(action string) (*version, error) {
	v := &version{}
	var err error
	if err = c.allowWrite(action); err != nil {
		return nil, err
	}
	if err = validWriteConditions(c.r.Header); err != nil {
		return nil, err
	}
	if err = c.describe(v); err != nil {
		return nil, err
	}
	if v.storageClass, err = c.storageClass(); err != nil {
		return nil, err
	}
	if v.tags, err = headerTags(c.r.Header); err != nil {
		return nil, err
	}
	if err = c.checkACL(action); err != nil {
		return nil, err
	}
	v.acl = c.r.Header.Get("X-Amz-Acl")
	if v.lock, err = c.lockFor(); err != nil {
		return nil, err
	}
	if v.encryption, err = c.encryptionFor(); err != nil {
		return nil, err
	}
	return v, c.allowKey("kms:GenerateDataKey", v.encryption, c.bucket, c.key)
}

// refuseEarly spares the client an upload whose condition cannot hold. The
// condition is applied again when the object is stored.
func (c *call) refuseEarly() error {
	return checkWrite(c.r.Header, c.key, c.bucket.get(c.key).current())
}

// store puts v under the call's key if the conditions of the request hold. It
// gives the version its id and date.
func (c *call) store(v *version) error {
	b := c.bucket
	b.mu.Lock()
	defer b.mu.Unlock()
	old := b.index.get(c.key)
	if err := checkWrite(c.r.Header, c.key, old.current()); err != nil {
		v.body.release()
		return err
	}
	if err := b.add(c.key, old, v, c.srv.now(), ""); err != nil {
		v.body.release()
		return err
	}
	return nil
}

// add puts v on top of old under key and ends the upload that it came from, if
// any; the caller holds the lock.
func (b *bucket) add(key string, old *entry, v *version, now time.Time, ended string) error {
	v.modified = now.UTC().Truncate(time.Second)
	switch b.conf.Versioning {
	case "Enabled":
		v.id = newVersionID()
	default:
		v.id = nullVersion
	}
	if v.encryption.kms() && !v.marker {
		v.etag = opaqueETag(v.etag) // not the MD5 of the body then
	}
	next, gone := old.with(v)
	if err := b.set(key, next, ended); err != nil {
		return err
	}
	if gone != nil {
		gone.body.release()
	}
	return nil
}

// received reads the request's body to its end and proves that all of it came.
func (c *call) received(d *digests) (*content, error) {
	length := c.r.ContentLength
	body, err := c.srv.read(c.r.Body, length, d.write)
	if err != nil {
		return nil, err
	}
	if body.size() != length {
		body.release()
		return nil, incompleteBody()
	}
	return body, nil
}
