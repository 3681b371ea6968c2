package awscheck

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

func settingsValid(_ context.Context, x *test) outcome {
	if len(x.target.Invalid) > 0 {
		return outcome{status: Fail, what: "invalid", args: diagnose.Args{"codes": strings.Join(x.target.Invalid, ", ")}}
	}
	if x.s3 == nil || x.target.roleAccess() && x.target.RoleARN == "" {
		return outcome{status: Fail, what: "incomplete"}
	}
	return pass("pass", nil)
}

func callerIdentity(ctx context.Context, x *test) outcome {
	ctx, trace := connect.Observe(ctx)
	out, elsewhere, err := x.source.WhoAmI(ctx, x.target.Region)
	if err != nil {
		if cannotAnswer(connect.EvidenceOf(err, "sts:GetCallerIdentity")) {
			return moot("unsupported", nil)
		}
		x.learnOfCaller(ctx, err)
		return refusal("fail", nil, err, "sts:GetCallerIdentity")
	}
	arn, account := aws.ToString(out.Arn), aws.ToString(out.Account)
	x.learn(func(f *diagnose.Facts) { f.CallerARN, f.CallerAccount = arn, account })
	notes := skewNotes(trace, x.known())
	if elsewhere != "" {
		notes = append(notes, note("sts-elsewhere", diagnose.Args{"region": x.target.Region, "actual": elsewhere}))
	}
	if x.target.roleAccess() && anotherThan(x.target.TrustedPrincipal, arn, account) {
		notes = append(notes, note("caller-is-another", diagnose.Args{"principal": x.target.TrustedPrincipal}))
	}
	what, profile := foundAs(x.source.Found())
	return pass(what, diagnose.Args{"arn": arn, "account": account, "name": callerName(arn), "profile": profile}, notes...)
}

// foundAs is the text that also says where the caller's credentials come from.
func foundAs(f connect.Found) (what, profile string) {
	switch f.Kind {
	case connect.FoundProfile, connect.FoundSSO, connect.FoundLogin, connect.FoundProcess, connect.FoundRole, connect.FoundKeyring:
		return "pass-" + f.Kind, cmp.Or(f.Profile, "default")
	case connect.FoundEnvironment, connect.FoundWebIdentity, connect.FoundContainer, connect.FoundInstance:
		return "pass-" + f.Kind, f.Profile
	}
	return "pass", f.Profile
}

// learnOfCaller finds out what tells the causes of an unknown caller apart.
func (x *test) learnOfCaller(ctx context.Context, err error) {
	var elsewhere diagnose.Lookup
	if connect.EvidenceOf(err, "sts:GetCallerIdentity").Network == "dns" {
		elsewhere = x.source.Elsewhere(ctx, x.target.Region)
	}
	id, _ := x.source.Identity(ctx) // who has no credentials has no key either
	const kind = len("AKIA")
	x.learn(func(f *diagnose.Facts) {
		f.Elsewhere = elsewhere
		f.AccessKeyID = id[:min(kind, len(id))]
		f.Profile, f.Found = x.source.Found().Profile, x.source.Found().Kind
	})
}

// skewWorthMention is a wrong clock that another program may fail with: AWS
// allows fifteen minutes.
const skewWorthMention = 5 * time.Minute

// skewNotes tells of a wrong clock, as the answers' dates show it. The SDK
// corrects for it; what else signs on this computer may not be so kind.
func skewNotes(trace *connect.Trace, f diagnose.Facts) []diagnose.Note {
	for _, ev := range trace.Exchanges() {
		if ev.Skew.Abs() < skewWorthMention {
			continue
		}
		late := diagnose.Evidence{Operation: ev.Operation, HTTPStatus: 403, Code: "RequestTimeTooSkewed", Skew: ev.Skew}
		for _, c := range diagnose.Diagnose(late, f) {
			if c.ID == "clock-skew" {
				return []diagnose.Note{note("clock-skew", diagnose.Args{"offset": c.Args["offset"]})}
			}
		}
	}
	return nil
}

// cannotAnswer tells an endpoint that does not know the operation from one
// that refuses it.
func cannotAnswer(ev diagnose.Evidence) bool {
	switch ev.Code {
	case "InvalidAction", "UnknownAction", "UnknownOperation", "UnknownOperationException", "NotImplemented":
		return true
	}
	return ev.HTTPStatus == 405 || ev.HTTPStatus == 501 || ev.HTTPStatus >= 400 && reNoSuchAction.MatchString(ev.Message)
}

// Other makers' endpoints say in words what AWS's say in codes.
var reNoSuchAction = lazyregexp.New(`(?i)(?:unsupported|unknown|invalid) (?:action|operation)|could not find operation|operation .* not (?:supported|implemented)`)

// callerName is what a person recognises: the user, who holds the session, or
// the role of a session that this program named.
func callerName(arn string) string {
	if role, ok := strings.CutSuffix(arn, "/"+connect.SessionName); ok && strings.Contains(arn, ":assumed-role/") {
		return arnName(role)
	}
	return arnName(arn)
}

// arnName is the last part of an ARN: the user's or the session's name.
func arnName(arn string) string {
	i := strings.LastIndexAny(arn, "/:")
	return arn[i+1:]
}
