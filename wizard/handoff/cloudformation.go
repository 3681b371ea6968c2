package handoff

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// The answers to the template's one parameter, which has no default:
// CloudFormation would put its policy in the place of another.
const (
	bucketHasNone = "the-bucket-has-no-policy"
	addByHand     = "I-add-the-statement-by-hand"
)

// CloudFormation writes a plan as a template in YAML. It makes the role; the
// bucket's policy only where whoever starts the stack says that there is none
// yet, since CloudFormation can replace a policy and cannot add to it.
func CloudFormation(p Plan, say Say) (string, error) {
	c := cloudFormation{p: p, say: say, name: logicalID(p.Name)}
	template := yaml.MapSlice{
		{Key: "AWSTemplateFormatVersion", Value: "2010-09-09"},
		// In English in every language: descriptions hold no other script.
		{Key: "Description", Value: p.roleDescription()},
	}
	if p.Bucket != nil {
		template = append(template,
			item{Key: "Parameters", Value: yaml.MapSlice{{Key: "BucketPolicy", Value: yaml.MapSlice{
				{Key: "Type", Value: "String"},
				{Key: "Description", Value: "Does s3://" + p.Settings.Bucket + " have a bucket policy? An existing one must be added to by hand: see the output BucketPolicyStatement."},
				{Key: "AllowedValues", Value: []any{addByHand, bucketHasNone}},
			}}}},
			item{Key: "Conditions", Value: yaml.MapSlice{{Key: "MakeBucketPolicy", Value: fn("Fn::Equals", []any{ref("BucketPolicy"), bucketHasNone})}}})
	}
	resources, outputs := c.resources()
	if len(resources) == 0 {
		return "", nil
	}
	template = append(template, item{Key: "Resources", Value: resources})
	if len(outputs) > 0 {
		template = append(template, item{Key: "Outputs", Value: outputs})
	}
	body, err := yaml.MarshalWithOptions(quoteYAML(template), yaml.IndentSequence(true))
	if err != nil {
		return "", fmt.Errorf("cloudformation: %w", err)
	}
	return c.head() + string(body), nil
}

type cloudFormation struct {
	p    Plan
	say  Say
	name string
}

func fn(name string, arg any) yaml.MapSlice { return yaml.MapSlice{{Key: name, Value: arg}} }
func ref(name string) yaml.MapSlice         { return fn("Ref", name) }

// head is what to know before the stack is made.
func (c cloudFormation) head() string {
	words := c.say("handoff.cfn.head", c.p.args())
	if c.p.Trust != nil {
		words += "\n" + c.say("handoff.cfn.role", c.p.args())
	}
	if c.p.Bucket != nil {
		words += "\n" + c.say("handoff.cfn.bucket", c.p.args("none", bucketHasNone, "hand", addByHand))
	}
	if c.p.Public() {
		words += "\n" + c.say("handoff.cfn.public", c.p.args())
	}
	if c.p.KeyPolicy != nil {
		words += "\n" + keyWords(c.p, c.say)
	}
	var b strings.Builder
	for line := range strings.SplitSeq(words, "\n") {
		b.WriteString(strings.TrimRight("# "+line, " ") + "\n")
	}
	return b.String()
}

func (c cloudFormation) resources() (resources, outputs yaml.MapSlice) {
	add := func(id, kind string, more, properties yaml.MapSlice) {
		r := append(yaml.MapSlice{{Key: "Type", Value: kind}}, more...)
		resources = append(resources, item{Key: id, Value: append(r, item{Key: "Properties", Value: properties})})
	}
	output := func(id, description string, value any) {
		outputs = append(outputs, item{Key: id, Value: yaml.MapSlice{{Key: "Description", Value: description}, {Key: "Value", Value: value}}})
	}
	var role any = c.p.RoleName
	if c.p.Trust != nil {
		id := c.name + "Role"
		role = ref(id)
		add(id, "AWS::IAM::Role", nil, yaml.MapSlice{
			{Key: "RoleName", Value: c.p.RoleName},
			{Key: "Path", Value: c.p.RolePath},
			{Key: "Description", Value: c.p.roleDescription()},
			{Key: "AssumeRolePolicyDocument", Value: tree(*c.p.Trust)},
		})
		output("RoleArn", "To be entered in the CMS", fn("Fn::GetAtt", []any{id, "Arn"}))
	}
	for _, d := range []struct {
		document *policy.Document
		id, name string
	}{{c.p.Permissions, "Permissions", permissionsName}, {c.p.KeyUse, "KeyUse", keyUseName}} {
		if d.document != nil {
			add(c.name+d.id, "AWS::IAM::RolePolicy", nil, yaml.MapSlice{
				{Key: "RoleName", Value: role}, {Key: "PolicyName", Value: d.name}, {Key: "PolicyDocument", Value: tree(*d.document)},
			})
		}
	}
	if c.p.Bucket != nil {
		add(c.name+"BucketPolicy", "AWS::S3::BucketPolicy", yaml.MapSlice{
			{Key: "Condition", Value: "MakeBucketPolicy"},
			{Key: "DeletionPolicy", Value: "Retain"},
			{Key: "UpdateReplacePolicy", Value: "Retain"},
		}, yaml.MapSlice{{Key: "Bucket", Value: c.p.Settings.Bucket}, {Key: "PolicyDocument", Value: tree(*c.p.Bucket)}})
		output("BucketPolicyStatement", "To be added to the bucket policy, where there is one", string(compact(c.p.Bucket.Statements[0])))
	}
	if c.p.KeyPolicy != nil {
		output("KeyPolicyStatements", "To be added to the policy of the KMS key", keyStatements(c.p))
	}
	return resources, outputs
}

// quoted is a string in double quotes, whatever it holds: CloudFormation reads
// YAML 1.1, to which plain no, 12:30 and 1e5 are no strings.
type quoted string

// MarshalYAML writes a JSON string, which YAML reads as it is.
func (q quoted) MarshalYAML() ([]byte, error) { return compact(string(q)), nil }

// plainYAML are strings that nobody could read as anything else.
var plainYAML = regexp.MustCompile(`^(AWS::[A-Za-z0-9:]+|arn:[A-Za-z0-9:/*._-]*[A-Za-z0-9*]|(s3|sts|kms):[A-Za-z]+|Allow|Deny|String|Retain|[A-Z][a-z]+[A-Z][A-Za-z]+)$`)

// quoteYAML quotes all string values that are not plain.
func quoteYAML(v any) any {
	switch v := v.(type) {
	case string:
		if plainYAML.MatchString(v) {
			return v
		}
		return quoted(v)
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = quoteYAML(v[i])
		}
		return list
	case yaml.MapSlice:
		m := make(yaml.MapSlice, len(v))
		for i := range v {
			m[i] = item{Key: v[i].Key, Value: quoteYAML(v[i].Value)}
		}
		return m
	}
	return v
}
