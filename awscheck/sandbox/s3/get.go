package s3

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

func (c *call) getObject() error {
	v, err := c.open()
	if err != nil {
		return err
	}
	if v.archived(c.srv.now()) {
		return with(awserr.New(403, "InvalidObjectState", "The operation is not valid for the object's storage class"), "StorageClass", v.storageClass)
	}
	return c.answer(v)
}

func (c *call) headObject() error {
	v, err := c.open()
	if err != nil {
		return err
	}
	return c.answer(v)
}

// open authorises a read and finds the version it is about.
func (c *call) open() (*version, error) {
	action := "s3:GetObject"
	id := c.query.Get("versionId")
	if id != "" {
		action = "s3:GetObjectVersion"
	}
	if err := c.allowRead(action, c.bucket, c.key, id); err != nil {
		return nil, err
	}
	v, err := c.pick(c.bucket, c.key, id)
	if err != nil {
		return nil, err
	}
	return v, c.allowKey("kms:Decrypt", v.encryption, c.bucket, c.key)
}

// allowRead refuses unless the policies, or the object's ACL where no policy
// forbids it, let the caller do action, which reads an object.
func (c *call) allowRead(action string, b *bucket, key, id string) error {
	v := b.get(key).current()
	if id != "" {
		v = b.get(key).find(id)
	}
	keys := c.conditions()
	keys.addObjectTags(v)
	d := c.decide(action, b.objectARN(key), b, keys)
	if d.Allowed || !d.Explicit && c.srv.openByACL(b, v) {
		return nil
	}
	return c.refusal(d, action, b.objectARN(key), b)
}

// pick finds a version for reading; id empty means the current one.
func (c *call) pick(b *bucket, key, id string) (*version, error) {
	e := b.get(key)
	if id != "" {
		v := e.find(id)
		if v == nil {
			return nil, with(awserr.New(404, "NoSuchVersion", "The specified version does not exist."), "Key", key, "VersionId", id)
		}
		if v.marker {
			err := with(awserr.New(405, "MethodNotAllowed", "The specified method is not allowed against this resource."),
				"Method", c.r.Method, "ResourceType", "DeleteMarker")
			err.Header = http.Header{"X-Amz-Delete-Marker": {"true"}, "X-Amz-Version-Id": {v.id}, "Allow": {"DELETE"},
				"Last-Modified": {v.modified.UTC().Format(http.TimeFormat)}}
			return nil, err
		}
		return v, nil
	}
	if v := e.current(); v != nil {
		return v, nil
	}
	err := c.missing(b, key)
	var known *awserr.Error
	if errors.As(err, &known) && known.Status == 404 && e != nil && len(e.versions) > 0 {
		known.Header = http.Header{"X-Amz-Delete-Marker": {"true"}, "X-Amz-Version-Id": {e.versions[0].id}}
	}
	return nil, err
}

// answer writes a GET's or HEAD's answer.
func (c *call) answer(v *version) error {
	if err := checkRead(c.r, v); err != nil {
		return err
	}
	span, status, err := c.span(v)
	if err != nil {
		return err
	}
	c.setObjectHeaders(v)
	h := c.w.Header()
	if err := c.overrides(h); err != nil {
		return err
	}
	whole := span.length == v.body.size()
	if v.checksum.algorithm != "" && whole && strings.EqualFold(c.r.Header.Get("X-Amz-Checksum-Mode"), "ENABLED") {
		h.Set(v.checksum.header(), v.checksum.value)
		h.Set("X-Amz-Checksum-Type", v.checksum.kind)
	}
	h.Set("Content-Length", strconv.FormatInt(span.length, 10))
	if status == http.StatusPartialContent {
		h.Set("Content-Range", span.contentRange(v.body.size()))
	}
	c.setLock(v)
	c.setCORS()
	c.w.WriteHeader(status)
	if c.r.Method == http.MethodHead {
		return nil
	}
	_ = v.body.writeTo(c.w, span.from, span.length) // the client may go away in the middle
	return nil
}

// span is the part of a body that is asked for.
type span struct{ from, length int64 }

func (s span) contentRange(size int64) string {
	return "bytes " + strconv.FormatInt(s.from, 10) + "-" + strconv.FormatInt(s.from+s.length-1, 10) + "/" + strconv.FormatInt(size, 10)
}

// span reads Range and partNumber.
func (c *call) span(v *version) (span, int, error) {
	size := v.body.size()
	header := c.r.Header.Get("Range")
	if part := c.query.Get("partNumber"); part != "" {
		if header != "" {
			return span{}, 0, invalidRequest("Cannot specify both Range header and partNumber query parameter")
		}
		return c.part(v, part)
	}
	asked, ok := parseRange(header, size)
	if !ok {
		return span{0, size}, http.StatusOK, nil
	}
	if asked.length <= 0 {
		e := with(awserr.New(http.StatusRequestedRangeNotSatisfiable, "InvalidRange", "The requested range is not satisfiable"),
			"RangeRequested", header, "ActualObjectSize", strconv.FormatInt(size, 10))
		e.Header = http.Header{"Content-Range": {"bytes */" + strconv.FormatInt(size, 10)}}
		return span{}, 0, e
	}
	return asked, http.StatusPartialContent, nil
}

// part is the span of one part of a multipart object.
func (c *call) part(v *version, number string) (span, int, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > maxParts {
		return span{}, 0, invalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", number)
	}
	count := max(len(v.parts), 1)
	if n > count {
		return span{}, 0, with(awserr.New(http.StatusRequestedRangeNotSatisfiable, "InvalidPartNumber", "The requested partnumber is not satisfiable"),
			"ActualPartCount", strconv.Itoa(count), "PartNumberRequested", number)
	}
	if strings.Contains(v.etag, "-") {
		c.w.Header().Set("X-Amz-Mp-Parts-Count", strconv.Itoa(count))
	}
	if len(v.parts) == 0 {
		if v.body.size() == 0 {
			return span{}, http.StatusOK, nil
		}
		return span{0, v.body.size()}, http.StatusPartialContent, nil
	}
	var from int64
	for _, size := range v.parts[:n-1] {
		from += size
	}
	return span{from, v.parts[n-1]}, http.StatusPartialContent, nil
}

// parseRange reads a single byte range of a body of the given size; a length
// of 0 means that nothing of it is there. ok is false for what S3 ignores: what
// it cannot read, and several ranges at once.
func parseRange(header string, size int64) (s span, ok bool) {
	spec, found := strings.CutPrefix(strings.TrimSpace(header), "bytes=")
	first, last, dash := strings.Cut(spec, "-")
	if !found || !dash {
		return span{}, false
	}
	from, to := int64(0), size-1
	var err error
	switch {
	case first == "": // the last bytes
		var n int64
		if n, err = number(last); err == nil {
			from = max(size-n, 0)
		}
	default:
		if from, err = number(first); err == nil && last != "" {
			to, err = number(last)
			if err == nil && to < from {
				return span{}, false
			}
		}
	}
	if err != nil {
		return span{}, false
	}
	return span{from, max(min(to, size-1)-from+1, 0)}, true
}

// number reads decimal digits and nothing else.
func number(s string) (int64, error) {
	n, err := strconv.ParseUint(s, 10, 62)
	return int64(n), err
}

// overridable are the response headers that a signed GET may set by query.
var overridable = []string{"content-type", "content-language", "expires", "cache-control", "content-disposition", "content-encoding"}

func (c *call) overrides(h http.Header) error {
	return override(h, c.query, c.caller.Principal.Kind == policy.Anonymous)
}

func override(h http.Header, q url.Values, anonymous bool) error {
	for _, name := range overridable {
		param := "response-" + name
		if !q.Has(param) {
			continue
		}
		if anonymous {
			return invalidRequest("Request specific response headers cannot be used for anonymous GET requests.")
		}
		h.Set(name, q.Get(param))
	}
	return nil
}
