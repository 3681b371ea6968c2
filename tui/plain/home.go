package plain

import (
	"context"
	"errors"
	"time"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// Home is the first page in lines: what is saved and what was begun, by
// number, and what can be done with each. Where nothing is there yet it begins
// with the questions of a set-up, prefilled with o.Prefill. It returns when the
// person leaves. Input that ends instead is ErrNoAnswer, unless something was
// asked for and done before: then it is what that came to.
func Home(ctx context.Context, s world.Services, catalog *text.Catalog, o Options) error {
	h := &home{session: newSession(s, catalog, o)}
	if err := h.introduce(ctx); err != nil {
		return err
	}
	h.cleanUp(ctx)
	begun, err := h.read(ctx)
	if err == nil && !begun {
		err = h.did(h.create(ctx))
	}
	for err == nil {
		err = h.page(ctx)
	}
	switch {
	case errors.Is(err, errLeave):
		return nil
	case errors.Is(err, errEnded):
		return h.last
	}
	return err
}

// errLeave ends the conversation at the person's wish, errEnded where the
// input ends at a menu after something was done.
var (
	errLeave = errors.New("plain: left")
	errEnded = errors.New("plain: the input ended")
)

// home is the conversation about what is saved.
type home struct {
	*session
	conns  []world.Connection
	drafts []world.Draft
	done   bool  // something that was asked for has ended
	last   error // what it came to
}

// menu is a menu at which nothing is lost when the input ends.
func (h *home) menu(ctx context.Context, options []option, m menuWords) (int, error) {
	n, err := h.t.menu(ctx, h.l, options, m)
	if h.done && errors.Is(err, ErrNoAnswer) {
		err = errEnded
	}
	return n, err
}

// did notes what something came to. A test that failed, or a set-up that was
// given up, ends itself alone.
func (h *home) did(err error) error {
	if err != nil && !errors.Is(err, ErrNotReady) {
		return err
	}
	h.done, h.last = true, err
	return nil
}

// read reads what is saved; there tells whether there is anything.
func (h *home) read(ctx context.Context) (there bool, err error) {
	conns, err := h.world.Connections(ctx)
	if err != nil {
		return false, err
	}
	drafts, err := h.world.Drafts(ctx)
	if err != nil && ctx.Err() == nil {
		h.t.trouble(h.world, h.c, "", err) // the connections can be used without them
		err = nil
	}
	h.conns, h.drafts = conns, drafts
	return len(conns)+len(drafts) > 0, err
}

// tidy bounds the removal of what earlier runs left behind.
const tidy = 15 * time.Second

// cleanUp removes what earlier runs left behind.
func (h *home) cleanUp(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, tidy)
	defer cancel()
	n, err := h.world.CleanUp(ctx)
	if n > 0 {
		h.t.line(text.Fill(h.c.UI.Frame.CleanedUp, "n", itoa(n)))
	}
	if err != nil {
		h.t.line(h.c.UI.Frame.NotCleanedUp)
	}
}

// page lists everything once and does what is chosen.
func (h *home) page(ctx context.Context) error {
	if _, err := h.read(ctx); err != nil {
		return err
	}
	var options []option
	var acts []func(context.Context) error
	add := func(words string, act func(context.Context) error) {
		options, acts = append(options, option{words: words}), append(acts, act)
	}
	for _, c := range h.conns {
		add(h.connection(c), func(ctx context.Context) error { return h.about(ctx, c) })
	}
	for _, d := range h.drafts {
		add(h.draft(d), func(ctx context.Context) error { return h.aboutDraft(ctx, d) })
	}
	more := len(options)
	add(h.l.New, func(ctx context.Context) error { return h.did(h.create(ctx)) })
	add(h.l.Who, func(ctx context.Context) error { return h.did(h.changeWho(ctx)) })
	add(h.l.Leave, func(context.Context) error { return errLeave })
	if len(h.conns) > 0 {
		options[0].under = h.c.UI.Home.Connections
	}
	if len(h.drafts) > 0 {
		options[len(h.conns)].under = h.c.UI.Home.Drafts
	}
	options[more].under = h.l.Else
	n, err := h.menu(ctx, options, menuWords{question: h.l.AskHome, help: []string{h.l.HelpHome, h.l.HelpLeave}, usual: none})
	if err != nil {
		return err
	}
	h.t.line("")
	return acts[n](ctx)
}

// create sets up a new connection.
func (h *home) create(ctx context.Context) error {
	return h.setup(ctx, Options{Prefill: h.o.Prefill})
}

// setup asks the wizard's questions in this conversation.
func (h *home) setup(ctx context.Context, o Options) error {
	return newAsker(h.session, o).begin(ctx)
}

// front sets up imgix in front of a connection's bucket (M10).
func (h *home) front(ctx context.Context, c world.Connection) error {
	s := wizard.Settings{Integration: wizard.Imgix}
	for key, v := range wizard.Beside(c.Settings, wizard.Imgix) {
		wizard.Set(&s, key, v)
	}
	return h.setup(ctx, Options{Prefill: s, Name: wizard.NameBeside(c.Name, wizard.Imgix)})
}

// edit changes a saved connection, or goes on with the draft of a change.
func (h *home) edit(ctx context.Context, c world.Connection) error {
	return h.setup(ctx, Options{Name: c.Name, Prefill: c.Settings, Edit: true, Was: c.Settings})
}

// resume goes on with a draft where it was left.
func (h *home) resume(ctx context.Context, d world.Draft) error {
	o := Options{Name: d.Name, Prefill: d.Settings, Step: d.Step, Draft: d.Name, Edit: d.Edit}
	for _, c := range h.conns {
		if d.Edit && c.Name == d.Name {
			o.Was = c.Settings
			if c.SavedAt.After(d.SavedAt) {
				h.t.line(text.Fill(h.c.UI.Setup.SavedSince, "name", safe(c.Name)))
			}
		}
	}
	if d.Name == unnamed {
		o.Name = "" // it is called like its bucket once there is one
	}
	return h.setup(ctx, o)
}

// test runs the connection test of a saved connection.
func (h *home) test(ctx context.Context, name string, s wizard.Settings) error {
	var o world.CheckOptions
	for {
		r, err := runCheck(ctx, h.world, h.c, s, name, o, h.t)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && h.t.broken() != nil:
			return err
		case err != nil:
			h.t.trouble(h.world, h.c, name, err)
			return ErrNotReady
		case mayBeSaved(r):
			return nil
		}
		options := []option{{words: h.l.TestAgain}, {words: h.l.TestOwner}, {words: h.l.TestEnd}}
		h.t.line("")
		n, err := h.t.menu(ctx, h.l, options, menuWords{question: h.l.AskTest, help: []string{h.l.HelpTest}, back: true, usual: 2})
		if errors.Is(err, ErrNoAnswer) {
			return ErrNotReady // the test has ended; nothing is lost
		}
		if err != nil {
			return err
		}
		switch n {
		case 1:
			if o.Owner, err = h.owner(ctx); err != nil {
				return err
			}
		case 2, back:
			return ErrNotReady
		}
	}
}
