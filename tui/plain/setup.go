package plain

import (
	"context"
	"strconv"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// Setup asks the wizard's questions line by line, tests and saves. Answers
// may come from a pipe; when they end too early it returns ErrNoAnswer, and
// what was answered is kept as a draft.
func Setup(ctx context.Context, s world.Services, catalog *text.Catalog, o Options) error {
	x := newSession(s, catalog, o)
	if err := x.introduce(ctx); err != nil {
		return err
	}
	return newAsker(x, o).begin(ctx)
}

// asker asks the questions of a flow.
type asker struct {
	*session
	flow    *wizard.Flow
	w       *text.PlainWords
	name    string
	edit    bool
	was     wizard.Settings
	locked  bool
	changed bool
	fromEnd bool            // the step is entered from the one after it
	kept    string          // the name under which the draft lies
	taken   map[string]bool // names of the other connections
}

func newAsker(x *session, o Options) *asker {
	return &asker{session: x, w: &x.c.UI.Plain, flow: wizard.NewFlow(o.Prefill, o.Step), name: o.Name, edit: o.Edit, was: o.Was, kept: o.Draft}
}

// begin asks from the step where the flow is. What was answered is kept as a
// draft when it ends before it is saved.
func (a *asker) begin(ctx context.Context) error {
	if err := a.lock(ctx); err != nil {
		return err
	}
	a.names(ctx)
	if a.flow.Raw("external_id") == "" && !a.edit {
		a.flow.Put("external_id", wizard.GenerateExternalID())
	}
	err := a.run(ctx)
	if err != nil && a.changed {
		a.keep()
	}
	return err
}

func itoa(n int) string { return strconv.Itoa(n) }

// lock finds out whether media bind the settings; where that cannot be told
// they do (D3).
func (a *asker) lock(ctx context.Context) error {
	if !a.edit {
		return nil
	}
	l, err := a.world.Lock(ctx, a.name)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	a.locked = err != nil || l.Locked()
	return nil //nolint:nilerr // not being able to tell is an answer: locked
}

func (a *asker) run(ctx context.Context) error {
	a.intro()
	return a.questions(ctx)
}

// questions asks from the step where the flow is to the review, and reviews.
func (a *asker) questions(ctx context.Context) error {
	for a.flow.Step().ID != "review" {
		if err := a.step(ctx); err != nil {
			return err
		}
	}
	return a.review(ctx)
}

// step asks the fields of one step and goes on, or back by one question.
func (a *asker) step(ctx context.Context) error {
	st := a.flow.Step()
	a.t.line("")
	a.t.line(text.Fill(a.w.Step, "n", itoa(a.flow.Index()+1), "of", itoa(len(a.flow.Steps())),
		"title", a.c.Say("step."+st.ID+".title", nil)))
	at := 0
	if a.fromEnd {
		at = a.before(st.Fields, len(st.Fields))
	}
	a.fromEnd = false
	for {
		asked := a.flow.Step().Fields // an answer may change what else is asked
		if at >= len(asked) {
			break
		}
		back, err := a.field(ctx, asked[at])
		switch {
		case err != nil:
			return err
		case !back:
			at++
		case a.before(asked, at) < at:
			at = a.before(asked, at)
		default:
			a.fromEnd = a.flow.Back()
			return nil
		}
	}
	errs := a.flow.Next()
	a.keepStep()
	for _, e := range errs {
		a.t.line(a.c.Labelled(a.label(e.Field), sentence(a.c, e.TextID(), e.Args)))
	}
	return nil
}

// before is the last field before one that can be answered; the same one where
// there is none.
func (a *asker) before(fields []string, at int) int {
	for i := at - 1; i >= 0; i-- {
		if f, ok := a.flow.Question(fields[i]); ok && !a.lockedField(f) {
			return i
		}
	}
	return min(at, len(fields)-1)
}

func (a *asker) lockedField(f wizard.Field) bool { return a.locked && f.Locked == wizard.Locked }

// label is the name of a setting, as the integration calls it.
func (a *asker) label(key string) string { return a.c.Field(a.flow.Raw("integration"), key, "label") }

// field asks one question until the answer is valid, or the person goes back.
func (a *asker) field(ctx context.Context, key string) (back bool, err error) {
	f, ok := a.flow.Question(key)
	if !ok {
		return false, nil
	}
	if a.lockedField(f) {
		a.t.line(text.Fill(a.w.LockedField, "label", a.label(key), "value", safe(a.flow.Raw(key))))
		return false, nil
	}
	options := a.options(f)
	for {
		a.ask(f, options)
		line, err := a.t.answer(ctx)
		if err != nil {
			return false, err
		}
		again, err := a.command(ctx, f, line)
		if err != nil {
			return false, err
		}
		if again {
			continue
		}
		if narrow(line) == goBack {
			return true, nil
		}
		done, more, err := a.take(ctx, f, line, options)
		if err != nil || done {
			return false, err
		}
		options = more
	}
}

// ask prints the question with its numbered answers and what enter keeps.
func (a *asker) ask(f wizard.Field, options []wizard.Choice) {
	label := a.label(f.Key)
	if !f.Required {
		label += a.c.Aside(a.c.UI.Setup.Optional)
	}
	a.t.line("")
	a.t.line(label)
	for i, o := range options {
		line := "  " + itoa(i+1) + ". " + a.c.ChoiceName(f.Key, o)
		if f.Key != wizard.PartsKey {
			a.t.line(line + a.c.Aside(o.Value))
			continue
		}
		a.t.line(line) // its value is no setting: what follows is told instead
		a.t.line("     " + safe(a.c.ChoiceSays(f.Key, o)))
	}
	if a.askTable(f) {
		a.t.say("> ")
		return
	}
	if now := a.flow.Raw(f.Key); now != "" && a.flow.Problem(f.Key) != nil {
		a.t.line(text.Fill(a.l.NotValid, "value", safe(now)))
	} else if now != "" {
		a.t.line(text.Fill(a.w.Keeps, "value", a.told(f, now)))
	} else if f.Example != "" {
		a.t.line(text.Fill(a.c.UI.Setup.Example, "value", f.Example))
	}
	a.t.say("> ")
}

// options are the answers that are numbered; a long list is searched instead.
func (a *asker) options(f wizard.Field) []wizard.Choice {
	switch {
	case f.Kind == wizard.Toggle:
		s := a.c.UI.Setup
		return []wizard.Choice{{Value: "false", LabelEN: s.Off, LabelJA: s.Off}, {Value: "true", LabelEN: s.On, LabelJA: s.On}}
	case f.Kind == wizard.OneOf:
		if all := f.Choices(a.flow.Settings()); len(all) <= 6 {
			return all
		}
	}
	return nil
}

// mayBeSaved tells whether a report allows saving.
func mayBeSaved(r awscheck.Report) bool {
	return r.Verdict == awscheck.Ready || r.Verdict == awscheck.ReadyWithWarnings
}
