// Package caller is where the program's identity at AWS is asked, shown and
// changed: the picker of AWS profiles, signing in to IAM Identity Center, the
// question for an MFA code, and what is said where AWS does not take the
// credentials. The root owns one Desk; its dialogs stand over any screen.
package caller

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// patience bounds the question who the program runs as. The time does not
// count in which a person looks for the code of an MFA device.
const patience = 15 * time.Second

// Desk keeps Env.Who. Its methods are called from the update loop alone.
type Desk struct {
	env  *screen.Env
	post func(owner int, r screen.Request)
	tell func(screen.Identity)

	tokens  *tokens
	asking  *job.Job
	reading *job.Job // the profiles
	picker  *picker
	signing *job.Job
	page    *signIn
	last    world.Caller // the one that was known last
}

// New returns the desk. post asks something of the root in the name of a
// screen, tell lets all screens know that Env.Who has an answer.
func New(env *screen.Env, post func(owner int, r screen.Request), tell func(screen.Identity)) *Desk {
	d := &Desk{env: env, post: post, tell: tell, tokens: newTokens()}
	env.Who.Asking = true
	env.World.AskToken(d.tokens.ask)
	return d
}

// Outside is what reaches the desk from beside the update loop: the program
// hands it to Update.
func (d *Desk) Outside() <-chan Message { return d.tokens.out }

// Close answers the jobs that wait for a code: none will come.
func (d *Desk) Close() { d.tokens.close() }

// Begin asks who the program runs as.
func (d *Desk) Begin() tea.Cmd { return d.ask(asks{}) }

// pending is what a screen was doing when the credentials were not taken.
type pending struct {
	owner int
	again tea.Msg
}

// asks is one question who the program runs as.
type asks struct {
	anew    bool    // the person did something about it, and waits for the answer
	profile *string // to change to before
	before  *string // the profile to go back to, if that does not work
	signed  bool    // after signing in
	pending *pending
}

type whoAnswer struct {
	asks
	who      world.Caller
	err      error
	profiles []world.Profile // when it did not work
}

func (d *Desk) ask(a asks) tea.Cmd {
	d.asking.Cancel()
	d.env.Who.Asking = true
	w := d.env.World
	var cmd tea.Cmd
	d.asking, cmd = d.env.Do(func(ctx context.Context) any {
		got := whoAnswer{asks: a}
		if a.profile != nil {
			got.err = w.UseProfile(ctx, *a.profile)
		}
		if got.err == nil {
			limited, end := d.tokens.within(ctx, patience)
			got.who, got.err = w.Caller(limited)
			if end() && errors.Is(got.err, context.Canceled) {
				got.err = context.DeadlineExceeded
			}
		}
		if got.err != nil {
			got.profiles, _ = w.Profiles(ctx) // without them there is less to offer
		}
		return got
	})
	return cmd
}

// Update takes the ends of the desk's jobs, the answers of its dialogs, and
// the questions of other jobs.
func (d *Desk) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case job.Event:
		if d.signing.Is(m.ID) && d.page != nil {
			for _, p := range m.Items {
				d.page.show(p.(world.SignInPage))
			}
		}
	case job.Done:
		return d.done(m)
	case screen.Beat:
		if d.page != nil {
			d.page.frame++
			return d.env.Tick(beat)
		}
	case asked:
		if !m.q.gone() {
			d.show(newToken(d, m.q))
		}
	case tokenAnswer:
		d.token(m)
	case chosen:
		return d.ask(asks{anew: true, profile: &m.name, before: &m.before, pending: m.pending})
	case toChoose:
		return d.choose(m.pending)
	case toAsk:
		return d.ask(asks{anew: true, pending: m.pending})
	case toSignIn:
		return d.signIn(m)
	case cancelSignIn:
		d.signing.Cancel()
		d.page = nil
		d.say(d.words().SignCancelled, false)
	}
	return nil
}

func (d *Desk) done(m job.Done) tea.Cmd {
	switch r := m.Result.(type) {
	case whoAnswer:
		if d.asking.Is(m.ID) && !m.Canceled {
			d.answered(r)
		}
	case profilesAnswer:
		if d.reading.Is(m.ID) && d.picker != nil {
			d.picker.fill(r)
		}
	case failedAnswer:
		d.refuse(r.failed, r.pending, r.profiles, nil)
	case signedAnswer:
		return d.signed(m, r)
	}
	return nil
}

// answered takes the answer to the question who the program runs as.
func (d *Desk) answered(r whoAnswer) {
	who := d.env.Who
	d.asking, who.Asking, who.Caller, who.Why = nil, false, r.who, nil
	if r.err != nil {
		tr := d.explain(r.err)
		who.Caller, who.Why = world.Caller{}, &tr
	}
	changed := r.err == nil && d.last.Account != "" && !same(d.last, r.who)
	if r.err == nil {
		d.last = r.who
	}
	d.tell(screen.Identity{Anew: r.anew, Changed: changed})
	switch {
	case !r.anew:
	case r.err != nil:
		d.refuse(screen.Failed{Trouble: *who.Why}, r.pending, r.profiles, r.before)
	default:
		d.welcome(r)
	}
}

// same tells whether two answers are of the same person: the session that is
// in the ARN of a role differs each time.
func same(a, b world.Caller) bool {
	return a.Account == b.Account && a.Name == b.Name && a.Kind == b.Kind
}

// welcome says who the program runs as now, and offers to do again what had
// failed.
func (d *Desk) welcome(r whoAnswer) {
	w := d.words()
	name := Name(w, r.who)
	if r.pending == nil || r.pending.again == nil {
		line := w.NowRunning
		switch {
		case r.signed:
			line = w.SignedInAs
		case r.before != nil && r.profile != nil && *r.before == *r.profile:
			line = w.StillRunning
		}
		d.say(text.Fill(line, "who", name), false)
		return
	}
	d.post(r.pending.owner, screen.Ask{Dialog: dialog.NewChoice(d.env, text.Fill(w.AgainTitle, "who", name),
		dialog.Prose(Source(w, r.who), w.AgainBody),
		dialog.Option{Label: w.OptRepeat, Answer: r.pending.again},
		dialog.Option{Label: w.OptNotNow})})
}

// explain is a trouble of the question who the program runs as.
func (d *Desk) explain(err error) world.Trouble {
	if errors.Is(err, world.ErrNoToken) {
		return world.Trouble{Raw: d.words().TokenNone}
	}
	return d.env.World.Explain("", err)
}

// --- the code of an MFA device

func (d *Desk) token(m tokenAnswer) {
	if m.code == "" {
		d.tokens.answer(m.q, "", world.ErrNoToken)
		d.say(d.words().TokenDropped, true)
		return
	}
	d.tokens.answer(m.q, m.code, nil)
}

func (d *Desk) show(dlg screen.Dialog) { d.post(rootOwner, screen.Ask{Dialog: dlg}) }

func (d *Desk) say(line string, bad bool) { d.post(rootOwner, screen.Say{Line: line, Bad: bad}) }

// rootOwner is the owner of what belongs to no screen.
const rootOwner = 0

func (d *Desk) words() *text.CallerWords { return &d.env.Text.UI.Caller }
