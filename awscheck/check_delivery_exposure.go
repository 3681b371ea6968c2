package awscheck

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
)

// direct is the address on S3 at which strangers would get key. S3's
// certificate covers no bucket with a dot in its name; those are asked for by
// the path.
func (x *test) direct(key string) string {
	if !strings.Contains(x.target.Bucket, ".") {
		return x.space.DirectURL(key)
	}
	_, host, _ := strings.Cut(x.space.DirectHost(), x.target.Bucket+".")
	return "https://" + host + "/" + x.target.Bucket + "/" + address.EscapePath(key)
}

// deliveryDirect asks S3 itself for the probe, which with a CDN in front it
// must refuse to strangers.
func deliveryDirect(ctx context.Context, x *test) outcome {
	if x.target.Domain == "" {
		return skip("no-domain", nil)
	}
	p := x.probe
	target := x.direct(p.key)
	if sameHost(target, x.target.Domain) {
		return skip("same-host", nil)
	}
	if !x.mayFetch(target) {
		return skip("custom-endpoint", nil)
	}
	a := x.fetch(ctx, target)
	args := diagnose.Args{"url": target, "status": statusText(a)}
	switch {
	case a.serves(p):
		return failed("open", args, []diagnose.Cause{
			diagnose.Because("direct-access-open", diagnose.Certain, x.known(), diagnose.Args{"url": target}),
		})
	case a.evidence.Answered() != diagnose.FromS3 && !x.source.CustomEndpoint():
		// Somebody between refuses this computer; others may be let through.
		return inconclusive("inconclusive", args)
	}
	switch a.status() {
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden:
		return pass("pass", args)
	}
	return inconclusive("inconclusive", args)
}

func sameHost(a, b string) bool {
	u, err1 := url.Parse(a)
	v, err2 := url.Parse(b)
	return err1 == nil && err2 == nil && strings.EqualFold(u.Host, v.Host)
}

// deliveryListing asks as a stranger for the names of the files, of S3 and of
// the domain.
func deliveryListing(ctx context.Context, x *test) outcome {
	query := "?list-type=2&max-keys=1&prefix=" + url.QueryEscape(x.space.Dir())
	var asks []ask
	for _, root := range []string{x.direct(""), strings.TrimSuffix(x.target.Domain, "/") + "/"} {
		if root != "/" && x.mayFetch(root) {
			asks = append(asks, ask{url: root + query})
		}
	}
	if asks == nil {
		return skip("custom-endpoint", nil)
	}
	unclear := 0
	for i, a := range x.fetchAll(ctx, asks...) {
		switch {
		case a.ok() && bytes.Contains(a.body, []byte("<ListBucketResult")):
			return failed("open", diagnose.Args{"url": asks[i].url}, []diagnose.Cause{
				diagnose.Because("listing-public", diagnose.Certain, x.known(), diagnose.Args{"url": asks[i].url}),
			})
		case a.err != nil && i == len(asks)-1 && len(asks) > 1:
			// Nothing is listed where nobody answers; delivery.url says why.
		case a.err != nil || a.status() >= 500 || a.status() == http.StatusTooManyRequests || a.status() == http.StatusProxyAuthRequired:
			unclear++
		}
	}
	if unclear > 0 {
		return inconclusive("inconclusive", nil)
	}
	return pass("pass", nil)
}
