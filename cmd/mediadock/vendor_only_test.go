package main

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/wizard"
)

func TestARefusalWhereTheRoleIsTheVendors(t *testing.T) {
	const message = "User: arn:aws:iam::123456789012:user/admin is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/MediaRole"
	assume := diagnose.Evidence{Operation: "sts:AssumeRole", HTTPStatus: 403, Code: "AccessDenied", Message: message}
	list := diagnose.Evidence{Operation: "s3:ListObjectsV2", HTTPStatus: 403, Code: "AccessDenied"}
	slow := diagnose.Evidence{Operation: "s3:ListObjectsV2", HTTPStatus: 503, Code: "SlowDown"}
	for name, tt := range map[string]struct {
		ev        diagnose.Evidence
		access    string
		principal string
		cause     string
		code      string
	}{
		"the vendor's role":         {assume, "role", "210987654321", "external-id-mismatch", "vendors_role"},
		"an ARN of the vendor":      {assume, "", "arn:aws:iam::210987654321:root", "", "vendors_role"},
		"one's own account":         {assume, "role", "123456789012", "external-id-mismatch", ""},
		"nobody entered":            {assume, "role", "", "external-id-mismatch", ""},
		"a policy that is named":    {assume, "role", "210987654321", "scp-denied", ""},
		"one's own rights":          {list, "caller", "210987654321", "list-denied", "own_rights"},
		"denied in so many words":   {list, "caller", "210987654321", "explicit-deny", ""},
		"the role's rights":         {list, "role", "210987654321", "list-denied", ""},
		"something else altogether": {slow, "caller", "210987654321", "throttled", ""},
	} {
		s := wizard.Settings{Bucket: "alpha", Access: tt.access, TrustedPrincipal: tt.principal, RoleARN: "arn:aws:iam::123456789012:role/MediaRole"}
		code, args, ok := vendorsRole(tt.ev, []diagnose.Cause{{ID: tt.cause}}, selection{name: "prod", settings: s})
		if code != tt.code || ok != (tt.code != "") {
			t.Errorf("%s: %q, %v", name, code, ok)
		}
		if code == "own_rights" && args["action"] != "s3:ListBucket" {
			t.Errorf("%s: %v", name, args)
		}
	}
}
