package job

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// play runs a job's commands as the loop does and returns its messages.
func play(t *testing.T, cmd tea.Cmd) (events []Event, done Done) {
	t.Helper()
	msgs := make(chan tea.Msg, 100)
	run := func(c tea.Cmd) {
		if c != nil {
			go func() { msgs <- c() }()
		}
	}
	run(cmd)
	timeout := time.After(time.Minute) // for a job that hangs, not for a slow one
	for {
		select {
		case m := <-msgs:
			switch m := m.(type) {
			case tea.BatchMsg:
				for _, c := range m {
					run(c)
				}
			case Event:
				events = append(events, m)
				run(m.Next())
			case Done:
				return events, m
			}
		case <-timeout:
			t.Fatal("the job did not end")
		}
	}
}

func TestEventsComeInOrderAndBeforeTheEnd(t *testing.T) {
	p := NewPool(context.Background())
	j, cmd := p.Owned(7).Start(func(_ context.Context, emit func(any)) any {
		for i := range 100_000 {
			emit(i)
		}
		return "result"
	})
	events, done := play(t, cmd)
	n := 0
	for _, e := range events {
		if e.ID != j.ID || e.Owner != 7 {
			t.Errorf("an event is of job %d and owner %d", e.ID, e.Owner)
		}
		for _, item := range e.Items {
			if item != n {
				t.Fatalf("%v came instead of %d", item, n)
			}
			n++
		}
	}
	if n != 100_000 || done.Result != "result" || done.Canceled || done.Owner != 7 {
		t.Errorf("%d items, end %+v", n, done)
	}
	if len(events) > 1000 {
		t.Errorf("100,000 items made %d events: they are not sampled", len(events))
	}
	if !p.Close(time.Second) {
		t.Error("the pool did not close")
	}
}

func TestCancelEndsWithADone(t *testing.T) {
	p := NewPool(context.Background())
	cleaned := false
	j, cmd := p.Owned(1).Do(func(ctx context.Context) any {
		<-ctx.Done()
		cleaned = true
		return ctx.Err()
	})
	j.Cancel()
	j.Cancel()
	_, done := play(t, cmd)
	if !done.Canceled || !cleaned {
		t.Errorf("end %+v, cleaned up: %v", done, cleaned)
	}
	var none *Job
	none.Cancel()
	if none.Is(0) {
		t.Error("no job has an id")
	}
	p.Close(time.Second)
}

// begin runs a job's work beside the test.
func begin(cmd tea.Cmd) {
	for _, c := range cmd().(tea.BatchMsg) {
		go c()
	}
}

func TestCloseWaitsForCleanUpAndStartsNothingMore(t *testing.T) {
	p := NewPool(context.Background())
	began, cleaned := make(chan struct{}), false
	_, cmd := p.Owned(1).Do(func(ctx context.Context) any {
		close(began)
		<-ctx.Done()
		cleaned = true
		return nil
	})
	begin(cmd)
	<-began
	if !p.Close(time.Minute) || !cleaned {
		t.Error("Close did not wait for the end")
	}
	_, late := p.Owned(1).Do(func(context.Context) any { t.Error("work began after Close"); return nil })
	play(t, late)
}

func TestCloseGivesUpOnWorkThatDoesNotEnd(t *testing.T) {
	p := NewPool(context.Background())
	began, release := make(chan struct{}), make(chan struct{})
	_, cmd := p.Owned(1).Do(func(context.Context) any { close(began); <-release; return nil })
	begin(cmd)
	<-began
	if p.Close(time.Millisecond) {
		t.Error("Close says that everything ended")
	}
	close(release)
	p.wg.Wait()
}
