package awscheck

import (
	"errors"
	"slices"
	"testing"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

func TestCompareRowByRow(t *testing.T) {
	before := reportOf(joinTime, testAccount, "role.assume pass", "bucket.list fail", "object.put fail", "object.get warn", "object.copy pass", "object.delete fail", "delivery.url pass", "delivery.cache pass", "owner.role pass")
	after := reportOf(joinTime, testAccount, "role.assume fail", "bucket.list pass", "object.put fail", "object.get pass", "object.copy skip", "object.delete warn", "delivery.url pass", "delivery.cache pass", "delivery.stale pass", "owner.trust fail")
	cause := func(id string, l diagnose.Likelihood) []diagnose.Cause {
		return []diagnose.Cause{{ID: id, Likelihood: l}}
	}
	before.Results[2].Causes, after.Results[2].Causes = cause("put-denied", diagnose.Likely), cause("kms-denied", diagnose.Likely)
	after.Results[6].Causes = cause("put-denied", diagnose.RuledOut) // no cause in question
	after.Results[7].Notes = []diagnose.Note{{ID: "cdn-stale"}}
	c, err := Compare(before, after)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Change{
		"role.assume": Failing, "bucket.list": Fixed, "object.put": ChangedCause, "object.get": Fixed, "object.copy": ChangedState,
		"object.delete": ChangedState, "delivery.url": Unchanged, "delivery.cache": ChangedNotes, "delivery.stale": AddedRow,
		"owner.role": DroppedRow, "owner.trust": Failing,
	}
	if len(c.Rows) != len(want) {
		t.Errorf("%d rows, want %d", len(c.Rows), len(want))
	}
	for _, d := range c.Rows {
		if d.Change != want[d.ID] {
			t.Errorf("%s: %s, want %s", d.ID, d.Change, want[d.ID])
		}
	}
	say := func(id string, args map[string]string) string { return id + " " + args["row"] + args["count"] }
	if lines := c.Lines(say); lines[0] != "report.change.failing role.assume" || lines[len(lines)-1] != "report.change.unchanged 1" || len(lines) != 11 {
		t.Errorf("lines %q", lines)
	}
}

func TestCompareAfterARotation(t *testing.T) {
	target := roleTarget()
	target.RoleARN, target.ExternalID = testRole+"2", "md-another-external-id"
	c, err := Compare(Outline(roleTarget(), nil), Outline(target, nil))
	if err != nil || !slices.Equal(c.Settings, []string{"role_arn"}) {
		t.Errorf("%v %v", c.Settings, err)
	}
	target.Bucket = "beta"
	var other *OtherConnectionError
	if _, err := Compare(Outline(roleTarget(), nil), Outline(target, nil)); !errors.As(err, &other) || other.Field != "bucket" {
		t.Errorf("another bucket: %v", err)
	}
}
