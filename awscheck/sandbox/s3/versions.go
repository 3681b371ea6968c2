package s3

import (
	"strings"
)

// versionPage is a page of a listing of versions.
type versionPage struct {
	items     []versionItem
	prefixes  []string
	truncated bool
	lastKey   string
	lastID    string // empty after a common prefix
}

type versionItem struct {
	item
	latest bool
}

// listVersions collects a page of versions and delete markers: by key, within
// a key the newest first. behind names the version of l.after that has been
// seen last; empty means all of them have.
func (b *bucket) listVersions(l listing, behind string) versionPage {
	b.mu.RLock()
	defer b.mu.RUnlock()
	var p versionPage
	c := b.index.cursor()
	if behind != "" {
		c.seek(max(l.prefix, l.after))
	} else if !l.start(c) {
		return p
	}
	for c.ok && strings.HasPrefix(c.key, l.prefix) {
		if common, ok := l.common(c.key); ok {
			if len(p.items)+len(p.prefixes) == l.max {
				p.truncated = l.max > 0
				return p
			}
			p.prefixes = append(p.prefixes, common)
			p.lastKey, p.lastID = common, ""
			if !c.skip(common) {
				return p
			}
			continue
		}
		passed := behind == "" || c.key != l.after
		for i, v := range c.entry().versions {
			if !passed {
				passed = v.id == behind
				continue
			}
			if len(p.items)+len(p.prefixes) == l.max {
				p.truncated = l.max > 0
				return p
			}
			p.items = append(p.items, versionItem{item{c.key, v}, i == 0})
			p.lastKey, p.lastID = c.key, v.id
		}
		c.next()
	}
	return p
}

func (c *call) listObjectVersions() error {
	if err := c.allow("s3:ListBucketVersions"); err != nil {
		return err
	}
	l, err := c.listingOf()
	if err != nil {
		return err
	}
	l.after = c.query.Get("key-marker")
	idMarker := c.query.Get("version-id-marker")
	if idMarker != "" && l.after == "" {
		return invalidArgument("A version-id marker cannot be specified without a key marker.", "version-id-marker", idMarker)
	}
	p := c.bucket.listVersions(l, idMarker)

	enc := c.encoder()
	x := newXML()
	x.open("ListVersionsResult")
	x.text("Name", c.bucket.name)
	x.text("Prefix", enc(l.prefix))
	x.text("KeyMarker", enc(l.after))
	x.text("VersionIdMarker", idMarker)
	if p.truncated {
		x.text("NextKeyMarker", enc(p.lastKey))
		if p.lastID != "" {
			x.text("NextVersionIdMarker", p.lastID)
		}
	}
	x.number("MaxKeys", int64(l.max))
	if l.delimiter != "" {
		x.text("Delimiter", enc(l.delimiter))
	}
	if e := c.query.Get("encoding-type"); e != "" {
		x.text("EncodingType", e)
	}
	x.truth("IsTruncated", p.truncated)
	for _, i := range p.items {
		c.writeVersion(x, i, enc)
	}
	for _, prefix := range p.prefixes {
		x.open("CommonPrefixes")
		x.text("Prefix", enc(prefix))
		x.end("CommonPrefixes")
	}
	x.end("ListVersionsResult")
	return c.send(x)
}

func (c *call) writeVersion(x *xmlWriter, i versionItem, enc func(string) string) {
	name := "Version"
	if i.marker {
		name = "DeleteMarker"
	}
	x.open(name)
	x.text("Key", enc(i.key))
	x.text("VersionId", i.id)
	x.truth("IsLatest", i.latest)
	x.text("LastModified", isoTime(i.modified))
	if !i.marker {
		x.text("ETag", `"`+i.etag+`"`)
		if i.checksum.algorithm != "" {
			x.text("ChecksumAlgorithm", i.checksum.algorithm)
			x.text("ChecksumType", i.checksum.kind)
		}
		x.number("Size", i.body.size())
		x.text("StorageClass", i.storageClass)
	}
	x.owner(c.bucket.owner)
	x.end(name)
}
