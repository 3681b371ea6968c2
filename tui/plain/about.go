package plain

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// about says what can be done with a connection, and does it until the person
// goes back.
func (h *home) about(ctx context.Context, c world.Connection) error {
	if c.Broken != nil {
		h.t.line(text.Fill(h.c.UI.Home.NextBroken, "name", safe(c.Name), "reason", safe(c.Broken.Error())))
		_, err := h.choose(ctx, []step{{h.l.Forget, func(ctx context.Context) error { return h.forget(ctx, c.Name) }, true}})
		return err
	}
	for {
		h.t.line(h.connection(c))
		for _, l := range h.details(c) {
			h.t.line(l)
		}
		steps := []step{
			{h.l.Test, func(ctx context.Context) error { return h.test(ctx, c.Name, c.Settings) }, false},
			{h.l.Media, func(ctx context.Context) error { return h.media(ctx, c) }, false},
			{h.l.ForAWS, func(ctx context.Context) error { return h.documents(ctx, c.Settings, c.Name) }, false},
			{h.l.Edit, func(ctx context.Context) error { return h.edit(ctx, c) }, false},
			{h.l.Forget, func(ctx context.Context) error { return h.forget(ctx, c.Name) }, true},
			{h.l.Delete, func(context.Context) error { h.command("connection delete " + c.Name); return nil }, false},
		}
		connection, environment := c.Of()
		if environment == "" && !wizard.OnlyReads(wizard.Defaults(c.Settings).Integration) {
			steps = append(steps, step{h.l.Front, func(ctx context.Context) error { return h.front(ctx, c) }, false})
		}
		if environment != "" {
			steps[5].do = func(context.Context) error { h.command("env delete " + environment + " -c " + connection); return nil }
		}
		if more := h.environments(c); len(more) > 0 && environment != "" { // they delete it here
			steps = append(steps[:5], more...)
		} else {
			steps = append(steps, more...)
		}
		steps = append(steps, h.markers(c)...)
		again, err := h.choose(ctx, steps)
		if err != nil || !again {
			return err
		}
		if _, err := h.read(ctx); err != nil {
			return err
		}
		found := false
		for _, now := range h.conns {
			if now.Name == c.Name {
				c, found = now, true
			}
		}
		if !found {
			return nil
		}
		h.t.line("")
	}
}

// aboutDraft says what can be done with a draft, and does one thing.
func (h *home) aboutDraft(ctx context.Context, d world.Draft) error {
	h.t.line(h.draft(d))
	_, err := h.choose(ctx, []step{
		{h.l.Resume, func(ctx context.Context) error { return h.resume(ctx, d) }, false},
		{h.l.ForAWS, func(ctx context.Context) error { return h.documents(ctx, d.Settings, d.Name) }, false},
		{h.l.Discard, func(ctx context.Context) error { return h.discard(ctx, d.Name) }, true},
	})
	return err
}

// step is something that can be done with an entry; last ends the talk about
// it.
type step struct {
	words string
	do    func(context.Context) error
	last  bool
}

// choose offers steps and does one; again is false when the person went back
// or nothing more can follow.
func (h *home) choose(ctx context.Context, steps []step) (again bool, err error) {
	var options []option
	for _, s := range steps {
		options = append(options, option{words: s.words})
	}
	options[0].under = h.l.WhatToDo
	n, err := h.menu(ctx, options, menuWords{question: h.l.AskStep, help: []string{h.l.HelpStep}, back: true, usual: back})
	if err != nil || n == back {
		return false, err
	}
	h.t.line("")
	if err := h.did(steps[n].do(ctx)); err != nil {
		return false, err
	}
	h.t.line("")
	return !steps[n].last, nil
}

// connection is a saved connection in a line.
func (h *home) connection(c world.Connection) string {
	w := h.c.UI.Home
	if c.Broken != nil {
		return safe(c.Name) + h.c.UI.Check.Colon + w.Broken
	}
	parts := []string{safe(c.Settings.Bucket)}
	if dir := world.SpaceOf(c.Name, c.Settings).Dir(); dir != "" {
		parts[0] += "/" + safe(strings.TrimSuffix(dir, "/"))
	}
	parts = append(parts, h.region(c.Settings.Region), h.status(c))
	if !c.TestedAt.IsZero() {
		parts = append(parts, h.ago(c.TestedAt))
	}
	name := safe(c.Name)
	if c.Environments > 0 {
		name += " [" + w.Production + "]"
	}
	return name + h.c.UI.Check.Colon + strings.Join(parts, h.l.Comma)
}

// details are what a line of a list has no room for.
func (h *home) details(c world.Connection) []string {
	var out []string
	if c.FirstProblem != "" && c.Verdict != awscheck.Ready {
		problem := h.c.Say("check."+c.FirstProblem, nil)
		if id := "cause." + c.Cause; c.Cause != "" && h.c.Has(id) {
			problem = sentence(h.c, id, c.CauseArgs)
		}
		out = append(out, text.Fill(h.l.Problem, "problem", strings.TrimRight(problem, ".。")))
	}
	switch {
	case c.Media < 0:
	case c.MediaAtLeast:
		out = append(out, text.Fill(h.c.UI.Home.MediaAtLeast, "n", text.Thousands(int64(c.Media))))
	default:
		out = append(out, text.Fill(h.c.UI.Home.Media, "n", text.Thousands(int64(c.Media))))
	}
	return out
}

func (h *home) region(code string) string {
	for _, r := range address.Regions() {
		if r.Code == code && h.c.Lang == "ja" {
			return r.JA
		} else if r.Code == code {
			return r.EN
		}
	}
	return safe(code)
}

func (h *home) status(c world.Connection) string {
	w := h.c.UI.Home
	if c.Unfinished != "" {
		return h.c.Say("cmd.env.state."+c.Unfinished, nil)
	}
	switch c.Verdict {
	case awscheck.Ready:
		return w.Ready
	case awscheck.ReadyWithWarnings:
		return text.Fill(w.Warnings, "n", strconv.Itoa(max(c.Problems, 1)))
	case awscheck.Failed:
		return w.Failed
	case awscheck.NotRun:
		return w.NotRun
	}
	return w.Untested
}

func (h *home) draft(d world.Draft) string {
	parts := []string{}
	if id := "step." + d.Step + ".title"; h.c.Has(id) {
		parts = append(parts, text.Fill(h.c.UI.Home.StepOf, "step", h.c.Say(id, nil)))
	}
	parts = append(parts, text.Fill(h.c.UI.Home.SavedAt, "when", h.ago(d.SavedAt)))
	if d.Edit {
		parts = append(parts, text.Fill(h.l.Changes, "name", safe(d.Name)))
	}
	return safe(d.Name) + h.c.UI.Check.Colon + strings.Join(parts, h.l.Comma)
}

// ago says how long it is since t, roughly.
func (h *home) ago(t time.Time) string {
	w := h.c.UI.Home
	d := h.o.Now().Sub(t)
	switch {
	case t.IsZero():
		return w.Never
	case d < time.Minute:
		return w.JustNow
	case d < time.Hour:
		return text.Fill(w.Minutes, "n", strconv.Itoa(int(d.Minutes())))
	case d < 24*time.Hour:
		return text.Fill(w.Hours, "n", strconv.Itoa(int(d.Hours())))
	}
	return text.Fill(w.Days, "n", strconv.Itoa(int(d.Hours()/24)))
}

// forget removes this computer's copy of a connection, when that is confirmed.
func (h *home) forget(ctx context.Context, name string) error {
	w := h.c.UI.Home
	return h.remove(ctx, text.Fill(w.ForgetTitle, "name", safe(name)), w.ForgetBody, w.ForgetYes, text.Fill(w.Forgotten, "name", safe(name)),
		func() error { return h.world.ForgetConnection(ctx, name) })
}

// discard removes a draft, when that is confirmed.
func (h *home) discard(ctx context.Context, name string) error {
	w := h.c.UI.Home
	return h.remove(ctx, text.Fill(w.DropTitle, "name", safe(name)), w.DropBody, w.DropYes, text.Fill(w.Dropped, "name", safe(name)),
		func() error { return h.world.DeleteDraft(ctx, name) })
}

func (h *home) remove(ctx context.Context, title, body, yes, gone string, do func() error) error {
	h.t.line(title)
	h.t.line(body)
	n, err := h.t.menu(ctx, h.l, []option{{words: h.c.UI.Frame.Keep}, {words: yes}}, menuWords{question: h.l.AskRemove, help: []string{body}, back: true, usual: 0})
	if err != nil || n != 1 {
		return err
	}
	if err := do(); err != nil {
		h.t.trouble(h.world, h.c, "", err)
		return nil
	}
	h.t.line(gone)
	return nil
}

// command names a command that does more than these lines can.
func (h *home) command(args string) {
	if h.o.Command == nil {
		h.t.line(h.l.NoCommands)
		return
	}
	h.t.line(h.l.ByCommand)
	h.t.line("  " + safe(h.o.Command()+" "+args))
}
