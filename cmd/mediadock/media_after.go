package main

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/purge"
)

// purgeFlag is --purge of what takes files away or replaces them. Unset it is
// done where it needs no thought: a distribution is set, and one request, which
// next to nobody pays for, will do.
type purgeFlag struct {
	on  bool
	set func() bool
}

func (f *purgeFlag) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.on, "purge", false, "")
	f.set = func() bool { return cmd.Flags().Changed("purge") }
}

// aftermath is what a change leaves behind in caches, and what is done about
// it (M64). Whatever becomes of that, the change stands as it is.
type aftermath struct {
	a       *app
	sel     selection
	flag    purgeFlag
	folders []string // keys of folders that go whole
	gone    []string // keys of files that are gone or replaced
	// only are the keys of files whose addresses matter; nil: all that is done.
	only map[string]bool
	// instead is what a re-upload could be, to need no purge.
	instead instead
	// job is the id under which the CDN is told, and paid notes that it was;
	// later leaves it to the next command: see owe.
	job         string
	paid, later func()
}

func (a *app) aftermath(sel selection, flag purgeFlag, folders ...string) *aftermath {
	after := &aftermath{a: a, sel: sel, flag: flag, job: newJob(), paid: func() {}, later: func() {}}
	for _, f := range folders {
		after.folders = append(after.folders, sel.space().Key(f))
	}
	return after
}

// cdn tells whether there may be copies: a domain or a distribution is set.
func (m *aftermath) cdn() bool {
	return m.sel.settings.Domain != "" || m.sel.settings.Distribution != ""
}

// distribution is the id in the settings; empty where none is set.
func (m *aftermath) distribution() string {
	return purge.ParseDistribution(m.sel.settings.Distribution).ID
}

// wanted tells whether n paths are to be purged.
func (m *aftermath) wanted(paths []string) bool {
	switch {
	case m.flag.set():
		return m.flag.on
	case m.sel.settings.Distribution == "":
		return false
	}
	return len(purge.Batches(paths)) <= 1
}

// watch passes events on and notes what is gone.
func (m *aftermath) watch(emit func(media.Event)) func(media.Event) {
	return func(e media.Event) {
		if e.Type == media.EventItem && e.Status == media.StatusDone && (m.only == nil || m.only[e.Key]) {
			m.gone = append(m.gone, e.Key)
		}
		if m.a.flags.json && e.Op == media.OpRemove && e.Key != "" {
			e.URL = m.sel.space().URL(e.Key) // which has stopped working
		}
		emit(e)
	}
}

// replacing are the files that an upload puts others in the place of: of all
// that it brings the only ones of which there may be copies.
func (m *aftermath) replacing(plan media.PutPlan) []media.Item {
	m.only = map[string]bool{}
	var old []media.Item
	for _, it := range plan.Items {
		if it.Code == "" && it.Exists && it.Path == it.Old.Path {
			old = append(old, it.Old)
			m.only[it.Key] = true
		}
	}
	return old
}

// whole puts the folders in the place of what is in them.
func (m *aftermath) whole(keys []string) []string {
	keys = slices.DeleteFunc(slices.Clone(keys), func(k string) bool {
		return slices.ContainsFunc(m.folders, func(f string) bool { return strings.HasPrefix(k, f) })
	})
	return append(keys, m.folders...)
}

// planned are the paths of a plan; there may be fewer once all is gone.
func (m *aftermath) planned(items []media.Item) []string {
	keys := make([]string, len(items))
	for i, item := range items {
		keys[i] = item.Key
	}
	if len(keys) > 0 {
		keys = m.whole(keys)
	}
	return purge.Paths(m.sel.space(), keys, false)
}

// announce says beforehand how long copies linger and what is done about it.
func (m *aftermath) announce(ctx context.Context, items []media.Item, sample media.Item) {
	if !m.cdn() || len(items) == 0 {
		return
	}
	for _, line := range m.linger(sample) {
		m.a.tell(line)
	}
	paths := m.planned(items)
	args := costArgs(len(paths))
	args["limit"], args["distribution"], args["domain"] = strconv.Itoa(purge.MaxWildcards), m.distribution(), m.sel.settings.Domain
	switch {
	case m.wanted(paths) && m.sel.settings.Distribution == "":
		m.a.tell(m.a.text.Say("purge.will-find", args))
	case m.wanted(paths):
		id := "purge.will"
		if theirs, mine := m.foreign(ctx); theirs != "" {
			id, args["account"], args["mine"] = "purge.will-foreign", theirs, mine
		}
		m.a.tell(m.a.text.Say(id, args))
	case !m.flag.set() && m.sel.settings.Distribution != "":
		m.a.tell(m.a.text.Say("purge.will-not-many", args))
	}
}

// settle purges what a change has taken away, unless it is not wanted: then it
// says what to run. nil where there is no CDN or nothing is gone.
func (m *aftermath) settle(ctx context.Context, whole bool) *purgeJSON {
	defer m.paid()
	if !m.cdn() || len(m.gone) == 0 {
		return nil
	}
	keys := m.gone
	if whole {
		keys = m.whole(keys)
	}
	if m.only != nil { // what is replaced empties no folder
	} else if empty, err := m.a.emptyFolders(ctx, m.sel); err == nil && ctx.Err() == nil {
		keys = purge.Emptied(ctx, m.sel.space().Dir(), slices.Clone(keys), empty)
	}
	paths := purge.Paths(m.sel.space(), keys, false)
	if !m.wanted(paths) || ctx.Err() != nil {
		return m.left(paths)
	}
	doc, _ := m.tell(ctx, paths)
	return doc
}

// tell has the CDN forget paths, and says what became of it.
func (m *aftermath) tell(ctx context.Context, paths []string) (*purgeJSON, *purge.Error) {
	p, err := m.a.purger(ctx, m.sel)
	if err != nil {
		return m.nowhere(paths, err)
	}
	job := p.job(paths, m.job)
	r := p.run(ctx, job)
	doc := p.document(job, r)
	if r.Err != nil {
		m.failed(doc, r.Err)
	}
	return &doc, r.Err
}

// left is the end where nothing was asked for.
func (m *aftermath) left(paths []string) *purgeJSON {
	id := m.distribution()
	doc := emptyPurge(id, "skipped", paths)
	doc.Left = paths
	m.offerLater(&doc)
	if m.a.flags.json {
		return &doc
	}
	switch {
	case id == "" && !m.flag.set():
		m.a.tell(m.a.text.Say("purge.left-unknown", nil))
	case len(purge.Batches(paths)) > 1:
		m.a.tell(m.a.text.Say("purge.left-many", map[string]string{"count": strconv.Itoa(len(paths))}))
		m.commands(doc)
	case id != "":
		m.a.tell(m.a.text.Say("purge.left-off", nil))
		m.commands(doc)
	}
	return &doc
}

// offerLater puts beside what is not purged how to do it later.
func (m *aftermath) offerLater(doc *purgeJSON) {
	if m.distribution() == "" {
		doc.Fixes = append(doc.Fixes, fixJSON{Text: m.a.text.Say("purge.left-unknown", nil), Command: "mediadock media purge PATH"})
		return
	}
	doc.Commands = purgeCommands(m.sel, m.distribution(), doc.Paths)
	for _, c := range doc.Commands {
		doc.Fixes = append(doc.Fixes, fixJSON{Text: m.a.text.Say("purge.left-run", nil), Command: c})
	}
}

// nowhere is the end where the distribution is not known.
func (m *aftermath) nowhere(paths []string, err error) (*purgeJSON, *purge.Error) {
	problem := asPurge(err)
	if problem == nil {
		problem = &purge.Error{Code: purge.CodeSession, Err: err}
	}
	doc := nowhereDocument(m.a.text, m.sel, problem, paths)
	if asPurge(err) == nil {
		doc.Message = m.a.systemWords(err)
	}
	m.failed(doc, problem)
	return &doc, problem
}

// failed says that the CDN was not purged, which spoils nothing else.
func (m *aftermath) failed(doc purgeJSON, err *purge.Error) {
	if m.a.flags.json {
		return
	}
	m.a.tell(m.a.text.Say("purge.not-done", nil))
	m.a.tell("  " + doc.Message)
	args := err.TextArgs()
	args["count"] = strconv.Itoa(len(doc.Left))
	m.a.tell(m.a.text.Say(runText(err), args))
	m.commands(doc)
	m.a.offerText(doc)
}

// mostCommands is how many lines are shown; all of them are in the JSON.
const mostCommands = 5

func (m *aftermath) commands(doc purgeJSON) {
	for i, c := range doc.Commands {
		if i == mostCommands {
			m.a.tell(m.a.text.Say("cmd.plan.more", map[string]string{"count": strconv.Itoa(len(doc.Commands) - i)}))
			return
		}
		m.a.tell("  " + c)
	}
}
