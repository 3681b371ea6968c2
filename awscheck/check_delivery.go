package awscheck

import (
	"bytes"
	"context"
	"net/url"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
)

// deliveryURL fetches the probe from the URL that people will use.
func deliveryURL(ctx context.Context, x *test) outcome {
	p := x.probe
	target := x.space.URL(p.key)
	if !x.mayFetch(target) {
		return skip("custom-endpoint", nil)
	}
	var a *answer
	waited, _ := x.insist(ctx, func() bool {
		a = x.fetch(ctx, target)
		return a.serves(p)
	})
	args := diagnose.Args{"url": target, "status": statusText(a)}
	if !a.serves(p) {
		what := "fail"
		if a.err != nil {
			what = "no-answer"
		}
		return failed(what, args, x.whyNotServed(ctx, p, a))
	}
	x.mu.Lock()
	x.fetched = a
	x.mu.Unlock()
	if c, lost := x.typeLost(p.contentType, a.header.Get("Content-Type")); lost {
		return failed("type", args, []diagnose.Cause{c})
	}
	var notes []diagnose.Note
	if waited > 0 {
		notes = append(notes, note("propagated", diagnose.Args{"seconds": seconds(waited)}))
	}
	if a.evidence.Answered() != diagnose.FromS3 && a.evidence.Answered() != diagnose.FromOther {
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

// whyNotServed looks further: a CDN that adds the prefix by itself serves
// the file one folder up.
func (x *test) whyNotServed(ctx context.Context, p *probe, a *answer) []diagnose.Cause {
	f := x.known()
	if a.ok() {
		f.Served = &diagnose.Served{HTML: a.looksHTML()}
	}
	if x.target.Domain != "" && x.target.Prefix != "" && a.err == nil {
		path, _ := x.space.Path(p.key)
		without := strings.TrimSuffix(x.target.Domain, "/") + "/" + address.EscapePath(path)
		if other := x.fetch(ctx, without); other.serves(p) {
			f.ServedAt = without
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

// deliveryDirect asks S3 itself for the probe, which with a CDN in front it
// must refuse to strangers.
func deliveryDirect(ctx context.Context, x *test) outcome {
	if x.target.Domain == "" {
		return skip("no-domain", nil)
	}
	p := x.probe
	target := x.space.DirectURL(p.key)
	if sameHost(target, x.target.Domain) {
		return skip("same-host", nil)
	}
	if !x.mayFetch(target) {
		return skip("custom-endpoint", nil)
	}
	a := x.fetch(ctx, target)
	args := diagnose.Args{"url": target, "status": statusText(a)}
	switch {
	case a.ok():
		return failed("open", args, []diagnose.Cause{
			diagnose.Because("direct-access-open", diagnose.Certain, x.known(), diagnose.Args{"url": target}),
		})
	case a.err == nil && a.evidence.HTTPStatus >= 400 && a.evidence.HTTPStatus < 500:
		return pass("pass", args)
	}
	return inconclusive("inconclusive", args)
}

func sameHost(a, b string) bool {
	u, err1 := url.Parse(a)
	v, err2 := url.Parse(b)
	return err1 == nil && err2 == nil && strings.EqualFold(u.Host, v.Host)
}

// deliveryListing asks as a stranger for the names of the files.
func deliveryListing(ctx context.Context, x *test) outcome {
	var targets []string
	query := "?list-type=2&max-keys=1&prefix=" + url.QueryEscape(x.space.Dir())
	for _, root := range []string{strings.TrimSuffix(x.space.DirectURL(""), "/"), strings.TrimSuffix(x.target.Domain, "/")} {
		if root != "" && x.mayFetch(root+"/") {
			targets = append(targets, root+"/"+query)
		}
	}
	if targets == nil {
		return skip("custom-endpoint", nil)
	}
	unclear := 0
	for _, target := range targets {
		a := x.fetch(ctx, target)
		switch {
		case a.ok() && bytes.Contains(a.body, []byte("<ListBucketResult")):
			return failed("open", diagnose.Args{"url": target}, []diagnose.Cause{
				diagnose.Because("listing-public", diagnose.Certain, x.known(), diagnose.Args{"url": target}),
			})
		case a.err != nil || a.evidence.HTTPStatus >= 500:
			unclear++
		}
	}
	if unclear == len(targets) {
		return inconclusive("inconclusive", nil)
	}
	return pass("pass", nil)
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
	case a.err != nil:
		return inconclusive("inconclusive", args)
	case !a.ok() || !bytes.Equal(a.body, before.body):
		return pass("pass", args)
	}
	left, known := a.freshFor()
	shown := diagnose.Args{"age": durationText(a.age()), "path": x.space.InvalidationPath(x.probe.key), "url": a.url}
	notes := []diagnose.Note{note("cdn-stale", shown), note("cdn-stale-left-unknown", nil)}
	if known {
		notes[1] = note("cdn-stale-left", diagnose.Args{"left": durationText(max(left, 0))})
	}
	if known && left > staleTooLong {
		shown["days"] = itoa(int(left.Hours() / 24))
		return outcome{status: Warn, what: "long", args: shown, causes: []diagnose.Cause{
			diagnose.Because("cdn-stale", diagnose.Certain, x.known(), shown),
		}}
	}
	return pass("stale", shown, notes...)
}
