package plain

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// token asks for the code of an MFA device. It is called while something else
// waits for AWS, whose time stands still meanwhile.
func (x *session) token(ctx context.Context, device string) (string, error) {
	defer x.limits.pause()()
	w := x.c.UI.Caller
	if world.Refused(ctx) > 0 {
		x.t.line(x.c.Say("caller.token-refused", nil))
	}
	x.t.line(text.Fill(w.TokenBody, "device", safe(device)))
	for {
		x.t.say("%s > ", text.Fill(x.l.Token, "label", w.TokenLabel))
		line, err := x.t.answer(ctx)
		code := narrow(line)
		switch {
		case errors.Is(err, ErrNoAnswer) || err == nil && code == "":
			return "", world.ErrNoToken
		case err != nil:
			return "", err
		case len(code) == 6:
			return code, nil
		}
		x.t.line(w.TokenShort)
	}
}

// limits are the time limits that run now.
type limits struct {
	mu      sync.Mutex
	running map[*limit]struct{}
}

type limit struct {
	timer *time.Timer
	d     time.Duration
	late  bool
}

// within is ctx with a limit that stands still while a person is asked for a
// code, and begins anew after it. end lifts it and tells whether it had passed.
func (x *session) within(ctx context.Context, d time.Duration) (limited context.Context, end func() (late bool)) {
	ctx, cancel := context.WithCancel(ctx)
	l := &limit{d: d}
	g := &x.limits
	g.mu.Lock()
	defer g.mu.Unlock()
	l.timer = time.AfterFunc(d, func() {
		g.mu.Lock()
		l.late = true
		g.mu.Unlock()
		cancel()
	})
	if g.running == nil {
		g.running = map[*limit]struct{}{}
	}
	g.running[l] = struct{}{}
	return ctx, func() bool {
		g.mu.Lock()
		defer g.mu.Unlock()
		l.timer.Stop()
		delete(g.running, l)
		cancel()
		return l.late
	}
}

// pause stops all limits until the function that it returns is called.
func (g *limits) pause() (goOn func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for l := range g.running {
		l.timer.Stop()
	}
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		for l := range g.running {
			l.timer.Reset(l.d)
		}
	}
}
