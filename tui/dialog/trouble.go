package dialog

import (
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// NewTrouble tells an error: what happened, why, and what to do, the surest
// cause first.
func NewTrouble(env *screen.Env, tr world.Trouble) *Notice {
	w := env.Text.UI.Trouble
	return NewNotice(env, w.Title, TroubleLines(env, tr), nil)
}

// TroubleLines are the lines of NewTrouble, for other dialogs.
func TroubleLines(env *screen.Env, tr world.Trouble) []Line {
	w := env.Text.UI.Trouble
	var l []Line
	told := false
	if tr.Code != "" && env.Text.Has(tr.Code) {
		l = append(l, Line{Text: env.Sentence(tr.Code, tr.Args), Role: Strong, Wrap: true})
		told = true
	}
	for i, c := range tr.Causes {
		if c.Likelihood == diagnose.RuledOut || i > 2 {
			continue
		}
		l = append(l, Line{}, Line{Text: Likelihood(env, c.Likelihood), Role: Muted})
		l = append(l, Line{Text: env.Sentence("cause."+c.ID, c.Args), Wrap: true})
		for _, f := range c.Fixes {
			l = append(l, Line{Text: w.Fix + " " + env.Sentence("fix."+f.ID, f.Args), Wrap: true, Role: Good})
		}
		told = true
	}
	if tr.Raw != "" {
		if told {
			l = append(l, Line{}, Line{Text: w.Raw, Role: Muted})
		}
		l = append(l, Line{Text: text.Safe(tr.Raw), Role: Code, Wrap: true})
	}
	return l
}

// Likelihood is the word for how sure a cause is.
func Likelihood(env *screen.Env, l diagnose.Likelihood) string {
	w := env.Text.UI.Trouble
	switch l {
	case diagnose.Certain:
		return w.Certain
	case diagnose.Likely:
		return w.Likely
	case diagnose.RuledOut:
		return w.RuledOut
	}
	return w.Possible
}
