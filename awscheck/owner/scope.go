package owner

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/address"
)

// administration is what a role for a CMS must not be able to do to a bucket.
var administration = []string{
	"s3:DeleteBucket", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:PutBucketAcl", "s3:PutBucketPublicAccessBlock",
	"s3:PutBucketOwnershipControls", "s3:PutLifecycleConfiguration", "s3:PutBucketVersioning", "s3:PutEncryptionConfiguration",
}

// classics are managed policies that are attached for want of a better one.
var classics = []string{"AdministratorAccess", "PowerUserAccess", "AmazonS3FullAccess"}

// reach is something that the role may do and need not.
type reach struct {
	what string
	sure bool
}

// scope warns of what the role may do beyond the prefix.
func (g grant) scope(f *Finding) {
	all := g.beyond()
	if g.wants.Prefix != "" && judge(g.listing(""), g.policies(true), inS3).answer != no {
		f.Notes = append(f.Notes, diagnose.Note{ID: "scope-list-wide"})
	}
	if len(all) == 0 {
		return
	}
	var what []string
	likelihood := diagnose.Likely
	for _, r := range all {
		what = append(what, r.what)
		if r.sure {
			likelihood = diagnose.Certain
		}
	}
	args := diagnose.Args{"what": strings.Join(what, ", ")}
	f.Causes = append(f.Causes, diagnose.Because("scope-too-wide", likelihood, g.wants.Facts, args))
	for _, name := range g.classics() {
		f.Notes = append(f.Notes, diagnose.Note{ID: "classic-policy", Args: diagnose.Args{"policy": name}})
	}
	if f.Status == Pass {
		f.Status, f.What = Warn, "wide"
	}
	f.Args["what"] = args["what"]
}

// beyond is all that reaches further than the documented policy.
func (g grant) beyond() []reach {
	var all []reach
	p := g.policies(true)
	try := func(what string, r policy.Request) {
		switch judge(r, p, inS3).answer {
		case yes:
			all = append(all, reach{what, true})
		case depends:
			all = append(all, reach{what, false})
		}
	}
	objects := []string{"s3:PutObject", "s3:GetObject", "s3:DeleteObject"}
	if dir := g.space().Dir(); dir != "" {
		beside := strings.TrimSuffix(dir, "/") + "x/" // "media*" in place of "media/*"
		for _, action := range objects {
			try(action+" /", g.on(action, "example.jpg"))
			if !slices.ContainsFunc(all, func(r reach) bool { return r.what == action+" /" }) {
				try(action+" "+beside, g.on(action, beside+"example.jpg"))
			}
		}
	}
	for _, action := range objects {
		r := g.about(action, address.BucketARN(g.partition(), "another-bucket-of-"+accountOf(g.wants.RoleARN))+"/example.jpg")
		try(action+" *", r)
	}
	for _, action := range administration {
		try(action, g.on(action, ""))
	}
	try("s3:PutObjectAcl", g.on("s3:PutObjectAcl", g.space().Dir()+names[0]))
	try("iam:PutRolePolicy", g.about("iam:PutRolePolicy", g.wants.RoleARN))
	try("ec2:RunInstances", g.about("ec2:RunInstances", "arn:"+g.partition()+":ec2:"+g.wants.Region+":"+accountOf(g.wants.RoleARN)+":instance/*"))
	return all
}

// classics are the attached policies that everybody knows to be too wide.
func (g grant) classics() []string {
	var found []string
	for arn := range g.own.Attached {
		if name := shortName(arn); accountOf(arn) == "aws" && slices.Contains(classics, name) {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found
}
