package awscheck

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// The row tells which attempts got in, each by itself.
func TestAttemptsThatGotInAreNamed(t *testing.T) {
	all := []string{"accepted-none", "accepted-random", "accepted-appended", "accepted-shortened", "accepted-case"}
	for _, c := range []struct {
		condition string
		causes    []string
		notes     []string
	}{
		{"", []string{"external-id-not-required"}, all},
		{`, Condition: {StringLike: {"sts:ExternalId": "*"}}`, []string{"external-id-not-required"}, all[1:]},
		{`, Condition: {StringEqualsIfExists: {"sts:ExternalId": "md-7Q4kz2m9x1C8v5b3"}}`, []string{"external-id-optional"}, all[:1]},
		{`, Condition: {StringLikeIfExists: {"sts:ExternalId": "md-7Q4kz2m9x1C8v5b*"}}`,
			[]string{"external-id-optional", "external-id-wildcard"}, []string{all[0], all[2], all[3]}},
		{`, Condition: {StringLike: {"sts:ExternalId": "md-7Q4kz2m9x1C8v5b3*"}}`, []string{"external-id-wildcard"}, all[2:3]},
		{`, Condition: {StringEqualsIgnoreCase: {"sts:ExternalId": "md-7Q4kz2m9x1C8v5b3"}}`, []string{"external-id-wildcard"}, all[4:]},
	} {
		t.Run(c.condition, func(t *testing.T) {
			t.Parallel()
			w := start(t, edited(t, documentedAccount, []edit{{trustCondition, c.condition}}))
			r := rowOf(t, w.run(roleTarget(), Options{Only: []string{"role.requires-external-id"}}), "role.requires-external-id")
			var causes, notes []string
			for _, cause := range r.Causes {
				causes = append(causes, cause.ID)
			}
			for _, n := range r.Notes {
				notes = append(notes, n.ID)
			}
			if r.Status != Fail || !slices.Equal(causes, c.causes) || !slices.Equal(notes, c.notes) {
				t.Errorf("%s: %v %v, want %v %v", r.Status, causes, notes, c.causes, c.notes)
			}
		})
	}
}

// A refusal that may pass offers to wait; what waiting does not mend does not.
func TestMayWait(t *testing.T) {
	for name, c := range map[string]struct {
		edits  []edit
		faults string
		want   bool
	}{
		"a refusal":         {edits: []edit{{`AWS: "arn:aws:iam::123456789012:root"`, `AWS: "arn:aws:iam::999988887777:root"`}}, want: true},
		"a region switched": {faults: "faults:\n  - {service: sts, operation: AssumeRole, status: 403, code: RegionDisabledException}\n"},
		"an outage":         {faults: "faults:\n  - {service: sts, operation: AssumeRole, status: 500, code: InternalFailure}\n"},
	} {
		t.Run(name, func(t *testing.T) {
			w := start(t, edited(t, documentedAccount, c.edits)+c.faults)
			r := rowOf(t, w.run(roleTarget(), Options{Only: []string{"role.assume"}}), "role.assume")
			if r.Status != Fail || r.MayWait() != c.want {
				t.Errorf("may wait: %v, %s", r.MayWait(), describe(r))
			}
		})
	}
	passed := Result{Status: Pass, Causes: []diagnose.Cause{{ID: "propagating", Likelihood: diagnose.Possible}}}
	if passed.MayWait() {
		t.Error("what passed need not be waited for")
	}
}

// Nothing is tried again unasked, and only a refusal is waited out: not
// credentials that do not work.
func TestWhatIsWaitedFor(t *testing.T) {
	for _, c := range []struct {
		fault string
		wait  time.Duration
		tries int
	}{
		{"status: 403, code: AccessDenied", 0, 1},
		{"status: 403, code: AccessDenied", time.Minute, 8},
		{"status: 403, code: ExpiredToken", time.Minute, 1},
		{"status: 403, code: SignatureDoesNotMatch", time.Minute, 1},
		{"status: 400, code: ValidationError", time.Minute, 1},
	} {
		inBubble(t, documentedAccount+"faults:\n  - {service: sts, operation: AssumeRole, "+c.fault+"}\n", func(t *testing.T, b *bubble) {
			var announced []string
			r, err := Run(context.Background(), roleTarget(), Options{Source: b.source, LedgerDir: b.dir, Wait: c.wait, Only: []string{"role.assume"}}, func(e Event) {
				if e.Result.Status == Running && e.Result.Reason != "" {
					announced = append(announced, e.Result.Reason+" "+e.Result.Args["seconds"])
				}
			})
			tries := 0
			for _, q := range b.log.take() {
				if q.Operation == "AssumeRole" {
					tries++
				}
			}
			if err != nil || tries != c.tries || len(announced) != c.tries-1 {
				t.Errorf("%s, wait %s: %d tries, announced %v, %v", c.fault, c.wait, tries, announced, err)
			}
			if row := rowOf(t, r, "role.assume"); row.Status != Fail || row.Duration > c.wait {
				t.Errorf("%s after %s", row.Status, row.Duration)
			}
		})
	}
}

// The clock is twenty minutes off, this way or that: the SDK corrects it and
// the row says so. A role of another partition ends in a cause.
func TestClockAndPartition(t *testing.T) {
	for offset, says := range map[string]string{"20m": " (-20 min)", "-20m": " (+20 min)"} {
		w := start(t, documentedAccount+"clock_offset: "+offset+"\n")
		r := w.run(roleTarget(), Options{})
		identity := rowOf(t, r, "caller.identity")
		want{status: Pass, note: "clock-skew"}.check(t, identity)
		if r.Verdict != Ready || identity.Notes[0].Args["offset"] != says {
			t.Errorf("%s: %s, the clock is off by%s", offset, r.Verdict, identity.Notes[0].Args["offset"])
		}
	}
	w := start(t, documentedAccount)
	target := roleTarget()
	target.RoleARN = "arn:aws-cn:iam::123456789012:role/MediaRole"
	r := rowOf(t, w.run(target, Options{}), "role.assume")
	if r.Status != Fail || len(r.Causes) == 0 {
		t.Error(describe(r))
	}
}
