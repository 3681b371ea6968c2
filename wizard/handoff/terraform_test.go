package handoff_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard/handoff"
)

// configuration is a Terraform configuration that was read.
type configuration struct {
	*testing.T
	blocks map[string]*hclsyntax.Block // "resource.aws_iam_role.prod"
}

func readHCL(t *testing.T, source string) configuration {
	t.Helper()
	file, problems := hclsyntax.ParseConfig([]byte(source), "media.tf", hcl.InitialPos)
	if problems.HasErrors() {
		t.Fatalf("%v\n%s", problems, source)
	}
	c := configuration{t, map[string]*hclsyntax.Block{}}
	for _, b := range file.Body.(*hclsyntax.Body).Blocks {
		name := strings.Join(append([]string{b.Type}, b.Labels...), ".")
		if c.blocks[name] != nil {
			t.Errorf("%s is there twice", name)
		}
		c.blocks[name] = b
	}
	return c
}

// value evaluates an argument; functions are those of Terraform.
func (c configuration) value(block, name string) cty.Value {
	c.Helper()
	b := c.blocks[block]
	if b == nil || b.Body.Attributes[name] == nil {
		c.Fatalf("there is no %s.%s", block, name)
	}
	v, problems := b.Body.Attributes[name].Expr.Value(&hcl.EvalContext{Functions: map[string]function.Function{"jsonencode": stdlib.JSONEncodeFunc}})
	if problems.HasErrors() {
		c.Fatalf("%s.%s: %v", block, name, problems)
	}
	return v
}

func (c configuration) document(block, name string) policy.Document {
	c.Helper()
	v := c.value(block, name)
	if v.Type().IsTupleType() {
		v = v.Index(cty.NumberIntVal(0))
	}
	return parsed(c.T, []byte(v.AsString()))
}

// resolve holds that everything that is referred to is there.
func (c configuration) resolve() {
	for at, b := range c.blocks {
		for name, a := range b.Body.Attributes {
			for _, v := range a.Expr.Variables() {
				var parts []string
				for _, step := range v {
					switch s := step.(type) {
					case hcl.TraverseRoot:
						parts = append(parts, s.Name)
					case hcl.TraverseAttr:
						parts = append(parts, s.Name)
					}
				}
				switch parts[0] {
				case "bool", "string":
					continue
				case "var":
					parts[0] = "variable"
					parts = parts[:2]
				case "data":
					parts = parts[:3]
				default:
					parts = append([]string{"resource"}, parts[:2]...)
				}
				if c.blocks[strings.Join(parts, ".")] == nil {
					c.Errorf("%s.%s refers to %s, which is not there", at, name, strings.Join(parts, "."))
				}
			}
		}
	}
}

func fromTerraform(t *testing.T, p handoff.Plan, source string) documents {
	t.Helper()
	c := readHCL(t, source)
	c.resolve()
	list := c.value("output.prod_kms_key_statements", "value").AsString()
	return documents{
		trust:       c.document("resource.aws_iam_role.prod", "assume_role_policy"),
		permissions: c.document("resource.aws_iam_role_policy.prod", "policy"),
		keyUse:      c.document("resource.aws_iam_role_policy.prod_kms", "policy"),
		bucket:      c.document("data.aws_iam_policy_document.prod_bucket", "override_policy_documents"),
		keyPolicy:   parsed(t, []byte(`{"Version":"2012-10-17","Statement":`+list+`}`)),
	}
}

func TestTerraformAllowsExactlyWhatIsNeeded(t *testing.T) {
	for _, s := range situations() {
		p := s.plan(t)
		judge(t, s, fromTerraform(t, p, handoff.Terraform(p, text.For("ja").Say)))
	}
}

// The bucket's policy is added to, never replaced, and never taken away.
func TestTerraformKeepsTheBucketPolicyThatExists(t *testing.T) {
	for _, s := range situations()[:4] {
		p := s.plan(t)
		c := readHCL(t, handoff.Terraform(p, text.For("en").Say))
		if !c.value("variable.prod_bucket_has_policy", "default").True() {
			t.Error("by default an existing policy would be replaced")
		}
		sources := string(c.blocks["data.aws_iam_policy_document.prod_bucket"].Body.Attributes["source_policy_documents"].Expr.Range().SliceBytes([]byte(handoff.Terraform(p, text.For("en").Say))))
		if sources != "data.aws_s3_bucket_policy.prod[*].policy" {
			t.Errorf("the document begins with %s", sources)
		}
		d := c.document("data.aws_iam_policy_document.prod_bucket", "override_policy_documents")
		if len(d.Statements) != 1 || d.Statements[0].Sid == "" {
			t.Errorf("without a Sid the statement would be added once more each time: %+v", d.Statements)
		}
		lifecycle := c.blocks["resource.aws_s3_bucket_policy.prod"].Body.Blocks[0]
		if v, _ := lifecycle.Body.Attributes["prevent_destroy"].Expr.Value(nil); !v.True() {
			t.Error("destroying would take away others' statements")
		}
	}
}

// Sids differ from directory to directory of a bucket, which may have several
// connections.
func TestTerraformTellsDirectoriesApart(t *testing.T) {
	sids := map[string]string{}
	for _, prefix := range []string{"", "media", "media/a", "other"} {
		s := situations()[0]
		s.settings.Prefix = prefix
		p := s.plan(t)
		sid := readHCL(t, handoff.Terraform(p, text.For("en").Say)).document("data.aws_iam_policy_document.prod_bucket", "override_policy_documents").Statements[0].Sid
		if other, taken := sids[sid]; taken {
			t.Errorf("%q and %q have the same Sid %s", prefix, other, sid)
		}
		sids[sid] = prefix
		if strings.Trim(sid, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
			t.Errorf("%q is no Sid", sid)
		}
	}
}

// Public access is opened where everybody reads from S3, and only there.
func TestTerraformOpensTheBucketOnlyWhereItMust(t *testing.T) {
	for _, s := range situations() {
		p := s.plan(t)
		c := readHCL(t, handoff.Terraform(p, text.For("en").Say))
		const block = "resource.aws_s3_bucket_public_access_block.prod"
		if s.settings.Distribution != "" {
			if c.blocks[block] != nil {
				t.Errorf("%s: the bucket is opened", s.name)
			}
			continue
		}
		for name, want := range map[string]bool{"block_public_acls": true, "ignore_public_acls": true, "block_public_policy": false, "restrict_public_buckets": false} {
			if c.value(block, name).True() != want {
				t.Errorf("%s: %s is not %v", s.name, name, want)
			}
		}
	}
}

func TestTerraformIsFormatted(t *testing.T) {
	for _, s := range situations() {
		source := handoff.Terraform(s.plan(t), text.For("ja").Say)
		if formatted := string(hclwrite.Format([]byte(source))); formatted != source {
			t.Fatalf("%s: terraform fmt would change this:\n%s\nto\n%s", s.name, source, formatted)
		}
	}
	terraform, err := exec.LookPath("terraform")
	if err != nil {
		t.Skip("no terraform here; the parser of HCL has read it all")
	}
	source := handoff.Terraform(situations()[0].plan(t), text.For("en").Say)
	cmd := exec.CommandContext(t.Context(), terraform, "fmt", "-check", "-")
	cmd.Stdin = strings.NewReader(source)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("terraform fmt: %v\n%s", err, out)
	}
}

// Each kind by itself is whole: nothing refers to what is in another.
func TestEveryKindStandsAlone(t *testing.T) {
	want := map[string][]string{
		"trust":       {"resource.aws_iam_role.prod"},
		"permissions": {"resource.aws_iam_role_policy.prod"},
		"bucket":      {"resource.aws_s3_bucket_policy.prod"},
		"kms":         {"resource.aws_iam_role_policy.prod_kms", "output.prod_kms_key_statements"},
	}
	s := situations()[0]
	for kind, blocks := range want {
		p, problems := handoff.Make(s.settings, handoff.Options{Name: "prod", Kind: kind, KMSKey: s.key})
		if len(problems) > 0 {
			t.Fatalf("%s: %+v", kind, problems)
		}
		c := readHCL(t, handoff.Terraform(p, text.For("en").Say))
		c.resolve()
		for _, b := range blocks {
			if c.blocks[b] == nil {
				t.Errorf("%s lacks %s", kind, b)
			}
		}
		for name := range c.blocks {
			if strings.HasPrefix(name, "resource.") && !slices.Contains(blocks, name) && !strings.HasPrefix(name, "resource.aws_s3_bucket_public_access_block.") {
				t.Errorf("%s has %s, too", kind, name)
			}
		}
		if kind == "permissions" && c.value("resource.aws_iam_role_policy.prod", "role").AsString() != "MediaRole" {
			t.Error("the role is not named")
		}
	}
}
