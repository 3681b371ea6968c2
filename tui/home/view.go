package home

import (
	"strconv"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/caller"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// columns of a connection, in the order of the line.
const (
	colName = iota
	colPlace
	colRegion
	colStatus
	colWhen
	colMedia
)

// columns fits what the list holds; a bucket's name is cut before the others.
func (h *Home) columns() []int {
	var widest [colMedia + 1]int
	for _, e := range h.entries {
		if e.kind == draft {
			widest[colName] = max(widest[colName], grid.Width(text.Safe(e.draft.Name)))
		}
		if e.kind != connection {
			continue
		}
		for i, c := range h.cells(e.conn) {
			widest[i] = max(widest[i], grid.Width(c.text))
		}
	}
	return grid.Columns(h.w-4, []grid.Column{
		colName:   {Min: min(widest[colName], h.nameRoom()), Max: min(widest[colName], 30)},
		colPlace:  {Min: min(widest[colPlace], 18), Max: widest[colPlace], Flex: true, Rank: 2},
		colRegion: {Min: 14, Rank: 4},
		colStatus: {Min: max(widest[colStatus], 1)},
		colWhen:   {Min: max(widest[colWhen], 1), Rank: 5},
		colMedia:  {Min: max(widest[colMedia], 1), Rank: 3},
	})
}

// nameRoom is what the names get at least: they are what one chooses by.
func (h *Home) nameRoom() int {
	if h.w < 60 {
		return 14
	}
	return 24
}

// listHeight leaves room for the margin above and for what is next below.
func (h *Home) listHeight() int {
	if h.h < 12 {
		return max(h.h-2, 1)
	}
	return max(h.h-5, 1)
}

// margin is the blank line above the list.
func (h *Home) margin() int {
	if h.h >= 12 {
		return 1
	}
	return 0
}

func (h *Home) body() []string {
	w, t := h.words(), h.env.Theme
	switch {
	case h.err != nil:
		tr := h.env.World.Explain("", h.err)
		return append([]string{""}, indent(grid.Wrap(text.Safe(tr.Raw), h.w-4), t.Bad)...)
	case len(h.entries) == 0:
		lines := append([]string{""}, indent(grid.Wrap(w.Empty, min(h.w-4, 72)), t.Text)...)
		return append(lines, "", "  "+t.Accent.Render(w.EmptyKey))
	}
	var lines []string
	if h.margin() > 0 {
		lines = append(lines, "")
	}
	widths := h.columns()
	return append(lines, h.list.Rows(func(i int, cursor bool) string {
		switch e := h.entries[i]; e.kind {
		case heading:
			return "  " + t.Muted.Render(e.title)
		case connection:
			return h.connection(e.conn, widths, cursor)
		case draft:
			return h.draft(e.draft, widths, cursor)
		}
		return ""
	})...)
}

func indent(lines []string, style lipgloss.Style) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = "  " + style.Render(l)
	}
	return out
}

func (h *Home) connection(c world.Connection, widths []int, cursor bool) string {
	return h.row(h.cells(c), widths, cursor)
}

// cells are the columns of a connection.
func (h *Home) cells(c world.Connection) []cell {
	w, t := h.words(), h.env.Theme
	if c.Broken != nil {
		return []cell{colName: h.name(c), colStatus: {text: "✗ " + w.Broken, style: t.Bad}, colMedia: {}}
	}
	status, role := h.status(c)
	return []cell{
		colName:   h.name(c),
		colPlace:  {text: h.place(c), style: t.Text, fit: h.fitPlace(c)},
		colRegion: {text: text.Safe(c.Settings.Region), style: t.Muted},
		colStatus: {text: status, style: role},
		colWhen:   {text: h.ago(c.TestedAt), style: t.Muted},
		colMedia:  {text: h.media(c), style: t.Text},
	}
}

type cell struct {
	text  string
	style lipgloss.Style
	fit   func(w int) string // shortens the text; nil cuts its end
}

// row draws cells in their columns; the last one stands at the right.
func (h *Home) row(cells []cell, widths []int, cursor bool) string {
	t := h.env.Theme
	on := func(s lipgloss.Style, v string) string { return t.On(s, cursor).Render(v) }
	var b strings.Builder
	mark := "  "
	if cursor {
		mark = "> "
	}
	b.WriteString(on(t.Accent, mark))
	used := 2
	for i, c := range cells {
		if widths[i] == 0 {
			continue
		}
		if used > 2 {
			b.WriteString(on(t.Text, grid.Space(grid.Gap)))
			used += grid.Gap
		}
		fitted := grid.Fit(c.text, widths[i])
		if c.fit != nil {
			fitted = grid.Fit(c.fit(widths[i]), widths[i])
		}
		if i == colMedia {
			fitted = grid.FitRight(c.text, widths[i])
		}
		b.WriteString(on(c.style, fitted))
		used += widths[i]
	}
	b.WriteString(on(t.Text, grid.Space(h.w-used)))
	return b.String()
}

// place is bucket and directory.
func (h *Home) place(c world.Connection) string {
	return text.Safe(c.Settings.Bucket) + under(c)
}

// under is the directory behind the bucket, which an environment has of its own.
func under(c world.Connection) string {
	dir := strings.TrimSuffix(world.SpaceOf(c.Name, c.Settings).Dir(), "/")
	if dir == "" {
		return ""
	}
	return " / " + text.Safe(dir)
}

// fitPlace shortens a place: the bucket gives way in its middle, since names
// differ at their ends, and the prefix stays. An environment stands below its
// connection, which has the rest.
func (h *Home) fitPlace(c world.Connection) func(w int) string {
	return func(w int) string {
		whole := h.place(c)
		if grid.Width(whole) <= w {
			return whole
		}
		if id := world.SpaceOf(c.Name, c.Settings).Environment; id != "" {
			return grid.CutLeft(id, w)
		}
		bucket, prefix := text.Safe(c.Settings.Bucket), under(c)
		room := w - grid.Width(prefix)
		if room < 8 {
			return grid.CutLeft(whole, w)
		}
		head := grid.Head(bucket, (room-len(grid.Tail))/2)
		return head + grid.CutLeft(bucket, room-grid.Width(head)) + prefix
	}
}

// status is a word and a symbol for the last verdict.
func (h *Home) status(c world.Connection) (string, lipgloss.Style) {
	w, t := h.words(), h.env.Theme
	if status, _ := h.unfinished(c); status != "" {
		return status, t.Warn
	}
	if h.others(c) {
		return "? " + h.env.Text.UI.Caller.Others, t.Muted
	}
	switch c.Verdict {
	case awscheck.Ready:
		return "✓ " + w.Ready, t.OK
	case awscheck.ReadyWithWarnings:
		return "! " + text.Fill(w.Warnings, "n", strconv.Itoa(max(c.Problems, 1))), t.Warn
	case awscheck.Failed:
		return "✗ " + w.Failed, t.Bad
	case awscheck.NotRun:
		return "? " + w.NotRun, t.Muted
	}
	return "- " + w.Untested, t.Muted
}

// others tells whether a verdict is of a test that was made as somebody else
// than the program runs as now.
func (h *Home) others(c world.Connection) bool {
	return c.Verdict != "" && !h.since.IsZero() && c.TestedAt.Before(h.since)
}

func (h *Home) media(c world.Connection) string {
	w := h.words()
	switch {
	case c.Media < 0:
		return w.MediaUnknown
	case c.MediaAtLeast:
		return text.Fill(w.MediaAtLeast, "n", text.Thousands(int64(c.Media)))
	}
	return text.Fill(w.Media, "n", text.Thousands(int64(c.Media)))
}

// ago says how long it is since t, roughly.
func (h *Home) ago(t time.Time) string {
	w := h.words()
	if t.IsZero() {
		return w.Never
	}
	d := h.env.Now().Sub(t)
	switch {
	case d < time.Minute:
		return w.JustNow
	case d < time.Hour:
		return text.Fill(w.Minutes, "n", strconv.Itoa(int(d.Minutes())))
	case d < 24*time.Hour:
		return text.Fill(w.Hours, "n", strconv.Itoa(int(d.Hours())))
	}
	return text.Fill(w.Days, "n", strconv.Itoa(int(d.Hours()/24)))
}

func (h *Home) draft(d world.Draft, widths []int, cursor bool) string {
	w, t := h.words(), h.env.Theme
	name := text.Safe(d.Name)
	step := h.env.Text.Say("step."+d.Step+".title", nil)
	if d.Step == "" {
		step = ""
	} else {
		step = text.Fill(w.StepOf, "step", step)
	}
	saved := text.Fill(w.SavedAt, "when", h.ago(d.SavedAt))
	nameW := widths[colName]
	rest := h.w - 2 - nameW - grid.Gap
	on := func(s lipgloss.Style, v string) string { return t.On(s, cursor).Render(v) }
	mark := "  "
	if cursor {
		mark = "> "
	}
	return on(t.Accent, mark) + on(t.Strong, grid.Fit(name, nameW)) + on(t.Text, grid.Space(grid.Gap)) +
		on(t.Muted, grid.Ends(step, saved, max(rest-2, 0))) + on(t.Text, "  ")
}

// next says in one sentence what to do about the entry under the cursor.
func (h *Home) next() []string {
	w, t := h.words(), h.env.Theme
	e, ok := h.selected()
	if h.h < 12 || !ok && h.mendCaller() == "" {
		return nil
	}
	s, style := h.mendCaller(), t.Warn
	if s == "" {
		s, style = h.advice(e)
	}
	lines := grid.Wrap(s, h.w-4)
	if len(lines) > 2 {
		lines = append(lines[:1], grid.Cut(lines[1]+" "+lines[2], h.w-4))
	}
	out := []string{"  " + t.Muted.Render(w.WhatNext)}
	out = append(out, indent(lines, style)...)
	for len(out) < 3 {
		out = append(out, "")
	}
	return out
}

// mendCaller comes before everything else: without credentials nothing works.
func (h *Home) mendCaller() string {
	words, why := &h.env.Text.UI.Caller, h.env.Who.Why
	if why == nil || !caller.Refused(*why) {
		return ""
	}
	return text.Fill(words.HomeMend, "what", caller.Headline(words, *why), "key", h.env.Keys.Caller.Help().Key)
}

func (h *Home) advice(e entry) (string, lipgloss.Style) {
	w, t := h.words(), h.env.Theme
	if e.kind == draft {
		return text.Fill(w.NextDraft, "name", text.Safe(e.draft.Name)), t.Text
	}
	c := e.conn
	name := text.Safe(c.Name)
	if _, advice := h.unfinished(c); advice != "" {
		return text.Safe(advice), t.Text
	}
	switch {
	case c.Broken != nil:
		return text.Fill(w.NextBroken, "name", name, "reason", text.Safe(c.Broken.Error())), t.Bad
	case h.others(c):
		return text.Fill(h.env.Text.UI.Caller.NextOthers, "name", name), t.Text
	case c.Verdict == awscheck.Ready:
		return text.Fill(w.NextReady, "name", name), t.Text
	case c.Verdict == awscheck.ReadyWithWarnings && c.FirstProblem == "":
		return text.Fill(w.NextUnproved, "name", name), t.Text
	case c.Verdict == "" || c.FirstProblem == "":
		return text.Fill(w.NextUntested, "name", name), t.Text
	}
	problem := h.env.Text.Say("check."+c.FirstProblem, nil)
	if id := "cause." + c.Cause; c.Cause != "" && h.env.Text.Has(id) {
		problem = h.env.Sentence(id, c.CauseArgs)
	}
	problem = strings.TrimRight(problem, ".。")
	return text.Fill(w.NextProblem, "name", name, "problem", problem), t.Text
}
