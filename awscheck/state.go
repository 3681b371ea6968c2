package awscheck

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/owner"
	"github.com/mediadock/mediadock/media/address"
)

// test is one run: what the checks share. Fields under mu are written by one
// check and read by others that run later or at the same time.
type test struct {
	target  Target
	options Options
	source  *connect.Source
	space   address.Space
	ledger  *ledger
	s3      *s3.Client  // nil when the settings name no bucket
	side    *owner.Side // nil when the owner is not asked
	visits  visits      // what strangers learn of hosts
	assets  assets      // what imgix sees

	mu        sync.Mutex
	facts     diagnose.Facts
	unusable  bool // the bucket was found to be missing, elsewhere or another's
	probe     *probe
	stsRegion string  // whose STS assumed the role, if not the bucket's
	fetched   *answer // what delivery.url was served
	history   map[string]*history
	trace     *connect.Trace // every request of the run; nil: none is kept
	removed   []mark         // deleted, but not looked after yet
	left      int            // visible objects and open uploads that could not be removed
	hidden    int            // versions and markers that could not be removed

	now   func() time.Time
	sleep func(context.Context, time.Duration) error
}

// history is what a versioned bucket keeps of a key after its deletion.
type history struct{ versions, markers []string }

// versioned notes a version that was written; empty ids are none.
func (x *test) versioned(key, version string) {
	x.remember(key, func(h *history) { h.versions = append(h.versions, version) }, version)
}

// marked notes a delete marker that was written.
func (x *test) marked(key, version string) {
	x.remember(key, func(h *history) { h.markers = append(h.markers, version) }, version)
}

func (x *test) remember(key string, f func(*history), version string) {
	if version == "" {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.history[key] == nil {
		x.history[key] = &history{}
	}
	f(x.history[key])
}

func newTest(t Target, o Options) *test {
	x := &test{
		target: t, options: o, source: o.Source, space: t.space(), ledger: newLedger(o.LedgerDir),
		history: map[string]*history{}, now: time.Now, sleep: connect.Wait,
	}
	x.facts = t.facts()
	x.facts.Passed = map[string]bool{}
	if o.Source != nil {
		x.facts.CustomEndpoint = o.Source.CustomEndpoint()
		x.facts.ExpectedOwner = o.Source.Owner(t.place())
		x.s3, _ = o.Source.S3(t.place())
	}
	x.facts.CallerAccess = !t.roleAccess()
	x.facts.Reader = t.Integration == "imgix"
	x.side = newSide(t, o, x)
	return x
}

func (x *test) close() { x.ledger.close() }

// known gives a copy of what is known so far.
func (x *test) known() diagnose.Facts {
	x.mu.Lock()
	defer x.mu.Unlock()
	f := x.facts
	f.Passed = map[string]bool{}
	for id := range x.facts.Passed {
		f.Passed[id] = true
	}
	f.Answered = x.answered()
	return f
}

// answered are the hosts that have answered so far.
func (x *test) answered() map[string]bool {
	hosts := map[string]bool{}
	if x.trace == nil {
		return hosts
	}
	for _, ev := range x.trace.Exchanges() {
		if ev.HTTPStatus > 0 {
			hosts[ev.Host] = true
		}
	}
	return hosts
}

// learn changes what is known.
func (x *test) learn(f func(*diagnose.Facts)) {
	x.mu.Lock()
	defer x.mu.Unlock()
	f(&x.facts)
}

func (x *test) passed(id string) { x.learn(func(f *diagnose.Facts) { f.Passed[id] = true }) }

func (x *test) bucketUnusable() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.unusable
}

func (x *test) remains() (left, hidden int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.left, x.hidden
}

// explain diagnoses ev. A failed row always has a cause: of an answer that
// explains nothing, such as a HEAD's, its code and status.
func explain(ev diagnose.Evidence, f diagnose.Facts) []diagnose.Cause {
	causes := diagnose.Diagnose(ev, f)
	if len(causes) == 0 && ev.Network != "canceled" {
		said := strings.TrimSpace(ev.Code + " HTTP " + itoa(ev.HTTPStatus))
		causes = append(causes, diagnose.Because("request-refused", diagnose.Possible, f, diagnose.Args{"message": said}))
	}
	return causes
}

// mark describes key as it is written to the ledger.
func (x *test) mark(key string) mark {
	return mark{
		Endpoint: x.endpoint(), Bucket: x.target.Bucket, Region: x.target.Region,
		Access: x.target.Access, RoleARN: x.target.RoleARN, Key: key,
	}
}

// endpoint is the custom endpoint's host: the same bucket name elsewhere is
// another bucket.
func (x *test) endpoint() string {
	if x.s3 == nil || x.s3.Options().BaseEndpoint == nil {
		return ""
	}
	u, err := url.Parse(*x.s3.Options().BaseEndpoint)
	if err != nil {
		return *x.s3.Options().BaseEndpoint
	}
	return u.Host
}

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}
