package s3

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

const (
	maxTags     = 10
	maxTagKey   = 128
	maxTagValue = 256
)

// headerTags reads x-amz-tagging: a query string of keys and values.
func headerTags(h http.Header) ([]tag, error) {
	value := h.Get("X-Amz-Tagging")
	if value == "" {
		return nil, nil
	}
	q, err := url.ParseQuery(value)
	if err != nil {
		return nil, invalidArgument("The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.", "x-amz-tagging", value)
	}
	var tags []tag
	for k, values := range q {
		if len(values) > 1 {
			return nil, invalidArgument("The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.", "x-amz-tagging", value)
		}
		tags = append(tags, tag{k, values[0]})
	}
	slices.SortFunc(tags, func(a, b tag) int { return strings.Compare(a.key, b.key) })
	return tags, checkTags(tags)
}

func checkTags(tags []tag) error {
	if len(tags) > maxTags {
		return awserr.New(400, "BadRequest", "Object tags cannot be greater than 10")
	}
	seen := map[string]bool{}
	for _, t := range tags {
		switch n := utf8.RuneCountInString(t.key); {
		case n == 0 || n > maxTagKey:
			return with(awserr.New(400, "InvalidTag", "The TagKey you have provided is invalid"), "TagKey", t.key)
		case utf8.RuneCountInString(t.value) > maxTagValue:
			return with(awserr.New(400, "InvalidTag", "The TagValue you have provided is invalid"), "TagValue", t.value)
		case seen[t.key]:
			return with(awserr.New(400, "InvalidTag", "Cannot provide multiple Tags with the same key"), "TagKey", t.key)
		}
		seen[t.key] = true
	}
	return nil
}

// Tags are read and written by version as well, under actions of their own.
func (c *call) allowTags(verb string) error {
	if c.query.Get("versionId") != "" {
		return c.allow("s3:" + verb + "ObjectVersionTagging")
	}
	return c.allow("s3:" + verb + "ObjectTagging")
}

func (c *call) getObjectTagging() error {
	if err := c.allowTags("Get"); err != nil {
		return err
	}
	v, err := c.pick(c.bucket, c.key, c.query.Get("versionId"))
	if err != nil {
		return err
	}
	c.setVersion(v)
	x := newXML()
	x.open("Tagging")
	x.open("TagSet")
	for _, t := range v.tags {
		x.open("Tag")
		x.text("Key", t.key)
		x.text("Value", t.value)
		x.end("Tag")
	}
	x.end("TagSet")
	x.end("Tagging")
	return c.send(x)
}

func (c *call) putObjectTagging() error {
	if err := c.allowTags("Put"); err != nil {
		return err
	}
	var body struct {
		XMLName xml.Name `xml:"Tagging"`
		TagSet  *struct {
			Tag []struct{ Key, Value string }
		}
	}
	if err := c.readXML(64<<10, &body); err != nil {
		return err
	}
	if body.TagSet == nil {
		return malformedXML()
	}
	var tags []tag
	for _, t := range body.TagSet.Tag {
		tags = append(tags, tag{t.Key, t.Value})
	}
	if err := checkTags(tags); err != nil {
		return err
	}
	return c.retag(tags, http.StatusOK)
}

func (c *call) deleteObjectTagging() error {
	if err := c.allowTags("Delete"); err != nil {
		return err
	}
	return c.retag(nil, http.StatusNoContent)
}

func (c *call) retag(tags []tag, status int) error {
	v, err := c.change(func(v *version) error { v.tags = tags; return nil })
	if err != nil {
		return err
	}
	c.setVersion(v)
	c.w.WriteHeader(status)
	return nil
}

// change puts a changed copy of the version that the request names in its
// place. edit works on the copy.
func (c *call) change(edit func(*version) error) (*version, error) {
	v, err := c.pick(c.bucket, c.key, c.query.Get("versionId"))
	if err != nil {
		return nil, err
	}
	b := c.bucket
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.index.get(c.key)
	if v = e.find(v.id); v == nil || v.marker { // deleted since
		return nil, noSuchKey(c.key)
	}
	changed := *v
	if err := edit(&changed); err != nil {
		return nil, err
	}
	if err := b.set(c.key, e.replaced(&changed), ""); err != nil {
		return nil, err
	}
	return &changed, nil
}
