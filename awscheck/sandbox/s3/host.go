package s3

import (
	"net"
	"strings"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// Endpoint is what the host name of a request says about S3.
type Endpoint struct {
	Bucket string // of a virtual-hosted address; empty when the path names it
	Region string // empty: any (a custom endpoint, or the global s3.amazonaws.com)
}

var hostPattern = lazyregexp.New(`^(?:(.+)\.)?(s3(?:-fips|-accelerate)?(?:\.dualstack)?)(?:[.-]([a-z]{2,4}(?:-[a-z]+)+-\d+))?\.([a-z.-]+)$`)

// ParseHost reads a host name of Amazon S3, such as
// bucket.s3.ap-northeast-1.amazonaws.com, s3.us-west-2.amazonaws.com or the
// legacy bucket.s3-us-west-2.amazonaws.com. ok is false for every other host.
func ParseHost(host string) (e Endpoint, ok bool) {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	m := hostPattern.FindStringSubmatch(strings.ToLower(strings.TrimSuffix(host, ".")))
	if m == nil {
		return Endpoint{}, false
	}
	bucket, service, region, suffix := m[1], m[2], m[3], m[4]
	of := region
	if of == "" {
		of = "us-east-1"
		if strings.HasSuffix(suffix, ".cn") {
			return Endpoint{}, false // no global endpoint there
		}
	}
	p, known := address.PartitionOf(of)
	if !known {
		return Endpoint{}, false
	}
	if suffix != p.DNSSuffix && !(strings.HasSuffix(service, ".dualstack") && suffix == p.DualStackSuffix) {
		return Endpoint{}, false
	}
	return Endpoint{Bucket: bucket, Region: region}, true
}

// CertificateNames are the names on the certificate that S3 shows to a client
// that asks for host. They cover one label before the endpoint, so that a
// bucket with a dot in its name does not match, as with AWS.
func CertificateNames(host string) []string {
	e, ok := ParseHost(host)
	if !ok {
		return nil
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	endpoint := strings.TrimPrefix(host, e.Bucket+".")
	return []string{"*." + endpoint, endpoint}
}
