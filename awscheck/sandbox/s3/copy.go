package s3

import (
	"crypto/md5"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// source is what a copy reads.
type source struct {
	bucket *bucket
	key    string
	id     string // version id; empty: the current one
	*version
}

func (c *call) copyObject() error {
	replaceMeta, err := directive(c.r.Header, "Metadata")
	if err != nil {
		return err
	}
	replaceTags, err := directive(c.r.Header, "Tagging")
	if err != nil {
		return err
	}
	v, err := c.newVersion("s3:PutObject")
	if err != nil {
		return err
	}
	from, err := c.openSource()
	if err != nil {
		return err
	}
	if size := from.body.size(); size > maxPut {
		return invalidRequest("The specified copy source is larger than the maximum allowable size for a copy source: " + strconv.Itoa(maxPut))
	}
	if err := c.checkSelfCopy(from, replaceMeta); err != nil {
		return err
	}
	if !replaceMeta {
		v.takeDescription(from.version)
	}
	if !replaceTags {
		if v.tags, err = c.sourceTags(from); err != nil {
			return err
		}
	}
	if err := c.refuseEarly(); err != nil {
		return err
	}
	v.body, v.checksum = from.body, from.checksum
	if v.etag, err = c.copiedETag(from); err != nil {
		return err
	}
	c.recompute(v)
	v.body.hold()
	if err := c.store(v); err != nil {
		return err
	}
	c.setEncryption(v.encryption)
	c.setVersion(v)
	c.setSourceVersion(from)
	c.setCORS()
	x := newXML()
	x.open("CopyObjectResult")
	x.text("LastModified", isoTime(v.modified))
	x.text("ETag", `"`+v.etag+`"`)
	x.checksum(v.checksum)
	x.end("CopyObjectResult")
	return c.send(x)
}

// directive reads x-amz-metadata-directive or x-amz-tagging-directive.
func directive(h http.Header, kind string) (replace bool, err error) {
	switch value := h.Get("X-Amz-" + kind + "-Directive"); value {
	case "", "COPY":
		return false, nil
	case "REPLACE":
		return true, nil
	default:
		return false, invalidArgument("Unknown "+strings.ToLower(kind)+" directive.", "x-amz-"+strings.ToLower(kind)+"-directive", value)
	}
}

// openSource authorises reading the copy's source and finds it.
func (c *call) openSource() (source, error) {
	from, err := c.parseSource()
	if err != nil {
		return from, err
	}
	if owner := c.r.Header.Get("X-Amz-Source-Expected-Bucket-Owner"); owner != "" && owner != from.bucket.owner {
		return from, c.denied()
	}
	action := "s3:GetObject"
	if from.id != "" {
		action = "s3:GetObjectVersion"
	}
	if err := c.allowRead(action, from.bucket, from.key, from.id); err != nil {
		return from, err
	}
	if from.version, err = c.pick(from.bucket, from.key, from.id); err != nil {
		return from, err
	}
	if err := checkSource(c.r.Header, from.version); err != nil {
		return from, err
	}
	if from.archived(c.srv.now()) {
		return from, awserr.New(403, "ObjectNotInActiveTierError", "The source object of the COPY operation is not in the active tier and is only stored in Amazon S3 Glacier.")
	}
	return from, c.allowKey("kms:Decrypt", from.encryption, from.bucket, from.key)
}

// parseSource reads x-amz-copy-source: a URL-encoded /bucket/key, in which a
// plus sign means a space, with or without ?versionId=.
func (c *call) parseSource() (source, error) {
	raw := c.r.Header.Get("X-Amz-Copy-Source")
	path, query, _ := strings.Cut(raw, "?")
	id, hasID := strings.CutPrefix(query, "versionId=")
	if !hasID && query != "" { // a question mark of the key's own
		path = raw
	}
	path, err := url.QueryUnescape(path)
	name, key, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if err != nil || name == "" || key == "" || !utf8.ValidString(key) {
		return source{}, invalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey", "x-amz-copy-source", raw)
	}
	b := c.srv.buckets[name]
	if b == nil {
		return source{}, with(awserr.New(404, "NoSuchBucket", "The specified bucket does not exist"), "BucketName", name)
	}
	return source{bucket: b, key: key, id: id}, nil
}

// checkSource applies x-amz-copy-source-if-*.
func checkSource(h http.Header, v *version) error {
	const prefix = "X-Amz-Copy-Source-"
	failed := func(name string) error { return preconditionFailed("x-amz-copy-source-" + name) }
	if m := h.Get(prefix + "If-Match"); m != "" {
		if !etagMatches(m, v.etag) {
			return failed("If-Match")
		}
	} else if t, ok := date(h.Get(prefix + "If-Unmodified-Since")); ok && v.modified.After(t) {
		return failed("If-Unmodified-Since")
	}
	if m := h.Get(prefix + "If-None-Match"); m != "" {
		if etagMatches(m, v.etag) {
			return failed("If-None-Match")
		}
	} else if t, ok := date(h.Get(prefix + "If-Modified-Since")); ok && !v.modified.After(t) {
		return failed("If-Modified-Since")
	}
	return nil
}

func (c *call) checkSelfCopy(from source, replaceMeta bool) error {
	h := c.r.Header
	changes := replaceMeta || from.id != "" || h.Get("X-Amz-Storage-Class") != "" ||
		h.Get("X-Amz-Website-Redirect-Location") != "" || h.Get("X-Amz-Server-Side-Encryption") != ""
	if from.bucket != c.bucket || from.key != c.key || changes {
		return nil
	}
	return invalidRequest("This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.")
}

// sourceTags are the tags that a copy takes along; that needs two more rights
// when there are any.
func (c *call) sourceTags(from source) ([]tag, error) {
	if len(from.tags) == 0 {
		return nil, nil
	}
	if err := c.allowOn("s3:GetObjectTagging", from.bucket.objectARN(from.key), from.bucket, c.conditions()); err != nil {
		return nil, err
	}
	return from.tags, c.allow("s3:PutObjectTagging")
}

// copiedETag is the ETag of a copy: its MD5, also where the source came in
// parts. Made-up content keeps its ETag, which is no MD5 of anything.
func (c *call) copiedETag(from source) (string, error) {
	plain := !from.encryption.kms() && !strings.Contains(from.etag, "-")
	if plain || from.body.isMadeUp() {
		return from.etag, nil
	}
	h := md5.New()
	if err := from.body.writeTo(h, 0, from.body.size()); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// recompute gives the copy the checksum that the request asks for, and a whole
// one where the source has one of its parts.
func (c *call) recompute(v *version) {
	algorithm := v.checksum.algorithm
	if asked := c.r.Header.Get("X-Amz-Checksum-Algorithm"); newHash(asked) != nil {
		algorithm = asked
	}
	if algorithm == "" || v.body.isMadeUp() || algorithm == v.checksum.algorithm && v.checksum.kind == fullObject {
		return
	}
	v.checksum = checksumOf(algorithm, v.body)
}

func (c *call) setSourceVersion(from source) {
	if from.bucket.settings().Versioning != "" {
		c.w.Header().Set("X-Amz-Copy-Source-Version-Id", from.version.id)
	}
}
