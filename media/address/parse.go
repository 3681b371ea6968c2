package address

import (
	"net/url"
	"regexp"
	"strings"
)

// Forms of a Location.
const (
	FormS3URI   = "s3-uri"  // s3://bucket/key
	FormARN     = "arn"     // arn:aws:s3:::bucket/key
	FormVirtual = "virtual" // https://bucket.s3.region.amazonaws.com/key
	FormPath    = "path"    // https://s3.region.amazonaws.com/bucket/key
	FormWebsite = "website" // http://bucket.s3-website-region.amazonaws.com/key
	FormConsole = "console" // https://s3.console.aws.amazon.com/s3/buckets/bucket
	FormAccess  = "access"  // an access point's ARN: not a bucket
)

// Location is what a pasted address of S3 names. Region and Key are empty
// where the address does not tell.
type Location struct {
	Form      string
	Partition string // "aws" ..., empty where the address does not tell
	Bucket    string
	Region    string
	Key       string // decoded
}

// ParseLocation recognises the addresses of buckets and objects that people
// paste: URLs of every style that S3 answers or once answered, s3:// URIs,
// ARNs, addresses of the console. ok is false for anything else, custom
// domains among them.
func ParseLocation(text string) (loc Location, ok bool) {
	text = strings.TrimSpace(text)
	if rest, found := cutPrefixFold(text, "s3://"); found {
		bucket, key, _ := strings.Cut(rest, "/")
		return Location{Form: FormS3URI, Bucket: bucket, Key: key}, bucket != ""
	}
	if rest, found := cutPrefixFold(text, "arn:"); found {
		return parseARN(rest)
	}
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return Location{}, false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if loc, ok := parseConsole(host, u); ok {
		return loc, true
	}
	return parseHost(host, strings.TrimPrefix(u.Path, "/"))
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// parseARN reads what follows "arn:": partition:s3:region:account:resource.
func parseARN(rest string) (Location, bool) {
	f := strings.SplitN(rest, ":", 5)
	if len(f) != 5 || f[4] == "" {
		return Location{}, false
	}
	switch f[1] {
	case "s3":
	case "s3-object-lambda", "s3-outposts", "s3express", "s3tables":
		return Location{Form: FormAccess, Partition: f[0], Region: f[2]}, true
	default:
		return Location{}, false
	}
	if f[2] != "" || f[3] != "" {
		return Location{Form: FormAccess, Partition: f[0], Region: f[2]}, true
	}
	bucket, key, _ := strings.Cut(f[4], "/")
	return Location{Form: FormARN, Partition: f[0], Bucket: bucket, Key: key}, bucket != ""
}

var (
	consoleHost = regexp.MustCompile(`^(?:(?:s3\.)?([a-z0-9-]+)\.)?console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|amazonaws-eusc\.eu|aws\.eu)$`)
	consolePath = regexp.MustCompile(`^/s3/(?:buckets|object)/([^/?]+)`)
)

// parseConsole reads the addresses of the console's pages of a bucket or an
// object.
func parseConsole(host string, u *url.URL) (Location, bool) {
	h := consoleHost.FindStringSubmatch(host)
	if h == nil {
		return Location{}, false
	}
	p := consolePath.FindStringSubmatch(u.Path)
	if p == nil {
		return Location{}, false
	}
	q := u.Query()
	loc := Location{Form: FormConsole, Bucket: p[1], Region: q.Get("region"), Key: q.Get("prefix")}
	if loc.Region == "" {
		if _, known := PartitionOf(h[1]); known {
			loc.Region = h[1]
		}
	}
	if part, ok := PartitionOf(loc.Region); ok {
		loc.Partition = part.ID
	}
	return loc, true
}

// endpointForm is the part of a host name before the partition's suffix,
// without the bucket.
var endpointForm = regexp.MustCompile(`^(?:(.+)\.)?(s3(?:-fips)?(?:\.dualstack)?|s3-accelerate(?:\.dualstack)?|s3-website|s3-external-1)(?:[.-]([a-z]{2,4}(?:-[a-z0-9]+)+-[0-9]+))?$`)

// parseHost reads the host names of S3: virtual-host and path style, dual
// stack, accelerate, FIPS, website, and the forms of old with a hyphen or
// without a region.
func parseHost(host, path string) (Location, bool) {
	for _, p := range partitions {
		for _, suffix := range []string{p.DNSSuffix, p.DualStackSuffix} {
			rest, found := strings.CutSuffix(host, "."+suffix)
			if !found {
				continue
			}
			m := endpointForm.FindStringSubmatch(rest)
			if m == nil {
				continue
			}
			loc := Location{Partition: p.ID, Bucket: m[1], Region: m[3], Key: path, Form: FormVirtual}
			if loc.Region != "" {
				real, ok := PartitionOf(loc.Region)
				if !ok || real.DNSSuffix != suffix && real.DualStackSuffix != suffix {
					continue
				}
				loc.Partition = real.ID
			}
			return finish(loc, m[2])
		}
	}
	return Location{}, false
}

// finish settles form, region and bucket by the kind of endpoint.
func finish(loc Location, endpoint string) (Location, bool) {
	switch {
	case endpoint == "s3-website":
		loc.Form = FormWebsite
	case endpoint == "s3-external-1":
		loc.Region = "us-east-1"
	case endpoint == "s3" && loc.Region == "" && loc.Partition == "aws":
		loc.Region = "us-east-1" // the global name; the bucket may be elsewhere
	}
	if loc.Bucket == "" {
		if strings.HasPrefix(endpoint, "s3-accelerate") || endpoint == "s3-website" {
			return Location{}, false
		}
		loc.Form = FormPath
		loc.Bucket, loc.Key, _ = strings.Cut(loc.Key, "/")
	}
	return loc, loc.Bucket != ""
}
