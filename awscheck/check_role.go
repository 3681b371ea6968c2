package awscheck

import (
	"cmp"
	"context"
	"crypto/rand"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

func roleAssume(ctx context.Context, x *test) outcome {
	if !x.target.roleAccess() {
		return moot("caller-access", nil)
	}
	var assumed connect.Assumed
	var err error
	waited, _ := x.insist(ctx, func() bool {
		assumed, err = x.source.Session(x.target.place()).Assume(ctx)
		// Only a refusal can be one that has not arrived everywhere yet.
		return err == nil || !connect.EvidenceOf(err, "sts:AssumeRole").Refused()
	})
	if err != nil {
		ev := connect.EvidenceOf(err, "sts:AssumeRole")
		if cannotAnswer(ev) {
			return outcome{status: Inconclusive, what: "unsupported", shut: true}
		}
		return refusal("fail", diagnose.Args{"role": x.target.RoleARN}, err, "sts:AssumeRole")
	}
	args := diagnose.Args{"role": arnName(x.target.RoleARN), "session": assumed.ARN}
	var notes []diagnose.Note
	if waited > 0 {
		notes = append(notes, note("propagated", diagnose.Args{"seconds": seconds(waited)}))
	}
	if assumed.Elsewhere != "" {
		notes = append(notes, note("sts-elsewhere", diagnose.Args{"region": x.target.Region, "actual": assumed.Elsewhere}))
		x.mu.Lock()
		x.stsRegion = assumed.Elsewhere
		x.mu.Unlock()
	}
	return pass("pass", args, notes...)
}

// insist tries until try is content or Options.Wait is over, and tells how
// long it waited. Each further try is announced.
func (x *test) insist(ctx context.Context, try func() bool) (waited time.Duration, content bool) {
	started := x.now()
	for pause := 2 * time.Second; ; pause = min(2*pause, 15*time.Second) {
		if try() {
			return waited, true
		}
		left := x.options.Wait - x.now().Sub(started)
		if left <= 0 || ctx.Err() != nil {
			return waited, false
		}
		announce(ctx, "waiting", diagnose.Args{"seconds": seconds(left)})
		if x.sleep(ctx, min(pause, left)) != nil {
			return waited, false
		}
		waited = x.now().Sub(started)
	}
}

func seconds(d time.Duration) string { return strconv.Itoa(int(d.Round(time.Second) / time.Second)) }

// denyAll makes the credentials of a role that should have refused useless.
const denyAll = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}`

// attempt is an AssumeRole that must be refused.
type attempt struct {
	kind string // "none", "random", "appended", "shortened", "case"
	id   string
}

// attempts are what a role that requires id has to refuse.
func attempts(id string) []attempt {
	all := []attempt{{kind: "none"}, {kind: "random", id: "mediadock-" + rand.Text()}}
	if id == "" {
		return all
	}
	const longest, shortest = 1224, 2
	if len(id) < longest {
		all = append(all, attempt{"appended", id + "x"})
	}
	if len(id) > shortest {
		all = append(all, attempt{"shortened", id[:len(id)-1]})
	}
	if other := swapCase(id); other != id {
		all = append(all, attempt{"case", other})
	}
	return all
}

func swapCase(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, s)
}

// verdicts on an attempt.
const (
	attemptRefused = iota
	attemptAccepted
	attemptUnclear
)

// roleRequiresExternalID tries the role without the right external ID, all
// attempts at once. It runs only after the right one has succeeded: before, a
// refusal would prove nothing.
func roleRequiresExternalID(ctx context.Context, x *test) outcome {
	if !x.target.roleAccess() {
		return moot("caller-access", nil)
	}
	all := attempts(x.target.ExternalID)
	verdicts := make([]int, len(all))
	var work []func()
	for i, a := range all {
		work = append(work, func() { verdicts[i] = x.attempt(ctx, a) })
	}
	together(work...)

	accepted, unclear := map[string]bool{}, 0
	var notes []diagnose.Note
	for i, a := range all {
		switch verdicts[i] {
		case attemptAccepted:
			accepted[a.kind] = true
			notes = append(notes, note("accepted-"+a.kind, nil))
		case attemptUnclear:
			unclear++
		}
	}
	args := diagnose.Args{"count": strconv.Itoa(len(all)), "unclear": strconv.Itoa(unclear)}
	if len(accepted) > 0 {
		o := failed("fail", args, doorCauses(x.known(), accepted, x.target.ExternalID == ""))
		o.notes = notes
		return o
	}
	if unclear > 0 {
		return inconclusive("inconclusive", args)
	}
	return pass("pass", args)
}

// doorCauses tells by the kinds of attempt that got in what the trust policy
// lacks. One that takes a random ID takes any; beside that nothing else is
// worth saying.
func doorCauses(f diagnose.Facts, accepted map[string]bool, noID bool) []diagnose.Cause {
	if accepted["random"] || noID && accepted["none"] {
		return []diagnose.Cause{diagnose.Because("external-id-not-required", diagnose.Certain, f)}
	}
	var causes []diagnose.Cause
	if accepted["none"] {
		causes = append(causes, diagnose.Because("external-id-optional", diagnose.Certain, f))
	}
	var near []string
	for _, kind := range []string{"appended", "shortened", "case"} {
		if accepted[kind] {
			near = append(near, kind)
		}
	}
	if near != nil {
		causes = append(causes, diagnose.Because("external-id-wildcard", diagnose.Certain, f,
			diagnose.Args{"what": strings.Join(near, ", ")}))
	}
	return causes
}

// attempt tries to assume the role and drops what it gets.
func (x *test) attempt(ctx context.Context, a attempt) int {
	in := &sts.AssumeRoleInput{
		RoleArn:         aws.String(x.target.RoleARN),
		RoleSessionName: aws.String(connect.SessionName + "-external-id-check"),
		DurationSeconds: aws.Int32(900),
		Policy:          aws.String(denyAll),
	}
	if a.id != "" {
		in.ExternalId = aws.String(a.id)
	}
	_, err := x.source.STS(cmp.Or(x.stsRegion, x.target.Region)).AssumeRole(connect.WithSecret(ctx, a.id), in)
	if err == nil {
		return attemptAccepted
	}
	if connect.EvidenceOf(err, "sts:AssumeRole").Refused() {
		return attemptRefused
	}
	return attemptUnclear
}
