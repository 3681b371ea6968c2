package s3

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
)

// maxPage is the most that one page of a listing holds.
const maxPage = 1000

// listing is what a page is asked for.
type listing struct {
	prefix, delimiter string
	after             string // keys up to and including this one have been seen
	max               int
}

// page is a page of a listing.
type page struct {
	items     []item
	prefixes  []string
	truncated bool
	last      string // the last key or common prefix on the page
}

type item struct {
	key string
	*version
}

// list collects a page of current objects. The cost is one seek for every
// common prefix, however much lies below it.
func (b *bucket) list(l listing) page {
	b.mu.RLock()
	defer b.mu.RUnlock()
	var p page
	c := b.index.cursor()
	if !l.start(c) {
		return p
	}
	for c.ok && strings.HasPrefix(c.key, l.prefix) {
		v := c.entry().current()
		if v == nil {
			c.next()
			continue
		}
		if len(p.items)+len(p.prefixes) == l.max {
			p.truncated = l.max > 0
			return p
		}
		common, ok := l.common(c.key)
		if !ok {
			p.items = append(p.items, item{c.key, v})
			p.last = c.key
			c.next()
			continue
		}
		p.prefixes = append(p.prefixes, common)
		p.last = common
		if !c.skip(common) {
			break
		}
	}
	return p
}

// start places the cursor behind l.after, or at the prefix.
func (l listing) start(c *cursor) bool {
	if common, ok := l.common(l.after); ok && common == l.after {
		return c.skip(common)
	}
	c.seek(max(l.prefix, l.following()))
	return true
}

func (l listing) following() string {
	if l.after == "" {
		return ""
	}
	return l.after + "\x00"
}

// common is the common prefix that key is rolled up in.
func (l listing) common(key string) (string, bool) {
	if l.delimiter == "" || !strings.HasPrefix(key, l.prefix) {
		return "", false
	}
	i := strings.Index(key[len(l.prefix):], l.delimiter)
	if i < 0 {
		return "", false
	}
	return key[:len(l.prefix)+i+len(l.delimiter)], true
}

// skip moves behind every key that starts with prefix.
func (c *cursor) skip(prefix string) bool {
	next, ok := after(prefix)
	if ok {
		c.seek(next)
	}
	return ok
}

// listingOf reads the parameters that all listings share.
func (c *call) listingOf() (listing, error) {
	l := listing{prefix: c.query.Get("prefix"), delimiter: c.query.Get("delimiter"), max: maxPage}
	if e := c.query.Get("encoding-type"); e != "" && e != "url" {
		return l, invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", e)
	}
	if raw := c.query.Get("max-keys"); raw != "" {
		n, err := strconv.ParseInt(raw, 10, 32)
		if err != nil {
			return l, invalidArgument("Provided max-keys not an integer or within integer range", "max-keys", raw)
		}
		if n < 0 {
			return l, invalidArgument("Argument maxKeys must be an integer between 0 and 2147483647", "maxKeys", raw)
		}
		l.max = min(int(n), maxPage)
	}
	return l, nil
}

// encoder writes keys as the listing's encoding-type asks.
func (c *call) encoder() func(string) string {
	if c.query.Get("encoding-type") == "url" {
		return urlEncode
	}
	return func(s string) string { return s }
}

func (c *call) listObjectsV2() error {
	if c.query.Get("list-type") != "2" {
		return invalidArgument("Invalid List Type specified in Request", "list-type", c.query.Get("list-type"))
	}
	if err := c.allow("s3:ListBucket"); err != nil {
		return err
	}
	l, err := c.listingOf()
	if err != nil {
		return err
	}
	token, start := c.query.Get("continuation-token"), c.query.Get("start-after")
	l.after = start
	if c.query.Has("continuation-token") {
		if l.after, err = c.srv.readToken(c.bucket.name, token); err != nil {
			return err
		}
	}
	p := c.bucket.list(l)
	enc := c.encoder()
	x := newXML()
	x.open("ListBucketResult")
	x.text("Name", c.bucket.name)
	x.text("Prefix", enc(l.prefix))
	if token != "" {
		x.text("ContinuationToken", token)
	}
	if p.truncated {
		x.text("NextContinuationToken", c.srv.token(c.bucket.name, p.last))
	}
	if start != "" {
		x.text("StartAfter", enc(start))
	}
	x.number("KeyCount", int64(len(p.items)+len(p.prefixes)))
	c.writePage(x, l, p, c.query.Get("fetch-owner") == "true")
	return c.send(x)
}

func (c *call) listObjectsV1() error {
	if err := c.allow("s3:ListBucket"); err != nil {
		return err
	}
	l, err := c.listingOf()
	if err != nil {
		return err
	}
	l.after = c.query.Get("marker")
	p := c.bucket.list(l)
	enc := c.encoder()
	x := newXML()
	x.open("ListBucketResult")
	x.text("Name", c.bucket.name)
	x.text("Prefix", enc(l.prefix))
	x.text("Marker", enc(l.after))
	if p.truncated && l.delimiter != "" {
		x.text("NextMarker", enc(p.last))
	}
	c.writePage(x, l, p, true)
	return c.send(x)
}

// writePage writes what both versions of the listing have alike, and ends the
// document.
func (c *call) writePage(x *xmlWriter, l listing, p page, owner bool) {
	enc := c.encoder()
	x.number("MaxKeys", int64(l.max))
	if l.delimiter != "" {
		x.text("Delimiter", enc(l.delimiter))
	}
	if e := c.query.Get("encoding-type"); e != "" {
		x.text("EncodingType", e)
	}
	x.truth("IsTruncated", p.truncated)
	for _, i := range p.items {
		x.open("Contents")
		x.text("Key", enc(i.key))
		x.text("LastModified", isoTime(i.modified))
		x.text("ETag", `"`+i.etag+`"`)
		if i.checksum.algorithm != "" {
			x.text("ChecksumAlgorithm", i.checksum.algorithm)
			x.text("ChecksumType", i.checksum.kind)
		}
		x.number("Size", i.body.size())
		if owner {
			x.owner(c.bucket.owner)
		}
		x.text("StorageClass", i.storageClass)
		x.end("Contents")
	}
	for _, prefix := range p.prefixes {
		x.open("CommonPrefixes")
		x.text("Prefix", enc(prefix))
		x.end("CommonPrefixes")
	}
	x.end("ListBucketResult")
}

func (x *xmlWriter) owner(account string) {
	x.open("Owner")
	x.text("ID", canonicalID(account))
	x.end("Owner")
}

// token wraps the last thing on a page so that only this server and bucket can
// take it up again.
func (s *Server) token(bucket, last string) string {
	return base64.StdEncoding.EncodeToString(append(s.tokenSum(bucket, last), last...))
}

func (s *Server) readToken(bucket, token string) (last string, err error) {
	raw, err := base64.StdEncoding.DecodeString(token)
	if err == nil && len(raw) > tokenSumSize {
		last = string(raw[tokenSumSize:])
		if hmac.Equal(raw[:tokenSumSize], s.tokenSum(bucket, last)) {
			return last, nil
		}
	}
	return "", invalidArgument("The continuation token provided is incorrect", "continuation-token", token)
}

const tokenSumSize = 16

func (s *Server) tokenSum(bucket, last string) []byte {
	m := hmac.New(sha256.New, s.tokenKey)
	m.Write([]byte(bucket + "\x00" + last))
	return m.Sum(nil)[:tokenSumSize]
}
