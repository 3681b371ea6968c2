package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/muesli/cancelreader"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// asker is who is asked for the code of an MFA device: the terminal UI once it
// has said so, else the terminal.
type asker struct {
	mu      sync.Mutex
	ask     func(ctx context.Context, device string) (string, error)
	drawing bool // the terminal UI draws on the terminal: nothing else may
}

func (k *asker) set(ask func(ctx context.Context, device string) (string, error)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.ask = ask
}

func (k *asker) draws() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.drawing = true
}

func (k *asker) now() (ask func(ctx context.Context, device string) (string, error), drawing bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.ask, k.drawing
}

// token is the connect.TokenFunc of every caller.
func (a *app) token(ctx context.Context, t connect.TokenAsk) (string, error) {
	ask, drawing := a.asker.now()
	switch {
	case ask != nil:
		return ask(world.WithRefused(ctx, t.Refused), t.Device)
	case drawing || !a.mayAskOnTerminal():
		return "", connect.ErrNobodyToAsk
	}
	return a.askForToken(ctx, t)
}

// mayAskOnTerminal tells whether a person sees what is asked on stderr and can
// answer. stdout may go elsewhere: a question is no output.
func (a *app) mayAskOnTerminal() bool {
	return !a.flags.noInput && (a.io.inTTY && a.io.errTTY || a.flags.accessible)
}

func (a *app) askForToken(ctx context.Context, t connect.TokenAsk) (string, error) {
	if t.Refused > 0 {
		a.tell(a.text.Say("caller.token-refused", nil))
	}
	fmt.Fprint(a.io.err, a.text.Say("caller.token-ask", map[string]string{"device": text.Safe(t.Device), "profile": text.Safe(t.Profile)}))
	line, err := a.readLine(ctx)
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(a.io.err)
		return "", ctx.Err()
	case err != nil && line == "":
		fmt.Fprintln(a.io.err)
		return "", connect.ErrNobodyToAsk // the end of what a pipe holds
	case strings.TrimSpace(line) == "":
		return "", errNoToken
	}
	return line, nil
}

var errNoToken = errors.New("no code was entered")

// readLine reads one line and not a byte more: others read after it. It ends
// when ctx does.
func (a *app) readLine(ctx context.Context) (string, error) {
	in, err := cancelreader.NewReader(a.io.in)
	if err != nil {
		return "", err
	}
	defer in.Close()
	defer context.AfterFunc(ctx, func() { in.Cancel() })()
	var line []byte
	for b := make([]byte, 1); ; {
		n, err := in.Read(b)
		if n > 0 && b[0] == '\n' {
			return string(line), nil
		}
		line = append(line, b[:n]...)
		if err != nil {
			return string(line), err
		}
	}
}

// processStreams are what a profile's credential_process may use: the
// terminal, unless the terminal UI draws there. What is piped in is not its.
func (a *app) processStreams() (in, err *os.File) {
	if _, drawing := a.asker.now(); drawing {
		return nil, nil
	}
	if a.io.inTTY && !a.flags.noInput {
		in, _ = a.io.in.(*os.File)
	}
	err, _ = a.io.err.(*os.File)
	return in, err
}
