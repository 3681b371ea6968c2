package s3

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// change is a line of the log: one step, in a bucket.
type change struct {
	Bucket string `json:"bucket"`
	// Key has these versions now; none: it is gone.
	Key      *string        `json:"key,omitempty"`
	Versions []savedVersion `json:"versions,omitempty"`
	// Upload was begun, or Part belongs to the upload UploadID.
	Upload   *savedUpload `json:"upload,omitempty"`
	UploadID string       `json:"upload_id,omitempty"`
	Part     *savedPart   `json:"part,omitempty"`
	// Ended is an upload that was finished or aborted.
	Ended string `json:"ended,omitempty"`
	// Conf is how the bucket is configured now.
	Conf *savedConf `json:"conf,omitempty"`
}

type savedSegment struct {
	Body string `json:"body,omitempty"` // the name of its file; empty: made up
	Seed uint64 `json:"seed,omitempty"`
	Off  int64  `json:"off,omitempty"`
	Size int64  `json:"size"`
}

type savedChecksum struct {
	Algorithm, Value, Kind string
}

type savedEncryption struct {
	Algorithm, Key string
	BucketKey      bool `json:",omitempty"`
}

type savedLock struct {
	Mode      string
	Until     time.Time
	LegalHold bool
}

// savedVersion is a version as it is written down.
type savedVersion struct {
	ID       string            `json:"id"`
	Marker   bool              `json:"marker,omitempty"`
	Modified time.Time         `json:"modified"`
	ETag     string            `json:"etag,omitempty"`
	Body     []savedSegment    `json:"body,omitempty"`
	Headers  map[string]string `json:"headers,omitempty"`
	Meta     map[string]string `json:"meta,omitempty"`

	StorageClass string           `json:"storage_class,omitempty"`
	Restored     *time.Time       `json:"restored,omitempty"`
	Encryption   *savedEncryption `json:"encryption,omitempty"`
	Tags         [][2]string      `json:"tags,omitempty"`
	ACL          string           `json:"acl,omitempty"`
	Checksum     *savedChecksum   `json:"checksum,omitempty"`
	Parts        []int64          `json:"parts,omitempty"`
	Lock         *savedLock       `json:"lock,omitempty"`
}

type savedUpload struct {
	ID        string           `json:"id"`
	Key       string           `json:"key"`
	Started   time.Time        `json:"started"`
	Initiator policy.Principal `json:"initiator"`
	Version   savedVersion     `json:"version"`
	Algorithm string           `json:"algorithm,omitempty"`
	Kind      string           `json:"kind,omitempty"`
}

type savedPart struct {
	Number   int            `json:"number"`
	ETag     string         `json:"etag"`
	Body     []savedSegment `json:"body,omitempty"`
	Modified time.Time      `json:"modified"`
	Checksum *savedChecksum `json:"checksum,omitempty"`
}

type savedConf struct {
	Bucket  account.Bucket `json:"bucket"`
	Unblock bool           `json:"unblock,omitempty"`
	CORS    []corsRule     `json:"cors,omitempty"`
}

// headersOf are a version's headers by their names, to be read and written.
func (v *version) headersOf() map[string]*string {
	return map[string]*string{
		"content-type": &v.contentType, "content-encoding": &v.contentEncoding, "content-language": &v.contentLanguage,
		"content-disposition": &v.contentDisposition, "cache-control": &v.cacheControl, "expires": &v.expires, "redirect": &v.redirect,
	}
}

func saveBody(c *content) []savedSegment {
	if c == nil {
		return nil
	}
	var out []savedSegment
	for _, s := range c.segments {
		saved := savedSegment{Seed: s.seed, Off: s.off, Size: s.size}
		if s.file != nil {
			saved.Body, saved.Seed = s.file.name, 0
		}
		out = append(out, saved)
	}
	return out
}

func saveChecksum(c checksum) *savedChecksum {
	if c == (checksum{}) {
		return nil
	}
	return &savedChecksum{c.algorithm, c.value, c.kind}
}

func (c *savedChecksum) load() checksum {
	if c == nil {
		return checksum{}
	}
	return checksum{c.Algorithm, c.Value, c.Kind}
}

func saveVersion(v *version) savedVersion {
	s := savedVersion{
		ID: v.id, Marker: v.marker, Modified: v.modified, ETag: v.etag, Body: saveBody(v.body), Meta: v.meta,
		StorageClass: v.storageClass, ACL: v.acl, Checksum: saveChecksum(v.checksum), Parts: v.parts,
	}
	for name, value := range v.headersOf() {
		if *value != "" {
			if s.Headers == nil {
				s.Headers = map[string]string{}
			}
			s.Headers[name] = *value
		}
	}
	if !v.restored.IsZero() {
		s.Restored = &v.restored
	}
	if e := v.encryption; e != (encryption{}) {
		s.Encryption = &savedEncryption{e.algorithm, e.key, e.bucketKey}
	}
	for _, t := range v.tags {
		s.Tags = append(s.Tags, [2]string{t.key, t.value})
	}
	if l := v.lock; l != (lock{}) {
		s.Lock = &savedLock{l.mode, l.until, l.legalHold}
	}
	return s
}

// loadVersion is the opposite. hold finds the bodies.
func loadVersion(s savedVersion, hold func([]savedSegment) (*content, error)) (*version, error) {
	v := &version{
		id: s.ID, marker: s.Marker, modified: s.Modified, etag: s.ETag, meta: s.Meta,
		storageClass: s.StorageClass, acl: s.ACL, checksum: s.Checksum.load(), parts: s.Parts,
	}
	for name, value := range v.headersOf() {
		*value = s.Headers[name]
	}
	if s.Restored != nil {
		v.restored = *s.Restored
	}
	if e := s.Encryption; e != nil {
		v.encryption = encryption{e.Algorithm, e.Key, e.BucketKey}
	}
	for _, t := range s.Tags {
		v.tags = append(v.tags, tag{t[0], t[1]})
	}
	if l := s.Lock; l != nil {
		v.lock = lock{l.Mode, l.Until, l.LegalHold}
	}
	if v.marker {
		return v, nil
	}
	var err error
	v.body, err = hold(s.Body)
	return v, err
}

func saveUpload(u *upload) *savedUpload {
	return &savedUpload{ID: u.id, Key: u.key, Started: u.started, Initiator: u.initiator, Version: saveVersion(u.version), Algorithm: u.algorithm, Kind: u.kind}
}

func savePart(p *part) *savedPart {
	return &savedPart{Number: p.number, ETag: p.etag, Body: saveBody(p.body), Modified: p.modified, Checksum: saveChecksum(p.checksum)}
}

// record writes a change down.
func (d *disk) record(c change) error {
	line, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("what is to be kept: %w", err)
	}
	return d.append(line)
}
