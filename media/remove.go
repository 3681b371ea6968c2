package media

import (
	"context"
	"strings"
	"unicode/utf8"
)

// Remove removes the items of a plan, in batches. It emits one item event a
// file, also for the plan's problems, and at last a summary.
func (l *Library) Remove(ctx context.Context, plan RemovePlan, emit func(Event)) Summary {
	emit = l.telling(emit)
	batches := batchesOf(plan.Items)
	n := len(batches)
	size := func(i int) int {
		if i < n {
			return len(batches[i])
		}
		return 1
	}
	d := &deletion{l: l, match: true} // what was changed since the plan stays
	sum := run(ctx, n+len(plan.Problems), l.o.Parallel, size, summaryLater(emit), func(ctx context.Context, i int, s sink) {
		if i >= n {
			p := plan.Problems[i-n]
			s.item(Event{Op: OpRemove, Path: p.Path, Err: p})
			return
		}
		for j, err := range d.remove(ctx, batches[i]) {
			s.item(removed(batches[i][j], err))
		}
	})
	if sum.Failed == 0 && sum.NotStarted == 0 {
		l.dropMarkers(ctx, plan.markers)
	}
	sum.Hidden = int(d.hidden.Load())
	if emit != nil {
		emit(Event{Type: EventSummary, Op: OpRemove, Summary: &sum})
	}
	return sum
}

func removed(item Item, err *Error) Event {
	e := Event{Op: OpRemove, Path: item.Path, Key: item.Key, Bytes: item.Size, Total: item.Size}
	if err != nil {
		e.Err, e.Bytes = err, 0
	}
	return e
}

// summaryLater holds the summary back, because there is more to do first.
func summaryLater(emit func(Event)) func(Event) {
	if emit == nil {
		return nil
	}
	return func(e Event) {
		if e.Type != EventSummary {
			emit(e)
		}
	}
}

// batchesOf cuts items into what one request removes. A key that XML cannot
// carry travels alone, in a URL.
func batchesOf(items []Item) [][]Item {
	var batches [][]Item
	var batch []Item
	for _, item := range items {
		if !fitsXML(item.Key) {
			batches = append(batches, []Item{item})
			continue
		}
		if batch = append(batch, item); len(batch) == mostDeletes {
			batches = append(batches, batch)
			batch = nil
		}
	}
	if len(batch) > 0 {
		batches = append(batches, batch)
	}
	return batches
}

// fitsXML tells whether XML 1.0 carries a key unchanged.
func fitsXML(key string) bool {
	return utf8.ValidString(key) && !strings.ContainsFunc(key, func(r rune) bool {
		return r < 0x20 || 0x7f <= r && r <= 0x9f || r == '\u2028' || r == '\u2029' || r == '\uFFFE' || r == '\uFFFF'
	})
}
