package s3_test

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
)

const (
	key        = "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	foreignKey = "arn:aws:kms:ap-northeast-1:999988887777:key/1234abcd-12ab-34cd-56ef-1234567890ab"
)

// kmsRig has a bucket that encrypts with a key.
func kmsRig(t *testing.T, k account.KMSKey, bucketKey string, change ...func(*account.Bucket)) *rig {
	b := bucketNamed("b-one", append(change, func(b *account.Bucket) { b.Encryption = account.Encryption{Algorithm: "aws:kms", Key: bucketKey} }, object("seeded", "secret"))...)
	return newAccountRig(t, account.Account{ID: home, Buckets: []account.Bucket{b}, KMSKeys: []account.KMSKey{k}})
}

func TestKMSRights(t *testing.T) {
	r := kmsRig(t, account.KMSKey{ARN: key}, key)
	s3only := allowing(t, "*", "s3:*")
	writer := role(s3only, allowing(t, key, "kms:GenerateDataKey"))
	r.do(role(s3only), "PUT", "/b-one/k", "x").want(403, "AccessDenied").
		contains(user + "kms:GenerateDataKey on resource: " + key + " because no identity-based policy allows the kms:GenerateDataKey action")
	r.do(writer, "PUT", "/b-one/k", "x").want(200, "").
		has("X-Amz-Server-Side-Encryption", "aws:kms").has("X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id", key)
	if etag := r.do(admin(t), "HEAD", "/b-one/k", "").value("ETag"); etag == `"9dd4e461268c8034f5c8564e155c67a6"` {
		t.Error("the ETag of a KMS-encrypted object is its MD5")
	}
	r.do(writer, "GET", "/b-one/k", "").want(403, "AccessDenied").contains("kms:Decrypt")
	r.do(writer, "HEAD", "/b-one/k", "").want(403, "")
	r.do(writer, "PUT", "/b-one/c", "", "X-Amz-Copy-Source: b-one/k").want(403, "AccessDenied").contains("kms:Decrypt")
	r.do(writer, "PUT", "/b-one/plain", "x", "X-Amz-Server-Side-Encryption: AES256").want(200, "").has("X-Amz-Server-Side-Encryption", "AES256")
	r.do(writer, "GET", "/b-one/plain", "").want(200, "")

	u := r.begin(writer, "/b-one/parts")
	line := r.part(writer, u, 1, "x")
	r.do(writer, "POST", u, finish(line)).want(403, "AccessDenied").contains("kms:Decrypt")
	r.do(admin(t), "POST", u, finish(line)).want(200, "")
	r.do(anonymous, "GET", "/b-one/k", "").want(403, "AccessDenied")
}

func TestKMSAndStrangers(t *testing.T) {
	r := kmsRig(t, account.KMSKey{ARN: key}, key, func(b *account.Bucket) { openTo(t, b, "s3:GetObject") })
	r.do(anonymous, "GET", "/b-one/seeded", "").want(400, "InvalidArgument").
		contains("Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.").
		contains("<ArgumentName>Authorization</ArgumentName>")
	r.do(stranger(allowing(t, "*", "s3:*", "kms:*")), "GET", "/b-one/seeded", "").want(403, "AccessDenied").
		contains("kms:Decrypt on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access")
}

func TestKeyStates(t *testing.T) {
	for state, code := range map[string]string{"Enabled": "", "Disabled": "KMS.DisabledException", "PendingDeletion": "KMS.KMSInvalidStateException"} {
		r := kmsRig(t, account.KMSKey{ARN: key, State: state}, key)
		if got := r.do(admin(t), "GET", "/b-one/seeded", ""); got.code() != code {
			t.Errorf("%s: %d %s", state, got.status, got.code())
		}
	}
	r := kmsRig(t, account.KMSKey{ARN: foreignKey}, key)
	r.do(admin(t), "PUT", "/b-one/k", "x").want(400, "KMS.NotFoundException").contains("does not exist")
}

func TestKeyPolicies(t *testing.T) {
	only := document(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/Other"},"Action":"kms:*","Resource":"*"}]}`)
	r := kmsRig(t, account.KMSKey{ARN: key, Policy: only}, key)
	r.do(admin(t), "GET", "/b-one/seeded", "").want(403, "AccessDenied").contains("kms:Decrypt on this resource because")
	via := document(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:*","Resource":"*",
		"Condition":{"StringEquals":{"kms:ViaService":"s3.ap-northeast-1.amazonaws.com","kms:CallerAccount":"123456789012","kms:EncryptionContext:aws:s3:arn":"arn:aws:s3:::b-one/seeded"}}}]}`)
	r = kmsRig(t, account.KMSKey{ARN: key, Policy: via}, key)
	r.do(role(allowing(t, "*", "s3:*")), "GET", "/b-one/seeded", "").want(200, "")
	r.do(role(allowing(t, "*", "s3:*")), "PUT", "/b-one/other", "x").want(403, "AccessDenied")
}

// The AWS managed key serves everybody in the account and nobody else.
func TestManagedKey(t *testing.T) {
	r := kmsRig(t, account.KMSKey{}, "", func(b *account.Bucket) { openTo(t, b, "s3:GetObject") })
	r.do(role(allowing(t, "*", "s3:*")), "PUT", "/b-one/k", "x").want(200, "").has("X-Amz-Server-Side-Encryption", "aws:kms")
	r.do(role(allowing(t, "*", "s3:*")), "GET", "/b-one/k", "").want(200, "")
	r.do(stranger(allowing(t, "*", "s3:*", "kms:*")), "GET", "/b-one/k", "").want(403, "AccessDenied")
	r.do(anonymous, "GET", "/b-one/k", "").want(400, "InvalidArgument")
}

func TestKMSForDistributions(t *testing.T) {
	const arn = "arn:aws:cloudfront::123456789012:distribution/E1"
	granted := document(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"kms:Decrypt","Resource":"*",
		"Condition":{"StringEquals":{"AWS:SourceArn":"`+arn+`"}}}]}`)
	bucketGrant := func(b *account.Bucket) {
		b.Policy = document(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b-one/*",
			"Condition":{"StringEquals":{"AWS:SourceArn":"`+arn+`","AWS:SourceAccount":"123456789012"}}}]}`)
	}
	for name, c := range map[string]struct {
		key    *policy.Document
		status int
	}{"granted": {granted, 200}, "default key policy": {nil, 403}} {
		r := kmsRig(t, account.KMSKey{ARN: key, Policy: c.key}, key, bucketGrant)
		ctx := s3.FromService(t.Context(), "cloudfront.amazonaws.com", arn, home)
		if a := r.do(access.CallerFrom(ctx), "GET", "/b-one/seeded", ""); a.status != 403 {
			t.Errorf("%s: a service without a source gets %d", name, a.status)
		}
		if a := r.as(ctx, "GET", "/b-one/seeded"); a.status != c.status {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}

func TestEncryptionHeaders(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	me := admin(t)
	r.do(me, "PUT", "/b-one/k", "x", "X-Amz-Server-Side-Encryption: rot13").want(400, "InvalidArgument").contains("The encryption method specified is not supported")
	r.do(me, "PUT", "/b-one/k", "x", "X-Amz-Server-Side-Encryption: AES256", "X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id: "+key).want(400, "InvalidArgument")
	r.do(me, "PUT", "/b-one/k", "x", "X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id: "+key).want(400, "InvalidArgument")
	r.do(me, "PUT", "/b-one/k", "x", "X-Amz-Server-Side-Encryption: aws:kms", "X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id: "+key).want(400, "KMS.NotFoundException")
	r.do(me, "PUT", "/b-one/k", "x", "X-Amz-Server-Side-Encryption-Customer-Algorithm: AES256").want(501, "NotImplemented")
}
