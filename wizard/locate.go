package wizard

import (
	"net/url"
	"strings"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// location is what a pasted ARN or URL tells about a bucket.
type location struct {
	bucket  string
	region  string // empty when it is not told
	key     string // prefix or object, as told
	global  bool   // the region is the old global endpoint's
	isARN   bool
	kind    string // detail of bucket.not_general_purpose; empty for a bucket
	service string // for an ARN of another service
}

var (
	s3Scheme   = lazyregexp.New(`(?i)^s3[an]?:/{0,3}`)
	webScheme  = lazyregexp.New(`(?i)^https?://`)
	amazonHost = lazyregexp.New(`(?i)^[^/\s]+\.(amazonaws\.com(\.cn)?|amazonaws\.eu|aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|amazonaws-eusc\.eu|aws\.eu|api\.aws|api\.amazonwebservices\.(com\.cn|eu))\.?([:/?#]|$)`)
	anyScheme  = lazyregexp.New(`^[A-Za-z][A-Za-z0-9+.-]*://`)
	arnStart   = lazyregexp.New(`(?i)^arn:`)
)

// locate reads an ARN or URL pasted where a name belongs; ok is false when it
// is neither. The bucket is empty when the text names none.
func locate(v string) (loc location, ok bool) {
	switch {
	case arnStart.MatchString(v):
		return locateARN(v), true
	case s3Scheme.MatchString(v):
		loc.bucket, loc.key, _ = strings.Cut(s3Scheme.ReplaceAllString(v, ""), "/")
		return loc, true
	case webScheme.MatchString(v):
		return locateURL(v), true
	case amazonHost.MatchString(v):
		return locateURL("https://" + v), true
	case anyScheme.MatchString(v):
		return loc, true
	}
	return loc, false
}

func locateARN(v string) location {
	loc := location{isARN: true}
	parts := strings.SplitN(v, ":", 6)
	if len(parts) < 6 {
		return loc
	}
	region, resource := parts[3], parts[5]
	loc.service = strings.ToLower(parts[2])
	switch loc.service {
	case "s3":
		switch {
		case strings.HasPrefix(resource, "accesspoint") && region == "" && parts[4] != "":
			loc.kind = "multi_region"
		case strings.HasPrefix(resource, "accesspoint") && region != "":
			loc.kind = "access_point"
		case region == "" && parts[4] == "":
			loc.service = ""
			loc.bucket, loc.key, _ = strings.Cut(resource, "/")
		}
	case "s3express":
		loc.kind = "directory"
	case "s3-object-lambda":
		loc.kind = "object_lambda"
	case "s3-outposts":
		loc.kind = "outposts"
	case "s3tables":
		loc.kind = "table"
	case "s3vectors":
		loc.kind = "vector"
	}
	return loc
}

func locateURL(v string) location {
	u, err := url.Parse(v)
	if err != nil {
		return location{}
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if left, _, ok := consoleHost(host); ok {
		return locateConsole(left, u)
	}
	if to := destination(u); to != "" && to != v {
		return locateURL(to)
	}
	if left, ok := awsHost(host); ok {
		return locateEndpoint(left, u)
	}
	return location{}
}

// awsHost takes the domain of AWS's own services off a host.
func awsHost(host string) (left string, ok bool) {
	for _, suffix := range []string{
		".amazonaws.com.cn", ".amazonaws.com", ".amazonaws.eu",
		".api.aws", ".api.amazonwebservices.com.cn", ".api.amazonwebservices.eu",
	} {
		if left, ok := strings.CutSuffix(host, suffix); ok {
			return left, true
		}
	}
	return "", false
}

// locateEndpoint reads the addresses that S3 answers to. left is the host
// without the partition's suffix: "bucket.s3.region", "s3.region" and their
// kin, old and new.
func locateEndpoint(left string, u *url.URL) location {
	if l, ok := address.ParseLocation(u.String()); ok {
		loc := location{bucket: l.Bucket, region: l.Region, key: l.Key, global: l.Global}
		if loc.key == "" {
			loc.key = u.Query().Get("prefix")
		}
		return loc
	}
	labels := strings.Split(left, ".")
	for i, l := range labels {
		for _, other := range otherEndpoints {
			if strings.HasPrefix(l, other.label) {
				return location{bucket: strings.Join(labels[:i], "."), kind: other.kind}
			}
		}
	}
	return location{}
}

// otherEndpoints are those of what is no general-purpose bucket, by how the
// label begins that names the service.
var otherEndpoints = []struct{ label, kind string }{
	{"s3express-", "directory"}, {"s3-accesspoint", "access_point"}, {"s3-object-lambda", "object_lambda"},
	{"s3-global", "multi_region"}, {"s3-outposts", "outposts"},
}

// consoleHost recognises AWS's consoles. left is what stands before
// "console.", partition what the console administers.
func consoleHost(host string) (left, partition string, ok bool) {
	for suffix, partition := range map[string]string{
		"console.aws.amazon.com":       "aws",
		"console.amazonaws.cn":         "aws-cn",
		"console.amazonaws-us-gov.com": "aws-us-gov",
		"console.amazonaws-eusc.eu":    "aws-eusc",
		"console.aws.eu":               "aws-eusc",
		"signin.aws.amazon.com":        "aws",
		"signin.amazonaws.cn":          "aws-cn",
		"signin.amazonaws-us-gov.com":  "aws-us-gov",
		"signin.amazonaws-eusc.eu":     "aws-eusc",
	} {
		if host == suffix {
			return "", partition, true
		}
		if left, ok := strings.CutSuffix(host, "."+suffix); ok {
			return left, partition, true
		}
	}
	return "", "", false
}

// locateConsole reads the addresses of S3's pages in the console.
func locateConsole(left string, u *url.URL) location {
	var loc location
	for _, l := range strings.Split(left, ".") {
		if _, ok := address.PartitionOf(l); ok {
			loc.region = l
		}
	}
	q := u.Query()
	if r := q.Get("region"); r != "" {
		loc.region = r
	}
	segments := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(segments) == 2 && segments[0] == "s3" { // an older console: /s3/home?bucket=
		loc.bucket, loc.key = q.Get("bucket"), q.Get("prefix")
	}
	if len(segments) < 3 || segments[0] != "s3" {
		return loc
	}
	switch segments[1] {
	case "buckets", "bucket", "object", "upload":
		loc.bucket = segments[2]
	case "directory-buckets":
		loc.kind = "directory"
	case "table-buckets":
		loc.kind = "table"
	case "vector-buckets":
		loc.kind = "vector"
	case "ap":
		loc.kind = "access_point"
	case "olap":
		loc.kind = "object_lambda"
	case "mrap":
		loc.kind = "multi_region"
	}
	loc.key = q.Get("prefix")
	if loc.key == "" && segments[1] == "buckets" && len(segments) > 3 {
		loc.key = strings.Join(segments[3:], "/") + "/"
	}
	return loc
}

var fileName = lazyregexp.New(`\.[A-Za-z0-9]{1,5}$`)

// prefixOf guesses the directory that a key lies in: all of a folder or
// pattern, and what precedes the name of a file.
func prefixOf(key string) string {
	key = strings.TrimSuffix(key, "*")
	if !strings.HasSuffix(key, "/") && fileName.MatchString(key) {
		key = key[:strings.LastIndex(key, "/")+1]
	}
	return strings.Trim(key, "/")
}

// destination is the console's page that a link of the AWS access portal leads
// to; empty for other links.
func destination(u *url.URL) string {
	if !strings.HasSuffix(u.Hostname(), ".awsapps.com") && !strings.HasSuffix(u.Hostname(), ".app.aws") {
		return ""
	}
	_, query, _ := strings.Cut(u.Fragment, "?")
	inFragment, _ := url.ParseQuery(query)
	for _, values := range []url.Values{u.Query(), inFragment} {
		if to := values.Get("destination"); webScheme.MatchString(to) {
			return to
		}
	}
	return ""
}
