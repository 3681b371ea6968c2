package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/tui/text"
)

// watched is an account that changes while it is watched: one report a pass.
type watched struct {
	t      *testing.T
	passes [][]string // rows as "id status"
	only   [][]string
	pauses []time.Duration
	stop   func()
}

func tested(rows ...string) awscheck.Report {
	r := awscheck.Report{Verdict: awscheck.Ready}
	for _, row := range rows {
		id, status, _ := strings.Cut(row, " ")
		r.Results = append(r.Results, awscheck.Result{ID: id, Status: awscheck.Status(status), Reason: "result." + id + "." + status, Args: map[string]string{"": id + " is " + status}})
		if status == "fail" {
			r.Verdict = awscheck.Failed
		}
	}
	return r
}

func (w *watched) again(_ context.Context, only []string) (awscheck.Report, error) {
	if len(w.passes) == 0 {
		w.t.Fatalf("tested once more than expected: %v", only)
	}
	rows := w.passes[0]
	w.passes, w.only = w.passes[1:], append(w.only, only)
	return tested(rows...), nil
}

func (w *watched) wait(ctx context.Context, d time.Duration) error {
	w.pauses = append(w.pauses, d)
	if len(w.passes) == 0 && w.stop != nil {
		w.stop()
	}
	return ctx.Err()
}

func (w *watched) watch(ctx context.Context, view watchView, first ...string) (awscheck.Report, error) {
	return (&watcher{again: w.again, wait: w.wait, view: view, failing: awscheck.Report.Failing}).watch(ctx, tested(first...))
}

func screenApp(tty bool) (*app, *bytes.Buffer, *bytes.Buffer) {
	var out, errs bytes.Buffer
	return &app{io: streams{out: &out, err: &errs, outTTY: tty, width: 60, getenv: func(string) string { return "" }}, text: text.For("en")}, &out, &errs
}

func noon() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

func TestWatchRerunsWhatFailedAndThenEverything(t *testing.T) {
	a, out, errs := screenApp(false)
	w := &watched{t: t, passes: [][]string{
		{"delivery.url fail"},
		{"delivery.url fail"},
		{"delivery.url pass", "delivery.cache pass"},
		{"object.put fail", "delivery.url pass"}, // the whole test: another row broke meanwhile
		{"object.put pass", "delivery.url pass"},
		{"object.put pass", "delivery.url pass", "delivery.cache pass"},
	}}
	r, err := w.watch(context.Background(), &watchLines{app: a, now: noon}, "object.put pass", "delivery.url fail", "delivery.cache skip")
	if err != nil || r.Verdict != awscheck.Ready || len(w.passes) != 0 {
		t.Fatalf("%v, verdict %s, %d passes left", err, r.Verdict, len(w.passes))
	}
	if want := []string{"delivery.url", "delivery.cache", "delivery.stale"}; !slices.Equal(w.only[0], want) {
		t.Errorf("tested again %v, want %v", w.only[0], want)
	}
	if w.only[3] != nil || w.only[5] != nil {
		t.Errorf("the last test was of a part: %v", w.only)
	}
	if !slices.Contains(w.only[4], "object.put") {
		t.Errorf("what broke meanwhile is not tested again: %v", w.only[4])
	}
	s := time.Second
	if want := []time.Duration{5 * s, 7500 * time.Millisecond, 11250 * time.Millisecond, 5 * s}; !slices.Equal(w.pauses, want) {
		t.Errorf("pauses %v, want %v", w.pauses, want)
	}
	for _, want := range []string{"12:00:00  ✓ delivery.url: passed. delivery.url is pass", "12:00:00  ✗ object.put: failed"} {
		if strings.Count(out.String(), want) != 1 {
			t.Errorf("want once %q in\n%s", want, out)
		}
	}
	if !strings.Contains(errs.String(), "Testing again in 5 s.") || strings.Contains(out.String(), "Testing again") {
		t.Errorf("the pause is not told on stderr:\n%s", errs)
	}
}

func TestWatchWaitsNoLongerThanHalfAMinute(t *testing.T) {
	a, _, _ := screenApp(false)
	ctx, stop := context.WithCancel(context.Background())
	w := &watched{t: t, stop: stop}
	for range 9 {
		w.passes = append(w.passes, []string{"delivery.url fail"})
	}
	if _, err := w.watch(ctx, &watchLines{app: a, now: noon}, "delivery.url fail"); !errors.Is(err, context.Canceled) {
		t.Errorf("Ctrl-C ends in %v", err)
	}
	if last := w.pauses[len(w.pauses)-1]; last != watchMost {
		t.Errorf("the last pause is %s", last)
	}
}

func TestWatchRedrawsATerminal(t *testing.T) {
	a, out, _ := screenApp(true)
	w := &watched{t: t, passes: [][]string{{"delivery.url pass"}, {"delivery.url pass", "bucket.list pass"}}}
	if _, err := w.watch(context.Background(), &watchBlock{app: a, now: noon, width: 60}, "bucket.list pass", "delivery.url fail"); err != nil {
		t.Fatal(err)
	}
	s := out.String()
	if strings.Count(s, "\x1b[2A\r\x1b[J") != strings.Count(s, "delivery.url:")-1 {
		t.Errorf("not every drawing takes back the one before:\n%q", s)
	}
	for _, l := range strings.Split(s, "\n") {
		l = strings.TrimPrefix(l, "\x1b[2A\r\x1b[J")
		if n := len([]rune(l)); n >= 60 {
			t.Errorf("%d columns: %q", n, l)
		}
	}
}

func TestWatchWithJSONKeepsStdoutForTheReport(t *testing.T) {
	a, out, errs := screenApp(true)
	a.flags.json = true
	w := &watched{t: t, passes: [][]string{{"delivery.url pass"}, {"delivery.url pass"}}}
	if _, err := w.watch(context.Background(), a.watchView(), "delivery.url fail"); err != nil {
		t.Fatal(err)
	}
	if out.Len() > 0 || !strings.Contains(errs.String(), "✓ delivery.url") {
		t.Errorf("stdout %q, stderr %q", out, errs)
	}
}

func TestWatchEndsWhenATestCannotRun(t *testing.T) {
	a, _, _ := screenApp(false)
	broken := fmt.Errorf("no disk")
	w := &watcher{failing: awscheck.Report.Failing, view: &watchLines{app: a, now: noon},
		wait:  func(context.Context, time.Duration) error { return nil },
		again: func(context.Context, []string) (awscheck.Report, error) { return awscheck.Report{}, broken },
	}
	if _, err := w.watch(context.Background(), tested("delivery.url fail")); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

// A connection is watched while somebody else mends the role, and nothing of
// it stays in the bucket.
func TestWatchUntilTheRoleIsMended(t *testing.T) {
	acct, meta, err := account.Scenario("put-denied")
	if err != nil {
		t.Fatal(err)
	}
	box, err := sandbox.Start(t.Context(), sandbox.Options{Account: acct, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	src := connect.FromParts(connect.Parts{
		Endpoint: box.Endpoint(), Region: "ap-northeast-1", Proxy: box.ProxyURL(), RootCAs: box.RootCAs(),
		AccessKeyID: acct.Callers[0].AccessKeyID, SecretAccessKey: acct.Callers[0].SecretAccessKey, MaxBackoff: time.Millisecond,
	})
	defer src.Close()
	s := meta.Settings
	a, out, _ := screenApp(false)
	tr := &tester{app: a, target: awscheck.Target{
		Integration: "microcms", Access: "role", Bucket: s["bucket"], Region: s["region"], RoleARN: s["role_arn"], ExternalID: s["external_id"], Prefix: s["prefix"],
	}, options: awscheck.Options{Source: src, LedgerDir: t.TempDir()}}
	first, err := tr.again(t.Context(), nil)
	if err != nil || first.Verdict != awscheck.Failed {
		t.Fatalf("%v, verdict %s", err, first.Verdict)
	}
	tries := 0
	w := &watcher{again: tr.again, view: a.watchView(), failing: awscheck.Report.Failing, wait: func(ctx context.Context, _ time.Duration) error {
		if tries++; tries < 2 {
			return ctx.Err()
		}
		_, err := src.IAM(s["region"]).PutRolePolicy(ctx, &iam.PutRolePolicyInput{
			RoleName: aws.String("MediaRole"), PolicyName: aws.String("mended"),
			PolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject"],"Resource":"arn:aws:s3:::` + s["bucket"] + `/` + s["prefix"] + `/*"}]}`),
		})
		return err
	}}
	r, err := w.watch(t.Context(), first)
	if err != nil || r.Verdict != awscheck.Ready || r.Partial || r.LeftBehind != 0 {
		t.Errorf("%v, verdict %s, partial %v, %d left behind\n%s", err, r.Verdict, r.Partial, r.LeftBehind, out)
	}
	if tries != 2 || !strings.Contains(out.String(), "✓ object.put: passed") || !strings.Contains(out.String(), "✓ delivery.url: passed") {
		t.Errorf("%d tries, told\n%s", tries, out)
	}
	// Stopped with Ctrl-C while it waits, it ends, as cancelled.
	ctx, stop := context.WithCancel(t.Context())
	w.wait = func(ctx context.Context, d time.Duration) error { stop(); return sleep(ctx, d) }
	if _, err := w.watch(ctx, first); err == nil || exitCode(ctx, err) != exitCancelled {
		t.Errorf("cancelled: %v", err)
	}
}
