package caller

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// What the person decides in the dialog about refused credentials.
type (
	toChoose struct{ pending *pending }
	toAsk    struct{ pending *pending }
	toSignIn struct {
		profile string
		pending *pending
	}
)

// failedAnswer has what the dialog offers.
type failedAnswer struct {
	failed   screen.Failed
	pending  *pending
	profiles []world.Profile
}

// Failed tells an error of a screen. One that comes from the credentials is
// told with the ways to mend it.
func (d *Desk) Failed(owner int, f screen.Failed) tea.Cmd {
	if !Refused(f.Trouble) {
		if !f.Shown {
			d.post(owner, screen.Ask{Dialog: dialog.NewTrouble(d.env, f.Trouble)})
		}
		return nil
	}
	return d.told(owner, f)
}

// told reads what there is to offer, and then shows the dialog.
func (d *Desk) told(owner int, f screen.Failed) tea.Cmd {
	_, cmd := d.env.Do(func(ctx context.Context) any {
		profiles, _ := d.env.World.Profiles(ctx) // without them there is less to offer
		return failedAnswer{f, &pending{owner, f.Again}, profiles}
	})
	return cmd
}

// refuse shows what happened, and what can be done about it here.
func (d *Desk) refuse(f screen.Failed, p *pending, profiles []world.Profile, before *string) {
	w := d.words()
	title := w.UnknownTitle
	switch stateOf(f.Trouble) {
	case none:
		title = w.NoneTitle
	case expired:
		title = w.ExpiredTitle
	case refused:
		title = w.RefusedTitle
	}
	body := dialog.TroubleLines(d.env, f.Trouble)
	if p != nil && p.again != nil {
		body = append([]dialog.Line{{Text: w.NothingLost, Role: dialog.Muted, Wrap: true}, {}}, body...)
	}
	d.show(dialog.NewChoice(d.env, title, body, d.ways(f, p, profiles, before)...))
}

// ways are what the person can do here, the likeliest first.
func (d *Desk) ways(f screen.Failed, p *pending, profiles []world.Profile, before *string) []dialog.Option {
	w := d.words()
	var out []dialog.Option
	at := inUse(profiles, f.Profile)
	if s := stateOf(f.Trouble); (s == expired || s == none) && at.SignIn {
		label := w.OptSignInDefault
		if at.Name != "" {
			label = text.Fill(w.OptSignIn, "profile", text.Safe(at.Name))
		}
		out = append(out, dialog.Option{Label: label, Answer: toSignIn{at.Name, p}})
	}
	out = append(out, dialog.Option{Label: w.OptChoose, Answer: toChoose{p}}, dialog.Option{Label: w.OptAgain, Answer: toAsk{p}})
	if before != nil && *before != at.Name {
		label := w.OptBackDefault
		if *before != "" {
			label = text.Fill(w.OptBack, "profile", text.Safe(*before))
		}
		out = append(out, dialog.Option{Label: label, Answer: chosen{*before, *before, p}})
	}
	return out
}

// inUse finds a profile by its name, the one in use where that is empty.
func inUse(profiles []world.Profile, name string) world.Profile {
	for _, p := range profiles {
		if name != "" && p.Name == name || name == "" && p.Current {
			return p
		}
	}
	return world.Profile{Name: name}
}
