package access

import (
	"net"
	"net/http"
	"strconv"
	"time"
)

// RequestKeys are the global condition keys that every request has, whoever
// sent it and whatever it asks: aws:SourceIp, aws:SecureTransport,
// aws:CurrentTime, aws:EpochTime, aws:UserAgent and aws:Referer, in lower case
// as policy.Request wants them. The map is the caller's to add to.
func RequestKeys(r *http.Request, now time.Time) map[string][]string {
	now = now.UTC()
	keys := map[string][]string{
		"aws:currenttime":     {now.Format(time.RFC3339)},
		"aws:epochtime":       {strconv.FormatInt(now.Unix(), 10)},
		"aws:securetransport": {strconv.FormatBool(SecureTransport(r))},
	}
	if ip := SourceIP(r); ip != "" {
		keys["aws:sourceip"] = []string{ip}
	}
	if v := r.UserAgent(); v != "" {
		keys["aws:useragent"] = []string{v}
	}
	if v := r.Referer(); v != "" {
		keys["aws:referer"] = []string{v}
	}
	return keys
}

// SourceIP is the address that the request came from.
func SourceIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	return host
}

// SecureTransport is the value of aws:SecureTransport. The endpoint counts as
// secure, since it stands in for AWS's HTTPS endpoints and speaks plain HTTP on
// loopback only to spare clients a certificate. Plain HTTP that came through
// the proxy is what it is.
func SecureTransport(r *http.Request) bool {
	return r.TLS != nil || !PlainProxied(r.Context())
}
