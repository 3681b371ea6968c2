package connect

import (
	"context"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
)

// renewing has a session that AWS calls expired assumed anew, and the request
// sent again. Sessions are renewed in time by this computer's clock; it may
// have been set back, or have slept, meanwhile.
func (r *Session) renewing(stack *middleware.Stack) error {
	if _, ok := stack.Finalize.Get("Retry"); !ok {
		return nil // a URL is signed: nothing is sent
	}
	return stack.Finalize.Insert(middleware.FinalizeMiddlewareFunc("mediadock.Renew",
		func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (middleware.FinalizeOutput, middleware.Metadata, error) {
			before := r.keyAtHand()
			out, meta, err := next.HandleFinalize(ctx, in)
			var answer smithy.APIError
			if before == "" || !errors.As(err, &answer) {
				return out, meta, err
			}
			// A HEAD has no body to say why it is a bad request.
			mute := answer.ErrorCode() == "BadRequest" && middleware.GetOperationName(ctx) == "HeadObject"
			if answer.ErrorCode() == "ExpiredToken" || mute && r.doubt() {
				r.forget(before)
				err = &renewableError{err}
			}
			return out, meta, err
		}), "Retry", middleware.After)
}

// doubtAgain is after how long a session is assumed anew once more because of an
// answer that does not say that it has expired: if it had not, that is in vain.
const doubtAgain = time.Minute

func (r *Session) doubt() bool {
	r.token <- struct{}{}
	defer r.release()
	if !r.doubted.IsZero() && time.Since(r.doubted) < doubtAgain {
		return false
	}
	r.doubted = time.Now()
	return true
}

// renewableError is worth another try, with another session.
type renewableError struct{ err error }

func (e *renewableError) Error() string        { return e.err.Error() }
func (e *renewableError) Unwrap() error        { return e.err }
func (e *renewableError) RetryableError() bool { return true }

func (r *Session) keyAtHand() string {
	r.token <- struct{}{}
	defer r.release()
	return r.current.AccessKeyID
}

// forget drops a session, unless another one has taken its place.
func (r *Session) forget(key string) {
	r.token <- struct{}{}
	defer r.release()
	if r.current.AccessKeyID == key {
		r.current = aws.Credentials{}
	}
}
