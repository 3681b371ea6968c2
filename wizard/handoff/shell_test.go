package handoff_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard/handoff"
)

// fakeAWS stands in for the AWS CLI: it writes down how it was called, keeps
// the documents it was given, and answers from files.
const fakeAWS = `#!/bin/sh
printf '%s\n' "$*" >>"$FAKE/calls"
op=$1-$2
previous=
for word in "$@"; do
  if [ "$previous" = --policy-name ] && [ "$op" != kms-get-key-policy ]; then op=$op-$word; fi
  case $word in file://*) cp "${word#file://}" "$FAKE/wrote-$op" ;; esac
  previous=$word
done
if [ -f "$FAKE/$op.error" ]; then
  printf '\nAn error occurred (%s) when calling the operation: no\n' "$(cat "$FAKE/$op.error")" >&2
  exit 254
fi
if [ "$op" = iam-create-role ]; then rm -f "$FAKE/iam-get-role.error"; fi
if [ -f "$FAKE/$op" ]; then cat "$FAKE/$op"; fi
`

// stand is what the script finds and what it did.
type stand struct {
	*testing.T
	dir            string
	stdout, stderr string
	code           int
}

// nothing is an account in which nothing is set up: its answers by command.
func nothing() map[string]string {
	return map[string]string{
		"sts-get-caller-identity":             owner + "\n",
		"iam-get-role.error":                  "NoSuchEntity",
		"iam-get-role-policy-mediadock.error": "NoSuchEntity", "iam-get-role-policy-mediadock-kms.error": "NoSuchEntity",
		"s3api-get-bucket-policy.error": "NoSuchBucketPolicy",
		"s3api-get-public-access-block": "True\tTrue\tTrue\tFalse\n",
	}
}

func with(answers map[string]string, pairs ...string) map[string]string {
	for i := 0; i < len(pairs); i += 2 {
		delete(answers, pairs[i]+".error")
		answers[pairs[i]] = pairs[i+1]
	}
	return answers
}

func runScript(t *testing.T, p handoff.Plan, answers map[string]string) stand {
	t.Helper()
	script, err := handoff.Shell(p, text.For("ja").Say)
	if err != nil {
		t.Fatal(err)
	}
	s := stand{T: t, dir: t.TempDir()}
	bin := filepath.Join(s.dir, "bin")
	if err := os.Mkdir(bin, 0o700); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{filepath.Join(bin, "aws"): fakeAWS, filepath.Join(s.dir, "script.sh"): script}
	for name, answer := range answers {
		files[filepath.Join(s.dir, name)] = answer
	}
	for name, content := range files {
		if err := os.WriteFile(name, []byte(content), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "sh", filepath.Join(s.dir, "script.sh"))
	cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "FAKE="+s.dir, "TMPDIR="+s.dir)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		s.code = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	s.stdout, s.stderr = stdout.String(), stderr.String()
	return s
}

// writes are the commands that changed something, in their order.
func (s stand) writes() []string {
	s.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, "calls"))
	if err != nil {
		s.Fatal(err)
	}
	var list []string
	for line := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n") {
		words := strings.Fields(line)
		if len(words) > 1 && !strings.HasPrefix(words[1], "get-") {
			list = append(list, words[0]+" "+words[1])
		}
	}
	return list
}

func (s stand) want(code int, writes ...string) {
	s.Helper()
	if s.code != code {
		s.Errorf("it ended with %d, want %d\n%s%s", s.code, code, s.stdout, s.stderr)
	}
	if got := s.writes(); !slices.Equal(got, writes) {
		s.Errorf("it did %q, want %q\n%s", got, writes, s.stderr)
	}
	if left, _ := filepath.Glob(filepath.Join(s.dir, "tmp.*")); len(left) > 0 {
		s.Errorf("it left %q", left)
	}
}

func (s stand) wrote(op string) policy.Document {
	s.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, "wrote-"+op))
	if err != nil {
		s.Fatal(err)
	}
	return parsed(s.T, data)
}

// plans: delivered from S3 itself, and by CloudFront with a KMS key.
func plainPlan(t *testing.T) handoff.Plan {
	t.Helper()
	s := situation{partition: "aws", name: "plain"}
	s.settings = situations()[0].settings
	s.settings.Region, s.settings.Prefix, s.settings.Distribution = "ap-northeast-1", "media", ""
	s.settings.RoleARN, s.settings.TrustedPrincipal = "arn:aws:iam::"+owner+":role/cms/MediaRole", vendor
	return s.plan(t)
}

func cloudFrontPlan(t *testing.T) handoff.Plan {
	t.Helper()
	s := situation{partition: "aws", name: "cloudfront", key: "arn:aws:kms:ap-northeast-1:" + owner + ":key/" + keyID}
	s.settings = plainPlan(t).Settings
	s.settings.Distribution = "E2EXAMPLE"
	return s.plan(t)
}

func same(t *testing.T, what string, a, b policy.Document) {
	t.Helper()
	if changes := policy.Diff(a, b); len(changes) > 0 {
		t.Errorf("%s: %+v", what, changes)
	}
}

func TestScriptSetsUpWhatIsNotThere(t *testing.T) {
	p := plainPlan(t)
	s := runScript(t, p, nothing())
	s.want(0, "iam create-role", "iam put-role-policy", "s3api put-public-access-block", "s3api put-bucket-policy")
	same(t, "trust", s.wrote("iam-create-role"), *p.Trust)
	same(t, "permissions", s.wrote("iam-put-role-policy-mediadock"), *p.Permissions)
	same(t, "bucket", s.wrote("s3api-put-bucket-policy"), *p.Bucket)
	calls, _ := os.ReadFile(filepath.Join(s.dir, "calls"))
	for _, want := range []string{
		"--path /cms/ ",
		"BlockPublicAcls=true,IgnorePublicAcls=false,BlockPublicPolicy=false,RestrictPublicBuckets=false",
		"put-bucket-policy --bucket alpha-prod-assets --expected-bucket-owner " + owner,
	} {
		if !strings.Contains(string(calls), want) {
			t.Errorf("%q is not in\n%s", want, calls)
		}
	}
}

func TestScriptLeavesWhatIsThere(t *testing.T) {
	p := cloudFrontPlan(t)
	other := policy.Statement{Sid: "Other one", Effect: policy.Deny, Principal: &policy.Principals{Any: true}, Action: []string{"s3:*"}, Resource: []string{"*"}}
	and := func(d policy.Document) string {
		d.Statements = append([]policy.Statement{other}, d.Statements...)
		return string(handoff.JSON(d))
	}
	s := runScript(t, p, with(nothing(),
		"iam-get-role", string(handoff.JSON(*p.Trust)),
		"iam-get-role-policy-mediadock", strings.ReplaceAll(string(handoff.JSON(*p.Permissions)), "  ", "\t"),
		"iam-get-role-policy-mediadock-kms", string(handoff.JSON(*p.KeyUse)),
		"s3api-get-bucket-policy", and(*p.Bucket),
		"kms-get-key-policy", and(*p.KeyPolicy),
	))
	s.want(0)
}

// A policy that says something else stays as it is, and the merge is printed.
func TestScriptNeverReplacesABucketPolicy(t *testing.T) {
	p := plainPlan(t)
	ours := p.Bucket.Statements
	const deny = `{"Sid":"Only over \"TLS\", 暗号化","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`
	for name, existing := range map[string]string{
		"one line":         `{"Version":"2012-10-17","Statement":[` + deny + `]}`,
		"Id at the end":    `{"Statement":[` + deny + `],"Version":"2012-10-17","Id":"x]"}`,
		"many lines":       "{\n  \"Version\" : \"2012-10-17\",\n  \"Statement\" : [\n    " + deny + "\n  ]\n}\n",
		"no statement yet": `{"Version":"2012-10-17","Statement":[]}`,
	} {
		s := runScript(t, p, with(nothing(), "s3api-get-bucket-policy", existing))
		s.want(1, "iam create-role", "iam put-role-policy")
		want := parsed(t, []byte(existing))
		want.Statements = append(slices.Clone(ours), want.Statements...)
		got, err := policy.Parse([]byte(s.stdout))
		if err != nil {
			t.Fatalf("%s: %v in %s", name, err, s.stdout)
		}
		same(t, name, got, want)
		if !strings.Contains(s.stderr, "aws s3api put-bucket-policy --bucket 'alpha-prod-assets' --policy file://bucket-policy.json") {
			t.Errorf("%s: what to do is not told:\n%s", name, s.stderr)
		}
	}
	// One statement that is no list cannot be merged by text: both are printed.
	s := runScript(t, p, with(nothing(), "s3api-get-bucket-policy", `{"Version":"2012-10-17","Statement":`+deny+`}`))
	s.want(1, "iam create-role", "iam put-role-policy")
	if !strings.Contains(s.stdout, deny) || !strings.Contains(s.stdout, `"arn:aws:s3:::alpha-prod-assets/media/*"`) {
		t.Errorf("both should be printed:\n%s", s.stdout)
	}
}

// A role that trusts somebody else is given no permissions.
func TestScriptGivesNothingToARoleThatTrustsOthers(t *testing.T) {
	p := plainPlan(t)
	other := strings.ReplaceAll(string(handoff.JSON(*p.Trust)), vendor, stranger)
	s := runScript(t, p, with(nothing(), "iam-get-role", other))
	s.want(1, "s3api put-public-access-block", "s3api put-bucket-policy")
	merged := parsed(t, []byte(s.stdout))
	if len(merged.Statements) != 2 {
		t.Errorf("the merge has %d statements", len(merged.Statements))
	}
	// One that differs in the external ID alone is another, too.
	s = runScript(t, p, with(nothing(), "iam-get-role", strings.ReplaceAll(string(handoff.JSON(*p.Trust)), theID, theID+"x")))
	s.want(1, "s3api put-public-access-block", "s3api put-bucket-policy")
}

func TestScriptNeverReplacesARolesPolicy(t *testing.T) {
	p := plainPlan(t)
	s := runScript(t, p, with(nothing(), "iam-get-role", string(handoff.JSON(*p.Trust)), "iam-get-role-policy-mediadock", `{"Version":"2012-10-17","Statement":[]}`))
	s.want(1, "s3api put-public-access-block", "s3api put-bucket-policy")
}

// The merge of a key policy has all statements that it lacks.
func TestScriptNeverWritesAKeyPolicy(t *testing.T) {
	p := cloudFrontPlan(t)
	const standard = `{"Version":"2012-10-17","Statement":[{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},"Action":"kms:*","Resource":"*"}]}`
	s := runScript(t, p, with(nothing(), "kms-get-key-policy", standard))
	s.want(1, "iam create-role", "iam put-role-policy", "iam put-role-policy", "s3api put-bucket-policy")
	last := s.stdout[strings.LastIndex(strings.TrimSpace(s.stdout), "\n")+1:]
	want := parsed(t, []byte(standard))
	want.Statements = append(slices.Clone(p.KeyPolicy.Statements), want.Statements...)
	same(t, "key", parsed(t, []byte(last)), want)
}

// Nothing is done where it cannot be told what is there.
func TestScriptStopsWhereItMayNotRead(t *testing.T) {
	for op, done := range map[string][]string{
		"iam-get-role":                  nil,
		"iam-get-role-policy-mediadock": {"iam create-role"},
		"s3api-get-bucket-policy":       {"iam create-role", "iam put-role-policy"},
		"s3api-get-public-access-block": {"iam create-role", "iam put-role-policy"},
		"sts-get-caller-identity":       nil,
	} {
		answers := nothing()
		answers[op+".error"] = "AccessDenied"
		s := runScript(t, plainPlan(t), answers)
		if s.code == 0 {
			t.Errorf("%s: it ended with 0", op)
		}
		s.want(s.code, done...)
		if !strings.Contains(s.stderr, "(AccessDenied)") {
			t.Errorf("%s: AWS's words are lost:\n%s", op, s.stderr)
		}
	}
	s := runScript(t, plainPlan(t), with(nothing(), "sts-get-caller-identity", stranger+"\n"))
	s.want(1)
	if !strings.Contains(s.stderr, stranger) || !strings.Contains(s.stderr, owner) {
		t.Errorf("whose credentials they are is not told:\n%s", s.stderr)
	}
}

// Every combination is a script that a shell can read.
func TestScriptIsAShellScript(t *testing.T) {
	for _, s := range situations() {
		if s.partition != "aws" && s.tight {
			continue
		}
		for _, kind := range handoff.Kinds() {
			p, problems := handoff.Make(s.settings, handoff.Options{Name: "prod", Kind: kind, KMSKey: s.key, Tight: s.tight})
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			script, err := handoff.Shell(p, text.For("en").Say)
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), "sh", "-n")
			cmd.Stdin = strings.NewReader(script)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%s %s: %v\n%s\n%s", kind, s.name, err, out, script)
			}
			if strings.Contains(script, "<no value>") || strings.Contains(script, "[handoff.") {
				t.Errorf("%s: something is missing in\n%s", kind, script)
			}
		}
	}
}
