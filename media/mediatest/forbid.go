package mediatest

import (
	"context"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"

	"github.com/mediadock/mediadock/media"
)

// Forbid is a client for whom some operations are denied, as for a role that
// lost its rights in the middle.
func Forbid(t testing.TB, e Endpoint, operations ...string) media.API {
	t.Helper()
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	return s3.New(client.Options(), func(o *s3.Options) {
		o.APIOptions = append(slices.Clone(o.APIOptions), func(s *middleware.Stack) error {
			return s.Initialize.Add(middleware.InitializeMiddlewareFunc("forbid", func(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
				if slices.Contains(operations, middleware.GetOperationName(ctx)) {
					return middleware.InitializeOutput{}, middleware.Metadata{}, &smithy.GenericAPIError{Code: "AccessDenied", Message: "forbidden by the test"}
				}
				return next.HandleInitialize(ctx, in)
			}), middleware.Before)
		})
	})
}
