package media

// Codes of environments. Their texts may use {path}, which is the directory,
// and what is named here.
const (
	// Refused.
	CodeEnvironmentTaken  = "environment-taken"  // the directory has {count} objects that nobody here began to copy
	CodeEnvironmentNested = "environment-nested" // the source is an environment itself
	CodeEnvironmentPrefix = "environment-prefix" // the prefix lies in the directory of an environment, {id}
	CodeEnvironmentID     = "environment-id"     // not an environment's directory: {id} (may be empty) is no id of one
	CodeEnvironmentBusy   = "environment-busy"   // another process of this computer is at this environment
	// Failed.
	CodeEnvironmentWritten = "environment-written" // files keep appearing in a directory that is deleted
	// Skipped.
	CodeSourceGone = "source-gone" // removed from the source while it was copied
)

// environmentStatus is the status of the codes above.
var environmentStatus = map[string]string{
	CodeEnvironmentTaken: StatusRefused, CodeEnvironmentNested: StatusRefused, CodeEnvironmentPrefix: StatusRefused,
	CodeEnvironmentID: StatusRefused, CodeEnvironmentBusy: StatusRefused,
	CodeSourceGone: StatusSkipped,
}
