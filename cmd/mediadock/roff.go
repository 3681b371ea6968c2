package main

import (
	"strings"

	"github.com/mediadock/mediadock/tui/grid"
)

// roff writes a manual page with the man macros, for groff and mandoc.
type roff struct {
	b     strings.Builder
	begun bool // a section that has no paragraph yet
}

func (r *roff) String() string { return r.b.String() }

// title begins the page. Lines are neither stretched nor hyphenated: both
// would tear Japanese, flags and ARNs.
func (r *roff) title(name, source, manual string) {
	r.b.WriteString(".\\\" -*- coding: utf-8 -*-\n")
	r.macro("TH", name, "1", "", source, manual)
	r.b.WriteString(".nh\n.ad l\n")
}

func (r *roff) section(title string)    { r.heading("SH", title) }
func (r *roff) subsection(title string) { r.heading("SS", title) }

func (r *roff) heading(macro, title string) {
	r.macro(macro, title)
	r.begun = true
}

// paragraph parts what follows from what is there; headings do so themselves.
func (r *roff) paragraph() {
	if !r.begun {
		r.macro("PP")
	}
	r.begun = false
}

// prose are paragraphs, one for each line.
func (r *roff) prose(s string) {
	for line := range strings.SplitSeq(s, "\n") {
		if strings.TrimSpace(line) != "" {
			r.paragraph()
			r.line(line)
		}
	}
}

// rows are keys with their explanations.
func (r *roff) rows(rows []helpRow) {
	for _, row := range rows {
		r.macro("TP")
		r.begun = false
		r.b.WriteString(`\fB` + roffEscape(strings.TrimSpace(row.key)) + "\\fR\n")
		r.line(strings.ReplaceAll(row.text, "\n", " "))
	}
}

// verbatim are lines that are typed: not filled, not broken.
func (r *roff) verbatim(lines []string) {
	r.paragraph()
	r.macro("nf")
	for _, line := range lines {
		r.b.WriteString(roffLine(roffEscape(line)) + "\n")
	}
	r.macro("fi")
}

// line is prose with the places marked at which Japanese may be broken, since
// groff breaks at blanks alone.
func (r *roff) line(s string) {
	var b strings.Builder
	before := " "
	for _, piece := range grid.Pieces(s) {
		if !strings.HasSuffix(before, " ") && !strings.HasPrefix(piece, " ") {
			b.WriteString(`\:`)
		}
		b.WriteString(roffEscape(piece))
		before = piece
	}
	r.b.WriteString(roffLine(b.String()) + "\n")
}

func (r *roff) macro(name string, args ...string) {
	r.b.WriteString("." + name)
	for _, arg := range args {
		r.b.WriteString(` "` + roffEscape(arg) + `"`)
	}
	r.b.WriteString("\n")
}

// roffLine keeps a line that begins with a dot or a quote from being taken
// for a request.
func roffLine(s string) string {
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		return `\&` + s
	}
	return s
}

var roffSpecial = strings.NewReplacer(
	`\`, `\(rs`, "-", `\-`, "'", `\(aq`, `"`, `\(dq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`,
)

// roffEscape makes text print as it is written: hyphens that can be copied
// into a shell, straight quotes, backslashes.
func roffEscape(s string) string { return roffSpecial.Replace(s) }
