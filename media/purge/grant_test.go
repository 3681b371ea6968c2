package purge_test

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media/purge"
)

// Who has the grant, and nothing else of CloudFront, purges one distribution
// to the end, and no other.
func TestGrantSuffices(t *testing.T) {
	others := policy.Statement{Effect: policy.Allow, Action: []string{"sts:*"}, Resource: []string{"*"}}
	r := start(t, more(wildcard("EOTHER")), func(a *account.Account) {
		doc := purge.Grant("aws", a.ID, distribution, true)
		doc.Statements = append(doc.Statements, others)
		a.Callers[0].Policy = &doc
	})
	found, problem := r.find("media.example.com", nil)
	if problem != nil || found.ID != distribution {
		t.Fatalf("%+v %+v", found, problem)
	}
	wait := func(j *purge.Job) { j.Wait = true }
	if result := r.run([]string{"/media/a*"}, wait); !result.Completed() || result.Unseen != nil {
		t.Errorf("%+v", result)
	}
	result := r.run([]string{"/media/a*"}, func(j *purge.Job) { j.Distribution = "EOTHER" })
	if result.Err == nil || result.Err.Code != purge.CodeDenied {
		t.Errorf("another one: %+v", result)
	}
	if doc := purge.Grant("aws-cn", "123456789012", "E1", false); doc.Statements[0].Resource[0] != "arn:aws-cn:cloudfront::123456789012:distribution/E1" || len(doc.Statements) != 1 {
		t.Errorf("%+v", doc)
	}
	if doc := purge.Grant("aws", "", "E1", false); doc.Statements[0].Resource[0] != "*" {
		t.Errorf("%+v", doc)
	}
}

func TestParseDistribution(t *testing.T) {
	for in, want := range map[string]purge.Named{
		"arn:aws:cloudfront::123456789012:distribution/E1": {ID: "E1", Account: "123456789012"},
		"E1": {ID: "E1"}, "": {},
	} {
		if got := purge.ParseDistribution(in); got != want {
			t.Errorf("%q: %+v", in, got)
		}
	}
}
