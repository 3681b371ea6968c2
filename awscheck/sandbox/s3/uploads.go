package s3

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// limit reads a number parameter such as max-parts, at most maxPage.
func (c *call) limit(name string) (int, error) {
	raw := c.query.Get(name)
	if raw == "" {
		return maxPage, nil
	}
	n, err := strconv.ParseInt(raw, 10, 32)
	if err != nil || n < 0 {
		return 0, invalidArgument("Argument "+name+" must be an integer between 0 and 2147483647", name, raw)
	}
	return min(int(n), maxPage), nil
}

func (c *call) listParts() error {
	if err := c.allowUpload("s3:ListMultipartUploadParts"); err != nil {
		return err
	}
	most, err := c.limit("max-parts")
	if err != nil {
		return err
	}
	marker, _ := strconv.Atoi(c.query.Get("part-number-marker"))
	u, err := c.findUpload()
	if err != nil {
		return err
	}
	parts, truncated := c.bucket.partsAfter(u, marker, most)
	next := marker
	if len(parts) > 0 {
		next = parts[len(parts)-1].number
	}
	x := newXML()
	x.open("ListPartsResult")
	x.text("Bucket", c.bucket.name)
	x.text("Key", c.encoder()(c.key))
	x.text("UploadId", u.id)
	x.initiator(u.initiator)
	x.owner(c.bucket.owner)
	x.text("StorageClass", u.version.storageClass)
	x.number("PartNumberMarker", int64(marker))
	x.number("NextPartNumberMarker", int64(next))
	x.number("MaxParts", int64(most))
	x.truth("IsTruncated", truncated)
	if u.algorithm != "" {
		x.text("ChecksumAlgorithm", u.algorithm)
		x.text("ChecksumType", u.kind)
	}
	for _, p := range parts {
		x.open("Part")
		x.number("PartNumber", int64(p.number))
		x.text("LastModified", isoTime(p.modified))
		x.text("ETag", `"`+p.etag+`"`)
		x.number("Size", p.body.size())
		if u.algorithm != "" && p.checksum.algorithm != "" {
			x.text(p.checksum.element(), p.checksum.value)
		}
		x.end("Part")
	}
	x.end("ListPartsResult")
	return c.send(x)
}

// partsAfter are the upload's parts behind the marker, in order.
func (b *bucket) partsAfter(u *upload, marker, most int) (parts []*part, truncated bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, n := range slices.Sorted(maps.Keys(u.parts)) {
		if n <= marker {
			continue
		}
		if len(parts) == most {
			return parts, true
		}
		parts = append(parts, u.parts[n])
	}
	return parts, false
}

func (x *xmlWriter) initiator(p policy.Principal) {
	x.open("Initiator")
	x.text("ID", p.ARN)
	x.text("DisplayName", p.ARN)
	x.end("Initiator")
}

func (c *call) listMultipartUploads() error {
	if err := c.allow("s3:ListBucketMultipartUploads"); err != nil {
		return err
	}
	l, err := c.listingOf()
	if err != nil {
		return err
	}
	if l.max, err = c.limit("max-uploads"); err != nil {
		return err
	}
	l.after = c.query.Get("key-marker")
	idMarker := c.query.Get("upload-id-marker")
	found, prefixes, truncated := c.bucket.listUploads(l, idMarker)

	enc := c.encoder()
	x := newXML()
	x.open("ListMultipartUploadsResult")
	x.text("Bucket", c.bucket.name)
	x.text("KeyMarker", enc(l.after))
	x.text("UploadIdMarker", idMarker)
	if truncated {
		nextKey, nextID := "", ""
		if len(found) > 0 {
			nextKey, nextID = found[len(found)-1].key, found[len(found)-1].id
		}
		if len(prefixes) > 0 && prefixes[len(prefixes)-1] > nextKey {
			nextKey, nextID = prefixes[len(prefixes)-1], ""
		}
		x.text("NextKeyMarker", enc(nextKey))
		x.text("NextUploadIdMarker", nextID)
	}
	x.text("Prefix", enc(l.prefix))
	if l.delimiter != "" {
		x.text("Delimiter", enc(l.delimiter))
	}
	if e := c.query.Get("encoding-type"); e != "" {
		x.text("EncodingType", e)
	}
	x.number("MaxUploads", int64(l.max))
	x.truth("IsTruncated", truncated)
	for _, u := range found {
		x.open("Upload")
		x.text("Key", enc(u.key))
		x.text("UploadId", u.id)
		x.initiator(u.initiator)
		x.owner(c.bucket.owner)
		x.text("StorageClass", u.version.storageClass)
		x.text("Initiated", isoTime(u.started))
		if u.algorithm != "" {
			x.text("ChecksumAlgorithm", u.algorithm)
			x.text("ChecksumType", u.kind)
		}
		x.end("Upload")
	}
	for _, p := range prefixes {
		x.open("CommonPrefixes")
		x.text("Prefix", enc(p))
		x.end("CommonPrefixes")
	}
	x.end("ListMultipartUploadsResult")
	return c.send(x)
}

// listUploads are the uploads in the order of key and beginning.
func (b *bucket) listUploads(l listing, idMarker string) (found []*upload, prefixes []string, truncated bool) {
	b.mu.RLock()
	all := slices.SortedFunc(maps.Values(b.uploads), func(x, y *upload) int {
		if x.key != y.key {
			return strings.Compare(x.key, y.key)
		}
		if !x.started.Equal(y.started) {
			return x.started.Compare(y.started)
		}
		return strings.Compare(x.id, y.id)
	})
	b.mu.RUnlock()
	passed := idMarker == ""
	for _, u := range all {
		if !strings.HasPrefix(u.key, l.prefix) || u.key < l.after {
			continue
		}
		if u.key == l.after {
			// With an upload id marker the rest of the marker's uploads follow.
			if idMarker == "" || !passed {
				passed = passed || u.id == idMarker
				continue
			}
		}
		common, ok := l.common(u.key)
		if ok && (common == l.after || len(prefixes) > 0 && prefixes[len(prefixes)-1] == common) {
			continue
		}
		if len(found)+len(prefixes) == l.max {
			return found, prefixes, l.max > 0
		}
		if ok {
			prefixes = append(prefixes, common)
			continue
		}
		found = append(found, u)
	}
	return found, prefixes, false
}
