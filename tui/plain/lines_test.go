package plain

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
)

// A question that is given up, such as one for an MFA code whose request was
// cancelled, does not swallow the answer to the next.
func TestAQuestionGivenUpTakesNoAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in, typed := io.Pipe()
		terminal := newTerminal(in, io.Discard)
		ctx, cancel := context.WithCancel(t.Context())
		gaveUp := make(chan error)
		go func() {
			_, err := terminal.answer(ctx)
			gaveUp <- err
		}()
		synctest.Wait() // it reads
		cancel()
		if err := <-gaveUp; !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		go func() {
			_, _ = io.WriteString(typed, "first\nsecond\n")
			_ = typed.Close()
		}()
		for _, want := range []string{"first", "second"} {
			if got, err := terminal.answer(t.Context()); got != want || err != nil {
				t.Errorf("answer = %q, %v; want %q", got, err, want)
			}
		}
		if _, err := terminal.answer(t.Context()); !errors.Is(err, ErrNoAnswer) {
			t.Error(err)
		}
	})
}
