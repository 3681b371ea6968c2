package handoff

import (
	"slices"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/wizard"
)

// Terraform writes a plan as a configuration that stands by itself: providers,
// resources named after the connection, the role's ARN as output. What exists
// is never replaced: the bucket's policy is read and added to. It is empty
// where the plan has nothing for AWS.
func Terraform(p Plan, say Say) string {
	if len(p.Pieces) > 0 && len(p.on(wizard.InFile)) == len(p.Pieces) {
		return ""
	}
	t := terraform{hcl: &hcl{}, p: p, say: say, name: label(p.Name)}
	t.comment(say("handoff.tf.head", p.args()))
	t.blank()
	t.providers()
	if len(p.Pieces) > 0 {
		t.pieces()
	}
	if p.Trust != nil {
		t.role()
	}
	t.rolePolicies()
	if p.Bucket != nil {
		ours := policy.Document{Version: p.Bucket.Version, Statements: slices.Clone(p.Bucket.Statements)}
		ours.Statements[0].Sid = p.sid()
		t.bucket(ours)
	}
	if p.KeyPolicy != nil {
		t.key()
	}
	return t.b.String()
}

type terraform struct {
	*hcl
	p    Plan
	say  Say
	name string
}

func (t terraform) providers() {
	t.block("terraform", nil, []item{{Key: "required_version", Value: ">= 1.3"}}, func() {
		t.block("required_providers", nil, []item{
			{Key: "aws", Value: yaml.MapSlice{{Key: "source", Value: "hashicorp/aws"}, {Key: "version", Value: ">= 5.0"}}},
		}, nil)
	})
	var args []item
	if t.p.Region != "" {
		args = append(args, item{Key: "region", Value: t.p.Region})
	}
	if t.p.Account != "" {
		args = append(args, item{Key: "allowed_account_ids", Value: []any{t.p.Account}})
	}
	if len(args) > 0 {
		t.blank()
		t.comment(t.say("handoff.tf.provider", nil))
		t.block("provider", []string{"aws"}, args, nil)
	}
}

func (t terraform) role() {
	t.blank()
	t.comment(t.say("handoff.tf.role", t.p.args("resource", "aws_iam_role."+t.name)))
	args := []item{{Key: "name", Value: t.p.RoleName}}
	if t.p.RolePath != "/" {
		args = append(args, item{Key: "path", Value: t.p.RolePath})
	}
	args = append(args,
		item{Key: "description", Value: t.p.roleDescription()},
		item{Key: "assume_role_policy", Value: call{tree(*t.p.Trust)}})
	t.block("resource", []string{"aws_iam_role", t.name}, args, nil)
	t.blank()
	t.block("output", []string{t.name + "_role_arn"}, []item{
		{Key: "description", Value: t.say("handoff.tf.role-arn", nil)},
		{Key: "value", Value: expression("aws_iam_role." + t.name + ".arn")},
	}, nil)
}

// rolePolicies are what the role may do with bucket and key. A role that is
// not of this configuration is named.
func (t terraform) rolePolicies() {
	var role any = t.p.RoleName
	if t.p.Trust != nil {
		role = expression("aws_iam_role." + t.name + ".id")
	}
	for _, d := range []struct {
		document     *policy.Document
		suffix, name string
	}{{t.p.Permissions, "", permissionsName}, {t.p.KeyUse, "_kms", keyUseName}} {
		if d.document == nil {
			continue
		}
		t.blank()
		t.block("resource", []string{"aws_iam_role_policy", t.name + d.suffix}, []item{
			{Key: "name", Value: d.name},
			{Key: "role", Value: role},
			{Key: "policy", Value: call{tree(*d.document)}},
		}, nil)
	}
}

// bucket adds the readers' statements to what the bucket's policy has: a
// statement of the same Sid is overridden, all others stay.
func (t terraform) bucket(ours policy.Document) {
	variable := t.name + "_bucket_has_policy"
	read := "data.aws_s3_bucket_policy." + t.name
	t.blank()
	t.comment(t.say("handoff.tf.bucket", t.p.args("variable", variable)))
	t.block("variable", []string{variable}, []item{
		{Key: "description", Value: t.say("handoff.tf.has-policy", t.p.args())},
		{Key: "type", Value: expression("bool")},
		{Key: "default", Value: true},
	}, nil)
	t.blank()
	t.block("data", []string{"aws_s3_bucket_policy", t.name}, []item{
		{Key: "count", Value: expression("var." + variable + " ? 1 : 0")},
		{Key: "bucket", Value: t.p.Settings.Bucket},
	}, nil)
	t.blank()
	t.block("data", []string{"aws_iam_policy_document", t.name + "_bucket"}, []item{
		{Key: "source_policy_documents", Value: expression(read + "[*].policy")},
		{Key: "override_policy_documents", Value: []any{call{tree(ours)}}},
	}, nil)
	keep := func() {
		t.block("lifecycle", nil, []item{{Key: "prevent_destroy", Value: true}}, nil)
	}
	args := []item{
		{Key: "bucket", Value: t.p.Settings.Bucket},
		{Key: "policy", Value: expression("data.aws_iam_policy_document." + t.name + "_bucket.json")},
	}
	if t.p.Public() {
		t.blank()
		t.comment(t.say("handoff.tf.public", nil))
		t.block("resource", []string{"aws_s3_bucket_public_access_block", t.name}, []item{
			{Key: "bucket", Value: t.p.Settings.Bucket},
			{Key: "block_public_acls", Value: true},
			{Key: "ignore_public_acls", Value: true},
			{Key: "block_public_policy", Value: false},
			{Key: "restrict_public_buckets", Value: false},
		}, keep)
		args = append(args, item{Key: "depends_on", Value: expression("[aws_s3_bucket_public_access_block." + t.name + "]")})
	}
	t.blank()
	t.block("resource", []string{"aws_s3_bucket_policy", t.name}, args, keep)
}

// key tells the statements of the key's policy: Terraform can replace a key's
// policy, and cannot add to it.
func (t terraform) key() {
	t.blank()
	t.comment(keyWords(t.p, t.say))
	t.statements(t.name+"_kms_key_statements", t.say("handoff.key-statements", t.p.args()), *t.p.KeyPolicy)
}

// statements tells a document's statements as an output.
func (t terraform) statements(name, description string, d policy.Document) {
	t.block("output", []string{name}, []item{
		{Key: "description", Value: description},
		{Key: "value", Value: expression("jsonencode(" + (&hcl{depth: 1}).value(tree(policy.Document{Statements: d.Statements})[0].Value) + ")")},
	}, nil)
}

// keyWords say what to do with the statements of the key's policy, and that
// strangers cannot read encrypted media.
func keyWords(p Plan, say Say) string {
	words := say("handoff.key", p.args())
	if p.Unreadable() {
		words += "\n" + say("handoff.key-unreadable", p.args())
	}
	return words
}

// keyStatements are the statements as a list in JSON.
func keyStatements(p Plan) string { return statementList(*p.KeyPolicy) }

// args are the names that texts speak of, and more pairs of name and value.
func (p Plan) args(pairs ...string) map[string]string {
	args := map[string]string{
		"connection": p.Name, "service": p.serviceName(), "bucket": p.Settings.Bucket, "region": p.Region, "role": p.RoleName,
		"account": p.Account, "key": p.KMSKey, "prefix": p.Settings.Prefix, "distribution": p.Settings.Distribution,
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	return args
}
