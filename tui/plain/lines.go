// Package plain is the set-up and the connection test as lines of text: for
// screen readers, for pipes, and for terminals that can do nothing else. What
// is printed stays; nothing moves, nothing is coloured, and every state is a
// word. It drives the same flow and the same services as the screens.
package plain

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/mediadock/mediadock/tui/text"
)

// ErrNoAnswer is returned when the input ends while an answer is still
// needed. Nothing was saved beyond the draft.
var ErrNoAnswer = errors.New("plain: the input ended before the questions did")

// terminal reads answers and prints text. Answers are read by one at a time;
// text may be printed from several goroutines, as by a test that runs and by
// whoever is asked for a code meanwhile.
type terminal struct {
	in  *bufio.Reader
	out io.Writer
	eof bool
	// reading is a read that nobody has taken the line of, nil where none is
	// under way.
	reading chan read
	piped   bool // nobody's enter ends the line of a question
	mu      sync.Mutex
	err     error       // of the output, the first one
	quiet   atomic.Bool // a question is open: nothing may be printed after it
}

// read is what came of reading a line.
type read struct {
	line string
	err  error
}

func newTerminal(in io.Reader, out io.Writer) *terminal {
	return &terminal{in: bufio.NewReader(in), out: out}
}

func (t *terminal) say(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, err := fmt.Fprintf(t.out, format, args...); err != nil && t.err == nil {
		t.err = err
	}
}

// broken is the first error of printing.
func (t *terminal) broken() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}

func (t *terminal) line(s string) { t.say("%s\n", s) }

// answer reads one line, without its end. The last line of an input counts
// without a line end, too; after it comes ErrNoAnswer.
func (t *terminal) answer(ctx context.Context) (string, error) {
	t.quiet.Store(true)
	defer t.quiet.Store(false)
	if err := t.broken(); err != nil {
		return "", err
	}
	if t.eof {
		return "", ErrNoAnswer
	}
	// A read cannot be cancelled. When ctx ends first, this goroutine stays
	// with its read until the program or the input ends, and the next question
	// takes what it reads.
	if t.reading == nil {
		got := make(chan read, 1)
		t.reading = got
		go func() {
			l, err := t.in.ReadString('\n')
			got <- read{l, err}
		}()
	}
	select {
	case <-ctx.Done():
		t.line("") // what is said next begins a line
		return "", ctx.Err()
	case r := <-t.reading:
		t.reading = nil
		if t.piped {
			t.line("")
		}
		if errors.Is(r.err, io.EOF) {
			t.eof = true
			if !t.piped {
				t.line("")
			}
			if r.line == "" {
				return "", ErrNoAnswer
			}
		} else if r.err != nil {
			return "", r.err
		}
		return strings.TrimRight(r.line, "\r\n"), nil
	}
}

func safe(s string) string { return text.Safe(s) }

// sentence is the text of a domain id with safe arguments.
func sentence(c *text.Catalog, id string, args map[string]string) string {
	clean := make(map[string]string, len(args))
	for k, v := range args {
		clean[k] = text.Safe(v)
	}
	return c.Say(id, clean)
}
