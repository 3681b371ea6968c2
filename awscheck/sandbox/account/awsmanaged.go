package account

import (
	"maps"
	"slices"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// AWSManagedPolicy is AWS's own managed policy of that name, as far as the
// sandbox knows it: those that people attach to a role for a bucket.
func AWSManagedPolicy(name string) (policy.Document, bool) {
	s, ok := awsManaged[name]
	return policy.Document{Version: policy.Version2012, Statements: s}, ok
}

// AWSManagedPolicies are the names that AWSManagedPolicy knows, sorted.
func AWSManagedPolicies() []string { return slices.Sorted(maps.Keys(awsManaged)) }

var everything = []string{"*"}

var awsManaged = map[string][]policy.Statement{
	"AdministratorAccess": {{Effect: policy.Allow, Action: []string{"*"}, Resource: everything}},
	"AmazonS3FullAccess":  {{Effect: policy.Allow, Action: []string{"s3:*", "s3-object-lambda:*"}, Resource: everything}},
	"AmazonS3ReadOnlyAccess": {{
		Effect:   policy.Allow,
		Action:   []string{"s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*"},
		Resource: everything,
	}},
	"PowerUserAccess": {
		{Effect: policy.Allow, NotAction: []string{"iam:*", "organizations:*", "account:*"}, Resource: everything},
		{
			Effect: policy.Allow,
			Action: []string{
				"account:GetAccountInformation", "account:GetGovCloudAccountInformation", "account:GetPrimaryEmail", "account:ListRegions",
				"iam:CreateServiceLinkedRole", "iam:DeleteServiceLinkedRole", "iam:ListRoles", "organizations:DescribeEffectivePolicy",
				"organizations:DescribeOrganization",
			},
			Resource: everything,
		},
	},
	"IAMReadOnlyAccess": {{
		Effect: policy.Allow,
		Action: []string{
			"iam:GenerateCredentialReport", "iam:GenerateServiceLastAccessedDetails", "iam:Get*", "iam:List*",
			"iam:SimulateCustomPolicy", "iam:SimulatePrincipalPolicy",
		},
		Resource: everything,
	}},
}
