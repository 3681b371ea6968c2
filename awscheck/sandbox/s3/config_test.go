package s3_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

func TestConfigurationOfAPlainBucket(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	for query, want := range map[string]struct {
		status int
		code   string
		text   string
	}{
		"location":          {200, "", "ap-northeast-1</LocationConstraint>"},
		"versioning":        {200, "", "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"></VersioningConfiguration>"},
		"encryption":        {200, "", "<SSEAlgorithm>AES256</SSEAlgorithm>"},
		"ownershipControls": {200, "", "<ObjectOwnership>BucketOwnerEnforced</ObjectOwnership>"},
		"publicAccessBlock": {200, "", "<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>"},
		"acl":               {200, "", "<Permission>FULL_CONTROL</Permission>"},
		"requestPayment":    {200, "", "<Payer>BucketOwner</Payer>"},
		"logging":           {200, "", "<BucketLoggingStatus"},
		"notification":      {200, "", "<NotificationConfiguration"},
		"policy":            {404, "NoSuchBucketPolicy", "<Message>The bucket policy does not exist</Message><BucketName>b-one</BucketName>"},
		"policyStatus":      {404, "NoSuchBucketPolicy", ""},
		"cors":              {404, "NoSuchCORSConfiguration", "<Message>The CORS configuration does not exist</Message>"},
		"lifecycle":         {404, "NoSuchLifecycleConfiguration", "<Message>The lifecycle configuration does not exist</Message>"},
		"tagging":           {404, "NoSuchTagSet", ""},
		"website":           {404, "NoSuchWebsiteConfiguration", ""},
		"replication":       {404, "ReplicationConfigurationNotFoundError", ""},
		"object-lock":       {404, "ObjectLockConfigurationNotFoundError", ""},
		"inventory":         {501, "NotImplemented", ""},
	} {
		r.do(admin(t), "GET", "/b-one?"+query, "").want(want.status, want.code).contains(want.text)
	}
	east := newRig(t, bucketNamed("b-one", func(b *account.Bucket) { b.Region = "us-east-1" }))
	east.do(admin(t), "GET", "/b-one?location", "").want(200, "").contains(`<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>`)
	east.do(admin(t), "HEAD", "/b-one", "").want(200, "").has("X-Amz-Bucket-Region", "us-east-1")
}

func TestConfigurationOfTheAccountFile(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", func(b *account.Bucket) {
		openTo(t, b, "s3:GetObject")
		b.Versioning = "Enabled"
		b.ObjectLock = &account.ObjectLock{Mode: "GOVERNANCE", Days: 3}
		b.Encryption = account.Encryption{Algorithm: "aws:kms", Key: key}
		b.CORS = []map[string]any{{"allowed_origins": []any{"https://a.example"}, "AllowedMethods": []any{"GET", "HEAD"}, "max_age_seconds": uint64(60)}}
		b.Lifecycle = []map[string]any{{"id": "old", "status": "Enabled", "filter": map[string]any{"prefix": "media/"},
			"noncurrent_version_expiration": map[string]any{"noncurrent_days": 30}, "Transitions": []any{map[string]any{"days": 1, "storage_class": "GLACIER"}}}}
	}))
	me := admin(t)
	r.do(me, "GET", "/b-one?versioning", "").contains("<Status>Enabled</Status>")
	r.do(me, "GET", "/b-one?object-lock", "").contains("<DefaultRetention><Mode>GOVERNANCE</Mode><Days>3</Days></DefaultRetention>")
	r.do(me, "GET", "/b-one?encryption", "").contains("<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>" + key + "</KMSMasterKeyID>")
	r.do(me, "GET", "/b-one?cors", "").contains("<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedMethod>HEAD</AllowedMethod><AllowedOrigin>https://a.example</AllowedOrigin><MaxAgeSeconds>60</MaxAgeSeconds></CORSRule>")
	r.do(me, "GET", "/b-one?lifecycle", "").contains("<Rule><Transition><Days>1</Days><StorageClass>GLACIER</StorageClass></Transition><Filter><Prefix>media/</Prefix></Filter><ID>old</ID>" +
		"<NoncurrentVersionExpiration><NoncurrentDays>30</NoncurrentDays></NoncurrentVersionExpiration><Status>Enabled</Status></Rule>")
	r.do(me, "GET", "/b-one?policyStatus", "").contains("<IsPublic>true</IsPublic>")
	a := r.do(me, "GET", "/b-one?policy", "").want(200, "").has("Content-Type", "application/json")
	var doc struct{ Statement []map[string]any }
	if err := json.Unmarshal([]byte(a.body), &doc); err != nil || len(doc.Statement) != 1 || doc.Statement[0]["Action"] != "s3:GetObject" {
		t.Errorf("%v in %s", err, a.body)
	}
}

// The way from a private bucket to a public prefix, with the refusals on it.
func TestOpeningABucket(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("media/k", "x"), object("private", "x")))
	me := admin(t)
	doc := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b-one/media/*"}]}`
	r.do(me, "PUT", "/b-one?policy", doc).want(403, "AccessDenied").
		contains(user + `s3:PutBucketPolicy on resource: "arn:aws:s3:::b-one" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access`)
	r.do(me, "PUT", "/b-one?publicAccessBlock", "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls>"+
		"<BlockPublicPolicy>false</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>").want(200, "")
	r.do(me, "PUT", "/b-one?policy", doc).want(204, "")
	r.do(anonymous, "GET", "/b-one/media/k", "").want(403, "AccessDenied") // RestrictPublicBuckets is still on
	r.do(me, "DELETE", "/b-one?publicAccessBlock", "").want(204, "")
	r.do(me, "GET", "/b-one?publicAccessBlock", "").want(404, "NoSuchPublicAccessBlockConfiguration")
	r.do(anonymous, "GET", "/b-one/media/k", "").want(200, "")
	r.do(anonymous, "GET", "/b-one/private", "").want(403, "AccessDenied")
	r.do(me, "DELETE", "/b-one?policy", "").want(204, "")
	r.do(anonymous, "GET", "/b-one/media/k", "").want(403, "AccessDenied")
	r.do(me, "GET", "/b-one?policy", "").want(404, "NoSuchBucketPolicy")
}

func TestPolicyThatS3DoesNotTake(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", func(b *account.Bucket) { b.PublicAccessBlock = account.PublicAccessBlock{} }))
	one := func(statement string) string { return `{"Version":"2012-10-17","Statement":[` + statement + `]}` }
	for doc, text := range map[string]string{
		"nonsense": "Policies must be valid JSON and the first byte must be '{'",
		one(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b-one/*"}`):                                     "Missing required field Principal",
		one(`{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b-one"}`):                       "Action does not apply to any resource(s) in statement",
		one(`{"Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":"arn:aws:s3:::b-one/*"}`):                    "Action does not apply to any resource(s) in statement",
		one(`{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b-other/*"}`):                   "Policy has invalid resource",
		one(`{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b-one-more/*"}`):                "Policy has invalid resource",
		one(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::12345:root"},"Action":"s3:*","Resource":"arn:aws:s3:::b-one"}`): "Invalid principal in policy",
	} {
		r.do(admin(t), "PUT", "/b-one?policy", doc).want(400, "MalformedPolicy").contains(text)
	}
	r.do(admin(t), "PUT", "/b-one?policy", strings.Repeat(" ", 20<<10)+"{}").want(400, "InvalidArgument")
	// What opens too much is unwise, and taken.
	r.do(admin(t), "PUT", "/b-one?policy", one(`{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b-one","arn:aws:s3:::b-one/*"]}`)).want(204, "")
}

func TestPolicyIsTheOwnersBusiness(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", func(b *account.Bucket) { openTo(t, b, "s3:*") }))
	vendor := stranger(allowing(t, "*", "s3:*"))
	r.do(vendor, "GET", "/b-one?policy", "").want(405, "MethodNotAllowed")
	r.do(vendor, "DELETE", "/b-one?policy", "").want(405, "MethodNotAllowed")
	r.do(vendor, "GET", "/b-one?list-type=2", "").want(200, "")
}

func TestOtherSettings(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	me := admin(t)
	r.do(me, "PUT", "/b-one?ownershipControls", "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>").want(200, "")
	r.do(me, "GET", "/b-one?ownershipControls", "").contains("ObjectWriter")
	r.do(me, "PUT", "/b-one?ownershipControls", "<OwnershipControls><Rule><ObjectOwnership>Nobody</ObjectOwnership></Rule></OwnershipControls>").want(400, "MalformedXML")
	r.do(me, "PUT", "/b-one?versioning", "<VersioningConfiguration><Status>On</Status></VersioningConfiguration>").want(400, "IllegalVersioningConfigurationException")
	r.do(me, "PUT", "/b-one?encryption", "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>").want(200, "")
	r.do(me, "PUT", "/b-one/k", "x").want(200, "").has("X-Amz-Server-Side-Encryption", "aws:kms")
	r.do(me, "PUT", "/b-one?replication", "").want(501, "NotImplemented")
	r.do(me, "DELETE", "/b-one", "").want(501, "NotImplemented")
}

func TestCORS(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("k", "x"), func(b *account.Bucket) { openTo(t, b, "s3:GetObject") }))
	const ask = "Access-Control-Request-Method: GET"
	r.do(anonymous, "OPTIONS", "/b-one/k", "", "Origin: https://a.example", ask).want(403, "AccessForbidden").contains("CORSResponse: CORS is not enabled for this bucket.")
	r.do(anonymous, "GET", "/b-one/k", "", "Origin: https://a.example").want(200, "").has("Access-Control-Allow-Origin", "")
	r.do(admin(t), "PUT", "/b-one?cors", `<CORSConfiguration><CORSRule><AllowedOrigin>https://*.example</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedMethod>HEAD</AllowedMethod>
		<AllowedHeader>x-amz-*</AllowedHeader><ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>600</MaxAgeSeconds></CORSRule>
		<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>HEAD</AllowedMethod></CORSRule></CORSConfiguration>`).want(200, "")

	r.do(anonymous, "OPTIONS", "/b-one/k", "", "Origin: https://a.example", ask, "Access-Control-Request-Headers: X-Amz-Date").want(200, "").
		has("Access-Control-Allow-Origin", "https://a.example").has("Access-Control-Allow-Methods", "GET, HEAD").
		has("Access-Control-Max-Age", "600").has("Access-Control-Expose-Headers", "ETag").has("Access-Control-Allow-Headers", "X-Amz-Date")
	r.do(anonymous, "GET", "/b-one/k", "", "Origin: https://a.example").has("Access-Control-Allow-Origin", "https://a.example").has("Access-Control-Expose-Headers", "ETag")
	r.do(anonymous, "HEAD", "/b-one/k", "", "Origin: https://other.test").has("Access-Control-Allow-Origin", "*")
	r.do(anonymous, "GET", "/b-one/k", "", "Origin: https://other.test").want(200, "").has("Access-Control-Allow-Origin", "")
	for _, headers := range [][]string{
		{"Origin: https://other.test", ask},
		{"Origin: https://a.example", "Access-Control-Request-Method: PUT"},
		{"Origin: https://a.example", ask, "Access-Control-Request-Headers: authorization"},
	} {
		r.do(anonymous, "OPTIONS", "/b-one/k", "", headers...).want(403, "AccessForbidden").contains("This CORS request is not allowed")
	}
	r.do(anonymous, "OPTIONS", "/b-one/k", "", ask).want(400, "BadRequest")
	r.do(admin(t), "DELETE", "/b-one?cors", "").want(204, "")
	r.do(admin(t), "GET", "/b-one?cors", "").want(404, "NoSuchCORSConfiguration")
	r.do(admin(t), "PUT", "/b-one?cors", "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PATCH</AllowedMethod></CORSRule></CORSConfiguration>").want(400, "InvalidRequest")
}

func TestObjectTags(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("k", "x"), family("f/", "{n}", 3)))
	me := admin(t)
	tags := func(pairs ...string) string {
		var b strings.Builder
		for i := 0; i < len(pairs); i += 2 {
			b.WriteString("<Tag><Key>" + pairs[i] + "</Key><Value>" + pairs[i+1] + "</Value></Tag>")
		}
		return "<Tagging><TagSet>" + b.String() + "</TagSet></Tagging>"
	}
	for _, path := range []string{"/b-one/k", "/b-one/f/1"} {
		r.do(me, "GET", path+"?tagging", "").want(200, "").contains("<TagSet></TagSet>")
		r.do(me, "PUT", path+"?tagging", tags("a", "1", "b", "")).want(200, "")
		r.do(me, "GET", path+"?tagging", "").contains("<Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value></Value></Tag>")
		r.do(me, "HEAD", path, "").has("X-Amz-Tagging-Count", "2")
		r.do(me, "DELETE", path+"?tagging", "").want(204, "")
		r.do(me, "HEAD", path, "").want(200, "").has("X-Amz-Tagging-Count", "")
	}
	r.do(me, "GET", "/b-one/none?tagging", "").want(404, "NoSuchKey")
	r.do(me, "PUT", "/b-one/k?tagging", tags("a", "1", "a", "2")).want(400, "InvalidTag")
	r.do(me, "PUT", "/b-one/k?tagging", tags(strings.Repeat("あ", 129), "1")).want(400, "InvalidTag")
	r.do(me, "PUT", "/b-one/k?tagging", tags(strings.Repeat("あ", 128), strings.Repeat("い", 256))).want(200, "")
	r.do(me, "PUT", "/b-one/k?tagging", tags("a", strings.Repeat("v", 257))).want(400, "InvalidTag")
	var eleven []string
	for _, k := range strings.Split("abcdefghijk", "") {
		eleven = append(eleven, k, "v")
	}
	r.do(me, "PUT", "/b-one/k?tagging", tags(eleven...)).want(400, "BadRequest").contains("Object tags cannot be greater than 10")
	r.do(me, "PUT", "/b-one/k", "x", "X-Amz-Tagging: a=1&a=2").want(400, "InvalidArgument")
	r.do(me, "PUT", "/b-one/k?tagging", "<Tagging/>").want(400, "MalformedXML")
}

func TestObjectAttributes(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("k", "hello")))
	r.do(admin(t), "GET", "/b-one/k?attributes", "", "X-Amz-Object-Attributes: ETag,ObjectSize,StorageClass,Checksum").want(200, "").
		contains("<ETag>5d41402abc4b2a76b9719d911017c592</ETag>").contains("<ObjectSize>5</ObjectSize>").contains("<StorageClass>STANDARD</StorageClass>").contains("<ChecksumCRC64NVME>")
	r.do(admin(t), "GET", "/b-one/k?attributes", "").want(400, "InvalidArgument")
}
