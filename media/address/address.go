// Package address turns buckets, prefixes, environments and file names into
// keys, URLs and ARNs, and back. It is pure: no network, no disk, no clock.
//
// The package is a leaf: it imports nothing else of this project.
package address

// Space is the place where a connection's media live.
type Space struct {
	Bucket string
	Region string
	Prefix string // without leading and trailing slash; may be empty (D6)
	// Environment is an environment's id ("env-" and 16 characters), or
	// empty for production (M73).
	Environment string
	Domain      string // "https://host", or empty for the default S3 URL (D5)
}
