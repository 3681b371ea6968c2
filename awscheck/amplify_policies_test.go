package awscheck

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/wizard"
)

const (
	somebody     = "ap-northeast-1:11111111-1111-1111-1111-111111111111"
	somebodyElse = "ap-northeast-1:22222222-2222-2222-2222-222222222222"
	identity     = "${cognito-identity.amazonaws.com:sub}"
)

// storageExamples are the documented tables (A15, A18, A20, A23) and one with a
// path below another. What is allowed is by role and folder, with the first
// letters of the actions; everything else is refused.
var storageExamples = map[string]struct {
	table   string
	allowed map[string]map[string]string
}{
	"guests": {`{"public/*":{"guest":["get","list"]}}`, map[string]map[string]string{
		"guest": {"public/": "gl"}, "authenticated": {},
	}},
	"signed in": {`{"public/*":{"guest":["get","list"],"authenticated":["get","list","write","delete"]}}`, map[string]map[string]string{
		"guest": {"public/": "gl"}, "authenticated": {"public/": "glwd"},
	}},
	"groups": {`{"public/*":{"authenticated":["get","list"]},"admin/*":{"authenticated":["get","list"],"groupsadmin":["get","list","write","delete"]}}`, map[string]map[string]string{
		"guest": {}, "authenticated": {"public/": "gl", "admin/": "gl"}, "groupsadmin": {"admin/": "glwd"},
	}},
	"owners": {`{"public/*":{"guest":["get","list"],"authenticated":["get","list","write","delete"]},"protected/*":{"guest":["get","list"],"authenticated":["get","list"]},"protected/` + identity + `/*":{"entityidentity":["get","list","write","delete"]}}`, map[string]map[string]string{
		"guest":         {"public/": "gl", "protected/": "gl", "protected/" + somebody + "/": "gl", "protected/" + somebodyElse + "/": "gl"},
		"authenticated": {"public/": "glwd", "protected/": "gl", "protected/" + somebody + "/": "glwd", "protected/" + somebodyElse + "/": "gl"},
	}},
	"write only": {`{"inbox/*":{"guest":["write"]},"public/*":{"authenticated":["delete"]}}`, map[string]map[string]string{
		"guest": {"inbox/": "w"}, "authenticated": {"public/": "d"},
	}},
	"nested": {`{"media/*":{"guest":["get","list"],"authenticated":["get","list","write"]},"media/drafts/*":{"authenticated":["get"],"groupsadmin":["get","list","write","delete"]}}`, map[string]map[string]string{
		"guest": {"media/": "gl"}, "authenticated": {"media/": "glw", "media/drafts/": "g"}, "groupsadmin": {"media/drafts/": "glwd"},
	}},
}

var triedDirs = []string{"public/", "publicity/", "media/", "media/drafts/", "protected/", "protected/" + somebody + "/", "protected/" + somebodyElse + "/", "admin/", "inbox/", "backups/"}

// The policies that are written let each role of an app do what its table
// says, and refuse everything else, as S3 decides it: as inline policies of
// the roles, documented and tight, and as the policy of the bucket.
func TestAmplifyPoliciesGrantTheTable(t *testing.T) {
	racetest.Plainly(t)
	for name, example := range storageExamples {
		for _, form := range []string{"documented", "tight", "bucket"} {
			t.Run(name+"/"+form, func(t *testing.T) {
				t.Parallel()
				source := appAccount(t, example.table, form)
				for role, folders := range example.allowed {
					c := roleClient(t, source, role)
					for _, dir := range triedDirs {
						if got := doAll(c, dir); got != folders[dir] {
							t.Errorf("%s may %q in %s, want %q", role, got, dir, folders[dir])
						}
					}
				}
			})
		}
	}
}

var appRoleNames = map[string]string{"guest": "amplify-app-unauth", "authenticated": "amplify-app-auth", "groupsadmin": "amplify-app-admin"}

// appAccount is an account in which the generated policies are set. Identities
// are in sessions of Amazon Cognito's alone: the one of somebody who is signed
// in is put in the place of the variable, as IAM does.
func appAccount(t *testing.T, table, form string) *connect.Source {
	t.Helper()
	acc, meta, err := account.Scenario("amplify")
	if err != nil {
		t.Fatal(err)
	}
	s := wizard.Settings{Integration: "amplify", Bucket: testBucket, Region: testRegion, StorageName: "media", Paths: wizard.Rules(table), AppRoles: wizard.Rules(meta.Settings["app_roles"])}
	kind := wizard.DocumentPermissions
	if form == "bucket" {
		kind = wizard.DocumentBucket
	}
	pieces, problems := wizard.Pieces(s, kind, form != "documented")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for i := range acc.Roles {
		acc.Roles[i].Policy = nil
	}
	acc.Buckets[0].Policy = nil
	for _, p := range pieces {
		d := signedIn(t, *p.Policy)
		if form == "bucket" {
			acc.Buckets[0].Policy = &d
			continue
		}
		for i := range acc.Roles {
			if strings.HasSuffix(p.Of, ":role/"+acc.Roles[i].Name) {
				acc.Roles[i].Policy = &d
			}
		}
	}
	acc.Buckets[0].Objects = nil
	for _, dir := range triedDirs {
		acc.Buckets[0].Objects = append(acc.Buckets[0].Objects, account.Object{Key: dir + "there.txt", Content: []byte("x")})
	}
	box, err := sandbox.Start(context.Background(), sandbox.Options{Account: acc, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	source := connect.FromParts(connect.Parts{
		Endpoint: box.Endpoint(), Region: testRegion, AccessKeyID: acc.Callers[0].AccessKeyID, SecretAccessKey: acc.Callers[0].SecretAccessKey,
	})
	t.Cleanup(func() {
		source.Close()
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	return source
}

func signedIn(t *testing.T, d policy.Document) policy.Document {
	t.Helper()
	text, err := d.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	out, err := policy.Parse([]byte(strings.ReplaceAll(string(text), identity, somebody)))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func roleClient(t *testing.T, source *connect.Source, role string) *s3.Client {
	t.Helper()
	c, err := source.S3(connect.Place{Access: "role", Region: testRegion, Bucket: testBucket, RoleARN: "arn:aws:iam::" + testAccount + ":role/" + appRoleNames[role]})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// doAll does every action in a folder and gives the first letters of those
// that were not refused.
func doAll(c *s3.Client, dir string) (done string) {
	ctx, bucket := context.Background(), aws.String(testBucket)
	for _, action := range storagepaths.Actions() {
		var err error
		switch action {
		case storagepaths.Get:
			var out *s3.GetObjectOutput
			if out, err = c.GetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: aws.String(dir + "there.txt")}); err == nil {
				_ = out.Body.Close()
			}
		case storagepaths.List:
			_, err = c.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: bucket, Prefix: aws.String(dir)})
		case storagepaths.Write:
			_, err = c.PutObject(ctx, &s3.PutObjectInput{Bucket: bucket, Key: aws.String(dir + "new.txt"), Body: strings.NewReader("x")})
		case storagepaths.Delete:
			_, err = c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: bucket, Key: aws.String(dir + "none.txt")})
		}
		if err == nil {
			done += action[:1]
		} else if ev := connect.EvidenceOf(err, ""); !ev.Refused() {
			done += "?" + ev.Code
		}
	}
	return done
}
