package plain

import (
	"context"
	"strings"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// review prints everything once more, tests, and saves after the bucket's
// name was typed.
func (a *asker) review(ctx context.Context) error {
	options := world.CheckOptions{As: a.name}
	for {
		if errs := a.flow.Next(); len(errs) > 0 {
			for _, e := range errs {
				a.t.line(a.c.Labelled(a.label(e.Field), sentence(a.c, e.TextID(), e.Args)))
			}
			a.toStepOf(errs[0].Field)
			return a.questions(ctx)
		}
		a.print()
		r, err := runCheck(ctx, a.world, a.c, a.flow.Settings(), "", options, a.t)
		if err != nil && options.Owner != nil && ctx.Err() == nil {
			a.t.trouble(a.world, a.c, a.name, err)
			options.Owner = nil // their credentials do not work; the rest goes on
			continue
		}
		if err != nil {
			return err
		}
		if mayBeSaved(r) {
			return a.confirm(ctx, r)
		}
		again, err := a.afterFailure(ctx, &options)
		if err != nil {
			return err
		}
		if !again {
			return a.change(ctx)
		}
	}
}

// toStepOf goes to the step that asks for a setting.
func (a *asker) toStepOf(key string) {
	key = a.flow.QuestionOf(key)
	for _, st := range a.flow.Steps() {
		for _, k := range st.Fields {
			if k == key {
				a.flow.GoTo(st.ID)
				return
			}
		}
	}
}

func (a *asker) connectionName() string {
	if a.name != "" {
		return a.name
	}
	return a.flow.Settings().Bucket
}

// confirm asks for the bucket's name and saves.
func (a *asker) confirm(ctx context.Context, r awscheck.Report) error {
	bucket := a.flow.Settings().Bucket
	a.changed = true // what was tested is worth keeping
	for {
		if !a.edit {
			fields := wizard.LabelsOf(a.flow.Settings().Integration, wizard.FieldsOfClass(a.flow.Settings().Integration, wizard.Locked), a.c.Say)
			a.t.line(text.Fill(a.c.UI.Review.FinalShort, "fields", fields))
		}
		a.t.line(a.l.BackToAnswers)
		a.t.line(text.Fill(a.c.UI.Review.TypeBucket, "bucket", safe(bucket)))
		a.t.say("> ")
		line, err := a.t.answer(ctx)
		if err != nil {
			return err
		}
		if strings.TrimSpace(line) == bucket {
			break
		}
		if narrow(line) == goBack {
			return a.change(ctx)
		}
		a.t.line(text.Fill(a.c.UI.Dialog.TypedWrong, "want", safe(bucket)))
	}
	s := a.flow.Settings()
	if s.ServiceID == "" && s.Integration == wizard.DefaultIntegration {
		s.ServiceID = wizard.GenerateServiceID()
	}
	if err := a.save(ctx, s, r); err != nil {
		return err
	}
	a.t.line(text.Fill(a.c.UI.Setup.Saved, "name", safe(a.connectionName())))
	for _, id := range wizard.NextSteps(s, r.Passed) {
		if a.c.Has(id) {
			a.t.line(safe(a.c.Say(id, wizard.NextArgs(s))))
		}
	}
	return a.t.broken()
}
