package awscheck

import (
	"bytes"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/policy"
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
