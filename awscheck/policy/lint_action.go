package policy

import "strings"

// level is where an S3 action takes place.
type level int

const (
	levelUnknown level = iota // not S3, or a wildcard
	levelAccount              // s3:ListAllMyBuckets
	levelBucket
	levelObject
)

// objectActions are the S3 actions on objects whose names do not say so, in
// lower case.
var objectActions = map[string]bool{
	"abortmultipartupload":      true,
	"listmultipartuploadparts":  true,
	"bypassgovernanceretention": true,
	"replicatedelete":           true,
	"replicatetags":             true,
}

// bucketActions are those on buckets whose names do not say so, in lower case.
var bucketActions = map[string]bool{
	"getlifecycleconfiguration":   true,
	"putlifecycleconfiguration":   true,
	"getencryptionconfiguration":  true,
	"putencryptionconfiguration":  true,
	"getreplicationconfiguration": true,
	"putreplicationconfiguration": true,
	"getinventoryconfiguration":   true,
	"putinventoryconfiguration":   true,
	"getmetricsconfiguration":     true,
	"putmetricsconfiguration":     true,
	"getanalyticsconfiguration":   true,
	"putanalyticsconfiguration":   true,
	"getaccelerateconfiguration":  true,
	"putaccelerateconfiguration":  true,
}

// levelOf tells where an action takes place.
func levelOf(action string) level {
	if !hasPrefixFold(action, "s3:") || strings.ContainsAny(action, "*?") {
		return levelUnknown
	}
	name := strings.ToLower(action[len("s3:"):])
	switch {
	case name == "listallmybuckets":
		return levelAccount
	case strings.Contains(name, "bucket") || bucketActions[name]:
		return levelBucket
	case strings.Contains(name, "object") || objectActions[name]:
		return levelObject
	}
	return levelUnknown
}

// powerfulActions change who may do what, or destroy more than an object. A
// CMS needs none of them.
var powerfulActions = []string{
	"s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:DeleteBucket",
	"s3:PutBucketAcl", "s3:PutObjectAcl", "s3:PutBucketPublicAccessBlock",
	"s3:PutBucketOwnershipControls", "s3:PutLifecycleConfiguration",
	"s3:PutBucketVersioning", "s3:BypassGovernanceRetention",
	"iam:PassRole", "iam:PutRolePolicy", "iam:AttachRolePolicy",
	"iam:UpdateAssumeRolePolicy", "iam:CreateAccessKey", "kms:PutKeyPolicy",
	"kms:ScheduleKeyDeletion",
}

// actions checks what an Allow grants.
func (l *linter) actions(i int, s *Statement) {
	if s.Effect != Allow || l.kind == KindTrust || l.ownersStatement(s) {
		return
	}
	for _, a := range s.Action {
		service, name, _ := cutColon(a)
		switch {
		case a == "*" || strings.ContainsAny(service, "*?"):
			l.add(i, "action-everything", "action", a)
		case name == "*":
			l.add(i, "action-service", "action", a)
		case strings.ContainsAny(name, "*?"):
			l.add(i, "action-wildcard", "action", a)
		default:
			l.powerful(i, a)
		}
	}
}

func (l *linter) powerful(i int, action string) {
	for _, p := range powerfulActions {
		if strings.EqualFold(p, action) {
			l.add(i, "action-powerful", "action", action)
		}
	}
}

// ownersStatement reports whether s is the statement of a key policy that
// lets the account's own IAM policies decide: it must grant kms:*.
func (l *linter) ownersStatement(s *Statement) bool {
	if l.kind != KindKey || s.Principal == nil || s.Principal.Any {
		return false
	}
	for _, p := range s.Principal.AWS {
		if !strings.HasSuffix(p, ":root") {
			return false
		}
	}
	return len(s.Principal.AWS) > 0
}
