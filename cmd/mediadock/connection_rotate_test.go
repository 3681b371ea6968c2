package main

import (
	"encoding/json"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

// trustAs puts a trust policy on the scenario's role, as the administrator
// does in the console.
func trustAs(t *testing.T, policy json.RawMessage) {
	t.Helper()
	src, err := connect.FromEnvironment(t.Context(), connect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	_, err = src.IAM("us-east-1").UpdateAssumeRolePolicy(t.Context(), &iam.UpdateAssumeRolePolicyInput{
		RoleName: aws.String("MediaRole"), PolicyDocument: aws.String(string(policy)),
	})
	if err != nil {
		t.Fatal(err)
	}
}

// rotated is what `connection rotate --json` says.
type rotated struct {
	Saved       bool            `json:"saved"`
	ExternalID  string          `json:"external_id"`
	TrustPolicy json.RawMessage `json:"trust_policy"`
	Next        []string        `json:"next"`
}

func (p program) rotate(t *testing.T, wantExit int, args ...string) rotated {
	t.Helper()
	exit, stdout, stderr := p.run(append([]string{"connection", "rotate", "prod", "--json"}, args...)...)
	var r rotated
	if err := json.Unmarshal([]byte(stdout), &r); err != nil || exit != wantExit {
		t.Fatalf("exit code %d, want %d: %v\n%s%s", exit, wantExit, err, stdout, stderr)
	}
	return r
}

func (p program) works(t *testing.T, when string) {
	t.Helper()
	if exit, stdout, stderr := p.run("check", "prod"); exit != exitDone {
		t.Fatalf("%s the connection does not work: exit code %d\n%s%s", when, exit, stdout, stderr)
	}
}

// The whole way of a generated ID: shown, put on the role beside the old one,
// tested, saved, the old one taken out. The connection works all the time, and
// the changes that waited in its draft are still there.
func TestRotatingAGeneratedID(t *testing.T) {
	full := onSandbox(t, "microcms")
	p := program{home: t.TempDir()}
	st := p.app().store
	waiting := full
	waiting.Notes = "not saved yet"
	for _, err := range []error{
		st.Save(store.Connection{Name: "prod", Settings: full}),
		st.SaveDraft(store.Draft{Name: "prod", Settings: waiting, Step: "place", Edit: true}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}

	first := p.rotate(t, exitFailed, "--generate-external-id")
	again := p.rotate(t, exitFailed, "--generate-external-id")
	if first.ExternalID == "" || first.ExternalID == full.ExternalID || again.ExternalID != first.ExternalID {
		t.Fatalf("the IDs are %q and %q, the old one is %q", first.ExternalID, again.ExternalID, full.ExternalID)
	}
	if p.saved(t) != full {
		t.Errorf("saved before the role trusts it: %+v", p.saved(t))
	}
	p.works(t, "before the change-over")

	trustAs(t, first.TrustPolicy)
	p.works(t, "with both IDs on the role")
	done := p.rotate(t, exitDone, "--generate-external-id")
	want := full
	want.ExternalID = first.ExternalID
	if !done.Saved || p.saved(t) != want || len(done.Next) == 0 {
		t.Errorf("saved %v: %+v\nnext %q", done.Saved, p.saved(t), done.Next)
	}
	waiting.ExternalID = first.ExternalID
	if d, err := st.LoadDraft("prod"); err != nil || d.Settings != waiting || d.Step != "place" {
		t.Errorf("the draft is %+v, %v", d, err)
	}

	// What is said to print the final policy does.
	exit, final, stderr := p.run("policy", "trust", "prod")
	if exit != exitDone {
		t.Fatal(stderr)
	}
	trustAs(t, json.RawMessage(final))
	p.works(t, "without the old ID")
	old := full
	if err := st.Save(store.Connection{Name: "old", Settings: old}); err != nil {
		t.Fatal(err)
	}
	if exit, _, _ := p.run("check", "old"); exit != exitFailed {
		t.Errorf("with the old ID the test ends with %d", exit)
	}
}

// A rotation that cannot be saved, since somebody changed the connection while
// it was tested, leaves both as they are.
func TestRotatingAfterAnotherChange(t *testing.T) {
	full := onSandbox(t, "microcms")
	p := program{home: t.TempDir()}
	a := p.app()
	if err := a.store.Save(store.Connection{Name: "prod", Settings: full}); err != nil {
		t.Fatal(err)
	}
	loaded, err := a.store.Load("prod")
	if err != nil {
		t.Fatal(err)
	}
	if exit, _, stderr := p.run("connection", "edit", "prod", "--notes", "theirs"); exit != exitDone {
		t.Fatal(stderr)
	}
	a.flags.json = true
	r := &rotation{app: a, saved: loaded, settings: loaded.Settings}
	r.settings.ExternalID = full.ExternalID + "x"
	r.changes = wizard.Diff(loaded.Settings, r.settings)
	trusting := wizard.Settings{ExternalID: r.settings.ExternalID, TrustedPrincipal: "123456789012"}
	doc, errs := wizard.PolicyDocument(trusting, wizard.DocumentTrust, false)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	data, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	trustAs(t, data)
	err = r.run(t.Context())
	if f, ok := err.(*failure); !ok || f.code != "changed_meanwhile" { //nolint:errorlint // returned bare
		t.Errorf("%v, want changed_meanwhile", err)
	}
	if got := p.saved(t); got.Notes != "theirs" || got.ExternalID != full.ExternalID {
		t.Errorf("saved %+v", got)
	}
}
