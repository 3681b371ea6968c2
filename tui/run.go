package tui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/mediadock/mediadock/tui/screen"
)

// patience is how long the program waits at its end for jobs to undo what
// they had begun.
const patience = 15 * time.Second

// Run shows the UI until the person leaves it or ctx ends. The terminal is
// restored in every case, panics included.
func Run(ctx context.Context, s Services, o Options) error {
	m := New(ctx, s, o)
	opts := []tea.ProgramOption{tea.WithContext(ctx), tea.WithFilter(calm(time.Now))}
	if o.Input != nil {
		opts = append(opts, tea.WithInput(o.Input))
	}
	if o.Output != nil {
		opts = append(opts, tea.WithOutput(o.Output))
	}
	if o.Env != nil {
		opts = append(opts, tea.WithEnvironment(o.Env))
	}
	if o.NoColor {
		opts = append(opts, tea.WithColorProfile(colorprofile.ASCII))
	}
	p := tea.NewProgram(m, opts...)
	stop := deliver(p, m)
	_, err := p.Run()
	m.Close(patience)
	stop()
	if ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled) {
		return ctx.Err()
	}
	return err
}

// deliver sends the program what reaches the model from beside the loop, until
// stop is called, which waits for the end.
func deliver(p *tea.Program, m *Model) (stop func()) {
	quit, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case msg := <-m.Outside():
				p.Send(msg)
			case <-quit:
				return
			}
		}
	}()
	return func() { close(quit); <-ended }
}

func (o Options) now() func() time.Time {
	if o.Clock != nil {
		return o.Clock
	}
	return time.Now
}

func (o Options) tick() func(time.Duration) tea.Cmd {
	if o.Still {
		return func(time.Duration) tea.Cmd { return nil }
	}
	return func(d time.Duration) tea.Cmd {
		return tea.Tick(d, func(t time.Time) tea.Msg { return screen.Beat(t) })
	}
}
