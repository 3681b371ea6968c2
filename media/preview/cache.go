package preview

import (
	"container/list"
	"sync"
)

// Cache keeps previews, those used last, up to a number of bytes. It is safe
// for concurrent use.
type Cache struct {
	mu    sync.Mutex
	most  int64
	held  int64
	order *list.List // of *cached, used last in front
	by    map[string]*list.Element
}

type cached struct {
	key   string
	p     Preview
	bytes int64
}

// NewCache keeps about so many bytes of previews.
func NewCache(most int64) *Cache {
	return &Cache{most: most, order: list.New(), by: map[string]*list.Element{}}
}

// Get is the preview kept under a key.
func (c *Cache) Get(key string) (Preview, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.by[key]
	if !ok {
		return Preview{}, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).p, true
}

// Put keeps a preview, and drops those used longest ago.
func (c *Cache) Put(key string, p Preview) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.by[key]; ok {
		c.drop(e)
	}
	v := &cached{key, p, weight(p)}
	c.by[key] = c.order.PushFront(v)
	c.held += v.bytes
	for c.held > c.most && c.order.Len() > 1 {
		c.drop(c.order.Back())
	}
}

// Held is how many bytes are kept, about.
func (c *Cache) Held() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.held
}

func (c *Cache) drop(e *list.Element) {
	v := c.order.Remove(e).(*cached)
	delete(c.by, v.key)
	c.held -= v.bytes
}

func weight(p Preview) int64 {
	n := int64(1024)
	if p.Picture != nil {
		n += int64(len(p.Picture.Pix))
	}
	for _, l := range p.Lines {
		n += int64(len(l)) + 16
	}
	return n
}
