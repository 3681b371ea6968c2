package caller

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mediadock/mediadock/tui/world"
)

type reply struct {
	code string
	err  error
}

func ask(t *tokens, ctx context.Context, device string) <-chan reply {
	out := make(chan reply, 1)
	go func() {
		code, err := t.ask(ctx, device)
		out <- reply{code, err}
	}()
	return out
}

// Jobs that ask for the same device at the same time are one question.
func TestConcurrentQuestionsAreOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tok := newTokens()
		a, b := ask(tok, t.Context(), "phone"), ask(tok, t.Context(), "phone")
		other := ask(tok, t.Context(), "key")
		synctest.Wait()
		if n := len(tok.out); n != 2 {
			t.Fatalf("%d questions for two devices", n)
		}
		for range 2 {
			q := (<-tok.out).(asked).q
			tok.answer(q, "code of "+q.device, nil)
		}
		for _, c := range []struct {
			got  reply
			want string
		}{{<-a, "code of phone"}, {<-b, "code of phone"}, {<-other, "code of key"}} {
			if c.got.code != c.want || c.got.err != nil {
				t.Errorf("got %+v, want %s", c.got, c.want)
			}
		}
	})
}

// A job that is cancelled leaves the question to the other; with the last one
// it is withdrawn.
func TestAQuestionEndsWithTheLastJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tok := newTokens()
		one, stopOne := context.WithCancel(t.Context())
		two, stopTwo := context.WithCancel(t.Context())
		a, b := ask(tok, one, "phone"), ask(tok, two, "phone")
		synctest.Wait()
		q := (<-tok.out).(asked).q
		stopOne()
		if r := <-a; !errors.Is(r.err, context.Canceled) {
			t.Errorf("got %+v", r)
		}
		if q.gone() {
			t.Error("the other still waits")
		}
		stopTwo()
		<-b
		if _, ok := (<-tok.out).(withdrawn); !ok || !q.gone() {
			t.Error("nobody waits any more")
		}
	})
}

func TestClosingAnswersWhoWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tok := newTokens()
		a := ask(tok, t.Context(), "phone")
		synctest.Wait()
		tok.close()
		if r := <-a; !errors.Is(r.err, world.ErrNoToken) {
			t.Errorf("got %+v", r)
		}
		if _, err := tok.ask(t.Context(), "phone"); !errors.Is(err, world.ErrNoToken) {
			t.Errorf("after the end: %v", err)
		}
	})
}

// The time in which a person looks for a phone does not count.
func TestTimeDoesNotRunOutWhileACodeIsAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tok := newTokens()
		ctx, end := tok.within(t.Context(), 15*time.Second)
		time.Sleep(10 * time.Second)
		a := ask(tok, ctx, "phone")
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if ctx.Err() != nil {
			t.Fatal("time ran out while the person was looking")
		}
		q := (<-tok.out).(asked).q
		tok.answer(q, "123456", nil)
		<-a
		time.Sleep(14 * time.Second)
		synctest.Wait()
		if ctx.Err() != nil {
			t.Error("the answer began the time anew")
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if ctx.Err() == nil || !end() {
			t.Error("and then it runs out")
		}
	})
}

func TestTimeRunsOutWhereNobodyIsAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, end := newTokens().within(t.Context(), 15*time.Second)
		time.Sleep(16 * time.Second)
		synctest.Wait()
		if ctx.Err() == nil || !end() {
			t.Error("it has not run out")
		}
		ctx, end = newTokens().within(t.Context(), 15*time.Second)
		if end() || ctx.Err() == nil {
			t.Error("what ends by itself is not late, and is released")
		}
	})
}
