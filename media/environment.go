package media

import (
	"time"

	"github.com/mediadock/mediadock/media/address"
)

// OpCopy is the operation of a copy into an environment. Deletions of an
// environment's objects are told as OpRemove.
const OpCopy = "copy"

// Phases of an EnvironmentProgress.
const (
	PhaseCopy   = "copy"
	PhaseVerify = "verify"
	PhaseRemove = "remove"
)

// EnvironmentOptions say how an environment is made.
type EnvironmentOptions struct {
	// Name is what people call it; it is only repeated in what is told.
	Name string
	// IntoExisting goes on though the directory has objects that no
	// interrupted run on this computer explains. Nothing there is overwritten.
	IntoExisting bool
	// Checksums has the verification ask for the checksums of what ETags
	// cannot compare (multipart uploads, KMS): two requests for each.
	Checksums bool
	// Measure has the rate of copies measured where there are many to make:
	// for two seconds at most a probe is copied within the environment's
	// directory, and all is removed again. A plan that writes nothing has none.
	// If copies are denied, PlanEnvironment fails with why.
	Measure bool
	// Counting, when not nil, is told while the plan is made how much of the
	// source was seen so far, a page at a time.
	Counting func(objects, bytes int64)
	// Alike, when not nil, is told in the end of each file of the environment
	// that was compared and is what the source has, whose ETag is from (empty:
	// not known). One call at a time; a run that goes on tells all again.
	Alike func(from string, to Item)
}

// EnvironmentPlan is what copying a connection's media into the directory of
// an environment will do. It holds counts and a few examples alone, whatever
// the number of objects.
type EnvironmentPlan struct {
	ID, Name string
	From, To address.Space
	// Objects and Bytes are all media of the source.
	Objects, Bytes int64
	// ToCopy and BytesToCopy are what is not there yet.
	ToCopy, BytesToCopy int64
	// Large are those over 5 GB, which are copied by parts.
	Large, LargeBytes int64
	// Archived are those in storage classes that cannot be copied before they
	// are restored. They are tried, since one may be restored.
	Archived, ArchivedBytes int64
	ArchivedPaths           []string // the first few
	// TooLong are those whose key would be longer than S3 takes. They are
	// counted in Objects, not in ToCopy.
	TooLong      int64
	TooLongPaths []string // the first few
	// Left out: probes, the empty objects that consoles make for folders, and
	// directories of environments.
	Probes, Markers int64
	Environments    int
	// Same are there already and equal. Different are there under the name of
	// a source's object but are another, and Foreign have a name that the
	// source has not. Neither is touched.
	Same, SameBytes    int64
	Different, Foreign int64
	DifferentPaths     []string // the first few
	ForeignPaths       []string // the first few
	// Resumes tells that an interrupted copy goes on, which began at Begun and
	// came as far as Done objects.
	Resumes bool
	Begun   time.Time
	Done    int64
	// PerSecond is how many of the objects ToCopy are copied a second, and Rate
	// where that is known from: RateMeasured or RateRemembered. Both are zero
	// where it is not known.
	PerSecond float64
	Rate      string
	// Takes is how long copying and comparing take at that rate; zero where it
	// is not known. Bytes are not measured: each 8 MiB count as an object.
	Takes time.Duration
	// ProbesLeft are the measurement's objects that could not be removed.
	ProbesLeft int64

	options    EnvironmentOptions
	serverTime time.Time     // when it was made
	listing    time.Duration // how long both listings took
	samples    []Item        // a few that are to be copied
	sampled    int64         // of how many
}

// EnvironmentProgress is how far an operation on a whole environment is.
type EnvironmentProgress struct {
	Phase string
	// Done and DoneBytes of Objects and Bytes. While verifying they are what
	// was compared.
	Done, DoneBytes int64
	Objects, Bytes  int64
	// PerSecond (objects) and BytesPerSecond are this run's own rate, zero
	// until it is measured.
	PerSecond, BytesPerSecond float64
	// Left is how long it takes at this rate; zero while not known.
	Left time.Duration
	// Parallel is how many requests run at once now, SlowDowns how often S3
	// asked for fewer.
	Parallel  int
	SlowDowns int64
}

// EnvironmentCheck is what came out when both listings were compared, name by
// name.
type EnvironmentCheck struct {
	// Done tells that the comparison came to its end.
	Done bool
	// Source and Target are the media of both when they were listed.
	Source, SourceBytes int64
	Target, TargetBytes int64
	// ByETag and ByChecksum are equal by their ETag or checksum; BySize have
	// the same size and a copy that is younger than its source, and no ETag
	// that could be compared (multipart uploads, KMS).
	ByETag, ByChecksum, BySize int64
	// Missing are in the source alone, Different in both but not the same,
	// Extra in the environment alone: somebody put them there, or removed them
	// from the source meanwhile.
	Missing, Different, Extra int64
	MissingPaths              []string // the first few
	DifferentPaths            []string // the first few
	ExtraPaths                []string // the first few
	// Gone were copied and were not there any more when they were compared, so
	// they were copied again: somebody else deletes in the environment.
	Gone      int64
	GonePaths []string // the first few
}

// Equal tells that the environment has all that the source has.
func (c EnvironmentCheck) Equal() bool { return c.Done && c.Missing == 0 && c.Different == 0 }

// EnvironmentResult is how a copy or a removal of a whole environment ended.
type EnvironmentResult struct {
	Summary
	Check EnvironmentCheck // of a copy
	// There are a copy's objects that were there before it and are what the
	// source has. Together with Done they are what the environment has of it.
	There, ThereBytes int64
	// Appeared are a removal's objects that it found after it had removed all
	// that it saw first: somebody put them there meanwhile. They are removed,
	// too, as long as no more come ("environment-written").
	Appeared int64
	// Resumable tells that it stopped before its end, and that the same goes
	// on where it stopped.
	Resumable bool
	// Stopped is why, where it was not the person: the same would have met all
	// the rest (denied, session, network, busy, journal).
	Stopped *Error
	// Rest is how many objects a removal did not remove.
	Rest int64
	// SlowDowns is how often S3 asked for fewer requests.
	SlowDowns int64
}

// EnvironmentRemoval is what deleting an environment takes away: its blast
// radius (B15). All URLs under URL stop working; caches keep what they have
// of them until Purge, the path of a CloudFront invalidation, is invalidated.
type EnvironmentRemoval struct {
	ID    string
	Space address.Space
	Dir   string // the directory: everything under it goes
	// Objects and Bytes are its media; Probes and Markers go with them.
	Objects, Bytes  int64
	Probes, Markers int64
	URL             string
	URLs            []string // the first few
	Purge           string
	// Resumes tells that an interrupted removal goes on, which began at Begun.
	Resumes bool
	Begun   time.Time
}

// Empty tells that there is nothing to remove.
func (r EnvironmentRemoval) Empty() bool { return r.Objects+r.Probes+r.Markers == 0 }

// EnvironmentLeft is an operation on an environment that was cut short.
type EnvironmentLeft struct {
	ID, Name string
	Removal  bool // else a copy
	Begun    time.Time
	Done     int64 // objects, as far as is known
}
