package s3

import (
	"net/http"
	"strings"
)

func (c *call) getObjectAttributes() error {
	v, err := c.open()
	if err != nil {
		return err
	}
	action := "s3:GetObjectAttributes"
	if c.query.Get("versionId") != "" {
		action = "s3:GetObjectVersionAttributes"
	}
	if err := c.allow(action); err != nil {
		return err
	}
	asked := map[string]bool{}
	for _, line := range c.r.Header.Values("X-Amz-Object-Attributes") {
		for name := range strings.SplitSeq(line, ",") {
			asked[strings.TrimSpace(name)] = true
		}
	}
	if len(asked) == 0 {
		return invalidArgument("No attributes were specified in the request", "x-amz-object-attributes", "")
	}
	c.w.Header().Set("Last-Modified", v.modified.UTC().Format(http.TimeFormat))
	c.setVersion(v)
	x := newXML()
	x.open("GetObjectAttributesResponse")
	if asked["ETag"] {
		x.text("ETag", v.etag)
	}
	if asked["Checksum"] && v.checksum.algorithm != "" {
		x.open("Checksum")
		x.checksum(v.checksum)
		x.end("Checksum")
	}
	if asked["ObjectParts"] && len(v.parts) > 0 {
		x.open("ObjectParts")
		x.number("TotalPartsCount", int64(len(v.parts)))
		x.end("ObjectParts")
	}
	if asked["StorageClass"] {
		x.text("StorageClass", v.storageClass)
	}
	if asked["ObjectSize"] {
		x.number("ObjectSize", v.body.size())
	}
	x.end("GetObjectAttributesResponse")
	return c.send(x)
}
