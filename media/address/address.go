// Package address turns buckets, prefixes, environments and file names into
// keys, URLs and ARNs, and back. It is pure: no network, no disk, no clock.
//
// The package is a leaf: it imports nothing else of this project.
package address

import "strings"

// ProbeDir is the directory, directly under a space's own, in which the
// connection test writes its probes. Nothing in it is media.
const ProbeDir = ".mediadock"

// Space is the place where a connection's media live.
type Space struct {
	Bucket string
	Region string
	Prefix string // without leading and trailing slash; may be empty (D6)
	// Environment is an environment's id ("env-" and 16 characters), or
	// empty for production (M73).
	Environment string
	Domain      string // "https://host", or empty for the default S3 URL (D5)
	// Cloud is Cloudinary's cloud name, where it delivers the media and there
	// is no Domain.
	Cloud string
	// Rooted tells that the domain's root is the prefix's directory, as
	// imgix's is (I8), not the bucket's.
	Rooted bool
}

// Dir is the directory of the space's objects: "media/",
// "media/env-xxxxxxxxxxxxxxxx/", or "" when the media lie at the bucket's
// root (D6). It never starts with a slash and, unless empty, ends in one, so
// that no directory is a string prefix of another's by accident.
func (s Space) Dir() string {
	dir := strings.Trim(s.Prefix, "/")
	if dir != "" {
		dir += "/"
	}
	if s.Environment != "" {
		dir += s.Environment + "/"
	}
	return dir
}

// Key is the object key of a path relative to the space.
func (s Space) Key(path string) string { return s.Dir() + path }

// Path is the path of a key relative to the space; ok is false when the key
// lies outside of the space's directory.
func (s Space) Path(key string) (path string, ok bool) {
	return strings.CutPrefix(key, s.Dir())
}

// URL is the address from which people fetch the object: on the custom domain
// when there is one (M28), else at Cloudinary by the upload mapping (C21), else
// on S3 itself (M18). Each segment of the key is
// percent-encoded.
func (s Space) URL(key string) string {
	switch {
	case s.Domain == "" && s.Cloud != "":
		return s.cloudinaryURL(key)
	case s.Domain == "":
		return s.DirectURL(key)
	}
	domain := strings.TrimRight(s.Domain, "/")
	if !strings.Contains(domain, "://") {
		domain = "https://" + domain
	}
	if s.Rooted {
		key = strings.TrimPrefix(key, Space{Prefix: s.Prefix}.Dir())
	}
	return domain + "/" + EscapePath(key)
}

// DirectURL is the object's address on S3, whatever domain delivers it.
func (s Space) DirectURL(key string) string {
	return "https://" + s.DirectHost() + "/" + EscapePath(key)
}

// DirectHost is the bucket's own host name: bucket.s3.region.suffix, with the
// suffix of the region's partition.
func (s Space) DirectHost() string {
	suffix := "amazonaws.com"
	if p, ok := PartitionOf(s.Region); ok {
		suffix = p.DNSSuffix
	}
	return s.Bucket + ".s3." + s.Region + "." + suffix
}

// InvalidationPath is what a CloudFront invalidation names to purge the
// object together with its variants by query string (M67).
func (s Space) InvalidationPath(key string) string {
	return "/" + EscapePath(key) + "*"
}

// Hidden tells that an object is no media of this space: it lies outside the
// space's directory, is a probe, is a folder marker as consoles write them
// (empty, ending in a slash), or lies in the directory of an environment while
// the space is production's.
func (s Space) Hidden(key string, size int64) bool {
	path, ok := s.Path(key)
	if !ok || path == "" {
		return true
	}
	if size == 0 && strings.HasSuffix(path, "/") {
		return true
	}
	return s.HiddenPath(path)
}

// HiddenPath tells that a path, or everything in a folder, is kept out of
// sight because of its first directory: the probes' or an environment's.
func (s Space) HiddenPath(path string) bool {
	first, _, nested := strings.Cut(path, "/")
	if !nested {
		return false
	}
	return first == ProbeDir || s.Environment == "" && IsEnvironmentID(first)
}

// BucketARN is the ARN of a bucket.
func BucketARN(partition, bucket string) string {
	return "arn:" + partition + ":s3:::" + bucket
}

// ObjectsARN is the pattern of all objects under a prefix. An empty prefix
// gives bucket/*, never bucket//* (D6).
func ObjectsARN(partition, bucket, prefix string) string {
	if prefix = strings.Trim(prefix, "/"); prefix != "" {
		prefix += "/"
	}
	return BucketARN(partition, bucket) + "/" + prefix + "*"
}

// ObjectARN is the ARN of one object.
func ObjectARN(partition, bucket, key string) string {
	return BucketARN(partition, bucket) + "/" + key
}
