// Package awschecktest is one behavioural suite for the connection test. The
// built-in sandbox passes it, and so must every endpoint that the connection
// test is pointed at.
//
// Against another endpoint it is told where to go by environment variables:
//
//	MEDIADOCK_TEST_ENDPOINT           URL of the S3 (and STS) endpoint; without it nothing runs
//	MEDIADOCK_TEST_REGION             the bucket's region
//	MEDIADOCK_TEST_ACCESS_KEY_ID      the caller
//	MEDIADOCK_TEST_SECRET_ACCESS_KEY
//	MEDIADOCK_TEST_BUCKET             a bucket that exists
//	MEDIADOCK_TEST_PREFIX             prefix to work under; default "mediadock-test"
//	MEDIADOCK_TEST_ROLE_ARN           the role to assume, where the endpoint has AssumeRole
//	MEDIADOCK_TEST_EXTERNAL_ID
//	MEDIADOCK_TEST_ACCESS             "role" or "caller"; default "role" with a role and an external ID
//	MEDIADOCK_TEST_OPEN_DOOR          "1": AssumeRole here ignores role and external ID, which the
//	                                  test must say (MinIO)
//
// An endpoint that cannot answer a question is expected to be skipped there,
// never passed.
package awschecktest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// Endpoint is where the suite runs.
type Endpoint struct {
	Parts  connect.Parts
	Target awscheck.Target
	// OpenDoor is true where AssumeRole ignores the external ID.
	OpenDoor bool
}

// FromEnvironment reads the variables of the package comment. It is false
// without MEDIADOCK_TEST_ENDPOINT.
func FromEnvironment() (Endpoint, bool) {
	get := func(name string) string { return os.Getenv("MEDIADOCK_TEST_" + name) }
	access := "caller"
	if get("ROLE_ARN") != "" && get("EXTERNAL_ID") != "" {
		access = "role"
	}
	return Endpoint{
		Parts: connect.Parts{
			Endpoint: get("ENDPOINT"), Region: get("REGION"),
			AccessKeyID: get("ACCESS_KEY_ID"), SecretAccessKey: get("SECRET_ACCESS_KEY"),
		},
		Target: awscheck.Target{
			Integration: "microcms", Access: cmp.Or(get("ACCESS"), access),
			Bucket: get("BUCKET"), Region: get("REGION"), Prefix: cmp.Or(get("PREFIX"), "mediadock-test"),
			RoleARN: get("ROLE_ARN"), ExternalID: get("EXTERNAL_ID"),
		},
		OpenDoor: get("OPEN_DOOR") == "1",
	}, get("ENDPOINT") != ""
}

// Suite holds the connection test to what it promises, at e.
func Suite(t *testing.T, e Endpoint) {
	s := &suite{Endpoint: e}
	t.Run("the whole test", s.whole)
	t.Run("multipart", s.multipart)
	t.Run("a bucket that does not exist", s.noBucket)
	t.Run("a wrong secret key", s.wrongSecret)
	t.Run("an unknown access key", s.unknownKey)
	t.Run("a test cut short", s.cutShort)
	t.Run("what an earlier test left", s.leftBehind)
	t.Run("a wrong region", s.wrongRegion)
}

type suite struct{ Endpoint }

func (s *suite) source(t *testing.T, change func(*connect.Parts)) *connect.Source {
	p := s.Parts
	if change != nil {
		change(&p)
	}
	source := connect.FromParts(p)
	t.Cleanup(source.Close)
	return source
}

func (s *suite) run(t *testing.T, target awscheck.Target, o awscheck.Options) awscheck.Report {
	t.Helper()
	if o.Source == nil {
		o.Source = s.source(t, nil)
	}
	if o.LedgerDir == "" {
		o.LedgerDir = t.TempDir()
	}
	r, err := awscheck.Run(context.Background(), target, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// keys lists what is under the prefix, as the connection sees it.
func (s *suite) keys(t *testing.T) []string {
	t.Helper()
	in := &s3.ListObjectsV2Input{Bucket: aws.String(s.Target.Bucket), EncodingType: types.EncodingTypeUrl}
	if s.Target.Prefix != "" {
		in.Prefix = aws.String(s.Target.Prefix + "/")
	}
	out, err := s.client(t).ListObjectsV2(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	keys := []string{}
	for _, o := range out.Contents {
		keys = append(keys, aws.ToString(o.Key))
	}
	return keys
}

// whole expects no failure but the open door, and everything as it was.
func (s *suite) whole(t *testing.T) {
	before := s.keys(t)
	r := s.run(t, s.Target, awscheck.Options{})
	for _, row := range r.Results {
		t.Logf("%-26s %-12s %s", row.ID, row.Status, row.Reason)
		if row.ID == "role.requires-external-id" && s.OpenDoor && s.Target.Access == "role" {
			if row.Status != awscheck.Fail || first(row) != "external-id-not-required" {
				t.Errorf("the door is open and the test says %s %s", row.Status, first(row))
			}
			continue
		}
		if row.Status == awscheck.Fail || row.Status == awscheck.Inconclusive {
			t.Errorf("%s: %s, %s\n%+v", row.ID, row.Status, first(row), row.Evidence)
		}
	}
	for _, id := range []string{"bucket.list", "object.put", "object.metadata", "object.get", "object.copy", "probe.cleanup"} {
		if got := row(t, r, id).Status; got != awscheck.Pass {
			t.Errorf("%s: %s", id, got)
		}
	}
	if s.Target.Access == "caller" && row(t, r, "role.assume").Status != awscheck.Skip {
		t.Error("a role was assumed with the caller's own rights")
	}
	if r.LeftBehind != 0 {
		t.Errorf("left behind: %d", r.LeftBehind)
	}
	if after := s.keys(t); !slices.Equal(before, after) {
		t.Errorf("the bucket held %v and holds %v", before, after)
	}
	if r.Requests == 0 {
		t.Error("no request was counted")
	}
}

func (s *suite) multipart(t *testing.T) {
	before := s.keys(t)
	r := s.run(t, s.Target, awscheck.Options{Only: []string{"object.multipart"}})
	if got := row(t, r, "object.multipart"); got.Status != awscheck.Pass {
		t.Errorf("%s %s %+v", got.Status, first(got), got.Evidence)
	}
	if after := s.keys(t); r.LeftBehind != 0 || !slices.Equal(before, after) {
		t.Errorf("%d left; the bucket held %v and holds %v", r.LeftBehind, before, after)
	}
}

func (s *suite) noBucket(t *testing.T) {
	target := s.Target
	target.Bucket = "mediadock-no-such-bucket-zz"
	r := s.run(t, target, awscheck.Options{})
	got := row(t, r, "bucket.region")
	if got.Status != awscheck.Fail || first(got) != "bucket-not-found" {
		t.Errorf("%s %s %+v", got.Status, first(got), got.Evidence)
	}
	if row(t, r, "object.put").Status != awscheck.Skip {
		t.Error("an upload to no bucket was tried")
	}
}

// refusedWith expects the first row that needs credentials to name the cause
// among those that fit.
func (s *suite) refusedWith(t *testing.T, cause string, change func(*connect.Parts)) {
	r := s.run(t, s.Target, awscheck.Options{Source: s.source(t, change)})
	for _, row := range r.Results {
		if row.Status != awscheck.Fail {
			continue
		}
		if !slices.ContainsFunc(row.Causes, func(c diagnose.Cause) bool { return c.ID == cause }) {
			t.Errorf("%s fails without %s: %+v", row.ID, cause, row.Evidence)
		}
		return
	}
	t.Errorf("nothing failed: %s", r.Verdict)
}

func (s *suite) wrongSecret(t *testing.T) {
	s.refusedWith(t, "secret-key-wrong", func(p *connect.Parts) { p.SecretAccessKey += "x" })
}

func (s *suite) unknownKey(t *testing.T) {
	s.refusedWith(t, "access-key-unknown", func(p *connect.Parts) { p.AccessKeyID = "AKIANOSUCHKEY0000000" })
}

func (s *suite) cutShort(t *testing.T) {
	before := s.keys(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := awscheck.Run(ctx, s.Target, awscheck.Options{Source: s.source(t, nil), LedgerDir: t.TempDir()}, func(e awscheck.Event) {
		if e.Result.ID == "object.put" && e.Result.Status == awscheck.Pass {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if after := s.keys(t); !slices.Equal(before, after) {
		t.Errorf("the bucket held %v and holds %v", before, after)
	}
}

// leftBehind finds the ledger and the object of a test that died.
func (s *suite) leftBehind(t *testing.T) {
	before := s.keys(t)
	dir := t.TempDir()
	key := strings.TrimPrefix(s.Target.Prefix+"/.mediadock/01ARZ3NDEKTSV4RRFFQ69G5FAV.txt", "/")
	endpoint, err := url.Parse(s.Parts.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	line, err := json.Marshal(map[string]any{
		"v": 1, "state": "made", "endpoint": endpoint.Host, "bucket": s.Target.Bucket, "region": s.Target.Region,
		"access": s.Target.Access, "role_arn": s.Target.RoleARN, "key": key,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "probes-01ARZ3NDEKTSV4RRFFQ69G5FAV.jsonl"), line, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = s.client(t).PutObject(context.Background(), &s3.PutObjectInput{
		Bucket: aws.String(s.Target.Bucket), Key: aws.String(key), Body: strings.NewReader("x"), ContentLength: aws.Int64(1),
	})
	if err != nil {
		t.Fatal(err)
	}
	if removed, err := awscheck.CleanUp(context.Background(), s.Target, awscheck.Options{Source: s.source(t, nil), LedgerDir: dir}); removed != 1 || err != nil {
		t.Errorf("removed %d, %v", removed, err)
	}
	if after := s.keys(t); !slices.Equal(before, after) {
		t.Errorf("the bucket held %v and holds %v", before, after)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "*")); len(files) != 0 {
		t.Errorf("the ledger keeps %v", files)
	}
}

func (s *suite) client(t *testing.T) *s3.Client {
	t.Helper()
	client, err := s.source(t, nil).S3(connect.Place{
		Access: s.Target.Access, Region: s.Target.Region, Bucket: s.Target.Bucket,
		RoleARN: s.Target.RoleARN, ExternalID: s.Target.ExternalID,
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// wrongRegion is for endpoints that look at the region in a signature. One
// that does not must not make the row fail.
func (s *suite) wrongRegion(t *testing.T) {
	target := s.Target
	target.Region = "sa-east-1"
	if s.Target.Region == target.Region {
		target.Region = "eu-north-1"
	}
	got := row(t, s.run(t, target, awscheck.Options{}), "bucket.region")
	switch {
	case got.Status == awscheck.Fail && first(got) == "wrong-region":
	case got.Status == awscheck.Skip: // STS looked at the region before S3 could
	case got.Status == awscheck.Pass && strings.HasSuffix(got.Reason, "pass-region"):
	default:
		t.Errorf("%s %s %+v", got.Status, first(got), got.Evidence)
	}
}

func row(t *testing.T, r awscheck.Report, id string) awscheck.Result {
	t.Helper()
	for _, row := range r.Results {
		if row.ID == id {
			return row
		}
	}
	t.Fatalf("no row %s", id)
	return awscheck.Result{}
}

func first(r awscheck.Result) string {
	if len(r.Causes) == 0 {
		return ""
	}
	return r.Causes[0].ID
}
