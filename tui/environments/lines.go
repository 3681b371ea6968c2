package environments

import (
	"github.com/mediadock/mediadock/media/purge"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"strconv"
)

// creationLines are what making the environment will do.
func (e *Environments) creationLines() []dialog.Line {
	w, p := e.words(), e.creation.Plan
	args := map[string]string{
		"environment": text.Safe(e.name), "connection": text.Safe(e.connection), "bucket": text.Safe(p.To.Bucket), "dir": text.Safe(p.To.Dir()),
	}
	var lines []dialog.Line
	for i, l := range e.env.Text.EnvironmentPlan(p, args, false) {
		role := dialog.Plain
		if i == 0 {
			role = dialog.Strong
		}
		lines = append(lines, prose(role, l))
	}
	if n := e.creation.Notes; n > 0 {
		lines = append(lines, prose(dialog.Plain, e.env.Text.Say("cmd.env.plan.notes", map[string]string{"count": text.Thousands(int64(n))})))
	}
	return append(lines, dialog.Line{},
		prose(dialog.Good, "◆ "+text.Fill(w.SourceStays, "connection", text.Safe(e.connection))), dialog.Line{},
		prose(dialog.Strong, text.Fill(w.BeginCopy, "key", e.env.Keys.Begin.Help().Key)))
}

// removalLines are the blast radius of deleting the environment (B15).
func (e *Environments) removalLines() []dialog.Line {
	say, w, d := e.env.Text.Say, e.words(), e.deletion
	args := map[string]string{
		"environment": text.Safe(e.name), "connection": text.Safe(e.connection), "bucket": text.Safe(d.Plan.Space.Bucket), "dir": text.Safe(d.Plan.Dir),
		"count": text.Thousands(d.Plan.Objects), "bytes": text.Bytes(d.Plan.Bytes), "at": text.When(d.Plan.Begun),
	}
	lines := []dialog.Line{prose(dialog.Bad, say("cmd.env.removes", args))}
	if d.Plan.Resumes {
		lines = append(lines, prose(dialog.Plain, say("cmd.env.goes-on", args)))
	}
	lines = append(lines, prose(dialog.Good, e.env.Text.ProductionStays(e.connection)), dialog.Line{})
	if d.Plan.Objects == 0 {
		lines = append(lines, prose(dialog.Plain, w.Nothing))
	} else {
		lines = append(lines, prose(dialog.Plain, text.Fill(w.URLsEnd, "url", text.Safe(d.Plan.URL))))
		for _, u := range d.Plan.URLs[:min(3, len(d.Plan.URLs))] {
			lines = append(lines, dialog.Line{Text: text.Safe(u), Role: dialog.Code, Lead: "  "})
		}
		lines = append(lines, dialog.Line{})
		lines = append(lines, e.lingerLines()...)
		id := "purge.no-versions"
		if d.Versioned {
			id = "purge.versions"
		}
		lines = append(lines, prose(dialog.Warn, say(id, nil)))
		if d.Versioned {
			lines = append(lines, prose(dialog.Muted, say("purge.remove-hidden", args)))
		}
	}
	return append(lines, prose(dialog.Plain, w.SettingsGo), dialog.Line{},
		prose(dialog.Strong, text.Fill(w.BeginRemoval, "key", e.env.Keys.Delete.Help().Key)))
}

// lingerLines are how long caches keep copies, and what is done about it.
func (e *Environments) lingerLines() []dialog.Line {
	say, w, d := e.env.Text.Say, e.words(), e.deletion
	if !d.CDN {
		return nil
	}
	var out []dialog.Line
	switch life, ok := purge.Lifetime(d.CacheControl); {
	case ok && life == 0:
		out = append(out, prose(dialog.Plain, say("purge.linger-never", map[string]string{"header": text.Safe(d.CacheControl)})))
	case ok:
		out = append(out, prose(dialog.Plain, say("purge.linger-set", map[string]string{"header": text.Safe(d.CacheControl), "time": e.env.Text.Long(life)})))
	default:
		out = append(out, prose(dialog.Plain, say("purge.linger", nil)))
	}
	if d.Purges && d.Foreign != "" {
		return append(out, prose(dialog.Warn, text.Fill(w.CDNForeign, "distribution", text.Safe(d.Distribution), "account", text.Safe(d.Foreign))))
	}
	if d.Purges {
		return append(out, prose(dialog.Plain, text.Fill(w.CDNWill, "distribution", text.Safe(d.Distribution))))
	}
	return append(out, prose(dialog.Plain, w.CDNWillNot))
}

// overLines are what came of it, why it is not whole, and what to do next.
func (e *Environments) overLines() []dialog.Line {
	w, k, x := e.words(), e.env.Keys, e.runs.of(e.name)
	if x == nil {
		return nil
	}
	mark, role := "✓ ", dialog.Good
	if !x.end.Whole {
		mark, role = "! ", dialog.Warn
	}
	lines := []dialog.Line{prose(role, mark+outcome(e.env.Text, x))}
	if n := x.end.There; n > 0 && !x.removal {
		lines = append(lines, prose(dialog.Plain, text.Fill(w.WereThere, "n", text.Thousands(n), "bytes", text.Bytes(x.end.ThereBytes))))
	}
	if x.stopped && !x.end.Whole {
		lines = append(lines, prose(dialog.Plain, w.Stopped))
	}
	if why := x.why(); why != nil {
		lines = append(lines, dialog.Line{})
		lines = append(lines, dialog.TroubleLines(e.env, e.env.World.Explain(e.about(), why))...)
	}
	if !x.removal && x.end.Err == nil {
		lines = append(lines, dialog.Line{})
		for _, l := range e.env.Text.EnvironmentCheck(x.name, x.end.Check) {
			lines = append(lines, prose(dialog.Plain, l))
		}
	}
	lines = append(lines, e.notesLines(x)...)
	if x.failed > 0 {
		lines = append(lines, dialog.Line{})
		lines = append(lines, e.problemLines(x)...)
	}
	if x.end.Hidden > 0 {
		lines = append(lines, prose(dialog.Muted, e.env.Text.Say("media.note.hidden", map[string]string{"count": strconv.Itoa(x.end.Hidden)})))
	}
	if n := x.end.Appeared; n > 0 {
		lines = append(lines, prose(dialog.Plain, e.env.Text.Say("cmd.env.deleted.appeared", map[string]string{"count": text.Thousands(n)})))
	}
	if p := x.end.Purged; p != nil {
		lines = append(lines, e.purgeLines(p)...)
	}
	lines = append(lines, dialog.Line{})
	switch {
	case x.end.Whole && x.removal:
		lines = append(lines, prose(dialog.Good, e.env.Text.ProductionStays(e.connection)))
	case x.end.Whole:
		lines = append(lines, e.addressLines()...)
	default:
		lines = append(lines, prose(dialog.Strong, text.Fill(w.NextGoOn, "key", k.Again.Help().Key)))
		if !x.removal {
			lines = append(lines, prose(dialog.Plain, text.Fill(w.NextDelete, "key", k.Delete.Help().Key)))
		}
	}
	return lines
}

// notesLines are what became of what people wrote about the files.
func (e *Environments) notesLines(x *run) []dialog.Line {
	say, end := e.env.Text.Say, x.end
	var lines []dialog.Line
	if end.Notes > 0 {
		lines = append(lines, prose(dialog.Plain, say("cmd.env.notes", map[string]string{"count": text.Thousands(int64(end.Notes))})))
	}
	if end.NotesErr == nil {
		return lines
	}
	id := "cmd.env.notes-not"
	if x.removal {
		id = "cmd.env.notes-stay"
	}
	_, environment := world.Connection{Name: e.name}.Of()
	return append(lines, prose(dialog.Warn, say(id, map[string]string{
		"reason": e.env.InOneLine(e.about(), end.NotesErr), "command": text.Safe(end.NotesLater), "name": text.Safe(environment),
	})))
}

// why is what kept it from being whole, nil where that was the person.
func (x *run) why() error {
	switch {
	case x.end.Err != nil:
		return x.end.Err
	case x.stopped:
		return nil
	case x.end.EnvironmentResult.Stopped != nil:
		return x.end.EnvironmentResult.Stopped
	}
	return x.first
}

// knownLines tell that an environment is known here now.
func (e *Environments) knownLines() []dialog.Line {
	lines := []dialog.Line{prose(dialog.Good, "✓ "+text.Fill(e.words().Known, "name", text.Safe(e.name))), {}}
	return append(lines, e.addressLines()...)
}

// addressLines are where the environment is, and that it can be opened.
func (e *Environments) addressLines() []dialog.Line {
	_, environment := world.Connection{Name: e.name}.Of()
	space := e.space(environment)
	return []dialog.Line{
		prose(dialog.Muted, e.words().Address), {Text: text.Safe(space.URL(space.Dir())), Role: dialog.Code, Wrap: true}, {},
		prose(dialog.Strong, text.Fill(e.words().NextOpen, "key", e.env.Keys.Open.Help().Key)),
	}
}
