package account

import (
	"fmt"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// ImgixSource is an Amazon S3 source at imgix.
type ImgixSource struct {
	Name    string   // the subdomain: NAME.imgix.net
	Domains []string // custom ones
	Bucket  string
	Prefix  string
	// Caller is the name of the caller whose access key imgix holds.
	Caller string
	// Deployed is false while the source is queued for deployment.
	Deployed bool
	Secure   bool // demands signed URLs
}

var subdomainGrammar = lazyregexp.New(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

func (d *decoder) imgixSource(n ast.Node, path string) ImgixSource {
	s := ImgixSource{Deployed: true}
	seen := d.object(n, path, map[string]field{
		"name":     d.matching(&s.Name, subdomainGrammar, "subdomain in lower case"),
		"domains":  d.hosts(&s.Domains),
		"bucket":   d.bucketName(&s.Bucket),
		"prefix":   d.text(&s.Prefix),
		"caller":   d.text(&s.Caller),
		"deployed": d.boolean(&s.Deployed),
		"secure":   d.boolean(&s.Secure),
	})
	d.require(n, path, seen, "name", "bucket", "caller")
	return s
}

// checkImgixSources refuses names that are there twice, and keys that nobody
// has.
func (d *decoder) checkImgixSources(root ast.Node, a Account, once func(path string, i int, key, value, shown string)) {
	for i, s := range a.ImgixSources {
		once("imgix_sources", i, "name", s.Name, s.Name)
		if !slices.ContainsFunc(a.Callers, func(c Caller) bool { return c.Name == s.Caller }) {
			d.report(d.at(root, "imgix_sources", i), fmt.Sprintf("imgix_sources[%d].caller", i), "invalid", "there is no caller %q in this file", s.Caller)
		}
	}
}
