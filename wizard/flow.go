package wizard

import "slices"

// Step is one page of questions. Its title is the text "step.<id>.title". The
// last step, "review", asks nothing.
type Step struct {
	ID     string
	Fields []string
}

// Flow is the state of the questions: which step, and what was typed so far.
// The terminal UI, the plain line mode and the flags all drive it. Nothing
// that was typed is ever lost: invalid values stay as typed, going back is
// always possible. A Flow is not safe for use from several goroutines.
type Flow struct {
	raw   map[string]string
	at    int
	parts parts
}

// NewFlow begins with what is known already, such as a draft or a saved
// connection, at the step with the id startAt; an unknown or empty id is the
// first step. Values of s may be invalid.
func NewFlow(s Settings, startAt string) *Flow {
	filled := Defaults(s)
	f := &Flow{raw: map[string]string{}}
	for _, field := range allFields {
		f.raw[field.Key] = Get(filled, field.Key)
	}
	f.begin(s)
	f.GoTo(startAt)
	return f
}

// Steps are the steps of the integration chosen so far, with the questions
// that the answers so far lead to: the account that the role trusts is asked
// for only where it is not the caller's own.
func (f *Flow) Steps() []Step {
	steps := slices.Clone(f.integration().Steps)
	if f.asksVendor() {
		return steps
	}
	for i := range steps {
		steps[i].Fields = slices.DeleteFunc(slices.Clone(steps[i].Fields), func(key string) bool { return key == "trusted_principal" })
	}
	return steps
}

func (f *Flow) integration() Integration { return offered(f.raw["integration"]) }

// Question is how a key of a step is asked for: a field, or who will use the
// role (PartsKey). A key that no step has is a field of the table, if there is
// one.
func (f *Flow) Question(key string) (Field, bool) {
	if key == PartsKey {
		return Field{Key: key, Kind: OneOf, Required: true, Locked: Free, Choices: f.choices}, f.asksParts()
	}
	field, ok := FieldByKey(key)
	field.Required = f.integration().requires(key)
	if key == "trusted_principal" {
		field.Required = f.needsVendor()
	}
	return field, ok
}

// QuestionOf is the key of the question that a setting is answered by: its
// own, or PartsKey for those that follow from who will use the role.
func (f *Flow) QuestionOf(key string) string {
	if stepOf(f.Steps(), key) < 0 && slices.Contains(decided, key) && f.asksParts() {
		return PartsKey
	}
	return key
}

// Step is the current step.
func (f *Flow) Step() Step { return f.Steps()[f.at] }

// Index is the position of the current step, counted from 0.
func (f *Flow) Index() int { return f.at }

// GoTo jumps to a step by its id and tells whether there is one.
func (f *Flow) GoTo(id string) bool {
	i := slices.IndexFunc(f.Steps(), func(s Step) bool { return s.ID == id })
	if i < 0 {
		return false
	}
	f.at = i
	return true
}

// Settings are the answers so far to what the chosen integration asks:
// normalised where they are valid, as typed where they are not. Answers for
// another integration wait until it is chosen again.
func (f *Flow) Settings() Settings {
	var s Settings
	in := f.integration()
	for _, field := range allFields {
		if in.uses(field.Key) {
			Set(&s, field.Key, f.given(in, field.Key))
		}
	}
	s, _ = Normalise(s)
	return s
}

// Put keeps what was typed for a field, valid or not, and says what is to be
// said about it. The error is nil while the value is empty.
func (f *Flow) Put(key, raw string) ([]Notice, *FieldError) {
	if key == PartsKey {
		if err := f.answer(raw); err != nil {
			return nil, err
		}
		return nil, f.Problem(key)
	}
	f.set(key, raw)
	_, notices, _ := CheckField(key, raw, f.Settings())
	return notices, f.Problem(key)
}

// Take puts what an error offers: the suggestion, and the values that it
// brings for other fields.
func (f *Flow) Take(e *FieldError) {
	for key, v := range e.Offers() {
		f.set(key, v)
	}
}

// set keeps a value. One of the settings that follow from who will use the
// role may answer that question, too.
func (f *Flow) set(key, raw string) {
	f.raw[key] = raw
	if key == "access" || key == "managed_by" {
		f.parts.answer = PartOf(f.Settings())
	}
}

// Raw is what was typed for a field, or the ID of the answer to PartsKey.
func (f *Flow) Raw(key string) string {
	if key == PartsKey {
		return f.parts.answer
	}
	return f.raw[key]
}

// Problem is what is wrong with a field's value now; nil when nothing is, or
// while it is empty. The error of a cross-check is a problem of both fields.
func (f *Flow) Problem(key string) *FieldError {
	if key == PartsKey {
		return f.partsProblem()
	}
	if cleaned, _ := clean(key, f.raw[key]); cleaned == "" {
		return nil
	}
	_, _, err := CheckField(key, f.raw[key], f.Settings())
	return err
}

// Next goes on to the next step. It stays and returns what is wrong when the
// step is not valid; an error of a cross-check belongs to the later of its two
// fields. On the review step it returns every error there is.
func (f *Flow) Next() []FieldError {
	steps := f.Steps()
	review := f.at == len(steps)-1
	var mine []FieldError
	for _, e := range f.Problems() {
		if review || max(stepOf(steps, f.QuestionOf(e.Field)), stepOf(steps, f.QuestionOf(e.Other))) == f.at {
			mine = append(mine, e)
		}
	}
	if len(mine) == 0 && !review {
		f.at++
	}
	return mine
}

// Problems are all errors, in the order of Fields. A toggle that is neither on
// nor off is found here, since Settings cannot hold it, and so is a question
// that flags need not answer.
func (f *Flow) Problems() []FieldError {
	_, _, errs := Apply(Settings{}, f.answers())
	errs = append(errs, f.partsMissing()...)
	inOrder(errs)
	return errs
}

// answers is what was typed for the chosen integration.
func (f *Flow) answers() map[string]string {
	in := f.integration()
	given := map[string]string{}
	for key := range f.raw {
		if in.uses(key) {
			given[key] = f.given(in, key)
		}
	}
	return given
}

// given is what was typed for a setting of an integration. Where there is no
// role, nobody is asked how the bucket is reached: what was answered about
// another service's role says nothing.
func (f *Flow) given(in Integration, key string) string {
	v := f.raw[key]
	switch {
	case key == "access" && !in.uses("role_arn"):
		return in.DefaultAccess
	case key == "managed_by" && v == "" && len(in.Parts) == 0:
		return Defaults(Settings{}).ManagedBy
	}
	return v
}

// Back goes to the step before, also from an invalid one; false on the first.
func (f *Flow) Back() bool {
	if f.at == 0 {
		return false
	}
	f.at--
	return true
}

func stepOf(steps []Step, key string) int {
	return slices.IndexFunc(steps, func(s Step) bool { return slices.Contains(s.Fields, key) })
}
