package awscheck

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/mediadock/mediadock/awscheck/owner"
)

// Check is one row of the connection test.
type Check struct {
	ID string
	// Needs are checks that must not have failed; otherwise this one is
	// skipped.
	Needs []string
	// begins are the checks that must have ended before this one begins,
	// where that can be earlier than the end of all that it needs.
	begins []string
	// after are checks that must have ended, however, or let go of the probe:
	// they use what this one takes away.
	after []string
	// hears are checks that a failure is explained by: a row that has failed
	// waits for their end.
	hears []string
	// onRequest checks run only when named in Options.Only.
	onRequest bool
	// owner checks are of the owner's side: they run when Options.Owner is
	// set.
	owner bool
	// always makes the check run even when the test is cancelled, with a
	// context of its own.
	always bool
	// usesBucket checks are skipped if the bucket turns out to be unusable:
	// they end after bucket.region, wherever they begin.
	usesBucket bool
	// waits checks get Options.Wait on top of their deadline.
	waits bool
	limit time.Duration // deadline; 0: checkDeadline
	// of are the integrations that the check is about; nil: all.
	of  []string
	run func(context.Context, *test) outcome
}

// Checks gives all checks of all integrations in the order of a report.
func Checks() []Check {
	all := commonChecks()
	last := len(all) - 1 // probe.cleanup stays the last one
	return slices.Concat(all[:last], imgixChecks(), cloudinaryChecks(), amplifyChecks(), all[last:])
}

// ChecksOf gives the checks of one integration; what they wait for is among
// them. An empty integration is microCMS.
func ChecksOf(integration string) []Check {
	integration = cmp.Or(integration, "microcms")
	var checks []Check
	for _, c := range Checks() {
		if c.of == nil || slices.Contains(c.of, integration) {
			checks = append(checks, c)
		}
	}
	absent := func(id string) bool {
		return !slices.ContainsFunc(checks, func(c Check) bool { return c.ID == id })
	}
	needs := map[string][]string{}
	for _, c := range Checks() {
		needs[c.ID] = c.Needs
	}
	for i := range checks {
		checks[i].Needs = instead(checks[i].Needs, absent, needs)
	}
	for i := range checks {
		c := &checks[i]
		for _, ids := range []*[]string{&c.Needs, &c.begins, &c.after, &c.hears} {
			*ids = slices.DeleteFunc(slices.Clone(*ids), absent)
		}
	}
	return checks
}

// instead puts what absent checks need in their place.
func instead(ids []string, absent func(string) bool, needs map[string][]string) []string {
	var out []string
	for _, id := range ids {
		if absent(id) {
			out = append(out, instead(needs[id], absent, needs)...)
			continue
		}
		out = append(out, id)
	}
	return out
}

var (
	// ofRole have a role that is assumed; ofWriters put objects into the
	// bucket, which imgix's key must not be able to; ofPublic have their files
	// fetched from S3 or a CDN, and not by a service that delivers them itself;
	// ofPolicy have no rows of their own for who may read by which policy.
	ofRole    = []string{"microcms"}
	ofWriters = []string{"microcms", "cloudinary", "amplify"}
	ofPublic  = []string{"microcms"}
	ofPolicy  = []string{"microcms", "imgix", "cloudinary"}
)

func only(integrations []string, c Check) Check {
	c.of = integrations
	return c
}

func commonChecks() []Check {
	put := []string{"object.put"}
	return []Check{
		{ID: "settings.valid", run: settingsValid},
		{ID: "caller.identity", Needs: []string{"settings.valid"}, run: callerIdentity},
		{ID: "role.assume", of: ofRole, Needs: []string{"caller.identity"}, begins: []string{"settings.valid"}, waits: true, run: roleAssume},
		{ID: "role.requires-external-id", of: ofRole, Needs: []string{"role.assume"}, run: roleRequiresExternalID},
		{ID: "bucket.region", Needs: []string{"role.assume"}, run: bucketRegion},
		{ID: "bucket.list", Needs: []string{"role.assume"}, usesBucket: true, run: bucketList},
		{ID: "object.put", of: ofWriters, Needs: []string{"role.assume"}, usesBucket: true, hears: []string{"bucket.list"}, run: objectPut},
		{ID: "object.metadata", of: ofWriters, Needs: put, run: objectMetadata},
		{ID: "object.get", of: ofWriters, Needs: put, run: objectGet},
		{ID: "object.copy", of: ofWriters, Needs: put, run: objectCopy},
		{ID: "object.delete", of: ofWriters, Needs: put, run: objectDelete,
			after: []string{"object.metadata", "object.get", "object.copy", "delivery.url", "delivery.direct"}},
		{ID: "object.multipart", of: ofWriters, Needs: put, onRequest: true, run: objectMultipart},
		{ID: "scope.prefix", of: ofPublic, Needs: put, run: scopePrefix},
		{ID: "delivery.url", of: ofPublic, Needs: put, waits: true, limit: deliveryLimit, run: deliveryURL},
		{ID: "delivery.direct", of: ofPublic, Needs: put, limit: deliveryLimit, run: deliveryDirect},
		{ID: "delivery.listing", Needs: []string{"caller.identity"}, usesBucket: true, limit: deliveryLimit, run: deliveryListing},
		{ID: "delivery.cache", of: ofPublic, Needs: []string{"delivery.url"}, run: deliveryCache},
		{ID: "delivery.stale", of: ofPublic, Needs: []string{"delivery.url", "object.delete"}, begins: []string{"delivery.url"},
			after: []string{"object.delete"}, limit: deliveryLimit, run: deliveryStale},
		only(ofRole, ownerCheck("owner.role", (*owner.Side).Role)),
		only(ofRole, ownerCheck("owner.trust", (*owner.Side).Trust)),
		only(ofRole, ownerCheck("owner.permissions", (*owner.Side).Permissions)),
		ownerCheck("owner.bucket-type", (*owner.Side).BucketType),
		only(ofPolicy, ownerCheck("owner.bucket-policy", (*owner.Side).BucketPolicy)),
		only(ofPolicy, ownerCheck("owner.public-access", (*owner.Side).PublicAccess)),
		only(ofWriters, ownerCheck("owner.object-ownership", (*owner.Side).ObjectOwnership)),
		ownerCheck("owner.encryption", (*owner.Side).Encryption),
		only(ofWriters, ownerCheck("owner.versioning", (*owner.Side).Versioning)),
		ownerCheck("owner.lifecycle", (*owner.Side).Lifecycle),
		only(ofPublic, ownerCheck("owner.cors", (*owner.Side).CORS)),
		only(ofPublic, ownerCheck("owner.distribution", (*owner.Side).Distribution)),
		{ID: "probe.cleanup", always: true, run: probeCleanup},
	}
}

// Owner tells whether the check is of the owner's side, which runs only when
// Options.Owner is set.
func (c Check) Owner() bool { return c.owner }

// start are the checks that must have ended before c begins.
func (c Check) start() []string {
	if c.begins != nil {
		return c.begins
	}
	return c.Needs
}

// leftOut counts the checks of a whole test, and tells whether one of them is
// not among those chosen.
func leftOut(all []Check, chosen map[string]int, owner bool) (total int, partial bool) {
	for _, c := range all {
		if c.onRequest || c.owner && !owner {
			continue
		}
		total++
		if _, ok := chosen[c.ID]; !ok {
			partial = true
		}
	}
	return total, partial
}

// selectChecks gives the checks to run for Options.Only: those named, what
// they need, and those that always run. Without names it is all, the owner's
// side where owner is set.
func selectChecks(all []Check, only []string, owner bool) ([]Check, error) {
	byID := map[string]Check{}
	for _, c := range all {
		byID[c.ID] = c
	}
	if len(only) == 0 {
		var chosen []Check
		for _, c := range all {
			if !c.onRequest && (owner || !c.owner) {
				chosen = append(chosen, c)
			}
		}
		return chosen, nil
	}
	wanted := map[string]bool{}
	var unknown []string
	var want func(id string)
	want = func(id string) {
		if wanted[id] {
			return
		}
		wanted[id] = true
		for _, need := range byID[id].Needs {
			want(need)
		}
	}
	for _, id := range only {
		if _, ok := byID[id]; !ok {
			unknown = append(unknown, id)
			continue
		}
		want(id)
	}
	if unknown != nil {
		return nil, &UnknownCheckError{IDs: unknown}
	}
	var chosen []Check
	for _, c := range all {
		if wanted[c.ID] || c.always {
			chosen = append(chosen, c)
		}
	}
	return chosen, nil
}
