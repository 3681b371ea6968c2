package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

const onlyTLS = `{"Sid":"TLS","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::alpha-prod-assets/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`

// What is in the policy stays, wherever it is read from.
func TestPolicyIsAppendedToWhatExists(t *testing.T) {
	existing := `{"Version":"2012-10-17","Statement":[` + onlyTLS + `]}`
	s := onAccount(t, "cloudinary-policy-missing", func(acc *account.Account) {
		doc, err := policy.Parse([]byte(existing))
		if err != nil {
			t.Fatal(err)
		}
		acc.Buckets[0].Policy = &doc
	})
	file := filepath.Join(t.TempDir(), "existing.json")
	if err := os.WriteFile(file, []byte(existing), 0o600); err != nil {
		t.Fatal(err)
	}
	var first string
	for name, how := range map[string][]string{"a file": {"--merge", file}, "stdin": {"--merge", "-"}, "AWS": {"--owner"}, "- is stdout": {"--merge", file, "--output", "-"}} {
		p := program{home: t.TempDir(), in: existing}
		exit, stdout, stderr := p.run(append(append([]string{"policy", "bucket"}, how...), flagsOf(s)...)...)
		if exit != exitDone || !strings.Contains(stdout, onlyTLS) || !strings.Contains(stdout, "232482882421") {
			t.Fatalf("%s: exit %d\n%s%s", name, exit, stdout, stderr)
		}
		if !strings.Contains(stderr, "Unchanged statements: 1") || !strings.Contains(stderr, "of 20480 bytes") {
			t.Errorf("%s is told so: %s", name, stderr)
		}
		if first == "" {
			first = stdout
		}
		if stdout != first {
			t.Errorf("%s gives\n%s\nand not\n%s", name, stdout, first)
		}
	}
	d, err := policy.Parse([]byte(first))
	if err != nil || len(d.Statements) != 2 {
		t.Fatalf("%v in %s", err, first)
	}
}

func TestPolicyThatIsNotAppended(t *testing.T) {
	s := onSandbox(t, "cloudinary-policy-missing")
	another := `{"Sid":"AWSConsoleStmt-alpha-prod-assets-cloudinary","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"*"}`
	for name, c := range map[string]struct {
		args     []string
		existing string
		exit     int
		code     string
	}{
		"another statement of that Sid": {[]string{"policy", "bucket", "--merge", "-"}, `{"Statement":[` + another + `]}`, exitRefused, "merge.sid"},
		"no policy":                     {[]string{"policy", "bucket", "--merge", "-"}, "<html>", exitUsage, "merge.bad"},
		"too large":                     {[]string{"policy", "bucket", "--merge", "-"}, `{"Statement":[` + strings.Replace(another, "AWSConsoleStmt", strings.Repeat("x", 20_300), 1) + `]}`, exitFailed, "merge.large"},
		"two sources":                   {[]string{"policy", "bucket", "--merge", "-", "--owner"}, "", exitUsage, "merge.both"},
		"another format":                {[]string{"policy", "bucket", "--merge", "-", "--format", "terraform"}, "", exitUsage, "merge.format"},
		"all documents":                 {[]string{"policy", "all", "--merge", "-"}, "", exitUsage, "merge.kind"},
		"no such file":                  {[]string{"policy", "bucket", "--merge", filepath.Join(t.TempDir(), "none.json")}, "", exitCouldNot, "from"},
	} {
		t.Run(name, func(t *testing.T) {
			p := program{home: t.TempDir(), in: c.existing}
			exit, stdout, stderr := p.run(append(append([]string{"--json"}, c.args...), flagsOf(s)...)...)
			var doc struct {
				Error struct{ Code string }
			}
			if json.Unmarshal([]byte(stdout), &doc) != nil || exit != c.exit || doc.Error.Code != c.code {
				t.Errorf("exit %d, want %d\n%s%s", exit, c.exit, stdout, stderr)
			}
		})
	}
}

// A bucket without a policy gets the statement alone; who may not read the
// policy is told what it takes.
func TestPolicyOfTheBucketItself(t *testing.T) {
	t.Run("none", func(t *testing.T) {
		s := onAccount(t, "cloudinary-policy-missing", func(acc *account.Account) { acc.Buckets[0].Policy = nil })
		exit, stdout, stderr := (program{home: t.TempDir()}).run(append([]string{"policy", "bucket", "--owner"}, flagsOf(s)...)...)
		if d, err := policy.Parse([]byte(stdout)); exit != exitDone || err != nil || len(d.Statements) != 1 {
			t.Errorf("exit %d, %v\n%s%s", exit, err, stdout, stderr)
		}
	})
	t.Run("may not be read", func(t *testing.T) {
		s := onAccount(t, "cloudinary-policy-missing", func(acc *account.Account) {
			narrow, err := policy.Parse([]byte(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:ListBucket","s3:GetObject"],"Resource":"*"}]}`))
			if err != nil {
				t.Fatal(err)
			}
			acc.Callers[0].Policy = &narrow
		})
		exit, _, stderr := (program{home: t.TempDir()}).run(append([]string{"policy", "bucket", "--owner"}, flagsOf(s)...)...)
		if exit != exitCouldNot || !strings.Contains(stderr, "s3:GetBucketPolicy") || !strings.Contains(stderr, "--merge") {
			t.Errorf("exit %d\n%s", exit, stderr)
		}
	})
}

// "-" is stdout: the report alone, what is said beside it on stderr.
func TestReportOnStdout(t *testing.T) {
	s := onSandbox(t, "cloudinary-policy-missing")
	t.Chdir(t.TempDir())
	exit, stdout, stderr := (program{home: t.TempDir()}).run(append([]string{"check", "--owner", "--output", "-"}, flagsOf(s)...)...)
	if exit != exitFailed || !strings.HasPrefix(stdout, "# Connection test") || !strings.Contains(stderr, "Nothing lets Cloudinary read") {
		t.Errorf("exit %d\nstdout:\n%s\nstderr:\n%s", exit, stdout, stderr)
	}
	if left, _ := os.ReadDir("."); len(left) > 0 {
		t.Errorf("a file was written: %v", left)
	}
}
