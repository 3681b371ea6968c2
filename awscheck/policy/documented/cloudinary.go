package documented

import (
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/address"
)

// CloudinaryAccount is the AWS account that Cloudinary reads buckets with.
const CloudinaryAccount = "232482882421"

// CloudinaryBucket is the bucket policy of row C15: Cloudinary may read the
// bucket's objects.
func CloudinaryBucket(p Params) policy.Document {
	return cloudinaryBucket(p, p.bucketARN()+"/*")
}

// CloudinaryBucketTight narrows CloudinaryBucket to what is under the prefix,
// and to the marker files, without which Cloudinary reads nothing. With an
// empty prefix there is nothing to narrow.
func CloudinaryBucketTight(p Params) policy.Document {
	if p.dir() == "" {
		return CloudinaryBucket(p)
	}
	return cloudinaryBucket(p, p.objectsARN(), p.bucketARN()+"/"+address.CloudinaryMarkers+"*")
}

func cloudinaryBucket(p Params, resources ...string) policy.Document {
	d := document(policy.Statement{
		Sid: "AWSConsoleStmt-" + p.Bucket + "-cloudinary", Effect: policy.Allow,
		Principal: &policy.Principals{AWS: []string{CloudinaryAccount}},
		Action:    []string{"s3:GetObject"},
		Resource:  resources,
	})
	d.ID = "AWSConsole-AccessLogs-Policy-" + p.Bucket + "-cloudinary"
	return d
}

// CloudinaryKey is the statement of row C17 in the policy of KeyARN's key:
// Cloudinary may decrypt with it. Without a KeyARN it is that of row C18, for
// tests alone: it fits whichever key it is put on.
func CloudinaryKey(p Params) policy.Document {
	return document(cloudinaryKey(p, "kms:Decrypt", "kms:DescribeKey"))
}

// CloudinaryKeyTight narrows CloudinaryKey: decrypting through S3 alone, in
// the bucket's Region, and objects of this bucket.
func CloudinaryKeyTight(p Params) policy.Document {
	decrypt, describe := cloudinaryKey(p, "kms:Decrypt"), cloudinaryKey(p, "kms:DescribeKey")
	describe.Sid = "AllowDescribeForCloudinary"
	decrypt.Conditions = append(p.viaS3(), policy.Condition{
		Operator: "StringLike", Key: "kms:EncryptionContext:aws:s3:arn",
		Values: []string{p.bucketARN(), p.bucketARN() + "/*"},
	})
	return document(decrypt, describe)
}

func cloudinaryKey(p Params, actions ...string) policy.Statement {
	key := p.KeyARN
	if key == "" {
		key = "*"
	}
	return policy.Statement{
		Sid: "AllowAccessForCloudinary", Effect: policy.Allow,
		Principal: &policy.Principals{AWS: []string{"arn:" + p.partition() + ":iam::" + CloudinaryAccount + ":root"}},
		Action:    actions,
		Resource:  []string{key},
	}
}
