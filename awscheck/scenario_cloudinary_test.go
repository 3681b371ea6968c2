package awscheck

import (
	"bytes"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// What the rows say of Cloudinary is what its account then meets.
func TestCloudinaryMeetsWhatTheRowsSay(t *testing.T) {
	const media, marker = "media/logo.png", ".wellknown/cloudinary/alpha-prod"
	for name, reads := range map[string]map[string]bool{
		"cloudinary-ready":           {media: true, marker: true, "backup/database.sql": true},
		"cloudinary-policy-missing":  {media: false, marker: false},
		"cloudinary-policy-narrow":   {media: true, marker: false, "backup/database.sql": false},
		"cloudinary-org-deny":        {media: false, marker: false},
		"cloudinary-restrict-public": {media: false, marker: false},
		"cloudinary-kms-not-granted": {media: false, marker: false},
		"cloudinary-key-mismatch":    {media: false, marker: false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := rehearse(t, name)
			vendor := h.acc.Callers[1]
			client, err := h.w.as(func(p *connect.Parts) {
				p.AccessKeyID, p.SecretAccessKey = vendor.AccessKeyID, vendor.SecretAccessKey
			}).S3(connect.Place{Access: "caller", Region: h.target.Region, Bucket: h.target.Bucket})
			if err != nil {
				t.Fatal(err)
			}
			for key, want := range reads {
				out, err := client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String(h.target.Bucket), Key: aws.String(key)})
				if err == nil {
					_ = out.Body.Close()
				}
				if (err == nil) != want {
					t.Errorf("reading %s: %v, want it to succeed: %t", key, err, want)
				}
			}
			_, err = client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String(h.target.Bucket), Key: aws.String(marker), Body: bytes.NewReader(nil)})
			if connect.EvidenceOf(err, "").HTTPStatus != 403 {
				t.Errorf("writing a marker: %v, want a refusal", err)
			}
			if _, err = client.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: aws.String(h.target.Bucket)}); connect.EvidenceOf(err, "").HTTPStatus != 403 {
				t.Errorf("listing: %v, want a refusal", err)
			}
		})
	}
}

// Who may not look at the marker does not learn that it is missing.
func TestMarkersThatMayNotBeLookedAtAreUnknown(t *testing.T) {
	h := rehearse(t, "cloudinary-no-marker")
	narrow, err := policy.Parse([]byte(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":["arn:aws:s3:::alpha-prod-assets/media/*"]},{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::alpha-prod-assets","Condition":{"StringLike":{"s3:prefix":"media/*"}}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	h.acc.Callers[0].Policy = &narrow
	h.start()
	row := rowOf(t, h.run(Options{Only: []string{"cloudinary.marker"}}), "cloudinary.marker")
	if row.Status != Inconclusive || len(row.Causes) > 0 {
		t.Errorf("%s", describe(row))
	}
}

// Whether Cloudinary may read, the owner's side alone can tell: without it,
// and where it may not be read, nothing is ready.
func TestCloudinaryIsNotReadyUnlessTheOwnerSaysSo(t *testing.T) {
	for name, c := range map[string]struct {
		deny     string
		owner    bool
		verdict  Verdict
		unproved []string
		text     string
	}{
		"not asked":             {verdict: ReadyWithWarnings, unproved: []string{"cloudinary.policy"}, text: "verdict.unproved"},
		"may be read":           {owner: true, verdict: Ready, text: "verdict.ready.cloudinary"},
		"may not be read":       {deny: "s3:GetBucketPolicy", owner: true, verdict: ReadyWithWarnings, unproved: []string{"cloudinary.policy"}, text: "verdict.unproved"},
		"key policy is unknown": {deny: "kms:GetKeyPolicy", owner: true, verdict: ReadyWithWarnings, unproved: []string{"cloudinary.key-policy"}, text: "verdict.unproved"},
	} {
		t.Run(name, func(t *testing.T) {
			scenario := "cloudinary-ready"
			if c.deny == "kms:GetKeyPolicy" {
				scenario = "cloudinary-kms-not-granted"
			}
			h := rehearse(t, scenario)
			if c.deny != "" {
				narrow, err := policy.Parse([]byte(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"` + c.deny + `","Resource":"*"}]}`))
				if err != nil {
					t.Fatal(err)
				}
				h.acc.Callers[0].Policy = &narrow
				h.start()
			}
			var o Options
			if c.owner {
				o.Owner = h.owner()
			}
			r := h.run(o)
			if text, _ := r.VerdictText(); r.Verdict != c.verdict || !slices.Equal(r.Unproved(), c.unproved) || text != c.text {
				t.Errorf("%s, %s, nobody answers for %v", r.Verdict, text, r.Unproved())
			}
		})
	}
}

const (
	mediaKey  = "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	ownersKey = `{"Sid":"Owner","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}`
)

// Settings that stand for all keys, or name none, grant nothing: the policies
// of the keys that objects have, and that new ones will get, decide.
func TestNoKeyOfTheBucketIsTakenOnTrust(t *testing.T) {
	const oldKey = "arn:aws:kms:ap-northeast-1:123456789012:key/0987dcba-09fe-87dc-65ba-ab0987654321"
	const granted = `,{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::232482882421:root"},"Action":["kms:Decrypt","kms:DescribeKey"],"Resource":"*"}`
	for name, c := range map[string]struct {
		named   []string
		grant   bool // of the bucket's key
		change  func(h *rehearsal)
		deny    string
		row     want
		verdict Verdict
		what    string
	}{
		"all keys, not granted": {named: []string{allKeys}, row: want{status: Fail, cause: "certain cloudinary-key-not-granted"}, verdict: Failed},
		"all keys, granted":     {named: []string{allKeys}, grant: true, row: want{status: Pass}, verdict: Ready},
		"no object yet": {change: func(h *rehearsal) {
			h.acc.Buckets[0].Objects = h.acc.Buckets[0].Objects[len(h.acc.Buckets[0].Objects)-1:] // the marker
		}, row: want{status: Fail, cause: "certain cloudinary-key-not-granted"}, verdict: Failed},
		// The bucket got another key after the policy was set up (C20).
		"the key was changed": {named: []string{oldKey}, change: func(h *rehearsal) {
			doc := parsed(t, `{"Statement":[`+ownersKey+granted+`]}`)
			h.acc.KMSKeys = append(h.acc.KMSKeys, account.KMSKey{ARN: oldKey, Policy: &doc})
			for i := range h.acc.Buckets[0].Objects {
				h.acc.Buckets[0].Objects[i].KMSKey = oldKey
			}
		}, row: want{status: Fail, cause: "certain cloudinary-key-not-granted"}, verdict: Failed},
		"an object's key alone": {named: []string{allKeys}, change: func(h *rehearsal) {
			h.acc.Buckets[0].Encryption = account.Encryption{Algorithm: "AES256"}
			for i := range h.acc.Buckets[0].Objects {
				h.acc.Buckets[0].Objects[i].KMSKey = mediaKey
			}
		}, row: want{status: Fail, cause: "certain cloudinary-key-not-granted"}, verdict: Failed},
		"AWS's own key": {change: func(h *rehearsal) {
			h.acc.Buckets[0].Encryption.Key = ""
			h.acc.Buckets[0].Objects = h.acc.Buckets[0].Objects[len(h.acc.Buckets[0].Objects)-1:]
		}, row: want{status: Fail, cause: "certain cloudinary-key-managed"}, verdict: Failed},
		"a disabled key": {named: []string{mediaKey}, grant: true, change: func(h *rehearsal) { h.acc.KMSKeys[0].State = "Disabled" },
			row: want{status: Fail, cause: "certain kms-key-unusable"}, verdict: Failed},
		// What may not be read is unknown.
		"the encryption is not told": {change: func(h *rehearsal) { h.acc.Buckets[0].Encryption = account.Encryption{Algorithm: "AES256"} }, deny: "s3:GetEncryptionConfiguration",
			row: want{status: Skip}, verdict: ReadyWithWarnings, what: "result.cloudinary.key-policy.unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := rehearse(t, "cloudinary-kms-not-granted")
			h.target.KMSKeys = c.named
			if c.grant {
				doc := parsed(t, `{"Statement":[`+ownersKey+granted+`]}`)
				h.acc.KMSKeys[0].Policy = &doc
			}
			if c.change != nil {
				c.change(h)
			}
			if c.deny != "" {
				doc := parsed(t, `{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"`+c.deny+`","Resource":"*"}]}`)
				h.acc.Callers[0].Policy = &doc
			}
			h.start()
			r := h.run(Options{Owner: h.owner()})
			row := rowOf(t, r, "cloudinary.key-policy")
			c.row.check(t, row)
			if r.Verdict != c.verdict || c.what != "" && row.Reason != c.what {
				t.Errorf("%s: %s", r.Verdict, describe(row))
			}
		})
	}
}

func parsed(t *testing.T, text string) policy.Document {
	t.Helper()
	doc, err := policy.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
