package s3

import "net/http"

const (
	get     = http.MethodGet
	head    = http.MethodHead
	put     = http.MethodPut
	post    = http.MethodPost
	del     = http.MethodDelete
	options = http.MethodOptions
)

// Routes are in the order in which S3 tells operations apart: what a query
// parameter names comes before what the method alone means.
var serviceRoutes, bucketRoutes, objectRoutes []route

func init() { // the handlers refer to the tables
	serviceRoutes = []route{
		{get, "", "", "ListBuckets", (*call).listBuckets},
	}
	bucketRoutes = []route{
		{get, "location", "", "GetBucketLocation", (*call).getBucketLocation},
		{get, "policy", "", "GetBucketPolicy", (*call).getBucketPolicy},
		{get, "policyStatus", "", "GetBucketPolicyStatus", (*call).getBucketPolicyStatus},
		{get, "publicAccessBlock", "", "GetPublicAccessBlock", (*call).getPublicAccessBlock},
		{get, "ownershipControls", "", "GetBucketOwnershipControls", (*call).getBucketOwnershipControls},
		{get, "versioning", "", "GetBucketVersioning", (*call).getBucketVersioning},
		{get, "encryption", "", "GetBucketEncryption", (*call).getBucketEncryption},
		{get, "cors", "", "GetBucketCors", (*call).getBucketCors},
		{get, "lifecycle", "", "GetBucketLifecycleConfiguration", (*call).getBucketLifecycle},
		{get, "object-lock", "", "GetObjectLockConfiguration", (*call).getObjectLockConfiguration},
		{get, "acl", "", "GetBucketAcl", (*call).getBucketACL},
		{get, "tagging", "", "GetBucketTagging", never("s3:GetBucketTagging", "NoSuchTagSet", "The TagSet does not exist")},
		{get, "website", "", "GetBucketWebsite", never("s3:GetBucketWebsite", "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration")},
		{get, "replication", "", "GetBucketReplication", never("s3:GetReplicationConfiguration", "ReplicationConfigurationNotFoundError", "The replication configuration was not found")},
		{get, "logging", "", "GetBucketLogging", always("s3:GetBucketLogging", empty("BucketLoggingStatus"))},
		{get, "notification", "", "GetBucketNotificationConfiguration", always("s3:GetBucketNotification", empty("NotificationConfiguration"))},
		{get, "accelerate", "", "GetBucketAccelerateConfiguration", always("s3:GetAccelerateConfiguration", empty("AccelerateConfiguration"))},
		{get, "requestPayment", "", "GetBucketRequestPayment", (*call).getBucketRequestPayment},
		{get, "versions", "", "ListObjectVersions", (*call).listObjectVersions},
		{get, "uploads", "", "ListMultipartUploads", (*call).listMultipartUploads},
		{get, "analytics", "", "GetBucketAnalyticsConfiguration", nil},
		{get, "inventory", "", "GetBucketInventoryConfiguration", nil},
		{get, "metrics", "", "GetBucketMetricsConfiguration", nil},
		{get, "intelligent-tiering", "", "GetBucketIntelligentTieringConfiguration", nil},
		{get, "session", "", "CreateSession", nil},
		{get, "list-type", "", "ListObjectsV2", (*call).listObjectsV2},
		{get, "", "", "ListObjects", (*call).listObjectsV1},
		{head, "", "", "HeadBucket", (*call).headBucket},

		{put, "policy", "", "PutBucketPolicy", (*call).putBucketPolicy},
		{put, "publicAccessBlock", "", "PutPublicAccessBlock", (*call).putPublicAccessBlock},
		{put, "ownershipControls", "", "PutBucketOwnershipControls", (*call).putBucketOwnershipControls},
		{put, "versioning", "", "PutBucketVersioning", (*call).putBucketVersioning},
		{put, "encryption", "", "PutBucketEncryption", (*call).putBucketEncryption},
		{put, "cors", "", "PutBucketCors", (*call).putBucketCors},
		{put, "acl", "", "PutBucketAcl", (*call).putBucketACL},
		{put, "lifecycle", "", "PutBucketLifecycleConfiguration", (*call).putBucketLifecycle},
		{put, "object-lock", "", "PutObjectLockConfiguration", (*call).putObjectLockConfiguration},
		{put, "tagging", "", "PutBucketTagging", nil},
		{put, "website", "", "PutBucketWebsite", nil},
		{put, "replication", "", "PutBucketReplication", nil},
		{put, "logging", "", "PutBucketLogging", nil},
		{put, "notification", "", "PutBucketNotificationConfiguration", nil},
		{put, "accelerate", "", "PutBucketAccelerateConfiguration", nil},
		{put, "requestPayment", "", "PutBucketRequestPayment", (*call).putBucketRequestPayment},
		{put, "", "", "CreateBucket", (*call).createBucket},

		{post, "delete", "", "DeleteObjects", (*call).deleteObjects},

		{del, "policy", "", "DeleteBucketPolicy", (*call).deleteBucketPolicy},
		{del, "publicAccessBlock", "", "DeletePublicAccessBlock", (*call).deletePublicAccessBlock},
		{del, "cors", "", "DeleteBucketCors", (*call).deleteBucketCors},
		{del, "lifecycle", "", "DeleteBucketLifecycle", (*call).deleteBucketLifecycle},
		{del, "tagging", "", "DeleteBucketTagging", nil},
		{del, "", "", "DeleteBucket", nil},

		{options, "", "", "OPTIONS", (*call).preflight},
	}
	objectRoutes = []route{
		{get, "tagging", "", "GetObjectTagging", (*call).getObjectTagging},
		{get, "acl", "", "GetObjectAcl", (*call).getObjectACL},
		{get, "attributes", "", "GetObjectAttributes", (*call).getObjectAttributes},
		{get, "retention", "", "GetObjectRetention", (*call).getObjectRetention},
		{get, "legal-hold", "", "GetObjectLegalHold", (*call).getObjectLegalHold},
		{get, "torrent", "", "GetObjectTorrent", nil},
		{get, "uploadId", "", "ListParts", (*call).listParts},
		{get, "", "", "GetObject", (*call).getObject},
		{head, "", "", "HeadObject", (*call).headObject},

		{put, "tagging", "", "PutObjectTagging", (*call).putObjectTagging},
		{put, "acl", "", "PutObjectAcl", (*call).putObjectACL},
		{put, "retention", "", "PutObjectRetention", (*call).putObjectRetention},
		{put, "legal-hold", "", "PutObjectLegalHold", (*call).putObjectLegalHold},
		{put, "renameObject", "", "RenameObject", nil},
		{put, "uploadId", "X-Amz-Copy-Source", "UploadPartCopy", (*call).uploadPartCopy},
		{put, "uploadId", "", "UploadPart", (*call).uploadPart},
		{put, "", "X-Amz-Copy-Source", "CopyObject", (*call).copyObject},
		{put, "", "", "PutObject", (*call).putObject},

		{post, "uploads", "", "CreateMultipartUpload", (*call).createMultipartUpload},
		{post, "uploadId", "", "CompleteMultipartUpload", (*call).completeMultipartUpload},
		{post, "restore", "", "RestoreObject", (*call).restoreObject},
		{post, "select", "", "SelectObjectContent", nil},

		{del, "tagging", "", "DeleteObjectTagging", (*call).deleteObjectTagging},
		{del, "uploadId", "", "AbortMultipartUpload", (*call).abortMultipartUpload},
		{del, "", "", "DeleteObject", (*call).deleteObject},

		{options, "", "", "OPTIONS", (*call).preflight},
	}
}
