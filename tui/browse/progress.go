package browse

import (
	"strings"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/transfers"
)

// part is how much of all that was asked for is done, 0 to 1.
func (o *ops) part() float64 { return o.log.Sum().Part() }

// progressLine is all that runs and waits: what, a bar, the rate, the time
// left, and the key that shows each file.
func (b *Browse) progressLine(w int) string {
	t, words, o := b.env.Theme, b.words(), &b.ops
	if o.stopped {
		return t.Warn.Render(b.env.Text.UI.Frame.Cancelling)
	}
	sum := o.log.Sum()
	part := sum.Part()
	right := itoa(int(part*100)) + " %"
	if sum.Items > 1 {
		right += "   " + text.Fill(words.NOf, "n", text.Thousands(int64(sum.Over)), "of", text.Thousands(int64(sum.Items)))
	}
	switch left := sum.Left(); {
	case o.paused:
		right += "   " + b.env.Text.UI.Transfers.Paused
	case left > 0:
		right += "   " + text.Bytes(int64(sum.Rate)) + "/s   " + text.Fill(words.TimeLeft, "time", b.env.Text.Remaining(transfers.Roughly(left.Seconds())))
	}
	if sum.Waiting > 0 {
		right += "   " + text.Fill(words.Waiting, "n", itoa(sum.Waiting))
	}
	bad := ""
	if sum.Failed > 0 {
		bad = "   " + text.Fill(b.env.Text.UI.Transfers.NFailed, "n", text.Thousands(int64(sum.Failed)))
	}
	help := b.env.Keys.Transfers.Help()
	key := "   " + help.Key + " " + help.Desc
	bar := 24
	if w < 90 {
		bar = 8
	}
	label := o.title()
	if o.current != nil && o.current.log.Last != "" {
		last := o.current.log.Last
		label += " " + text.Safe(last[strings.LastIndexByte(last, '/')+1:])
	}
	room := w - bar - grid.Width(right+bad+key) - 4
	if room < 8 {
		key = ""
		room = w - bar - grid.Width(right+bad) - 4
	}
	full := int(part * float64(bar))
	drawn := t.Accent.Render(strings.Repeat("━", full)) + t.Faint.Render(strings.Repeat("─", bar-full))
	if room < 8 {
		return grid.Cut(drawn+"  "+right+bad, w)
	}
	return grid.Fit(label, min(room, grid.Width(label))) + "  " + drawn + "  " + t.Muted.Render(right) + t.Bad.Render(bad) + t.Accent.Render(key)
}
