package sandbox_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	cftypes "github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

func (r *rig) cloudfront(caller string) *cloudfront.Client {
	return cloudfront.NewFromConfig(r.config("us-east-1", r.keys(caller)))
}

func (r *rig) put(key, text string) {
	r.t.Helper()
	c := s3.NewFromConfig(r.config(tokyo, r.keys("admin")))
	if _, err := c.PutObject(r.t.Context(), &s3.PutObjectInput{Bucket: aws.String(assets), Key: aws.String(key), Body: strings.NewReader(text)}); err != nil {
		r.t.Fatal(err)
	}
}

// delivered is what a visitor is given of a path.
func (r *rig) delivered(path string) string {
	r.t.Helper()
	return body(r.read(r.stranger().Get("https://media.example.com" + path)))
}

func (r *rig) invalidate(reference string, paths ...string) *cloudfront.CreateInvalidationOutput {
	r.t.Helper()
	out, err := r.cloudfront("admin").CreateInvalidation(r.t.Context(), &cloudfront.CreateInvalidationInput{
		DistributionId: aws.String(distribution), InvalidationBatch: &cftypes.InvalidationBatch{
			CallerReference: aws.String(reference), Paths: &cftypes.Paths{Quantity: aws.Int32(int32(len(paths))), Items: paths},
		},
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return out
}

const distribution = "E2EXAMPLE"

// TestInvalidationEmptiesTheEdge: what was cached is served until exactly its
// path is invalidated, and the invalidation ends by the sandbox's clock.
func TestInvalidationEmptiesTheEdge(t *testing.T) {
	start := time.Now()
	var ahead atomic.Int64
	r := startScenario(t, "microcms-cloudfront", func(o *sandbox.Options) {
		o.Now = func() time.Time { return start.Add(time.Duration(ahead.Load())) }
	})
	names := []string{"a.txt", "ab.txt", "c.txt", "folder/d.txt"}
	for _, round := range []string{"old", "new"} {
		for _, name := range names {
			r.put("media/"+name, round)
			if got := r.delivered("/media/" + name); got != "old" {
				t.Fatalf("%s: %q while the edge has the old one", name, got)
			}
		}
	}
	made := r.invalidate("one", "/media/a*", "/media/c.txt")
	for name, want := range map[string]string{"a.txt": "new", "ab.txt": "new", "c.txt": "new", "folder/d.txt": "old"} {
		if got := r.delivered("/media/" + name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	status := func() string {
		out, err := r.cloudfront("admin").GetInvalidation(t.Context(), &cloudfront.GetInvalidationInput{DistributionId: aws.String(distribution), Id: made.Invalidation.Id})
		if err != nil {
			t.Fatal(err)
		}
		return aws.ToString(out.Invalidation.Status)
	}
	if got := status(); got != "InProgress" {
		t.Errorf("at once: %s", got)
	}
	ahead.Store(int64(time.Minute))
	if got := status(); got != "Completed" {
		t.Errorf("a minute later: %s", got)
	}
	// The same request again invalidates nothing anew.
	r.put("media/c.txt", "newer")
	r.invalidate("one", "/media/c.txt", "/media/a*")
	if got := r.delivered("/media/c.txt"); got != "new" {
		t.Errorf("repeated: %q", got)
	}
}

// TestUpdatedDistributionDeliversOtherwise: the edge follows the control
// plane.
func TestUpdatedDistributionDeliversOtherwise(t *testing.T) {
	r := startScenario(t, "microcms-cloudfront")
	r.put("media/a.txt", "here")
	c := r.cloudfront("admin")
	update := func(change func(*cftypes.DistributionConfig)) {
		t.Helper()
		out, err := c.GetDistributionConfig(t.Context(), &cloudfront.GetDistributionConfigInput{Id: aws.String(distribution)})
		if err != nil {
			t.Fatal(err)
		}
		change(out.DistributionConfig)
		if _, err := c.UpdateDistribution(t.Context(), &cloudfront.UpdateDistributionInput{Id: aws.String(distribution), IfMatch: out.ETag, DistributionConfig: out.DistributionConfig}); err != nil {
			t.Fatal(err)
		}
	}
	update(func(f *cftypes.DistributionConfig) { f.Origins.Items[0].OriginPath = aws.String("/media") })
	if got := r.delivered("/a.txt"); got != "here" {
		t.Errorf("behind an origin path: %q", got)
	}
	update(func(f *cftypes.DistributionConfig) {
		f.Origins.Items[0].OriginPath, f.Origins.Items[0].OriginAccessControlId = aws.String(""), aws.String("")
	})
	if got := r.delivered("/media/a.txt"); !strings.Contains(got, "AccessDenied") {
		t.Errorf("without an origin access control: %q", got)
	}
}

func TestControlPlaneVerifiesSignatures(t *testing.T) {
	r := startScenario(t, "microcms-cloudfront", func(o *sandbox.Options) {
		o.Account.Faults = []account.Fault{{Service: "cloudfront", Operation: "GetDistribution", Status: 503, Times: 1}}
	})
	c := r.cloudfront("admin")
	in := &cloudfront.GetDistributionInput{Id: aws.String(distribution)}
	if _, err := c.GetDistribution(t.Context(), in); err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("a fault: %v", err)
	}
	if _, err := c.GetDistribution(t.Context(), in); err != nil {
		t.Error(err)
	}
	wrong := r.Caller("admin")
	wrong.SecretAccessKey += "x"
	_, err := cloudfront.NewFromConfig(r.config("us-east-1", staticKeys(wrong))).GetDistribution(t.Context(), in)
	wantCode(t, err, "SignatureDoesNotMatch")
}

func staticKeys(c account.Caller) aws.CredentialsProvider {
	return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: c.AccessKeyID, SecretAccessKey: c.SecretAccessKey}, nil
	})
}
