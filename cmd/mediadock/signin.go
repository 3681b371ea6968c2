package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/text"
)

func (a *app) signinCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "signin [PROFILE]",
		Args: cobra.MaximumNArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error {
			profile := a.flags.awsProfile
			if len(args) > 0 {
				profile = args[0]
			}
			return a.runSignIn(cmd.Context(), profile)
		}),
	}
}

// signedIn is what signin --json prints.
type signedIn struct {
	Profile string `json:"profile"`
	Account string `json:"account"`
	ARN     string `json:"arn"`
}

func (a *app) runSignIn(ctx context.Context, profile string) error {
	err := a.signIn(ctx, profile, func(p connect.SignInPage) {
		a.tell(a.text.Say("caller.signin-open", map[string]string{"url": p.URL}))
		a.tell(a.text.Say("caller.signin-other", map[string]string{"short": p.Short, "code": p.Code, "until": p.Expires.Local().Format(time.TimeOnly)}))
	})
	if err != nil {
		return err
	}
	found, _ := connect.FindProfile(profile)
	a.flags.awsProfile = found.Name
	id, err := a.identity(ctx)
	if err != nil {
		return a.callerFailure(ctx, err)
	}
	if a.flags.json {
		return writeJSON(a.io.out, signedIn{Profile: found.Name, Account: id.account, ARN: id.arn}, false)
	}
	a.show(a.text.Say("caller.signin-done", map[string]string{"name": callerName(id.arn), "account": id.account, "profile": found.Name}))
	return nil
}

// callerFailure says why AWS does not know the caller.
func (a *app) callerFailure(ctx context.Context, err error) error {
	var f *failure
	if ctx.Err() != nil || errors.As(err, &f) {
		return err
	}
	out := couldNot("aws_config", nil, err)
	out.causes = diagnose.Diagnose(connect.EvidenceOf(err, "sts:GetCallerIdentity"), a.factsOfCaller(diagnose.Facts{}))
	if code, ok := callerCode(out.causes); ok {
		out.code = code
	}
	return out
}

// signIn signs in for a profile, empty being the default one, and has the
// program use what came of it.
func (a *app) signIn(ctx context.Context, profile string, show func(connect.SignInPage)) error {
	a.sourceMu.Lock()
	o, err := a.connectOptions(profile)
	a.sourceMu.Unlock()
	if err != nil {
		return err
	}
	if err := connect.SignIn(ctx, profile, o, show); err != nil {
		return a.signInFailure(err)
	}
	a.sourceMu.Lock()
	defer a.sourceMu.Unlock()
	if a.src != nil {
		a.src.Renew()
	}
	for _, src := range a.keys {
		src.Renew()
	}
	return nil
}

// signInFailure says why nobody is signed in, and what to do.
func (a *app) signInFailure(err error) error {
	var e *connect.SignInError
	if !errors.As(err, &e) {
		return err // cancelled
	}
	args := map[string]string{
		"profile": text.Safe(e.Profile), "url": text.Safe(e.SSO.StartURL), "region": text.Safe(e.SSO.Region), "session": text.Safe(e.SSO.Session),
	}
	f := &failure{exit: exitCouldNot, code: "caller.signin-" + e.Kind, args: args, err: e.Err}
	switch e.Kind {
	case connect.SignInBroken:
		return a.brokenProfile(connect.Profile{Name: e.Profile, Broken: e.Broken}, e)
	case connect.SignInRefused, connect.SignInExpired:
		f.exit = exitFailed
	case connect.SignInFailed:
		f.causes = diagnose.Diagnose(connect.EvidenceOf(e.Err, "sso-oidc:CreateToken"), diagnose.Facts{Region: e.SSO.Region})
	}
	return f
}
