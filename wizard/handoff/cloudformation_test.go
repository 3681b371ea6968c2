package handoff_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard/handoff"
)

// stackTemplate is what the templates may hold, and nothing else.
type stackTemplate struct {
	Version     string `yaml:"AWSTemplateFormatVersion"`
	Description string `yaml:"Description"`
	Parameters  map[string]struct {
		Type          string   `yaml:"Type"`
		Description   string   `yaml:"Description"`
		Default       string   `yaml:"Default"`
		AllowedValues []string `yaml:"AllowedValues"`
	} `yaml:"Parameters"`
	Conditions map[string]any `yaml:"Conditions"`
	Resources  map[string]struct {
		Type                string         `yaml:"Type"`
		Condition           string         `yaml:"Condition"`
		DeletionPolicy      string         `yaml:"DeletionPolicy"`
		UpdateReplacePolicy string         `yaml:"UpdateReplacePolicy"`
		Properties          map[string]any `yaml:"Properties"`
	} `yaml:"Resources"`
	Outputs map[string]struct {
		Description string `yaml:"Description"`
		Value       any    `yaml:"Value"`
	} `yaml:"Outputs"`
}

func readTemplate(t *testing.T, p handoff.Plan, lang string) stackTemplate {
	t.Helper()
	source, err := handoff.CloudFormation(p, text.For(lang).Say)
	if err != nil {
		t.Fatal(err)
	}
	var template stackTemplate
	if err := yaml.UnmarshalWithOptions([]byte(source), &template, yaml.DisallowUnknownField()); err != nil {
		t.Fatalf("%v\n%s", err, source)
	}
	return template
}

func (s stackTemplate) document(t *testing.T, id, property string) policy.Document {
	t.Helper()
	r, ok := s.Resources[id]
	if !ok {
		t.Fatalf("there is no %s", id)
	}
	data, err := json.Marshal(r.Properties[property])
	if err != nil {
		t.Fatal(err)
	}
	return parsed(t, data)
}

func TestCloudFormationAllowsExactlyWhatIsNeeded(t *testing.T) {
	for _, s := range situations() {
		p := s.plan(t)
		template := readTemplate(t, p, "ja")
		judge(t, s, documents{
			trust:       template.document(t, "ProdRole", "AssumeRolePolicyDocument"),
			permissions: template.document(t, "ProdPermissions", "PolicyDocument"),
			keyUse:      template.document(t, "ProdKeyUse", "PolicyDocument"),
			bucket:      template.document(t, "ProdBucketPolicy", "PolicyDocument"),
			keyPolicy:   parsed(t, []byte(`{"Version":"2012-10-17","Statement":`+template.Outputs["KeyPolicyStatements"].Value.(string)+`}`)),
		})
		// The statement to add by hand is the same.
		byHand := parsed(t, []byte(`{"Version":"2012-10-17","Statement":`+template.Outputs["BucketPolicyStatement"].Value.(string)+`}`))
		if changes := policy.Diff(byHand, template.document(t, "ProdBucketPolicy", "PolicyDocument")); len(changes) > 0 {
			t.Errorf("%s: %+v", s.name, changes)
		}
	}
}

// CloudFormation would replace a bucket policy, so somebody has to say that
// there is none: no answer is taken for granted.
func TestCloudFormationAsksBeforeItMakesABucketPolicy(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		template := readTemplate(t, situations()[0].plan(t), lang)
		r := template.Resources["ProdBucketPolicy"]
		if r.Condition != "MakeBucketPolicy" || r.DeletionPolicy != "Retain" {
			t.Errorf("the bucket policy is made unasked: %+v", r)
		}
		data, _ := json.Marshal(template.Conditions["MakeBucketPolicy"])
		if string(data) != `{"Fn::Equals":[{"Ref":"BucketPolicy"},"the-bucket-has-no-policy"]}` {
			t.Errorf("the condition is %s", data)
		}
		parameter := template.Parameters["BucketPolicy"]
		if parameter.Default != "" || len(parameter.AllowedValues) != 2 {
			t.Errorf("the parameter is %+v", parameter)
		}
	}
}

// Descriptions and names go to services that take no Japanese.
func TestCloudFormationSaysToAWSWhatItTakes(t *testing.T) {
	source, err := handoff.CloudFormation(situations()[0].plan(t), text.For("ja").Say)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(source, "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		if strings.ContainsFunc(line, func(r rune) bool { return r > 0x7e }) {
			t.Errorf("not ASCII: %s", line)
		}
	}
}

func TestCloudFormationNamesTheRoleOfAnotherStack(t *testing.T) {
	s := situations()[0]
	p, problems := handoff.Make(s.settings, handoff.Options{Name: "prod", Kind: handoff.Permissions})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	template := readTemplate(t, p, "en")
	if got := template.Resources["ProdPermissions"].Properties["RoleName"]; got != "MediaRole" {
		t.Errorf("the role is %v", got)
	}
	if len(template.Resources) != 1 || len(template.Parameters) != 0 {
		t.Errorf("more than the permissions: %+v", template)
	}
}
