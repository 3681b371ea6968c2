package diagnose

import (
	"net/netip"
	"strings"
	"time"
)

// DNS is what looking a delivery host's name up gave. Where a proxy looks
// names up there is none.
type DNS struct {
	Name string `json:"name"`
	// Canonical is the end of the chain of CNAME records; empty where there is
	// none.
	Canonical string   `json:"canonical,omitempty"`
	Addresses []string `json:"addresses,omitempty"`
	// Failed is "not-found", "timeout" or "failed"; empty after success.
	Failed string `json:"failed,omitempty"`
}

// IPv6Only tells a name that only computers with IPv6 reach.
func (d *DNS) IPv6Only() bool {
	if d == nil || len(d.Addresses) == 0 {
		return false
	}
	for _, s := range d.Addresses {
		if a, err := netip.ParseAddr(s); err != nil || a.Unmap().Is4() {
			return false
		}
	}
	return true
}

// TLS is the certificate that a delivery host showed, be it trusted or not.
type TLS struct {
	Asked   string    `json:"asked"` // the name asked for
	Names   []string  `json:"names,omitempty"`
	Issuer  string    `json:"issuer,omitempty"`
	Expires time.Time `json:"expires,omitzero"`
	Version string    `json:"version,omitempty"` // "TLS 1.3"
}

// Wire is the way to a delivery host in lines for people: names, certificate,
// who answered. It is empty for requests of other kinds.
func (ev Evidence) Wire() []string {
	var lines []string
	if d := ev.DNS; d != nil {
		line := "DNS " + d.Name
		if d.Canonical != "" {
			line += " -> " + d.Canonical
		}
		if len(d.Addresses) > 0 {
			line += " -> " + strings.Join(d.Addresses, ", ")
		}
		if d.Failed != "" {
			line += ": " + d.Failed
		}
		lines = append(lines, line)
	}
	if t := ev.TLS; t != nil {
		parts := []string{"asked for " + t.Asked}
		if len(t.Names) > 0 {
			parts = append(parts, "certificate for "+strings.Join(t.Names, ", "))
		}
		if t.Issuer != "" {
			parts = append(parts, "by "+t.Issuer)
		}
		if !t.Expires.IsZero() {
			parts = append(parts, "until "+t.Expires.UTC().Format(time.DateOnly))
		}
		if t.Version != "" {
			parts = append(parts, t.Version)
		}
		lines = append(lines, "TLS "+strings.Join(parts, "; "))
	}
	if ev.AnsweredBy != "" {
		var parts []string
		for _, name := range []string{"server", "via", "x-cache", "age", "content-type", "cache-control", "location"} {
			if v := ev.Header[name]; v != "" {
				parts = append(parts, name+": "+v)
			}
		}
		line := "answered by " + string(ev.AnsweredBy)
		if len(parts) > 0 {
			line += " (" + strings.Join(parts, "; ") + ")"
		}
		lines = append(lines, line)
	}
	return lines
}

// Delivery is what further delivery requests told after one that failed.
type Delivery struct {
	// WithoutPrefix is the status of the URL without the prefix; 0: not asked,
	// or no answer. Facts.ServedAt tells when it served the probe.
	WithoutPrefix int
	// Anew is what came with a query string that no cache has seen.
	Anew Anew
	// Direct is the status of S3's own answer to strangers; 0: not asked.
	Direct int
	// DirectServes tells that it was the probe.
	DirectServes bool
}

// Anew is what came for the same URL with a fresh query string.
type Anew string

// What may have come.
const (
	AnewUnknown Anew = ""
	AnewServes  Anew = "serves" // the probe: what came first was a cached answer
	AnewCached  Anew = "cached" // a cached answer: the query is no part of the cache key
	AnewSame    Anew = "same"   // the same failure, and not from a cache
	AnewOther   Anew = "other"  // another failure
)

// Answerer is who answered a delivery request.
type Answerer string

// Those who answer.
const (
	FromS3         Answerer = "s3"
	FromCloudFront Answerer = "cloudfront"
	// FromS3ByCDN is S3's answer handed on by CloudFront.
	FromS3ByCDN Answerer = "s3-by-cloudfront"
	FromOther   Answerer = "other"
)

// Answered tells from the headers and the body who answered.
func (ev Evidence) Answered() Answerer {
	cloudfront := strings.Contains(strings.ToLower(ev.Header["via"]), "cloudfront") ||
		ev.Header["x-amz-cf-id"] != "" || strings.Contains(strings.ToLower(ev.Header["x-cache"]), "cloudfront")
	s3 := strings.EqualFold(ev.Header["server"], "AmazonS3") || ev.RequestID != "" || ev.HostID != ""
	switch {
	case strings.EqualFold(ev.Header["server"], "CloudFront"):
		return FromCloudFront // its own errors may be XML, too
	case cloudfront && (s3 || ev.Code != ""):
		return FromS3ByCDN
	case cloudfront:
		return FromCloudFront
	case s3:
		return FromS3
	}
	return FromOther
}
