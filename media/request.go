package media

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

const (
	// answerTime is the deadline of a request without a body to speak of,
	// with all its retries.
	answerTime = 2 * time.Minute
	// slowestRate is what a connection must carry, in bytes a second, before
	// a transfer is given up.
	slowestRate = 8 << 10
	// undoTime is what is spent on undoing after a cancellation.
	undoTime = 15 * time.Second
	// attempts is how often S3 is asked when it answers SlowDown, an error of
	// its own, or not at all.
	attempts = 5
)

// deadline bounds a request that moves size bytes.
func deadline(ctx context.Context, size int64) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, answerTime+time.Duration(size/slowestRate)*time.Second)
}

// outlive is deadline for a request that changes something: begun before a
// cancellation, it is given a while to answer, so that what is told is what
// happened. A request is not begun after a cancellation: the error is the
// context's then.
func outlive(ctx context.Context, size int64) (context.Context, context.CancelFunc, error) {
	return outliveIf(ctx, size, func() bool { return true })
}

// outliveIf is outlive if, at the moment of a cancellation, worth tells that
// the request may already have been carried out.
func outliveIf(ctx context.Context, size int64, worth func() bool) (context.Context, context.CancelFunc, error) {
	if err := ctx.Err(); err != nil {
		return ctx, func() {}, err
	}
	inner, cancel := deadline(context.WithoutCancel(ctx), size)
	stop := context.AfterFunc(ctx, func() {
		if !worth() {
			cancel()
			return
		}
		t := time.AfterFunc(undoTime, cancel)
		context.AfterFunc(inner, func() { t.Stop() })
	})
	return inner, func() { stop(); cancel() }, nil
}

// evenAfter is a context for what has to be brought to its end whenever the
// person cancels: a while is spent on it then.
func evenAfter(ctx context.Context) (context.Context, context.CancelFunc) {
	inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		t := time.AfterFunc(undoTime, cancel)
		context.AfterFunc(inner, func() { t.Stop() })
	})
	return inner, func() { stop(); cancel() }
}

// retries lets the SDK's retryer, which backs off with jitter, try more often
// than for the calls of a test.
func retries(o *s3.Options) { o.RetryMaxAttempts = attempts }

// contended is retries for a write in one request under a condition. While
// another write to the key is under way S3 decides nothing and asks to try
// again (PutObject and CopyObject, 409 ConditionalRequestConflict); once the
// other has won, the condition fails. An upload in parts cannot be completed
// again after that answer.
func contended(o *s3.Options) {
	retries(o)
	o.Retryer = retry.AddWithErrorCodes(o.Retryer, "ConditionalRequestConflict")
}

// unsigned leaves the body out of the signature. It saves reading every file
// twice; what arrives is proved by the checksum of the answer instead.
func unsigned(o *s3.Options) {
	o.APIOptions = append(o.APIOptions, v4.SwapComputePayloadSHA256ForUnsignedPayloadMiddleware)
}
