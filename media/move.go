package media

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media/journal"
)

// Move does what a plan says: all of it is written to the journal, each file
// is copied with everything that is known of it, the copy is made sure of and
// written down, and only then the original is removed. In between both exist,
// and stay if the removal fails: then the item fails with "both-exist". After
// a cancellation nothing further is copied, and what was copied is still
// finished. Where the journal cannot be written nothing is done ("journal").
// What is left between two states is found by PlanRecover.
func (l *Library) Move(ctx context.Context, plan MovePlan, emit func(Event)) Summary {
	emit = l.telling(emit)
	m := l.newMover(l.o.Journal.Begin(OpMove, operationOf(plan)), plan.looked)
	defer m.op.Close()
	jobs, err := m.begin(plan)
	sum := m.run(ctx, jobs, err, summaryLater(emit))
	marked := true
	if sum.Failed == 0 && sum.NotStarted == 0 && len(plan.markers) > 0 {
		after, cancel := evenAfter(ctx)
		marked = l.moveMarkers(after, plan, sum.Refused > 0)
		cancel()
	}
	m.settle(marked)
	sum.Hidden = int(m.d.hidden.Load())
	if emit != nil {
		emit(Event{Type: EventSummary, Op: OpMove, Summary: &sum})
	}
	return sum
}

// run moves jobs that are in the journal; with an err, which is that they are
// not, it only says so of each.
func (m *mover) run(ctx context.Context, jobs []moveJob, err error, emit func(Event)) Summary {
	m.careful = !m.l.checksums && len(jobs) <= m.l.lookTwice
	groups := moveGroups(jobs, m.l.o.Parallel)
	size := func(i int) int { return len(groups[i]) }
	return run(ctx, len(groups), m.l.o.Parallel, size, emit, func(ctx context.Context, i int, s sink) {
		if err != nil {
			for _, j := range groups[i] {
				s.item(j.stopped(err))
			}
			return
		}
		m.group(ctx, groups[i], s)
	})
}

// moveBatch is how many originals are removed in one request at most. It is
// small, because as long as a request is not made both files exist.
const moveBatch = 50

// moveGroups cuts the jobs so that all workers have something to do.
func moveGroups(jobs []moveJob, parallel int) [][]moveJob {
	n := min(moveBatch, max(1, len(jobs)/(2*parallel)))
	var groups [][]moveJob
	var group []moveJob
	for _, j := range jobs {
		if !fitsXML(j.From.Key) {
			groups = append(groups, []moveJob{j})
			continue
		}
		if group = append(group, j); len(group) == n {
			groups = append(groups, group)
			group = nil
		}
	}
	if len(group) > 0 {
		groups = append(groups, group)
	}
	return groups
}

func (m *mover) group(ctx context.Context, group []moveJob, s sink) {
	copied := make([]moveJob, 0, len(group))
	for _, j := range group {
		e, ok := m.copy(ctx, &j)
		if ok {
			copied = append(copied, j)
			continue
		}
		s.item(e)
	}
	// What was copied is finished even when the person cancels.
	ctx, cancel := evenAfter(ctx)
	defer cancel()
	if err := m.wrote(copied); err != nil {
		m.takeBack(ctx, copied, err, s)
		return
	}
	m.removeOriginals(ctx, m.still(ctx, copied, s), s)
}

// removeOriginals ends jobs whose copies are there for certain.
func (m *mover) removeOriginals(ctx context.Context, jobs []moveJob, s sink) {
	originals := make([]Item, len(jobs))
	for i, j := range jobs {
		originals[i] = j.From
	}
	var done []journal.Step
	for i, err := range m.d.remove(ctx, originals) {
		e := moveEvent(jobs[i].MoveItem)
		e.Left = jobs[i].left
		if err != nil {
			m.keep(jobs[i])
			e.Err = bothExist(jobs[i].MoveItem, "s3:DeleteObject", err)
			e.Bytes = 0
		} else {
			e.ETag = jobs[i].made
			done = append(done, jobs[i].step(journal.Done, nil))
		}
		s.item(e)
	}
	m.op.Note(done...)
}

func bothExist(m MoveItem, operation string, err *Error) *Error {
	return &Error{Code: CodeBothExist, Path: m.From.Path, Evidence: err.Evidence, Err: err,
		Args: map[string]string{"to": m.To, "operation": operation, "reason": err.Code}}
}

func moveEvent(m MoveItem) Event {
	return Event{Op: OpMove, Path: m.From.Path, Key: m.From.Key, To: m.To, URL: m.URL, Bytes: m.From.Size, Total: m.From.Size}
}

// copy copies one file; ok is false when e tells how it ended instead.
func (m *mover) copy(ctx context.Context, j *moveJob) (e Event, ok bool) {
	e = moveEvent(j.MoveItem)
	e.Bytes = 0
	if j.Code != "" {
		e.Code = j.Code
		e.Err = &Error{Code: j.Code, Path: j.To, Args: j.Args}
		return e, false
	}
	looked := m.looked
	if m.careful {
		looked = time.Time{}
	}
	if err := m.l.stillFree(ctx, j.To, looked); err != nil {
		return m.failed(*j, e, copied{}, asError(err, j.To)), false
	}
	made, err := m.l.copyTo(ctx, j.From, copyTarget{path: j.To}, m.noting(*j))
	if err != nil {
		return m.failed(*j, e, made, asError(err, j.From.Path)), false
	}
	j.made, j.shared, j.left, j.at = made.etag, made.shared, made.left, time.Now()
	return e, true
}

// failed is how a job ends whose copy failed. It is left to recovery if the
// copy or its parts may be there, and if nothing speaks against trying again.
func (m *mover) failed(j moveJob, e Event, made copied, err *Error) Event {
	if made.unsure || made.left != "" || err.passing() {
		m.keep(j)
	}
	e.Left, e.Err = made.left, err
	return e
}

// moveMarkers takes the folder markers along, so that an empty folder moves
// too and the old one vanishes. Those of a folder in which something had to
// stay are copied but not removed. It tells whether all went well.
func (l *Library) moveMarkers(ctx context.Context, plan MovePlan, keep bool) bool {
	for _, key := range plan.markers {
		path, _ := l.space.Path(key)
		to := plan.To + path[len(plan.From):]
		rctx, cancel := deadline(ctx, 0)
		in := &s3.PutObjectInput{
			Bucket:      aws.String(l.space.Bucket),
			Key:         aws.String(l.space.Key(to)),
			IfNoneMatch: aws.String("*"),
		}
		setBody(in, "")
		_, err := l.api.PutObject(rctx, in, contended)
		cancel()
		if err != nil && failure("", "", err).Code != CodeChanged {
			return false
		}
	}
	return keep || l.dropMarkers(ctx, plan.markers)
}
