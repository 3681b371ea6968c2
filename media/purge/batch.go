package purge

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Limits of CloudFront, of what is in progress in one distribution at once.
const (
	MaxPaths     = 3000 // without a wildcard; also the most in one request
	MaxWildcards = 15
)

// FreePaths is how many paths an AWS account invalidates each month without
// being charged. A path with a wildcard is one path.
const FreePaths = 1000

// PathPrice is about what a path beyond the free ones costs, in US dollars.
// It is AWS's to change: the pricing page of CloudFront says.
const PathPrice = 0.005

// Cost is about the most that n paths cost, in US dollars: where the account
// has had its free ones this month.
func Cost(n int) float64 { return float64(n) * PathPrice }

// Wildcards counts the paths that end in a wildcard.
func Wildcards(paths []string) int {
	n := 0
	for _, p := range paths {
		if strings.HasSuffix(p, "*") {
			n++
		}
	}
	return n
}

// Batches cuts paths into what CloudFront takes in one request. Each must have
// completed before the next one with wildcards is taken. Those without a
// wildcard come first: both are limited by themselves, and they need not wait.
func Batches(paths []string) [][]string {
	var batches [][]string
	var batch []string
	wild := 0
	star := func(p string) bool { return strings.HasSuffix(p, "*") }
	ordered := append(slices.DeleteFunc(slices.Clone(paths), star), slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return !star(p) })...)
	for _, p := range ordered {
		star := star(p)
		if len(batch) == MaxPaths || star && wild == MaxWildcards {
			batches, batch, wild = append(batches, batch), nil, 0
		}
		if batch = append(batch, p); star {
			wild++
		}
	}
	if len(batch) > 0 {
		batches = append(batches, batch)
	}
	return batches
}

// Reference is the CallerReference of a batch. The same job asks for the same
// paths under the same reference, however often: CloudFront answers with the
// invalidation that it has already.
func Reference(distribution string, paths []string, job string) string {
	sorted := slices.Sorted(slices.Values(paths))
	h := sha256.New()
	for _, s := range append([]string{distribution, job}, sorted...) {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	return "mediadock-" + hex.EncodeToString(h.Sum(nil)[:20])
}

// mostNamed is how many paths one command line names.
const mostNamed = 100

// Commands are the arguments of the AWS CLI that invalidate paths, one line
// for each request. partition is the distribution's ("aws-cn").
func Commands(partition, distribution string, paths []string) [][]string {
	var out [][]string
	for _, batch := range Batches(paths) {
		for part := range slices.Chunk(batch, mostNamed) {
			args := []string{"aws", "cloudfront", "create-invalidation", "--distribution-id", distribution}
			if partition == "aws-cn" {
				args = append(args, "--region", "cn-northwest-1")
			}
			out = append(out, append(append(args, "--paths"), part...))
		}
	}
	return out
}
