package awscheck

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
)

// anotherSite is a web page that embeds media.
const anotherSite = "https://www.example.com"

// deliveryURL fetches the probe from the URL that people will use: whole, and
// at the same time its first byte, as a player does from a page of another
// site.
func deliveryURL(ctx context.Context, x *test) outcome {
	p := x.probe
	target := x.space.URL(p.key)
	if !x.mayFetch(target) {
		return skip("custom-endpoint", nil)
	}
	var a, first *answer
	waited, _ := x.insist(ctx, func() bool {
		got := x.fetchAll(ctx, ask{url: target}, ask{url: target, byteOf: true, origin: anotherSite, once: true})
		a, first = got[0], got[1]
		return a.serves(p)
	})
	if !a.serves(p) {
		return failed(notServed(a), x.shown(a), x.whyNotServed(ctx, p, a))
	}
	x.mu.Lock()
	x.fetched = a
	x.mu.Unlock()
	return x.served(p, a, first, waited)
}

// shown are the arguments of what is said about an answer.
func (x *test) shown(a *answer) diagnose.Args {
	return diagnose.Args{"url": a.url, "status": statusText(a), "location": a.evidence.Header["location"], "kind": a.evidence.Header["content-type"]}
}

// notServed says who answered instead of serving the probe.
func notServed(a *answer) string {
	switch status, by := a.status(), a.evidence.Answered(); {
	case a.err != nil:
		return "no-answer"
	case status < 300:
		return "other"
	case status < 400:
		return "redirected"
	case status != http.StatusForbidden:
		return "fail"
	case by == diagnose.FromS3:
		return "refused-s3"
	case by == diagnose.FromS3ByCDN:
		return "refused-origin"
	case by == diagnose.FromCloudFront:
		return "refused-cdn"
	}
	return "fail"
}

// served looks at how the probe was served.
func (x *test) served(p *probe, a, first *answer, waited time.Duration) outcome {
	args := x.shown(a)
	if c, lost := x.typeLost(p.contentType, a.header.Get("Content-Type")); lost {
		return failed("type", args, []diagnose.Cause{c})
	}
	var notes []diagnose.Note
	if waited > 0 {
		notes = append(notes, note("propagated", diagnose.Args{"seconds": seconds(waited)}))
	}
	if first.ok() {
		notes = append(notes, note("ranges-ignored", nil))
	}
	if first.ok() || first.status() == http.StatusPartialContent {
		if first.header.Get("Access-Control-Allow-Origin") == "" {
			notes = append(notes, note("cors-none", nil))
		}
	}
	if a.byCDN() {
		return pass("pass-cdn", args, notes...)
	}
	return pass("pass", args, notes...)
}

func statusText(a *answer) string {
	if a.err != nil {
		return a.evidence.Network
	}
	return itoa(a.evidence.HTTPStatus)
}

// whyNotServed looks further, all at once: with a query string that no cache
// has seen, without the prefix (which a CDN may add by itself), and at S3.
func (x *test) whyNotServed(ctx context.Context, p *probe, a *answer) []diagnose.Cause {
	f := x.known()
	f.Key = p.key
	if u, err := url.Parse(a.url); err == nil {
		f.Proxied = x.source.Proxied(u)
	}
	if a.err == nil && a.status() < 300 {
		f.Served = &diagnose.Served{HTML: a.looksHTML()}
	}
	if a.err == nil {
		without := x.withoutPrefix(p)
		got := x.fetchAll(ctx,
			ask{url: a.url + "?cb=" + ulid.Make().String(), once: true}, ask{url: without, once: true}, ask{url: x.directOf(p), once: true})
		anew, bare, direct := got[0], got[1], got[2]
		f.Delivery.Anew = newlyAsked(p, a, anew)
		if bare != nil {
			f.Delivery.WithoutPrefix = bare.status()
			if bare.serves(p) {
				f.ServedAt = without
			}
		}
		if direct != nil {
			f.Delivery.Direct, f.Delivery.DirectServes = direct.status(), direct.serves(p)
		}
	}
	causes := diagnose.Diagnose(a.evidence, f)
	for i := range causes {
		if causes[i].Args["url"] == "<URL>" {
			causes[i].Args["url"] = a.url
		}
	}
	return causes
}

// newlyAsked tells what a fresh query string changed.
func newlyAsked(p *probe, before, now *answer) diagnose.Anew {
	switch {
	case now.err != nil:
		return diagnose.AnewUnknown
	case now.serves(p):
		return diagnose.AnewServes
	case now.header.Get("Age") != "": // which only a cache adds
		return diagnose.AnewCached
	case now.status() == before.status() && now.evidence.Code == before.evidence.Code:
		return diagnose.AnewSame
	}
	return diagnose.AnewOther
}

// withoutPrefix is the URL of the probe under the domain without the prefix;
// empty where there is none.
func (x *test) withoutPrefix(p *probe) string {
	path, _ := x.space.Path(p.key)
	if x.target.Domain == "" || path == p.key {
		return ""
	}
	return strings.TrimSuffix(x.target.Domain, "/") + "/" + address.EscapePath(path)
}

// directOf is the address of the probe on S3 itself, where there is a domain
// before it and S3 may be asked; otherwise empty.
func (x *test) directOf(p *probe) string {
	if target := x.direct(p.key); x.target.Domain != "" && !sameHost(target, x.target.Domain) && x.mayFetch(target) {
		return target
	}
	return ""
}

// deliveryStale asks again for the probe after it was deleted.
func deliveryStale(ctx context.Context, x *test) outcome {
	x.mu.Lock()
	before := x.fetched
	x.mu.Unlock()
	if before == nil {
		return skip("not-fetched", nil)
	}
	a := x.fetch(ctx, before.url)
	args := diagnose.Args{"url": a.url, "status": statusText(a)}
	switch {
	case a.err != nil || a.status() >= 500 || a.status() == http.StatusTooManyRequests || a.status() == http.StatusProxyAuthRequired:
		return inconclusive("inconclusive", args)
	case !a.ok() || !bytes.Equal(a.body, before.body):
		return pass("pass", args)
	}
	left, known := a.freshFor()
	f := x.known()
	f.Key = x.probe.key
	shown := diagnose.Args{"age": durationText(a.age()), "path": x.space.InvalidationPaths(f.Key)[0], "url": a.url}
	notes := []diagnose.Note{note("cdn-stale", shown), note("cdn-stale-left-unknown", nil)}
	if known {
		notes[1] = note("cdn-stale-left", diagnose.Args{"left": durationText(max(left, 0))})
	}
	if known && left > staleTooLong {
		shown["days"] = itoa(int(left.Hours() / 24))
		return outcome{status: Warn, what: "long", args: shown, causes: []diagnose.Cause{
			diagnose.Because("cdn-stale", diagnose.Certain, f, shown),
		}}
	}
	return pass("stale", shown, notes...)
}
