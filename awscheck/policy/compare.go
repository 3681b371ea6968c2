package policy

import (
	"bytes"
	"encoding/base64"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// matchNumber compares integers and decimals.
func matchNumber(r relation, want, have string) bool {
	w, ok := parseNumber(want)
	if !ok {
		return false
	}
	h, ok := parseNumber(have)
	if !ok {
		return false
	}
	switch {
	case h < w:
		return related(r, -1)
	case h > w:
		return related(r, 1)
	}
	return related(r, 0)
}

// parseNumber reads an integer or a decimal, and nothing else that Go would
// take for a number.
func parseNumber(s string) (float64, bool) {
	if strings.Trim(s, "+-.0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}

// matchDate compares points in time.
func matchDate(r relation, want, have string) bool {
	w, ok := parseDate(want)
	if !ok {
		return false
	}
	h, ok := parseDate(have)
	return ok && related(r, h.Compare(w))
}

// related reports whether a comparison of request with policy (-1, 0, +1)
// satisfies r.
func related(r relation, comparison int) bool {
	switch r {
	case less:
		return comparison < 0
	case lessOrEqual:
		return comparison <= 0
	case greater:
		return comparison > 0
	case greaterOrEqual:
		return comparison >= 0
	}
	return comparison == 0
}

// dateLayouts are the W3C profile of ISO 8601, most frequent first.
var dateLayouts = []string{
	time.RFC3339Nano,
	"2006-01-02",
	"2006-01-02T15:04Z07:00",
	"2006-01",
}

// parseDate reads a W3C date or seconds since 1970. Four digits are a year.
func parseDate(s string) (time.Time, bool) {
	if seconds, err := strconv.ParseInt(s, 10, 64); err == nil {
		if len(s) == 4 {
			return time.Date(int(seconds), 1, 1, 0, 0, 0, 0, time.UTC), true
		}
		return time.Unix(seconds, 0), true
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// matchBinary compares the decoded bytes of two base64 texts.
func matchBinary(want, have string) bool {
	if want == have {
		return true
	}
	w, err := base64.StdEncoding.DecodeString(want)
	if err != nil {
		return false
	}
	h, err := base64.StdEncoding.DecodeString(have)
	return err == nil && bytes.Equal(w, h)
}

// matchIP reports whether an address lies in a range. Without a prefix length
// the range is the one address.
func matchIP(want, have string) bool {
	addr, err := netip.ParseAddr(have)
	if err != nil {
		return false
	}
	addr = addr.Unmap()
	if strings.IndexByte(want, '/') < 0 {
		one, err := netip.ParseAddr(want)
		return err == nil && one.Unmap() == addr
	}
	network, err := netip.ParsePrefix(want)
	return err == nil && network.Contains(addr)
}
