package account

import "slices"

// operations are the operations that faults may name, by service. They are
// AWS's names; a request through a distribution is named by its method.
var operations = map[string][]string{
	"s3": {
		"AbortMultipartUpload", "CompleteMultipartUpload", "CopyObject", "CreateBucket", "CreateMultipartUpload",
		"DeleteBucket", "DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketPolicy", "DeleteObject", "DeleteObjectTagging",
		"DeleteObjects", "DeletePublicAccessBlock", "GetBucketAcl", "GetBucketCors", "GetBucketEncryption", "GetBucketLifecycleConfiguration",
		"GetBucketLocation", "GetBucketLogging", "GetBucketNotificationConfiguration", "GetBucketOwnershipControls", "GetBucketPolicy",
		"GetBucketPolicyStatus", "GetBucketReplication", "GetBucketRequestPayment", "GetBucketTagging", "GetBucketVersioning",
		"GetBucketWebsite", "GetObject", "GetObjectAcl", "GetObjectAttributes", "GetObjectLegalHold", "GetObjectLockConfiguration",
		"GetObjectRetention", "GetObjectTagging", "GetPublicAccessBlock", "HeadBucket", "HeadObject", "ListBuckets",
		"ListMultipartUploads", "ListObjectVersions", "ListObjects", "ListObjectsV2", "ListParts", "PutBucketAcl", "PutBucketCors",
		"PutBucketEncryption", "PutBucketLifecycleConfiguration", "PutBucketOwnershipControls", "PutBucketPolicy", "PutBucketTagging",
		"PutBucketVersioning", "PutObject", "PutObjectAcl", "PutObjectLegalHold", "PutObjectLockConfiguration", "PutObjectRetention",
		"PutObjectTagging", "PutPublicAccessBlock", "RestoreObject", "UploadPart", "UploadPartCopy",
	},
	"sts": {"AssumeRole", "GetCallerIdentity"},
	"iam": {"GetRole", "GetRolePolicy", "ListAttachedRolePolicies", "ListRolePolicies"},
	"cloudfront": {
		"GET", "HEAD", "OPTIONS",
	},
}

// Services are the services that faults may name.
func Services() []string { return []string{"s3", "sts", "iam", "cloudfront"} }

// knownOperation says whether service has an operation of that name.
func knownOperation(service, name string) bool {
	if name == "*" {
		return true
	}
	if service == "*" {
		return slices.ContainsFunc(Services(), func(s string) bool { return slices.Contains(operations[s], name) })
	}
	return slices.Contains(operations[service], name)
}
