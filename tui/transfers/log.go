// Package transfers is what a session has done with files, is doing and will
// do: a log of operations with each of their files, and the panel that shows
// it. It knows neither how operations are run nor who runs them.
package transfers

import (
	"slices"
	"time"

	"github.com/mediadock/mediadock/media"
)

// State is how far a file is.
type State int

// The states of a file.
const (
	Waiting State = iota
	Running
	Done
	Skipped
	Failed
	Cancelled
	Interrupted // an earlier run of the program did not end it
	states
)

// File is one file of an operation.
type File struct {
	Name string // as events call it; a path, or a URL
	// Local is the file on this computer, where there is one.
	Local string
	Size  int64 // 0 while it is not known
	Sent  int64 // of it, so far
	State State
	Code  string // why it is not done
	// Args are what the sentence about Code is filled with, beside Err's.
	Args map[string]string
	Err  error
	Kept bool // what is sent of it can be gone on with
	URL  string
	// Again tells that it was planned once more since.
	Again bool
	// Ask tells that trying it again begins with a question: the plan has left
	// it out.
	Ask bool
}

// Out tells whether it was left out, and not asked about again since.
func (f *File) Out() bool { return f.Ask && f.State == Skipped && !f.Again }

// problem tells whether it is not as it was meant to be: it failed, was
// interrupted, or was left out.
func (f *File) problem() bool {
	out := f.State == Skipped && !f.Again && f.Code != media.CodeSame
	return f.State == Failed || f.State == Interrupted || out
}

// Open tells whether it can be planned once more.
func (f *File) Open() bool {
	return !f.Again && (f.State == Failed || f.State == Cancelled) || f.Out()
}

// Retries tells whether trying it once more may end otherwise.
func (f *File) Retries() bool { return f.Open() && !(f.State == Failed && media.Hopeless(f.Code)) }

// Part is how much of the file is sent, 0 to 100.
func (f *File) Part() int {
	if f.Size <= 0 {
		return 0
	}
	return int(min(100*f.Sent/f.Size, 100))
}

// Operation is one upload, rename, deletion and so on.
type Operation struct {
	Kind  string // media.OpPut and so on
	Title string
	Files []File
	// Items is how many files there are, also where they are not named.
	Items int
	// Each tells that single files can be cancelled and planned again.
	Each bool
	// Sized tells that the sizes of all files are known from the beginning.
	Sized bool
	// Ref is for whoever runs it.
	Ref any

	Begun, Ended time.Time // zero: it waits, or runs
	Moved        int64     // bytes of files that are done
	Last         string    // the file that moved last

	at       map[string]int
	counts   [states]int
	problems []int // indices of Files, in order of failing
	open     map[int]*Rate
	rate     Rate
	wire     int64 // bytes that went over, also of what failed
	total    int64 // bytes of all that is, or will be, sent
	batch    int
	forgot   bool
}

// Log is the operations of a session, the oldest first.
type Log struct {
	ops   []*Operation
	batch int
	now   func() time.Time
}

// NewLog is an empty log.
func NewLog(now func() time.Time) *Log { return &Log{now: now} }

// Ops are the operations, the oldest first.
func (l *Log) Ops() []*Operation { return l.ops }

// Add takes an operation that waits. Operations that are added while others
// run or wait are counted together with these.
func (l *Log) Add(o *Operation) *Operation {
	if !l.Busy() {
		l.batch++
	}
	o.batch = l.batch
	o.at, o.open = make(map[string]int, len(o.Files)), map[int]*Rate{}
	o.Items = max(o.Items, len(o.Files))
	for i := range o.Files {
		f := &o.Files[i]
		if _, taken := o.at[f.Name]; !taken || !f.Ask { // of two files for one name events are about the other
			o.at[f.Name] = i
		}
		o.counts[f.State]++
		if f.State != Skipped {
			o.total += f.Size
		}
		if f.problem() {
			o.problems = append(o.problems, i)
		}
	}
	l.supersede(o)
	l.ops = append(l.ops, o)
	return o
}

// supersede marks what earlier operations of the kind did not bring about, and
// what is tried once more now: it is no problem of theirs any longer.
func (l *Log) supersede(by *Operation) {
	local := make(map[string]bool, len(by.Files))
	for i := range by.Files {
		local[by.Files[i].Local] = true
	}
	for _, o := range l.ops {
		if o.Ended.IsZero() || o.Kind != by.Kind || o.counts[Failed]+o.counts[Cancelled]+o.counts[Interrupted]+o.counts[Skipped] == 0 {
			continue
		}
		for i := range o.Files {
			f := &o.Files[i]
			if !f.Open() && f.State != Interrupted {
				continue
			}
			if _, same := by.at[f.Name]; same || f.Local != "" && local[f.Local] {
				f.Again = true
			}
		}
		o.problems = slices.DeleteFunc(o.problems, func(i int) bool { return o.Files[i].Again })
	}
}

// Earlier takes what an earlier run left. It is no work of this session.
func (l *Log) Earlier(o *Operation) *Operation {
	l.Add(o)
	o.batch, o.Begun, o.Ended = 0, l.now(), l.now()
	return o
}

// Drop takes an operation out of the log.
func (l *Log) Drop(o *Operation) {
	l.ops = slices.DeleteFunc(l.ops, func(x *Operation) bool { return x == o })
}

// Busy tells whether anything runs or waits.
func (l *Log) Busy() bool {
	return slices.ContainsFunc(l.ops, func(o *Operation) bool { return o.Ended.IsZero() })
}

// Start marks an operation as running.
func (l *Log) Start(o *Operation) {
	o.Begun = l.now()
	o.rate.add(o.Begun, 0)
}

// Take brings a file up to date with an event.
func (l *Log) Take(o *Operation, e media.Event) {
	i, ok := o.find(e)
	if !ok {
		if e.Type != media.EventItem {
			return
		}
		i = o.learn(e)
	}
	f := &o.Files[i]
	switch e.Type {
	case media.EventProgress:
		if f.State != Waiting && f.State != Running {
			return
		}
		o.Last = f.Name
		o.advance(l.now(), i, e.Bytes, e.Total)
	case media.EventItem:
		o.end(l.now(), i, e)
	}
}

// find is the file that an event is about. An import names URLs, and paths only
// once they are known.
func (o *Operation) find(e media.Event) (int, bool) {
	if i, ok := o.at[e.From]; ok && e.From != "" {
		return i, true
	}
	i, ok := o.at[e.Path]
	return i, ok
}

// learn adds a file that nobody named before.
func (o *Operation) learn(e media.Event) int {
	name := e.Path
	if name == "" {
		name = e.From
	}
	i := len(o.Files)
	o.Files = append(o.Files, File{Name: name, Size: e.Bytes})
	o.at[name] = i
	o.counts[Waiting]++
	o.total += e.Bytes
	o.Items = max(o.Items, len(o.Files))
	return i
}

func (o *Operation) advance(now time.Time, i int, sent, total int64) {
	f := &o.Files[i]
	o.set(i, Running)
	if f.Size == 0 && total > 0 {
		f.Size = total
		o.total += total
	}
	if o.open[i] == nil {
		o.open[i] = &Rate{}
		o.open[i].add(now, 0)
	}
	if sent > f.Sent {
		o.wire += sent - f.Sent
		f.Sent = sent
	}
	o.open[i].add(now, f.Sent)
	o.rate.add(now, o.wire)
}

// end is the end of one file: what did not come about is taken out of what is
// to be sent, so that the rest still adds up.
func (o *Operation) end(now time.Time, i int, e media.Event) {
	f := &o.Files[i]
	if e.Err == nil { // one that failed is counted, not shown as under way
		o.Last = f.Name
	}
	if _, running := o.open[i]; running {
		delete(o.open, i)
	}
	f.Code, f.Err, f.Kept = e.Code, e.Err, e.Kept
	switch {
	case e.Status == media.StatusDone:
		if f.State == Cancelled { // it was too late
			o.total += f.Size
		}
		o.total += e.Bytes - f.Size // it may have been another size, or an unknown one
		o.wire += max(e.Bytes-f.Sent, 0)
		f.Size, f.Sent = e.Bytes, e.Bytes
		o.Moved += e.Bytes
		if f.URL == "" {
			f.URL = e.URL
		}
		o.set(i, Done)
	case e.Code == media.CodeAborted:
		o.leave(i, Cancelled)
	case e.Status == media.StatusSkipped:
		o.leave(i, Skipped)
	default:
		o.leave(i, Failed)
	}
	o.rate.add(now, o.wire)
}

// leave ends a file that is not sent.
func (o *Operation) leave(i int, to State) {
	f := &o.Files[i]
	if f.State != Cancelled { // it is taken out already
		o.total -= f.Size
	}
	o.set(i, to)
}

// set changes a file's state and the counts.
func (o *Operation) set(i int, to State) {
	f := &o.Files[i]
	if f.State == to {
		return
	}
	o.counts[f.State]--
	o.counts[to]++
	if f.problem() {
		o.problems = slices.DeleteFunc(o.problems, func(p int) bool { return p == i })
	}
	if f.State = to; f.problem() {
		o.problems = append(o.problems, i)
	}
}

// Cancel marks a file that waits as cancelled before its operation says so.
func (o *Operation) Cancel(i int) {
	if o.Files[i].State == Waiting {
		o.Files[i].Code = media.CodeAborted
		o.leave(i, Cancelled)
	}
}

// End marks an operation as over. What it did not begin is cancelled.
func (l *Log) End(o *Operation) {
	o.Ended = l.now()
	if o.Begun.IsZero() {
		o.Begun = o.Ended
	}
	for i := range o.Files {
		if s := o.Files[i].State; s == Waiting || s == Running {
			o.Files[i].Code = media.CodeAborted
			o.leave(i, Cancelled)
		}
	}
	o.at, o.open = nil, nil
	l.trim()
}

// most is how many files of operations that are over are kept by name.
const most = 200_000

// trim forgets the files of the oldest operations where there are too many;
// how many they were stays.
func (l *Log) trim() {
	n := 0
	for _, o := range slices.Backward(l.ops) {
		if o.Ended.IsZero() {
			continue
		}
		if n += len(o.Files); n > most {
			o.Files, o.problems, o.forgot = nil, nil, true
		}
	}
}

// Count is how many files are in a state.
func (o *Operation) Count(s State) int { return o.counts[s] }

// Problems are the files that failed, were interrupted or left out, and were not
// planned again since.
func (o *Operation) Problems() []int { return o.problems }

// Retries are the problems that may end otherwise when they are tried once more.
func (o *Operation) Retries() []int {
	return slices.DeleteFunc(slices.Clone(o.problems), func(i int) bool {
		return o.Files[i].State == Failed && !o.Files[i].Retries()
	})
}

// LeftOut is how many files were left out that were not asked about again
// since.
func (o *Operation) LeftOut() int {
	if o.counts[Skipped] == 0 {
		return 0
	}
	n := 0
	for i := range o.Files {
		if o.Files[i].Out() {
			n++
		}
	}
	return n
}

// inParts is the size of a file that is still sent in one request.
const inParts = 16 << 20

// Large tells whether a file that waits or runs goes to S3 in parts, which stay
// there when it is cut short.
func (o *Operation) Large() bool {
	for i := range o.Files {
		if f := &o.Files[i]; f.Size > inParts && (f.State == Waiting || f.State == Running) {
			return true
		}
	}
	return false
}

// Over is how many files have ended, one way or the other.
func (o *Operation) Over() int {
	return o.counts[Done] + o.counts[Skipped] + o.counts[Failed] + o.counts[Cancelled]
}

// Sent is how many bytes of what will be done are sent so far.
func (o *Operation) Sent() int64 {
	n := o.Moved
	for i := range o.open {
		n += o.Files[i].Sent
	}
	return n
}

// Total is how many bytes will have been sent in the end, as far as is known.
func (o *Operation) Total() int64 { return max(o.total, 0) }

// RateOf is how fast a file goes, in bytes a second; 0 while unknown.
func (o *Operation) RateOf(i int) float64 {
	if r := o.open[i]; r != nil {
		return r.PerSecond()
	}
	return 0
}

// Released marks that nothing of a file is kept any more.
func (l *Log) Released(name string) {
	for _, o := range l.ops {
		for i := range o.Files {
			f := &o.Files[i]
			if f.Name != name || !f.Kept {
				continue
			}
			f.Kept, f.Sent = false, 0
			if f.State == Interrupted {
				f.Code = media.CodeAborted
				o.set(i, Cancelled)
			}
		}
	}
}
