package world

import (
	"context"
	"time"

	"github.com/mediadock/mediadock/media"
)

// Purger is a Services that can take copies out of the CDN before a
// connection's media.
type Purger interface {
	// PurgePlan tells what purging after a removal would take; ok is false
	// where no CDN is known. It asks nobody.
	PurgePlan(name string, plan media.RemovePlan) (p PurgePlan, ok bool)
	// Purge does it, for the keys that are gone and, where they went whole,
	// the folders of the plan.
	Purge(ctx context.Context, name string, keys, folders []string) Purged
	// Owe writes down that what a plan takes away is to be purged, before it
	// is; settle forgets that, once Purge is done or nobody wants it.
	Owe(ctx context.Context, name string, plan media.RemovePlan) (settle func())
	// PayOwed purges what programs owe that were killed in between; ok is
	// false where nothing is owed.
	PayOwed(ctx context.Context, name string) (p Purged, ok bool)
}

// PurgePlan is what a purge takes.
type PurgePlan struct {
	Paths int // at most
	Free  int // a month, for the account
	// USD is about what they cost beyond the free ones.
	USD float64
	// Foreign is the account of the distribution where the role is of another,
	// which then may not; perhaps the person's own credentials are of it.
	Foreign string
	// On tells whether it is done unless the person says otherwise.
	On bool
}

// Purged is what became of a purge.
type Purged struct {
	Paths int // asked for
	// Reason says why some were not, in words; empty: all were.
	Reason string
	// Run says who is to run Commands, which do what is left, and when.
	Run      string
	Commands []string
	// Grant are the lines of a policy that would allow it, after a sentence
	// that says so; nil: that is not what lacks.
	Grant []string
	// Follow waits until CloudFront has finished what it was asked for, and
	// tells how far it is; nil: there is nothing to wait for. It may be stopped
	// at any time: that changes nothing at CloudFront.
	Follow func(ctx context.Context, emit func(PurgeSeen)) PurgeSeen
}

// PurgeSeen is how far the invalidations of a purge are.
type PurgeSeen struct {
	Done, Of int
	Waited   time.Duration
	// Reason says in words why their end is not known; empty: they have
	// completed, or are followed still.
	Reason string
	// Failed tells a Reason that is a failure from one that only keeps the end
	// from being seen.
	Failed bool
}
