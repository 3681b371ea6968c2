package plain

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// The words that are no answers but ask for something else. None of them is a
// valid answer to any question.
const (
	goBack    = "<"
	askHelp   = "?"
	makeEmpty = "-"
	follows   = "="
	whoRuns   = "@"
	another   = "+"
)

// intro says what the questions are about and which words help, each in a
// line.
func (a *asker) intro() {
	a.t.line("")
	if a.edit {
		a.t.line(text.Fill(a.c.UI.Setup.TitleEdit, "name", safe(a.name)))
	} else {
		a.t.line(a.c.UI.Setup.TitleNew)
	}
	if !a.edit && a.flow.Index() == 0 {
		for _, l := range []string{a.c.UI.About.What, a.c.UI.About.Enable, a.c.UI.About.NeedsAWS} {
			a.t.line(l)
		}
	}
	a.t.line(a.w.Intro)
}

// command does what a word that is no answer asks for; again is true when the
// question has to be put once more.
func (a *asker) command(ctx context.Context, f wizard.Field, line string) (again bool, err error) {
	switch narrow(line) {
	case askHelp:
		a.help(f.Key)
	case follows:
		a.t.line("")
		a.t.line(a.c.UI.Setup.MediaAt)
		if urls := wizard.SampleURLsIn(world.SpaceOf(a.name, a.flow.Settings())); len(urls) > 0 {
			for _, u := range urls {
				a.t.line("  " + safe(u))
			}
		} else {
			a.t.line("  " + a.c.UI.Setup.NeedsBucket)
		}
		err := a.documents(ctx, a.flow.Settings(), a.draftName())
		// Marks belong to a draft, which there has to be then.
		a.changed = a.changed || !a.edit && len(a.world.Pasted(ctx, a.draftName())) > 0
		return true, err
	case whoRuns:
		a.t.line("")
		if _, err := a.sayWho(ctx); err != nil {
			return false, err
		}
		return true, a.changeWho(ctx)
	case another:
		if f.Key != "external_id" {
			return false, nil
		}
		a.flow.Put(f.Key, wizard.GenerateExternalID())
		a.changed = true
	default:
		return false, nil
	}
	return true, nil
}

func (a *asker) help(key string) {
	for _, part := range []string{"help", "where"} {
		if said := a.c.Field(a.flow.Raw("integration"), key, part); said != "" {
			a.t.line(said)
		}
	}
	if key == "external_id" {
		a.t.line(a.l.HelpAnother)
	}
	a.t.line(a.w.Commands)
}

// told is a value as people say it: a choice by its name, the rest as it is.
func (a *asker) told(f wizard.Field, value string) string {
	for _, o := range a.options(f) {
		if o.Value == value {
			return a.c.ChoiceName(f.Key, o)
		}
	}
	return safe(value)
}

// take puts an answer; done is false when it has to be asked again, with the
// options given.
func (a *asker) take(ctx context.Context, f wizard.Field, line string, options []wizard.Choice) (done bool, more []wizard.Choice, err error) {
	if a.tableRow(f, line) {
		return false, options, nil
	}
	answer, ok := a.meant(f, line, options)
	if !ok {
		a.t.line(text.Fill(a.w.NoSuchNumber, "n", itoa(len(options))))
		return false, options, nil
	}
	if hits := a.search(f, strings.TrimSpace(answer)); len(hits) > 0 {
		return false, hits, nil
	}
	before := a.flow.Raw(f.Key)
	notices, problem := a.flow.Put(f.Key, answer)
	for _, n := range notices {
		a.t.line(sentence(a.c, "notice."+n.Code, n.Args))
	}
	if problem == nil {
		a.settle(f, answer)
		a.countAssets(ctx, f)
	}
	a.changed = a.changed || a.flow.Raw(f.Key) != before
	switch {
	case f.Required && a.flow.Raw(f.Key) == "":
		needed := a.w.Needed
		if id := "error." + f.Key + ".missing"; a.c.Has(id) {
			needed += " " + sentence(a.c, id, nil)
		}
		a.t.line(needed)
		return false, a.options(f), nil
	case problem == nil:
		return true, nil, nil
	}
	a.t.line(sentence(a.c, problem.TextID(), problem.Args))
	return a.suggest(ctx, f, problem)
}

// meant is the answer that a line stands for: a numbered one, what is there
// already, nothing, or the line as it was typed. ok is false for a number that
// none has.
func (a *asker) meant(f wizard.Field, line string, options []wizard.Choice) (answer string, ok bool) {
	word := narrow(line)
	if n, err := strconv.Atoi(word); err == nil && len(options) > 0 {
		if n < 1 || n > len(options) {
			return "", false
		}
		return options[n-1].Value, true
	}
	switch word {
	case "":
		return a.flow.Raw(f.Key), true
	case makeEmpty:
		return "", true
	}
	return line, true
}

// settle keeps the normal form of a valid answer, and says it where more than
// white space makes the difference.
func (a *asker) settle(f wizard.Field, answer string) {
	value, _, err := wizard.CheckField(f.Key, answer, a.flow.Settings())
	if err != nil {
		return
	}
	if value != answer {
		a.flow.Put(f.Key, value)
		if f.Kind == wizard.Table {
			return // its rows are shown whenever it is asked for
		}
		a.t.line(text.Fill(a.l.TakenAs, "value", a.told(f, value)))
	}
	if live, ok := wizard.LiveOf(a.flow.Settings(), f.Key); ok {
		a.t.line(sentence(a.c, "live."+live.ID, live.Args))
	}
}

// suggest offers what would be accepted instead, by number.
func (a *asker) suggest(ctx context.Context, f wizard.Field, p *wizard.FieldError) (done bool, more []wizard.Choice, err error) {
	offers := p.Offers()
	var keys []string
	for _, field := range wizard.AllFields() { // in a fixed order
		if _, ok := offers[field.Key]; ok && !(a.locked && field.Locked == wizard.Locked) {
			keys = append(keys, field.Key)
		}
	}
	if len(keys) == 0 {
		return false, a.options(f), nil
	}
	for _, key := range keys {
		a.t.line(text.Fill(a.w.Suggests, "label", a.label(key), "value", safe(a.readable(key, offers[key]))))
	}
	a.t.options([]option{{words: a.l.TakeIt}, {words: a.l.TypeOther}})
	for {
		a.t.say("%s > ", a.l.AskSuggestion)
		line, err := a.t.answer(ctx)
		if err != nil {
			return false, nil, err
		}
		switch answer := strings.ToLower(narrow(line)); {
		case slices.Contains([]string{"1", "y", "yes", "はい"}, answer):
			for _, key := range keys {
				a.flow.Put(key, offers[key])
			}
			a.changed = true
			return a.flow.Problem(f.Key) == nil && a.flow.Raw(f.Key) != "", a.options(f), nil
		case slices.Contains([]string{"", "2", "n", "no", "いいえ", goBack}, answer):
			return false, a.options(f), nil
		}
		a.t.line(text.Fill(a.l.NoSuchAnswer, "n", "2"))
	}
}

// enough is how many hits of a search are numbered.
const enough = 12

// search finds a name among many answers; one hit or a value is taken by the
// flow itself, several are numbered and asked again.
func (a *asker) search(f wizard.Field, typed string) []wizard.Choice {
	if f.Kind != wizard.OneOf || typed == "" || len(a.options(f)) > 0 {
		return nil
	}
	var hits []wizard.Choice
	low := strings.ToLower(typed)
	for _, c := range f.Choices(a.flow.Settings()) {
		if c.Value == low {
			return nil
		}
		if strings.Contains(strings.ToLower(c.LabelEN), low) || strings.Contains(c.LabelJA, typed) || strings.Contains(c.Value, low) {
			hits = append(hits, c)
		}
	}
	if len(hits) > enough {
		a.t.line(text.Fill(a.l.MoreHits, "n", itoa(len(hits)), "shown", itoa(enough)))
		hits = hits[:enough]
	}
	return hits
}
