package wizard

import (
	"strings"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

const (
	minBucket = 3
	maxBucket = 63
)

var (
	ipLike = lazyregexp.New(`^\d{1,3}(\.\d{1,3}){3}$`)
	// regionalName is the name of a bucket in an account's regional
	// namespace, which tells owner and Region.
	regionalName = lazyregexp.New(`^.+-(\d{12})-([a-z]{2,4}(?:-[a-z0-9]+)+-\d+)-an$`)
)

// reservedPrefixes and otherKinds follow "General purpose bucket naming
// rules" of the S3 User Guide.
var reservedPrefixes = []string{"xn--", "sthree-", "amzn-s3-demo-"}

var otherKinds = []struct{ suffix, detail string }{
	{"-s3alias", "access_point_alias"},
	{"--ol-s3", "object_lambda"},
	{".mrap", "multi_region"},
	{"--x-s3", "directory"},
	{"--xa-s3", "access_point_alias"},
	{"--table-s3", "table"},
}

func checkBucket(v string, s Settings) (string, []Notice, *FieldError) {
	if loc, ok := locate(v); ok {
		return v, nil, pastedBucket(loc, s)
	}
	if e := bucketCharacters(v, s); e != nil {
		return v, nil, e
	}
	if e := bucketShape(v); e != nil {
		return v, nil, e
	}
	return v, bucketNotices(v, s), nil
}

// pastedBucket explains an ARN or URL and takes the bucket out of it, and
// whatever else it tells.
func pastedBucket(loc location, s Settings) *FieldError {
	var e *FieldError
	switch {
	case loc.kind != "":
		return problem("bucket.not_general_purpose").detail(loc.kind)
	case loc.isARN && loc.service != "":
		return problem("bucket.pasted_arn").detail("other").args("service", loc.service)
	case loc.isARN:
		e = problem("bucket.pasted_arn")
	case loc.bucket == "":
		return problem("bucket.pasted_url").detail("no_bucket")
	default:
		e = problem("bucket.pasted_url")
	}
	e.suggest(loc.bucket)
	if !loc.global || s.Region == "" {
		e.also("region", loc.region)
	}
	if _, region, ok := BucketOwner(loc.bucket); ok {
		e.also("region", region)
	}
	if s.Prefix == "" {
		e.also("prefix", prefixOf(loc.key))
	}
	return e
}

func bucketCharacters(v string, s Settings) *FieldError {
	if e := charset("bucket", v, isPlain); e != nil {
		return e
	}
	if name, key, found := strings.Cut(v, "/"); found {
		e := problem("bucket.charset").detail("slash").suggest(name)
		if s.Prefix == "" {
			e.also("prefix", prefixOf(key))
		}
		return e
	}
	allowed := func(r rune) bool { return isLetter(r) || isDigit(r) || r == '.' || r == '-' }
	if e := charset("bucket", v, allowed); e != nil {
		return e
	}
	if lower := strings.ToLower(v); lower != v {
		return problem("bucket.uppercase").suggest(lower)
	}
	return nil
}

func bucketShape(v string) *FieldError {
	edge := func(c byte) bool { return c == '.' || c == '-' }
	switch {
	case len(v) < minBucket:
		return problem("bucket.too_short").args("length", number(len(v)))
	case len(v) > maxBucket:
		return problem("bucket.too_long").args("length", number(len(v)))
	case ipLike.MatchString(v):
		return problem("bucket.ip_like")
	case strings.Contains(v, ".."):
		return problem("bucket.dots")
	case edge(v[0]) || edge(v[len(v)-1]):
		return problem("bucket.edge")
	}
	for _, p := range reservedPrefixes {
		if strings.HasPrefix(v, p) {
			return problem("bucket.reserved").args("part", p)
		}
	}
	for _, k := range otherKinds {
		if strings.HasSuffix(v, k.suffix) {
			return problem("bucket.not_general_purpose").detail(k.detail)
		}
	}
	if _, _, ok := BucketOwner(v); !ok && strings.HasSuffix(v, "-an") {
		return problem("bucket.reserved").detail("an")
	}
	return nil
}

func bucketNotices(v string, s Settings) []Notice {
	var notices []Notice
	if strings.Contains(v, ".") && s.Domain == "" {
		notices = append(notices, notice("bucket", "bucket.dotted"))
	}
	if strings.Contains(v, ".-") || strings.Contains(v, "-.") {
		notices = append(notices, notice("bucket", "bucket.dns_label"))
	}
	if account, region, ok := BucketOwner(v); ok {
		notices = append(notices, notice("bucket", "bucket.names_owner", "account", account, "region", region))
	}
	return notices
}

// BucketOwner reads account and Region from the name of a bucket in an
// account's regional namespace ("name-111122223333-us-west-2-an"); ok is false
// for every other bucket, whose name tells neither.
func BucketOwner(bucket string) (account, region string, ok bool) {
	m := regionalName.FindStringSubmatch(bucket)
	if m == nil {
		return "", "", false
	}
	// A part of the name may itself look like the start of a Region; the
	// pattern takes the last account number, so the rest must be a Region.
	if _, ok := address.PartitionOf(m[2]); !ok {
		return "", "", false
	}
	return m[1], m[2], true
}
