package main

import (
	"errors"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/text"
)

// eventJSON is one line of a stream (contract, section 3).
type eventJSON struct {
	Type   string `json:"type"`
	Op     string `json:"op,omitempty"`
	Path   string `json:"path"`
	Key    string `json:"key"`
	To     string `json:"to,omitempty"`
	Status string `json:"status,omitempty"`
	Code   string `json:"code,omitempty"`
	Bytes  int64  `json:"bytes"`
	Total  int64  `json:"total,omitempty"`
	URL    string `json:"url,omitempty"`
	// OldURL is an address that stops working, of a re-upload under another
	// name.
	OldURL string `json:"old_url,omitempty"`
	// OldContentType is the type that a re-upload changes.
	OldContentType string `json:"old_content_type,omitempty"`
	// Resumed is how many bytes of a download were here already.
	Resumed int64 `json:"resumed,omitempty"`
	// File is the local file of an upload.
	File string `json:"file,omitempty"`
	// From is where an import fetched from.
	From string `json:"from,omitempty"`
	// Message says why an item failed, in the language of --lang.
	Message string `json:"message,omitempty"`
	// Guessable and Notes are about the names of uploads.
	Guessable *guessJSON     `json:"guessable,omitempty"`
	Notes     []nameNoteJSON `json:"notes,omitempty"`
	// Findings are what the file tells beside its content, Better is the path
	// that --fix-names would give it.
	Findings    []findingJSON `json:"findings,omitempty"`
	Better      string        `json:"better_path,omitempty"`
	ContentType string        `json:"content_type,omitempty"`
	// VersionedPath is the path that a re-upload could have instead, which no
	// cache has.
	VersionedPath string `json:"versioned_path,omitempty"`
}

type summaryJSON struct {
	Type       string `json:"type"`
	Done       int    `json:"done"`
	Skipped    int    `json:"skipped"`
	Failed     int    `json:"failed"`
	Refused    int    `json:"refused"`
	Bytes      int64  `json:"bytes"`
	DurationMS int64  `json:"duration_ms"`
	// NotStarted counts what a cancellation kept from being begun.
	NotStarted int `json:"not_started,omitempty"`
	// Kept counts interrupted transfers that the same command goes on with, Left
	// those that could not be aborted.
	Kept int `json:"kept,omitempty"`
	Left int `json:"left,omitempty"`
	// Flagged counts uploads that look confidential and can be guessed.
	Flagged *int `json:"flagged,omitempty"`
	// URLs counts the addresses that stopped working, Hidden the deletions
	// that left the bytes in an older version.
	URLs   int `json:"urls,omitempty"`
	Hidden int `json:"hidden,omitempty"`
	// Purge is what became of the CDN's copies.
	Purge *purgeJSON `json:"purge,omitempty"`
}

// progressTick is how often progress is drawn.
const progressTick = 200 * time.Millisecond

// progressLine is how often it is printed off a terminal. Tests set it.
var progressLine = 3 * time.Second

// narrator turns the events of a transfer into lines: items on stdout,
// progress on stderr, JSON objects with --json.
type narrator struct {
	a     *app
	mu    sync.Mutex
	start time.Time
	total int64            // bytes to move, 0 while unknown
	bytes map[string]int64 // bytes so far by path of files under way
	moved int64            // bytes of finished files
	items int
	cut   int  // items that the person cancelled
	anew  bool // the same command stores everything once more
	op    string
	quiet leftOut // what needs no line of its own
	// planned are the items of an upload by path; nil for anything else.
	planned map[string]media.PutItem
	flagged int
	drawn   bool
	shown   int64 // the bytes that were shown last
	noting  bool  // it is told that the catalogue is waited for
	// after is done once everything else is, and tells what became of the
	// CDN's copies; nil: nothing is.
	after func(media.Summary) *purgeJSON
	// kept tells that what is done leaves its addresses working.
	kept bool
	// oldURL is the address that a re-upload under another name ends.
	oldURL string
	stop   chan struct{}
	done   chan struct{}
}

func (a *app) narrate(total int64) *narrator {
	n := &narrator{a: a, start: time.Now(), total: total, bytes: map[string]int64{}, quiet: leftOut{}, stop: make(chan struct{}), done: make(chan struct{})}
	go n.tick()
	return n
}

// narratePut is narrate for an upload, whose items say what their names are
// worth.
func (a *app) narratePut(plan media.PutPlan) *narrator {
	n := a.narrate(plan.Bytes)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.planned = make(map[string]media.PutItem, len(plan.Items))
	for _, item := range plan.Items {
		n.planned[item.Path] = item
	}
	return n
}

func (n *narrator) tick() {
	defer close(n.done)
	every := progressTick
	if !n.a.redraws() {
		every = progressLine
	}
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-n.stop:
			return
		case <-t.C:
			n.draw()
		}
	}
}

// emit takes one event of the library.
func (n *narrator) emit(e media.Event) {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch e.Type {
	case "progress":
		n.bytes[e.Path+e.From] = e.Bytes
	case "item":
		delete(n.bytes, e.Path)
		delete(n.bytes, e.From)
		n.moved += e.Bytes
		n.items++
		n.op = e.Op
		if e.Status == media.StatusFailed && e.Code == media.CodeAborted {
			n.cut++
		}
		n.item(e)
	}
}

func (n *narrator) item(e media.Event) {
	message := ""
	if e.Code != "" && (e.Status != "done" || e.Code == media.CodeResumed || e.Code == media.CodeAnew) {
		message = n.a.eventMessage(e)
	}
	item, planned := n.planned[e.Path]
	if planned && e.Status == media.StatusDone && item.Guess.Flagged() {
		n.flagged++
	}
	if n.a.flags.json {
		j := eventJSON{Type: "item", Op: e.Op, Path: e.Path, Key: e.Key, To: e.To, From: e.From, Status: e.Status, Code: e.Code, Bytes: e.Bytes, Resumed: e.Resumed, URL: e.URL, OldURL: n.oldURL, Message: message}
		if e.File != nil {
			item, planned = *e.File, true
		}
		if planned {
			j.File = item.File
			j = n.a.describe(j, item)
		}
		_ = writeJSON(n.a.io.out, j, false)
		return
	}
	if n.quiet.add(e.Code) {
		return
	}
	n.clear()
	name := e.Path
	if e.From != "" {
		name = e.From
	}
	status := e.Status
	if e.Code == media.CodeAborted { // what a person asked for is no failure
		status, message = "cancelled", ""
	}
	line := padded(n.a.text.Say("cmd.status."+status, nil), 8)
	if e.From == "" || !strings.Contains(message, name) { // most reasons why a URL failed name it
		line += " " + name
	}
	if e.To != "" {
		line += " -> " + e.To
	}
	if e.URL != "" && (e.Status == "done" || e.From != "" && e.Status == media.StatusSkipped) {
		line += "  " + e.URL
	}
	if message != "" {
		line += "  " + message
	}
	fmt.Fprintln(n.a.io.out, text.Safe(line))
}

func (a *app) eventMessage(e media.Event) string {
	args := map[string]string{"path": e.Path, "to": e.To}
	var me *media.Error
	if errors.As(e.Err, &me) {
		args = me.TextArgs()
	}
	return a.text.Say("media."+e.Code, args)
}

func (n *narrator) draw() {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := n.moved
	for _, b := range n.bytes {
		now += b
	}
	rate := float64(now) / max(time.Since(n.start).Seconds(), 0.001)
	if n.a.flags.json {
		_ = writeJSON(n.a.io.out, eventJSON{Type: "progress", Bytes: now, Total: n.total}, false)
		return
	}
	line := n.a.text.Say("cmd.progress_items", map[string]string{"count": strconv.Itoa(n.items)}) + "  " + byteSize(now)
	if n.total > 0 {
		line += fmt.Sprintf(" / %s  %3.0f %%", byteSize(n.total), 100*float64(now)/float64(n.total))
	}
	line += "  " + byteSize(int64(rate)) + "/s"
	waits := n.a.atNotes.Load() && now == n.shown // everything else is done, or waits for it
	n.shown = now
	if waits {
		line = n.a.text.Say("cmd.catalogue_waits", nil)
	}
	if !n.a.redraws() {
		if waits && n.noting {
			return
		}
		n.noting = waits
		fmt.Fprintln(n.a.io.err, line)
		return
	}
	fmt.Fprint(n.a.io.err, "\r\x1b[K"+n.bar(now)+line)
	n.drawn = true
}

func (n *narrator) bar(now int64) string {
	if n.total <= 0 || n.a.io.width < 60 {
		return ""
	}
	const cells = 24
	filled := min(cells, int(float64(now)/float64(n.total)*cells))
	return "[" + strings.Repeat("#", filled) + strings.Repeat("-", cells-filled) + "] "
}

func (n *narrator) clear() {
	if n.drawn {
		fmt.Fprint(n.a.io.err, "\r\x1b[K")
		n.drawn = false
	}
}

// hold keeps the progress from being drawn while a person is asked.
func (n *narrator) hold() {
	n.mu.Lock()
	n.clear()
}

// goOn ends hold.
func (n *narrator) goOn() { n.mu.Unlock() }

// end stops the progress and prints the summary.
func (n *narrator) end(s media.Summary) error {
	close(n.stop)
	<-n.done
	n.clear()
	if n.a.flags.json {
		j := summaryJSON{Type: "summary", Done: s.Done, Skipped: s.Skipped, Failed: s.Failed, Refused: s.Refused, Bytes: s.Bytes, DurationMS: s.Duration.Milliseconds(), NotStarted: s.NotStarted, Kept: s.Kept, Left: s.Left}
		if n.planned != nil {
			j.Flagged = &n.flagged
		}
		if n.after != nil {
			if j.URLs, j.Hidden, j.Purge = s.Done, s.Hidden, n.after(s); n.kept {
				j.URLs = 0
			}
		}
		if err := writeJSON(n.a.io.out, j, false); err != nil {
			return err
		}
	} else {
		n.a.sayCounted(n.quiet)
		fmt.Fprintln(n.a.io.err, n.a.text.Say("cmd.summary", map[string]string{
			"done": fmt.Sprint(s.Done), "skipped": fmt.Sprint(s.Skipped), "failed": fmt.Sprint(max(s.Failed-n.cut, 0)), "refused": fmt.Sprint(s.Refused), "bytes": byteSize(s.Bytes),
		}))
		kept := "kept"
		if n.op == media.OpGet {
			kept = "kept-get"
		}
		for _, note := range []struct {
			id    string
			count int
		}{{n.cutNote(), n.cut}, {"not-started", s.NotStarted}, {kept, s.Kept}, {"left", s.Left}} {
			if note.count > 0 {
				n.a.tell(n.a.text.Say("media.note."+note.id, map[string]string{"count": strconv.Itoa(note.count)}))
			}
		}
		if n.after != nil {
			n.after(s)
		}
	}
	if exit := summaryExit(s); exit != exitDone {
		return said(exit)
	}
	return nil
}

// cutNote says how to go on after a cancellation.
func (n *narrator) cutNote() string {
	switch n.op {
	case media.OpPut, media.OpGet, media.OpImport: // what is there already is left out
		if !n.anew {
			return "cut-again"
		}
	}
	return "cut"
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
