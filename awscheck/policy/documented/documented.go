// Package documented builds the policy documents that the CMS's own
// documentation asks for, filled in for one connection.
//
// Rows M43 and M44 (bucket policy without and with CloudFront), M47
// (permissions of the role) and M48 to M50 (trust with an external ID).
package documented

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// Params fill a document in.
type Params struct {
	Partition  string // "aws" when empty
	Bucket     string
	Prefix     string // key prefix without slashes at its ends; empty: the whole bucket
	ExternalID string
	// TrustedPrincipal may assume the role: a 12-digit account, which stands
	// for its root ARN, or the ARN of a user or role.
	TrustedPrincipal string
	DistributionARN  string // of the CloudFront distribution
	Region           string // of the bucket and its KMS key
	RoleARN          string // of the role, for the key's policy
	KeyARN           string // of the KMS key that the bucket is encrypted with
}

// Permissions is the role's policy of row M47: locate and list the bucket,
// read, write and delete under the prefix.
func Permissions(p Params) policy.Document {
	return document(
		policy.Statement{
			Effect:   policy.Allow,
			Action:   []string{"s3:GetBucketLocation", "s3:ListBucket"},
			Resource: []string{p.bucketARN()},
		},
		policy.Statement{
			Effect:   policy.Allow,
			Action:   []string{"s3:GetObject", "s3:PutObject", "s3:DeleteObject"},
			Resource: []string{p.objectsARN()},
		},
	)
}

// PermissionsTight narrows Permissions to what is needed: listing is allowed
// under the prefix alone, and uploads that were begun may be aborted. A
// HeadBucket call, which carries no prefix, is then refused. With an empty
// prefix there is nothing to narrow, and listing stays unconditional.
func PermissionsTight(p Params) policy.Document {
	list := policy.Statement{
		Sid:      "ListOnlyThePrefix",
		Effect:   policy.Allow,
		Action:   []string{"s3:ListBucket"},
		Resource: []string{p.bucketARN()},
	}
	if dir := p.dir(); dir != "" {
		list.Conditions = []policy.Condition{{
			Operator: "StringLike",
			Key:      "s3:prefix",
			Values:   []string{dir + "*", dir, strings.TrimSuffix(dir, "/")},
		}}
	} else {
		list.Sid = "List"
	}
	return document(
		policy.Statement{
			Sid:      "Locate",
			Effect:   policy.Allow,
			Action:   []string{"s3:GetBucketLocation"},
			Resource: []string{p.bucketARN()},
		},
		list,
		policy.Statement{
			Sid:      "Objects",
			Effect:   policy.Allow,
			Action:   []string{"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"},
			Resource: []string{p.objectsARN()},
		},
	)
}

// Trust is the role's trust policy of rows M48 to M50: another account, or the
// principal given, may assume the role with the external ID.
func Trust(p Params) policy.Document {
	return document(policy.Statement{
		Effect:    policy.Allow,
		Principal: &policy.Principals{AWS: []string{p.principalARN()}},
		Action:    []string{"sts:AssumeRole"},
		Conditions: []policy.Condition{{
			Operator: "StringEquals", Key: "sts:ExternalId", Values: []string{p.ExternalID},
		}},
	})
}

// BucketPublic is the bucket policy of row M43: everybody may read what is
// under the prefix.
func BucketPublic(p Params) policy.Document {
	return document(policy.Statement{
		Effect:    policy.Allow,
		Principal: &policy.Principals{Any: true},
		Action:    []string{"s3:GetObject"},
		Resource:  []string{p.objectsARN()},
	})
}

// BucketCloudFront is the bucket policy of row M44: one CloudFront
// distribution may read what is under the prefix.
func BucketCloudFront(p Params) policy.Document {
	return document(policy.Statement{
		Effect:    policy.Allow,
		Principal: &policy.Principals{Service: []string{"cloudfront.amazonaws.com"}},
		Action:    []string{"s3:GetObject"},
		Resource:  []string{p.objectsARN()},
		Conditions: []policy.Condition{{
			Operator: "ArnLike", Key: "AWS:SourceArn", Values: []string{p.DistributionARN},
		}},
	})
}

// KeyDefault is the key policy that AWS KMS gives a key made without one: the
// account's own IAM policies decide.
func KeyDefault(partition, account string) policy.Document {
	p := Params{Partition: partition, TrustedPrincipal: account}
	return document(policy.Statement{
		Sid:       "Enable IAM User Permissions",
		Effect:    policy.Allow,
		Principal: &policy.Principals{AWS: []string{p.principalARN()}},
		Action:    []string{"kms:*"},
		Resource:  []string{"*"},
	})
}

func document(statements ...policy.Statement) policy.Document {
	return policy.Document{Version: policy.Version2012, Statements: statements}
}

func (p Params) partition() string {
	if p.Partition == "" {
		return "aws"
	}
	return p.Partition
}

// dir is the prefix as keys begin with it: "media/", or "" for the whole
// bucket.
func (p Params) dir() string {
	prefix := strings.Trim(p.Prefix, "/")
	if prefix == "" {
		return ""
	}
	return prefix + "/"
}

func (p Params) bucketARN() string { return "arn:" + p.partition() + ":s3:::" + p.Bucket }

// objectsARN never holds "//*", which would match no object (D6).
func (p Params) objectsARN() string { return p.bucketARN() + "/" + p.dir() + "*" }

func (p Params) principalARN() string {
	if strings.HasPrefix(p.TrustedPrincipal, "arn:") {
		return p.TrustedPrincipal
	}
	return "arn:" + p.partition() + ":iam::" + p.TrustedPrincipal + ":root"
}
