package handoff

import (
	"strconv"
	"strings"
)

// page is a Markdown document that is being written.
type page struct {
	b   strings.Builder
	say Say
	// args are the plan's names, as code, for all texts.
	args  map[string]string
	steps int
}

// text is a text of the document, filled with the plan's names.
func (w *page) text(id string, pairs ...string) string {
	args := map[string]string{}
	for k, v := range w.args {
		args[k] = v
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	return w.say("handoff."+id, args)
}

func (w *page) title(level int, id string, pairs ...string) {
	w.b.WriteString(strings.Repeat("#", level) + " " + w.text(id, pairs...) + "\n\n")
}

// step is a numbered title.
func (w *page) step(id string, pairs ...string) {
	w.steps++
	w.b.WriteString("### " + strconv.Itoa(w.steps) + ". " + w.text(id, pairs...) + "\n\n")
}

func (w *page) line(id string, pairs ...string) { w.b.WriteString(w.text(id, pairs...) + "\n\n") }

// list writes an item a text.
func (w *page) list(mark string, ids ...string) {
	for _, id := range ids {
		w.b.WriteString(mark + " " + w.text(id) + "\n")
	}
	w.b.WriteString("\n")
}

// where is a click path in the console, with the link that leads there.
func (w *page) where(id, link string, pairs ...string) {
	path := w.text(id, pairs...)
	if link != "" {
		path += " — <" + link + ">"
	}
	w.b.WriteString(path + "\n\n")
}

// block writes code, whose fence is longer than any in it.
func (w *page) block(language, code string) {
	fence := strings.Repeat("`", max(3, longestRun(code)+1))
	w.b.WriteString(fence + language + "\n" + strings.TrimRight(code, "\n") + "\n" + fence + "\n\n")
}

func (w *page) row(cells ...string) { w.b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }

// code is a value as code, in which nothing is markup; a pipe, which would
// end the cell of a table, is escaped.
func code(s string) string {
	if s == "" {
		return ""
	}
	fence := strings.Repeat("`", longestRun(s)+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + strings.ReplaceAll(s, "|", `\|`) + fence
}

// longestRun is how many backquotes follow one another at most.
func longestRun(s string) (longest int) {
	run := 0
	for _, c := range s {
		if c != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
