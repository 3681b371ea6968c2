// Package access carries who made a request from the room that verified the
// signature to the rooms that decide.
package access

import (
	"context"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// Caller is the verified sender of a request, with the policies that follow
// them. The zero value is an anonymous caller.
type Caller struct {
	Principal      policy.Principal
	AccessKeyID    string
	Identity       []policy.Document
	Boundary       *policy.Document
	Session        *policy.Document
	ServiceControl []policy.Document // nil: no organization
	// Beside says that the request did not come through the VPC endpoint of
	// the account file: a browser's, by way of the proxy.
	Beside bool
}

type callerKey struct{}

// WithCaller returns a context that carries c.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerFrom returns the caller that WithCaller stored, or the anonymous one.
func CallerFrom(ctx context.Context) Caller {
	c, _ := ctx.Value(callerKey{}).(Caller)
	return c
}

type plainKey struct{}

// WithPlainProxied marks a request that came through the forward proxy
// without TLS.
func WithPlainProxied(ctx context.Context) context.Context {
	return context.WithValue(ctx, plainKey{}, true)
}

// PlainProxied says whether WithPlainProxied marked the request.
func PlainProxied(ctx context.Context) bool {
	v, _ := ctx.Value(plainKey{}).(bool)
	return v
}
