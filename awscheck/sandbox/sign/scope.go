package sign

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// scope is a credential scope: accessKeyID/date/region/service/aws4_request.
type scope struct {
	accessKeyID, date, region, service string
}

func (s scope) String() string {
	return s.date + "/" + s.region + "/" + s.service + "/aws4_request"
}

// signature is a request's claim to be signed.
type signature struct {
	scope
	presigned     bool
	signedHeaders []string
	value         string // hex
	token         string
	time          time.Time
	expires       time.Duration // presigned only
}

// Service returns the service of the request's credential scope, without
// verifying anything. ok is false for unsigned requests.
func Service(r *http.Request) (service string, ok bool) {
	s, ok := claimedScope(r)
	return s.service, ok
}

// Region returns the region of the request's credential scope, without
// verifying anything; empty for unsigned requests.
func Region(r *http.Request) string {
	s, _ := claimedScope(r)
	return s.region
}

func claimedScope(r *http.Request) (scope, bool) {
	credential := ""
	if a := r.Header.Get("Authorization"); a != "" {
		_, after, _ := strings.Cut(a, "Credential=")
		credential, _, _ = strings.Cut(after, ",")
	} else if strings.Contains(r.URL.RawQuery, "X-Amz-Credential=") {
		credential = parseQuery(r.URL.RawQuery).get("X-Amz-Credential")
	}
	return parseScope(strings.TrimSpace(credential))
}

// parseScope splits from the right: an access key ID may hold slashes.
func parseScope(credential string) (scope, bool) {
	p := strings.Split(credential, "/")
	n := len(p)
	if n < 5 || p[n-1] != "aws4_request" {
		return scope{}, false
	}
	s := scope{strings.Join(p[:n-4], "/"), p[n-4], p[n-3], p[n-2]}
	if _, err := time.Parse(dateFormat, s.date); err != nil || s.accessKeyID == "" {
		return scope{}, false
	}
	return s, true
}

// read finds the signature of r. It returns nil, nil for unsigned requests.
func read(r *http.Request, w words) (*signature, *awserr.Error) {
	header := r.Header.Get("Authorization")
	raw := r.URL.RawQuery
	query := strings.Contains(raw, "X-Amz-Algorithm=") || strings.Contains(raw, "X-Amz-Signature=") || strings.Contains(raw, "X-Amz-Credential=")
	switch {
	case header != "" && query:
		return nil, awserr.New(http.StatusBadRequest, "InvalidArgument",
			"Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified")
	case header != "":
		return readHeader(r, header, w)
	case query:
		return readQuery(parseQuery(raw), w)
	case strings.Contains(raw, "AWSAccessKeyId=") && strings.Contains(raw, "Signature="):
		return nil, w.mechanism()
	}
	return nil, nil
}

func readHeader(r *http.Request, header string, w words) (*signature, *awserr.Error) {
	algorithm, rest, _ := strings.Cut(strings.TrimSpace(header), " ")
	if algorithm != Algorithm {
		return nil, w.mechanism()
	}
	part := map[string]string{}
	for p := range strings.SplitSeq(rest, ",") {
		k, v, _ := strings.Cut(strings.TrimSpace(p), "=")
		part[k] = v
	}
	if part["Credential"] == "" || part["SignedHeaders"] == "" || part["Signature"] == "" {
		return nil, w.incomplete(part)
	}
	sc, ok := parseScope(part["Credential"])
	if !ok {
		return nil, w.credential(part["Credential"], false)
	}
	at, ok := requestTime(r)
	if !ok {
		return nil, w.date()
	}
	return &signature{
		scope: sc, value: part["Signature"], time: at,
		signedHeaders: strings.Split(part["SignedHeaders"], ";"),
		token:         r.Header.Get("X-Amz-Security-Token"),
	}, nil
}

func requestTime(r *http.Request) (time.Time, bool) {
	if d := r.Header.Get("X-Amz-Date"); d != "" {
		t, err := time.Parse(dateTimeFormat, d)
		return t, err == nil
	}
	t, err := http.ParseTime(r.Header.Get("Date"))
	return t.UTC(), err == nil
}

// maxExpires is the longest life of a presigned URL: a week.
const maxExpires = 604800

func readQuery(q query, w words) (*signature, *awserr.Error) {
	for _, name := range []string{"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders"} {
		if q.get(name) == "" {
			return nil, w.queryIncomplete()
		}
	}
	if q.get("X-Amz-Algorithm") != Algorithm {
		return nil, w.queryParameter(`X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"`)
	}
	sc, ok := parseScope(q.get("X-Amz-Credential"))
	if !ok {
		return nil, w.credential(q.get("X-Amz-Credential"), true)
	}
	at, err := time.Parse(dateTimeFormat, q.get("X-Amz-Date"))
	if err != nil {
		return nil, w.queryParameter("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
	}
	expires, problem := readExpires(q.get("X-Amz-Expires"), w)
	if problem != nil {
		return nil, problem
	}
	return &signature{
		scope: sc, presigned: true, value: q.get("X-Amz-Signature"), time: at, expires: expires,
		signedHeaders: strings.Split(q.get("X-Amz-SignedHeaders"), ";"),
		token:         q.get("X-Amz-Security-Token"),
	}, nil
}

func readExpires(value string, w words) (time.Duration, *awserr.Error) {
	if value == "" {
		if w.service == "s3" {
			return 0, w.queryIncomplete()
		}
		return MaxSkew, nil // the query services take presigned requests without
	}
	n, err := strconv.ParseInt(value, 10, 64)
	switch {
	case err != nil:
		return 0, w.queryParameter("X-Amz-Expires should be a number")
	case n < 0:
		return 0, w.queryParameter("X-Amz-Expires must be non-negative")
	case n > maxExpires:
		return 0, w.queryParameter("X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds")
	}
	return time.Duration(n) * time.Second, nil
}

// query is a URL's query in the order sent. url.ParseQuery would refuse
// semicolons and lose the order.
type query []struct{ key, value string }

func parseQuery(raw string) query {
	var q query
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		k, v, _ := strings.Cut(pair, "=")
		q = append(q, struct{ key, value string }{unescape(k), unescape(v)})
	}
	return q
}

func unescape(s string) string {
	if u, err := url.QueryUnescape(s); err == nil {
		return u
	}
	return s
}

func (q query) get(key string) string {
	for _, p := range q {
		if p.key == key {
			return p.value
		}
	}
	return ""
}
