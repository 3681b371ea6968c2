package dialog

import (
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/report"
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
	told, mended := false, false
	if tr.Code != "" && env.Text.Has(tr.Code) {
		l = append(l, Line{Text: env.Sentence(tr.Code, tr.Args), Role: Strong, Wrap: true})
		told = true
	}
	for i, c := range tr.Causes {
		if c.Likelihood == diagnose.RuledOut || i > 2 {
			continue
		}
		l = append(l, Line{}, Line{Text: report.Likelihood(env.Text, c.Likelihood), Role: Muted})
		l = append(l, Line{Text: env.Sentence("cause."+c.ID, c.Args), Wrap: true})
		for j, s := range report.Steps(c.Fixes) {
			told := s.Told(env.Text)
			if j == 0 {
				told = env.Text.Lead(w.Fix) + told
			}
			l = append(l, Line{Text: told, Wrap: true, Role: Good})
			if s.Command != "" {
				l = append(l, Line{Text: text.Safe(s.Command), Wrap: true, Role: Code})
			}
			mended = true
		}
		told = true
	}
	if next := w.Next(tr.Code); told && !mended && next != "" {
		l = append(l, Line{}, Line{Text: env.Text.Lead(w.Fix) + next, Wrap: true, Role: Good})
	}
	raw := tr.Raw
	if told {
		raw = theirs(tr)
	}
	if raw != "" {
		if told {
			l = append(l, Line{}, Line{Text: w.Raw, Role: Muted})
		}
		l = append(l, Line{Text: text.Safe(raw), Role: Code, Wrap: true})
	}
	return l
}

// theirs is the part of an error's text that AWS or the system wrote, without
// mediadock's own code in front; empty when there is no more than that.
func theirs(tr world.Trouble) string {
	room, code, ok := strings.Cut(tr.Code, ".")
	switch {
	case !ok:
		return tr.Raw
	case room == "media" && strings.HasPrefix(code, "name-"): // judged here alone
		return ""
	}
	rest := tr.Raw
	if rest == tr.Code {
		return ""
	}
	rest = strings.TrimPrefix(rest, tr.Code+": ")
	if room == "media" {
		rest = strings.TrimPrefix(rest, "media: ")
	}
	rest, own := strings.CutPrefix(rest, code)
	if !own {
		return tr.Raw
	}
	rest = strings.TrimPrefix(rest, " ")
	if q, err := strconv.QuotedPrefix(rest); err == nil {
		rest = rest[len(q):]
	}
	return strings.TrimPrefix(rest, ": ")
}
