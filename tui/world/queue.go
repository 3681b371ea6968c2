package world

import (
	"context"

	"github.com/mediadock/mediadock/media"
)

// Interrupter is a Library that knows which large uploads earlier runs did not
// end, and can go on with them. *media.Library is one.
type Interrupter interface {
	// Interrupted asks the local disk alone.
	Interrupted() []media.KeptUpload
	PlanResume(ctx context.Context, u media.KeptUpload) (media.PutPlan, error)
	Discard(ctx context.Context, u media.KeptUpload, emit func(media.Event)) media.Summary
}
