package media

import (
	"context"
)

// PlanEnvironment finds out what copying this library's media into the
// directory of the environment id (address.EnvironmentID) will do, with one
// walk of both. Refused are: an id that is none ("environment-id"), a library
// that is an environment's itself ("environment-nested"), a prefix inside an
// environment's directory ("environment-prefix"), and a directory that has
// objects ("environment-taken") unless an interrupted copy on this computer
// put them there or IntoExisting is set.
func (l *Library) PlanEnvironment(ctx context.Context, id string, o EnvironmentOptions) (EnvironmentPlan, error) {
	return EnvironmentPlan{}, &Error{Code: CodeUnexpected}
}

// CopyEnvironment does what a plan says: server-side copies side by side, each
// only if the source still is what was seen and the target is free, as many at
// once as S3 takes. How far it came is written to the journal; the same plan
// made again goes on there, on another day too. In the end both listings are
// compared, and what changed meanwhile is copied again. It emits an item event
// an object, progress events with Environment set, and at last a summary.
// Nothing of the source is changed, nothing in the environment overwritten but
// a copy that this operation made of a source that changed since.
func (l *Library) CopyEnvironment(ctx context.Context, plan EnvironmentPlan, emit func(Event)) EnvironmentResult {
	return EnvironmentResult{}
}

// EnvironmentsLeft are the copies (of a source's library) or the removal (of
// an environment's library) that were cut short at the library's place. It
// asks the local disk alone.
func (l *Library) EnvironmentsLeft() []EnvironmentLeft { return nil }

// ForgetEnvironment ends an interrupted copy into an environment that is not
// to go on: it was deleted.
func (l *Library) ForgetEnvironment(id string) {}
