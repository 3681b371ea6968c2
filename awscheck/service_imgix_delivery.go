package awscheck

import (
	"context"
	"net/http"
	"slices"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/imgix"
)

// imgixQueued is the cause of a source that is not deployed yet.
const imgixQueued = "imgix-queued"

// MayDeploy tells whether the row may pass as soon as imgix has deployed its
// source, which takes minutes where AWS needs one at most.
func (r Result) MayDeploy() bool {
	return r.MayWait() && slices.ContainsFunc(r.Causes, func(c diagnose.Cause) bool { return c.ID == imgixQueued })
}

// imgixDelivery asks imgix for an asset that is there. What comes need not be
// the object byte for byte: the source's defaults may change it.
func imgixDelivery(ctx context.Context, x *test) outcome {
	base := imgix.Base(x.target.Subdomain, x.target.Domain)
	if base == "" {
		return skip("no-subdomain", nil)
	}
	a := x.listAssets(ctx)
	if a.err != nil || len(a.keys) == 0 {
		return inconclusive("nothing", nil)
	}
	target, ok := imgix.URL(base, x.target.Prefix, a.keys[0])
	if !ok {
		return inconclusive("nothing", nil)
	}
	if !x.mayFetch(target) {
		return skip("custom-endpoint", nil)
	}
	var got *answer
	_, _ = x.insist(ctx, func() bool {
		got = x.fetch(ctx, target)
		return got.ok()
	})
	args := x.shown(got)
	if got.ok() {
		return pass("pass", args)
	}
	return x.imgixRefused(got, args)
}

// imgixRefused explains an answer of imgix's. That a source is deployed is
// nothing that an answer says: one that knows no such asset may be on its way,
// or of another name or prefix.
func (x *test) imgixRefused(a *answer, args diagnose.Args) outcome {
	f := x.known()
	if a.err != nil || a.evidence.NoSuchHost() {
		return failed("no-answer", args, diagnose.Diagnose(a.evidence, f))
	}
	because := func(id string, l diagnose.Likelihood) diagnose.Cause {
		return diagnose.Because(id, l, f, diagnose.Args{"url": a.url, "subdomain": x.target.Subdomain, "dir": x.space.Dir()})
	}
	switch status := a.status(); {
	case status == http.StatusNotFound || status == http.StatusBadRequest || status == http.StatusGone:
		return failed("not-found", args, []diagnose.Cause{
			because(imgixQueued, diagnose.Likely),
			because("imgix-subdomain-wrong", diagnose.Possible), because("imgix-prefix-wrong", diagnose.Possible),
		})
	case status == http.StatusForbidden || status == http.StatusUnauthorized:
		return failed("refused", args, []diagnose.Cause{
			// Where the key reads one prefix alone, another is refused, too.
			because("imgix-refused", diagnose.Likely), because("imgix-prefix-wrong", diagnose.Possible), because(imgixQueued, diagnose.Possible),
		})
	case status >= 300 && status < 400:
		return inconclusive("redirected", args)
	}
	return inconclusive("inconclusive", args)
}
