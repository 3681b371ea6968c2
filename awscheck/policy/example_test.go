package policy_test

import (
	"fmt"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// A role may read under a prefix; the bucket's policy refuses plain HTTP.
func ExampleEvaluate() {
	role, err := policy.Parse([]byte(`{"Version": "2012-10-17", "Statement": [
		{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::alpha/media/*"}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	bucket, err := policy.Parse([]byte(`{"Version": "2012-10-17", "Statement": [
		{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::alpha/*",
		 "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	request := policy.Request{
		Principal: policy.Principal{
			Kind: policy.AssumedRole, Account: "123456789012",
			ARN:     "arn:aws:sts::123456789012:assumed-role/MediaRole/cms",
			RoleARN: "arn:aws:iam::123456789012:role/MediaRole",
		},
		Action: "s3:GetObject", Resource: "arn:aws:s3:::alpha/media/logo.png", ResourceAccount: "123456789012",
	}
	policies := policy.Policies{Identity: []policy.Document{role}, Resource: &bucket}

	for _, secure := range []string{"true", "false"} {
		request.Context = map[string][]string{"aws:securetransport": {secure}}
		d := policy.Evaluate(request, policies)
		fmt.Printf("%v %q\n", d.Allowed, d.Clause(request.Action))
	}
	request.Action = "s3:PutObject"
	request.Context = nil
	fmt.Println(policy.Evaluate(request, policies).Clause(request.Action))
	// Output:
	// true ""
	// false "with an explicit deny in a resource-based policy"
	// because no identity-based policy allows the s3:PutObject action
}
