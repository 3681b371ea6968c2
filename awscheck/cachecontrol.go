package awscheck

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// staleTooLong is how long a deleted file may stay in caches before the row
// warns.
const staleTooLong = 7 * 24 * time.Hour

// deliveryCache says what caches will do with media, from the headers that
// came with the probe.
func deliveryCache(_ context.Context, x *test) outcome {
	x.mu.Lock()
	a := x.fetched
	x.mu.Unlock()
	if a == nil {
		return skip("not-fetched", nil)
	}
	cdn := a.evidence.Answered() == diagnose.FromCloudFront || a.evidence.Answered() == diagnose.FromS3ByCDN
	directives := cacheDirectives(a.header)
	var notes []diagnose.Note
	switch {
	case directives["no-store"] != "" || directives["private"] != "" || directives["no-cache"] != "":
		notes = append(notes, note("cache-forbidden", diagnose.Args{"header": a.header.Get("Cache-Control")}))
	case len(directives) > 0:
		notes = append(notes, note("cache-set", diagnose.Args{"header": a.header.Get("Cache-Control")}))
	default:
		// The CMS sends no Cache-Control and its manual says "not cached";
		// browsers guess from Last-Modified all the same.
		notes = append(notes, note("cache-none", nil))
		if cdn {
			notes = append(notes, note("cache-cdn-default", nil))
		}
	}
	if strings.Contains(strings.ToLower(a.header.Get("X-Cache")), "hit") {
		notes = append(notes, note("cache-hit", diagnose.Args{"age": durationText(a.age())}))
	}
	return pass("pass", nil, notes...)
}

// cacheDirectives reads Cache-Control; a directive without a value has "1".
func cacheDirectives(h http.Header) map[string]string {
	found := map[string]string{}
	for _, part := range strings.Split(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, has := strings.Cut(strings.TrimSpace(part), "=")
		if name == "" {
			continue
		}
		if !has {
			value = "1"
		}
		found[strings.ToLower(name)] = strings.Trim(value, `"`)
	}
	return found
}

// age is how long ago a cache got the answer.
func (a *answer) age() time.Duration {
	s, err := strconv.ParseInt(a.header.Get("Age"), 10, 32)
	if err != nil || s < 0 {
		return 0
	}
	return time.Duration(s) * time.Second
}

// freshFor is how much longer a shared cache may keep the answer, as far as
// its headers tell. A CDN's own settings are not in them.
func (a *answer) freshFor() (time.Duration, bool) {
	directives := cacheDirectives(a.header)
	for _, name := range []string{"s-maxage", "max-age"} {
		if s, err := strconv.ParseInt(directives[name], 10, 40); err == nil {
			return time.Duration(s)*time.Second - a.age(), true
		}
	}
	expires, err := http.ParseTime(a.header.Get("Expires"))
	if err != nil {
		return 0, false
	}
	date, err := http.ParseTime(a.header.Get("Date"))
	if err != nil {
		return 0, false
	}
	return expires.Sub(date), true
}

// durationText is a duration in the form that both languages read: 90s, 24h.
func durationText(d time.Duration) string {
	switch d = d.Round(time.Second); {
	case d >= 48*time.Hour:
		return itoa(int(d.Hours()/24)) + "d"
	case d >= 2*time.Hour:
		return itoa(int(d.Hours())) + "h"
	case d >= 2*time.Minute:
		return itoa(int(d.Minutes())) + "min"
	}
	return itoa(int(d.Seconds())) + "s"
}

func itoa(n int) string { return strconv.Itoa(n) }
