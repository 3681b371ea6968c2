package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/journal"
	"github.com/mediadock/mediadock/media/purge"
	"github.com/mediadock/mediadock/tui/text"
)

// What the CDN is to be told after a change is written down before the change:
// a program that is killed in between would leave files to visitors that are
// gone, and nobody would know. "media recover" tells the CDN then.

// opPurge is the journal's name of it, of the operation and of its one entry.
const opPurge = "purge"

const stateOwed = "owed"

// debt is what the CDN is to be told. Told twice under one job it is asked for
// once.
type debt struct {
	Paths []string `json:"paths"`
	Job   string   `json:"job"`
	// Environment is the name of one that is deleted, whose CDN this is: its
	// settings may be gone by then. Empty: the connection's own.
	Environment  string `json:"environment,omitempty"`
	Distribution string `json:"distribution,omitempty"`
	Domain       string `json:"domain,omitempty"`
}

// in is the selection whose CDN is to be told.
func (d debt) in(sel selection) selection {
	if d.Environment != "" {
		sel.settings.Distribution, sel.settings.Domain = d.Distribution, d.Domain
	}
	return sel
}

// owe writes down what the CDN is to be told once items are gone or replaced,
// unless it is not to be. The change does not depend on it.
func (m *aftermath) owe(ctx context.Context, items []media.Item) {
	m.oweIn(ctx, m.sel, debt{Paths: m.planned(items)})
}

// oweIn writes a debt to the journal of a selection, where it is looked for,
// and tells whether it did.
func (m *aftermath) oweIn(ctx context.Context, sel selection, owed debt) bool {
	unwanted := m.flag.set() && !m.flag.on || !m.flag.set() && m.sel.settings.Distribution == ""
	if !m.cdn() || unwanted || len(owed.Paths) == 0 || len(owed.Paths) > purge.MaxPaths {
		return false
	}
	j, err := m.a.journalOf(ctx, sel)
	if err != nil {
		return false
	}
	owed.Job = newJob()
	op := j.Begin(opPurge, nil)
	id := op.NextID()
	if op.Write(journal.Step{ID: id, Kind: opPurge, State: stateOwed, Data: owed}) != nil {
		op.Close()
		return false
	}
	m.job = owed.Job
	m.later = op.Close
	m.paid = func() {
		op.Note(journal.Step{ID: id, State: journal.Done})
		op.Close()
	}
	return true
}

// journalOf is the journal of a selection's directory.
func (a *app) journalOf(ctx context.Context, sel selection) (*journal.Journal, error) {
	client, err := a.bucket(ctx, sel)
	if err != nil {
		return nil, err
	}
	return a.journal(sel, client.Options()), nil
}

// owedPurge is one that a program which was killed did not come to. It is
// locked until close.
type owedPurge struct {
	debt
	left *journal.Left
	id   int
}

type owedPurges []owedPurge

// owedPurges finds those of a selection's directory.
func (a *app) owedPurges(ctx context.Context, sel selection) owedPurges {
	j, err := a.journalOf(ctx, sel)
	if err != nil {
		return nil
	}
	var all owedPurges
	for _, left := range j.Left() {
		var owed debt
		if i := slices.IndexFunc(left.Entries, func(e journal.Entry) bool { return e.Kind == opPurge && e.Decode(stateOwed, &owed) }); left.Name == opPurge && i >= 0 {
			all = append(all, owedPurge{debt: owed, left: left, id: left.Entries[i].ID})
			continue
		}
		left.Close()
	}
	return all
}

func (all owedPurges) close() {
	for _, o := range all {
		o.left.Close()
	}
}

// settle forgets all: the CDN knows, or the person was told what to run. What
// it did not take for a reason that passes stays owed.
func (all owedPurges) settle(err *purge.Error) {
	if err != nil && (err.Code == purge.CodeSession || runText(err) == "purge.run-later") {
		return
	}
	for _, o := range all {
		o.left.Note(journal.Step{ID: o.id, State: journal.Done})
	}
}

// byCDN parts them by whom they are owed to. Those of a connection and of its
// deleted environments may be of several distributions.
func (all owedPurges) byCDN() []owedPurges {
	var parts []owedPurges
	for _, o := range all {
		i := slices.IndexFunc(parts, func(p owedPurges) bool { return p[0].sameCDN(o.debt) })
		if i < 0 {
			parts = append(parts, nil)
			i = len(parts) - 1
		}
		parts[i] = append(parts[i], o)
	}
	return parts
}

func (d debt) sameCDN(other debt) bool {
	return (d.Environment == "") == (other.Environment == "") && d.Distribution == other.Distribution && d.Domain == other.Domain
}

// job is the id under which they are asked for: of a single one its own, so
// that what CloudFront knows of it already is not asked for again.
func (all owedPurges) job() string {
	if len(all) == 1 {
		return all[0].Job
	}
	return newJob()
}

// paths are those of all together.
func (all owedPurges) paths() []string {
	var paths []string
	for _, o := range all {
		paths = append(paths, o.Paths...)
	}
	return purge.Fold(paths)
}

// line is one of them for people.
func (a *app) owedLine(o owedPurge) string {
	return text.Safe(a.text.Say("cmd.recover_purge", map[string]string{
		"time": o.left.Begun.Local().Format("2006-01-02 15:04"), "count": strconv.Itoa(len(o.Paths)), "path": o.Paths[0],
	}))
}

// payOwed tells the CDN what it was not told, and gives back what became of it,
// nil for nothing.
func (a *app) payOwed(ctx context.Context, sel selection, all owedPurges) (*purgeJSON, *purge.Error) {
	if len(all) == 0 || ctx.Err() != nil {
		return nil, nil
	}
	var doc *purgeJSON
	var first *purge.Error
	for _, part := range all.byCDN() {
		m := a.aftermath(part[0].in(sel), purgeFlag{on: true, set: func() bool { return true }})
		m.job = part.job()
		told, err := m.tell(ctx, part.paths())
		part.settle(err)
		if doc, first = doc.with(told), cmp.Or(first, err); ctx.Err() != nil {
			break
		}
	}
	return doc, first
}

// tellOwed mentions that the CDN was not told of something.
func (a *app) tellOwed(ctx context.Context, sel selection) {
	if a.flags.json {
		return
	}
	if j, err := a.journalOf(ctx, sel); err == nil && j.Waiting(opPurge) > 0 {
		a.tell(a.text.Say("cmd.recover_purge_waiting", nil))
	}
}

// sayOwed says of what the CDN is told late.
func (a *app) sayOwed(all owedPurges) {
	if a.flags.json {
		return
	}
	for _, o := range all {
		a.tell(a.owedLine(o))
	}
}

// recoverPurges is a recovery that has nothing to do in the bucket.
func (a *app) recoverPurges(ctx context.Context, sel selection, owed owedPurges) error {
	if len(owed) == 0 {
		a.tell(a.text.Say("cmd.recover_none", nil))
		return nil
	}
	a.sayOwed(owed)
	if _, err := a.payOwed(ctx, sel, owed); err != nil {
		return said(purgeExit(err))
	}
	return nil
}

// owedJSON is a purge that is owed.
type owedJSON struct {
	Begun time.Time `json:"begun"`
	Paths []string  `json:"paths"`
}
