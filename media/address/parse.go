package address

import (
	"net/url"
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// Forms of a Location.
const (
	FormVirtual = "virtual" // https://bucket.s3.region.amazonaws.com/key
	FormPath    = "path"    // https://s3.region.amazonaws.com/bucket/key
	FormWebsite = "website" // http://bucket.s3-website-region.amazonaws.com/key
)

// Location is what an address of S3 names. Region and Key are empty where the
// address does not tell.
type Location struct {
	Form      string
	Partition string // "aws" ...
	Bucket    string
	Region    string
	Global    bool   // Region is that of the endpoint without one: the bucket may be elsewhere
	Key       string // decoded
}

// ParseLocation reads the URL of a bucket or an object, or the host of one, in
// every style that S3 answers or once answered. ok is false for anything else,
// custom domains and addresses that name no bucket among them.
func ParseLocation(text string) (loc Location, ok bool) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return Location{}, false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	return parseHost(host, strings.TrimPrefix(u.Path, "/"))
}

// endpointForm is the part of a host name before the partition's suffix,
// without the bucket.
var endpointForm = lazyregexp.New(`^(?:(.+)\.)?(s3(?:-fips)?(?:\.dualstack)?|s3-accelerate(?:\.dualstack)?|s3-website|s3-external-1)(?:[.-]([a-z]{2,4}(?:-[a-z0-9]+)+-[0-9]+))?$`)

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
		loc.Region, loc.Global = "us-east-1", true
	case endpoint == "s3" && loc.Region == "" && loc.Partition == "aws":
		loc.Region, loc.Global = "us-east-1", true
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
