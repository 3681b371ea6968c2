package purge

import (
	"strconv"
	"strings"
	"time"
)

// Lifetime is how long a shared cache may keep a copy as its Cache-Control
// says; 0: not at all, or it asks each time. known is false where the header
// does not tell, and the CDN's own settings decide.
func Lifetime(cacheControl string) (life time.Duration, known bool) {
	shared := false
	for part := range strings.SplitSeq(cacheControl, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		seconds, err := strconv.ParseInt(strings.Trim(strings.TrimSpace(value), `"`), 10, 32)
		switch name = strings.ToLower(strings.TrimSpace(name)); {
		case name == "no-store", name == "private", name == "no-cache":
			return 0, true
		case name == "s-maxage" && err == nil && seconds >= 0:
			life, known, shared = time.Duration(seconds)*time.Second, true, true
		case name == "max-age" && err == nil && seconds >= 0 && !shared:
			life, known = time.Duration(seconds)*time.Second, true
		}
	}
	return life, known
}
