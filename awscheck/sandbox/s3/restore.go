package s3

import (
	"encoding/xml"
	"fmt"
	"net/http"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// restoreObject makes an archived object readable for a number of days. AWS
// takes minutes to hours for it, the sandbox no time.
func (c *call) restoreObject() error {
	if err := c.allow("s3:RestoreObject"); err != nil {
		return err
	}
	var body struct {
		XMLName xml.Name `xml:"RestoreRequest"`
		Days    int
	}
	if err := c.readXML(64<<10, &body); err != nil {
		return err
	}
	if body.Days < 1 {
		return malformedXML()
	}
	again := false
	now := c.srv.now()
	_, err := c.change(func(v *version) error {
		if v.storageClass != "GLACIER" && v.storageClass != "DEEP_ARCHIVE" {
			return awserr.New(http.StatusForbidden, "InvalidObjectState", "Restore is not allowed for the object's current storage class")
		}
		again = !v.restored.IsZero()
		v.restored = now.UTC().AddDate(0, 0, body.Days)
		return nil
	})
	if err != nil {
		return err
	}
	status := http.StatusAccepted
	if again {
		status = http.StatusOK
	}
	c.w.WriteHeader(status)
	return nil
}

// setRestored tells how long an archived object can be read.
func (c *call) setRestored(v *version) {
	if !v.restored.IsZero() {
		c.w.Header().Set("X-Amz-Restore", fmt.Sprintf(`ongoing-request="false", expiry-date="%s"`, v.restored.Format(http.TimeFormat)))
	}
}
