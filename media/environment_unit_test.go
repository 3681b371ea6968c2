package media

import (
	"context"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"
)

func TestAFlowGivesWayAndComesBack(t *testing.T) {
	f := newFlow(DefaultParallel, false)
	ctx, cancel := context.WithCancel(t.Context())
	defer f.waking(ctx)()
	answer := func(n int, took time.Duration) {
		for range n {
			if err := f.begin(ctx); err != nil {
				t.Fatal(err)
			}
			f.end(took)
		}
	}
	at := func() int { n, _ := f.state(); return n }
	answer(1000, time.Millisecond)
	if at() != mostFlow {
		t.Errorf("%d at once though all is quick", at())
	}
	for range 10 { // many refusals of one moment are one
		f.slowDown()
	}
	if at() != mostFlow/2 {
		t.Errorf("%d at once after S3 asked for fewer", at())
	}
	for range 10 * mostFlow {
		f.slowDown()
	}
	if _, slow := f.state(); at() != 1 || slow != 10+10*mostFlow {
		t.Errorf("%d at once, asked %d times", at(), slow)
	}
	answer(500, time.Millisecond)
	if n := at(); n < 20 || n > 40 { // one more a round
		t.Errorf("%d at once some time later", n)
	}
	crowded := at()
	answer(500, 10*time.Millisecond)
	if n := at(); n > crowded+10 {
		t.Errorf("from %d to %d though they wait for each other", crowded, n)
	}
	for range at() {
		if err := f.begin(ctx); err != nil {
			t.Fatal(err)
		}
	}
	waited := make(chan error)
	go func() { waited <- f.begin(ctx) }()
	cancel()
	if err := <-waited; err == nil {
		t.Error("began after a cancellation")
	}
}

func TestAFlowKeepsToWhatWasChosen(t *testing.T) {
	f := newFlow(3, true)
	for range 100 {
		if err := f.begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		f.end(time.Millisecond)
	}
	if n, _ := f.state(); n != 3 {
		t.Errorf("%d at once", n)
	}
}

// Whatever order objects end in, the cursor never passes one that has not.
func TestACursorPassesNothingThatIsNotDone(t *testing.T) {
	const n = 2000
	w := &window{room: make(chan struct{}, n), waiting: map[int64]string{}, every: 7, cursor: cursor{Done: 5}}
	order := rand.Perm(n)
	ended := make([]bool, n)
	notes := 0
	for i := range n {
		w.room <- struct{}{}
		_ = i
	}
	for _, i := range order {
		ended[i] = true
		to, ok := w.done(environmentEnd{pair: pair{from: &Item{Path: strconv.Itoa(i)}}, order: int64(i)})
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
