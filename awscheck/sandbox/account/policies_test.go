package account_test

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
)

func TestPoliciesOfTheOrganizationAndBeyond(t *testing.T) {
	a := parse(t, `
account: "123456789012"
resource_control_policies:
  - {Version: "2012-10-17", Statement: [{Effect: Deny, Principal: "*", Action: "s3:*", Resource: "*", Condition: {Bool: {"aws:SecureTransport": false}}}]}
vpc_endpoint_policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: "*", Action: "*", Resource: "*"}]}
account_public_access_block: {restrict_public_buckets: true}
roles:
  - name: R
    trust_policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {AWS: "123456789012"}, Action: "sts:AssumeRole"}]}
    attached_policies:
      - {name: Media, policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}}
      - {name: AmazonS3ReadOnlyAccess}
kms_keys: [{arn: "arn:aws:kms:us-east-1:123456789012:key/a", aliases: [alias/media]}]
buckets: [{name: b-one, region: us-east-1, requester_pays: true}]
faults:
  - {service: s3, operation: GetObject, truncate: 0}
  - {service: kms, operation: DescribeKey, hang: true, times: 1}
  - {service: s3control, body: "<html>", content_type: text/html, status: 403}
  - {service: cloudfront, operation: CreateInvalidation, redirect: "https://portal.example.com/"}
`)
	if r := a.ResourceControlPolicies; len(r) != 1 || r[0].Statements[0].Effect != policy.Deny || a.VPCEndpointPolicy == nil {
		t.Errorf("%+v %+v", r, a.VPCEndpointPolicy)
	}
	if b := a.AccountPublicAccessBlock; b == nil || !b.RestrictPublicBuckets || b.BlockPublicPolicy {
		t.Errorf("%+v", b)
	}
	if p := a.Roles[0].AttachedPolicies; len(p) != 2 || p[0].Policy == nil || p[1].Policy != nil {
		t.Errorf("%+v", p)
	}
	if a.KMSKeys[0].Aliases[0] != "alias/media" || !a.Buckets[0].RequesterPays {
		t.Errorf("%+v %+v", a.KMSKeys, a.Buckets)
	}
	f := a.Faults
	if f[0].Truncate == nil || *f[0].Truncate != 0 || !f[1].Hang || f[2].Body != "<html>" || f[2].Status != 403 || f[3].Redirect == "" {
		t.Errorf("%+v", f)
	}
	if none := parse(t, "account: \"123456789012\"\n"); none.ResourceControlPolicies != nil || none.VPCEndpointPolicy != nil || none.AccountPublicAccessBlock != nil {
		t.Errorf("%+v", none)
	}
}
