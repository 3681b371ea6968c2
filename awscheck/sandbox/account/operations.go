package account

import "slices"

// operations are the operations that faults may name, by service. They are
// AWS's names; a request through a distribution, and a CORS preflight, is named
// by its method.
var operations = map[string][]string{
	"s3": {
		"AbortMultipartUpload", "CompleteMultipartUpload", "CopyObject", "CreateBucket", "CreateMultipartUpload", "CreateSession",
		"DeleteBucket", "DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketPolicy", "DeleteBucketTagging", "DeleteObject",
		"DeleteObjectTagging", "DeleteObjects", "DeletePublicAccessBlock", "GetBucketAccelerateConfiguration", "GetBucketAcl",
		"GetBucketAnalyticsConfiguration", "GetBucketCors", "GetBucketEncryption", "GetBucketIntelligentTieringConfiguration",
		"GetBucketInventoryConfiguration", "GetBucketLifecycleConfiguration", "GetBucketLocation", "GetBucketLogging",
		"GetBucketMetricsConfiguration", "GetBucketNotificationConfiguration", "GetBucketOwnershipControls", "GetBucketPolicy",
		"GetBucketPolicyStatus", "GetBucketReplication", "GetBucketRequestPayment", "GetBucketTagging", "GetBucketVersioning",
		"GetBucketWebsite", "GetObject", "GetObjectAcl", "GetObjectAttributes", "GetObjectLegalHold",
		"GetObjectLockConfiguration", "GetObjectRetention", "GetObjectTagging", "GetObjectTorrent", "GetPublicAccessBlock",
		"HeadBucket", "HeadObject", "ListBuckets", "ListMultipartUploads", "ListObjectVersions", "ListObjects", "ListObjectsV2",
		"ListParts", "OPTIONS", "PutBucketAccelerateConfiguration", "PutBucketAcl", "PutBucketCors", "PutBucketEncryption",
		"PutBucketLifecycleConfiguration", "PutBucketLogging", "PutBucketNotificationConfiguration", "PutBucketOwnershipControls",
		"PutBucketPolicy", "PutBucketReplication", "PutBucketRequestPayment", "PutBucketTagging", "PutBucketVersioning",
		"PutBucketWebsite", "PutObject", "PutObjectAcl", "PutObjectLegalHold", "PutObjectLockConfiguration", "PutObjectRetention",
		"PutObjectTagging", "PutPublicAccessBlock", "RenameObject", "RestoreObject", "SelectObjectContent", "UploadPart",
		"UploadPartCopy",
	},
	"sts": {"AssumeRole", "GetCallerIdentity"},
	"iam": {
		"AttachRolePolicy", "CreatePolicy", "CreatePolicyVersion", "CreateRole", "DeleteRolePermissionsBoundary", "DeleteRolePolicy",
		"DeleteUserPolicy", "DetachRolePolicy", "GetContextKeysForPrincipalPolicy", "GetPolicy", "GetPolicyVersion", "GetRole",
		"GetRolePolicy", "GetUserPolicy", "ListAttachedRolePolicies", "ListPolicyVersions", "ListRolePolicies", "ListRoles",
		"ListUserPolicies", "PutRolePermissionsBoundary", "PutRolePolicy", "PutUserPolicy", "SimulatePrincipalPolicy",
		"UpdateAssumeRolePolicy", "UpdateRole",
	},
	"kms": {
		"CancelKeyDeletion", "DescribeKey", "DisableKey", "EnableKey", "GetKeyPolicy", "ListAliases", "PutKeyPolicy", "ScheduleKeyDeletion",
	},
	"s3control": {"DeletePublicAccessBlock", "GetPublicAccessBlock", "PutPublicAccessBlock"},
	"cloudfront": {
		"CreateInvalidation", "CreateOriginAccessControl", "DELETE", "GET", "GetDistribution", "GetDistributionConfig",
		"CreateOriginAccessControl", "GetInvalidation", "GetOriginAccessControl", "GetOriginAccessControlConfig", "GetOriginAccessControlConfig", "HEAD", "ListDistributions",
		"ListInvalidations", "ListOriginAccessControls", "OPTIONS", "PATCH", "POST", "PUT", "UpdateDistribution",
		"UpdateOriginAccessControl",
	},
}

// Services are the services that faults may name.
func Services() []string { return []string{"s3", "sts", "iam", "kms", "s3control", "cloudfront"} }

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
