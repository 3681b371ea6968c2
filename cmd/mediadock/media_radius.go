package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/text"
)

// radius is what a deletion or a rename takes the addresses of, and how many
// files it would refuse (B15).
type radius struct {
	op      string
	items   []media.Item
	bytes   int64
	refused int
}

func (p radius) count() int { return len(p.items) }

// radiusOf is what a deletion takes away.
func radiusOf(plan media.RemovePlan) radius {
	return radius{op: media.OpRemove, items: plan.Items, bytes: plan.Bytes, refused: len(plan.Problems)}
}

// radiusOfMove is what a rename takes away from its old addresses.
func radiusOfMove(plan media.MovePlan) radius {
	p := radius{op: media.OpMove, items: originalsOf(plan)}
	for _, it := range p.items {
		p.bytes += it.Size
	}
	p.refused = len(plan.Items) - len(p.items)
	return p
}

// radiusJSON is the blast radius, after the items of a dry run.
type radiusJSON struct {
	Type         string     `json:"type"`
	Op           string     `json:"op"`
	Files        int        `json:"files"`
	Bytes        int64      `json:"bytes"`
	URLs         int        `json:"urls"`
	Refused      int        `json:"refused"`
	CacheControl string     `json:"cache_control,omitempty"`
	Versioned    bool       `json:"versioned"`
	Purge        *purgeJSON `json:"purge,omitempty"`
}

// show tells of a dry run what a change would leave behind.
func (m *aftermath) show(ctx context.Context, p radius, sample media.Item) {
	if !m.a.flags.json {
		m.a.sayRadius(p)
		m.warn(ctx, p, sample)
		return
	}
	r := radiusJSON{
		Type: "plan", Op: p.op, Files: p.count(), Bytes: p.bytes, URLs: p.count(), Refused: p.refused,
		CacheControl: sample.CacheControl, Versioned: versioned(sample),
	}
	if paths := m.planned(p.items); m.cdn() && len(paths) > 0 {
		status := "planned"
		if !m.wanted(paths) {
			status = "skipped"
		}
		doc := emptyPurge(m.distribution(), status, paths)
		if status == "skipped" {
			m.offerLater(&doc)
		}
		r.Purge = &doc
	}
	_ = writeJSON(m.a.io.out, r, false)
}

// warn says to people what a change leaves behind.
func (m *aftermath) warn(ctx context.Context, p radius, sample media.Item) {
	if m.a.flags.json || p.count() == 0 {
		return
	}
	m.announce(ctx, p.items, sample)
	if p.op == media.OpRemove {
		m.a.sayVersions(m.sel, sample)
	}
}

// confirm asks for the number of files, after preview has named some. Who
// cannot be asked is told what it is that needs a confirmation.
func (m *aftermath) confirm(ctx context.Context, p radius, sample media.Item, yes bool, preview func()) error {
	switch {
	case m.a.flags.json:
	case m.a.mayAsk():
		preview()
	case !yes:
		m.a.sayRadius(p)
	}
	m.warn(ctx, p, sample)
	args := map[string]string{"count": strconv.Itoa(p.count()), "bytes": byteSize(p.bytes)}
	return m.a.confirmCount("cmd.ask."+p.op, args, p.count(), yes)
}

// sayRadius says how much it is, in a line or two.
func (a *app) sayRadius(p radius) {
	if n := p.count(); n > 0 {
		a.tell(a.text.Say("cmd.radius."+p.op, map[string]string{"count": strconv.Itoa(n), "bytes": byteSize(p.bytes)}))
	}
	if p.refused > 0 {
		a.tell(a.text.Say("cmd.radius.refused", map[string]string{"count": strconv.Itoa(p.refused)}))
	}
}

// mostShown is how many files are named before a question.
const mostShown = 5

// shownFirst prints what comes first of n things, and how many more there are.
func (a *app) shownFirst(n int, line func(i int) (name, beneath string)) {
	for i := range min(n, mostShown) {
		name, beneath := line(i)
		fmt.Fprintln(a.io.err, "  "+text.Safe(name))
		fmt.Fprintln(a.io.err, "    "+text.Safe(beneath))
	}
	if n > mostShown {
		fmt.Fprintln(a.io.err, a.text.Say("cmd.plan.more", map[string]string{"count": strconv.Itoa(n - mostShown)}))
	}
}

// previewRemove shows the first few files that go, each with the URL that will
// stop working beneath its name: in a URL alone a name beyond ASCII is percent
// signs.
func (a *app) previewRemove(lib *media.Library, plan media.RemovePlan) {
	urls := lib.URLs(plan.Items)
	a.shownFirst(len(urls), func(i int) (string, string) { return plan.Items[i].Path, urls[i] })
}

// previewMove shows the first few files that get another name, and the first
// few that do not, with the reason.
func (a *app) previewMove(plan media.MovePlan) {
	var moved, stay []media.MoveItem
	for _, item := range plan.Items {
		if item.Code == "" {
			moved = append(moved, item)
		} else {
			stay = append(stay, item)
		}
	}
	a.shownFirst(len(moved), func(i int) (string, string) { return moved[i].From.Path, "-> " + moved[i].To })
	if len(stay) > 0 {
		a.tell(a.text.Say("cmd.radius.refused", map[string]string{"count": strconv.Itoa(len(stay))}))
		a.shownFirst(len(stay), func(i int) (string, string) { return stay[i].From.Path, a.whyNotMoved(stay[i]) })
	}
}

// whyNotMoved is the reason why a file keeps its name.
func (a *app) whyNotMoved(item media.MoveItem) string {
	return a.text.Say("media."+item.Code, (&media.Error{Code: item.Code, Path: item.To, Args: item.Args}).TextArgs())
}
