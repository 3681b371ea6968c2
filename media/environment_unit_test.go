package media

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"
)

// Whatever order objects end in, the cursor never passes one that has not.
func TestACursorPassesNothingThatIsNotDone(t *testing.T) {
	const n = 2000
	w := &window{room: make(chan struct{}, n), waiting: map[int64]passed{}, every: 7, cursor: cursor{Done: 5}}
	order := rand.Perm(n)
	ended := make([]bool, n)
	notes := 0
	for i := range n {
		w.room <- struct{}{}
		_ = i
	}
	for _, i := range order {
		ended[i] = true
		to, ok := w.done(environmentEnd{pair: pair{from: &Item{Path: strconv.Itoa(i)}}, event: &Event{}, order: int64(i)})
		if !ok {
			continue
		}
		notes++
		last, err := strconv.Atoi(to.After)
		if err != nil || to.Done != int64(last)+1+5 {
			t.Fatalf("cursor %+v", to)
		}
		for j := 0; j <= last; j++ {
			if !ended[j] {
				t.Fatalf("the cursor is at %d, and %d is not done", last, j)
			}
		}
	}
	if w.cursor.Done != n+5 || len(w.waiting) != 0 || len(w.room) != 0 || notes == 0 {
		t.Errorf("at the end %+v, %d waiting, %d places taken, %d notes", w.cursor, len(w.waiting), len(w.room), notes)
	}
}

func TestAPaceTellsWhatIsLeft(t *testing.T) {
	begin := time.Now()
	p := pace{begun: begin}
	if _, _, left := p.measure(begin.Add(time.Millisecond), 1000, 0); left != 0 {
		t.Error("a rate of nothing")
	}
	for range 99 {
		p.add(0)
	}
	if n, _, _ := p.measure(begin.Add(time.Second), 1000, 0); n != 0 {
		t.Error("told too early")
	}
	p.add(0)
	if n, _, left := p.measure(begin.Add(time.Second), 1000, 0); n != 100 || left != 10*time.Second {
		t.Errorf("%v a second, %v left", n, left)
	}
	// Large objects take their time: 100 more of them ten times as long.
	if _, _, left := p.measure(begin.Add(time.Second), 100, 900*paceBytes); left != 10*time.Second {
		t.Errorf("%v left with large ones", left)
	}
	// An old rate is forgotten.
	for s := 2; s <= 120; s++ {
		p.add(0)
		p.measure(begin.Add(time.Duration(s)*time.Second), 10, 0)
	}
	if n, _, left := p.measure(begin.Add(120*time.Second), 10, 0); n < 0.9 || n > 1.1 || left < 9*time.Second || left > 11*time.Second {
		t.Errorf("%v a second, %v left, after it slowed down", n, left)
	}
}

func TestAPlanReckonsWithBytes(t *testing.T) {
	p := EnvironmentPlan{ToCopy: 100, BytesToCopy: 100 * 9 * paceBytes}
	if p.rated(RateMeasured, 0, time.Second); p.Takes != 0 || p.Rate != "" {
		t.Errorf("of nothing: %+v", p)
	}
	if p.rated(RateMeasured, 50, 5*time.Second); p.Takes != 25*time.Second || p.PerSecond != 5 || p.Rate != RateMeasured {
		t.Errorf("%+v", p)
	}
}
