package environments

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// low is below how many rows blank lines are left out.
const low = 14

// margin are the cells left of everything.
const margin = "  "

func (e *Environments) width() int { return max(e.w-2*len(margin), 1) }

// page is how many rows the scrolled text has.
func (e *Environments) page() int { return max(e.h-e.topMargin(), 1) }

func (e *Environments) topMargin() int {
	if e.h < low {
		return 0
	}
	return 1
}

func (e *Environments) scroll(d int) { e.top = max(0, min(e.top+d, e.rows-e.page())) }

// View draws the stage.
func (e *Environments) View() screen.View {
	lines, cursor := e.draw(e.width())
	e.rows = len(lines)
	e.top = max(0, min(e.top, e.rows-e.page()))
	if cursor != nil { // it stays in sight
		e.top = max(min(e.top, cursor.Y), cursor.Y-e.page()+1)
	}
	shown := lines[e.top:min(e.top+e.page(), e.rows)]
	if e.rows > e.top+e.page() {
		shown[len(shown)-1] = e.env.Theme.Muted.Render(grid.Fit(e.env.Text.UI.Dialog.More, e.width()))
	}
	v := screen.View{Body: strings.Repeat("\n", e.topMargin()) + margin + strings.Join(shown, "\n"+margin)}
	if cursor != nil {
		v.Cursor = tea.NewCursor(cursor.X+len(margin), cursor.Y-e.top+e.topMargin())
	}
	if e.stage == running {
		v.Progress = tea.NewProgressBar(tea.ProgressBarDefault, e.runs.of(e.name).percent())
	}
	return v
}

// draw lays the stage out in w cells.
func (e *Environments) draw(w int) ([]string, *tea.Position) {
	if e.stage == naming {
		return e.drawNaming(w)
	}
	var lines []dialog.Line
	switch e.stage {
	case planning:
		lines = e.counting()
	case planned:
		if lines = e.creationLines(); e.removal() {
			lines = e.removalLines()
		}
	case running:
		return e.drawRunning(w), nil
	case over:
		lines = e.overLines()
	case known:
		lines = e.knownLines()
	case broken:
		lines = dialog.TroubleLines(e.env, e.trouble)
	}
	if e.h < low {
		lines = dense(lines)
	}
	return dialog.Draw(e.env, lines, w), nil
}

// dense leaves blank lines out.
func dense(lines []dialog.Line) []dialog.Line {
	var out []dialog.Line
	for _, l := range lines {
		if l.Text != "" || l.Lead != "" {
			out = append(out, l)
		}
	}
	return out
}

func prose(role dialog.Role, s string) dialog.Line {
	return dialog.Line{Text: s, Role: role, Wrap: true}
}

// drawNaming asks for the name, and shows what follows from it as it is typed.
func (e *Environments) drawNaming(w int) ([]string, *tea.Position) {
	t, words := e.env.Theme, e.words()
	about := func(s string) string { return text.Fill(s, "connection", text.Safe(e.connection)) }
	var lines []dialog.Line
	if e.h >= low {
		lines = append(lines, prose(dialog.Plain, about(words.NameAbout)), dialog.Line{}, prose(dialog.Muted, about(words.SettingsCopied)), dialog.Line{})
	}
	out := append(dialog.Draw(e.env, lines, w), t.Muted.Render(grid.Cut(words.NameLabel, w)))
	e.field.SetWidth(w - 2)
	drawn, x := e.field.View(t.Text, words.NameHint, t.Faint)
	out = append(out, t.Accent.Render("> ")+drawn)
	cursor := &tea.Position{X: 2 + x, Y: len(out) - 1}
	name := e.typedName()
	why, bad := e.problem()
	switch {
	case name == "" && !e.tried:
		why = ""
	case bad:
		why = "✗ " + why
	case why == "":
		why = "✓"
	}
	style := t.OK
	if bad {
		style = t.Bad
	}
	for _, l := range append(grid.Wrap(why, w), "")[:max(1, len(grid.Wrap(why, w)))] {
		out = append(out, style.Render(l))
	}
	lines = nil
	if e.h >= low {
		lines = append(lines, dialog.Line{})
	}
	if name != "" && !bad {
		space := e.space(name)
		dir := space.Dir()
		lines = append(lines, prose(dialog.Muted, words.Directory), dialog.Line{Text: text.Safe("s3://" + space.Bucket + "/" + dir), Role: dialog.Code, Wrap: true},
			prose(dialog.Muted, words.Address), dialog.Line{Text: text.Safe(space.URL(dir)), Role: dialog.Code, Wrap: true})
	} else if e.h < low {
		lines = append(lines, prose(dialog.Muted, about(words.NameAbout)))
	}
	return append(out, dialog.Draw(e.env, lines, w)...), cursor
}

// counting is how far a plan is.
func (e *Environments) counting() []dialog.Line {
	w := e.words()
	words := text.Fill(w.Counting, "connection", text.Safe(e.connection))
	if e.place.Removal {
		words = text.Fill(w.CountingRemoval, "name", text.Safe(e.name))
	}
	lines := []dialog.Line{prose(dialog.Strong, words)}
	if e.counted.n > 0 {
		lines = append(lines, dialog.Line{}, prose(dialog.Plain, text.Fill(w.Counted, "n", text.Thousands(e.counted.n), "bytes", text.Bytes(e.counted.b))))
	}
	return lines
}

// drawRunning is how far it is, and what did not make it.
func (e *Environments) drawRunning(w int) []string {
	t, words, x := e.env.Theme, e.words(), e.runs.of(e.name)
	p := x.now
	out := []string{t.Strong.Render(grid.Cut(e.env.Text.Say("cmd.env.progress."+p.Phase, nil)+"  "+text.Safe(e.name), w))}
	blank := func() {
		if e.h >= low {
			out = append(out, "")
		}
	}
	blank()
	share := x.percent()
	percent := strconv.Itoa(share) + " %"
	bar := max(min(w-len(percent)-2, 60), 4)
	full := share * bar / 100
	out = append(out, t.Accent.Render(strings.Repeat("━", full))+t.Faint.Render(strings.Repeat("─", bar-full))+"  "+percent)
	blank()
	out = append(out, e.numbers(p, w)...)
	blank()
	keys := e.env.Keys
	var notes []dialog.Line
	stops := words.StopKeeps
	if x.removal {
		stops = words.StopRemoves
	}
	if x.stopping {
		notes = []dialog.Line{prose(dialog.Warn, words.Stopping)}
	} else {
		notes = []dialog.Line{prose(dialog.Muted, text.Fill(words.Background, "esc", keys.Back.Help().Key)), prose(dialog.Muted, text.Fill(stops, "stop", keys.Stop.Help().Key))}
	}
	if x.failed > 0 {
		notes = append(notes, dialog.Line{})
		notes = append(notes, e.problemLines(x)...)
	}
	if e.h < low {
		notes = dense(notes)
	}
	return append(out, dialog.Draw(e.env, notes, w)...)
}

// numbers are those of a progress, beside each other as far as there is room.
func (e *Environments) numbers(p media.EnvironmentProgress, w int) []string {
	words, c := e.words(), e.env.Text
	var parts []string
	add := func(is bool, part string) {
		if is {
			parts = append(parts, part)
		}
	}
	add(p.Objects > 0, text.Fill(words.NOf, "n", text.Thousands(p.Done), "of", text.Thousands(p.Objects)))
	add(p.Bytes > 0, text.Bytes(p.DoneBytes)+" / "+text.Bytes(p.Bytes))
	add(p.Left > 0, c.Say("cmd.env.progress.left", map[string]string{"time": e.left(p.Left)}))
	add(p.PerSecond > 0, text.Fill(words.PerSec, "n", text.Thousands(int64(p.PerSecond+0.5))))
	add(p.BytesPerSecond > 0, text.Bytes(int64(p.BytesPerSecond))+"/s")
	add(p.Parallel > 0, text.Fill(words.Parallel, "n", strconv.Itoa(p.Parallel)))
	add(p.SlowDowns > 0, text.Fill(words.SlowDowns, "n", text.Thousands(p.SlowDowns)))
	var out []string
	for _, part := range parts {
		if last := len(out) - 1; last >= 0 && grid.Width(out[last])+3+grid.Width(part) <= min(w, 76) {
			out[last] += "   " + part
			continue
		}
		out = append(out, grid.Cut(part, w))
	}
	return out
}

// left is a time that can be foretold roughly.
func (e *Environments) left(d time.Duration) string {
	if d < time.Hour {
		return e.env.Text.Remaining(d)
	}
	return e.env.Text.Long(d)
}

// problemLines name what did not make it, and why.
func (e *Environments) problemLines(x *run) []dialog.Line {
	w := e.words()
	lines := []dialog.Line{prose(dialog.Bad, text.Fill(w.Problems, "n", text.Thousands(int64(x.failed))))}
	for _, p := range x.problems {
		why := e.env.Text.Say("media."+p.Code, nil)
		if p.Err != nil {
			why = e.env.InOneLine(e.about(), p.Err)
		}
		lines = append(lines, dialog.Line{Text: text.Safe(p.Path) + "  " + why, Role: dialog.Plain, Wrap: true})
	}
	if more := x.failed - len(x.problems); more > 0 {
		lines = append(lines, prose(dialog.Muted, text.Fill(w.MoreProblems, "n", text.Thousands(int64(more)))))
	}
	return lines
}
