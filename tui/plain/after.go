package plain

import (
	"context"
	"errors"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// afterFailure asks how to go on; again is true for the same answers. options
// are those of the next test.
func (a *asker) afterFailure(ctx context.Context, options *world.CheckOptions) (again bool, err error) {
	a.changed = true // what was tested is worth keeping
	a.keepStep()
	for {
		n, err := a.t.menu(ctx, a.l, []option{
			{words: a.l.TestAgain, under: a.l.AfterTest}, {words: a.l.ChangeAnswers}, {words: a.l.StopHere}, {words: a.l.TestOwner}, {words: a.l.Who},
		}, menuWords{question: a.l.AskAfter, help: []string{a.l.HelpAfter, a.l.HelpTest}, back: true, usual: none})
		if errors.Is(err, ErrNoAnswer) {
			return false, ErrNotReady // the test was what was asked for, and has ended
		}
		if err != nil {
			return false, err
		}
		switch n {
		case 0:
			return true, nil
		case 1, back:
			return false, nil
		case 2:
			return false, ErrNotReady
		case 3:
			options.Owner, err = a.owner(ctx)
			return err == nil, err
		}
		if err := a.changeWho(ctx); err != nil {
			return false, err
		}
	}
}

// owner asks with whose credentials the owner's side is to be read.
func (x *session) owner(ctx context.Context) (*world.Owner, error) {
	x.t.line(x.c.UI.Check.OwnerBody)
	x.t.say("%s > ", x.c.UI.Check.OwnerLabel)
	line, err := x.t.answer(ctx)
	return &world.Owner{Profile: narrow(line)}, err
}

// change offers the steps by number, and asks from the chosen one on.
func (a *asker) change(ctx context.Context) error {
	steps := a.flow.Steps()
	options := []option{}
	for _, st := range steps[:len(steps)-1] {
		options = append(options, option{words: a.c.Say("step."+st.ID+".title", nil)})
	}
	options[0].under = a.l.ChangeAnswers
	n, err := a.t.menu(ctx, a.l, options, menuWords{question: a.l.AskChange, help: []string{a.l.HelpAfter}, usual: 0})
	if err != nil {
		return err
	}
	a.flow.GoTo(steps[n].ID)
	return a.questions(ctx)
}

// save keeps the connection. Where its name is another's it asks for a name
// that is not: what was answered and tested is not lost over it.
func (a *asker) save(ctx context.Context, s wizard.Settings, r awscheck.Report) error {
	for {
		err := a.world.SaveConnection(ctx, a.connectionName(), a.was, s, r)
		if err == nil {
			break
		}
		code := a.world.Explain(a.name, err).Code
		if ctx.Err() != nil || a.edit || code != "cmd.name_taken" && code != "cmd.bad_name" {
			return err
		}
		a.t.trouble(a.world, a.c, a.connectionName(), err)
		a.t.line(a.c.UI.Review.NameGrammar)
		a.t.say("%s > ", a.l.AskName)
		line, err := a.t.answer(ctx)
		if err != nil {
			return err
		}
		if narrow(line) == "" {
			return ErrNotReady
		}
		a.name = narrow(line)
	}
	a.changed = false
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closing)
	defer cancel()
	for _, name := range []string{a.connectionName(), a.kept} {
		if name != "" {
			_ = a.world.DeleteDraft(ctx, name)
		}
	}
	return nil
}
