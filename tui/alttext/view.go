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
	v := screen.View{Mouse: true}
	var lines []string
	w := b.w - 4
	it := b.item()
	switch {
	case b.load != nil:
		lines = b.loadingLines()
	case b.err != nil:
		lines = []string{b.env.Theme.Bad.Render(grid.Cut("✗ "+b.words().NotCounted, w))}
	case it == nil:
		lines = append(b.coverageLines(w), b.endLines(w)...)
	default:
		lines, v.Spots, v.Cursor = b.itemLines(it)
	}
	for i, l := range lines {
		lines[i] = "  " + l
	}
	lines = lines[:min(len(lines), b.h)]
	if b.load == nil && b.err == nil && it != nil && b.split() {
		lines = b.beside(it, lines)
	}
	v.Body = strings.Join(lines, "\n")
	return v
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
	spots func(y int) []screen.Spot // where they can be clicked; nil: nowhere
}

// lastRank is the rank of what goes first.
const lastRank = 8

// itemLines are the picture and the field, with what can be clicked and where
// the cursor stands.
func (b *Bench) itemLines(it *item) ([]string, []screen.Spot, *tea.Cursor) {
	w := b.w - 4
	if b.split() {
		w -= b.sideWidth()
	}
	parts, at, x := b.itemParts(it, w)
	room, pictured := b.h, b.large && !b.split()
	if pictured && (it.gone || b.sight.None(b.env)) { // what there is to say takes a line or two
		room -= 3
	} else if pictured {
		room = max(b.h/3, 4)
	}
	for rank := lastRank; rank > 0 && height(parts) > room; rank-- {
		for i := range parts {
			if parts[i].rank == rank {
				parts[i].lines = nil
			}
		}
	}
	var lines []string
	var spots []screen.Spot
	if pictured {
		lines = b.pictureLines(it, w, b.h-height(parts))
	} else if n := b.h - height(parts) - 1; n >= leastQueued && len(b.queue) > 1 {
		parts = append(parts, part{lines: []string{""}},
			part{lastRank, b.queueLines(w, n), func(y int) []screen.Spot { return b.queueSpots(y, w+2, n) }})
	}
	row := 0
	for i, p := range parts {
		if i == at {
			row = len(lines)
		}
		if p.spots != nil && len(p.lines) > 0 {
			spots = append(spots, p.spots(len(lines))...)
		}
		lines = append(lines, p.lines...)
	}
	return lines, spots, tea.NewCursor(4+x, row)
}

// itemParts are the parts of itemLines; at is the one with the field, and x the
// cell in it where the cursor stands.
func (b *Bench) itemParts(it *item, w int) (parts []part, at, x int) {
	t, words := b.env.Theme, b.words()
	one := func(rank int, lines ...string) part { return part{rank: rank, lines: lines} }
	folder, name := path.Split(it.Path)
	b.field.SetWidth(w - 2)
	drawn, x := b.field.View(t.Text, words.Hint, t.Faint)
	parts = []part{
		one(3, b.coverageLines(w)...), one(7, ""),
		one(0, b.stateLine(it, w)),
		one(0, t.Strong.Render(grid.Cut(text.Safe(name), w))),
		one(4, t.Muted.Render(grid.CutLeft(text.Safe("/"+folder), w))),
		one(5, t.Code.Render(grid.Cut(text.Safe(b.cat.URL(it.Path)), w))), one(7, ""),
		one(8, t.Muted.Render(words.Label)),
	}
	at = len(parts)
	parts = append(parts, one(0, t.Accent.Render("> ")+drawn), one(0, b.judgedLines(it, w)...))
	if it.theirs != nil {
		parts = append(parts, one(0, b.theirLines(it, w)...))
	}
	if len(it.offers) > 0 {
		first := len(b.offered(it)) - len(it.offers)
		parts = append(parts, one(6, ""), part{1, b.offerLines(it, w), func(y int) []screen.Spot {
			return offerSpots(y+1, w+2, first, len(it.offers))
		}})
	}
	return append(parts, one(2, b.savedLine(w)...)), at, x
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
	case it.gone:
		return t.Warn.Render(grid.Cut("! "+words.Gone, w))
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
