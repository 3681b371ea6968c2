package awschecktest

import (
	"context"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

func TestSandbox(t *testing.T) {
	for _, access := range []string{"role", "caller"} {
		t.Run(access, func(t *testing.T) {
			acc, meta, err := account.Scenario("microcms")
			if err != nil {
				t.Fatal(err)
			}
			box, err := sandbox.Start(context.Background(), sandbox.Options{Account: acc, Dir: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = box.Close() })
			s := meta.Settings
			Suite(t, Endpoint{
				Parts: connect.Parts{
					Endpoint: box.Endpoint(), Region: "us-east-1", Proxy: box.ProxyURL(), RootCAs: box.RootCAs(),
					AccessKeyID: acc.Callers[0].AccessKeyID, SecretAccessKey: acc.Callers[0].SecretAccessKey,
				},
				Target: awscheck.Target{
					Integration: "microcms", Access: access, Bucket: s["bucket"], Region: s["region"],
					RoleARN: s["role_arn"], ExternalID: s["external_id"], Prefix: s["prefix"],
				},
			})
		})
	}
}

func TestEndpoint(t *testing.T) {
	e, ok := FromEnvironment()
	if !ok {
		t.Skip("MEDIADOCK_TEST_ENDPOINT is not set")
	}
	Suite(t, e)
}
