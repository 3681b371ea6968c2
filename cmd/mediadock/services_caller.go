package main

import (
	"cmp"
	"context"
	"errors"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/tui"
)

func (s *services) Caller(ctx context.Context) (tui.Caller, error) {
	id, err := s.app.identity(ctx)
	if errors.Is(err, connect.ErrNoCredentials) {
		s.app.forgetSource() // AWS's files may hold some the next time
	}
	if err != nil {
		return tui.Caller{}, err
	}
	c := tui.Caller{Account: id.account, ARN: id.arn, Name: callerName(id.arn), Kind: callerKind(id.arn)}
	if src, err := s.app.openSource(ctx); err == nil {
		c.Found, c.Profile = src.Found().Kind, src.Found().Profile
	}
	return c, nil
}

// Profiles lists the AWS profiles of this computer, by the files alone.
func (s *services) Profiles(context.Context) ([]tui.Profile, error) {
	current := s.app.profileInUse()
	var all []tui.Profile
	for _, p := range connect.Profiles() {
		out := tui.Profile{
			Name: p.Name, Kind: p.Kind, Account: p.Account, Role: p.Role, Region: p.Region,
			MFA: p.MFA != "", SignIn: p.SSO != nil, Current: p.Name == current,
		}
		if b := p.Broken; b != nil {
			out.Broken = &tui.Trouble{Code: "caller.profile." + b.Code, Args: b.Args}
		}
		all = append(all, out)
	}
	return all, nil
}

// UseProfile has everything after this made as an AWS profile. It is what
// --aws-profile does: a profile that is named wins over AWS_ACCESS_KEY_ID in
// the environment, which AWS_PROFILE does not. Empty is the SDK's default
// chain again, in which the environment wins.
func (s *services) UseProfile(_ context.Context, name string) error {
	if name != "" {
		switch p, ok := connect.FindProfile(name); {
		case !ok:
			return s.app.noProfile(name, errors.New("failed to get shared config profile, "+name))
		case p.Broken != nil:
			return s.app.brokenProfile(p, nil)
		}
	}
	s.app.sourceMu.Lock()
	defer s.app.sourceMu.Unlock()
	s.app.dropSource()
	s.app.flags.awsProfile = name
	return nil
}

// SignIn signs in to IAM Identity Center. Requests that are made after it are
// made with the new sign-in, also by what is open already.
func (s *services) SignIn(ctx context.Context, profile string, show func(tui.SignInPage)) error {
	return s.app.signIn(ctx, cmp.Or(profile, s.app.profileInUse()), func(p connect.SignInPage) {
		show(tui.SignInPage{URL: p.URL, Short: p.Short, Code: p.Code})
	})
}

// AskToken says who is asked for the code of an MFA device.
func (s *services) AskToken(ask func(ctx context.Context, device string) (string, error)) {
	s.app.asker.set(ask)
}
