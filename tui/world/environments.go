package world

import (
	"context"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/wizard"
)

// SpaceOf is where the media of settings lie under a name: those of an
// environment ("prod/staging") in its directory.
func SpaceOf(name string, s wizard.Settings) address.Space {
	space := wizard.SpaceOf(s)
	if _, environment := (Connection{Name: name}).Of(); environment != "" {
		space.Environment = address.EnvironmentID(s.ServiceID, environment)
	}
	return space
}

// Environments is a Services that makes and deletes environments.
type Environments interface {
	// ValidEnvironment tells whether an environment can have this name, taken
	// or not.
	ValidEnvironment(name string) bool
	// PlanEnvironment finds out what making an environment of a connection, or
	// going on with it, will do. It changes nothing, but measures with probes
	// how fast many files are copied. Refused are names that are taken.
	PlanEnvironment(ctx context.Context, connection, environment string, how EnvironmentHow) (EnvironmentCreation, error)
	// PlanEnvironmentRemoval finds out what deleting an environment
	// ("prod/staging") takes away. It changes nothing. Anything that is no
	// environment is refused.
	PlanEnvironmentRemoval(ctx context.Context, name string) (EnvironmentDeletion, error)
}

// EnvironmentHow is how an environment is made.
type EnvironmentHow struct {
	// IntoExisting copies what is missing into a directory that has files
	// which no creation on this computer has put there.
	IntoExisting bool
	// Counting is told while the plan is made how much was seen so far; it may
	// be nil.
	Counting func(objects, bytes int64)
}

// EnvironmentCreation is a creation that is planned.
type EnvironmentCreation struct {
	Plan media.EnvironmentPlan
	// Occupied tells that the directory has files that no creation on this
	// computer has put there. Then Run must not be called; TakeUp may.
	Occupied bool
	// Notes is about how many files something was written (alt texts, tags,
	// creators), which is copied, too.
	Notes int
	// Run saves the settings, copies and compares. It stops when ctx ends, and
	// the same plan made anew goes on.
	Run func(ctx context.Context, emit func(media.Event)) EnvironmentEnd
	// TakeUp makes the environment known to this computer, and copies nothing.
	TakeUp func(ctx context.Context) error
}

// EnvironmentDeletion is a deletion that is planned.
type EnvironmentDeletion struct {
	Plan media.EnvironmentRemoval
	// CDN tells that a CDN may have copies; Purges that they are taken out of
	// it afterwards, from Distribution.
	CDN, Purges  bool
	Distribution string
	// Foreign is the account of the distribution where nobody that mediadock
	// acts as is of it: then it is certain to fail, and the command is told.
	Foreign string
	// CacheControl is that of one of the files, which stands for all; empty
	// where it is not known. Versioned tells that the bucket keeps what is
	// deleted.
	CacheControl string
	Versioned    bool
	// Run deletes; the settings go last, when nothing is left.
	Run func(ctx context.Context, emit func(media.Event)) EnvironmentEnd
}

// EnvironmentEnd is how a creation or a deletion ended.
type EnvironmentEnd struct {
	media.EnvironmentResult
	// Whole tells that the environment has all that it can have, or is gone.
	// Until then the same goes on where it stopped.
	Whole bool
	// Err is what kept it from being begun or written down.
	Err error
	// Purged is what became of the CDN's copies; nil where there are none, or
	// nothing is gone.
	Purged *Purged
	// Notes is of how many files what was written about them was copied.
	// NotesErr is why not of all, and NotesLater the command that copies the
	// rest; after a deletion, why it was not forgotten.
	Notes      int
	NotesErr   error
	NotesLater string
}
