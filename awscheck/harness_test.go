package awscheck

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"go.uber.org/goleak"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

func TestMain(m *testing.M) {
	if os.Getenv(killedEnv) != "" {
		dieAfterPut()
	}
	goleak.VerifyTestMain(m)
}

const (
	testAccount = "123456789012"
	testBucket  = "alpha-prod-assets"
	testRegion  = "ap-northeast-1"
	testRole    = "arn:aws:iam::123456789012:role/MediaRole"
	testID      = "md-7Q4kz2m9x1C8v5b3"
	testDomain  = "https://media.example.com"
)

// documentedAccount is set up as the CMS's manual says, for delivery by S3.
const documentedAccount = `
account: "123456789012"
callers:
  - name: admin
    access_key_id: AKIAIOSFODNN7EXAMPLE
    secret_access_key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}
roles:
  - name: MediaRole
    trust_policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {AWS: "arn:aws:iam::123456789012:root"}, Action: "sts:AssumeRole", Condition: {StringEquals: {"sts:ExternalId": "md-7Q4kz2m9x1C8v5b3"}}}]}
    policy:
      Version: "2012-10-17"
      Statement:
        - {Effect: Allow, Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: "arn:aws:s3:::alpha-prod-assets"}
        - {Effect: Allow, Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource: "arn:aws:s3:::alpha-prod-assets/media/*"}
buckets:
  - name: alpha-prod-assets
    region: ap-northeast-1
    public_access_block: {block_public_acls: true, ignore_public_acls: true, block_public_policy: false, restrict_public_buckets: false}
    policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::alpha-prod-assets/media/*"}]}
`

// cdnAccount delivers by CloudFront.
const cdnAccount = documentedAccount + `
distributions:
  - {id: E2EXAMPLE, aliases: [media.example.com], origin: {bucket: alpha-prod-assets, path: ""}, origin_access_control: true, certificate: [media.example.com], cache_ttl: 0s, enabled: true, deployed: true}
`

const (
	publicRead = `    public_access_block: {block_public_acls: true, ignore_public_acls: true, block_public_policy: false, restrict_public_buckets: false}
    policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::alpha-prod-assets/media/*"}]}
`
	cloudFrontRead = `    policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: cloudfront.amazonaws.com}, Action: "s3:GetObject", Resource: "arn:aws:s3:::alpha-prod-assets/media/*", Condition: {ArnLike: {"AWS:SourceArn": "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE"}}}]}
`
)

// edit replaces old by new in an account, as often as it occurs.
type edit struct{ old, new string }

func edited(t *testing.T, yaml string, edits []edit) string {
	t.Helper()
	for _, e := range edits {
		if !strings.Contains(yaml, e.old) {
			t.Fatalf("the account has no %q", e.old)
		}
		yaml = strings.ReplaceAll(yaml, e.old, e.new)
	}
	return yaml
}

// world is a running sandbox and a caller in it.
type world struct {
	t      *testing.T
	box    *sandbox.Sandbox
	caller account.Caller
	source *connect.Source
}

func start(t *testing.T, yaml string) *world {
	t.Helper()
	acc, err := account.Parse([]byte(yaml), t.TempDir())
	if err != nil {
		t.Fatalf("account: %v", err)
	}
	box, err := sandbox.Start(context.Background(), sandbox.Options{Account: acc, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, box: box, caller: acc.Callers[0]}
	w.source = w.as(func(*connect.Parts) {})
	t.Cleanup(func() {
		w.source.Close()
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// as connects with other parts.
func (w *world) as(change func(*connect.Parts)) *connect.Source {
	p := connect.Parts{
		Endpoint: w.box.Endpoint(), Region: "us-east-1", Proxy: w.box.ProxyURL(), RootCAs: w.box.RootCAs(),
		AccessKeyID: w.caller.AccessKeyID, SecretAccessKey: w.caller.SecretAccessKey,
		MaxBackoff: time.Millisecond,
	}
	change(&p)
	s := connect.FromParts(p)
	w.t.Cleanup(s.Close)
	return s
}

func roleTarget() Target {
	return Target{
		Integration: "microcms", Access: "role", Bucket: testBucket, Region: testRegion,
		RoleARN: testRole, ExternalID: testID, Prefix: "media", ServiceID: "SERVICE#x",
	}
}

func cdnTarget() Target {
	t := roleTarget()
	t.Domain, t.Distribution = testDomain, "E2EXAMPLE"
	return t
}

func (w *world) run(target Target, o Options) Report {
	w.t.Helper()
	if o.Source == nil {
		o.Source = w.source
	}
	if o.LedgerDir == "" {
		o.LedgerDir = w.t.TempDir()
	}
	r, err := Run(context.Background(), target, o, nil)
	if err != nil {
		w.t.Fatalf("Run: %v", err)
	}
	w.checkReport(target, r)
	return r
}

// checkReport holds what every report must hold: known texts with all their
// arguments; no secret; no array that is null.
func (w *world) checkReport(target Target, r Report) {
	w.t.Helper()
	known := Texts()
	said := func(id string, args diagnose.Args) {
		declared, ok := known[id]
		if !ok {
			w.t.Errorf("%s is not among Texts", id)
		}
		for _, name := range declared {
			if _, given := args[name]; !given {
				w.t.Errorf("%s is not given %q: %v", id, name, args)
			}
		}
	}
	for _, row := range r.Results {
		said(row.Reason, row.Args)
		for _, n := range row.Notes {
			said("note."+n.ID, n.Args)
		}
		if (row.Status == Fail || row.Status == Warn) && len(row.Causes) == 0 && !strings.HasPrefix(row.ID, "settings") {
			w.t.Errorf("%s: %s without a cause: %+v", row.ID, row.Status, row.Evidence)
		}
	}
	data, err := json.Marshal(r.JSON(func(id string, args map[string]string) string { return fmt.Sprint(id, args) }))
	if err != nil {
		w.t.Fatal(err)
	}
	doc := string(data)
	for _, secret := range []string{target.ExternalID, w.caller.SecretAccessKey} {
		if len(secret) >= 6 && strings.Contains(doc, secret) {
			w.t.Errorf("the report holds the secret %q", secret)
		}
	}
	if strings.Contains(strings.Replace(doc, `"connection":null`, "", 1), ":null") {
		w.t.Errorf("null in %s", doc)
	}
}

// objects lists everything in the bucket as its owner sees it.
func (w *world) objects() []string {
	w.t.Helper()
	client, err := w.source.S3(connect.Place{Access: "caller", Bucket: testBucket, Region: testRegion})
	if err != nil {
		w.t.Fatal(err)
	}
	out, err := client.ListObjectsV2(context.Background(), &s3.ListObjectsV2Input{
		Bucket: aws.String(testBucket), EncodingType: types.EncodingTypeUrl,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	var keys []string
	for _, o := range out.Contents {
		keys = append(keys, aws.ToString(o.Key))
	}
	return keys
}

// put puts an object as the bucket's owner.
func (w *world) put(key string) {
	w.t.Helper()
	client, err := w.source.S3(connect.Place{Access: "caller", Bucket: testBucket, Region: testRegion})
	if err != nil {
		w.t.Fatal(err)
	}
	_, err = client.PutObject(context.Background(), &s3.PutObjectInput{
		Bucket: aws.String(testBucket), Key: aws.String(key), Body: strings.NewReader("x"), ContentLength: aws.Int64(1),
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func rowOf(t *testing.T, r Report, id string) Result {
	t.Helper()
	for _, row := range r.Results {
		if row.ID == id {
			return row
		}
	}
	t.Fatalf("no row %s", id)
	return Result{}
}

// describe is a row for a failure message.
func describe(r Result) string {
	var b strings.Builder
	b.WriteString(r.ID + " " + string(r.Status) + " " + r.Reason)
	for _, c := range r.Causes {
		b.WriteString("\n    " + string(c.Likelihood) + " " + c.ID)
	}
	for _, n := range r.Notes {
		b.WriteString("\n    note " + n.ID)
	}
	for _, ev := range r.Evidence {
		data, _ := json.Marshal(ev)
		b.WriteString("\n    " + string(data))
	}
	return b.String()
}

func likelihoodOf(r Result, cause string) diagnose.Likelihood {
	for _, c := range r.Causes {
		if c.ID == cause {
			return c.Likelihood
		}
	}
	return ""
}

func hasNote(r Result, id string) bool {
	return slices.ContainsFunc(r.Notes, func(n diagnose.Note) bool { return n.ID == id })
}

// pretend replaces time in a test: sleeping moves the clock.
func pretend(x *test) (slept *time.Duration) {
	now := time.Now()
	slept = new(time.Duration)
	x.now = func() time.Time { return now.Add(*slept) }
	x.sleep = func(ctx context.Context, d time.Duration) error {
		*slept += d
		return ctx.Err()
	}
	return slept
}

func mustURL(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
