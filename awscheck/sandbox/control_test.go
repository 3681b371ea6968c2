package sandbox_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3control"
	s3controltypes "github.com/aws/aws-sdk-go-v2/service/s3control/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

const home = "123456789012"

func document(t testing.TB, text string) policy.Document {
	t.Helper()
	d, err := policy.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// owner are the clients of whoever administers the account, as the product
// makes them.
func (r *rig) owner() *connect.Source {
	c := r.Caller("admin")
	return connect.FromParts(connect.Parts{Endpoint: r.Endpoint(), Region: tokyo, AccessKeyID: c.AccessKeyID, SecretAccessKey: c.SecretAccessKey})
}

// changed starts the microcms scenario with changes to its account.
func changed(t testing.TB, change func(*account.Account)) *rig {
	return start(t, func(o *sandbox.Options) { change(&o.Account) })
}

func (r *rig) assume(id string) error {
	_, err := r.sts("admin").AssumeRole(context.Background(), &sts.AssumeRoleInput{
		RoleArn: aws.String(roleARN), RoleSessionName: aws.String("test"), ExternalId: aws.String(id),
	})
	return err
}

func TestTrustChangesAtOnce(t *testing.T) {
	r := start(t)
	const id = "md-another-external-id"
	wantCode(t, r.assume(id), "AccessDenied")
	_, err := r.owner().IAM("").UpdateAssumeRolePolicy(t.Context(), &iam.UpdateAssumeRolePolicyInput{
		RoleName: aws.String("MediaRole"), PolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + home +
			`:root"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"` + id + `"}}}]}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.assume(id); err != nil {
		t.Error(err)
	}
	wantCode(t, r.assume(externalID), "AccessDenied")
}

// A session that is under way has the permissions that its role has now.
func TestPermissionsChangeUnderASession(t *testing.T) {
	r := start(t)
	live, admin := r.s3(), r.owner().IAM("")
	put := func() error {
		_, err := live.PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String(assets), Key: aws.String("media/x"), Body: strings.NewReader("x")})
		return err
	}
	if err := put(); err != nil {
		t.Fatal(err)
	}
	role := aws.String("MediaRole")
	names, err := admin.ListRolePolicies(t.Context(), &iam.ListRolePoliciesInput{RoleName: role})
	if err != nil || len(names.PolicyNames) != 1 {
		t.Fatal(names, err)
	}
	if _, err := admin.DeleteRolePolicy(t.Context(), &iam.DeleteRolePolicyInput{RoleName: role, PolicyName: &names.PolicyNames[0]}); err != nil {
		t.Fatal(err)
	}
	if e := wantCode(t, put(), "AccessDenied"); !strings.Contains(e.ErrorMessage(), "because no identity-based policy allows the s3:PutObject action") {
		t.Error(e.ErrorMessage())
	}
	arn := aws.String("arn:aws:iam::aws:policy/AmazonS3FullAccess")
	if _, err := admin.AttachRolePolicy(t.Context(), &iam.AttachRolePolicyInput{RoleName: role, PolicyArn: arn}); err != nil {
		t.Fatal(err)
	}
	if err := put(); err != nil {
		t.Error(err)
	}
	boundary, err := admin.CreatePolicy(t.Context(), &iam.CreatePolicyInput{PolicyName: aws.String("Limit"),
		PolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"s3:PutObject","Resource":"*"}]}`)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := admin.PutRolePermissionsBoundary(t.Context(), &iam.PutRolePermissionsBoundaryInput{RoleName: role, PermissionsBoundary: boundary.Policy.Arn}); err != nil {
		t.Fatal(err)
	}
	if e := wantCode(t, put(), "AccessDenied"); !strings.HasSuffix(e.ErrorMessage(), "with an explicit deny in a permissions boundary: "+*boundary.Policy.Arn) {
		t.Error(e.ErrorMessage())
	}
	if _, err := admin.DeleteRolePermissionsBoundary(t.Context(), &iam.DeleteRolePermissionsBoundaryInput{RoleName: role}); err != nil {
		t.Fatal(err)
	}
	if err := put(); err != nil {
		t.Error(err)
	}
}

func TestResourceControlPolicy(t *testing.T) {
	r := changed(t, func(a *account.Account) {
		a.ResourceControlPolicies = []policy.Document{document(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":["s3:PutObject","s3:GetObject"],"Resource":"*"}]}`)}
	})
	_, err := r.s3().PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String(assets), Key: aws.String("media/x"), Body: strings.NewReader("x")})
	text := wantCode(t, err, "AccessDenied").ErrorMessage()
	if !strings.Contains(text, " with an explicit deny in a resource control policy: arn:aws:organizations::") || !strings.Contains(text, "/resource_control_policy/p-") {
		t.Error(text)
	}
	assumed := changed(t, func(a *account.Account) {
		a.ResourceControlPolicies = []policy.Document{document(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}]}`)}
	})
	if text := wantCode(t, assumed.assume(externalID), "AccessDenied").ErrorMessage(); !strings.Contains(text, "sts:AssumeRole on resource: "+roleARN+" with an explicit deny in a resource control policy") {
		t.Error(text)
	}
}

func TestVPCEndpointPolicy(t *testing.T) {
	const elsewhere = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::other/*"}]}`
	r := changed(t, func(a *account.Account) {
		d := document(t, elsewhere)
		a.VPCEndpointPolicy = &d
	})
	_, err := r.s3().ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: aws.String(assets), Prefix: aws.String("media/")}) // which assumes the role: that endpoint is S3's
	if text := wantCode(t, err, "AccessDenied").ErrorMessage(); !strings.Contains(text, "because no VPC endpoint policy allows the s3:ListBucket action") {
		t.Error(text)
	}
	both := changed(t, func(a *account.Account) {
		d := document(t, strings.Replace(elsewhere, `"s3:*"`, `["s3:*","sts:GetCallerIdentity"]`, 1))
		a.VPCEndpointPolicy = &d
	})
	if text := wantCode(t, both.assume(externalID), "AccessDenied").ErrorMessage(); !strings.Contains(text, "because no VPC endpoint policy allows the sts:AssumeRole action") {
		t.Error(text)
	}
}

func TestAccountPublicAccessBlock(t *testing.T) {
	r := changed(t, func(a *account.Account) {
		a.Buckets[0].PublicAccessBlock = account.PublicAccessBlock{}
		d := document(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::`+assets+`/media/*"}]}`)
		a.Buckets[0].Policy = &d
		a.Buckets[0].Objects = []account.Object{{Key: "media/a.txt", Content: []byte("hello"), Size: 5}}
	})
	control, of := r.owner().S3Control(tokyo), aws.String(home)
	status := func() int { return r.ask(http.MethodGet, "/"+assets+"/media/a.txt", "").StatusCode }
	if got := status(); got != http.StatusOK {
		t.Fatal(got)
	}
	_, err := control.GetPublicAccessBlock(t.Context(), &s3control.GetPublicAccessBlockInput{AccountId: of})
	wantCode(t, err, "NoSuchPublicAccessBlockConfiguration")
	if _, err := control.PutPublicAccessBlock(t.Context(), &s3control.PutPublicAccessBlockInput{AccountId: of, PublicAccessBlockConfiguration: &s3controltypes.PublicAccessBlockConfiguration{
		RestrictPublicBuckets: aws.Bool(true), BlockPublicPolicy: aws.Bool(true),
	}}); err != nil {
		t.Fatal(err)
	}
	got, err := control.GetPublicAccessBlock(t.Context(), &s3control.GetPublicAccessBlockInput{AccountId: of})
	if err != nil || !*got.PublicAccessBlockConfiguration.RestrictPublicBuckets || *got.PublicAccessBlockConfiguration.BlockPublicAcls {
		t.Errorf("%+v %v", got, err)
	}
	if got := status(); got != http.StatusForbidden {
		t.Errorf("a stranger reads in spite of the account's setting: %d", got)
	}
	owner := s3.NewFromConfig(r.config(tokyo, r.keys("admin")))
	_, err = owner.PutBucketPolicy(t.Context(), &s3.PutBucketPolicyInput{Bucket: aws.String(assets),
		Policy: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::` + assets + `/*"}]}`)})
	if text := wantCode(t, err, "AccessDenied").ErrorMessage(); !strings.Contains(text, "prevented by the BlockPublicPolicy setting") {
		t.Error(text)
	}
	if _, err := control.DeletePublicAccessBlock(t.Context(), &s3control.DeletePublicAccessBlockInput{AccountId: of}); err != nil {
		t.Fatal(err)
	}
	if got := status(); got != http.StatusOK {
		t.Error(got)
	}
	_, err = control.GetPublicAccessBlock(t.Context(), &s3control.GetPublicAccessBlockInput{AccountId: aws.String("999988887777")})
	wantCode(t, err, "AccessDenied")
}

// A key that is mended lets S3 write again.
func TestKeyChangesAtOnce(t *testing.T) {
	const arn = "arn:aws:kms:" + tokyo + ":" + home + ":key/1234abcd-12ab-34cd-56ef-1234567890ab"
	r := changed(t, func(a *account.Account) {
		a.KMSKeys = []account.KMSKey{{ARN: arn, State: "Disabled", Aliases: []string{"alias/media"}}}
		a.Buckets[0].Encryption = account.Encryption{Algorithm: "aws:kms", Key: arn}
	})
	owner := s3.NewFromConfig(r.config(tokyo, r.keys("admin")))
	put := func() error {
		_, err := owner.PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String(assets), Key: aws.String("media/x"), Body: strings.NewReader("x")})
		return err
	}
	wantCode(t, put(), "KMS.DisabledException")
	keys := r.owner().KMS(tokyo)
	if _, err := keys.EnableKey(t.Context(), &kms.EnableKeyInput{KeyId: aws.String(arn)}); err != nil {
		t.Fatal(err)
	}
	if err := put(); err != nil {
		t.Fatal(err)
	}
	about, err := keys.DescribeKey(t.Context(), &kms.DescribeKeyInput{KeyId: aws.String("alias/media")})
	if err != nil || *about.KeyMetadata.Arn != arn || about.KeyMetadata.KeyState != "Enabled" || about.KeyMetadata.KeyManager != "CUSTOMER" {
		t.Errorf("%+v %v", about, err)
	}
	onlyAdmin := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + home + `:user/admin"},"Action":["kms:PutKeyPolicy","kms:GetKeyPolicy"],"Resource":"*"}]}`
	if _, err := keys.PutKeyPolicy(t.Context(), &kms.PutKeyPolicyInput{KeyId: aws.String(arn), Policy: aws.String(onlyAdmin)}); err != nil {
		t.Fatal(err)
	}
	if text := wantCode(t, put(), "AccessDenied").ErrorMessage(); !strings.Contains(text, "kms:GenerateDataKey on this resource because the resource does not exist in this Region") {
		t.Error(text)
	}
}

func TestSimulationIsTyped(t *testing.T) {
	r := changed(t, func(a *account.Account) {
		a.ServiceControlPolicies = []policy.Document{document(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"}]}`)}
	})
	in := "arn:aws:s3:::" + assets + "/media/x"
	pages := iam.NewSimulatePrincipalPolicyPaginator(r.owner().IAM(""), &iam.SimulatePrincipalPolicyInput{
		PolicySourceArn: aws.String(roleARN), ActionNames: []string{"s3:PutObject", "s3:DeleteObject", "s3:PutBucketPolicy"}, ResourceArns: []string{in, "arn:aws:s3:::other/x"}, MaxItems: aws.Int32(2),
	})
	var all []iamtypes.EvaluationResult
	turned := 0
	for ; pages.HasMorePages(); turned++ {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page.EvaluationResults...)
	}
	if turned != 2 || len(all) != 3 {
		t.Fatalf("%d pages, %d results", turned, len(all))
	}
	put, remove, powerful := all[0], all[1], all[2]
	if s := put.ResourceSpecificResults; len(s) != 2 || *s[0].EvalResourceName != in || s[0].EvalResourceDecision != "allowed" || s[1].EvalResourceDecision != "implicitDeny" ||
		len(s[0].MatchedStatements) != 1 || *s[0].MatchedStatements[0].SourcePolicyId != "role_MediaRole_MediaRolePolicy" {
		t.Errorf("%+v", put)
	}
	if put.EvalDecision != "implicitDeny" || !put.OrganizationsDecisionDetail.AllowedByOrganizations {
		t.Errorf("%+v", put)
	}
	if remove.EvalDecision != "explicitDeny" || remove.OrganizationsDecisionDetail.AllowedByOrganizations || len(remove.MatchedStatements) != 0 {
		t.Errorf("%+v", remove)
	}
	if powerful.EvalDecision != "implicitDeny" || len(powerful.MatchedStatements) != 0 {
		t.Errorf("%+v", powerful)
	}
}
