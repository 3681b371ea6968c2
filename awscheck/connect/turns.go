package connect

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// turns keeps credentials and has them renewed by one request at a time; the
// others wait for it, each as long as its own context lasts.
//
// It is used in place of the SDK's cache because that one carries on after the
// context that asked has been cancelled.
type turns struct {
	token   chan struct{} // holds one: whoever has it may renew
	current aws.Credentials
}

func newTurns() turns { return turns{token: make(chan struct{}, 1)} }

// take waits for the turn; release must be called after.
func (t *turns) take(ctx context.Context) error {
	select {
	case t.token <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t *turns) release() { <-t.token }

// live tells whether what is kept can be used for longer than before.
func (t *turns) live(before time.Duration) bool {
	return t.current.HasKeys() && (!t.current.CanExpire || time.Until(t.current.Expires) > before)
}
