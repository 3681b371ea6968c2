package plain

import (
	"errors"
	"io"
	"time"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// Options say what the questions begin with.
type Options struct {
	// Name is the connection's; empty takes the bucket's.
	Name    string
	Prefill wizard.Settings
	// Edit changes the saved connection of that name.
	Edit bool
	// Was is the saved connection that is changed, as it was read.
	Was wizard.Settings
	// Step is where a draft was left; empty is the beginning. Draft is its
	// name; empty where there is none.
	Step, Draft string
	// Piped says that the answers come from a pipe or a file: then nothing is
	// asked but what was asked for, so that the answers stay in step.
	Piped bool
	// Profiled says that the AWS profile was chosen on the command line.
	Profiled bool
	// Command tells how this program is called by its commands now, such as
	// "mediadock --home x"; nil where they cannot reach what is shown here.
	Command func() string
	// Now is the clock; nil is the computer's.
	Now func() time.Time
	In  io.Reader
	Out io.Writer
}

// ErrNotReady is returned when the connection test did not allow saving and
// the person stopped there. The answers are kept as a draft.
var ErrNotReady = errors.New("plain: the connection test did not pass")

// session is one conversation: what all its questions share.
type session struct {
	world  world.Services
	c      *text.Catalog
	l      *text.LineWords
	t      *terminal
	o      Options
	caller world.Caller // empty while it is not known
	limits limits
}

func newSession(s world.Services, catalog *text.Catalog, o Options) *session {
	x := &session{world: s, c: catalog, l: &catalog.UI.Lines, t: newTerminal(o.In, o.Out), o: o}
	x.t.piped = o.Piped
	if x.o.Now == nil {
		x.o.Now = time.Now
	}
	s.AskToken(x.token)
	return x
}
