package media

import (
	"context"
	"sync"
)

// Control reaches into an upload while it runs: it cancels single files and
// holds the others back. The zero value lets everything through; it is safe
// for concurrent use, and one Control serves one operation. A nil Control
// controls nothing.
type Control struct {
	mu      sync.Mutex
	dropped map[string]bool
	running map[string]context.CancelFunc
	held    chan struct{} // closed when it goes on; nil: it does
}

// Cancel ends single files, by the paths that they have in the plan (an import
// by URL as ImportItem.From): those under way are cut short, those that wait
// are not begun. Each ends with an item of code "aborted", Kept where what is
// sent of a large one can be gone on with. One that is complete already, or
// whose last request is on its way, ends as it ends.
func (c *Control) Cancel(names ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dropped == nil {
		c.dropped = map[string]bool{}
	}
	for _, name := range names {
		c.dropped[name] = true
		if cancel := c.running[name]; cancel != nil {
			cancel()
		}
	}
}

// Pause begins no further file, and no further part of a large one. Requests
// under way go on to their end: S3 would drop a connection that stands still.
func (c *Control) Pause() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held == nil {
		c.held = make(chan struct{})
	}
}

// Resume goes on after Pause.
func (c *Control) Resume() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held != nil {
		close(c.held)
		c.held = nil
	}
}

type controlKey struct{}

// Begin gives a file a context of its own, which Cancel ends, and waits while
// the operation is held. Whoever carries the file over calls end.
func (c *Control) Begin(ctx context.Context, name string) (own context.Context, end func()) {
	if c == nil {
		return ctx, func() {}
	}
	own, cancel := context.WithCancel(context.WithValue(ctx, controlKey{}, c))
	c.mu.Lock()
	if c.running == nil {
		c.running = map[string]context.CancelFunc{}
	}
	c.running[name] = cancel
	if c.dropped[name] {
		cancel()
	}
	c.mu.Unlock()
	_ = held(own) // whoever goes on sees that the context has ended
	return own, func() {
		c.mu.Lock()
		delete(c.running, name)
		c.mu.Unlock()
		cancel()
	}
}

// held waits while the operation that ctx belongs to is paused, and returns an
// error if ctx ends.
func held(ctx context.Context) error {
	c, _ := ctx.Value(controlKey{}).(*Control)
	for c != nil && ctx.Err() == nil {
		c.mu.Lock()
		gate := c.held
		c.mu.Unlock()
		if gate == nil {
			break
		}
		select {
		case <-gate:
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}
