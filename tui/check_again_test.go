package tui_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/wizard"
)

// denied is a test in which uploading is refused, and with it what needs it.
func denied(s wizard.Settings) []awscheck.Result {
	rows := tuitest.AllPass(s)
	for i := range rows {
		switch {
		case rows[i].ID == "object.put":
			rows[i] = awscheck.Result{ID: "object.put", Status: awscheck.Fail, Reason: "result.object.put.fail", Args: diagnose.Args{"dir": "media/"},
				Causes: []diagnose.Cause{diagnose.Because("put-denied", diagnose.Likely, diagnose.Facts{Bucket: s.Bucket, RoleARN: s.RoleARN})}}
		case strings.HasPrefix(rows[i].ID, "object."):
			rows[i] = awscheck.Result{ID: rows[i].ID, Status: awscheck.Skip, Reason: "result.skip.needs", Args: diagnose.Args{"need": "object.put"}}
		}
	}
	return rows
}

// While AWS is being mended a person tests the one row again, and sees it
// turn; the whole is tested once nothing is left to mend.
func TestARowIsTestedAgainWithWhatDependsOnIt(t *testing.T) {
	w := busy()
	w.Rows = denied
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 100, 40)
	d.See("No test file can be uploaded to media/")
	d.Press("enter")
	d.See("r test this again")
	d.Press("end")
	d.See("mediadock check prod --only object.put")
	d.Press("r")
	d.Settle()
	d.See("No test file can be uploaded to media/", "How to mend it")
	if got := w.LastAsked().Only; !slices.Contains(got, "object.put") || !slices.Contains(got, "object.delete") || slices.Contains(got, "bucket.list") {
		t.Errorf("tested again: %v", got)
	}
	if n, _ := w.Counts(); n != 2 {
		t.Errorf("%d tests", n)
	}
	w.Rows = tuitest.AllPass
	d.Press("r")
	d.See("Everything works")
	if n, _ := w.Counts(); n != 4 || w.LastAsked().Only != nil {
		t.Errorf("%d tests, the last of %v", n, w.LastAsked().Only)
	}
}

func TestTheOthersStayWhileARowIsTestedAgain(t *testing.T) {
	w := busy()
	w.Rows = denied
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 100, 40)
	d.Press("enter")
	w.Gate = make(chan struct{})
	d.Press("r")
	d.See("asking AWS")
	d.NotSee("How to mend it")
	d.Press("esc")
	d.See("✓ List") // nothing of the rest is lost
}

func TestARoleThatMayBeNewIsWaitedForOnlyWhenAsked(t *testing.T) {
	w := busy()
	w.Rows = tuitest.RoleFails
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 120, 40)
	d.See("waits and tries again", "t wait for it")
	if w.LastAsked().Wait != 0 {
		t.Error("a test waits unasked")
	}
	d.Press("t")
	d.Settle()
	if got := w.LastAsked(); got.Wait != time.Minute || !slices.Contains(got.Only, "role.assume") {
		t.Errorf("asked for %+v", got)
	}
	// A refusal that waiting does not mend offers none.
	w.Rows = denied
	d.Press("r")
	d.Settle()
	d.See("can be uploaded")
	d.NotSee("t wait")
}

func TestTheOwnersSideIsAskedForWithAProfile(t *testing.T) {
	w := busy()
	w.Rows = tuitest.RoleFails
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 120, 40)
	d.See("With the owner's credentials (o)")
	d.Press("o")
	d.See("The owner's side", "AWS profile", "Nothing is changed")
	d.Type("bucket-admin")
	d.Press("enter")
	d.Settle()
	if got := w.LastAsked(); got.Owner == nil || got.Owner.Profile != "bucket-admin" || got.Only != nil {
		t.Errorf("asked for %+v", got)
	}
	d.NotSee("With the owner's credentials (o)", "o owner's side")
	d.Press("r")
	d.Settle()
	if w.LastAsked().Owner == nil {
		t.Error("the owner's side was dropped")
	}
	d.Press("enter", "r")
	d.Settle()
	if got := w.LastAsked().Only; !slices.Contains(got, "role.assume") || !slices.Contains(got, "owner.trust") {
		t.Errorf("one row is tested again without the owner's side: %v", got)
	}
	// Leaving the question asks nobody.
	d = start(t, busy(), tui.Options{Start: tui.StartCheck, Connection: "prod"}, 120, 40)
	d.Press("o", "esc")
	d.See("Everything works")
}

// Where the clipboard does not arrive, the text can be selected as it is.
func TestAPolicyIsPrintedPlain(t *testing.T) {
	w := busy()
	d := failedPage(t, w, 80, 24)
	d.Press("v")
	d.Settle()
	if len(d.Printed) != 1 {
		t.Fatalf("printed %q", d.Printed)
	}
	for _, line := range []string{`"Version": "2012-10-17"`, "aws iam get-role --role-name MediaRole --query Role.AssumeRolePolicyDocument\n"} {
		if !strings.Contains(d.Printed[0], line) {
			t.Errorf("%s is not in\n%s", line, d.Printed[0])
		}
	}
	d.See("How to mend it")
}

func TestAMergedPolicyIsShownBesideTheOneThatIs(t *testing.T) {
	w := busy()
	before := json.RawMessage(`{"Version":"2012-10-17","Statement":[{"Sid":"Theirs","Effect":"Deny"}]}`)
	after := json.RawMessage(`{"Version":"2012-10-17","Statement":[{"Sid":"Theirs","Effect":"Deny"},{"Sid":"Ours","Effect":"Allow"}]}`)
	c := diagnose.Because("bucket-policy-missing", diagnose.Certain, diagnose.Facts{Bucket: "alpha-prod-assets"})
	c.Fixes[0].Before, c.Fixes[0].Document = before, after
	w.Rows = rowsOf(awscheck.Result{ID: "delivery.url", Status: awscheck.Fail, Causes: []diagnose.Cause{c}})
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 100, 60)
	d.Press("enter")
	d.See(`+       "Sid": "Ours",`, `        "Sid": "Theirs",`)
	d.NotSee(`-       "Sid": "Theirs",`)
}

// Where a policy names another folder, the two ARNs stand beside each other
// and the difference is marked, not only by colour.
func TestTheRefusedARNStandsBesideTheGrantedOne(t *testing.T) {
	w := busy()
	ev := diagnose.Evidence{Operation: "s3:PutObject", HTTPStatus: 403, Code: "AccessDenied",
		Message: `User: arn:aws:sts::123456789012:assumed-role/MediaRole/s is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::alpha-prod-assets/media/.mediadock/01J.txt" because no identity-based policy allows the s3:PutObject action`}
	causes := diagnose.Diagnose(ev, diagnose.Facts{Bucket: "alpha-prod-assets", Prefix: "media", RoleARN: "arn:aws:iam::123456789012:role/MediaRole",
		Granted: "arn:aws:s3:::alpha-prod-assets/Media/*"})
	w.Rows = rowsOf(awscheck.Result{ID: "object.put", Status: awscheck.Fail, Causes: causes})
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 100, 60)
	d.Press("enter")
	d.See("asked for  arn:aws:s3:::alpha-prod-assets/media/.mediadock/01J.txt", "allowed    arn:aws:s3:::alpha-prod-assets/Media/*")
	lines := strings.Split(d.Grid(), "\n")
	for i, l := range lines {
		if strings.Contains(l, "asked for  arn") {
			at := strings.Index(l, "media/.mediadock")
			if got := strings.Index(lines[i+1], "^"); got != at {
				t.Errorf("the mark is at %d, want %d:\n%s\n%s", got, at, l, lines[i+1])
			}
		}
	}
	d.Resize(40, 12)
	d.Press("end", "home")
	d.Fits()
}

// imgix deploys for minutes where AWS needs one: what is offered says so, and
// waits as long as the command that the fix names.
func TestASourceThatIsDeployedIsWaitedForLonger(t *testing.T) {
	w := busy()
	w.Rows = func(s wizard.Settings) []awscheck.Result {
		return append(tuitest.AllPass(s), awscheck.Result{ID: "imgix.delivery", Status: awscheck.Warn, Reason: "result.imgix.delivery.not-found",
			Args:   diagnose.Args{"url": "https://alpha-prod.imgix.net/a.png", "status": "404"},
			Causes: []diagnose.Cause{diagnose.Because("imgix-queued", diagnose.Likely, diagnose.Facts{Bucket: s.Bucket})}})
	}
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 120, 40)
	d.See("imgix deploys for some minutes: t waits")
	d.NotSee("Changes in AWS")
	w.Gate = make(chan struct{})
	d.Press("t")
	d.See("until imgix has deployed the source, for up to 5 minutes")
	close(w.Gate)
	d.Settle()
	if got := w.LastAsked(); got.Wait != 5*time.Minute {
		t.Errorf("asked for %+v", got)
	}
}
