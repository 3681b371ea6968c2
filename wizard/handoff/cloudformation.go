package handoff

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// The answers to the template's one parameter, which has no default:
// CloudFormation would put its policy in the place of another.
const (
	bucketHasNone = "the-bucket-has-no-policy"
	addByHand     = "I-add-the-statement-by-hand"
)

// CloudFormation writes a plan as a template in YAML. It makes the role; the
// bucket's policy only where whoever starts the stack says that there is none
// yet, since CloudFormation can replace a policy and cannot add to it. It is
// empty where CloudFormation can make nothing of the plan.
func CloudFormation(p Plan, say Say) (string, error) {
	c := cloudFormation{p: p, say: say, name: logicalID(p.Name)}
	template := yaml.MapSlice{
		{Key: "AWSTemplateFormatVersion", Value: "2010-09-09"},
		// In English in every language: descriptions hold no other script.
		{Key: "Description", Value: p.stackDescription()},
	}
	parameters := c.unknown()
	_, onBucket := p.bucketPieces()
	if onBucket = onBucket || p.Bucket != nil; onBucket {
		parameters = append(parameters, item{Key: "BucketPolicy", Value: yaml.MapSlice{
			{Key: "Type", Value: "String"},
			{Key: "Description", Value: "Does s3://" + p.Settings.Bucket + " have a bucket policy? An existing one must be added to by hand: see the output BucketPolicyStatement."},
			{Key: "AllowedValues", Value: []any{addByHand, bucketHasNone}},
		}})
	}
	if len(parameters) > 0 {
		template = append(template, item{Key: "Parameters", Value: parameters})
	}
	if onBucket {
		template = append(template,
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

// stackDescription says what a stack is for, in English.
func (p Plan) stackDescription() string {
	if len(p.Pieces) == 0 {
		return p.roleDescription()
	}
	return "Access of " + p.serviceName() + " to s3://" + strings.TrimSuffix(p.Settings.Bucket+"/"+p.Settings.Prefix, "/")
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
	if len(c.p.Pieces) > 0 {
		words = c.pieceWords()
	}
	if _, any := c.p.bucketPieces(); any || c.p.Bucket != nil {
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

// stack is what a template makes and tells.
type stack struct{ resources, outputs yaml.MapSlice }

func (s *stack) add(id, kind string, more, properties yaml.MapSlice) {
	r := append(yaml.MapSlice{{Key: "Type", Value: kind}}, more...)
	s.resources = append(s.resources, item{Key: id, Value: append(r, item{Key: "Properties", Value: properties})})
}

func (s *stack) output(id, description string, value any) {
	s.outputs = append(s.outputs, item{Key: id, Value: yaml.MapSlice{{Key: "Description", Value: description}, {Key: "Value", Value: value}}})
}

// bucketPolicy is made where there is none; statement is what to add to one.
func (s *stack) bucketPolicy(c cloudFormation, d policy.Document, statement string) {
	s.add(c.name+"BucketPolicy", "AWS::S3::BucketPolicy", yaml.MapSlice{
		{Key: "Condition", Value: "MakeBucketPolicy"},
		{Key: "DeletionPolicy", Value: "Retain"},
		{Key: "UpdateReplacePolicy", Value: "Retain"},
	}, yaml.MapSlice{{Key: "Bucket", Value: c.p.Settings.Bucket}, {Key: "PolicyDocument", Value: tree(d)}})
	s.output("BucketPolicyStatement", "To be added to the bucket policy, where there is one", statement)
}

func (c cloudFormation) resources() (resources, outputs yaml.MapSlice) {
	s := &stack{}
	c.pieces(s)
	var role any = c.p.RoleName
	if c.p.Trust != nil {
		id := c.name + "Role"
		role = ref(id)
		s.add(id, "AWS::IAM::Role", nil, yaml.MapSlice{
			{Key: "RoleName", Value: c.p.RoleName},
			{Key: "Path", Value: c.p.RolePath},
			{Key: "Description", Value: c.p.roleDescription()},
			{Key: "AssumeRolePolicyDocument", Value: tree(*c.p.Trust)},
		})
		s.output("RoleArn", "To be entered in the CMS", fn("Fn::GetAtt", []any{id, "Arn"}))
	}
	for _, d := range []struct {
		document *policy.Document
		id, name string
	}{{c.p.Permissions, "Permissions", permissionsName}, {c.p.KeyUse, "KeyUse", keyUseName}} {
		if d.document != nil {
			s.add(c.name+d.id, "AWS::IAM::RolePolicy", nil, yaml.MapSlice{
				{Key: "RoleName", Value: role}, {Key: "PolicyName", Value: d.name}, {Key: "PolicyDocument", Value: tree(*d.document)},
			})
		}
	}
	if c.p.Bucket != nil {
		s.bucketPolicy(c, *c.p.Bucket, string(compact(c.p.Bucket.Statements[0])))
	}
	if c.p.KeyPolicy != nil {
		s.output("KeyPolicyStatements", "To be added to the policy of the KMS key", keyStatements(c.p))
	}
	return s.resources, s.outputs
}

// quoted is a string in double quotes, whatever it holds: CloudFormation reads
// YAML 1.1, to which plain no, 12:30 and 1e5 are no strings.
type quoted string

// MarshalYAML writes a JSON string, which YAML reads as it is.
func (q quoted) MarshalYAML() ([]byte, error) { return compact(string(q)), nil }

// plainYAML are strings that nobody could read as anything else.
var plainYAML = lazyregexp.New(`^(AWS::[A-Za-z0-9:]+|arn:[A-Za-z0-9:/*._-]*[A-Za-z0-9*]|(s3|sts|kms):[A-Za-z]+|Allow|Deny|String|Retain|[A-Z][a-z]+[A-Z][A-Za-z]+)$`)

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
