package s3

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

const (
	metaPrefix    = "X-Amz-Meta-"
	metaLimit     = 2 << 10
	defaultType   = "binary/octet-stream"
	standardClass = "STANDARD"
)

// describe reads what the headers of a write say of the object into v.
func (c *call) describe(v *version) error {
	h := c.r.Header
	v.contentType = h.Get("Content-Type")
	v.contentEncoding = h.Get("Content-Encoding")
	v.contentLanguage = h.Get("Content-Language")
	v.contentDisposition = h.Get("Content-Disposition")
	v.cacheControl = h.Get("Cache-Control")
	v.expires = h.Get("Expires")
	v.redirect = h.Get("X-Amz-Website-Redirect-Location")
	meta, err := userMetadata(h)
	v.meta = meta
	return err
}

// takeDescription copies what describe reads from another version.
func (v *version) takeDescription(from *version) {
	v.contentType, v.contentEncoding, v.contentLanguage = from.contentType, from.contentEncoding, from.contentLanguage
	v.contentDisposition, v.cacheControl, v.expires = from.contentDisposition, from.cacheControl, from.expires
	v.meta = from.meta
}

// userMetadata collects x-amz-meta-*, with keys in lower case.
func userMetadata(h http.Header) (map[string]string, error) {
	meta, size := map[string]string{}, 0
	for name, values := range h {
		key, ok := strings.CutPrefix(name, metaPrefix)
		if !ok {
			continue
		}
		value := strings.Join(values, ",")
		meta[strings.ToLower(key)] = value
		size += len(key) + len(value)
	}
	if size > metaLimit {
		return nil, with(awserr.New(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size"),
			"Size", strconv.Itoa(size), "MaxSizeAllowed", strconv.Itoa(metaLimit))
	}
	return meta, nil
}

// setObjectHeaders writes what GET and HEAD tell of an object alike.
func (c *call) setObjectHeaders(v *version) {
	h := c.w.Header()
	set := func(name, value string) {
		if value != "" {
			h.Set(name, value)
		}
	}
	h.Set("Last-Modified", v.modified.UTC().Format(http.TimeFormat))
	h.Set("ETag", `"`+v.etag+`"`)
	h.Set("Accept-Ranges", "bytes")
	set("Content-Encoding", v.contentEncoding)
	set("Content-Language", v.contentLanguage)
	set("Content-Disposition", v.contentDisposition)
	set("Cache-Control", v.cacheControl)
	set("Expires", v.expires)
	set("X-Amz-Website-Redirect-Location", v.redirect)
	h.Set("Content-Type", defaultType)
	set("Content-Type", v.contentType)
	for key, value := range v.meta {
		h["x-amz-meta-"+key] = []string{asciiHeader(value)}
	}
	if v.storageClass != standardClass {
		set("X-Amz-Storage-Class", v.storageClass)
	}
	c.setRestored(v)
	if len(v.tags) > 0 {
		h.Set("X-Amz-Tagging-Count", strconv.Itoa(len(v.tags)))
	}
	c.setEncryption(v.encryption)
	c.setVersion(v)
}

func (c *call) setEncryption(e encryption) {
	h := c.w.Header()
	h.Set("X-Amz-Server-Side-Encryption", e.algorithm)
	if e.kms() {
		h.Set("X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id", c.keyARN(e))
		if e.bucketKey {
			h.Set("X-Amz-Server-Side-Encryption-Bucket-Key-Enabled", "true")
		}
	}
}

// setVersion tells the version id where the bucket has, or had, versioning.
func (c *call) setVersion(v *version) {
	if c.bucket.settings().Versioning != "" {
		c.w.Header().Set("X-Amz-Version-Id", v.id)
	}
}

// asciiHeader encodes what a header cannot carry by RFC 2047, as S3 does with
// user metadata.
func asciiHeader(value string) string {
	for i := range len(value) {
		if value[i] >= 0x80 || value[i] < 0x20 && value[i] != '\t' {
			return mime.BEncoding.Encode("UTF-8", value)
		}
	}
	return value
}

var storageClasses = map[string]bool{
	standardClass: true, "REDUCED_REDUNDANCY": true, "STANDARD_IA": true, "ONEZONE_IA": true,
	"INTELLIGENT_TIERING": true, "GLACIER": true, "GLACIER_IR": true, "DEEP_ARCHIVE": true,
}

// storageClass is the class that the headers ask for.
func (c *call) storageClass() (string, error) {
	class := c.r.Header.Get("X-Amz-Storage-Class")
	if class == "" {
		return standardClass, nil
	}
	if !storageClasses[class] {
		return "", with(awserr.New(400, "InvalidStorageClass", "The storage class you specified is not valid"), "StorageClassRequested", class)
	}
	return class, nil
}
