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
		l.mode, l.until = conf.ObjectLock.Mode, c.srv.now().UTC().AddDate(conf.ObjectLock.Years, 0, conf.ObjectLock.Days)
	}
	if l.mode != "" && c.needsDigest() {
		return lock{}, invalidRequest("Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters")
	}
	return l, nil
}

// needsDigest reports whether an upload came without any checksum of its own.
func (c *call) needsDigest() bool {
	h := c.r.Header
	upload := c.r.Method == http.MethodPut && h.Get("X-Amz-Copy-Source") == ""
	return upload && h.Get("Content-Md5") == "" && namedAlgorithm(h) == ""
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

func (c *call) getObjectRetention() error {
	if err := c.allow("s3:GetObjectRetention"); err != nil {
		return err
	}
	v, err := c.lockable()
	if err != nil {
		return err
	}
	if v.lock.mode == "" {
		return noLock()
	}
	x := newXML()
	x.open("Retention")
	x.text("Mode", v.lock.mode)
	x.text("RetainUntilDate", isoTime(v.lock.until))
	x.end("Retention")
	return c.send(x)
}

func (c *call) getObjectLegalHold() error {
	if err := c.allow("s3:GetObjectLegalHold"); err != nil {
		return err
	}
	v, err := c.lockable()
	if err != nil {
		return err
	}
	status := "OFF"
	if v.lock.legalHold {
		status = "ON"
	}
	x := newXML()
	x.open("LegalHold")
	x.text("Status", status)
	x.end("LegalHold")
	return c.send(x)
}

// lockable finds the version that a request about its lock means.
func (c *call) lockable() (*version, error) {
	if c.bucket.settings().ObjectLock == nil {
		return nil, invalidRequest("Bucket is missing Object Lock Configuration")
	}
	return c.pick(c.bucket, c.key, c.query.Get("versionId"))
}

func noLock() *awserr.Error {
	return awserr.New(http.StatusNotFound, "NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration")
}

func (c *call) putObjectRetention() error {
	if err := c.allow("s3:PutObjectRetention"); err != nil {
		return err
	}
	if _, err := c.lockable(); err != nil {
		return err
	}
	var body struct{ Mode, RetainUntilDate string }
	if err := c.readXML(64<<10, &body); err != nil {
		return err
	}
	until, err := time.Parse(time.RFC3339, body.RetainUntilDate)
	known := body.Mode == "GOVERNANCE" || body.Mode == "COMPLIANCE"
	if err != nil || !known {
		return malformedXML()
	}
	now, bypass := c.srv.now(), c.mayBypass(c.key)
	if !until.After(now) {
		return invalidArgument("The retain until date must be in the future!", "RetainUntilDate", body.RetainUntilDate)
	}
	_, err = c.change(func(v *version) error {
		active := v.lock.mode != "" && now.Before(v.lock.until)
		weaker := until.Before(v.lock.until) || v.lock.mode == "COMPLIANCE" && body.Mode != "COMPLIANCE"
		if active && weaker && (v.lock.mode == "COMPLIANCE" || !bypass) {
			return lockedError()
		}
		v.lock.mode, v.lock.until = body.Mode, until
		return nil
	})
	if err != nil {
		return err
	}
	c.w.WriteHeader(http.StatusOK)
	return nil
}

func (c *call) putObjectLegalHold() error {
	if err := c.allow("s3:PutObjectLegalHold"); err != nil {
		return err
	}
	if _, err := c.lockable(); err != nil {
		return err
	}
	var body struct{ Status string }
	if err := c.readXML(64<<10, &body); err != nil {
		return err
	}
	if body.Status != "ON" && body.Status != "OFF" {
		return malformedXML()
	}
	if _, err := c.change(func(v *version) error { v.lock.legalHold = body.Status == "ON"; return nil }); err != nil {
		return err
	}
	c.w.WriteHeader(http.StatusOK)
	return nil
}
