package diagnose

// Does the bucket exist, where, whose.
var bucketTaxa = []taxon{
	{"bucket/404: HEAD", s3Error("HeadBucket", 404, "NotFound", ""), known, "certain bucket-not-found", ""},
	{"bucket/404: GET", s3Error("ListObjectsV2", 404, "NoSuchBucket", "The specified bucket does not exist"), known, "certain bucket-not-found", ""},
	{"bucket/403-head", Evidence{Operation: "s3:HeadBucket", HTTPStatus: 403, Code: "Forbidden", BucketRegion: "ap-northeast-1"}, known, "likely list-denied, possible bucket-foreign-owner", "list-denied bucket-foreign-owner"},
	{"bucket/403-enriched", denied("s3:GetBucketLocation", "s3:GetBucketLocation", "arn:aws:s3:::b", noIdentity("s3:GetBucketLocation")), known, "certain location-denied", ""},
	{"bucket/403-plain", s3Error("GetBucketLocation", 403, "AccessDenied", "Access Denied"), known, "likely location-denied, likely bucket-foreign-owner, possible requester-pays", "location-denied bucket-foreign-owner"},
	{"bucket/403-plain: OK without the expected owner", s3Error("GetBucketLocation", 403, "AccessDenied", "Access Denied"), with(func(f *Facts) { f.WithoutOwnerOK = true }), "certain bucket-foreign-owner", ""},
	{"bucket/403-plain: with the caller's own rights", s3Error("GetBucketLocation", 403, "AccessDenied", "Access Denied"), with(func(f *Facts) { f.CallerAccess = true }), "likely location-denied, possible bucket-foreign-owner, possible requester-pays", "location-denied"},
	{"bucket/301: HEAD", Evidence{Operation: "s3:HeadBucket", HTTPStatus: 301, Code: "MovedPermanently", BucketRegion: "us-west-2"}, known, "certain wrong-region", ""},
	{"bucket/301: GET", Evidence{Operation: "s3:ListObjectsV2", HTTPStatus: 301, Code: "PermanentRedirect", Message: "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.", BucketRegion: "us-west-2"}, known, "certain wrong-region", ""},
	{"bucket/301: to nowhere", s3Error("HeadBucket", 301, "MovedPermanently", ""), known, "likely wrong-region", "wrong-region"},
	{"bucket/400-head: another region", Evidence{Operation: "s3:HeadBucket", HTTPStatus: 400, Code: "BadRequest", BucketRegion: "us-west-2"}, known, "certain wrong-region", ""},
	{"bucket/400-head: this region", Evidence{Operation: "s3:HeadBucket", HTTPStatus: 400, Code: "BadRequest", BucketRegion: "ap-northeast-1"}, known, "likely credentials-expired, possible session-token-invalid", "wrong-region"},
	{"bucket/malformed", s3Error("ListObjectsV2", 400, "AuthorizationHeaderMalformed", "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'us-west-2'"), known, "certain wrong-region", ""},
	{"bucket/307", s3Error("PutObject", 307, "TemporaryRedirect", "Please re-send this request to the specified temporary endpoint. Continue to use the original request endpoint for future requests."), known, "likely propagating", "wrong-region"},
	{"bucket/location-constraint", s3Error("ListObjectsV2", 400, "IllegalLocationConstraintException", "You are attempting to access a bucket from a different Region than where the bucket exists."), known, "likely wrong-region", "wrong-region"},
	{"bucket/name", s3Error("HeadBucket", 400, "InvalidBucketName", "The specified bucket is not valid."), known, "certain bucket-name-invalid", ""},
	{"bucket/suspended: disabled", s3Error("ListObjectsV2", 403, "AllAccessDisabled", "All access to this Amazon S3 resource has been disabled."), known, "certain account-suspended", ""},
	{"bucket/suspended: account", s3Error("ListObjectsV2", 403, "AccountProblem", "There is a problem with your AWS account that prevents the operation from completing successfully."), known, "certain account-suspended", ""},
	{"bucket/suspended: not signed up", s3Error("ListObjectsV2", 403, "NotSignedUp", "Your account is not signed up for the Amazon S3 service."), known, "certain account-suspended", ""},
	{"bucket/suspended: payer", s3Error("ListObjectsV2", 403, "InvalidPayer", "All access to this object has been disabled."), known, "certain account-suspended", ""},
	{"bucket/405", s3Error("PutObject", 405, "MethodNotAllowed", "The specified method is not allowed against this resource."), known, "likely wrong-endpoint, possible bucket-type-unsupported", "wrong-endpoint"},
	{"bucket/405: HEAD", s3Error("HeadBucket", 405, "", ""), known, "likely wrong-endpoint, possible bucket-type-unsupported", "wrong-endpoint"},
	{"bucket/requester-pays: plain", s3Error("ListObjectsV2", 403, "AccessDenied", "Access Denied"), known, "likely list-denied, likely bucket-foreign-owner, possible requester-pays", "requester-pays"},
	{"bucket/requester-pays: in words", s3Error("ListObjectsV2", 403, "AccessDenied", "Access Denied because Requester Pays is enabled"), known, "certain requester-pays", ""},
	{"bucket/dns", Evidence{Operation: "s3:HeadBucket", Network: "dns", Message: "dial tcp: lookup b.s3.Tokyo.amazonaws.com: no such host"}, with(func(f *Facts) { f.Region = "Tokyo" }), "likely region-unknown, possible network-unreachable", "region-unknown"},
}

var listTaxa = []taxon{
	{"list/identity", denied("s3:ListObjectsV2", "s3:ListBucket", "arn:aws:s3:::b", noIdentity("s3:ListBucket")), known, "likely list-denied, possible list-prefix-condition", "list-denied list-prefix-condition"},
	{"list/identity: no prefix to have a condition on", denied("s3:ListObjectsV2", "s3:ListBucket", "arn:aws:s3:::b", noIdentity("s3:ListBucket")), with(func(f *Facts) { f.Prefix = "" }), "certain list-denied", ""},
	{"list/prefix-only", denied("s3:ListObjectsV2", "s3:ListBucket", "arn:aws:s3:::b", noIdentity("s3:ListBucket")), with(func(f *Facts) { f.Listed, f.ListedWith = true, "media" }), "certain list-prefix-condition, ruled-out list-denied", ""},
	{"list/continuation", s3Error("ListObjectsV2", 400, "InvalidArgument", "The continuation token provided is incorrect"), known, "certain request-malformed", ""},
}

// The layers that a refusal names, for an operation that any of them binds.
var layerTaxa = []taxon{
	{"layer/identity: implicit", denied("s3:GetObject", "s3:GetObject", object, noIdentity("s3:GetObject")), known, "certain get-denied", ""},
	{"layer/identity: explicit", denied("s3:GetObject", "s3:GetObject", object, "with an explicit deny in an identity-based policy"), known, "certain explicit-deny, possible get-denied", "get-denied"},
	{"layer/resource: implicit", denied("s3:GetObject", "s3:GetObject", object, "because no resource-based policy allows the s3:GetObject action"), known, "likely get-denied", "get-denied"},
	{"layer/resource: explicit", denied("s3:GetObject", "s3:GetObject", object, "with an explicit deny in a resource-based policy"), known, "certain explicit-deny, possible get-denied", "get-denied"},
	{"layer/boundary: implicit", denied("s3:GetObject", "s3:GetObject", object, "because no permissions boundary allows the s3:GetObject action"), known, "certain boundary-denied, possible get-denied", "get-denied"},
	{"layer/boundary: explicit", denied("s3:GetObject", "s3:GetObject", object, "with an explicit deny in a permissions boundary"), known, "certain explicit-deny, certain boundary-denied, possible get-denied", "get-denied"},
	{"layer/session", denied("s3:GetObject", "s3:GetObject", object, "because no session policy allows the s3:GetObject action"), known, "certain session-policy-denied, possible get-denied", "get-denied"},
	{"layer/scp", denied("s3:GetObject", "s3:GetObject", object, "with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-1/service_control_policy/p-1"), known, "certain explicit-deny, certain scp-denied, possible get-denied", "get-denied"},
	{"layer/scp: implicit", denied("s3:GetObject", "s3:GetObject", object, "because no service control policy allows the s3:GetObject action"), known, "certain scp-denied, possible get-denied", "get-denied explicit-deny"},
	{"layer/rcp", denied("s3:GetObject", "s3:GetObject", object, "with an explicit deny in a resource control policy"), known, "certain explicit-deny, certain rcp-denied, possible get-denied", "get-denied"},
	{"layer/vpce", denied("s3:GetObject", "s3:GetObject", object, "because no VPC endpoint policy allows the s3:GetObject action"), known, "certain vpc-endpoint-denied, possible get-denied", "get-denied"},
	{"layer/bpa", denied("s3:PutBucketPolicy", "s3:PutBucketPolicy", "arn:aws:s3:::b", "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access"), known, "certain public-access-blocked", ""},
	{"layer/lock", s3Error("DeleteObject", 403, "AccessDenied", "Access Denied because object protected by object lock."), known, "certain object-locked", ""},
	{"layer/plain", s3Error("GetObject", 403, "AccessDenied", "Access Denied"), known, "likely get-denied, likely bucket-foreign-owner, possible requester-pays", "get-denied bucket-foreign-owner requester-pays"},
	{"layer/identity: an action without a cause of its own", denied("s3:GetBucketPolicy", "s3:GetBucketPolicy", "arn:aws:s3:::b", noIdentity("s3:GetBucketPolicy")), known, "certain action-denied", ""},
}
