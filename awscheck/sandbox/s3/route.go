package s3

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// Target is what a request is about.
type Target struct {
	Bucket string // empty: the service itself
	Key    string // empty: the bucket itself
	Region string // the Region whose host name was addressed; empty: any
}

// ParseTarget reads bucket and key from a request's host and path. The path
// is decoded as S3 does it: a plus sign means a space.
func ParseTarget(r *http.Request) (Target, error) {
	raw := r.URL.EscapedPath()
	path, err := url.PathUnescape(strings.ReplaceAll(raw, "+", " "))
	if err != nil || !utf8.ValidString(path) {
		return Target{}, awserr.New(400, "InvalidURI", "Couldn't parse the specified URI.")
	}
	path = strings.TrimPrefix(path, "/")
	endpoint, _ := ParseHost(r.Host)
	t := Target{Bucket: endpoint.Bucket, Region: endpoint.Region}
	if t.Bucket != "" {
		t.Key = path
		return t, nil
	}
	t.Bucket, t.Key, _ = strings.Cut(path, "/")
	return t, nil
}

// Operation is the name of the API operation that a request asks for, such as
// "PutObject", or empty when S3 knows none.
func Operation(r *http.Request) string {
	t, err := ParseTarget(r)
	if err != nil {
		return ""
	}
	if route := findRoute(r, t); route != nil {
		return route.name
	}
	return ""
}

// route leads to one operation. The first that fits wins.
type route struct {
	method string
	query  string // parameter that must be there; empty: none needed
	header string // header that must be there; empty: none needed
	name   string
	handle func(*call) error // nil: not implemented
}

func (rt route) fits(r *http.Request, q url.Values) bool {
	return rt.method == r.Method &&
		(rt.query == "" || q.Has(rt.query)) &&
		(rt.header == "" || r.Header.Get(rt.header) != "")
}

func findRoute(r *http.Request, t Target) *route {
	table := objectRoutes
	switch {
	case t.Bucket == "":
		table = serviceRoutes
	case t.Key == "":
		table = bucketRoutes
	}
	q := r.URL.Query()
	for i := range table {
		if table[i].fits(r, q) {
			return &table[i]
		}
	}
	return nil
}
