package world

import (
	"context"

	"github.com/mediadock/mediadock/wizard"
)

// AssetLister is a Services that lists what a service in front of a bucket
// finds there, for settings that need not be saved yet.
type AssetLister interface {
	// Assets are the paths of the files under the prefix as the service's
	// addresses have them, with a leading slash, at most as many as the
	// connection test looks at; more tells that there are others. Local limits
	// apart it takes as long as listing them.
	Assets(ctx context.Context, s wizard.Settings) (paths []string, more bool, err error)
}
