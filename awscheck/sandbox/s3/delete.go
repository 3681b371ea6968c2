package s3

import (
	"net/http"
	"strings"
)

func (c *call) deleteObject() error {
	id := c.query.Get("versionId")
	done, err := c.remove(c.key, id, c.r.Header.Get("If-Match"))
	if err != nil {
		return err
	}
	h := c.w.Header()
	if done.marker {
		h.Set("X-Amz-Delete-Marker", "true")
	}
	if done.version != "" {
		h.Set("X-Amz-Version-Id", done.version)
	}
	c.setCORS()
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}

// removed tells what a delete did.
type removed struct {
	version string // the version that was deleted, or the marker that was made
	marker  bool   // that version is a delete marker
}

// remove authorises and does one deletion.
func (c *call) remove(key, id, match string) (removed, error) {
	if err := c.allowRemove(key, id, match); err != nil {
		return removed{}, err
	}
	bypass := id != "" && c.mayBypass(key)
	b := c.bucket
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.index.get(key)
	if match != "" {
		now := e.current()
		if now == nil {
			return removed{}, noSuchKey(key)
		}
		if !etagMatches(match, now.etag) {
			return removed{}, preconditionFailed("If-Match")
		}
	}
	if id != "" {
		return c.erase(key, e, id, bypass)
	}
	switch b.conf.Versioning {
	case "Enabled", "Suspended":
		v := &version{marker: true}
		if err := b.add(key, e, v, c.srv.now(), ""); err != nil {
			return removed{}, err
		}
		return removed{version: v.id, marker: true}, nil
	}
	if e != nil {
		if err := b.set(key, nil, ""); err != nil {
			return removed{}, err
		}
		e.release()
	}
	return removed{}, nil
}

// erase removes one version for good; the bucket's lock is held.
func (c *call) erase(key string, e *entry, id string, bypass bool) (removed, error) {
	next, gone := e.without(id)
	if gone == nil {
		return removed{version: id}, nil
	}
	governed := gone.lock.mode == "GOVERNANCE" && !gone.lock.legalHold
	if gone.lock.holds(c.srv.now()) && !(bypass && governed) {
		return removed{}, lockedError()
	}
	if err := c.bucket.set(key, next, ""); err != nil {
		return removed{}, err
	}
	gone.body.release()
	return removed{version: id, marker: gone.marker}, nil
}

func (c *call) allowRemove(key, id, match string) error {
	actions := []string{"s3:DeleteObject"}
	if id != "" {
		actions = []string{"s3:DeleteObjectVersion"}
	}
	if match != "" && match != "*" {
		actions = append(actions, "s3:GetObject")
	}
	for _, a := range actions {
		if err := c.allowOn(a, c.bucket.objectARN(key), c.bucket, c.conditions()); err != nil {
			return err
		}
	}
	return nil
}

// mayBypass reports whether the request may lift a retention in governance
// mode. It asks the policies, so the bucket must not be locked.
func (c *call) mayBypass(key string) bool {
	return strings.EqualFold(c.r.Header.Get("X-Amz-Bypass-Governance-Retention"), "true") &&
		c.decide("s3:BypassGovernanceRetention", c.bucket.objectARN(key), c.bucket, c.conditions()).Allowed
}
