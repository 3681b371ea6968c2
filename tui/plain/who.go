package plain

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/mediadock/mediadock/tui/caller"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// whoami bounds the question who the program runs as. The time does not count
// in which a person looks for the code of an MFA device.
const whoami = 15 * time.Second

// introduce says who the program runs as, before anything is asked. Whoever
// sits at a terminal is offered the others there are, unless the profile was
// given.
func (x *session) introduce(ctx context.Context) error {
	known, err := x.sayWho(ctx)
	if err != nil || x.o.Piped || known && x.o.Profiled {
		return err
	}
	others, err := x.others(ctx)
	if err != nil || known && !others {
		return err
	}
	return x.changeWho(ctx)
}

// sayWho asks AWS who the program runs as, and says it; known is false where
// AWS did not tell. The error is that of ctx alone.
func (x *session) sayWho(ctx context.Context) (known bool, err error) {
	asking, end := x.within(ctx, whoami)
	c, err := x.world.Caller(asking)
	if late := end(); late && errors.Is(err, context.Canceled) {
		err = context.DeadlineExceeded
	}
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil {
		x.caller = world.Caller{}
		x.t.line(x.c.UI.Caller.UnknownTitle)
		if errors.Is(err, world.ErrNoToken) {
			x.t.line(x.c.UI.Caller.TokenNone)
		} else {
			x.t.trouble(x.world, x.c, "", err)
		}
		return false, nil
	}
	x.caller = c
	name := c.Name
	if name == "" {
		name = c.ARN
	}
	x.t.line(text.Fill(x.l.RunsAs, "name", safe(name), "account", safe(world.Grouped(c.Account))))
	if from := caller.Source(&x.c.UI.Caller, c); from != "" {
		x.t.line(text.Fill(x.l.Found, "found", from))
	}
	return true, nil
}

// others tells whether there are profiles that the program does not run as.
func (x *session) others(ctx context.Context) (bool, error) {
	all, err := x.profiles(ctx)
	for _, p := range all {
		if !p.Current {
			return true, err
		}
	}
	return false, err
}

// profiles are the AWS profiles of this computer. That they cannot be read is
// said; the error is that of ctx alone.
func (x *session) profiles(ctx context.Context) ([]world.Profile, error) {
	all, err := x.world.Profiles(ctx)
	if err != nil && ctx.Err() == nil {
		x.t.trouble(x.world, x.c, "", err)
	}
	return all, ctx.Err()
}

// changeWho offers the profiles by number, and to sign in, until the person
// goes on. What goes wrong is said and asked again; the profile that was in
// use before stays where another cannot be used.
func (x *session) changeWho(ctx context.Context) error {
	w := x.c.UI.Caller
	for {
		all, err := x.profiles(ctx)
		if err != nil {
			return err
		}
		options := []option{{words: x.l.GoOn, under: x.l.Whom}}
		acts := []func() error{nil}
		add := func(words string, act func() error) {
			options, acts = append(options, option{words: words}), append(acts, act)
		}
		before := ""
		for _, p := range all {
			if p.Current {
				before = p.Name
			}
			add(x.profile(p), func() error { return x.use(ctx, p.Name) })
		}
		if before != "" {
			add(w.PickChain+x.c.UI.Check.Colon+w.PickChainIs, func() error { return x.use(ctx, "") })
		}
		for _, p := range all {
			if p.SignIn {
				add(text.Fill(w.OptSignIn, "profile", safe(p.Name)), func() error { return x.signIn(ctx, p.Name) })
			}
		}
		if len(all) == 0 {
			for _, l := range []string{w.PickNone, w.PickNoneHow, "  aws configure sso", w.PickNoneEnv} {
				x.t.line(l)
			}
		}
		add(w.OptAgain, func() error { return nil })
		n, err := x.t.menu(ctx, x.l, options, menuWords{question: x.l.AskWhom, help: []string{x.l.HelpWhom, w.NeverKeys}, back: true})
		if err != nil || n <= 0 {
			return err
		}
		was := x.caller
		if err := acts[n](); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			x.t.trouble(x.world, x.c, "", err)
			continue
		}
		known, err := x.sayWho(ctx)
		if known || err != nil {
			return err
		}
		if was.Account != "" { // the one before works
			if err := x.world.UseProfile(ctx, was.Profile); err == nil {
				x.caller = was
				x.t.line(text.Fill(w.StillRunning, "who", caller.Name(&w, was)))
			}
		}
	}
}

func (x *session) use(ctx context.Context, profile string) error {
	return x.world.UseProfile(ctx, profile)
}

// profile is one AWS profile in a line.
func (x *session) profile(p world.Profile) string {
	w := x.c.UI.Caller
	parts := []string{}
	if p.Current {
		parts = append(parts, w.InUse)
	}
	parts = append(parts, caller.KindWord(&w, p.Kind))
	if p.Account != "" {
		parts = append(parts, text.Fill(w.FactAccount, "account", safe(world.Grouped(p.Account))))
	}
	if p.Role != "" {
		parts = append(parts, text.Fill(w.FactRole, "role", safe(p.Role)))
	}
	if p.MFA {
		parts = append(parts, w.FactMFA)
	}
	if p.Broken != nil {
		parts = append(parts, sentence(x.c, p.Broken.Code, p.Broken.Args))
	}
	return safe(p.Name) + x.c.UI.Check.Colon + strings.Join(parts, x.l.Comma)
}

// signIn signs a profile in, and uses it.
func (x *session) signIn(ctx context.Context, profile string) error {
	w := x.c.UI.Caller
	x.t.line(w.SignStarting)
	err := x.world.SignIn(ctx, profile, func(p world.SignInPage) {
		x.t.line(w.SignOpen)
		x.t.line("  " + safe(p.URL))
		if p.Code != "" {
			x.t.line(w.SignCode)
			x.t.line("  " + safe(p.Code))
			x.t.line(text.Fill(w.SignOther, "url", safe(p.Short)))
			x.t.line(text.Fill(w.SignOtherCode, "code", safe(p.Code)))
		}
		x.t.line(x.l.Waiting)
	})
	if err != nil {
		return err
	}
	return x.use(ctx, profile)
}
