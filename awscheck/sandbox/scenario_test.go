package sandbox_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// trip is what somebody with a scenario's settings meets, call by call: "ok",
// or the code of the error.
type trip struct {
	rig      *rig
	settings map[string]string
	client   *s3.Client
}

func travel(t *testing.T, name string) *trip {
	t.Helper()
	_, meta, err := account.Scenario(name)
	if err != nil {
		t.Fatal(err)
	}
	return &trip{rig: startScenario(t, name), settings: meta.Settings}
}

func outcome(err error) string {
	if err == nil {
		return "ok"
	}
	var coded interface{ ErrorCode() string }
	if errors.As(err, &coded) {
		return coded.ErrorCode()
	}
	return err.Error()
}

func (p *trip) assume(externalID *string) string {
	region := p.settings["region"]
	out, err := sts.NewFromConfig(p.rig.config(region, p.rig.keys("admin"))).AssumeRole(context.Background(), &sts.AssumeRoleInput{
		RoleArn: aws.String(p.settings["role_arn"]), RoleSessionName: aws.String("trip"), ExternalId: externalID,
	})
	if err == nil {
		p.client = s3.NewFromConfig(p.rig.config(region, static(out.Credentials)))
	}
	return outcome(err)
}

func (p *trip) key(name string) *string {
	if p.settings["prefix"] != "" {
		name = p.settings["prefix"] + "/" + name
	}
	return aws.String(name)
}

func (p *trip) bucket() *string { return aws.String(p.settings["bucket"]) }

func (p *trip) list() string {
	_, err := p.client.ListObjectsV2(context.Background(), &s3.ListObjectsV2Input{Bucket: p.bucket(), Prefix: p.key(""), EncodingType: types.EncodingTypeUrl})
	return outcome(err)
}

func (p *trip) owned() string {
	_, err := p.client.ListObjectsV2(context.Background(), &s3.ListObjectsV2Input{Bucket: p.bucket(), Prefix: p.key(""), EncodingType: types.EncodingTypeUrl, ExpectedBucketOwner: aws.String("123456789012")})
	return outcome(err)
}

func (p *trip) put(name string) string {
	_, err := p.client.PutObject(context.Background(), &s3.PutObjectInput{Bucket: p.bucket(), Key: p.key(name), Body: strings.NewReader("probe")})
	return outcome(err)
}

func (p *trip) delete(name string) string {
	_, err := p.client.DeleteObject(context.Background(), &s3.DeleteObjectInput{Bucket: p.bucket(), Key: p.key(name)})
	return outcome(err)
}

// visit fetches a key as anybody would, through the proxy.
func (p *trip) visit(name string) int {
	base := p.settings["domain"]
	if base == "" {
		base = "https://" + p.settings["bucket"] + ".s3." + p.settings["region"] + ".amazonaws.com"
	}
	res, err := p.rig.stranger().Get(base + "/" + *p.key(name))
	if err != nil {
		p.rig.t.Fatal(err)
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode
}

func TestScenarios(t *testing.T) {
	table := map[string]struct {
		assume, noID, list, owned, put, delete string // "" : not reached
		visit                                  int
	}{
		"microcms":                 {"ok", "AccessDenied", "ok", "ok", "ok", "ok", 200},
		"microcms-cloudfront":      {"ok", "AccessDenied", "ok", "ok", "ok", "ok", 200},
		"vendor-only":              {assume: "AccessDenied", noID: "AccessDenied", visit: 403},
		"external-id-mismatch":     {assume: "AccessDenied", noID: "AccessDenied", visit: 403},
		"external-id-not-required": {"ok", "ok", "ok", "ok", "ok", "ok", 200},
		"role-missing":             {assume: "AccessDenied", noID: "AccessDenied", visit: 403},
		"role-just-created":        {assume: "AccessDenied", noID: "AccessDenied", visit: 403},
		"wrong-region":             {"ok", "AccessDenied", "AuthorizationHeaderMalformed", "AuthorizationHeaderMalformed", "AuthorizationHeaderMalformed", "AuthorizationHeaderMalformed", 301},
		"bucket-missing":           {"ok", "AccessDenied", "NoSuchBucket", "NoSuchBucket", "NoSuchBucket", "NoSuchBucket", 404},
		"foreign-owner":            {"ok", "AccessDenied", "ok", "AccessDenied", "ok", "ok", 200},
		"list-denied":              {"ok", "AccessDenied", "AccessDenied", "AccessDenied", "ok", "ok", 200},
		"put-denied-prefix":        {"ok", "AccessDenied", "ok", "ok", "AccessDenied", "AccessDenied", 403},
		"delete-denied":            {"ok", "AccessDenied", "ok", "ok", "ok", "AccessDenied", 200},
		"kms-denied":               {"ok", "AccessDenied", "ok", "ok", "AccessDenied", "ok", 403},
		"organization-denied":      {"ok", "AccessDenied", "ok", "ok", "AccessDenied", "ok", 403},
		"public-access-blocked":    {"ok", "AccessDenied", "ok", "ok", "ok", "ok", 403},
		"bucket-policy-missing":    {"ok", "AccessDenied", "ok", "ok", "ok", "ok", 403},
		"cdn-wrong-distribution":   {"ok", "AccessDenied", "ok", "ok", "ok", "ok", 403},
		"cdn-path-doubled":         {"ok", "AccessDenied", "ok", "ok", "ok", "ok", 403},
		"slow":                     {"ok", "AccessDenied", "ok", "ok", "ok", "ok", 200},
		"throttled":                {"ok", "AccessDenied", "ok", "ok", "SlowDown", "ok", 403},
		"large":                    {"ok", "AccessDenied", "ok", "ok", "ok", "ok", 200},
		"empty":                    {"ok", "AccessDenied", "ok", "ok", "ok", "ok", 200},
		"clock-skew":               {"SignatureDoesNotMatch", "SignatureDoesNotMatch", "", "", "", "", 403},
	}
	for name, tc := range table {
		t.Run(name, func(t *testing.T) {
			p := travel(t, name)
			want := func(what, got, want string) {
				t.Helper()
				if got != want {
					t.Errorf("%s: %s, want %s", what, got, want)
				}
			}
			id := p.settings["external_id"]
			want("without an ID", p.assume(nil), tc.noID)
			want("with the ID", p.assume(&id), tc.assume)
			if tc.assume == "ok" && p.client != nil {
				want("list", p.list(), tc.list)
				want("list, owner named", p.owned(), tc.owned)
				want("put", p.put("probe.txt"), tc.put)
			}
			if got := p.visit("probe.txt"); got != tc.visit {
				t.Errorf("visit: %d, want %d", got, tc.visit)
			}
			if tc.assume == "ok" && p.client != nil {
				want("delete", p.delete("probe.txt"), tc.delete)
			}
		})
	}
}

// TestSkewIsCorrected: the SDK sees the sandbox's clock in the answer and
// signs again.
func TestSkewIsCorrected(t *testing.T) {
	r := startScenario(t, "clock-skew")
	c := r.config(tokyo, r.keys("admin"))
	c.RetryMaxAttempts = 3
	if _, err := sts.NewFromConfig(c).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{}); err != nil {
		t.Error(err)
	}
}

// TestRoleBecomesKnown: ten seconds after its creation.
func TestRoleBecomesKnown(t *testing.T) {
	now := time.Now()
	r := startScenario(t, "role-just-created", func(o *sandbox.Options) { o.Now = func() time.Time { return now } })
	p := &trip{rig: r, settings: map[string]string{"role_arn": roleARN, "region": tokyo}}
	if got := p.assume(aws.String(externalID)); got != "AccessDenied" {
		t.Fatal(got)
	}
	now = now.Add(10 * time.Second)
	if got := p.assume(aws.String(externalID)); got != "ok" {
		t.Error(got)
	}
}

// TestWrongRegionNamesTheRight: everywhere a client may look for it.
func TestWrongRegionNamesTheRight(t *testing.T) {
	p := travel(t, "wrong-region")
	id := p.settings["external_id"]
	p.assume(&id)
	_, err := p.client.HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: p.bucket()})
	var re *awshttp.ResponseError
	if !errors.As(err, &re) || re.HTTPStatusCode() != http.StatusBadRequest || re.Response.Header.Get("X-Amz-Bucket-Region") != tokyo {
		t.Errorf("HeadBucket: %v", err)
	}
	_, err = p.client.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: p.bucket()})
	got := wantCode(t, err, "AuthorizationHeaderMalformed")
	if got.ErrorMessage() != "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'ap-northeast-1'" {
		t.Error(got.ErrorMessage())
	}
	out, err := p.client.GetBucketLocation(t.Context(), &s3.GetBucketLocationInput{Bucket: p.bucket()})
	if err != nil || string(out.LocationConstraint) != tokyo {
		t.Errorf("GetBucketLocation by us-east-1: %v", err)
	}
}
