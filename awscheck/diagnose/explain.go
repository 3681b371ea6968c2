package diagnose

import (
	"net/url"
	"strings"
)

// Explain diagnoses an error that was read from a text. What the text itself
// names completes the facts, which may be empty; a file that does not exist
// is explained, too.
func Explain(ev Evidence, f Facts) []Cause {
	if f.Region == "" {
		f.Region = regionOfEndpoint(ev.Message + " " + ev.Host + " " + ev.Operation)
	}
	if host := hostAsked(ev.Operation); f.Domain == "" && host != "" && !strings.Contains(host, "amazonaws.com") {
		f.Domain = "https://" + host
	}
	if f.Bucket == "" {
		// A text does not tell where the prefix ends, and the whole bucket
		// is more than was asked for.
		f.Prefix = first(f.Prefix, "<PREFIX>")
	}
	if f.Key == "" {
		f.Key = ev.Elements["Key"]
	}
	causes := Diagnose(ev, f)
	if len(causes) == 0 && ev.keyMissing() {
		f = f.with(ev, Denial{})
		causes = append(causes, Because("object-not-found", Certain, f))
	}
	return causes
}

// hostAsked is the host of a delivery request.
func hostAsked(operation string) string {
	_, address, ok := strings.Cut(operation, " ")
	if !ok {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
