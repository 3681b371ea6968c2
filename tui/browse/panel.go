package browse

import (
	"strings"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/guess"
	"github.com/mediadock/mediadock/media/preview"
	"github.com/mediadock/mediadock/tui/grid"
	draw "github.com/mediadock/mediadock/tui/preview"
	"github.com/mediadock/mediadock/tui/text"
)

// picture is the picture, or the beginning of the text, in an area of cells.
func (b *Browse) picture(cols, rows int) []string {
	p := b.sight.Seen()
	if p == nil || rows < 2 || cols < 4 {
		return nil
	}
	if p.Picture == nil {
		return b.textLines(p, cols, rows)
	}
	return b.sight.Lines(b.env, cols, rows)
}

func (b *Browse) textLines(p *preview.Preview, cols, rows int) []string {
	var out []string
	for _, l := range p.Lines {
		if len(out) == rows {
			break
		}
		out = append(out, b.env.Theme.Text.Render(grid.Cut(text.Safe(l), cols)))
	}
	return out
}

// sideLines are what is known of the item under the cursor: what it looks
// like, and what there is to say about it, in w by h cells.
func (b *Browse) sideLines(it media.Item, w, h int) []string {
	facts := b.factLines(it, w)
	pic := b.picture(w, h-len(facts)-1)
	if len(pic) == 0 {
		return facts
	}
	return append(append(append([]string{}, pic...), ""), facts...)
}

// mostURL is how many lines an address may take of the panel.
const mostURL = 5

// factLines are what is known of an item, the most important first.
func (b *Browse) factLines(it media.Item, w int) []string {
	t, words := b.env.Theme, b.words()
	var out []string
	for i, l := range grid.Wrap(text.Safe(it.Name()), w) {
		if i == 3 {
			break
		}
		out = append(out, t.Strong.Render(l))
	}
	if it.Folder {
		return append(out, t.Muted.Render(words.KindFolder))
	}
	for _, l := range grid.Wrap(b.sizes(it), w) {
		out = append(out, t.Muted.Render(l))
	}
	out = append(out, t.Muted.Render(b.when(it.Modified)))
	for _, l := range b.why(it) {
		for _, part := range grid.Wrap(l, w) {
			out = append(out, t.Muted.Render(part))
		}
	}
	out = append(append(out, b.writtenLines(it, w)...), "")
	url := grid.Wrap(text.Safe(b.lib.URL(it.Path)), w)
	if len(url) > mostURL {
		url = append(url[:mostURL-1], grid.Cut(url[mostURL-1], w-len(grid.Tail))+grid.Tail)
	}
	for _, l := range url {
		out = append(out, t.Code.Render(l))
	}
	for _, l := range b.warnings(it) {
		for i, part := range grid.Wrap(l, w-2) {
			head := "! "
			if i > 0 {
				head = "  "
			}
			out = append(out, t.Warn.Render(head+part))
		}
	}
	return out
}

// sizes is one line: dimensions, duration, pages, format, size.
func (b *Browse) sizes(it media.Item) string {
	words := b.env.Text.UI.Preview
	kind := b.words().Kind(kindOf(it))
	var parts []string
	if p := b.sight.Seen(); p != nil {
		if p.Width > 0 {
			parts = append(parts, text.Thousands(int64(p.Width))+" x "+text.Thousands(int64(p.Height)))
		}
		if p.Duration > 0 {
			parts = append(parts, b.env.Text.Duration(p.Duration))
		}
		if p.Pages > 0 {
			parts = append(parts, text.Fill(words.Pages, "n", text.Thousands(int64(p.Pages))))
		}
		if p.Format != "" && p.Format != "text" {
			kind = p.Format
		}
		if p.Encoding != "" {
			kind += "  " + p.Encoding
		}
	}
	return strings.Join(append(parts, kind, text.Bytes(it.Size)), "  ")
}

// why says what is under way, what the picture is, or why there is none.
func (b *Browse) why(it media.Item) []string {
	words, s := &b.env.Text.UI.Preview, &b.sight
	p := s.Seen()
	switch {
	case archived(it):
		return []string{words.Archived}
	case s.Failed() != nil:
		return []string{words.NotRead + " " + b.env.InOneLine(b.place.Connection, s.Failed())}
	case s.Reading():
		return []string{words.Reading}
	case p == nil:
		return nil
	}
	var out []string
	if p.Title != "" {
		out = append(out, text.Safe(p.Title))
	}
	switch {
	case p.Why != "":
		out = append(out, words.Why(p.Why, text.Bytes(preview.WholeBytes)))
	case p.Picture != nil && !draw.Draws(b.env.Shown.Profile):
		out = append(out, words.NoColour)
	case p.Thumbnail:
		out = append(out, words.Thumbnail)
	case p.Moving:
		out = append(out, words.Moving)
	case p.Cut:
		out = append(out, words.TextGoesOn)
	}
	return out
}

// warnings are what somebody ought to know of a file that everybody can read.
func (b *Browse) warnings(it media.Item) []string {
	var out []string
	if p := b.sight.Seen(); p != nil {
		var told []string
		for _, f := range p.Private.Findings {
			if f.Grave() {
				told = append(told, text.Safe(b.env.Text.Finding(f)))
			}
		}
		if len(told) > 0 {
			out = append(out, b.env.Text.UI.Preview.Tells+" "+strings.Join(told, b.between()))
		}
	}
	if g := guess.Score(it.Path); g.Flagged() {
		out = append(out, b.env.Text.Meter(g))
	}
	return out
}

// fullView is the whole body for one file: the picture as large as it can be,
// with what there is to say beside it, or beneath it where that is narrow.
func (b *Browse) fullView(h int) []string {
	it, ok := b.folder.at()
	if !ok {
		return nil
	}
	if b.w >= wide {
		side := min(b.w/3, 44)
		facts := b.factLines(it, side)
		pic := b.picture(b.w-side-6, h)
		lines := make([]string, 0, h)
		for i := range max(len(pic), len(facts)) {
			left, right := "", ""
			if i < len(pic) {
				left = pic[i]
			}
			if i < len(facts) {
				right = facts[i]
			}
			lines = append(lines, "  "+grid.Fit(left, b.w-side-6)+"  "+right)
		}
		return lines
	}
	facts := b.factLines(it, b.w-4)
	pic := b.picture(b.w-4, h-min(len(facts), max(2*h/5, 5))-1)
	var lines []string
	for _, l := range pic {
		lines = append(lines, "  "+l)
	}
	if len(pic) > 0 {
		lines = append(lines, "")
	}
	for _, l := range facts {
		lines = append(lines, "  "+l)
	}
	return lines
}
