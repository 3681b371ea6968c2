package media

import (
	"context"
)

// PlanRemoveEnvironment finds out what deleting this library's environment
// takes away. The library is the environment's own (its Space has Environment
// set); everything else is refused ("environment-id", "environment-prefix").
func (l *Library) PlanRemoveEnvironment(ctx context.Context) (EnvironmentRemoval, error) {
	return EnvironmentRemoval{}, &Error{Code: CodeUnexpected}
}

// RemoveEnvironment deletes everything under the environment's directory, and
// nothing else, whatever came there since the plan. It is written to the
// journal; the same again goes on where it was cut short. On a versioned
// bucket Hidden counts what left its bytes behind (see Summary).
func (l *Library) RemoveEnvironment(ctx context.Context, plan EnvironmentRemoval, emit func(Event)) EnvironmentResult {
	return EnvironmentResult{}
}
