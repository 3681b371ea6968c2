package documented

import "github.com/mediadock/mediadock/awscheck/policy"

// ReadOnly is the policy of the IAM user whose key imgix holds, as imgix's
// manual has it (I19, I20): all three actions on the bucket and on everything
// in it. The manual's own text has no Version, which IAM takes for 2008-10-17;
// it is written here so that a policy variable added later is one.
func ReadOnly(p Params) policy.Document {
	whole := p
	whole.Prefix = ""
	return document(policy.Statement{
		Effect:   policy.Allow,
		Action:   []string{"s3:GetObject", "s3:ListBucket", "s3:GetBucketLocation"},
		Resource: []string{whole.objectsARN(), p.bucketARN()},
	})
}

// ReadOnlyTight splits ReadOnly so that each action names what it is about,
// and only what is under the prefix can be read.
func ReadOnlyTight(p Params) policy.Document {
	return document(
		policy.Statement{
			Sid:      "LocateAndList",
			Effect:   policy.Allow,
			Action:   []string{"s3:ListBucket", "s3:GetBucketLocation"},
			Resource: []string{p.bucketARN()},
		},
		policy.Statement{
			Sid:      "Read",
			Effect:   policy.Allow,
			Action:   []string{"s3:GetObject"},
			Resource: []string{p.objectsARN()},
		},
	)
}
