package diagnose

const object = "arn:aws:s3:::b/media/.mediadock/x.txt"

// denied is S3's enriched text: who, what, on what, and why.
func denied(operation, action, resource, why string) Evidence {
	return Evidence{Operation: operation, HTTPStatus: 403, Code: "AccessDenied",
		Message: "User: arn:aws:sts::123456789012:assumed-role/MediaRole/mediadock is not authorized to perform: " + action +
			` on resource: "` + resource + `" ` + why}
}

func noIdentity(action string) string { return implicit("identity-based policy", action) }

var putTaxa = []taxon{
	{"put/identity", denied("s3:PutObject", "s3:PutObject", object, noIdentity("s3:PutObject")), known, "likely put-denied, possible put-wrong-prefix", "put-denied put-wrong-prefix"},
	{"put/identity: a policy does reach the role", denied("s3:PutObject", "s3:PutObject", object, noIdentity("s3:PutObject")), with(func(f *Facts) { f.Passed = map[string]bool{"bucket.list": true} }), "likely put-wrong-prefix, likely put-denied", "put-denied put-wrong-prefix"},
	{"put/explicit", denied("s3:PutObject", "s3:PutObject", object, explicit("resource-based policy")), known, "certain explicit-deny, possible encryption-required, possible put-denied", "encryption-required put-denied"},
	{"put/explicit: a header helps", denied("s3:PutObject", "s3:PutObject", object, explicit("resource-based policy")), with(func(f *Facts) { f.EncryptionAccepted = "AES256" }), "certain explicit-deny, certain encryption-required, ruled-out put-denied", ""},
	{"put/acl", s3Error("PutObject", 400, "AccessControlListNotSupported", "The bucket does not allow ACLs"), known, "certain acl-not-supported", ""},
	{"put/public-acl", denied("s3:PutObject", "s3:PutObjectAcl", object, "because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access"), known, "certain public-acl-blocked", "public-access-blocked"},
	{"put/lock-checksum", s3Error("PutObject", 400, "InvalidRequest", "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters"), known, "certain checksum-required", ""},
	{"put/412", s3Error("PutObject", 412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold"), known, "certain precondition-failed", ""},
	{"put/412: without a body", Evidence{Operation: "s3:PutObject", HTTPStatus: 412}, known, "certain precondition-failed", ""},
	{"put/409", s3Error("PutObject", 409, "ConditionalRequestConflict", "The conditional request cannot succeed due to a conflicting operation against this resource."), known, "certain write-conflict", ""},
	{"put/501", s3Error("PutObject", 501, "NotImplemented", "A header you provided implies functionality that is not implemented."), known, "certain feature-unsupported", "service-unavailable"},
	{"put/digest: content", s3Error("PutObject", 400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed."), known, "certain content-corrupted", ""},
	{"put/digest: bad", s3Error("PutObject", 400, "BadDigest", "The Content-MD5 you specified did not match what we received."), known, "certain content-corrupted", ""},
	{"put/digest: invalid", s3Error("PutObject", 400, "InvalidDigest", "The Content-MD5 you specified is not valid."), known, "certain request-malformed", ""},
	{"put/503", s3Error("PutObject", 503, "SlowDown", "Please reduce your request rate."), known, "certain throttled", ""},
	{"put/limits: file", s3Error("PutObject", 400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size"), known, "certain entity-too-large", ""},
	{"put/limits: part", s3Error("CompleteMultipartUpload", 400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size"), known, "certain entity-too-small", ""},
	{"put/limits: metadata", s3Error("PutObject", 400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size"), known, "certain metadata-too-large", ""},
	{"put/limits: key", s3Error("PutObject", 400, "KeyTooLongError", "Your key is too long"), known, "certain key-too-long", ""},
	{"put/limits: tag", s3Error("PutObject", 400, "InvalidTag", "The tag provided was not a valid tag."), known, "certain tag-invalid", ""},
	{"put/quota", s3Error("PutObject", 403, "QuotaExceeded", ""), known, "certain quota-exceeded", "put-denied"},
	{"put/quota: status alone", s3Error("PutObject", 507, "", ""), known, "likely quota-exceeded", "quota-exceeded"},
	{"put/timeout", s3Error("PutObject", 400, "RequestTimeout", "Your socket connection to the server was not read from or written to within the timeout period."), known, "certain upload-timed-out", ""},
}

const unclearKey = "because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access"

var keyTaxa = []taxon{
	{"key/identity", denied("s3:PutObject", "kms:GenerateDataKey", "arn:aws:kms:ap-northeast-1:123456789012:key/1", noIdentity("kms:GenerateDataKey")), known, "certain kms-denied", ""},
	{"key/identity: the key's own policy", denied("s3:PutObject", "kms:GenerateDataKey", "arn:aws:kms:ap-northeast-1:123456789012:key/1", explicit("resource-based policy")), known, "certain explicit-deny, certain kms-denied", ""},
	{"key/unclear", s3Error("PutObject", 403, "AccessDenied", "User: arn:aws:sts::123456789012:assumed-role/MediaRole/s is not authorized to perform: kms:GenerateDataKey on this resource "+unclearKey), known, "likely kms-denied, possible kms-key-unusable", "kms-denied kms-key-unusable"},
	{"key/not-found", s3Error("PutObject", 400, "KMS.NotFoundException", "Key 'arn:aws:kms:ap-northeast-1:123456789012:key/1' does not exist"), known, "certain kms-key-unusable", ""},
	{"key/disabled", s3Error("PutObject", 400, "KMS.DisabledException", "arn:aws:kms:ap-northeast-1:123456789012:key/1 is disabled."), known, "certain kms-key-unusable", ""},
	{"key/state", s3Error("PutObject", 400, "KMS.KMSInvalidStateException", "arn:aws:kms:ap-northeast-1:123456789012:key/1 is pending deletion."), known, "certain kms-key-unusable", ""},
	{"key/state: throttled", s3Error("PutObject", 400, "KMS.ThrottlingException", "You have exceeded the rate at which you may call KMS."), known, "certain throttled", "kms-key-unusable"},
	{"key/state: a failure of KMS", s3Error("PutObject", 500, "KMS.KMSInternalException", ""), known, "likely service-unavailable", "kms-key-unusable"},
}

// requestTaxa are forms that no single row names.
var requestTaxa = []taxon{
	{"list/continuation: other arguments", Evidence{Operation: "s3:ListObjectsV2", HTTPStatus: 400, Code: "InvalidArgument", Message: "Invalid Encoding Method specified in Request", Elements: map[string]string{"ArgumentName": "encoding-type"}}, known, "certain request-malformed", ""},
}

var readTaxa = []taxon{
	{"get/identity", denied("s3:GetObject", "s3:GetObject", object, noIdentity("s3:GetObject")), known, "certain get-denied", ""},
	{"get/identity: HEAD", s3Error("HeadObject", 403, "Forbidden", ""), known, "likely get-denied, possible bucket-foreign-owner", "get-denied"},
	{"get/identity: of a key that is not there", denied("s3:GetObject", "s3:ListBucket", "arn:aws:s3:::b", noIdentity("s3:ListBucket")), known, "likely object-not-found, possible list-denied", "get-denied object-not-found"},
	{"get/decrypt", denied("s3:GetObject", "kms:Decrypt", "arn:aws:kms:ap-northeast-1:123456789012:key/1", noIdentity("kms:Decrypt")), known, "certain kms-decrypt-denied", ""},
	{"get/decrypt: completing an upload", denied("s3:CompleteMultipartUpload", "kms:Decrypt", "arn:aws:kms:ap-northeast-1:123456789012:key/1", noIdentity("kms:Decrypt")), known, "certain kms-decrypt-denied", ""},
	{"get/old-kms", s3Error("GetObject", 403, "AccessDenied", "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access."), known, "likely kms-decrypt-denied, possible kms-key-unusable", "kms-decrypt-denied"},
	{"get/404-after-put", s3Error("GetObject", 404, "NoSuchKey", "The specified key does not exist."), with(func(f *Facts) { f.Passed = map[string]bool{"object.put": true} }), "likely object-vanished", "object-vanished"},
	{"get/archived", s3Error("GetObject", 403, "InvalidObjectState", "The operation is not valid for the object's storage class"), known, "certain object-archived", ""},
	{"copy/tags", denied("s3:CopyObject", "s3:GetObjectTagging", object, noIdentity("s3:GetObjectTagging")), known, "certain tagging-denied", "copy-denied"},
	{"copy/tags: of the copy", denied("s3:CopyObject", "s3:PutObjectTagging", object, noIdentity("s3:PutObjectTagging")), known, "certain tagging-denied", "copy-denied"},
	{"copy/itself", s3Error("CopyObject", 400, "InvalidRequest", "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."), known, "certain copy-to-itself", ""},
	{"copy/200: its own failure", s3Error("CopyObject", 200, "InternalError", "We encountered an internal error. Please try again."), known, "likely service-unavailable", ""},
	{"copy/200: too fast", s3Error("CopyObject", 200, "SlowDown", "Please reduce your request rate."), known, "certain throttled", ""},
	{"copy/200: refused", s3Error("CopyObject", 200, "AccessDenied", "Access Denied"), known, "likely copy-denied, likely bucket-foreign-owner, possible requester-pays", "copy-denied"},
	{"copy/5GB", s3Error("CopyObject", 400, "InvalidRequest", "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120"), known, "certain copy-too-large", ""},
	{"delete/identity", denied("s3:DeleteObject", "s3:DeleteObject", object, noIdentity("s3:DeleteObject")), known, "certain delete-denied", ""},
	{"delete/lock", s3Error("DeleteObject", 403, "AccessDenied", "Access Denied because object protected by object lock."), known, "certain object-locked", "delete-denied"},
	{"delete/mfa", s3Error("DeleteObject", 403, "AccessDenied", "Mfa Authentication must be used for this request"), known, "certain mfa-delete", "delete-denied"},
	{"delete/per-key", denied("s3:DeleteObjects", "s3:DeleteObject", object, noIdentity("s3:DeleteObject")), known, "certain delete-denied", ""},
	{"delete/per-key: a version", denied("s3:DeleteObjects", "s3:DeleteObjectVersion", object, noIdentity("s3:DeleteObjectVersion")), known, "certain action-denied", "delete-denied"},
}
