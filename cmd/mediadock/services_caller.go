package main

import (
	"context"
	"errors"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/tui"
)

func (s *services) Caller(ctx context.Context) (tui.Caller, error) {
	id, err := s.app.identity(ctx)
	if err != nil {
		return tui.Caller{}, err
	}
	c := tui.Caller{Account: id.account, ARN: id.arn, Name: callerName(id.arn), Kind: callerKind(id.arn)}
	if src, err := s.app.source(ctx); err == nil {
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

// UseProfile forgets the way to AWS that was made for another caller.
func (s *services) UseProfile(_ context.Context, name string) error {
	s.app.sourceMu.Lock()
	defer s.app.sourceMu.Unlock()
	if s.app.src != nil {
		s.app.src.Close()
		s.app.src = nil
	}
	s.app.flags.awsProfile = name
	return nil
}

func (s *services) SignIn(context.Context, string, func(tui.SignInPage)) error {
	return errors.ErrUnsupported
}

// AskToken says who is asked for the code of an MFA device.
func (s *services) AskToken(ask func(ctx context.Context, device string) (string, error)) {
	s.app.asker.set(ask)
}
