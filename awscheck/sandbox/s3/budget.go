package s3

import (
	"net/http"
	"sync"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// budget bounds the bytes of uploaded content that a server keeps.
type budget struct {
	mu    sync.Mutex
	used  int64
	limit int64
}

// charge is what one uploaded body costs. Copies share the body and the
// charge; the bytes come back when nobody holds it any more.
type charge struct {
	budget  *budget
	bytes   int64
	holders int
	gone    func() // called when the last holder lets go; nil: nothing is
}

// idle reports whether nobody holds it.
func (c *charge) idle() bool {
	c.budget.mu.Lock()
	defer c.budget.mu.Unlock()
	return c.holders == 0
}

// open begins a charge with one holder.
func (b *budget) open() *charge { return &charge{budget: b, holders: 1} }

// grow adds n bytes, or refuses when the limit would be passed. AWS has no
// such answer; 507 is one that no client retries.
func (c *charge) grow(n int64) error {
	c.budget.mu.Lock()
	defer c.budget.mu.Unlock()
	if c.budget.used+n > c.budget.limit {
		return awserr.New(http.StatusInsufficientStorage, "InsufficientStorage",
			"The sandbox keeps objects in memory and its limit is reached.")
	}
	c.budget.used += n
	c.bytes += n
	return nil
}

func (c *charge) hold() {
	c.budget.mu.Lock()
	defer c.budget.mu.Unlock()
	if c.holders == 0 { // the last holder let go while a copy was being made
		c.budget.used += c.bytes
	}
	c.holders++
}

func (c *charge) release() {
	c.budget.mu.Lock()
	c.holders--
	last := c.holders == 0
	if last {
		c.budget.used -= c.bytes
	}
	c.budget.mu.Unlock()
	if last && c.gone != nil {
		c.gone()
	}
}
