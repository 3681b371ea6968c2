package s3

import (
	"github.com/tidwall/btree"
)

// index holds a bucket's keys in order. A key is either in entries or a
// member of one of the families, never both. Callers hold the bucket's lock.
type index struct {
	entries  btree.Map[string, *entry]
	families []*family
}

// get is the entry of key, or nil. A synthetic object's entry is made anew at
// each call.
func (x *index) get(key string) *entry {
	if e, ok := x.entries.Get(key); ok {
		return e
	}
	for _, f := range x.families {
		if _, ok := f.find(key); ok {
			return &entry{versions: []*version{f.make(key, f.size)}}
		}
	}
	return nil
}

// put stores e under key; an entry without versions removes the key.
func (x *index) put(key string, e *entry) {
	for _, f := range x.families {
		if i, ok := f.find(key); ok {
			f.remove(i)
		}
	}
	if e == nil || len(e.versions) == 0 {
		x.entries.Delete(key)
		return
	}
	x.entries.Set(key, e)
}

// cursor walks an index in key order. It is valid while the index does not
// change.
type cursor struct {
	x       *index
	iter    btree.MapIter[string, *entry]
	treeKey string
	treeOK  bool
	members []member // one for each family
	key     string
	ok      bool
}

// member is where a cursor stands in a family.
type member struct {
	n   int
	key string
	ok  bool
}

func (x *index) cursor() *cursor {
	return &cursor{x: x, iter: x.entries.Iter(), members: make([]member, len(x.families))}
}

// seek moves to the first key that is not before key.
func (c *cursor) seek(key string) {
	c.treeOK = c.iter.Seek(key)
	if c.treeOK {
		c.treeKey = c.iter.Key()
	}
	for i, f := range c.x.families {
		c.place(i, f.at(key))
	}
	c.settle()
}

// next moves to the following key.
func (c *cursor) next() {
	if c.treeOK && c.treeKey == c.key {
		if c.treeOK = c.iter.Next(); c.treeOK {
			c.treeKey = c.iter.Key()
		}
	}
	for i := range c.members {
		if m := &c.members[i]; m.ok && m.key == c.key {
			c.place(i, m.n+1)
		}
	}
	c.settle()
}

// place puts the cursor at member n of family i, or the next one there is.
func (c *cursor) place(i, n int) {
	f := c.x.families[i]
	n = f.from(n)
	m := member{n: n, ok: n < f.count}
	if m.ok {
		m.key = f.key(n)
	}
	c.members[i] = m
}

// settle makes the smallest of the keys in front the cursor's own.
func (c *cursor) settle() {
	c.key, c.ok = c.treeKey, c.treeOK
	for _, m := range c.members {
		if m.ok && (!c.ok || m.key < c.key) {
			c.key, c.ok = m.key, true
		}
	}
}

// entry is the entry the cursor stands at.
func (c *cursor) entry() *entry {
	if c.treeOK && c.treeKey == c.key {
		return c.iter.Value()
	}
	for i, m := range c.members {
		if m.ok && m.key == c.key {
			f := c.x.families[i]
			return &entry{versions: []*version{f.make(c.key, f.size)}}
		}
	}
	return nil
}

// after is the smallest string that comes after every string that starts
// with prefix; ok is false when there is none.
func after(prefix string) (next string, ok bool) {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] < 0xff {
			return prefix[:i] + string([]byte{prefix[i] + 1}), true
		}
	}
	return "", false
}
