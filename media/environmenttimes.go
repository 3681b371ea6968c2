package media

import (
	"slices"
	"sync"
	"time"

	"github.com/mediadock/mediadock/media/journal"
)

const (
	// timesEvery is how much later than what was written down a copy must be to
	// write it down anew.
	timesEvery = 2 * time.Second
	// timesSlack is how long after what a run wrote down last it may have made
	// copies, if it was killed.
	timesSlack = 5 * time.Second
	// mostTimes is of how many runs the times are kept.
	mostTimes = 64

	stateTimes = "times" // data: []timeSpan, one a run
)

// timeSpan is from the first to the last copy of a run.
type timeSpan struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// copyTimes are when an operation made its copies, by the server's clock. What
// came into the environment at another time, between two runs or from another
// computer, is somebody else's, and never taken for one of the copies.
type copyTimes struct {
	mu      sync.Mutex
	earlier []timeSpan
	now     timeSpan
	noted   timeSpan
}

// goOn begins another run.
func (t *copyTimes) goOn(earlier []timeSpan) {
	t.earlier = earlier[max(0, len(earlier)-mostTimes+1):]
}

// add is told when a copy was made; zero says nothing.
func (t *copyTimes) add(at time.Time) {
	if at.IsZero() {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now.From.IsZero() || at.Before(t.now.From) {
		t.now.From = at
	}
	if at.After(t.now.To) {
		t.now.To = at
	}
}

// news are the times of all runs if there is something to write down.
func (t *copyTimes) news() (all []timeSpan, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now.From.IsZero() || t.now.From.Equal(t.noted.From) && t.now.To.Sub(t.noted.To) < timesEvery {
		return nil, false
	}
	t.noted = t.now
	return append(slices.Clip(t.earlier), t.now), true
}

// has tells that a run of this operation made copies at a time. Servers tell
// whole seconds in some places.
func (t *copyTimes) has(at time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	within := func(s timeSpan, slack time.Duration) bool {
		return !s.From.IsZero() && !at.Before(s.From.Truncate(time.Second)) && !at.After(s.To.Add(time.Second+slack))
	}
	return within(t.now, 0) || slices.ContainsFunc(t.earlier, func(s timeSpan) bool { return within(s, timesSlack) })
}

// noteTimes writes down when copies were made, now and then.
func (c *environmentCopy) noteTimes() {
	if all, ok := c.times.news(); ok {
		c.op.Note(journal.Step{ID: c.entry, State: stateTimes, Data: all})
	}
}
