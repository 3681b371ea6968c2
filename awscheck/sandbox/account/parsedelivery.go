package account

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

var (
	hostGrammar         = lazyregexp.New(`^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)
	distributionGrammar = lazyregexp.New(`^[A-Z0-9]{2,32}$`)
)

func (d *decoder) distribution(n ast.Node, path string) Distribution {
	dist := Distribution{CacheTTL: 24 * time.Hour, Enabled: true, Deployed: true, Signing: SignAlways}
	var caching time.Duration
	seen := d.object(n, path, map[string]field{
		"id":                    d.matching(&dist.ID, distributionGrammar, "distribution ID"),
		"aliases":               d.hosts(&dist.Aliases),
		"origin":                d.origin(&dist),
		"origin_access_control": d.boolean(&dist.OriginAccessControl),
		"signing":               d.oneOf(&dist.Signing, SignAlways, SignNever, SignNoOverride),
		"certificate":           d.hosts(&dist.Certificate),
		"cache_ttl":             d.duration(&dist.CacheTTL, 0, 10*year),
		"query_strings":         d.boolean(&dist.QueryStrings),
		"error_caching":         d.duration(&caching, 0, year),
		"error_response":        d.errorResponse(&dist.ErrorResponse),
		"invalidation_time":     d.duration(&dist.InvalidationTime, 0, year),
		"enabled":               d.boolean(&dist.Enabled),
		"deployed":              d.boolean(&dist.Deployed),
		"blocked":               d.boolean(&dist.Blocked),
	})
	d.require(n, path, seen, "id", "origin")
	if seen["error_caching"] {
		dist.ErrorCaching = &caching
	}
	if !seen["certificate"] {
		dist.Certificate = dist.Aliases // CloudFront takes no alias without a certificate for it
	}
	if seen["signing"] && !dist.OriginAccessControl {
		d.report(n, join(path, "signing"), "invalid", "signing is the origin access control's; it needs origin_access_control: true")
	}
	return dist
}

func (d *decoder) origin(to *Distribution) field {
	return func(n ast.Node, path string) {
		seen := d.object(n, path, map[string]field{
			"bucket": d.bucketName(&to.OriginBucket),
			"domain": d.matching(&to.OriginDomain, hostGrammar, "host name in lower case"),
			"path":   d.text(&to.OriginPath),
		})
		if !seen["bucket"] && !seen["domain"] {
			d.report(n, join(path, "bucket"), "missing", "is required, or domain")
		}
		if seen["bucket"] && seen["domain"] {
			d.report(n, join(path, "domain"), "invalid", "cannot stand beside bucket: it is the origin's whole name, such as %s.s3.amazonaws.com", to.OriginBucket)
		}
		if p := to.OriginPath; p != "" && (!strings.HasPrefix(p, "/") || strings.HasSuffix(p, "/")) {
			d.report(n, join(path, "path"), "invalid", "an origin path begins with / and does not end with it")
		}
	}
}

func (d *decoder) errorResponse(to **ErrorResponse) field {
	return func(n ast.Node, path string) {
		page := ErrorResponse{ContentType: "text/html"}
		var status int64
		var file, content string
		seen := d.object(n, path, map[string]field{
			"status":       d.integer(&status, 200, 599),
			"file":         d.text(&file),
			"content":      d.text(&content),
			"content_type": d.text(&page.ContentType),
		})
		page.Status, page.Content = int(status), []byte(content)
		if seen["file"] == seen["content"] {
			d.report(n, path, "invalid", "exactly one of file and content is required")
			return
		}
		if seen["file"] {
			data, err := d.readFile(file)
			if err != nil {
				d.report(n, join(path, "file"), "file", "%v", err)
			}
			page.Content = data
		}
		*to = &page
	}
}

func (d *decoder) site(n ast.Node, path string) Site {
	s := Site{Status: 200, ContentType: "text/html"}
	status := int64(s.Status)
	seen := d.object(n, path, map[string]field{
		"host":         d.matching(&s.Host, hostGrammar, "host name in lower case"),
		"status":       d.integer(&status, 200, 599),
		"headers":      d.textMap(&s.Headers),
		"content_type": d.text(&s.ContentType),
		"body":         d.text(&s.Body),
		"certificate":  d.hosts(&s.Certificate),
	})
	d.require(n, path, seen, "host")
	s.Status = int(status)
	return s
}

func (d *decoder) hosts(to *[]string) field {
	return func(n ast.Node, path string) {
		*to = []string{}
		d.list(n, path, func(n ast.Node, path string) {
			var s string
			d.matching(&s, hostGrammar, "host name in lower case, or *.host")(n, path)
			*to = append(*to, s)
		})
	}
}

// checkDelivery refuses what distributions and sites have twice, and origins
// that are not there.
func (d *decoder) checkDelivery(root ast.Node, a Account, once func(path string, i int, key, value, shown string)) {
	for i, dist := range a.Distributions {
		once("distributions", i, "id", dist.ID, dist.ID)
		if name := dist.OriginBucket; name != "" && !slices.ContainsFunc(a.Buckets, func(b Bucket) bool { return b.Name == name }) {
			d.report(d.at(root, "distributions", i), fmt.Sprintf("distributions[%d].origin.bucket", i), "invalid", "there is no bucket %q in this file", name)
		}
		for _, alias := range dist.Aliases {
			once("distributions", i, "aliases", alias, alias)
		}
	}
	for i, s := range a.Sites {
		once("sites", i, "host", s.Host, s.Host)
	}
}
