package owner

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
)

const (
	theKey    = "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	toIAM     = `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}`
	toEdge    = `{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"kms:Decrypt","Resource":"*","Condition":{"StringEquals":{"AWS:SourceArn":"` + dist + `"}}}`
	useTheKey = `{"Effect":"Allow","Action":["kms:GenerateDataKey","kms:Decrypt"],"Resource":"` + theKey + `","Condition":{"StringEquals":{"kms:ViaService":"s3.ap-northeast-1.amazonaws.com"}}}`
)

func TestEncryption(t *testing.T) {
	good := func(t *testing.T) keyUse {
		k := keyUse{ask: asking()}
		behindCDN(&k.wants)
		k.encryption = Of(Encryption{
			Algorithm: "aws:kms", Key: theKey, BucketKey: true,
			Found: Of(Key{ARN: theKey, State: "Enabled"}), KeyPolicy: Of(document(t, toIAM+","+toEdge)),
		})
		k.own = Of(Permissions{Inline: map[string]policy.Document{"p": document(t, useTheKey)}})
		k.edge = Of(working())
		return k
	}
	edit := func(f func(*Encryption)) func(*testing.T, *keyUse) {
		return func(_ *testing.T, k *keyUse) { f(&k.encryption.Value) }
	}
	key := func(statements string) func(*testing.T, *keyUse) {
		return func(t *testing.T, k *keyUse) { k.encryption.Value.KeyPolicy = Of(document(t, statements)) }
	}
	own := func(statements string) func(*testing.T, *keyUse) {
		return func(t *testing.T, k *keyUse) {
			k.own = Of(Permissions{Inline: map[string]policy.Document{"p": document(t, statements)}})
		}
	}
	for _, c := range []struct {
		name   string
		change func(*testing.T, *keyUse)
		expect
	}{
		{"as it should be", func(*testing.T, *keyUse) {}, expect{Pass, "pass-kms", "", ""}},
		{"SSE-S3", edit(func(e *Encryption) { *e = Encryption{Algorithm: "AES256", BlocksSSEC: true} }), expect{Pass, "pass", "", "ssec-blocked"}},
		{"none is set", func(_ *testing.T, k *keyUse) { k.encryption = Part[Encryption]{State: Absent} }, expect{Pass, "pass", "", ""}},
		{"DSSE", edit(func(e *Encryption) { e.Algorithm, e.BucketKey = "aws:kms:dsse", false }), expect{Pass, "pass-kms", "", ""}},
		{"no bucket key", edit(func(e *Encryption) { e.BucketKey = false }), expect{Pass, "pass-kms", "", "bucket-key-off"}},

		{"to be deleted", edit(func(e *Encryption) { e.Found.Value.State = "PendingDeletion" }), expect{Fail, "key-state", "kms-key-unusable:certain", ""}},
		{"gone", edit(func(e *Encryption) { e.Found = Part[Key]{State: Absent} }), expect{Fail, "key-missing", "kms-key-unusable:certain", ""}},
		{"in another region", edit(func(e *Encryption) {
			e.Found.Value.ARN = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
		}), expect{Fail, "key-elsewhere", "kms-key-unusable:certain", ""}},
		{"in another region, unread", edit(func(e *Encryption) {
			e.Key, e.Found = "arn:aws:kms:us-east-1:123456789012:key/x", deniedPart[Key]("kms:DescribeKey")
		}), expect{Fail, "key-elsewhere", "kms-key-unusable:certain", ""}},

		{"readers from S3", func(_ *testing.T, k *keyUse) { k.wants.Domain, k.wants.Distribution = "", "" }, expect{Fail, "anonymous", "kms-anonymous:certain", ""}},
		{"readers with credentials", func(_ *testing.T, k *keyUse) { k.wants = wanting(func(w *Wants) { w.Integration = "imgix" }) }, expect{Pass, "pass-kms-role", "", ""}},
		{"AWS's key", edit(func(e *Encryption) {
			e.Key, e.Found, e.KeyPolicy = "", Of(Key{Managed: true}), Part[policy.Document]{}
		}), expect{Fail, "managed", "kms-managed-key:certain", ""}},
		{"AWS's key, read with credentials", func(_ *testing.T, k *keyUse) {
			k.wants = wanting(func(w *Wants) { w.Integration = "imgix" })
			e := &k.encryption.Value
			e.Key, e.Found, e.KeyPolicy = "", Of(Key{Managed: true}), Part[policy.Document]{State: NotAsked}
		}, expect{Pass, "pass-kms-role", "", ""}},
		{"CloudFront is not in the policy", key(toIAM), expect{Fail, "edge-denied", "kms-anonymous:certain", ""}},
		{"CloudFront is in it without a source", key(toIAM + `,{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"kms:Decrypt","Resource":"*"}`), expect{Pass, "pass-kms", "", ""}},
		{"an origin access identity", func(_ *testing.T, k *keyUse) {
			k.edge.Value.Origins[0].AccessControl, k.edge.Value.Origins[0].Identity = "", "origin-access-identity/cloudfront/E1"
		}, expect{Fail, "identity", "kms-anonymous:certain", ""}},
		{"a domain of no distribution here", func(_ *testing.T, k *keyUse) {
			k.wants.Distribution, k.edge = "", Part[Distribution]{State: Absent}
		}, expect{Pass, "pass-kms", "", "kms-edge-unknown"}},
		{"distributions may not be listed", func(_ *testing.T, k *keyUse) {
			k.wants.Distribution, k.edge = "", deniedPart[Distribution]("cloudfront:ListDistributions")
		}, expect{Unknown, "unknown", "", ""}},

		{"the role may encrypt alone", own(`{"Effect":"Allow","Action":"kms:GenerateDataKey*","Resource":"` + theKey + `"}`), expect{Fail, "role-decrypt-denied", "kms-decrypt-denied:likely", ""}},
		{"the role may do neither", own(may(onObjectActions, inO, "")), expect{Fail, "role-denied", "kms-decrypt-denied:likely kms-denied:likely", ""}},
		{"the role by way of another service", own(`{"Effect":"Allow","Action":"kms:*","Resource":"*","Condition":{"StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"}}}`), expect{Fail, "role-denied", "kms-decrypt-denied:likely kms-denied:likely", ""}},
		{"the key names the role", func(t *testing.T, k *keyUse) {
			key(toEdge+`,{"Effect":"Allow","Principal":{"AWS":"`+role+`"},"Action":["kms:GenerateDataKey","kms:Decrypt"],"Resource":"*"}`)(t, k)
			own(may(onObjectActions, inO, ""))(t, k)
		}, expect{Pass, "pass-kms", "", ""}},
		{"the key is not left to IAM", key(toEdge), expect{Fail, "role-denied", "kms-decrypt-denied:likely kms-denied:likely", ""}},
		{"the key denies the role", key(toIAM + "," + toEdge + `,{"Effect":"Deny","Principal":"*","Action":"kms:Decrypt","Resource":"*","Condition":{"ArnEquals":{"aws:PrincipalArn":"` + role + `"}}}`), expect{Fail, "role-decrypt-denied", "kms-decrypt-denied:certain", ""}},
		{"by tags that are not known", own(`{"Effect":"Allow","Action":"kms:*","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"web"}}}`), expect{Pass, "pass-kms", "", ""}},

		{"the key's policy unread", edit(func(e *Encryption) { e.KeyPolicy = deniedPart[policy.Document]("kms:GetKeyPolicy") }), expect{Unknown, "unknown", "", ""}},
		{"the key unread", edit(func(e *Encryption) {
			e.Found, e.KeyPolicy = deniedPart[Key]("kms:DescribeKey"), Part[policy.Document]{}
		}), expect{Unknown, "unknown", "", ""}},
		{"a server without KMS", edit(func(e *Encryption) { e.Found, e.KeyPolicy = unread[Key](), unread[policy.Document]() }), expect{Unknown, Unread, "", ""}},
		{"the role's policies unread", func(_ *testing.T, k *keyUse) {
			k.own = Of(Permissions{Missing: []string{"iam:GetRolePolicy"}})
		}, expect{Unknown, "unknown", "", ""}},
		{"the role's policies unread, the key closed to it", func(t *testing.T, k *keyUse) {
			k.own = Of(Permissions{Missing: []string{"iam:GetRolePolicy"}})
			key(toEdge)(t, k)
		}, expect{Fail, "role-denied", "kms-decrypt-denied:likely kms-denied:likely", ""}},
		{"the role itself unread", func(_ *testing.T, k *keyUse) { k.own = deniedPart[Permissions]("iam:GetRole") }, expect{Unknown, "unknown", "", ""}},
		{"no role is named", func(_ *testing.T, k *keyUse) {
			k.own = Part[Permissions]{}
			k.wants.RoleARN, k.wants.Distribution = "", dist
		}, expect{Pass, "pass-kms", "", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := good(t)
			c.change(t, &k)
			c.check(t, k.judge())
		})
	}
}

func TestExistingKey(t *testing.T) {
	d := document(t, toIAM)
	if p, arn := (Encryption{Found: Of(Key{ARN: theKey}), KeyPolicy: Of(d)}).existing(); p == nil || arn != theKey {
		t.Errorf("%v %s", p, arn)
	}
	if p, _ := (Encryption{Found: Of(Key{ARN: theKey}), KeyPolicy: deniedPart[policy.Document]("kms:GetKeyPolicy")}).existing(); p != nil {
		t.Errorf("an unread policy is called %v", p)
	}
}
