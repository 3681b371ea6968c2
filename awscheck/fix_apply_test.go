package awscheck

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	cftypes "github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/s3control"
	s3controltypes "github.com/aws/aws-sdk-go-v2/service/s3control/types"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// administrator does what a person does with a fix: saves its document under
// the name that the command reads, fills in the external ID, and runs the
// command. It knows the AWS CLI's commands and options by their names; what it
// does not know fails the test.
type administrator struct {
	t       *testing.T
	w       *world
	region  string
	id      string            // the connection's external ID; empty: testID
	control string            // the origin access control made last
	others  []string          // other connections' external IDs, as the trust policy has them
	files   map[string]string // as saved so far
}

// apply runs the fix's command. It is false for a fix that only shows
// something.
func (a *administrator) apply(f diagnose.Fix) bool {
	a.t.Helper()
	if a.files == nil {
		a.files = map[string]string{}
	}
	if len(f.Document) > 0 && f.File != "" {
		text := strings.ReplaceAll(string(f.Document), "<EXTERNAL_ID>", cmp.Or(a.id, testID))
		for i, id := range a.others {
			text = strings.ReplaceAll(text, "<EXTERNAL_ID_"+strconv.Itoa(i+2)+">", id)
		}
		a.files[f.File] = text
	}
	if f.Command == "" || !strings.HasPrefix(f.Command, "aws ") {
		return false
	}
	c := a.parse(f.Command)
	run, ok := commands[c.name]
	if !ok {
		a.t.Fatalf("fix %s: the command is not known here: %s", f.ID, f.Command)
	}
	if run == nil {
		return false
	}
	if err := run(a, c); err != nil {
		a.t.Fatalf("fix %s: %s: %v", f.ID, f.Command, err)
	}
	if len(c.options)+len(c.words) > 0 {
		a.t.Fatalf("fix %s: words that the command does not know: %v %v", f.ID, c.options, c.words)
	}
	return true
}

// on is a switch of a short form.
func (a *administrator) on(set map[string]string, name string) *bool {
	a.t.Helper()
	v, err := strconv.ParseBool(set[name])
	if err != nil {
		a.t.Fatalf("%s=%q", name, set[name])
	}
	return aws.Bool(v)
}

func (a *administrator) s3() *s3.Client {
	a.t.Helper()
	client, err := a.w.source.S3(connect.Place{Access: "caller", Bucket: testBucket, Region: a.region})
	if err != nil {
		a.t.Fatal(err)
	}
	return client
}

// inRegion reads --region, which a regional service needs: the administrator's
// own default may be another.
func (a *administrator) inRegion(c cli) {
	a.t.Helper()
	if got := c.take(a.t, "region"); got != a.region {
		a.t.Fatalf("%s in %s, not in %s", c.name, got, a.region)
	}
}

// commands are what administrators run; nil only shows something.
var commands = map[string]func(*administrator, cli) error{
	"sts get-caller-identity": nil, "configure sso": nil, "configure list-profiles": nil, "sso login": nil, "sts assume-role": nil, "iam list-mfa-devices": nil, "s3 rm": nil,
	"iam get-role": nil, "iam list-role-policies": nil, "iam list-attached-role-policies": nil,
	"s3api get-bucket-policy": nil, "s3api get-object-lock-configuration": nil, "s3api get-bucket-location": nil,
	"s3api get-bucket-lifecycle-configuration": nil, "s3api get-bucket-cors": nil, "s3api list-buckets": nil, "s3api head-bucket": nil, "s3api head-object": nil,
	"kms describe-key": nil, "kms get-key-policy": nil,
	"cloudfront get-distribution-config": nil, "cloudfront get-distribution": nil, "cloudfront wait": nil,
	"ec2 describe-vpc-endpoints": nil, "s3 ls": nil,
	// What they do is not in the sandbox, or done by a person further on.
	"acm request-certificate": nil, "kms create-key": nil, "account enable-region": nil,

	"iam put-role-policy": func(a *administrator, c cli) error {
		_, err := a.w.source.IAM(a.region).PutRolePolicy(context.Background(), &iam.PutRolePolicyInput{
			RoleName: aws.String(c.take(a.t, "role-name")), PolicyName: aws.String(c.take(a.t, "policy-name")),
			PolicyDocument: aws.String(c.file(a.t, "policy-document")),
		})
		return err
	},
	"iam detach-role-policy": func(a *administrator, c cli) error {
		_, err := a.w.source.IAM(a.region).DetachRolePolicy(context.Background(), &iam.DetachRolePolicyInput{
			RoleName: aws.String(c.take(a.t, "role-name")), PolicyArn: aws.String(c.take(a.t, "policy-arn")),
		})
		return err
	},
	"iam delete-role-policy": func(a *administrator, c cli) error {
		_, err := a.w.source.IAM(a.region).DeleteRolePolicy(context.Background(), &iam.DeleteRolePolicyInput{
			RoleName: aws.String(c.take(a.t, "role-name")), PolicyName: aws.String(c.take(a.t, "policy-name")),
		})
		return err
	},
	"iam put-user-policy": func(a *administrator, c cli) error {
		_, err := a.w.source.IAM(a.region).PutUserPolicy(context.Background(), &iam.PutUserPolicyInput{
			UserName: aws.String(c.take(a.t, "user-name")), PolicyName: aws.String(c.take(a.t, "policy-name")),
			PolicyDocument: aws.String(c.file(a.t, "policy-document")),
		})
		return err
	},
	"iam update-assume-role-policy": func(a *administrator, c cli) error {
		_, err := a.w.source.IAM(a.region).UpdateAssumeRolePolicy(context.Background(), &iam.UpdateAssumeRolePolicyInput{
			RoleName: aws.String(c.take(a.t, "role-name")), PolicyDocument: aws.String(c.file(a.t, "policy-document")),
		})
		return err
	},
	"iam create-policy-version": func(a *administrator, c cli) error {
		if _, ok := c.options["set-as-default"]; !ok {
			a.t.Fatal("a version that is not the default changes nothing")
		}
		delete(c.options, "set-as-default")
		_, err := a.w.source.IAM(a.region).CreatePolicyVersion(context.Background(), &iam.CreatePolicyVersionInput{
			PolicyArn: aws.String(c.take(a.t, "policy-arn")), PolicyDocument: aws.String(c.file(a.t, "policy-document")), SetAsDefault: true,
		})
		return err
	},
	"iam update-role": func(a *administrator, c cli) error {
		seconds, err := strconv.ParseInt(c.take(a.t, "max-session-duration"), 10, 32)
		if err != nil {
			return err
		}
		_, err = a.w.source.IAM(a.region).UpdateRole(context.Background(), &iam.UpdateRoleInput{
			RoleName: aws.String(c.take(a.t, "role-name")), MaxSessionDuration: aws.Int32(int32(seconds)),
		})
		return err
	},
	"iam delete-role-permissions-boundary": func(a *administrator, c cli) error {
		_, err := a.w.source.IAM(a.region).DeleteRolePermissionsBoundary(context.Background(), &iam.DeleteRolePermissionsBoundaryInput{
			RoleName: aws.String(c.take(a.t, "role-name")),
		})
		return err
	},
	"s3api put-bucket-policy": func(a *administrator, c cli) error {
		a.inRegion(c)
		_, err := a.s3().PutBucketPolicy(context.Background(), &s3.PutBucketPolicyInput{
			Bucket: aws.String(c.take(a.t, "bucket")), Policy: aws.String(c.file(a.t, "policy")),
		})
		return err
	},
	"s3api delete-bucket-policy": func(a *administrator, c cli) error {
		a.inRegion(c)
		_, err := a.s3().DeleteBucketPolicy(context.Background(), &s3.DeleteBucketPolicyInput{Bucket: aws.String(c.take(a.t, "bucket"))})
		return err
	},
	"s3api put-public-access-block": func(a *administrator, c cli) error {
		a.inRegion(c)
		set := c.shorthand(a.t, "public-access-block-configuration")
		_, err := a.s3().PutPublicAccessBlock(context.Background(), &s3.PutPublicAccessBlockInput{
			Bucket: aws.String(c.take(a.t, "bucket")),
			PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{
				BlockPublicAcls: a.on(set, "BlockPublicAcls"), IgnorePublicAcls: a.on(set, "IgnorePublicAcls"),
				BlockPublicPolicy: a.on(set, "BlockPublicPolicy"), RestrictPublicBuckets: a.on(set, "RestrictPublicBuckets"),
			},
		})
		return err
	},
	"s3api put-bucket-ownership-controls": func(a *administrator, c cli) error {
		a.inRegion(c)
		value := c.take(a.t, "ownership-controls")
		ownership, ok := strings.CutPrefix(value, "Rules=[{ObjectOwnership=")
		ownership, closed := strings.CutSuffix(ownership, "}]")
		if !ok || !closed {
			a.t.Fatalf("--ownership-controls %s", value)
		}
		_, err := a.s3().PutBucketOwnershipControls(context.Background(), &s3.PutBucketOwnershipControlsInput{
			Bucket:            aws.String(c.take(a.t, "bucket")),
			OwnershipControls: &types.OwnershipControls{Rules: []types.OwnershipControlsRule{{ObjectOwnership: types.ObjectOwnership(ownership)}}},
		})
		return err
	},
	"s3api put-bucket-versioning": func(a *administrator, c cli) error {
		a.inRegion(c)
		set := c.shorthand(a.t, "versioning-configuration")
		_, err := a.s3().PutBucketVersioning(context.Background(), &s3.PutBucketVersioningInput{
			Bucket:                  aws.String(c.take(a.t, "bucket")),
			VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatus(set["Status"])},
		})
		return err
	},
	"s3api put-bucket-request-payment": func(a *administrator, c cli) error {
		a.inRegion(c)
		set := c.shorthand(a.t, "request-payment-configuration")
		_, err := a.s3().PutBucketRequestPayment(context.Background(), &s3.PutBucketRequestPaymentInput{
			Bucket:                      aws.String(c.take(a.t, "bucket")),
			RequestPaymentConfiguration: &types.RequestPaymentConfiguration{Payer: types.Payer(set["Payer"])},
		})
		return err
	},
	"s3api put-bucket-encryption": func(a *administrator, c cli) error {
		a.inRegion(c)
		var set types.ServerSideEncryptionConfiguration
		a.decode(c, "server-side-encryption-configuration", &set)
		_, err := a.s3().PutBucketEncryption(context.Background(), &s3.PutBucketEncryptionInput{
			Bucket: aws.String(c.take(a.t, "bucket")), ServerSideEncryptionConfiguration: &set,
		})
		return err
	},
	"s3api put-bucket-cors": func(a *administrator, c cli) error {
		a.inRegion(c)
		var set types.CORSConfiguration
		a.decode(c, "cors-configuration", &set)
		_, err := a.s3().PutBucketCors(context.Background(), &s3.PutBucketCorsInput{
			Bucket: aws.String(c.take(a.t, "bucket")), CORSConfiguration: &set,
		})
		return err
	},
	"s3api put-bucket-lifecycle-configuration": func(a *administrator, c cli) error {
		a.inRegion(c)
		var set types.BucketLifecycleConfiguration
		a.decode(c, "lifecycle-configuration", &set)
		_, err := a.s3().PutBucketLifecycleConfiguration(context.Background(), &s3.PutBucketLifecycleConfigurationInput{
			Bucket: aws.String(c.take(a.t, "bucket")), LifecycleConfiguration: &set,
		})
		return err
	},
	"s3api put-object-lock-configuration": func(a *administrator, c cli) error {
		a.inRegion(c)
		var set types.ObjectLockConfiguration
		a.decode(c, "object-lock-configuration", &set)
		_, err := a.s3().PutObjectLockConfiguration(context.Background(), &s3.PutObjectLockConfigurationInput{
			Bucket: aws.String(c.take(a.t, "bucket")), ObjectLockConfiguration: &set,
		})
		return err
	},
	"kms put-key-policy": func(a *administrator, c cli) error {
		a.inRegion(c)
		_, err := a.w.source.KMS(a.region).PutKeyPolicy(context.Background(), &kms.PutKeyPolicyInput{
			KeyId: aws.String(c.take(a.t, "key-id")), PolicyName: aws.String(c.take(a.t, "policy-name")),
			Policy: aws.String(c.file(a.t, "policy")),
		})
		return err
	},
	"kms enable-key": func(a *administrator, c cli) error {
		a.inRegion(c)
		_, err := a.w.source.KMS(a.region).EnableKey(context.Background(), &kms.EnableKeyInput{KeyId: aws.String(c.take(a.t, "key-id"))})
		return err
	},
	"kms cancel-key-deletion": func(a *administrator, c cli) error {
		a.inRegion(c)
		_, err := a.w.source.KMS(a.region).CancelKeyDeletion(context.Background(), &kms.CancelKeyDeletionInput{KeyId: aws.String(c.take(a.t, "key-id"))})
		return err
	},
	"s3control put-public-access-block": func(a *administrator, c cli) error {
		a.inRegion(c)
		set := c.shorthand(a.t, "public-access-block-configuration")
		_, err := a.w.source.S3Control(a.region).PutPublicAccessBlock(context.Background(), &s3control.PutPublicAccessBlockInput{
			AccountId: aws.String(c.take(a.t, "account-id")),
			PublicAccessBlockConfiguration: &s3controltypes.PublicAccessBlockConfiguration{
				BlockPublicAcls: a.on(set, "BlockPublicAcls"), IgnorePublicAcls: a.on(set, "IgnorePublicAcls"),
				BlockPublicPolicy: a.on(set, "BlockPublicPolicy"), RestrictPublicBuckets: a.on(set, "RestrictPublicBuckets"),
			},
		})
		return err
	},
	"s3api restore-object": func(a *administrator, c cli) error {
		a.inRegion(c)
		days, err := strconv.ParseInt(c.shorthand(a.t, "restore-request")["Days"], 10, 32)
		if err != nil {
			return err
		}
		_, err = a.s3().RestoreObject(context.Background(), &s3.RestoreObjectInput{
			Bucket: aws.String(c.take(a.t, "bucket")), Key: aws.String(c.take(a.t, "key")),
			RestoreRequest: &types.RestoreRequest{Days: aws.Int32(int32(days))},
		})
		return err
	},
	// It changes nothing until a person gives it to an origin.
	"cloudfront create-origin-access-control": func(a *administrator, c cli) error {
		set := c.shorthand(a.t, "origin-access-control-config")
		out, err := a.w.source.CloudFront(a.region).CreateOriginAccessControl(context.Background(), &cloudfront.CreateOriginAccessControlInput{
			OriginAccessControlConfig: &cftypes.OriginAccessControlConfig{
				Name: aws.String(set["Name"]), SigningProtocol: cftypes.OriginAccessControlSigningProtocols(set["SigningProtocol"]),
				SigningBehavior:               cftypes.OriginAccessControlSigningBehaviors(set["SigningBehavior"]),
				OriginAccessControlOriginType: cftypes.OriginAccessControlOriginTypes(set["OriginAccessControlOriginType"]),
			},
		})
		if err == nil {
			a.control = aws.ToString(out.OriginAccessControl.Id)
		}
		return err
	},
	"cloudfront create-invalidation": func(a *administrator, c cli) error {
		paths := c.lists["paths"]
		c.take(a.t, "paths")
		_, err := a.w.source.CloudFront(a.region).CreateInvalidation(context.Background(), &cloudfront.CreateInvalidationInput{
			DistributionId: aws.String(c.take(a.t, "distribution-id")),
			InvalidationBatch: &cftypes.InvalidationBatch{
				CallerReference: aws.String(strings.Join(paths, " ")),
				Paths:           &cftypes.Paths{Quantity: aws.Int32(int32(len(paths))), Items: paths},
			},
		})
		return err
	},
}

// decode reads an option that is JSON or the name of a file of JSON, whose
// members have the API's names.
func (a *administrator) decode(c cli, option string, to any) {
	a.t.Helper()
	text := c.options[option]
	if strings.HasPrefix(text, "file://") {
		text = c.file(a.t, option)
	} else {
		c.take(a.t, option)
	}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		a.t.Fatalf("%s --%s: %v in %s", c.name, option, err, text)
	}
}
