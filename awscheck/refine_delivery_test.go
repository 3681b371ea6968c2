package awscheck

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// What the owner has seen of the distribution settles what its answers leave
// open, as far as it is that distribution that answers.
func TestRefineDelivery(t *testing.T) {
	const (
		byEdge   = "alias-missing likely, distribution-deploying possible, waf-blocked possible"
		byOrigin = "origin-access-wrong-distribution likely, bucket-policy-missing likely, origin-access-missing likely, error-cached likely, origin-path-doubled possible, origin-wrong-bucket possible"
	)
	row := func(status Status, what, causes string, notes ...string) Result {
		r := rowWith("owner.distribution", status, causes)
		r.Reason = "result.owner.distribution." + what
		for _, n := range notes {
			r.Notes = append(r.Notes, diagnose.Note{ID: n})
		}
		return r
	}
	policyPasses := rowWith("owner.bucket-policy", Pass, "")
	for _, c := range []struct {
		name, live string
		by         diagnose.Answerer
		own        []Result
		want       string
	}{
		{"disabled", byEdge, diagnose.FromCloudFront, []Result{row(Fail, "disabled", "distribution-disabled certain")},
			"distribution-disabled certain, alias-missing ruled-out, distribution-deploying ruled-out, waf-blocked ruled-out"},
		{"disabled, but S3 has answered", byOrigin, diagnose.FromS3ByCDN, []Result{row(Fail, "disabled", "distribution-disabled certain")},
			"origin-access-wrong-distribution likely, bucket-policy-missing likely, error-cached likely, origin-access-missing ruled-out, origin-path-doubled ruled-out, origin-wrong-bucket ruled-out"},
		{"disabled, and without the domain", byEdge, diagnose.FromCloudFront, []Result{row(Fail, "disabled", "distribution-disabled certain, alias-missing certain")},
			"alias-missing certain, distribution-deploying possible, waf-blocked possible"},
		{"deploying", byEdge, diagnose.FromCloudFront, []Result{row(Warn, "deploying", "distribution-deploying certain")},
			"distribution-deploying certain, alias-missing ruled-out, waf-blocked ruled-out"},
		{"a firewall stands before it", byEdge, diagnose.FromCloudFront, []Result{row(Pass, "pass", "", "waf-present")},
			"waf-blocked likely, alias-missing ruled-out, distribution-deploying ruled-out"},
		{"somebody else's firewall", "waf-blocked likely, domain-wrong-target likely", diagnose.FromOther, []Result{row(Fail, "origin-path", "origin-path-doubled certain")},
			"waf-blocked likely, domain-wrong-target likely"},
		{"no such distribution", byEdge, diagnose.FromCloudFront, []Result{row(Fail, "missing", "distribution-not-found certain")}, byEdge},
		{"the origin is in order", byOrigin, diagnose.FromS3ByCDN, []Result{policyPasses, row(Fail, "never-signs", "origin-access-missing certain")},
			"origin-access-missing certain, origin-access-wrong-distribution ruled-out, bucket-policy-missing ruled-out, error-cached ruled-out, origin-path-doubled ruled-out, origin-wrong-bucket ruled-out"},
		{"a function may ask for something else", byOrigin, diagnose.FromS3ByCDN, []Result{policyPasses, row(Fail, "never-signs", "origin-access-missing certain", "edge-code")},
			"origin-access-missing certain, origin-path-doubled possible, origin-wrong-bucket possible, origin-access-wrong-distribution ruled-out, bucket-policy-missing ruled-out, error-cached ruled-out"},
		{"an origin that cannot be seen", byOrigin, diagnose.FromS3ByCDN, []Result{row(Warn, "deploying", "distribution-deploying certain", "origin-unseen")}, byOrigin},
		{"the domain is another distribution's", byOrigin, diagnose.FromS3ByCDN, []Result{row(Fail, "alias", "alias-missing certain")}, byOrigin},
		{"another bucket", byOrigin, diagnose.FromS3ByCDN, []Result{policyPasses, row(Fail, "other-origin", "origin-other-bucket certain")},
			"origin-other-bucket certain, origin-access-missing possible, origin-path-doubled possible, origin-access-wrong-distribution ruled-out, bucket-policy-missing ruled-out, error-cached ruled-out"},
		{"a page in the place of errors", "spa-fallback likely, bucket-policy-missing possible, origin-access-missing possible", diagnose.FromCloudFront,
			[]Result{rowWith("owner.bucket-policy", Fail, "bucket-policy-missing certain"), row(Pass, "pass", "")},
			"bucket-policy-missing certain, spa-fallback likely, origin-access-missing ruled-out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			live := rowWith("delivery.url", Fail, c.live)
			live.Evidence = []diagnose.Evidence{{AnsweredBy: c.by}}
			got := refine(append([]Result{live}, c.own...), diagnose.Facts{})
			if causesIn(got[0]) != c.want {
				t.Errorf("got  %s\nwant %s", causesIn(got[0]), c.want)
			}
		})
	}
}
