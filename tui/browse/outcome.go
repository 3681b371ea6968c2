package browse

import (
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/text"
)

// outcome is one line about an operation that went well.
func (b *Browse) outcome(x op, s media.Summary) string {
	w := b.words()
	if x.items == 0 && x.kind != media.OpPut {
		return emptyOutcome(w, x, s)
	}
	t := map[string]string{
		media.OpPut: w.DonePut, media.OpMove: w.DoneMove, media.OpRemove: w.DoneRemove, media.OpReplace: w.DoneReplace,
		media.OpRecover: b.env.Text.Say("ui.recover.done", map[string]string{"count": "{n}"}),
	}[x.kind]
	line := text.Fill(t, "n", text.Thousands(int64(s.Done)), "size", text.Bytes(s.Bytes), "time", b.env.Text.Duration(s.Duration))
	if b.ops.there > 0 {
		line += " " + text.Fill(w.AlsoSkipped, "n", itoa(b.ops.there))
	}
	if b.ops.cut > 0 {
		line += " " + text.Fill(b.env.Text.UI.Transfers.AlsoCancelled, "n", itoa(b.ops.cut))
	}
	if n := max(b.ops.leftOut, x.log.LeftOut()); n > 0 {
		line += " " + text.Fill(w.AlsoLeftOut, "n", itoa(n))
	}
	if s.NotStarted > 0 {
		line += " " + text.Fill(w.NotStarted, "n", itoa(s.NotStarted))
	}
	if s.Kept > 0 {
		line += " " + text.Fill(w.UploadsKept, "n", itoa(s.Kept))
	}
	if s.Hidden > 0 {
		line += " " + text.Fill(w.StillVersions, "n", itoa(s.Hidden))
	}
	return line
}

// wayToPanel names the key that shows each file, where there were several.
func (b *Browse) wayToPanel(x op) string {
	if x.items < 2 && len(x.log.Files) < 2 || b.tracking || b.ops.running() {
		return ""
	}
	help := b.env.Keys.Transfers.Help()
	return "   " + help.Key + " " + help.Desc
}

// emptyOutcome is one line about folders without files.
func emptyOutcome(w *text.BrowseWords, x op, s media.Summary) string {
	switch {
	case s.Failed > 0:
		return w.FolderStays
	case x.kind == media.OpMove:
		return w.FolderRenamed
	}
	return w.FolderGone
}

// stoppedLine is one line about an operation that the person stopped.
func (b *Browse) stoppedLine(x op, s media.Summary) string {
	w := b.words()
	t := w.StoppedPut
	switch x.kind {
	case media.OpMove:
		t = w.StoppedMove
	case media.OpRemove:
		t = w.StoppedRemove
	}
	kept := ""
	if s.Kept > 0 {
		t, kept = w.StoppedKept, " "+text.Fill(w.UploadsKept, "n", itoa(s.Kept))
	}
	return text.Fill(t, "n", text.Thousands(int64(s.Done)), "of", text.Thousands(int64(s.Done+s.NotStarted+b.ops.cut))) + kept
}

// problemLines list what did not work, with the reasons.
func (b *Browse) problemLines(x op, s media.Summary, problems []media.Event) []dialog.Line {
	var lines []dialog.Line
	if s.Done+s.Skipped+s.NotStarted+s.Kept > 0 { // "0 done" says nothing
		lines = append(lines, dialog.Line{Text: b.outcome(x, s), Wrap: true}, dialog.Line{})
	}
	for i, e := range problems {
		if i == 20 {
			lines = append(lines, dialog.Line{Text: text.Fill(b.words().MoreProblems, "n", itoa(len(problems)-i)), Role: dialog.Muted})
			break
		}
		if e.From == "" || !isURL(e.Path) { // what is said of a URL begins with it
			lines = append(lines, dialog.Line{Text: text.Safe(e.Path), Role: dialog.Strong})
		}
		if e.Err == nil {
			lines = append(lines, dialog.Line{Text: b.env.Sentence("media."+e.Code, map[string]string{"path": e.Path}), Role: dialog.Bad, Wrap: true})
			continue
		}
		lines = append(lines, dialog.TroubleLines(b.env, b.env.World.Explain(b.place.Connection, e.Err))...)
		lines = append(lines, dialog.Line{})
	}
	return lines
}
