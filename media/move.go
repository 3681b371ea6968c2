package media

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// Move does what a plan says: each file is copied with everything that is
// known of it, the copy is made sure of, and only then the original is
// removed. In between both exist, and stay if the removal fails: then the
// item fails with "both-exist". After a cancellation nothing further is
// copied, and what was copied is still finished.
func (l *Library) Move(ctx context.Context, plan MovePlan, emit func(Event)) Summary {
	emit = l.telling(emit)
	groups := moveGroups(plan.Items, l.o.Parallel)
	d := &deletion{l: l, match: true}
	size := func(i int) int { return len(groups[i]) }
	sum := run(ctx, len(groups), l.o.Parallel, size, summaryLater(emit), func(ctx context.Context, i int, s sink) {
		l.moveGroup(ctx, groups[i], plan.looked, d, s)
	})
	if sum.Failed == 0 && sum.NotStarted == 0 {
		l.moveMarkers(ctx, plan, sum.Refused > 0)
	}
	sum.Hidden = int(d.hidden.Load())
	if emit != nil {
		emit(Event{Type: EventSummary, Op: OpMove, Summary: &sum})
	}
	return sum
}

// moveBatch is how many originals are removed in one request at most. It is
// small, because as long as a request is not made both files exist.
const moveBatch = 50

// moveGroups cuts the items so that all workers have something to do.
func moveGroups(items []MoveItem, parallel int) [][]MoveItem {
	n := min(moveBatch, max(1, len(items)/(4*parallel)))
	var groups [][]MoveItem
	var group []MoveItem
	for _, m := range items {
		if !fitsXML(m.From.Key) {
			groups = append(groups, []MoveItem{m})
			continue
		}
		if group = append(group, m); len(group) == n {
			groups = append(groups, group)
			group = nil
		}
	}
	if len(group) > 0 {
		groups = append(groups, group)
	}
	return groups
}

func (l *Library) moveGroup(ctx context.Context, group []MoveItem, looked time.Time, d *deletion, s sink) {
	copied := make([]MoveItem, 0, len(group))
	for _, m := range group {
		e, ok := l.moveCopy(ctx, m, looked)
		if ok {
			copied = append(copied, m)
			continue
		}
		s.item(e)
	}
	// What was copied is finished even when the person cancels.
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), undoTime)
		defer cancel()
	}
	originals := make([]Item, len(copied))
	for i, m := range copied {
		originals[i] = m.From
	}
	for i, err := range d.remove(ctx, originals) {
		e := moveEvent(copied[i])
		if err != nil {
			e.Err = &Error{Code: CodeBothExist, Path: copied[i].From.Path, Evidence: err.Evidence, Err: err,
				Args: map[string]string{"to": copied[i].To, "operation": "s3:DeleteObject", "reason": err.Code}}
			e.Bytes = 0
		}
		s.item(e)
	}
}

func moveEvent(m MoveItem) Event {
	return Event{Op: OpMove, Path: m.From.Path, Key: m.From.Key, To: m.To, URL: m.URL, Bytes: m.From.Size, Total: m.From.Size}
}

// moveCopy copies one file; ok is false when e tells how it ended instead.
func (l *Library) moveCopy(ctx context.Context, m MoveItem, looked time.Time) (e Event, ok bool) {
	e = moveEvent(m)
	e.Bytes = 0
	if m.Code != "" {
		e.Code = m.Code
		e.Err = &Error{Code: m.Code, Path: m.To, Args: m.Args}
		return e, false
	}
	if err := l.stillFree(ctx, m.To, looked); err != nil {
		e.Err = asError(err, m.To)
		return e, false
	}
	left, err := l.copyTo(ctx, m.From, m.To)
	e.Left = left
	if err != nil {
		e.Err = asError(err, m.From.Path)
		return e, false
	}
	return e, true
}

// moveMarkers takes the folder markers along, so that an empty folder moves
// too and the old one vanishes. Those of a folder in which something had to
// stay are copied but not removed.
func (l *Library) moveMarkers(ctx context.Context, plan MovePlan, keep bool) {
	for _, key := range plan.markers {
		path, _ := l.space.Path(key)
		to := plan.To + path[len(plan.From):]
		rctx, cancel := deadline(ctx, 0)
		_, err := l.api.PutObject(rctx, &s3.PutObjectInput{
			Bucket:      aws.String(l.space.Bucket),
			Key:         aws.String(l.space.Key(to)),
			IfNoneMatch: aws.String("*"),
		}, retries)
		cancel()
		if err != nil && failure("", "", err).Code != CodeChanged {
			return
		}
	}
	if !keep {
		l.dropMarkers(ctx, plan.markers)
	}
}
