package s3

import (
	"errors"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// doomed is an object as DeleteObjects lists it.
type doomed struct {
	Key       string
	VersionID string `xml:"VersionId"`
	ETag      string
}

func (c *call) deleteObjects() error {
	h := c.r.Header
	if h.Get("Content-Md5") == "" && namedAlgorithm(h) == "" {
		return invalidRequest("Missing required header for this request: Content-MD5")
	}
	var list struct {
		Object []doomed
		Quiet  bool
	}
	if err := c.readXML(2<<20, &list); err != nil {
		return err
	}
	if len(list.Object) == 0 || len(list.Object) > maxPage {
		return malformedXML()
	}
	for _, o := range list.Object {
		if o.Key == "" {
			return malformedXML()
		}
	}
	x := newXML()
	x.open("DeleteResult")
	for _, o := range list.Object {
		c.deleteOne(x, o, list.Quiet)
	}
	x.end("DeleteResult")
	c.setCORS()
	return c.send(x)
}

// deleteOne deletes one object of a list and writes what became of it. A
// refusal is part of the answer, whose status is 200 all the same.
func (c *call) deleteOne(x *xmlWriter, o doomed, quiet bool) {
	done, err := removed{}, error(nil)
	if len(o.Key) > maxKey {
		err = keyTooLong(o.Key)
	} else {
		done, err = c.remove(o.Key, o.VersionID, o.ETag)
	}
	var known *awserr.Error
	switch {
	case errors.As(err, &known):
		x.open("Error")
		x.text("Key", o.Key)
		if o.VersionID != "" {
			x.text("VersionId", o.VersionID)
		}
		x.text("Code", known.Code)
		x.text("Message", known.Message)
		x.end("Error")
	case !quiet:
		x.open("Deleted")
		x.text("Key", o.Key)
		if o.VersionID != "" {
			x.text("VersionId", o.VersionID)
		}
		if done.marker {
			x.truth("DeleteMarker", true)
			x.text("DeleteMarkerVersionId", done.version)
		}
		x.end("Deleted")
	}
}
