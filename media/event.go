package media

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mediadock/mediadock/media/privacy"
)

// Types of an Event.
const (
	EventProgress = "progress"
	EventItem     = "item"
	EventSummary  = "summary"
)

// Operations of an Event.
const (
	OpPut     = "put"
	OpGet     = "get"
	OpMove    = "mv"
	OpRemove  = "rm"
	OpReplace = "replace"
	OpImport  = "import"
)

// Event tells what happened. A progress event carries how many bytes of one
// file went over so far (never fewer than the one before, Total in all); it is
// dropped when nobody keeps up. An item event is the end of one file, and is
// never dropped. A summary is the last event of an operation.
type Event struct {
	Type   string
	Op     string
	Path   string
	Key    string
	To     string // mv and replace: the new path; get: the local file
	Status string
	Code   string // why it was not done; also set on an item that is done with a remark
	Bytes  int64
	Total  int64
	URL    string
	// ETag is the stored object's, of uploads and moves that are done, without
	// quotes; empty where it is not known.
	ETag string
	// From is where an import fetched from, as it may be shown, and Item the
	// index in its plan. A progress event of an import has no Path.
	From string
	Item int
	// File is what is known of a file that an import fetched: what its name is
	// worth and what it tells beside its content. It is nil for what did not
	// come. Of a preview it is what the file's beginning shows.
	File *PutItem
	// Private is what became of what the file told beside its content, of
	// uploads that are done; empty where it told nothing.
	Private privacy.Decision
	// Left is the id of a multipart upload that could not be aborted and is
	// billed until a lifecycle rule or the bucket's owner removes it.
	Left string
	// Kept tells that an interrupted transfer is kept, so that the same one
	// goes on where it stopped. Until then an upload's parts are billed.
	Kept bool
	// Resumed is how many of a download's bytes were here already.
	Resumed int64
	Err     error // an *Error, nil if done
	// Environment is set on the progress events of an operation on a whole
	// environment, which have no Path.
	Environment *EnvironmentProgress
	// Summary is set for EventSummary.
	Summary *Summary
}

// Summary counts the items of an operation.
type Summary struct {
	Done, Skipped, Failed, Refused int
	Bytes                          int64
	Duration                       time.Duration
	// NotStarted counts what a cancellation kept from being begun.
	NotStarted int
	// Kept counts interrupted transfers that can go on.
	Kept int
	// Left counts multipart uploads that could not be aborted.
	Left int
	// Hidden counts deletions that left the bytes in an older version, as a
	// versioned bucket does.
	Hidden int
}

// telling is emit with Options.Told before it.
func (l *Library) telling(emit func(Event)) func(Event) {
	told := l.o.Told
	switch {
	case told == nil:
		return emit
	case emit == nil:
		emit = func(Event) {}
	}
	return func(e Event) {
		if e.Type != EventProgress {
			told(e)
		}
		emit(e)
	}
}

// sink takes the events of the workers.
type sink struct{ events chan<- Event }

func (s sink) item(e Event) {
	e.Type = EventItem
	if e.Err != nil && e.Code == "" {
		e.Code = codeIn(e.Err)
	}
	if e.Status == "" {
		e.Status = StatusOf(e.Code)
	}
	s.events <- e
}

func (s sink) progress(e Event) {
	e.Type = EventProgress
	select {
	case s.events <- e:
	default:
	}
}

// run works on n jobs, parallel at a time, and emits what they tell from the
// calling goroutine, the summary last. After a cancellation no further job is
// begun; those under way are waited for. size(i) is how many items a job has.
func run(ctx context.Context, n, parallel int, size func(int) int, emit func(Event), job func(ctx context.Context, i int, s sink)) Summary {
	begin := time.Now()
	if emit == nil {
		emit = func(Event) {}
	}
	events := make(chan Event, 2*parallel)
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(parallel, n) {
		workers.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				job(ctx, i, sink{events})
			}
		})
	}
	go func() {
		workers.Wait()
		close(events)
	}()
	var sum Summary
	for e := range events {
		if e.Type == EventItem {
			sum.count(e)
		}
		emit(e)
	}
	for i := int(next.Load()); i < n; i++ {
		sum.NotStarted += size(i)
	}
	sum.Duration = time.Since(begin)
	emit(Event{Type: EventSummary, Summary: &sum})
	return sum
}

func one(int) int { return 1 }

func (s *Summary) count(e Event) {
	switch e.Status {
	case StatusDone:
		s.Done++
		s.Bytes += e.Bytes
	case StatusSkipped:
		s.Skipped++
	case StatusFailed:
		s.Failed++
	case StatusRefused:
		s.Refused++
	}
	if e.Kept {
		s.Kept++
	}
	if e.Left != "" {
		s.Left++
	}
}
