package world

import (
	"context"

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
}

// PurgePlan is what a purge takes.
type PurgePlan struct {
	Paths int // at most
	Free  int // a month, for the account
	// On tells whether it is done unless the person says otherwise.
	On bool
}

// Purged is what became of a purge.
type Purged struct {
	Paths int // asked for
	// Reason says why some were not, in words; empty: all were.
	Reason string
	// Commands do what is left.
	Commands []string
}
