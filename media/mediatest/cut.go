package mediatest

import (
	"context"
	"net"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/middleware"

	"github.com/mediadock/mediadock/media"
)

// Cut is a client whose network ends at its nth operation: before it is sent,
// or with after set once it was carried out. Everything later fails, too.
// steps counts the operations that were begun until then.
func Cut(t testing.TB, e Endpoint, n int64, after bool) (client media.API, steps *atomic.Int64) {
	t.Helper()
	steps = &atomic.Int64{}
	down := &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	return between(t, e, func(next func() (any, error)) (any, error) {
		at := steps.Add(1)
		if at > n || at == n && !after {
			return nil, down
		}
		out, err := next()
		if at == n {
			return nil, down
		}
		return out, err
	}), steps
}

// Calling is a client that calls f at its nth operation: before it is sent, or
// with after set once it was carried out.
func Calling(t testing.TB, e Endpoint, n int64, after bool, f func()) media.API {
	t.Helper()
	var steps atomic.Int64
	return between(t, e, func(next func() (any, error)) (any, error) {
		at := steps.Add(1)
		if at == n && !after {
			f()
		}
		out, err := next()
		if at == n && after {
			f()
		}
		return out, err
	})
}

// between is a client with something around each of its operations, retries
// and all.
func between(t testing.TB, e Endpoint, around func(next func() (any, error)) (any, error)) media.API {
	t.Helper()
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	return s3.New(client.Options(), func(o *s3.Options) {
		o.APIOptions = append(slices.Clone(o.APIOptions), func(s *middleware.Stack) error {
			return s.Initialize.Add(middleware.InitializeMiddlewareFunc("between", func(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (out middleware.InitializeOutput, meta middleware.Metadata, err error) {
				out.Result, err = around(func() (any, error) {
					var o middleware.InitializeOutput
					o, meta, err = next.HandleInitialize(ctx, in)
					return o.Result, err
				})
				return out, meta, err
			}), middleware.Before)
		})
	})
}
