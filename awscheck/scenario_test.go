package awscheck

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// want is what one row must come to.
type want struct {
	status Status
	cause  string // "likelihood id" of the first cause
	also   []string
	never  []string // causes that must not be claimed at all
	note   string
}

type scenario struct {
	name    string
	base    string // documentedAccount unless given
	edits   []edit
	target  func(*Target)
	verdict Verdict
	rows    map[string]want
	left    int
	hidden  int
}

func (s scenario) run(t *testing.T) {
	base := s.base
	if base == "" {
		base = documentedAccount
	}
	w := start(t, edited(t, base, s.edits))
	target := roleTarget()
	if strings.Contains(base, "distributions:") {
		target = cdnTarget()
	}
	if s.target != nil {
		s.target(&target)
	}
	r := w.run(target, Options{})
	if r.Verdict != s.verdict {
		t.Errorf("verdict %s, want %s", r.Verdict, s.verdict)
		for _, row := range r.Results {
			if row.Status != Pass {
				t.Log(describe(row))
			}
		}
	}
	for id, want := range s.rows {
		want.check(t, rowOf(t, r, id))
	}
	if r.LeftBehind != s.left || r.HiddenVersions != s.hidden {
		t.Errorf("left behind %d and %d hidden, want %d and %d\n%s", r.LeftBehind, r.HiddenVersions, s.left, s.hidden, describe(rowOf(t, r, "probe.cleanup")))
	}
	if s.left == 0 {
		for _, key := range w.objects() {
			t.Errorf("%s is left in the bucket", key)
		}
	}
}

func (w want) check(t *testing.T, r Result) {
	t.Helper()
	if r.Status != w.status {
		t.Errorf("want %s: %s", w.status, describe(r))
		return
	}
	if w.cause != "" {
		if len(r.Causes) == 0 || string(r.Causes[0].Likelihood)+" "+r.Causes[0].ID != w.cause {
			t.Errorf("want first %s: %s", w.cause, describe(r))
		}
	}
	for _, also := range w.also {
		likelihood, id, _ := strings.Cut(also, " ")
		if got := likelihoodOf(r, id); got != diagnose.Likelihood(likelihood) {
			t.Errorf("want also %s, got %q: %s", also, got, describe(r))
		}
	}
	for _, id := range w.never {
		if got := likelihoodOf(r, id); got != "" {
			t.Errorf("%s is claimed as %s: %s", id, got, describe(r))
		}
	}
	if w.note != "" && !hasNote(r, w.note) {
		t.Errorf("want note %s: %s", w.note, describe(r))
	}
}

func runAll(t *testing.T, all []scenario) {
	for _, s := range all {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s.run(t)
		})
	}
}

const (
	trustCondition = `, Condition: {StringEquals: {"sts:ExternalId": "md-7Q4kz2m9x1C8v5b3"}}`
	objectActions  = `["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]`
	bucketActions  = `["s3:GetBucketLocation", "s3:ListBucket"]`
	objectsGrant   = `        - {Effect: Allow, Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource: "arn:aws:s3:::alpha-prod-assets/media/*"}` + "\n"
	adminPolicy    = `[{Effect: Allow, Action: "*", Resource: "*"}]`
)

func TestDocumentedSetUpIsReady(t *testing.T) {
	runAll(t, []scenario{
		{
			name: "delivered by S3", verdict: Ready,
			rows: map[string]want{
				"role.requires-external-id": {status: Pass},
				"bucket.region":             {status: Pass},
				"scope.prefix":              {status: Pass, note: "scope-list-wide"},
				"delivery.url":              {status: Pass},
				"delivery.direct":           {status: Skip},
				"delivery.cache":            {status: Pass, note: "cache-none"},
				"delivery.stale":            {status: Pass},
				"probe.cleanup":             {status: Pass},
			},
		},
		{
			name: "delivered by CloudFront", base: cdnAccount, verdict: Ready,
			edits: []edit{{publicRead, cloudFrontRead}},
			rows: map[string]want{
				"delivery.url":     {status: Pass},
				"delivery.direct":  {status: Pass},
				"delivery.listing": {status: Pass},
				"delivery.cache":   {status: Pass, note: "cache-cdn-default"},
			},
		},
		{
			name: "without a prefix", verdict: Ready,
			edits:  []edit{{"alpha-prod-assets/media/*", "alpha-prod-assets/*"}},
			target: func(t *Target) { t.Prefix = "" },
			rows:   map[string]want{"scope.prefix": {status: Skip}, "bucket.list": {status: Pass}},
		},
		{
			name: "with listing narrowed to the prefix", verdict: Ready,
			edits: []edit{{`- {Effect: Allow, Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: "arn:aws:s3:::alpha-prod-assets"}`,
				`- {Effect: Allow, Action: "s3:GetBucketLocation", Resource: "arn:aws:s3:::alpha-prod-assets"}
        - {Effect: Allow, Action: "s3:ListBucket", Resource: "arn:aws:s3:::alpha-prod-assets", Condition: {StringLike: {"s3:prefix": ["media/*", "media/", "media"]}}}`}},
			rows: map[string]want{
				"bucket.region": {status: Pass, note: "head-bucket-denied"},
				"bucket.list":   {status: Pass},
				"scope.prefix":  {status: Pass},
			},
		},
	})
}

func TestTrust(t *testing.T) {
	unsaid := want{status: Fail, cause: "likely external-id-mismatch",
		also: []string{"likely caller-not-trusted", "likely role-not-found", "possible trust-condition-unmet"}}
	runAll(t, []scenario{
		{
			name: "another external ID", verdict: Failed,
			target: func(t *Target) { t.ExternalID = "md-7Q4kz2m9x1C8v5bX" },
			rows: map[string]want{
				"role.assume":               unsaid,
				"role.requires-external-id": {status: Skip}, "bucket.region": {status: Skip}, "object.put": {status: Skip},
				"delivery.url": {status: Skip}, "delivery.listing": {status: Pass},
			},
		},
		{
			name: "no such role", verdict: Failed,
			target: func(t *Target) { t.RoleARN = "arn:aws:iam::123456789012:role/mediarole" },
			rows:   map[string]want{"role.assume": unsaid},
		},
		{
			name: "another account is trusted", verdict: Failed,
			edits: []edit{{`AWS: "arn:aws:iam::123456789012:root"`, `AWS: "arn:aws:iam::999988887777:root"`}},
			rows:  map[string]want{"role.assume": {status: Fail, also: []string{"likely caller-not-trusted"}}},
		},
		{
			name: "the caller may not assume roles", verdict: Failed,
			edits: []edit{{adminPolicy, `[{Effect: Allow, Action: "s3:*", Resource: "*"}]`}},
			rows:  map[string]want{"role.assume": {status: Fail, cause: "likely caller-lacks-permission"}},
		},
		{
			name: "no external ID is required", verdict: Failed,
			edits: []edit{{trustCondition, ""}},
			rows: map[string]want{
				"role.assume":               {status: Pass},
				"role.requires-external-id": {status: Fail, cause: "certain external-id-not-required", never: []string{"external-id-optional"}},
				"object.put":                {status: Pass},
			},
		},
		{
			name: "any external ID will do", verdict: Failed,
			edits: []edit{{trustCondition, `, Condition: {StringLike: {"sts:ExternalId": "*"}}`}},
			rows:  map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-not-required"}},
		},
		{
			name: "the condition holds only if an ID is given", verdict: Failed,
			edits: []edit{{"StringEquals: {\"sts:Ext", "StringEqualsIfExists: {\"sts:Ext"}},
			rows: map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-optional",
				never: []string{"external-id-not-required", "external-id-wildcard"}}},
		},
		{
			name: "a longer ID will do", verdict: Failed,
			edits: []edit{{trustCondition, `, Condition: {StringLike: {"sts:ExternalId": "md-7Q4kz2m9x1C8v5b3*"}}`}},
			rows: map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-wildcard",
				never: []string{"external-id-not-required", "external-id-optional"}}},
		},
		{
			name: "letters' case does not count", verdict: Failed,
			edits: []edit{{"StringEquals: {\"sts:Ext", "StringEqualsIgnoreCase: {\"sts:Ext"}},
			rows:  map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-wildcard"}},
		},
		{
			name: "a shortened ID will do", verdict: Failed,
			edits: []edit{{trustCondition, `, Condition: {StringLike: {"sts:ExternalId": "md-7Q4kz2m9x1C8v5b*"}}`}},
			rows:  map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-wildcard"}},
		},
		{
			name: "an external ID with spaces", verdict: Failed,
			target: func(t *Target) { t.ExternalID = "has a space in it" },
			rows:   map[string]want{"role.assume": {status: Fail, cause: "certain external-id-malformed"}},
		},
	})
}

func TestBucket(t *testing.T) {
	skipped := want{status: Skip}
	runAll(t, []scenario{
		{
			name: "elsewhere", verdict: Failed,
			target: func(t *Target) { t.Region = "us-west-2" },
			rows: map[string]want{
				"bucket.region": {status: Fail, cause: "certain wrong-region"},
				"bucket.list":   skipped, "object.put": skipped, "delivery.listing": skipped, "delivery.url": skipped,
				"probe.cleanup": {status: Pass},
			},
		},
		{
			name: "of another account", verdict: Failed,
			edits: []edit{
				{"    region: ap-northeast-1\n", "    region: ap-northeast-1\n    owner: \"999988887777\"\n"},
				{`Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::alpha-prod-assets/media/*"}]`,
					`Statement: [{Effect: Allow, Principal: {AWS: "123456789012"}, Action: "s3:*", Resource: ["arn:aws:s3:::alpha-prod-assets", "arn:aws:s3:::alpha-prod-assets/*"]}]`},
			},
			rows: map[string]want{"bucket.region": {status: Fail, cause: "certain bucket-foreign-owner"}, "object.put": skipped},
		},
		{
			name: "location refused while listing works", verdict: ReadyWithWarnings,
			edits: []edit{{bucketActions, `"s3:ListBucket"`}},
			rows: map[string]want{
				"bucket.region": {status: Warn, cause: "certain location-denied"},
				"bucket.list":   {status: Pass}, "object.put": {status: Pass},
			},
		},
		{
			name: "location and listing refused", verdict: Failed,
			edits: []edit{{bucketActions, `"s3:GetBucketTagging"`}},
			rows: map[string]want{
				"bucket.region": {status: Fail, cause: "certain location-denied"},
				"bucket.list":   {status: Fail, also: []string{"likely list-denied", "possible list-prefix-condition"}},
				"object.put":    {status: Pass}, // what else is missing is worth knowing
			},
		},
		{
			name: "listing refused", verdict: Failed,
			edits: []edit{{bucketActions, `"s3:GetBucketLocation"`}},
			rows: map[string]want{
				"bucket.region": {status: Pass},
				"bucket.list":   {status: Fail, cause: "likely list-denied"},
			},
		},
		{
			name: "listing allowed for another form of the prefix", verdict: Failed,
			edits: []edit{{`"s3:ListBucket"], Resource: "arn:aws:s3:::alpha-prod-assets"}`, `"s3:GetBucketTagging"], Resource: "arn:aws:s3:::alpha-prod-assets"}
        - {Effect: Allow, Action: "s3:ListBucket", Resource: "arn:aws:s3:::alpha-prod-assets", Condition: {StringEquals: {"s3:prefix": "media"}}}`}},
			rows: map[string]want{"bucket.list": {status: Fail, cause: "certain list-prefix-condition", also: []string{"ruled-out list-denied"}}},
		},
	})
	t.Run("missing", func(t *testing.T) {
		w := start(t, documentedAccount)
		target := roleTarget()
		target.Bucket = "alpha-prod-asset"
		r := w.run(target, Options{})
		want{status: Fail, cause: "certain bucket-not-found"}.check(t, rowOf(t, r, "bucket.region"))
		skipped.check(t, rowOf(t, r, "object.put"))
	})
}
