package wizard

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// While rotating, the role accepts the old and the new external ID and no
// other, and the document it was made from stays as it is.
func TestAlsoTrusting(t *testing.T) {
	s := Settings{ExternalID: "md-new-external-id-0001", TrustedPrincipal: "999988887777"}
	trust, errs := PolicyDocument(s, DocumentTrust, false)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	both := AlsoTrusting(trust, "md-old-external-id-0000")
	allowed := func(d policy.Document, id string) bool {
		context := map[string][]string{}
		if id != "" {
			context["sts:externalid"] = []string{id}
		}
		may := policy.Document{Version: policy.Version2012, Statements: []policy.Statement{{
			Effect: policy.Allow, Action: []string{"sts:AssumeRole"}, Resource: []string{"*"},
		}}}
		return policy.Evaluate(policy.Request{
			Principal: policy.Principal{Kind: policy.User, Account: "999988887777", ARN: "arn:aws:iam::999988887777:user/cms"},
			Action:    "sts:AssumeRole", Resource: role, ResourceAccount: "210987654321", Context: context,
		}, policy.Policies{Identity: []policy.Document{may}, Resource: &d}).Allowed
	}
	for id, want := range map[string]bool{"md-new-external-id-0001": true, "md-old-external-id-0000": true, "": false, "md-new-external-id-000": false} {
		if got := allowed(both, id); got != want {
			t.Errorf("external ID %q allowed: %v, want %v", id, got, want)
		}
	}
	if allowed(trust, "md-old-external-id-0000") {
		t.Error("the policy it was made from was changed")
	}
	if again := AlsoTrusting(both, "md-old-external-id-0000"); len(again.Statements[0].Conditions[0].Values) != 2 {
		t.Error("an ID is listed twice")
	}
}
