package handoff_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/handoff"
)

// Documents as integrations make them, in all places where a piece can be.
const (
	reading   = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::alpha-prod-assets/*","arn:aws:s3:::alpha-prod-assets"]}]}`
	guests    = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::alpha-prod-assets/public/*"}]}`
	owners    = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::alpha-prod-assets/own/${cognito-identity.amazonaws.com:sub}/*"}]}`
	onBucket  = `{"Version":"2012-10-17","Id":"P","Statement":[{"Sid":"Statement1","Effect":"Allow","Principal":{"AWS":"` + vendor + `"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::alpha-prod-assets/*"}]}`
	onBucket2 = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + owner + `:role/guest"},"Action":"s3:ListBucket","Resource":"arn:aws:s3:::alpha-prod-assets"}]}`
	onKey     = `{"Version":"2012-10-17","Statement":[{"Sid":"K","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + vendor + `:root"},"Action":["kms:Decrypt","kms:DescribeKey"],"Resource":"*"}]}`
	corsRules = `[{"AllowedOrigins":["https://app.example.com"],"AllowedMethods":["GET","PUT"],"AllowedHeaders":["*"],"MaxAgeSeconds":3000}]`
	backend   = "// made by mediadock\nconst own = `protected/\\${cognito-identity.amazonaws.com:sub}/*`;\n"
	aKey      = "arn:aws:kms:ap-northeast-1:" + owner + ":key/" + keyID
)

func pieceSettings(integration string) wizard.Settings {
	return wizard.Settings{
		Integration: integration, Access: "caller", Bucket: "alpha-prod-assets", Region: "ap-northeast-1",
		CloudNames: "demo", KMSKeyARNs: aKey, Subdomain: "alpha-prod", StorageName: "media",
	}
}

func piece(t *testing.T, id, kind, on, of, document string) wizard.Piece {
	t.Helper()
	d := parsed(t, []byte(document))
	return wizard.Piece{ID: id, Kind: kind, On: on, Of: of, Policy: &d}
}

// piecePlans are a plan for each integration.
func piecePlans(t *testing.T) map[string]handoff.Plan {
	t.Helper()
	plan := func(integration string, pieces ...wizard.Piece) handoff.Plan {
		return handoff.PlanPieces(pieceSettings(integration), handoff.Options{Name: "prod", Kind: handoff.All}, pieces)
	}
	return map[string]handoff.Plan{
		"imgix": plan("imgix", piece(t, "permissions", "permissions", wizard.OnUser, "", reading)),
		"cloudinary": plan("cloudinary", piece(t, "bucket", "bucket", wizard.OnBucket, "alpha-prod-assets", onBucket),
			piece(t, "kms-key-1", "kms", wizard.OnKey, aKey, onKey), piece(t, "kms-key-2", "kms", wizard.OnKey, "", onKey)),
		"amplify": plan("amplify", piece(t, "permissions-guest", "permissions", wizard.OnRole, "amplify-app-unauth", guests),
			piece(t, "permissions-auth", "permissions", wizard.OnRole, "", owners),
			piece(t, "permissions-group-管理", "permissions", wizard.OnRole, "arn:aws:iam::"+owner+":role/service/admins", owners),
			piece(t, "bucket", "bucket", wizard.OnBucket, "", onBucket), piece(t, "bucket-2", "bucket", wizard.OnBucket, "", onBucket2),
			wizard.Piece{ID: "cors", Kind: "cors", On: wizard.OnCORS, Text: corsRules},
			wizard.Piece{ID: "amplify-backend", Kind: "amplify-backend", On: wizard.InFile, Of: "amplify/backend.ts", Text: backend}),
	}
}

func TestTerraformOfPieces(t *testing.T) {
	for name, p := range piecePlans(t) {
		c := readHCL(t, handoff.Terraform(p, text.For("ja").Say))
		c.resolve()
		switch name {
		case "imgix":
			same(t, name, c.document("resource.aws_iam_user_policy.prod", "policy"), parsed(t, []byte(reading)))
			if got := c.value("resource.aws_iam_user.prod", "name").AsString(); got != "imgix-alpha-prod-assets" {
				t.Errorf("the user is %s", got)
			}
		case "cloudinary":
			d := c.document("data.aws_iam_policy_document.prod_bucket", "override_policy_documents")
			if sid := d.Statements[0].Sid; !strings.HasPrefix(sid, "MediadockCloudinary") {
				t.Errorf("%q could be the Sid of somebody else's statement, and would override it", sid)
			}
			d.Statements[0].Sid = "Statement1"
			same(t, name, d, parsed(t, []byte(onBucket)))
			list := c.value("output.prod_kms_key_1_statements", "value").AsString()
			same(t, name, parsed(t, []byte(`{"Version":"2012-10-17","Statement":`+list+`}`)), parsed(t, []byte(onKey)))
		case "amplify":
			same(t, name, c.document("resource.aws_iam_role_policy.prod_permissions_guest", "policy"), parsed(t, []byte(guests)))
			same(t, name, c.document("resource.aws_iam_role_policy.prod_permissions_auth", "policy"), parsed(t, []byte(owners)))
			if got := c.value("resource.aws_iam_role_policy.prod_permissions_guest", "role").AsString(); got != "amplify-app-unauth" {
				t.Errorf("the role is %s", got)
			}
			if d := c.document("data.aws_iam_policy_document.prod_bucket", "override_policy_documents"); len(d.Statements) != 2 || d.Statements[0].Sid == d.Statements[1].Sid {
				t.Errorf("one statement would override the other: %+v", d.Statements)
			}
			if b := c.blocks["variable.prod_bucket_has_no_cors"]; b == nil || b.Body.Attributes["default"] != nil {
				t.Error("a CORS configuration would be replaced unasked")
			}
			rule := c.blocks["resource.aws_s3_bucket_cors_configuration.prod"].Body.Blocks[0]
			if rule.Type != "cors_rule" {
				t.Fatalf("it is %s", rule.Type)
			}
			if v, bad := rule.Body.Attributes["max_age_seconds"].Expr.Value(nil); bad.HasErrors() || v.AsBigFloat().String() != "3000" {
				t.Errorf("max age: %v %v", v, bad)
			}
		}
	}
}

func TestCloudFormationOfPieces(t *testing.T) {
	for name, p := range piecePlans(t) {
		template := readTemplate(t, p, "ja")
		switch name {
		case "imgix":
			same(t, name, template.document(t, "ProdPermissions", "PolicyDocument"), parsed(t, []byte(reading)))
			if r := template.Resources["ProdUser"]; r.Type != "AWS::IAM::User" || r.Properties["UserName"] != "imgix-alpha-prod-assets" {
				t.Errorf("the user is %+v", r)
			}
		case "cloudinary":
			same(t, name, template.document(t, "ProdBucketPolicy", "PolicyDocument"), parsed(t, []byte(onBucket)))
			if template.Resources["ProdBucketPolicy"].Condition != "MakeBucketPolicy" {
				t.Error("the bucket policy is made unasked")
			}
			list, _ := template.Outputs["KmsKey1Statements"].Value.(string)
			same(t, name, parsed(t, []byte(`{"Version":"2012-10-17","Statement":`+list+`}`)), parsed(t, []byte(onKey)))
		case "amplify":
			same(t, name, template.document(t, "ProdPermissionsGuest", "PolicyDocument"), parsed(t, []byte(guests)))
			data, _ := json.Marshal(template.Resources["ProdPermissionsAuth"].Properties["RoleName"])
			if string(data) != `{"Ref":"PermissionsAuthRole"}` || template.Parameters["PermissionsAuthRole"].Type != "String" {
				t.Errorf("the role that is not known is %s, of the parameters %+v", data, template.Parameters)
			}
			statements, _ := template.Outputs["BucketPolicyStatement"].Value.(string)
			both := parsed(t, []byte(`{"Version":"2012-10-17","Statement":[`+statements+`]}`))
			if len(both.Statements) != 2 {
				t.Errorf("to add by hand: %s", statements)
			}
			rules, _ := template.Outputs["CorsRules"].Value.(string)
			if !equalJSON(t, rules, corsRules) {
				t.Errorf("the rules are %s", rules)
			}
		}
	}
}

func equalJSON(t *testing.T, a, b string) bool {
	t.Helper()
	var x, y any
	if err := json.Unmarshal([]byte(a), &x); err != nil {
		t.Fatalf("%v in %s", err, a)
	}
	if err := json.Unmarshal([]byte(b), &y); err != nil {
		t.Fatal(err)
	}
	one, _ := json.Marshal(x)
	two, _ := json.Marshal(y)
	return string(one) == string(two)
}

// What CloudFormation has no resource for makes no template.
func TestCloudFormationOfPiecesThatItCannotMake(t *testing.T) {
	p := handoff.PlanPieces(pieceSettings("cloudinary"), handoff.Options{}, []wizard.Piece{piece(t, "kms-key-1", "kms", wizard.OnKey, aKey, onKey)})
	if source, err := handoff.CloudFormation(p, text.For("en").Say); err != nil || source != "" {
		t.Errorf("%v\n%s", err, source)
	}
	source, _ := handoff.CloudFormation(piecePlans(t)["amplify"], text.For("ja").Say)
	for line := range strings.SplitSeq(source, "\n") {
		if !strings.HasPrefix(line, "#") && strings.ContainsFunc(line, func(r rune) bool { return r > 0x7e }) {
			t.Errorf("not ASCII: %s", line)
		}
	}
	var any yaml.MapSlice
	if err := yaml.Unmarshal([]byte(source), &any); err != nil {
		t.Error(err)
	}
}

// The request has every document as it is, and no gap.
func TestRequestOfPieces(t *testing.T) {
	for name, p := range piecePlans(t) {
		for _, lang := range []string{"en", "ja"} {
			out, err := handoff.Request(p, text.For(lang).Say)
			if err != nil {
				t.Fatal(err)
			}
			for _, gap := range []string{"[handoff.", "<no value>", "[field.", "[know.", "{who}", "{name}", "{service}", "{key}", "`` "} {
				if strings.Contains(out, gap) {
					t.Errorf("%s %s: %q in\n%s", name, lang, gap, out[:min(len(out), 6000)])
				}
			}
			for _, d := range p.Documents() {
				if !strings.Contains(out, string(d.JSON)) {
					t.Errorf("%s %s: the document %s is not in it", name, lang, d.ID)
				}
			}
			if strings.Contains(out, "sts assume-role") {
				t.Errorf("%s: there is no role to assume", name)
			}
		}
	}
}

// Who verifies imgix's user does so with its key: with the administrator's own
// the test would say what the administrator may do.
func TestTheRequestVerifiesTheUsersKey(t *testing.T) {
	p := piecePlans(t)["imgix"]
	p.Settings.PathRules = `{"mode":"exclude","paths":["/docs/"]}` // no flag holds them, and nothing at AWS asks
	for _, lang := range []string{"en", "ja"} {
		out, err := handoff.Request(p, text.For(lang).Say)
		_, command, found := strings.Cut(out, "aws configure --profile imgix\nmediadock check --owner --output report.md")
		if command, _, _ = strings.Cut(command, "```"); err != nil || !found || !strings.Contains(command, "--access-key-profile imgix\n") || !strings.Contains(command, "--subdomain alpha-prod") {
			t.Errorf("%s: %v, verified with %q", lang, err, command)
		}
		if strings.Contains(out, "connection import") {
			t.Errorf("%s: a file has to go with it", lang)
		}
	}
}

// JSON keeps policies as they are: what integrations make is what is pasted.
func TestDocumentsOfPieces(t *testing.T) {
	for name, p := range piecePlans(t) {
		for i, d := range p.Documents() {
			if p.Pieces[i].Policy == nil {
				continue
			}
			if changes := policy.Diff(parsed(t, d.JSON), *p.Pieces[i].Policy); len(changes) > 0 || d.ID != p.Pieces[i].ID {
				t.Errorf("%s %s: %+v", name, d.ID, changes)
			}
		}
	}
}
