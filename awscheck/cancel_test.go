package awscheck

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/racetest"
)

// everything names all live checks, those on request among them.
func everything() (ids []string) {
	for _, c := range ChecksOf("microcms") {
		if !c.Owner() {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// leavesNothing holds a run that was cut short to its promise: nothing is in
// the bucket, or it is written down.
func (b *bubble) leavesNothing(r Report, err error) {
	b.t.Helper()
	if err != nil && !errors.Is(err, context.Canceled) {
		b.t.Error(err)
	}
	for _, row := range r.Results {
		if row.Reason == skipCancelled && r.Verdict != NotRun {
			b.t.Errorf("%s, although %s was not looked at", r.Verdict, row.ID)
		}
		if row.Reason == "result.skip.bucket" {
			b.t.Errorf("%s: the end of the test is held against the bucket", row.ID)
		}
		if row.Status == Fail && err != nil {
			b.t.Errorf("the end of the test is held against the connection: %s", describe(row))
		}
	}
	left := b.remains()
	if len(left) != r.LeftBehind+r.HiddenVersions {
		b.t.Errorf("%d left and %d hidden are said, there are %v", r.LeftBehind, r.HiddenVersions, left)
	}
	if r.HiddenVersions > 0 {
		return
	}
	for _, key := range left {
		if !b.inLedger(key) {
			b.t.Errorf("%s is left and not in the ledger", key)
		}
	}
	if len(left) == 0 && len(adoptLeftBehindOnce(b.dir)) != 0 {
		b.t.Error("nothing is left, but the ledger names something")
	}
}

// adoptLeftBehindOnce reads what ledgers name, and lets go of them.
func adoptLeftBehindOnce(dir string) (marks []mark) {
	for _, a := range adoptLeftBehind(dir) {
		marks = append(marks, a.marks...)
		a.file.Release(false)
	}
	return marks
}

// Cancelled after any request has been carried out, before its answer can
// have arrived.
func TestCancelAfterAnyRequest(t *testing.T) {
	for _, c := range []struct {
		name, account string
		step          int
	}{
		{"", documentedAccount, 1},
		{", versions kept", edited(t, documentedAccount, []edit{{"    region: ap-northeast-1\n", "    region: ap-northeast-1\n    versioning: Enabled\n"}}), 5},
	} {
		if racetest.Fewer(t) {
			c.step *= 5 // each is a whole test
		}
		stopped := 0
		for n, more := 1, true; more; n += c.step {
			t.Run(fmt.Sprintf("request %d%s", n, c.name), func(t *testing.T) {
				inBubble(t, c.account, func(t *testing.T, b *bubble) {
					ctx, cancel := context.WithCancel(context.Background())
					defer cancel()
					b.log.after(n, cancel)
					r, err := Run(ctx, roleTarget(), Options{Source: b.source, LedgerDir: b.dir, Only: everything()}, nil)
					b.leavesNothing(r, err)
					if err != nil {
						stopped++
					}
					more = n < len(b.log.take())
				})
			})
		}
		if stopped < 30/c.step {
			t.Errorf("cancelled %d times only", stopped)
		}
	}
}

// Cancelled at any moment, while requests are on their way.
func TestCancelAtAnyMoment(t *testing.T) {
	for at, more := far/4, true; more; at += far / 2 {
		if at > wholeDeadline {
			t.Fatal("a test that is not cancelled never ends well")
		}
		t.Run(at.String(), func(t *testing.T) {
			inBubble(t, documentedAccount+farAway, func(t *testing.T, b *bubble) {
				ctx, cancel := context.WithCancel(context.Background())
				timer := time.AfterFunc(at, cancel)
				defer timer.Stop()
				started := time.Now()
				r, err := Run(ctx, roleTarget(), Options{Source: b.source, LedgerDir: b.dir, Only: everything()}, nil)
				b.leavesNothing(r, err)
				more = err != nil
				if took := time.Since(started) - at; err != nil && took > 8*far {
					t.Errorf("went on for %s", took)
				}
			})
		})
	}
}
