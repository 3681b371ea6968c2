package plain

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// Options say what the questions begin with.
type Options struct {
	// Name is the connection's; empty takes the bucket's.
	Name    string
	Prefill wizard.Settings
	// Edit changes the saved connection of that name.
	Edit bool
	// Was is the saved connection that is changed, as it was read.
	Was wizard.Settings
	// Step is where a draft was left; empty is the beginning.
	Step string
	In   io.Reader
	Out  io.Writer
}

// ErrNotReady is returned when the connection test did not allow saving and
// the person stopped there. The answers are kept as a draft.
var ErrNotReady = errors.New("plain: the connection test did not pass")

// Setup asks the wizard's questions line by line, tests and saves. Answers
// may come from a pipe; when they end too early it returns ErrNoAnswer, and
// what was answered is kept as a draft.
func Setup(ctx context.Context, s world.Services, catalog *text.Catalog, o Options) error {
	a := &asker{
		world: s, c: catalog, w: &catalog.UI.Plain, t: newTerminal(o.In, o.Out),
		flow: wizard.NewFlow(o.Prefill, o.Step), name: o.Name, edit: o.Edit, was: o.Was,
	}
	if err := a.lock(ctx); err != nil {
		return err
	}
	if a.flow.Raw("external_id") == "" && !o.Edit {
		a.flow.Put("external_id", wizard.GenerateExternalID())
	}
	err := a.run(ctx)
	if err != nil && a.changed {
		a.keep()
	}
	return err
}

// asker asks the questions of a flow.
type asker struct {
	world   world.Services
	c       *text.Catalog
	w       *text.PlainWords
	t       *terminal
	flow    *wizard.Flow
	name    string
	edit    bool
	was     wizard.Settings
	locked  bool
	changed bool
}

func itoa(n int) string { return strconv.Itoa(n) }

// The words that are no answers but ask for something else.
const (
	goBack    = "<"
	askHelp   = "?"
	makeEmpty = "-"
)

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
	a.t.line(a.w.Intro)
	for a.flow.Step().ID != "review" {
		if err := a.step(ctx); err != nil {
			return err
		}
	}
	return a.review(ctx)
}

// step asks the fields of one step and goes on, back, or asks again.
func (a *asker) step(ctx context.Context) error {
	st := a.flow.Step()
	a.t.line("")
	a.t.line(text.Fill(a.w.Step, "n", itoa(a.flow.Index()+1), "of", itoa(len(a.flow.Steps())),
		"title", a.c.Say("step."+st.ID+".title", nil)))
	for _, key := range st.Fields {
		back, err := a.field(ctx, key)
		if err != nil {
			return err
		}
		if back {
			a.flow.Back()
			return nil
		}
	}
	errs := a.flow.Next()
	for _, e := range errs {
		a.t.line(a.label(e.Field) + ": " + sentence(a.c, e.TextID(), e.Args))
	}
	return nil
}

func (a *asker) label(key string) string { return a.c.Say("field."+key+".label", nil) }

// field asks one question until the answer is valid, or the person goes back.
func (a *asker) field(ctx context.Context, key string) (back bool, err error) {
	f, ok := wizard.FieldByKey(key)
	if !ok {
		return false, nil
	}
	if a.locked && f.Locked == wizard.Locked {
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
		switch strings.TrimSpace(line) {
		case goBack:
			return true, nil
		case askHelp:
			a.help(key)
			continue
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
		label += " (" + a.c.UI.Setup.Optional + ")"
	}
	a.t.line("")
	a.t.line(label)
	for i, o := range options {
		a.t.line("  " + itoa(i+1) + ". " + a.choiceName(o) + " (" + o.Value + ")")
	}
	if now := a.flow.Raw(f.Key); now != "" {
		a.t.line(text.Fill(a.w.Keeps, "value", safe(now)))
	} else if f.Example != "" {
		a.t.line(text.Fill(a.c.UI.Setup.Example, "value", f.Example))
	}
	a.t.say("> ")
}

func (a *asker) choiceName(o wizard.Choice) string {
	if a.c.Lang == "ja" {
		return o.LabelJA
	}
	return o.LabelEN
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

func (a *asker) help(key string) {
	for _, part := range []string{"help", "where"} {
		if id := "field." + key + "." + part; a.c.Has(id) && a.c.Say(id, nil) != "" {
			a.t.line(a.c.Say(id, nil))
		}
	}
	a.t.line(a.w.Commands)
}

// take puts an answer; done is false when it has to be asked again, with the
// options given.
func (a *asker) take(ctx context.Context, f wizard.Field, line string, options []wizard.Choice) (done bool, more []wizard.Choice, err error) {
	answer := strings.TrimSpace(line)
	if n, err := strconv.Atoi(answer); err == nil && len(options) > 0 {
		if n < 1 || n > len(options) {
			a.t.line(text.Fill(a.w.NoSuchNumber, "n", itoa(len(options))))
			return false, options, nil
		}
		answer = options[n-1].Value
	}
	switch answer {
	case "":
		answer = a.flow.Raw(f.Key)
	case makeEmpty:
		answer = ""
	}
	if hits := a.search(f, answer); len(hits) > 0 {
		return false, hits, nil
	}
	before := a.flow.Raw(f.Key)
	notices, problem := a.flow.Put(f.Key, answer)
	a.changed = a.changed || a.flow.Raw(f.Key) != before
	for _, n := range notices {
		a.t.line(sentence(a.c, "notice."+n.Code, n.Args))
	}
	if answer == "" && f.Required {
		a.t.line(a.w.Needed)
		return false, a.options(f), nil
	}
	if problem == nil {
		return true, nil, nil
	}
	a.t.line(sentence(a.c, problem.TextID(), problem.Args))
	return a.suggest(ctx, f, problem)
}

// suggest offers what would be accepted instead.
func (a *asker) suggest(ctx context.Context, f wizard.Field, p *wizard.FieldError) (done bool, more []wizard.Choice, err error) {
	offers := p.Offers()
	if len(offers) == 0 {
		return false, a.options(f), nil
	}
	for key, v := range offers {
		a.t.line(text.Fill(a.w.Suggests, "label", a.label(key), "value", safe(v)))
	}
	a.t.say("%s > ", a.w.UseIt)
	line, err := a.t.answer(ctx)
	if err != nil {
		return false, nil, err
	}
	if !yes(line) {
		return false, a.options(f), nil
	}
	for key, v := range offers {
		if g, ok := wizard.FieldByKey(key); ok && a.locked && g.Locked == wizard.Locked {
			continue
		}
		a.flow.Put(key, v)
	}
	return a.flow.Problem(f.Key) == nil, a.options(f), nil
}

func yes(line string) bool {
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "y", "yes", "はい", "ｙ":
		return true
	}
	return false
}

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
	if len(hits) > 12 {
		hits = hits[:12]
	}
	return hits
}

func (a *asker) draftName() string {
	if a.name != "" {
		return a.name
	}
	if b := a.flow.Settings().Bucket; b != "" && a.flow.Problem("bucket") == nil {
		return b
	}
	return "new"
}

// keep saves the draft, also when the context has ended.
func (a *asker) keep() {
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	d := world.Draft{Name: a.draftName(), Settings: a.flow.Settings(), Step: a.flow.Step().ID, Edit: a.edit}
	if a.world.SaveDraft(ctx, d) == nil {
		a.t.line("")
		a.t.line(text.Fill(a.c.UI.Setup.DraftKept, "name", safe(d.Name)))
	}
}

// mayBeSaved tells whether a report allows saving.
func mayBeSaved(r awscheck.Report) bool {
	return r.Verdict == awscheck.Ready || r.Verdict == awscheck.ReadyWithWarnings
}
