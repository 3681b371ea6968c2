package world

import (
	"context"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
)

// Catalogue is what is known of a connection's media beyond S3: what people
// wrote, and a search over all of them at once.
type Catalogue interface {
	// Get finds what is known of files; those of which nothing is known are
	// not in the answer.
	Get(ctx context.Context, paths ...string) (map[string]catalog.Entry, error)
	// Describe writes about a file that a listing or a search has shown.
	Describe(ctx context.Context, it media.Item, edit catalog.Edit) (catalog.Entry, error)
	// Search finds the first files, the newest first.
	Search(ctx context.Context, q catalog.Query) (catalog.Hits, error)
	// Count is how many files a search finds.
	Count(ctx context.Context, q catalog.Query) (catalog.Total, error)
	// Refresh reads the whole list of files from the bucket; told says now
	// and then how many it has read.
	Refresh(ctx context.Context, told func(files int)) error
	// Refreshed is when that last went through, zero for never, and how many
	// files there were.
	Refreshed(ctx context.Context) (at time.Time, files int, err error)
}

// Unnoter is a Services that tells when what was done to media could not be
// noted in the catalogue.
type Unnoter interface {
	// Unnoted is the text id of what is to be said about it since the last
	// time; empty for nothing.
	Unnoted() string
}
