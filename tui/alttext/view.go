package alttext

import (
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media/alttext"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// View draws the coverage, then the picture and what is written about it.
func (b *Bench) View() screen.View {
	w := b.w - 4
	var lines []string
	cursor := (*tea.Cursor)(nil)
	switch it := b.item(); {
	case b.load != nil:
		lines = b.loadingLines()
	case b.err != nil:
		lines = []string{b.env.Theme.Bad.Render(grid.Cut("✗ "+b.words().NotCounted, w))}
	case it == nil:
		lines = append(b.coverageLines(w), b.endLines(w)...)
	default:
		var row, x int
		lines, row, x = b.itemLines(it, w)
		cursor = tea.NewCursor(2+x, row)
	}
	for i, l := range lines {
		lines[i] = "  " + l
	}
	if len(lines) > b.h {
		lines = lines[:b.h]
	}
	return screen.View{Body: strings.Join(lines, "\n"), Cursor: cursor}
}

func (b *Bench) loadingLines() []string {
	line := b.words().Counting
	if b.read > 0 {
		line = text.Fill(b.env.Text.UI.Browse.HuntReading, "n", text.Thousands(int64(b.read)))
	}
	return []string{b.env.Theme.Muted.Render(line)}
}

// coverageLines are how much is described: in one line where that is room
// enough, in numbers always.
func (b *Bench) coverageLines(w int) []string {
	t, words, c := b.env.Theme, b.words(), b.coverage
	if c.Images == 0 {
		return []string{t.Muted.Render(grid.Cut(words.NoImages, w))}
	}
	parts := []string{strconv.Itoa(c.Percent()) + " %"}
	add := func(label string, n int) {
		if n > 0 {
			parts = append(parts, text.Fill(label, "n", text.Thousands(int64(n))))
		}
	}
	add(words.CountMissing, c.Missing)
	add(words.CountSuspicious, c.Suspicious)
	add(words.CountHints, c.Hints)
	add(words.CountDecorative, c.Decorative)
	add(words.CountImages, c.Images)
	line := strings.Join(parts, "   ")
	for grid.Width(line) > w && len(parts) > 2 {
		parts = parts[:len(parts)-1]
		line = strings.Join(parts, "   ")
	}
	if room := w - grid.Width(line) - 3; room >= 10 {
		bar := min(room, 24)
		full := min((c.Images-c.Missing)*bar/c.Images, bar)
		return []string{t.Accent.Render(strings.Repeat("█", full)) + t.Faint.Render(strings.Repeat("░", bar-full)) + "   " + line}
	}
	return []string{grid.Cut(line, w)}
}

// endLines are behind the last picture.
func (b *Bench) endLines(w int) []string {
	t, words := b.env.Theme, b.words()
	line, style := words.AllDone, t.OK
	if open := b.coverage.Open(); open > 0 {
		line, style = text.Fill(words.SomeLeft, "n", text.Thousands(int64(open))), t.Text
	}
	out := []string{""}
	for _, l := range grid.Wrap(line, w) {
		out = append(out, style.Render(l))
	}
	return append(out, b.savedLine(w)...)
}

// part is some lines, and how soon they go where there is no room: the higher,
// the sooner. Those of rank 0 stay.
type part struct {
	rank  int
	lines []string
}

// itemLines are the picture and the field; row and x are where the cursor
// stands.
func (b *Bench) itemLines(it *item, w int) (lines []string, row, x int) {
	t, words := b.env.Theme, b.words()
	blank := func(rank int) part { return part{rank, []string{""}} }
	folder, name := path.Split(it.Path)
	b.field.SetWidth(w - 2)
	drawn, x := b.field.View(t.Text, words.Hint, t.Faint)
	field := part{0, []string{t.Accent.Render("> ") + drawn}}
	parts := []part{
		{0, b.coverageLines(w)}, blank(4),
		{0, []string{b.stateLine(it, w)}},
		{0, []string{t.Strong.Render(grid.Cut(text.Safe(name), w))}},
		{2, []string{t.Muted.Render(grid.CutLeft(text.Safe("/"+folder), w))}},
		{3, []string{t.Code.Render(grid.Cut(text.Safe(b.cat.URL(it.Path)), w))}}, blank(5),
		{6, []string{t.Muted.Render(words.Label)}},
	}
	at := len(parts)
	parts = append(parts, field, part{0, b.judgedLines(it, w)})
	if it.theirs != nil {
		parts = append(parts, part{0, b.theirLines(it, w)})
	}
	if len(it.offers) > 0 {
		parts = append(parts, blank(4), part{1, b.offerLines(it, w)})
	}
	parts = append(parts, part{2, b.savedLine(w)})
	for rank := 6; rank > 0 && height(parts) > b.h; rank-- {
		for i := range parts {
			if parts[i].rank == rank {
				parts[i].lines = nil
			}
		}
	}
	for i, p := range parts {
		if i == at {
			row = len(lines)
		}
		lines = append(lines, p.lines...)
	}
	return lines, row, x + 2
}

func height(parts []part) (n int) {
	for _, p := range parts {
		n += len(p.lines)
	}
	return n
}

// stateLine is why somebody should look at the picture, or that it is done.
func (b *Bench) stateLine(it *item, w int) string {
	t, words := b.env.Theme, b.words()
	switch {
	case it.saving:
		return t.Muted.Render(words.Writing)
	case it.Class == alttext.Decorative:
		return t.OK.Render("✓ " + b.env.Text.Say("media.alt.mark."+catalog.MarkDecorative, nil))
	case len(it.Reasons) == 0:
		return t.OK.Render("✓ " + words.Written)
	case it.Class == alttext.Hint:
		return t.Muted.Render(grid.Cut("· "+b.reasons(it.Reasons), w))
	}
	return t.Warn.Render(grid.Cut("! "+b.reasons(it.Reasons), w))
}

func (b *Bench) reasons(codes []string) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = b.env.Text.Say("media.alt."+c, nil)
	}
	return strings.Join(words, b.env.Text.Say("media.alt.and", nil))
}

// judgedLines are what is to be said of the text as it is typed.
func (b *Bench) judgedLines(it *item, w int) []string {
	t := b.env.Theme
	value := strings.TrimSpace(b.field.Value())
	length := text.Fill(b.words().Length, "n", strconv.Itoa(utf8.RuneCountInString(value)), "of", strconv.Itoa(alttext.MostRunes))
	if value == "" || value == it.Alt {
		return []string{t.Muted.Render(grid.Cut(length, w))}
	}
	v := alttext.Judge(alttext.Picture{Path: it.Path, Alt: value})
	if len(v.Reasons) == 0 {
		return []string{t.Muted.Render(grid.Cut(length, w))}
	}
	return []string{t.Warn.Render(grid.Cut(length+"   ! "+b.reasons(v.Reasons), w))}
}

// theirLines are what somebody else has written meanwhile.
func (b *Bench) theirLines(it *item, w int) []string {
	t, words := b.env.Theme, b.words()
	now := text.Safe(it.theirs.Text)
	switch {
	case now == "" && it.theirs.Mark == catalog.MarkDecorative:
		now = b.env.Text.Say("media.alt.mark."+catalog.MarkDecorative, nil)
	case now == "":
		now = b.env.Text.Say("media.alt."+alttext.CodeMissing, nil)
	}
	var out []string
	for _, l := range grid.Wrap(b.env.Text.Labelled(words.Changed, now), w) {
		out = append(out, t.Warn.Render(l))
	}
	return append(out, t.Muted.Render(grid.Cut(words.ChangedHow, w)))
}

func (b *Bench) offerLines(it *item, w int) []string {
	t := b.env.Theme
	out := []string{t.Muted.Render(grid.Cut(b.words().Offers, w))}
	for _, o := range it.offers {
		out = append(out, grid.Cut("  "+text.Safe(o), w))
	}
	return out
}

func (b *Bench) savedLine(w int) []string {
	if b.saved == "" {
		return nil
	}
	line := text.Fill(b.words().Saved, "name", text.Safe(path.Base(b.saved)))
	return []string{"", b.env.Theme.OK.Render(grid.Cut("✓ "+line, w))}
}
