package sandbox_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/datadir"
)

// another is set in a process of its own, which runs a sandbox on the directory
// that it names until it is killed.
const another = "SANDBOX_ON"

func runAnother(dir string) {
	a, _, err := account.Scenario("microcms")
	if err == nil {
		var s *sandbox.Sandbox
		if s, err = sandbox.Start(context.Background(), sandbox.Options{Account: a, Dir: filepath.Dir(dir), Data: dir}); err == nil {
			c := a.Callers[0]
			fmt.Println(s.Endpoint(), c.AccessKeyID, c.SecretAccessKey)
			_, _ = io.Copy(io.Discard, os.Stdin)
		}
	}
	fmt.Println(err)
	os.Exit(1)
}

func keeping(dir string) func(*sandbox.Options) {
	return func(o *sandbox.Options) { o.Data = dir }
}

// A process that is killed in the middle has kept what it has answered; as long
// as it runs, nobody else gets at its directory.
func TestKilledSandboxesKeepWhatTheyAnswered(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	process := exec.CommandContext(t.Context(), os.Args[0])
	process.Env = append(os.Environ(), another+"="+dir)
	in, err := process.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	said, _ := bufio.NewReader(out).ReadString('\n')
	words := strings.Fields(said)
	if len(words) != 3 {
		t.Fatalf("the other process says %q", said)
	}
	client := s3.New(s3.Options{
		Region: tokyo, BaseEndpoint: aws.String(words[0]), UsePathStyle: true, RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider(words[1], words[2], ""),
	})
	body := strings.Repeat("what has to stay ", 100_000)
	if _, err := client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String(assets), Key: aws.String("media/kept.txt"), Body: strings.NewReader(body)}); err != nil {
		t.Fatal(err)
	}
	a, _, _ := account.Scenario("microcms")
	if _, err := sandbox.Start(t.Context(), sandbox.Options{Account: a, Data: dir}); !errors.Is(err, datadir.ErrBusy) {
		t.Errorf("a second one: %v", err)
	}
	if err := process.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = process.Wait() // killed
	r := start(t, keeping(dir))
	got, err := r.s3().GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String(assets), Key: aws.String("media/kept.txt")})
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if data, err := io.ReadAll(got.Body); err != nil || string(data) != body {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}

// What was changed with the services around S3 is kept too.
func TestChangesOfTheAccountAreKept(t *testing.T) {
	dir := t.TempDir()
	const id = "md-another-external-id"
	r := start(t, keeping(dir))
	_, err := r.owner().IAM("").UpdateAssumeRolePolicy(t.Context(), &iam.UpdateAssumeRolePolicyInput{
		RoleName: aws.String("MediaRole"), PolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + home +
			`:root"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"` + id + `"}}}]}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	r.transport.CloseIdleConnections()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	again := start(t, keeping(dir), func(o *sandbox.Options) {
		o.Account.Faults = []account.Fault{{Service: "kms", Operation: "*", Status: 500, Code: "InternalError"}} // which may change
	})
	if err := again.assume(id); err != nil {
		t.Error(err)
	}
	wantCode(t, again.assume(externalID), "AccessDenied")
}

// Every scenario can be kept: what it is made of is written and read again.
func TestEveryScenarioCanBeKept(t *testing.T) {
	for _, name := range []string{"microcms", "cloudinary-ready", "amplify", "imgix-ready", "kms-denied", "boundary-denied", "object-locked", "organization-denied", "large"} {
		dir := t.TempDir()
		for range 2 {
			a, _, err := account.Scenario(name)
			if err != nil {
				t.Fatal(err)
			}
			s, err := sandbox.Start(t.Context(), sandbox.Options{Account: a, Data: dir})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if err := s.Close(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestDirectoriesOfOthersAreRefused(t *testing.T) {
	a, _, err := account.Scenario("microcms")
	if err != nil {
		t.Fatal(err)
	}
	mark := func(text string) func(string) error {
		return func(dir string) error { return os.WriteFile(filepath.Join(dir, "sandbox.json"), []byte(text), 0o600) }
	}
	for name, c := range map[string]struct {
		prepare func(dir string) error
		want    error
	}{
		"files":        {func(dir string) error { return os.WriteFile(filepath.Join(dir, "photo.jpg"), nil, 0o600) }, datadir.ErrForeign},
		"another mark": {mark(`{"name":"other"}`), datadir.ErrForeign},
		"no JSON":      {mark("sandbox"), datadir.ErrForeign},
		"a newer one":  {mark(`{"format":"mediadock sandbox","version":2,"account":"x"}`), datadir.ErrNewer},
		"another's":    {mark(`{"format":"mediadock sandbox","version":1,"account":"x"}`), datadir.ErrOther},
		"nothing":      {func(string) error { return nil }, nil},
	} {
		dir := t.TempDir()
		if err := c.prepare(dir); err != nil {
			t.Fatal(err)
		}
		before, _ := os.ReadDir(dir)
		s, err := sandbox.Start(t.Context(), sandbox.Options{Account: a, Data: dir})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			_ = s.Close()
			continue
		}
		after, _ := os.ReadDir(dir)
		if _, mine := os.Stat(filepath.Join(dir, "s3")); mine == nil || len(after) > len(before)+1 { // the lock
			t.Errorf("%s: something was written: %v", name, after)
		}
	}
}

// A distribution is what its owner has made of it, for visitors too.
func TestDistributionsAreKept(t *testing.T) {
	dir := t.TempDir()
	r := startScenario(t, "microcms-cloudfront", keeping(dir))
	r.put("media/a.txt", "delivered")
	if got := r.delivered("/media/a.txt"); got != "delivered" {
		t.Fatalf("before: %q", got)
	}
	client := r.cloudfront("admin")
	conf, err := client.GetDistributionConfig(t.Context(), &cloudfront.GetDistributionConfigInput{Id: aws.String(distribution)})
	if err != nil {
		t.Fatal(err)
	}
	conf.DistributionConfig.Enabled, conf.DistributionConfig.Comment = aws.Bool(false), aws.String("switched off")
	if _, err := client.UpdateDistribution(t.Context(), &cloudfront.UpdateDistributionInput{Id: aws.String(distribution), IfMatch: conf.ETag, DistributionConfig: conf.DistributionConfig}); err != nil {
		t.Fatal(err)
	}
	r.transport.CloseIdleConnections()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	again := startScenario(t, "microcms-cloudfront", keeping(dir))
	kept, err := again.cloudfront("admin").GetDistributionConfig(t.Context(), &cloudfront.GetDistributionConfigInput{Id: aws.String(distribution)})
	if err != nil {
		t.Fatal(err)
	}
	if c := kept.DistributionConfig; aws.ToBool(c.Enabled) || aws.ToString(c.Comment) != "switched off" || aws.ToString(c.Origins.Items[0].OriginAccessControlId) != aws.ToString(conf.DistributionConfig.Origins.Items[0].OriginAccessControlId) {
		t.Errorf("%+v", c)
	}
	if got := again.delivered("/media/a.txt"); got == "delivered" {
		t.Error("a distribution that is switched off delivers")
	}
}
