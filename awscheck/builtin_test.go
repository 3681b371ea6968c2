package awscheck

import (
	"context"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// rehearsals are what the built-in scenarios come to, without the owner's
// side.
var rehearsals = map[string]struct {
	verdict Verdict
	rows    map[string]want
}{
	"microcms":                      {verdict: Ready, rows: map[string]want{"scope.prefix": {status: Pass, note: "scope-list-wide"}}},
	"microcms-cloudfront":           {verdict: Ready, rows: map[string]want{"delivery.direct": {status: Pass}}},
	"large":                         {verdict: Ready},
	"slow":                          {verdict: Ready},
	"empty":                         {verdict: Ready},
	"clock-skew":                    {verdict: Ready, rows: map[string]want{"caller.identity": {status: Pass, note: "clock-skew"}}},
	"acls-enabled":                  {verdict: Ready},
	"cdn-stale":                     {verdict: Ready, rows: map[string]want{"delivery.stale": {status: Pass, note: "cdn-stale"}}},
	"vendor-only":                   {Failed, map[string]want{"role.assume": {status: Fail, cause: "likely external-id-mismatch", also: []string{"likely caller-not-trusted", "likely role-not-found", "possible trust-condition-unmet", "possible propagating"}}}},
	"external-id-mismatch":          {Failed, map[string]want{"role.assume": {status: Fail, cause: "likely external-id-mismatch", also: []string{"likely caller-not-trusted", "likely role-not-found", "possible trust-condition-unmet", "possible propagating"}}}},
	"role-missing":                  {Failed, map[string]want{"role.assume": {status: Fail, cause: "likely external-id-mismatch", also: []string{"likely caller-not-trusted", "likely role-not-found", "possible trust-condition-unmet", "possible propagating"}}}},
	"role-just-created":             {Failed, map[string]want{"role.assume": {status: Fail, cause: "likely external-id-mismatch", also: []string{"likely caller-not-trusted", "likely role-not-found", "possible trust-condition-unmet", "possible propagating"}}}},
	"trust-condition-unmet":         {Failed, map[string]want{"role.assume": {status: Fail, cause: "likely external-id-mismatch", also: []string{"likely caller-not-trusted", "likely role-not-found", "possible trust-condition-unmet", "possible propagating"}}}},
	"external-id-not-required":      {Failed, map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-not-required"}}},
	"external-id-optional":          {Failed, map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-optional"}}},
	"external-id-wildcard":          {Failed, map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-wildcard"}}},
	"caller-lacks-permission":       {Failed, map[string]want{"role.assume": {status: Fail, cause: "likely caller-lacks-permission"}}},
	"sts-region-disabled":           {Failed, map[string]want{"role.assume": {status: Fail, cause: "certain sts-region-disabled"}}},
	"wrong-region":                  {Failed, map[string]want{"bucket.region": {status: Fail, cause: "certain wrong-region"}}},
	"bucket-missing":                {Failed, map[string]want{"bucket.region": {status: Fail, cause: "certain bucket-not-found"}}},
	"foreign-owner":                 {Failed, map[string]want{"bucket.region": {status: Fail, cause: "certain bucket-foreign-owner"}}},
	"location-denied":               {ReadyWithWarnings, map[string]want{"bucket.region": {status: Warn, cause: "certain location-denied"}}},
	"list-denied":                   {Failed, map[string]want{"bucket.list": {status: Fail, cause: "likely list-denied"}}},
	"list-prefix-condition":         {Failed, map[string]want{"bucket.list": {status: Fail, also: []string{"possible list-prefix-condition"}}}},
	"put-denied":                    {Failed, map[string]want{"object.put": {status: Fail, cause: "likely put-denied", also: []string{"possible put-wrong-prefix"}}}},
	"put-denied-prefix":             {Failed, map[string]want{"object.put": {status: Fail, cause: "likely put-wrong-prefix"}}},
	"get-denied":                    {Failed, map[string]want{"object.get": {status: Fail, cause: "certain get-denied"}}},
	"copy-denied":                   {Failed, map[string]want{"object.copy": {status: Fail, cause: "certain explicit-deny", also: []string{"possible copy-denied"}}}},
	"delete-denied":                 {Failed, map[string]want{"object.delete": {status: Fail, cause: "certain delete-denied"}, "probe.cleanup": {status: Warn}}},
	"encryption-required":           {Failed, map[string]want{"object.put": {status: Fail, also: []string{"certain encryption-required", "certain explicit-deny"}}}},
	"kms-denied":                    {Failed, map[string]want{"object.put": {status: Fail, cause: "certain kms-denied"}}},
	"kms-decrypt-denied":            {Failed, map[string]want{"object.get": {status: Fail, cause: "certain kms-decrypt-denied"}}},
	"kms-key-disabled":              {Failed, map[string]want{"object.put": {status: Fail, cause: "certain kms-key-unusable"}}},
	"explicit-deny":                 {Failed, map[string]want{"object.put": {status: Fail, cause: "certain explicit-deny"}}},
	"boundary-denied":               {Failed, map[string]want{"object.put": {status: Fail, cause: "certain boundary-denied"}}},
	"organization-denied":           {Failed, map[string]want{"object.put": {status: Fail, also: []string{"certain explicit-deny", "certain scp-denied"}}}},
	"rcp-denied":                    {Failed, map[string]want{"object.delete": {status: Fail, also: []string{"certain explicit-deny", "certain rcp-denied"}}}},
	"vpc-endpoint-denied":           {Failed, map[string]want{"object.put": {status: Fail, cause: "certain vpc-endpoint-denied"}}},
	"object-archived":               {Failed, map[string]want{"object.get": {status: Fail, cause: "certain object-archived"}, "delivery.url": {status: Fail, cause: "certain object-archived"}}},
	"delete-marker":                 {ReadyWithWarnings, map[string]want{"object.delete": {status: Warn, cause: "certain delete-marker"}}},
	"scope-too-wide":                {ReadyWithWarnings, map[string]want{"scope.prefix": {status: Warn, cause: "certain scope-too-wide"}}},
	"public-access-blocked":         {Failed, map[string]want{"delivery.url": {status: Fail, cause: "likely public-access-blocked", also: []string{"likely bucket-policy-missing", "possible bucket-policy-wrong-path"}}}},
	"public-access-blocked-account": {Failed, map[string]want{"delivery.url": {status: Fail, cause: "likely public-access-blocked", also: []string{"likely bucket-policy-missing", "possible bucket-policy-wrong-path"}}}},
	"bucket-policy-missing":         {Failed, map[string]want{"delivery.url": {status: Fail, cause: "likely public-access-blocked", also: []string{"likely bucket-policy-missing", "possible bucket-policy-wrong-path"}}}},
	"bucket-policy-wrong-path":      {Failed, map[string]want{"delivery.url": {status: Fail, cause: "likely public-access-blocked", also: []string{"likely bucket-policy-missing", "possible bucket-policy-wrong-path"}}}},
	"kms-anonymous":                 {Failed, map[string]want{"delivery.url": {status: Fail, cause: "certain kms-anonymous"}}},
	"listing-public":                {Failed, map[string]want{"delivery.listing": {status: Fail, cause: "certain listing-public"}}},
	"cdn-wrong-distribution":        {Failed, map[string]want{"delivery.url": {status: Fail, also: []string{"likely origin-access-missing"}}}},
	"cdn-origin-access-missing":     {Failed, map[string]want{"delivery.url": {status: Fail, also: []string{"likely origin-access-missing"}}}},
	"cdn-signing-never":             {Failed, map[string]want{"delivery.url": {status: Fail, also: []string{"likely origin-access-missing"}}}},
	"cdn-kms":                       {Failed, map[string]want{"delivery.url": {status: Fail, also: []string{"likely origin-access-missing"}}}},
	"cdn-path-doubled":              {Failed, map[string]want{"delivery.url": {status: Fail, cause: "certain origin-path-doubled"}}},
	"direct-access-open":            {ReadyWithWarnings, map[string]want{"delivery.direct": {status: Warn, cause: "certain direct-access-open"}}},
	"domain-not-found":              {Failed, map[string]want{"delivery.url": {status: Fail, cause: "certain domain-not-found"}}},
	"domain-wrong-target":           {Failed, map[string]want{"delivery.url": {status: Fail, cause: "likely domain-wrong-target"}}},
	"wrong-content":                 {Failed, map[string]want{"delivery.url": {status: Fail, cause: "certain wrong-content"}}},
	"spa-fallback":                  {Failed, map[string]want{"delivery.url": {status: Fail, cause: "likely spa-fallback"}}},
	"alias-missing":                 {Failed, map[string]want{"delivery.url": {status: Fail, also: []string{"likely alias-missing"}}}},
	"tls-name-mismatch":             {Failed, map[string]want{"delivery.url": {status: Fail, cause: "certain tls-name-mismatch"}}},
	"distribution-deploying":        {Failed, map[string]want{"delivery.url": {status: Fail}}},
	"distribution-disabled":         {Failed, map[string]want{"delivery.url": {status: Fail}}},
	"waf-blocked":                   {Failed, map[string]want{"delivery.url": {status: Fail, cause: "certain waf-blocked"}}},
	"throttled":                     {Failed, map[string]want{"object.put": {status: Fail, cause: "certain throttled"}}},
	"connection-broken":             {Failed, map[string]want{"object.put": {status: Fail, cause: "likely connection-broken"}}},
	"proxy-page":                    {Failed, map[string]want{"bucket.region": {status: Fail, cause: "likely proxy-refused"}}},
	"account-suspended":             {Failed, map[string]want{"bucket.region": {status: Fail, cause: "certain account-suspended"}}},
	"unknown-error":                 {Failed, map[string]want{"object.put": {status: Fail}}},
	"object-locked":                 {ReadyWithWarnings, map[string]want{"object.put": {status: Pass}, "object.delete": {status: Warn, cause: "certain delete-marker"}}},
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
				t.Fatal("nobody has said what this scenario comes to")
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
