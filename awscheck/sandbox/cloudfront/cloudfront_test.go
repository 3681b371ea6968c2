package cloudfront_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	api "github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/cloudfront"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

const testAccount = "123456789012"

// plane is a control plane, its clock, and what it told the edge.
type plane struct {
	*api.Client
	t           *testing.T
	now         time.Time
	caller      access.Caller
	invalidated []string
	configured  []account.Distribution
}

func (p *plane) Invalidate(id string, paths []string) {
	for _, path := range paths {
		p.invalidated = append(p.invalidated, id+" "+path)
	}
}

func (p *plane) Configure(d account.Distribution) { p.configured = append(p.configured, d) }

func start(t *testing.T, yaml string) *plane {
	t.Helper()
	acct, err := account.Parse([]byte(`
account: "`+testAccount+`"
buckets: [{name: alpha-prod-assets, region: ap-northeast-1}, {name: beta, region: eu-west-1}]
distributions:
`+yaml), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p := &plane{t: t, now: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), caller: admin(testAccount)}
	server := cloudfront.New(acct, state.New(acct, func() time.Time { return p.now }), cloudfront.Options{Edge: p})
	endpoint := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		server.ServeHTTP(w, r.WithContext(access.WithCaller(r.Context(), p.caller)))
	}))
	t.Cleanup(endpoint.Close)
	p.Client = api.New(api.Options{
		BaseEndpoint: aws.String(endpoint.URL), Region: "us-east-1",
		Credentials:      credentials.NewStaticCredentialsProvider("AKIA", "secret", ""),
		HTTPClient:       &http.Client{Transport: connect.HearRefusals(endpoint.Client().Transport)},
		RetryMaxAttempts: 1,
	})
	return p
}

func admin(account string, actions ...string) access.Caller {
	if len(actions) == 0 {
		actions = []string{"*"}
	}
	return access.Caller{
		Principal: policy.Principal{Kind: policy.User, Account: account, ARN: "arn:aws:iam::" + account + ":user/admin"},
		Identity: []policy.Document{{Version: policy.Version2012, Statements: []policy.Statement{{
			Effect: policy.Allow, Action: actions, Resource: []string{"*"},
		}}}},
	}
}

const example = `  - {id: E2EXAMPLE, aliases: [media.example.com], origin: {bucket: alpha-prod-assets, path: /x}, origin_access_control: true, certificate: ["*.example.com"]}
  - {id: E3OTHER, origin: {bucket: beta}, cache_ttl: 1h, deployed: false, enabled: false}
`

// refused tells code and status of an error.
func refused(t *testing.T, err error) string {
	t.Helper()
	var e smithy.APIError
	var r *smithyhttp.ResponseError
	if !errors.As(err, &e) || !errors.As(err, &r) {
		t.Fatalf("want a refusal, got %v", err)
	}
	return strconv.Itoa(r.HTTPStatusCode()) + " " + e.ErrorCode()
}

func (p *plane) get(id string) *api.GetDistributionOutput {
	p.t.Helper()
	out, err := p.GetDistribution(context.Background(), &api.GetDistributionInput{Id: aws.String(id)})
	if err != nil {
		p.t.Fatal(err)
	}
	return out
}

func TestReadsADistribution(t *testing.T) {
	p := start(t, example)
	out := p.get("E2EXAMPLE")
	d := out.Distribution
	f := d.DistributionConfig
	o := f.Origins.Items[0]
	switch {
	case aws.ToString(d.ARN) != "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE",
		aws.ToString(d.DomainName) != "d2example.cloudfront.net", aws.ToString(d.Status) != "Deployed",
		!aws.ToBool(f.Enabled), !slices.Equal(f.Aliases.Items, []string{"media.example.com"}),
		aws.ToString(o.DomainName) != "alpha-prod-assets.s3.ap-northeast-1.amazonaws.com", aws.ToString(o.OriginPath) != "/x",
		aws.ToString(o.S3OriginConfig.OriginAccessIdentity) != "",
		!strings.HasPrefix(aws.ToString(f.ViewerCertificate.ACMCertificateArn), "arn:aws:acm:us-east-1:123456789012:certificate/"),
		f.DefaultCacheBehavior.ViewerProtocolPolicy != types.ViewerProtocolPolicyRedirectToHttps,
		aws.ToString(f.DefaultCacheBehavior.CachePolicyId) != "658327ea-f89d-4fab-a63d-7e88639e58f6":
		t.Errorf("%+v %+v %+v", d, f, o)
	}
	oac, err := p.GetOriginAccessControl(context.Background(), &api.GetOriginAccessControlInput{Id: o.OriginAccessControlId})
	if err != nil {
		t.Fatal(err)
	}
	if c := oac.OriginAccessControl.OriginAccessControlConfig; c.SigningBehavior != types.OriginAccessControlSigningBehaviorsAlways ||
		c.OriginAccessControlOriginType != types.OriginAccessControlOriginTypesS3 || c.SigningProtocol != types.OriginAccessControlSigningProtocolsSigv4 {
		t.Errorf("%+v", c)
	}
	other := p.get("E3OTHER").Distribution
	if aws.ToString(other.Status) != "InProgress" || aws.ToBool(other.DistributionConfig.Enabled) ||
		!aws.ToBool(other.DistributionConfig.ViewerCertificate.CloudFrontDefaultCertificate) ||
		aws.ToInt64(other.DistributionConfig.DefaultCacheBehavior.DefaultTTL) != 3600 {
		t.Errorf("%+v", other.DistributionConfig)
	}
}

func TestListsPageByPage(t *testing.T) {
	p := start(t, example)
	var ids []string
	var marker *string
	for range 2 {
		out, err := p.ListDistributions(context.Background(), &api.ListDistributionsInput{MaxItems: aws.Int32(1), Marker: marker})
		if err != nil {
			t.Fatal(err)
		}
		l := out.DistributionList
		for _, d := range l.Items {
			ids = append(ids, aws.ToString(d.Id)+" "+strings.Join(d.Aliases.Items, ","))
		}
		if more := len(ids) < 2; aws.ToBool(l.IsTruncated) != more || aws.ToInt32(l.Quantity) != 1 {
			t.Errorf("after %v: %+v", ids, l)
		}
		marker = l.NextMarker
	}
	if !slices.Equal(ids, []string{"E2EXAMPLE media.example.com", "E3OTHER "}) {
		t.Error(ids)
	}
	controls, err := p.ListOriginAccessControls(context.Background(), &api.ListOriginAccessControlsInput{})
	if err != nil || len(controls.OriginAccessControlList.Items) != 1 {
		t.Errorf("%v %v", controls, err)
	}
}

func TestRefusesWhoMayNot(t *testing.T) {
	p := start(t, example)
	ctx := context.Background()
	p.caller = admin(testAccount, "cloudfront:GetDistributionConfig")
	_, err := p.GetDistribution(ctx, &api.GetDistributionInput{Id: aws.String("E2EXAMPLE")})
	if refused(t, err) != "403 AccessDenied" || !strings.Contains(err.Error(), "User: arn:aws:iam::123456789012:user/admin is not authorized to perform: cloudfront:GetDistribution on resource: arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE because no identity-based policy allows the cloudfront:GetDistribution action") {
		t.Error(err)
	}
	_, err = p.ListDistributions(ctx, &api.ListDistributionsInput{})
	if refused(t, err) != "403 AccessDenied" {
		t.Error(err)
	}
	p.caller = admin("999999999999")
	_, err = p.GetDistribution(ctx, &api.GetDistributionInput{Id: aws.String("E2EXAMPLE")})
	if refused(t, err) != "404 NoSuchDistribution" { // not in its own account, and it sees no other
		t.Error(err)
	}
	list, err := p.ListDistributions(ctx, &api.ListDistributionsInput{})
	if err != nil || len(list.DistributionList.Items) != 0 {
		t.Errorf("%v %v", list, err)
	}
	p.caller = admin(testAccount)
	_, err = p.GetDistribution(ctx, &api.GetDistributionInput{Id: aws.String("ENOSUCH")})
	if refused(t, err) != "404 NoSuchDistribution" {
		t.Error(err)
	}
	_, err = p.ListCachePolicies(ctx, &api.ListCachePoliciesInput{})
	if refused(t, err) != "501 NotImplemented" {
		t.Error(err)
	}
}

// update changes the configuration of E2EXAMPLE.
func (p *plane) update(etag *string, change func(*types.DistributionConfig)) (*api.UpdateDistributionOutput, error) {
	p.t.Helper()
	out, err := p.GetDistributionConfig(context.Background(), &api.GetDistributionConfigInput{Id: aws.String("E2EXAMPLE")})
	if err != nil {
		p.t.Fatal(err)
	}
	if etag == nil {
		etag = out.ETag
	}
	change(out.DistributionConfig)
	return p.UpdateDistribution(context.Background(), &api.UpdateDistributionInput{
		Id: aws.String("E2EXAMPLE"), IfMatch: etag, DistributionConfig: out.DistributionConfig,
	})
}

func TestUpdatesADistribution(t *testing.T) {
	p := start(t, example)
	before := p.get("E2EXAMPLE")
	out, err := p.update(nil, func(f *types.DistributionConfig) {
		f.Aliases = &types.Aliases{Quantity: aws.Int32(2), Items: []string{"media.example.com", "img.example.com"}}
		f.Origins.Items[0].OriginPath = aws.String("")
		f.Origins.Items[0].OriginAccessControlId = aws.String("")
		f.DefaultCacheBehavior.CachePolicyId = aws.String("4135ea2d-6df8-44a3-9df3-4b5a84be39ad")
	})
	if err != nil {
		t.Fatal(err)
	}
	if aws.ToString(out.ETag) == aws.ToString(before.ETag) {
		t.Error("the version has not changed")
	}
	after := p.get("E2EXAMPLE").Distribution.DistributionConfig
	if len(after.Aliases.Items) != 2 || aws.ToString(after.Origins.Items[0].OriginPath) != "" ||
		aws.ToInt32(after.Restrictions.GeoRestriction.Quantity) != 0 || len(after.DefaultCacheBehavior.AllowedMethods.Items) != 2 {
		t.Errorf("%+v", after)
	}
	if len(p.configured) != 1 {
		t.Fatalf("the edge was told %d times", len(p.configured))
	}
	if d := p.configured[0]; d.ID != "E2EXAMPLE" || d.OriginPath != "" || d.OriginAccessControl || len(d.Aliases) != 2 || d.CacheTTL != 0 || d.OriginBucket != "alpha-prod-assets" || d.OriginDomain != "" {
		t.Errorf("%+v", d)
	}
	if _, err = p.update(before.ETag, func(*types.DistributionConfig) {}); refused(t, err) != "412 PreconditionFailed" {
		t.Error(err)
	}
}

func TestRefusesAnUpdate(t *testing.T) {
	origin := func(change func(*types.Origin)) func(*types.DistributionConfig) {
		return func(f *types.DistributionConfig) { change(&f.Origins.Items[0]) }
	}
	for want, change := range map[string]func(*types.DistributionConfig){
		"409 CNAMEAlreadyExists": func(f *types.DistributionConfig) {
			f.Aliases.Items[0] = "taken.example.com"
		},
		"400 InvalidViewerCertificate": func(f *types.DistributionConfig) { f.Aliases.Items[0] = "media.example.org" },
		"400 InconsistentQuantities":   func(f *types.DistributionConfig) { f.Aliases.Quantity = aws.Int32(2) },
		"400 IllegalUpdate":            func(f *types.DistributionConfig) { f.CallerReference = aws.String("other") },
		"404 NoSuchOrigin":             func(f *types.DistributionConfig) { f.DefaultCacheBehavior.TargetOriginId = aws.String("other") },
		"400 InvalidArgument":          origin(func(o *types.Origin) { o.OriginPath = aws.String("media/") }),
		"400 InvalidOriginAccessControl": origin(func(o *types.Origin) {
			o.OriginAccessControlId = aws.String("ENONE")
		}),
		"400 IllegalOriginAccessConfiguration": origin(func(o *types.Origin) {
			o.S3OriginConfig.OriginAccessIdentity = aws.String("origin-access-identity/cloudfront/E1")
		}),
		"400 InvalidDomainNameForOriginAccessControl": origin(func(o *types.Origin) {
			o.DomainName = aws.String("alpha-prod-assets.s3-website-ap-northeast-1.amazonaws.com")
		}),
	} {
		t.Run(want, func(t *testing.T) {
			p := start(t, example+"  - {id: E4TAKEN, aliases: [taken.example.com], origin: {bucket: beta}}\n")
			_, err := p.update(nil, change)
			if got := refused(t, err); got != want {
				t.Errorf("%s: %v", got, err)
			}
			if len(p.configured) > 0 {
				t.Error("the edge was told of a refused update")
			}
		})
	}
}

func TestOriginAccessControlsChange(t *testing.T) {
	p := start(t, example)
	ctx := context.Background()
	id := p.get("E2EXAMPLE").Distribution.DistributionConfig.Origins.Items[0].OriginAccessControlId
	old, err := p.GetOriginAccessControl(ctx, &api.GetOriginAccessControlInput{Id: id})
	if err != nil {
		t.Fatal(err)
	}
	c := old.OriginAccessControl.OriginAccessControlConfig
	c.SigningBehavior = types.OriginAccessControlSigningBehaviorsNever
	in := &api.UpdateOriginAccessControlInput{Id: id, OriginAccessControlConfig: c}
	if _, err := p.UpdateOriginAccessControl(ctx, in); refused(t, err) != "400 InvalidIfMatchVersion" {
		t.Error(err)
	}
	in.IfMatch = old.ETag
	if _, err := p.UpdateOriginAccessControl(ctx, in); err != nil {
		t.Fatal(err)
	}
	if len(p.configured) != 1 || p.configured[0].Signing != account.SignNever {
		t.Errorf("%+v", p.configured)
	}
	made, err := p.CreateOriginAccessControl(ctx, &api.CreateOriginAccessControlInput{OriginAccessControlConfig: &types.OriginAccessControlConfig{
		Name: aws.String("another"), SigningBehavior: "always", SigningProtocol: "sigv4", OriginAccessControlOriginType: "s3",
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.update(nil, func(f *types.DistributionConfig) {
		f.Origins.Items[0].OriginAccessControlId = made.OriginAccessControl.Id
	}); err != nil {
		t.Fatal(err)
	}
	if d := p.configured[1]; !d.OriginAccessControl || d.Signing != account.SignAlways {
		t.Errorf("%+v", d)
	}
	c.Name = aws.String("another")
	if _, err := p.CreateOriginAccessControl(ctx, &api.CreateOriginAccessControlInput{OriginAccessControlConfig: c}); refused(t, err) != "409 OriginAccessControlAlreadyExists" {
		t.Error(err)
	}
}

func (p *plane) invalidate(reference string, paths ...string) (*api.CreateInvalidationOutput, error) {
	return p.CreateInvalidation(context.Background(), &api.CreateInvalidationInput{
		DistributionId: aws.String("E2EXAMPLE"),
		InvalidationBatch: &types.InvalidationBatch{
			CallerReference: aws.String(reference), Paths: &types.Paths{Quantity: aws.Int32(int32(len(paths))), Items: paths},
		},
	})
}

func TestInvalidates(t *testing.T) {
	p := start(t, example)
	ctx := context.Background()
	out, err := p.invalidate("job-1", "/media/a.png*", "/media/%E6%97%A5.png")
	if err != nil {
		t.Fatal(err)
	}
	i := out.Invalidation
	if aws.ToString(i.Status) != "InProgress" || !slices.Equal(i.InvalidationBatch.Paths.Items, []string{"/media/a.png*", "/media/%E6%97%A5.png"}) {
		t.Errorf("%+v", i)
	}
	if !slices.Equal(p.invalidated, []string{"E2EXAMPLE /media/a.png*", "E2EXAMPLE /media/%E6%97%A5.png"}) {
		t.Error(p.invalidated)
	}
	if n := aws.ToInt32(p.get("E2EXAMPLE").Distribution.InProgressInvalidationBatches); n != 1 {
		t.Errorf("%d in progress", n)
	}
	again, err := p.invalidate("job-1", "/media/%E6%97%A5.png", "/media/a.png*")
	if err != nil || aws.ToString(again.Invalidation.Id) != aws.ToString(i.Id) || len(p.invalidated) != 2 {
		t.Errorf("%v %v %v", again, err, p.invalidated)
	}
	if _, err := p.invalidate("job-1", "/media/b.png"); refused(t, err) != "409 InvalidationBatchAlreadyExists" {
		t.Error(err)
	}
	p.now = p.now.Add(time.Minute)
	done, err := p.GetInvalidation(ctx, &api.GetInvalidationInput{DistributionId: aws.String("E2EXAMPLE"), Id: i.Id})
	if err != nil || aws.ToString(done.Invalidation.Status) != "Completed" {
		t.Errorf("%v %v", done, err)
	}
	if _, err := p.invalidate("job-2", "/media/c.png"); err != nil {
		t.Fatal(err)
	}
	list, err := p.ListInvalidations(ctx, &api.ListInvalidationsInput{DistributionId: aws.String("E2EXAMPLE")})
	if err != nil || len(list.InvalidationList.Items) != 2 || aws.ToString(list.InvalidationList.Items[1].Id) != aws.ToString(i.Id) {
		t.Errorf("%v %v", list, err)
	}
	_, err = p.GetInvalidation(ctx, &api.GetInvalidationInput{DistributionId: aws.String("E2EXAMPLE"), Id: aws.String("INONE")})
	if refused(t, err) != "404 NoSuchInvalidation" {
		t.Error(err)
	}
}

func TestRefusesAnInvalidation(t *testing.T) {
	long := "/" + strings.Repeat("a", 3999)
	p := start(t, example)
	for _, path := range []string{"media/a.png", "", "/a*/b", "/a b", "/日本.png", "/a#b", "/%zz", "/a%2", `/a\b`, "/a[1]", long + "a"} {
		if _, err := p.invalidate("r"+path, path); refused(t, err) != "400 InvalidArgument" {
			t.Errorf("%q: %v", path, err)
		}
	}
	for _, path := range []string{"/", "/*", "/a+b&c=d;e,f(g)'!@$:", "/a.jpg?w=1*", "/%E6%97%A5*", "/~a", long} {
		if _, err := p.invalidate("r"+path, path); err != nil {
			t.Errorf("%q: %v", path, err)
		}
	}
	_, err := p.CreateInvalidation(context.Background(), &api.CreateInvalidationInput{
		DistributionId: aws.String("E2EXAMPLE"),
		InvalidationBatch: &types.InvalidationBatch{
			CallerReference: aws.String("q"), Paths: &types.Paths{Quantity: aws.Int32(2), Items: []string{"/a"}},
		},
	})
	if refused(t, err) != "400 InconsistentQuantities" {
		t.Error(err)
	}
}

func TestLimitsWhatIsInProgress(t *testing.T) {
	numbered := func(n int, end string) []string {
		var list []string
		for i := range n {
			list = append(list, "/p/"+strconv.Itoa(i)+end)
		}
		return list
	}
	p := start(t, example)
	if _, err := p.invalidate("too-many", numbered(3001, "")...); refused(t, err) != "413 BatchTooLarge" {
		t.Error(err)
	}
	if _, err := p.invalidate("files", numbered(3000, "")...); err != nil {
		t.Fatal(err)
	}
	if _, err := p.invalidate("one more", "/q"); refused(t, err) != "400 TooManyInvalidationsInProgress" {
		t.Error(err)
	}
	// Wildcards count apart from files.
	if _, err := p.invalidate("wildcards", numbered(15, "*")...); err != nil {
		t.Fatal(err)
	}
	if _, err := p.invalidate("wildcard", "/q*"); refused(t, err) != "400 TooManyInvalidationsInProgress" {
		t.Error(err)
	}
	p.now = p.now.Add(time.Minute)
	if _, err := p.invalidate("later", append(numbered(3, ""), "/q*")...); err != nil {
		t.Error(err)
	}
}
