package handoff_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard/handoff"
)

const bareAccount = `
account: "210987654321"
callers:
  - name: admin
    access_key_id: AKIAIOSFODNN7EXAMPLE
    secret_access_key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}
buckets:
  - name: alpha-prod-assets
    region: ap-northeast-1
`

// The script with the real AWS CLI, against the built-in AWS, which enforces
// what it is told: set up, run again, and kept from replacing.
func TestScriptWithTheRealCLI(t *testing.T) {
	if testing.Short() {
		t.Skip("some twenty commands of the AWS CLI")
	}
	if out, err := exec.CommandContext(t.Context(), "aws", "--version").CombinedOutput(); err != nil || !bytes.HasPrefix(out, []byte("aws-cli/")) {
		t.Skip("no AWS CLI here; the other tests stand in for it")
	}
	acct, err := account.Parse([]byte(bareAccount), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	box, err := sandbox.Start(t.Context(), sandbox.Options{Account: acct, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { box.Close() })
	home := t.TempDir()
	env := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "TMPDIR=" + home, "AWS_CONFIG_FILE=" + filepath.Join(home, "none"), "AWS_SHARED_CREDENTIALS_FILE=" + filepath.Join(home, "none"), "AWS_EC2_METADATA_DISABLED=true"}
	for _, kv := range box.Env() {
		env = append(env, kv[0]+"="+kv[1])
	}
	run := func(code int, name string, args ...string) (stdout string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Env = env
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		err := cmd.Run()
		var exit *exec.ExitError
		got := 0
		if errors.As(err, &exit) {
			got = exit.ExitCode()
		} else if err != nil {
			t.Fatal(err)
		}
		if got != code {
			t.Fatalf("%s ended with %d, want %d\n%s%s", name, got, code, &out, &errs)
		}
		return out.String()
	}
	p := plainPlan(t)
	script, err := handoff.Shell(p, text.For("en").Say)
	if err != nil {
		t.Fatal(err)
	}
	if arn := strings.TrimSpace(run(0, "sh", "-c", script)); arn != p.RoleARN() {
		t.Errorf("the role is %q, want %q", arn, p.RoleARN())
	}
	bucketPolicy := func() string {
		return run(0, "aws", "s3api", "get-bucket-policy", "--bucket", "alpha-prod-assets", "--query", "Policy", "--output", "text")
	}
	same(t, "bucket", parsed(t, []byte(bucketPolicy())), *p.Bucket)
	before := bucketPolicy()
	run(0, "sh", "-c", script)
	if after := bucketPolicy(); after != before {
		t.Errorf("run again, it changed the policy:\n%s\n%s", before, after)
	}

	other := strings.Replace(before, "s3:GetObject", "s3:GetObjectTagging", 1)
	run(0, "aws", "s3api", "put-bucket-policy", "--bucket", "alpha-prod-assets", "--policy", other)
	merged := parsed(t, []byte(run(1, "sh", "-c", script)))
	if len(merged.Statements) != 2 {
		t.Errorf("the merge has %d statements", len(merged.Statements))
	}
	same(t, "other", parsed(t, []byte(bucketPolicy())), parsed(t, []byte(other)))
}
