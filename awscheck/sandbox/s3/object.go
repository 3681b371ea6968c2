package s3

import (
	"crypto/md5"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"time"
)

// nullVersion is the id of what was written while versioning was not enabled.
const nullVersion = "null"

// version is one version of an object, or a delete marker. It is immutable:
// what changes (tags, retention) changes by putting a changed copy in place.
type version struct {
	id       string
	marker   bool
	modified time.Time
	etag     string // without quotes
	body     *content

	contentType        string
	contentEncoding    string
	contentLanguage    string
	contentDisposition string
	cacheControl       string
	expires            string
	redirect           string // x-amz-website-redirect-location
	meta               map[string]string

	storageClass string
	restored     time.Time // until when an archived object can be read; zero: it cannot
	encryption   encryption
	tags         []tag
	acl          string // canned; empty: private
	checksum     checksum
	parts        []int64 // sizes of the parts of a multipart upload
	lock         lock
}

// archived reports whether the body has to be restored first.
func (v *version) archived(now time.Time) bool {
	return !now.Before(v.restored) && (v.storageClass == "GLACIER" || v.storageClass == "DEEP_ARCHIVE")
}

// encryption is how an object is encrypted.
type encryption struct {
	algorithm string // "AES256", "aws:kms", "aws:kms:dsse"
	key       string // key ARN; empty: the AWS managed key
	bucketKey bool
}

// tag is one tag of an object.
type tag struct{ key, value string }

// lock is an object's retention.
type lock struct {
	mode      string // "GOVERNANCE", "COMPLIANCE", or empty
	until     time.Time
	legalHold bool
}

// holds reports whether the version may not be removed at now.
func (l lock) holds(now time.Time) bool {
	return l.legalHold || l.mode != "" && now.Before(l.until)
}

// entry is a key with its versions, the newest first.
type entry struct{ versions []*version }

// current is the version that a request without a version id means, or nil
// when there is none or it is a delete marker.
func (e *entry) current() *version {
	if e == nil || len(e.versions) == 0 || e.versions[0].marker {
		return nil
	}
	return e.versions[0]
}

// find is the version with the given id, delete markers included, or nil.
func (e *entry) find(id string) *version {
	if e == nil {
		return nil
	}
	for _, v := range e.versions {
		if v.id == id {
			return v
		}
	}
	return nil
}

// with is a copy of e with v on top. The null version exists once: an older
// one gives way to v if v is a null version itself.
func (e *entry) with(v *version) (next *entry, gone *version) {
	next = &entry{versions: []*version{v}}
	if e == nil {
		return next, nil
	}
	for _, old := range e.versions {
		if old.id == nullVersion && v.id == nullVersion {
			gone = old
			continue
		}
		next.versions = append(next.versions, old)
	}
	return next, gone
}

// without is a copy of e without the version with the given id.
func (e *entry) without(id string) (next *entry, gone *version) {
	next = &entry{}
	if e == nil {
		return next, nil
	}
	for _, v := range e.versions {
		if v.id == id {
			gone = v
			continue
		}
		next.versions = append(next.versions, v)
	}
	return next, gone
}

// release gives back what the versions cost.
func (e *entry) release() {
	for _, v := range e.versions {
		v.body.release()
	}
}

// replaced is a copy of e in which v stands for the version of the same id.
func (e *entry) replaced(v *version) *entry {
	next := &entry{versions: append([]*version(nil), e.versions...)}
	for i, old := range next.versions {
		if old.id == v.id {
			next.versions[i] = v
		}
	}
	return next
}

// madeUpETag is the ETag of a synthetic object. It has the form of a one-part
// multipart upload's, because clients take any other for the body's MD5.
func madeUpETag(key string, size int64) string {
	sum := md5.Sum([]byte(key + "\x00" + strconv.FormatInt(size, 10)))
	return hex.EncodeToString(sum[:]) + "-1"
}

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
