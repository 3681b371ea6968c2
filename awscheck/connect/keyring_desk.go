package connect

import (
	"context"
	"errors"
	"time"
)

// keyringTime is how long the keyring may take: it may ask a person to unlock
// it.
const keyringTime = time.Minute

// theKeyring is the operating system's, of which there is one.
var theKeyring = newKeyringDesk(keyringTime)

// keyringDesk asks the keyring one thing at a time, for the library takes no
// context, and the system's question to unlock it can stay open for ever.
//
// A call that nobody waits for any more stays the desk's: whoever comes next
// waits for it to end before the keyring is asked again. So there is never
// more than one, and never a second question on a person's screen.
type keyringDesk struct {
	turn  turns
	limit time.Duration
}

func newKeyringDesk(limit time.Duration) *keyringDesk {
	return &keyringDesk{turn: newTurns(), limit: limit}
}

// ask has do asked and waits for what comes of it: the desk's limit at most,
// then ErrKeyringSilent; as long as ctx lasts, too.
func (d *keyringDesk) ask(ctx context.Context, do func() (string, error)) (string, error) {
	limited, cancel := context.WithTimeout(ctx, d.limit)
	defer cancel()
	if err := d.turn.take(limited); err != nil {
		return "", silence(err)
	}
	type answer struct {
		text string
		err  error
	}
	answered := make(chan answer, 1)
	go func() {
		defer d.turn.release()
		text, err := do()
		answered <- answer{text, err}
	}()
	select {
	case a := <-answered:
		return a.text, keyringError(a.err)
	case <-limited.Done():
		return "", silence(limited.Err())
	}
}

// silence is the error of who gave up waiting: that of a cancelled context is
// the caller's own doing.
func silence(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return ErrKeyringSilent
	}
	return err
}
