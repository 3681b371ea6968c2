package main

import (
	"context"
	"errors"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/plain"
)

// lineMode tells whether lines of text stand in for the terminal UI: they were
// asked for, or the terminal can do nothing else.
func (a *app) lineMode() bool {
	return a.flags.accessible || a.io.getenv("TERM") == "dumb"
}

// redraws tells whether a line on stderr may be drawn over itself.
func (a *app) redraws() bool { return a.io.errTTY && !a.lineMode() }

// openLines is openUI in lines of text. Answers come from a pipe only where
// --accessible or ACCESSIBLE asked for it: see mayAsk.
func (a *app) openLines(ctx context.Context, start uiStart) error {
	o := plain.Options{
		Name: start.connection, Prefill: start.prefill, Piped: !a.io.inTTY, Profiled: a.flags.awsProfile != "",
		Command: a.ownCommand(start), In: a.io.in, Out: a.io.out,
	}
	if start.screen != tui.StartSetup {
		return a.linesEnded(plain.Home(ctx, &services{app: a}, a.text, o))
	}
	if saved, err := a.store.Load(start.connection); err == nil {
		o.Edit, o.Was = true, saved.Settings
	}
	if draft, found, err := a.draftOf(start.connection); found && err == nil {
		o.Step, o.Draft = draft.Step, draft.Name
	}
	return a.linesEnded(plain.Setup(ctx, &services{app: a}, a.text, o))
}

// linesEnded is what the line mode's end means for the exit code.
func (a *app) linesEnded(err error) error {
	switch {
	case errors.Is(err, plain.ErrNotReady):
		return said(exitFailed)
	case errors.Is(err, plain.ErrNoAnswer):
		return usage("no_answer", nil)
	}
	return err
}

// ownCommand tells how this program is called so that its commands reach what
// the lines show; nil in the demo, whose AWS no other process knows.
func (a *app) ownCommand(start uiStart) func() string {
	if start.badge != "" {
		return nil
	}
	return a.commandLine
}

func (a *app) commandLine() string {
	a.sourceMu.Lock() // the profile changes while the lines are open
	defer a.sourceMu.Unlock()
	command := "mediadock"
	for _, f := range [][2]string{{"--home", a.flags.home}, {"--aws-profile", a.flags.awsProfile}} {
		if f[1] != "" {
			command += " " + f[0] + " " + shellQuote(f[1])
		}
	}
	return command
}
