package s3

import (
	"net/http"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// lockFor is the retention of a new version: as the headers say, else by the
// bucket's default.
func (c *call) lockFor() (lock, error) {
	h := c.r.Header
	mode, until, hold := h.Get("X-Amz-Object-Lock-Mode"), h.Get("X-Amz-Object-Lock-Retain-Until-Date"), h.Get("X-Amz-Object-Lock-Legal-Hold")
	conf := c.bucket.settings()
	if conf.ObjectLock == nil {
		if mode != "" || until != "" || hold != "" {
			return lock{}, invalidRequest("Bucket is missing Object Lock Configuration")
		}
		return lock{}, nil
	}
	l := lock{legalHold: hold == "ON"}
	switch {
	case (mode == "") != (until == ""):
		return lock{}, invalidArgument("x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied", "x-amz-object-lock-mode", mode)
	case mode != "":
		t, err := time.Parse(time.RFC3339, until)
		if err != nil || !t.After(c.srv.now()) {
			return lock{}, invalidArgument("The retain until date must be in the future!", "x-amz-object-lock-retain-until-date", until)
		}
		if mode != "GOVERNANCE" && mode != "COMPLIANCE" {
			return lock{}, invalidArgument("Unknown wormMode directive.", "x-amz-object-lock-mode", mode)
		}
		l.mode, l.until = mode, t
	case conf.ObjectLock.Mode != "":
		l.mode, l.until = conf.ObjectLock.Mode, c.srv.now().UTC().AddDate(0, 0, conf.ObjectLock.Days)
	}
	if l.mode != "" && c.needsDigest() {
		return lock{}, invalidRequest("Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters")
	}
	return l, nil
}

// needsDigest reports whether an upload came without any checksum of its own.
func (c *call) needsDigest() bool {
	h := c.r.Header
	if h.Get("Content-Md5") != "" || h.Get("X-Amz-Trailer") != "" || h.Get("X-Amz-Copy-Source") != "" || c.r.Method != http.MethodPut {
		return false
	}
	for _, a := range algorithms {
		if h.Get("X-Amz-Checksum-"+a) != "" {
			return false
		}
	}
	return true
}

// setLock tells an object's retention.
func (c *call) setLock(v *version) {
	h := c.w.Header()
	if v.lock.mode != "" {
		h.Set("X-Amz-Object-Lock-Mode", v.lock.mode)
		h.Set("X-Amz-Object-Lock-Retain-Until-Date", isoTime(v.lock.until))
	}
	if v.lock.legalHold {
		h.Set("X-Amz-Object-Lock-Legal-Hold", "ON")
	}
}

func lockedError() *awserr.Error {
	return awserr.New(http.StatusForbidden, "AccessDenied", "Access Denied because object protected by object lock.")
}
