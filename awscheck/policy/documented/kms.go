package documented

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/address"
)

// KeyUse is what the role's own policy has to allow where the bucket is
// encrypted with a KMS key: making data keys and decrypting, through S3 alone.
func KeyUse(p Params) policy.Document {
	return document(policy.Statement{
		Effect:     policy.Allow,
		Action:     []string{"kms:GenerateDataKey", "kms:Decrypt"},
		Resource:   []string{p.KeyARN},
		Conditions: p.viaS3(),
	})
}

// KeyUseTight narrows KeyUse to this bucket's objects: S3 tells KMS in the
// encryption context which object a key is for, or which bucket where bucket
// keys are on.
func KeyUseTight(p Params) policy.Document {
	d := KeyUse(p)
	s := &d.Statements[0]
	s.Sid = "KeyForThisBucket"
	s.Conditions = append(s.Conditions, policy.Condition{
		Operator: "StringLike", Key: "kms:EncryptionContext:aws:s3:arn",
		Values: []string{p.bucketARN(), p.objectsARN()},
	})
	return d
}

// KeyForRole is the statement by which a key's own policy lets the role use
// it. A key whose policy leaves decisions to its account's IAM policies (see
// KeyDefault) does without.
func KeyForRole(p Params) policy.Document {
	return document(policy.Statement{
		Sid: "AllowMediaRoleThroughS3", Effect: policy.Allow,
		Principal:  &policy.Principals{AWS: []string{p.RoleARN}},
		Action:     []string{"kms:GenerateDataKey", "kms:Decrypt"},
		Resource:   []string{"*"},
		Conditions: p.viaS3(),
	})
}

// KeyForCloudFront is the statement by which a key's own policy lets one
// CloudFront distribution decrypt. Nothing else can: a service has no
// policies of its own.
func KeyForCloudFront(p Params) policy.Document {
	return document(policy.Statement{
		Sid: "AllowCloudFrontToDecrypt", Effect: policy.Allow,
		Principal: &policy.Principals{Service: []string{"cloudfront.amazonaws.com"}},
		Action:    []string{"kms:Decrypt"},
		Resource:  []string{"*"},
		Conditions: []policy.Condition{{
			Operator: "StringEquals", Key: "AWS:SourceArn", Values: []string{p.DistributionARN},
		}},
	})
}

// viaS3 limits a statement to requests that S3 makes for somebody, in the
// bucket's Region.
func (p Params) viaS3() []policy.Condition {
	suffix := "amazonaws.com"
	if known, ok := address.PartitionByID(p.partition()); ok {
		suffix = known.DNSSuffix
	}
	return []policy.Condition{{
		Operator: "StringEquals", Key: "kms:ViaService",
		Values: []string{strings.Join([]string{"s3", p.Region, suffix}, ".")},
	}}
}
