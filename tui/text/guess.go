package text

import (
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/guess"
)

// Meter says how easily a path is guessed, what the estimate rests on, and
// where it matters the words that hint at something confidential.
func (c *Catalog) Meter(r guess.Result) string {
	meter := c.Say("media.guess.meter", map[string]string{
		"level": c.GuessLevel(r.Level), "reason": c.Say("media.guess.reason."+string(r.Reason), nil), "bits": strconv.Itoa(r.Bits),
	})
	if !r.Flagged() {
		return meter
	}
	return c.Say("media.guess.sensitive", map[string]string{"meter": meter, "words": c.SensitiveWords(r)})
}

// GuessLevel is the word for a level.
func (c *Catalog) GuessLevel(l guess.Level) string { return c.Say("media.guess."+string(l), nil) }

// SensitiveWords are the words alone, as the language separates them.
func (c *Catalog) SensitiveWords(r guess.Result) string {
	between := ", "
	if c.Lang == "ja" {
		between = "、"
	}
	return strings.Join(r.Sensitive, between)
}

// NameNotes are the remarks about the names of a plan, one line for each kind,
// with the first name that it is about and how many more there are.
func (c *Catalog) NameNotes(items []media.PutItem) []string {
	type group struct {
		note  media.Note
		path  string
		count int
	}
	var groups []*group
	by := map[string]*group{}
	for _, item := range items {
		for _, n := range item.Notes {
			g := by[n.Code]
			if g == nil {
				g = &group{note: n, path: item.Path}
				by[n.Code] = g
				groups = append(groups, g)
			}
			g.count++
		}
	}
	var lines []string
	for _, g := range groups {
		path := g.path
		if g.count > 1 {
			path = c.Say("media.note.name-also", map[string]string{"path": path, "count": Thousands(int64(g.count - 1))})
		}
		lines = append(lines, c.NameNote(g.note, path))
	}
	return lines
}

// NameNote says one remark about a path.
func (c *Catalog) NameNote(n media.Note, path string) string {
	args := map[string]string{"path": path}
	for k, v := range n.Args {
		args[k] = v
	}
	return c.Say("media.note."+n.Code, args)
}
