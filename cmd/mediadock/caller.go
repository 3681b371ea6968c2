package main

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// identityTime is how long AWS may take to say who the caller is.
const identityTime = 15 * time.Second

// identity is who the program runs as.
type identity struct{ account, arn string }

func (a *app) identity(ctx context.Context) (identity, error) {
	src, err := a.source(ctx)
	if err != nil {
		return identity{}, err
	}
	// The time that a person took is not the request's.
	ctx, cancel := connect.Unhurried(ctx)
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, identityTime)
	defer stop()
	out, _, err := src.WhoAmI(ctx, cmp.Or(src.Region(), "us-east-1")) // identities are the same everywhere
	if err != nil {
		return identity{}, err
	}
	return identity{account: aws.ToString(out.Account), arn: aws.ToString(out.Arn)}, nil
}

// callerAccount is the account that a role trusts unless the settings name
// another principal.
func (a *app) callerAccount(ctx context.Context) (string, error) {
	id, err := a.identity(ctx)
	return id.account, err
}

// callerName is what a person recognises in an ARN: the user, or of a
// session the role and who holds it.
func callerName(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 {
		return arn
	}
	resource := parts[5]
	if rest, ok := strings.CutPrefix(resource, "assumed-role/"); ok {
		return rest
	}
	return resource[strings.LastIndex(resource, "/")+1:]
}

func callerKind(arn string) string {
	switch {
	case strings.Contains(arn, ":assumed-role/AWSReservedSSO_"):
		return "sso"
	case strings.Contains(arn, ":assumed-role/"):
		return "role"
	case strings.HasSuffix(arn, ":root"):
		return "root"
	case strings.Contains(arn, ":user/"):
		return "user"
	default:
		return ""
	}
}

// profileInUse is the AWS profile that requests are made with; empty where
// credentials come from somewhere else.
func (a *app) profileInUse() string {
	a.sourceMu.Lock()
	defer a.sourceMu.Unlock()
	if a.flags.awsProfile != "" {
		return a.flags.awsProfile
	}
	if a.src == nil {
		return ""
	}
	switch found := a.src.Found(); found.Kind {
	case connect.FoundEnvironment, connect.FoundContainer, connect.FoundInstance, connect.FoundGiven:
		return ""
	default:
		return cmp.Or(found.Profile, connect.DefaultProfile())
	}
}

// brokenProfile says what is wrong with a profile's lines in AWS's files.
func (a *app) brokenProfile(p connect.Profile, err error) *failure {
	what := a.words().Say("caller.profile."+p.Broken.Code, p.Broken.Args)
	return couldNot("caller.profile-broken", map[string]string{"profile": p.Name, "what": what}, err)
}

// noProfile says that there is no profile of a name, and which there are.
func (a *app) noProfile(name string, err error) *failure {
	var names []string
	for _, p := range connect.Profiles() {
		names = append(names, p.Name)
	}
	f := couldNot("caller.no-profile", map[string]string{"profile": name, "names": strings.Join(names, ", ")}, err)
	if len(names) == 0 {
		f.code = "caller.no-profiles"
	}
	f.causes = configCauses(err, name)
	return f
}

// callerCodes are the failures of a command by what kept AWS from knowing, or
// taking, the caller.
var callerCodes = map[string]string{
	"no-credentials": "no_credentials", "credentials-expired": "no_credentials",
	"mfa-code-needed": "caller.mfa-needed", "mfa-code-wrong": "caller.mfa-refused", "mfa-device-wrong": "caller.mfa-refused",
	"process-missing": "caller.process", "process-failed": "caller.process", "process-slow": "caller.process", "process-expired": "caller.process",
	"sso-role-denied": "caller.role-refused", "profile-role-refused": "caller.role-refused",
}

// callerCode is the code of a failure that has nothing to do with what was
// asked for: there is no caller.
func callerCode(causes []diagnose.Cause) (string, bool) {
	if len(causes) == 0 {
		return "", false
	}
	code, ok := callerCodes[causes[0].ID] // the surest one
	return code, ok
}

// factsOfCaller adds to facts how the caller was found.
func (a *app) factsOfCaller(f diagnose.Facts) diagnose.Facts {
	a.sourceMu.Lock()
	defer a.sourceMu.Unlock()
	f.Profile = a.flags.awsProfile
	if a.src != nil {
		f.Found, f.Profile = a.src.Found().Kind, a.src.Found().Profile
	}
	return f
}
