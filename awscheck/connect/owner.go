package connect

import (
	"context"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

const (
	ownerHeader       = "X-Amz-Expected-Bucket-Owner"
	sourceOwnerHeader = "X-Amz-Source-Expected-Bucket-Owner"
	copySourceHeader  = "X-Amz-Copy-Source"
)

type noOwnerKey struct{}

// WithoutOwner makes the requests under ctx not name an expected bucket
// owner: the follow-up that tells a foreign bucket from a missing permission.
func WithoutOwner(ctx context.Context) context.Context {
	return context.WithValue(ctx, noOwnerKey{}, true)
}

// expectOwner adds the expected owner to every request to a bucket, and of
// both buckets to a copy: a name that was deleted and claimed by somebody
// else must never receive a customer's media.
func expectOwner(account string) func(*middleware.Stack) error {
	return func(stack *middleware.Stack) error {
		if account == "" {
			return nil
		}
		return stack.Build.Add(middleware.BuildMiddlewareFunc("mediadock.ExpectOwner",
			func(ctx context.Context, in middleware.BuildInput, next middleware.BuildHandler) (middleware.BuildOutput, middleware.Metadata, error) {
				req, ok := in.Request.(*smithyhttp.Request)
				off, _ := ctx.Value(noOwnerKey{}).(bool)
				if ok && !off && awsmiddleware.GetOperationName(ctx) != "ListBuckets" {
					req.Header.Set(ownerHeader, account)
					if req.Header.Get(copySourceHeader) != "" {
						req.Header.Set(sourceOwnerHeader, account)
					}
				}
				return next.HandleBuild(ctx, in)
			}), middleware.After)
	}
}
