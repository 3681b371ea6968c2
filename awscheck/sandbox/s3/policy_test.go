package s3_test

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

type bucketT = account.Bucket

// openTo opens the bucket to everybody for the actions.
func openTo(t testing.TB, b *bucketT, actions ...string) {
	t.Helper()
	b.PublicAccessBlock = account.PublicAccessBlock{}
	b.Policy = &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{
		Effect: policy.Allow, Principal: &policy.Principals{Any: true}, Action: actions,
		Resource: []string{"arn:aws:s3:::" + b.Name, "arn:aws:s3:::" + b.Name + "/*"},
	}}}
}
