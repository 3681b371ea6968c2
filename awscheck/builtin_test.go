package awscheck

import (
	"context"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// rehearsals are what the built-in scenarios come to. A scenario that is not
// named here is run all the same.
var rehearsals = map[string]struct {
	verdict Verdict
	rows    map[string]want
}{
	"microcms":                 {verdict: Ready},
	"microcms-cloudfront":      {verdict: Ready, rows: map[string]want{"delivery.direct": {status: Pass}}},
	"vendor-only":              {Failed, map[string]want{"role.assume": {status: Fail, also: []string{"likely caller-not-trusted"}}}},
	"external-id-mismatch":     {Failed, map[string]want{"role.assume": {status: Fail, cause: "likely external-id-mismatch"}}},
	"external-id-not-required": {Failed, map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-not-required"}}},
	"role-missing":             {Failed, map[string]want{"role.assume": {status: Fail, also: []string{"likely role-not-found"}}}},
	"role-just-created":        {Failed, map[string]want{"role.assume": {status: Fail, also: []string{"possible propagating"}}}},
	"wrong-region":             {Failed, map[string]want{"bucket.region": {status: Fail, cause: "certain wrong-region"}}},
	"bucket-missing":           {Failed, map[string]want{"bucket.region": {status: Fail, cause: "certain bucket-not-found"}}},
	"foreign-owner":            {Failed, map[string]want{"bucket.region": {status: Fail, cause: "certain bucket-foreign-owner"}}},
	"list-denied":              {Failed, map[string]want{"bucket.list": {status: Fail, cause: "likely list-denied"}}},
	"put-denied-prefix":        {Failed, map[string]want{"object.put": {status: Fail, cause: "likely put-wrong-prefix"}}},
	"delete-denied":            {Failed, map[string]want{"object.delete": {status: Fail, cause: "certain delete-denied"}, "probe.cleanup": {status: Warn}}},
	"kms-denied":               {Failed, map[string]want{"object.put": {status: Fail, cause: "certain kms-denied"}}},
	"organization-denied":      {Failed, map[string]want{"object.put": {status: Fail, also: []string{"certain explicit-deny", "certain scp-denied"}}}},
	"public-access-blocked":    {Failed, map[string]want{"delivery.url": {status: Fail, cause: "likely public-access-blocked"}}},
	"bucket-policy-missing":    {Failed, map[string]want{"delivery.url": {status: Fail, also: []string{"likely bucket-policy-missing"}}}},
	"cdn-wrong-distribution":   {Failed, map[string]want{"delivery.url": {status: Fail, cause: "likely origin-access-wrong-distribution"}}},
	"cdn-path-doubled":         {Failed, map[string]want{"delivery.url": {status: Fail, cause: "certain origin-path-doubled"}}},
	"clock-skew":               {Ready, map[string]want{"caller.identity": {status: Pass, note: "clock-skew"}}},
	"throttled":                {Failed, map[string]want{"object.put": {status: Fail, cause: "certain throttled"}}},
	"large":                    {verdict: Ready},
	"empty":                    {verdict: Ready},
}

func TestBuiltInScenarios(t *testing.T) {
	for _, meta := range account.Scenarios() {
		t.Run(meta.Name, func(t *testing.T) {
			t.Parallel()
			acc, meta, err := account.Scenario(meta.Name)
			if err != nil {
				t.Fatal(err)
			}
			box, err := sandbox.Start(context.Background(), sandbox.Options{Account: acc, Dir: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = box.Close() })
			w := &world{t: t, box: box, caller: acc.Callers[0]}
			w.source = w.as(func(p *connect.Parts) { p.MaxBackoff = time.Millisecond })
			s := meta.Settings
			r := w.run(Target{
				Integration: s["integration"], Access: s["access"], Bucket: s["bucket"], Region: s["region"],
				RoleARN: s["role_arn"], ExternalID: s["external_id"], Prefix: s["prefix"],
				Domain: s["domain"], Distribution: s["distribution"], ServiceID: s["service_id"],
			}, Options{})
			want, ok := rehearsals[meta.Name]
			if !ok {
				return
			}
			if r.Verdict != want.verdict {
				t.Errorf("verdict %s, want %s", r.Verdict, want.verdict)
			}
			for id, want := range want.rows {
				want.check(t, rowOf(t, r, id))
			}
		})
	}
}
