package main

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/lazyregexp"
	"github.com/mediadock/mediadock/wizard"
)

// arnAccount finds the account in the first ARN of an error's message, which
// is who made the request.
var arnAccount = lazyregexp.New(`arn:[a-z-]+:(?:iam|sts)::(\d{12}):`)

// vendorsRole words a refusal where the role is the vendor's (D15): what the
// settings say of it explains more than a guess at the external ID would. ok
// is false for every other error.
func vendorsRole(ev diagnose.Evidence, causes []diagnose.Cause, sel selection) (code string, args map[string]string, ok bool) {
	s := wizard.Defaults(sel.settings)
	if ev.HTTPStatus != 403 || ev.Code != "AccessDenied" || s.RoleARN == "" {
		return "", nil, false
	}
	role := s.RoleARN[strings.LastIndex(s.RoleARN, "/")+1:]
	_, operation, _ := strings.Cut(ev.Operation, ":")
	switch {
	case ev.Operation == "sts:AssumeRole" && s.Access == "role":
		me := arnAccount.FindStringSubmatch(ev.Message)
		if me == nil || s.TrustedPrincipal == "" || strings.Contains(s.TrustedPrincipal, me[1]) || layered(causes) {
			return "", nil, false
		}
		return "vendors_role", map[string]string{"role": role, "vendor": s.TrustedPrincipal, "account": me[1], "name": sel.name}, sel.name != ""
	case strings.HasPrefix(ev.Operation, "s3:") && s.Access == "caller" && !layered(causes):
		return "own_rights", map[string]string{"role": role, "action": actionOf(operation), "bucket": s.Bucket}, true
	}
	return "", nil, false
}

// layered tells whether the answer itself named the policy that refused, which
// says more than the settings do.
func layered(causes []diagnose.Cause) bool {
	if len(causes) == 0 {
		return false
	}
	switch id := causes[0].ID; id {
	case "explicit-deny", "boundary-denied", "scp-denied", "rcp-denied", "vpc-endpoint-denied", "session-policy-denied":
		return true
	default:
		return strings.HasPrefix(id, "kms-")
	}
}

// actionOf is the permission that an operation of S3 needs.
func actionOf(operation string) string {
	switch operation {
	case "ListObjectsV2", "HeadBucket":
		operation = "ListBucket"
	case "HeadObject":
		operation = "GetObject"
	case "CreateMultipartUpload", "UploadPart", "UploadPartCopy", "CompleteMultipartUpload", "CopyObject":
		operation = "PutObject"
	case "DeleteObjects":
		operation = "DeleteObject"
	}
	return "s3:" + operation
}
