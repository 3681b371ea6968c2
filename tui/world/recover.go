package world

import (
	"context"

	"github.com/mediadock/mediadock/media"
)

// Recoverer is a Library that knows what was cut short. *media.Library is one.
type Recoverer interface {
	// CutShort is how many operations were cut short; it asks the local disk
	// alone.
	CutShort() int
	PlanRecover(ctx context.Context) (*media.RecoverPlan, error)
	Recover(ctx context.Context, plan *media.RecoverPlan, undo bool, emit func(media.Event)) media.Summary
}
