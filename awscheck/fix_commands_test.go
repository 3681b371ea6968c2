package awscheck

import (
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
)

// What no fix may assume: that it knows a document that nobody has read. It
// shows what to add and the command that reads; putting is the next step.
func TestUnreadDocumentsAreReadFirst(t *testing.T) {
	f := roleTarget().facts()
	f.CallerARN = "arn:aws:iam::123456789012:user/admin"
	for _, id := range []string{
		"encryption-required", "bucket-policy-missing", "bucket-policy-wrong-path", "origin-access-wrong-distribution",
		"direct-access-open", "listing-public",
	} {
		fixes := diagnose.Because(id, diagnose.Certain, f).Fixes
		if len(fixes) < 2 || !strings.HasPrefix(fixes[0].Command, "aws s3api get-bucket-policy ") || !strings.HasPrefix(fixes[1].ID, "then-") {
			t.Errorf("%s: %+v", id, fixes)
		}
	}
}

// Every command that a fix offers is one of the AWS CLI's with all that it
// needs, or of another program that is named here.
func TestCommandsOfFixesAreKnown(t *testing.T) {
	global := []string{"iam", "sts", "cloudfront", "configure", "sso", "account"}
	anywhere := []string{"s3api get-bucket-location", "s3api list-buckets"}
	trust := policy.Document{Version: policy.Version2012}
	for _, id := range diagnose.CauseIDs() {
		for _, layer := range []diagnose.Layer{"", diagnose.LayerIdentity, diagnose.LayerResource, diagnose.LayerTrust} {
			f := cdnTarget().facts()
			f.CallerARN = "arn:aws:iam::123456789012:user/admin"
			for _, existing := range []diagnose.Existing{{}, {NoBucketPolicy: true, Trust: &trust}} {
				f.Existing = existing
				for _, fix := range diagnose.Because(id, diagnose.Certain, f, diagnose.Args{"layer": string(layer), "kms_key": kmsKey}).Fixes {
					words := strings.Fields(fix.Command)
					if len(words) == 0 || slices.Contains([]string{"mediadock", "dig", "curl", "sudo", "export", "openssl", "npx"}, words[0]) || fix.Command == "aws configure" {
						continue
					}
					c := (&administrator{t: t}).parse(fix.Command)
					service, _, _ := strings.Cut(c.name, " ")
					if _, ok := commands[c.name]; !ok && !harmless(c.name) && fix.ID != "cloudinary-put-marker" {
						t.Errorf("%s, %s: %s is not known", id, fix.ID, fix.Command)
					}
					if _, ok := c.options["region"]; !ok && !slices.Contains(global, service) && !slices.Contains(anywhere, c.name) && !strings.Contains(fix.Command, "://") {
						t.Errorf("%s, %s: in which region is %s", id, fix.ID, fix.Command)
					}
					if strings.Contains(fix.Command, "file://") && len(fix.Document) > 0 && !strings.HasSuffix(fix.Command, fix.File) && !strings.Contains(fix.Command, "file://"+fix.File+" ") {
						t.Errorf("%s, %s: %s does not read %q", id, fix.ID, fix.Command, fix.File)
					}
				}
			}
		}
	}
}

// harmless commands only show something.
func harmless(name string) bool {
	_, verb, _ := strings.Cut(name, " ")
	return slices.ContainsFunc([]string{"get-", "list-", "describe-", "head-", "wait"}, func(p string) bool { return strings.HasPrefix(verb, p) })
}
