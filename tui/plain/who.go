package plain

import (
	"context"
	"strings"
	"time"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// whoami bounds the question who the program runs as.
const whoami = 15 * time.Second

// introduce says who the program runs as, before anything is asked. Whoever
// sits at a terminal is offered the others there are, unless the profile was
// given.
func (x *session) introduce(ctx context.Context) error {
	known, err := x.sayWho(ctx)
	if err != nil || x.o.Piped {
		return err
	}
	others, err := x.others(ctx)
	if err != nil || len(others) == 0 || known && x.o.Profiled {
		return err
	}
	return x.changeWho(ctx)
}

// sayWho asks AWS who the program runs as, and says it; known is false where
// AWS did not tell. The error is that of ctx alone.
func (x *session) sayWho(ctx context.Context) (known bool, err error) {
	asking, cancel := context.WithTimeout(ctx, whoami)
	defer cancel()
	c, err := x.world.Caller(asking)
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil {
		x.caller = world.Caller{}
		x.t.line(x.l.NotKnown)
		x.t.trouble(x.world, x.c, "", err)
		return false, nil
	}
	x.caller = c
	x.t.line(text.Fill(x.l.RunsAs, "name", safe(c.Name), "account", safe(world.Grouped(c.Account))))
	if from := x.found(c.Found, c.Profile); from != "" {
		x.t.line(from)
	}
	return true, nil
}

// found says where credentials come from.
func (x *session) found(kind, profile string) string {
	var parts []string
	if id := "caller.found." + kind; kind != "" && x.c.Has(id) {
		parts = append(parts, sentence(x.c, id, map[string]string{"profile": profile}))
	}
	if profile != "" {
		parts = append(parts, text.Fill(x.l.OfProfile, "profile", safe(profile)))
	}
	if len(parts) == 0 {
		return ""
	}
	return text.Fill(x.l.Found, "found", strings.Join(parts, x.l.And))
}

// others are the profiles that the program does not run as.
func (x *session) others(ctx context.Context) ([]world.Profile, error) {
	all, err := x.world.Profiles(ctx)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		x.t.trouble(x.world, x.c, "", err)
		return nil, nil
	}
	var others []world.Profile
	for _, p := range all {
		if !p.Current {
			others = append(others, p)
		}
	}
	return others, nil
}

// changeWho offers the profiles by number, and to sign in, until the person
// goes on. What goes wrong is said and asked again.
func (x *session) changeWho(ctx context.Context) error {
	for {
		all, err := x.world.Profiles(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			x.t.trouble(x.world, x.c, "", err)
		}
		options := []option{{words: x.l.GoOn, under: x.l.Whom}}
		signs := []string{}
		for _, p := range all {
			options = append(options, option{words: x.profile(p)})
		}
		for _, p := range all {
			if p.Kind == "sso" || p.Kind == "login" {
				options = append(options, option{words: text.Fill(x.l.SignIn, "profile", safe(p.Name))})
				signs = append(signs, p.Name)
			}
		}
		n, err := x.t.menu(ctx, x.l, options, menuWords{question: x.l.AskWhom, help: []string{x.l.HelpWhom}, back: true})
		switch {
		case err != nil:
			return err
		case n <= 0:
			return nil
		case n <= len(all):
			if err := x.world.UseProfile(ctx, all[n-1].Name); err != nil {
				x.t.trouble(x.world, x.c, "", err)
				continue
			}
		default:
			if err := x.signIn(ctx, signs[n-1-len(all)]); err != nil {
				return err
			}
		}
		if known, err := x.sayWho(ctx); known || err != nil {
			return err
		}
	}
}

// profile is one AWS profile in a line.
func (x *session) profile(p world.Profile) string {
	parts := []string{safe(p.Name)}
	if p.Current {
		parts = append(parts, x.l.InUse)
	}
	if id := "caller.kind." + p.Kind; x.c.Has(id) {
		parts = append(parts, x.c.Say(id, nil))
	}
	if p.Account != "" {
		parts = append(parts, text.Fill(x.l.Account, "account", safe(world.Grouped(p.Account))))
	}
	if p.Role != "" {
		parts = append(parts, safe(p.Role))
	}
	if p.MFA {
		parts = append(parts, x.l.NeedsMFA)
	}
	return strings.Join(parts, x.l.Comma)
}

// signIn signs a profile in, and uses it. The error is that of ctx alone.
func (x *session) signIn(ctx context.Context, profile string) error {
	err := x.world.SignIn(ctx, profile, func(p world.SignInPage) {
		x.t.line(x.l.Open)
		x.t.line("  " + safe(p.URL))
		if p.Code != "" {
			x.t.line(text.Fill(x.l.OpenElsewhere, "url", safe(p.Short)))
			x.t.line(text.Fill(x.l.TypeCode, "code", safe(p.Code)))
		}
		x.t.line(x.l.Waiting)
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil:
		x.t.line(x.l.SignedIn)
		err = x.world.UseProfile(ctx, profile)
	}
	if err != nil {
		x.t.trouble(x.world, x.c, "", err)
	}
	return nil
}
