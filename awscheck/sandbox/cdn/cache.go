package cdn

import (
	"container/list"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// stored is an origin's answer in the cache. It is immutable; a validated one
// is put in its place anew.
type stored struct {
	status  int
	header  http.Header
	chunks  [][]byte
	size    int64
	fetched time.Time     // when the origin gave or confirmed it
	life    time.Duration // how long it is fresh from then on
	failed  bool          // the origin gave an error, whatever the status says
}

func (s *stored) fresh(now time.Time) bool { return now.Before(s.fetched.Add(s.life)) }
func (s *stored) age(now time.Time) time.Duration {
	return max(now.Sub(s.fetched), 0)
}

// errorTTL is how long CloudFront keeps an origin's error by default.
const errorTTL = 10 * time.Second

// maxTTL is the longest that an origin's own headers can ask for.
const maxTTL = 365 * 24 * time.Hour

// lifetime is how long an answer may be kept: as the origin says, else ttl.
// 0 means not at all.
func (d *site) lifetime(status int, h http.Header, now time.Time) time.Duration {
	if status >= 400 {
		if d.ErrorCaching != nil {
			return *d.ErrorCaching
		}
		return errorTTL
	}
	shared, own := time.Duration(-1), time.Duration(-1)
	for part := range strings.SplitSeq(h.Get("Cache-Control"), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		seconds, err := strconv.ParseInt(strings.Trim(value, `"`), 10, 32)
		switch name = strings.ToLower(name); {
		case name == "no-cache", name == "no-store", name == "private":
			return 0
		case name == "s-maxage" && err == nil:
			shared = time.Duration(max(seconds, 0)) * time.Second
		case name == "max-age" && err == nil:
			own = time.Duration(max(seconds, 0)) * time.Second
		}
	}
	switch {
	case shared >= 0:
		return min(shared, maxTTL)
	case own >= 0:
		return min(own, maxTTL)
	}
	if at, err := http.ParseTime(h.Get("Expires")); err == nil {
		return min(max(at.Sub(now), 0), maxTTL)
	}
	return d.CacheTTL
}

// cache keeps answers, the most recently used ones within a number of bytes.
type cache struct {
	mu    sync.Mutex
	limit int64
	used  int64
	order *list.List // of *slot, the most recently used in front
	slots map[string]*list.Element
}

type slot struct {
	key string
	*stored
}

// overhead is what an answer costs beside its body.
const overhead = 2 << 10

func newCache(limit int64) *cache {
	return &cache{limit: limit, order: list.New(), slots: map[string]*list.Element{}}
}

func (c *cache) get(key string) *stored {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.slots[key]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*slot).stored
}

func (c *cache) put(key string, s *stored) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.slots[key]; e != nil {
		c.drop(e)
	}
	c.slots[key] = c.order.PushFront(&slot{key, s})
	c.used += s.size + overhead
	for c.used > c.limit && c.order.Len() > 0 {
		c.drop(c.order.Back())
	}
}

func (c *cache) remove(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.slots[key]; e != nil {
		c.drop(e)
	}
}

// removeAll removes what is kept under the keys that gone names.
func (c *cache) removeAll(gone func(key string) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, e := range c.slots {
		if gone(key) {
			c.drop(e)
		}
	}
}

func (c *cache) drop(e *list.Element) {
	s := c.order.Remove(e).(*slot)
	delete(c.slots, s.key)
	c.used -= s.size + overhead
}

// largest is the size of the biggest body that the cache takes.
func (c *cache) largest() int64 { return c.limit / 8 }
