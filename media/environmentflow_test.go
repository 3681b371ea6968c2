package media

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestAFlowGivesWayAndComesBack(t *testing.T) {
	f := newFlow(DefaultParallel, false)
	ctx, cancel := context.WithCancel(t.Context())
	defer f.waking(ctx)()
	answer := func(n int, took time.Duration, bytes int64) {
		for range n {
			if err := f.begin(ctx); err != nil {
				t.Fatal(err)
			}
			f.end(took, bytes)
		}
	}
	at := func() int { n, _ := f.state(); return n }
	answer(500, time.Millisecond, 0)
	answer(500, 2*time.Second, 1<<30) // large ones take long whatever runs beside them
	if at() != mostFlow {
		t.Errorf("%d at once though all is quick", at())
	}
	moment := f.mark()
	for range 10 { // many refusals of one moment are one
		f.slowDown(moment)
	}
	if at() >= mostFlow || at() < mostFlow/2 {
		t.Errorf("%d at once after S3 asked for fewer", at())
	}
	for range 10 * mostFlow {
		f.slowDown(f.mark())
	}
	if _, slow := f.state(); at() != 1 || slow != 10+10*mostFlow {
		t.Errorf("%d at once, asked %d times", at(), slow)
	}
	answer(200, time.Millisecond, 0)
	if n := at(); n < 8 || n > 24 {
		t.Errorf("%d at once some time later", n)
	}
	crowded := at()
	answer(500, 10*time.Millisecond, 0)
	if n := at(); n > crowded+5 {
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
		f.end(time.Millisecond, 0)
	}
	if n, _ := f.state(); n != 3 {
		t.Errorf("%d at once", n)
	}
}

// taker is a server that takes so much, and answers all else with SlowDown.
type taker struct {
	mu      sync.Mutex
	answers func() time.Duration
	atOnce  int     // 0: any number
	rate    float64 // a second, with a tenth of it in a burst; 0: any
	tokens  float64
	filled  time.Time
	running int

	served, refused int
}

func (s *taker) takes(atOnce int, rate float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.atOnce, s.rate = atOnce, rate
}

func (s *taker) counts() (served, refused int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.served, s.refused
}

func (s *taker) ask() bool {
	took := s.answers()
	s.mu.Lock()
	now := time.Now()
	if s.rate > 0 {
		s.tokens = min(s.tokens+s.rate*now.Sub(s.filled).Seconds(), s.rate/10)
	}
	s.filled = now
	if s.atOnce > 0 && s.running >= s.atOnce || s.rate > 0 && s.tokens < 1 {
		s.refused++
		s.mu.Unlock()
		time.Sleep(took)
		return false
	}
	s.tokens--
	s.running++
	s.mu.Unlock()
	time.Sleep(took)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running--
	s.served++
	return true
}

// copying has requests run as copies of an environment do, with the SDK's
// tries and pauses, until the context ends.
func copying(ctx context.Context, f *flow, s *taker) {
	defer f.waking(ctx)()
	var busy sync.WaitGroup
	defer busy.Wait()
	for f.begin(ctx) == nil {
		busy.Go(func() {
			begun := time.Now()
			for try := 0; ; try++ {
				mark := f.mark()
				if s.ask() {
					break
				}
				f.slowDown(mark)
				if !pause(ctx, min(try, 3)+3) { // up to 0.8 s, and more
					break
				}
			}
			f.end(time.Since(begun), 0)
		})
	}
}

// Whatever a server takes, at once or in a second, and however long its answers
// take: after a while nine tenths of it are used, of no server and at no
// time much less, and few requests are refused; and it is so again after it
// took less for a time, and more.
func TestAFlowSettlesNearWhatAServerTakes(t *testing.T) {
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	var used []float64
	for i := range 6 {
		usual := time.Duration(40+random.IntN(80)) * time.Millisecond
		atOnce, rate := 32+random.IntN(120), 0.0
		if i%2 == 1 {
			rate, atOnce = float64(atOnce)/usual.Seconds(), 0
		}
		t.Run(fmt.Sprintf("%d/%d at once, %.0f a second, %s", seed, atOnce, rate, usual), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				jitter := rand.New(rand.NewPCG(seed, uint64(i)))
				var mu sync.Mutex
				s := &taker{filled: time.Now(), answers: func() time.Duration {
					mu.Lock()
					defer mu.Unlock()
					return usual/2 + time.Duration(min(jitter.ExpFloat64()/2, 3)*float64(usual)) // some take far longer
				}}
				s.takes(atOnce, rate)
				ctx, cancel := context.WithCancel(t.Context())
				f := newFlow(0, false)
				done := make(chan struct{})
				go func() { defer close(done); copying(ctx, f, s) }()
				settled := func(when string, after time.Duration, share float64) {
					t.Helper()
					time.Sleep(after)
					served, refused := s.counts()
					span := time.Duration(8 / share * float64(time.Second)) // as many answers each time
					time.Sleep(span)
					now, no := s.counts()
					served, refused = now-served, no-refused
					can := rate * span.Seconds() * share
					if rate == 0 {
						can = float64(atOnce) * share * span.Seconds() / (usual.Seconds() * 0.975)
					}
					n, _ := f.state()
					t.Logf("%s: %.0f %% of what it takes, %.1f %% refused, %d at once", when, 100*float64(served)/can, 100*float64(refused)/float64(served), n)
					if used = append(used, float64(served)/can); float64(served) < 0.7*can {
						t.Errorf("%s: %d served of %.0f that it takes", when, served, can)
					}
					if refused > served/12 {
						t.Errorf("%s: %d refused of %d", when, refused, served+refused)
					}
				}
				settled("at first", 5*time.Second, 1)
				s.takes(atOnce/4, rate/4)
				settled("a quarter", 10*time.Second, 0.25)
				s.takes(atOnce, rate)
				settled("again", 25*time.Second, 1)
				cancel()
				<-done
			})
		})
	}
	sum := 0.0
	for _, u := range used {
		sum += u
	}
	if len(used) != 18 || sum < 0.9*18 {
		t.Errorf("seed %d: %.1f %% are used of what %d times could be", seed, 100*sum/18, len(used))
	}
}
