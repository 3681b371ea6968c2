package handoff_test

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/handoff"
)

const cloudinary = "232482882421"

// What every format says of Cloudinary lets Cloudinary read, and nobody else,
// and nothing else.
func TestCloudinaryMayReadAndNobodyElse(t *testing.T) {
	for _, tight := range []bool{false, true} {
		s := pieceSettings("cloudinary")
		s.Subdomain, s.StorageName, s.Prefix = "", "", "media"
		p, problems := handoff.Make(s, handoff.Options{Name: "prod", Kind: handoff.All, Tight: tight})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		c := readHCL(t, handoff.Terraform(p, text.For("en").Say))
		c.resolve()
		template := readTemplate(t, p, "en")
		list := c.value("output.prod_kms_key_1_statements", "value").AsString()
		told, _ := template.Outputs["KmsKey1Statements"].Value.(string)
		for format, d := range map[string][2]policy.Document{
			"json":           {parsed(t, p.Documents()[0].JSON), parsed(t, p.Documents()[1].JSON)},
			"terraform":      {c.document("data.aws_iam_policy_document.prod_bucket", "override_policy_documents"), parsed(t, []byte(`{"Version":"2012-10-17","Statement":`+list+`}`))},
			"cloudformation": {template.document(t, "ProdBucketPolicy", "PolicyDocument"), parsed(t, []byte(`{"Version":"2012-10-17","Statement":`+told+`}`))},
		} {
			judgeCloudinary(t, format, tight, d[0], d[1])
		}
	}
}

func judgeCloudinary(t *testing.T, format string, tight bool, bucket, key policy.Document) {
	t.Helper()
	everything := []policy.Document{parsed(t, []byte(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`))}
	may := func(want bool, account, action, resource string, d policy.Document) {
		t.Helper()
		r := policy.Request{
			Principal: session("aws", account, "reader"), Action: action, Resource: resource, ResourceAccount: owner,
			Context: map[string][]string{"kms:viaservice": {"s3.ap-northeast-1.amazonaws.com"}, "kms:encryptioncontext:aws:s3:arn": {"arn:aws:s3:::alpha-prod-assets/media/a.png"}},
		}
		if got := policy.Evaluate(r, policy.Policies{Identity: everything, Resource: &d}).Allowed; got != want {
			t.Errorf("%s, tight %v: %s %s by %s is %v", format, tight, action, resource, account, got)
		}
	}
	const objects = "arn:aws:s3:::alpha-prod-assets/"
	may(true, cloudinary, "s3:GetObject", objects+"media/a.png", bucket)
	may(true, cloudinary, "s3:GetObject", objects+".wellknown/cloudinary/demo", bucket)
	may(!tight, cloudinary, "s3:GetObject", objects+"backups/a.gz", bucket)
	may(false, stranger, "s3:GetObject", objects+"media/a.png", bucket)
	may(false, cloudinary, "s3:PutObject", objects+"media/a.png", bucket)
	may(false, cloudinary, "s3:DeleteObject", objects+"media/a.png", bucket)
	may(false, cloudinary, "s3:ListBucket", "arn:aws:s3:::alpha-prod-assets", bucket)
	may(true, cloudinary, "kms:Decrypt", aKey, key)
	may(true, cloudinary, "kms:DescribeKey", aKey, key)
	may(false, cloudinary, "kms:GenerateDataKey", aKey, key)
	may(false, cloudinary, "kms:PutKeyPolicy", aKey, key)
	may(false, stranger, "kms:Decrypt", aKey, key)
}

// The kinds are the integration's own, and all of them.
func TestKindsOfIntegrations(t *testing.T) {
	for integration, want := range map[string]string{
		"imgix": "permissions all", "cloudinary": "bucket kms all",
		"amplify": "permissions bucket cors amplify-backend amplify-outputs all", "microcms": "trust permissions bucket kms all", "": "trust permissions bucket kms all",
	} {
		got := ""
		for _, kind := range handoff.KindsOf(integration) {
			got += " " + kind
		}
		if got != " "+want {
			t.Errorf("%q has%s, want %s", integration, got, want)
		}
	}
	s := pieceSettings("cloudinary")
	s.Bucket = ""
	if _, problems := handoff.Make(s, handoff.Options{Kind: wizard.DocumentBucket}); len(problems) == 0 || problems[0].Field != "bucket" {
		t.Errorf("what is missing is not told: %+v", problems)
	}
}
