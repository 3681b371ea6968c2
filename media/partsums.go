package media

import (
	"crypto/md5"
	"hash"
	"sync"

	md5simd "github.com/minio/md5-simd"
)

// partSums has the hashes for parts that are sent side by side. One processor
// core makes several MD5s at once faster than one after the other: eight take
// less than a third of the time. Where that is no gain, as for a few parts at
// a time, or where the processor cannot, they are made as any other.
type partSums struct {
	worth bool

	mu    sync.Mutex
	lanes md5simd.Server
	all   []md5simd.Hasher
	free  []hash.Hash
}

const (
	// fewestLanes is from how many parts at a time on they are hashed together.
	fewestLanes = 4
	// mostLanes is how many are. More would not be faster, and from 48 on they
	// may wait for each other's buffers for ever.
	mostLanes = 16
)

// newPartSums is for so many parts at a time. Nothing is set up before the
// first part, since most uploads have none.
func newPartSums(parallel int) *partSums { return &partSums{worth: parallel >= fewestLanes} }

// take hands out a hash, which is to be reset and given back. They are used
// again, since those of the lanes stay with them until these are closed.
func (p *partSums) take() hash.Hash {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.free); n > 0 {
		h := p.free[n-1]
		p.free = p.free[:n-1]
		return h
	}
	if !p.worth || len(p.all) == mostLanes {
		return md5.New()
	}
	if p.lanes == nil {
		p.lanes = md5simd.NewServer()
	}
	h := p.lanes.NewHash()
	p.all = append(p.all, h)
	return h
}

func (p *partSums) giveBack(h hash.Hash) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, h)
}

// close ends the hashing. Nothing that was handed out may be in use.
func (p *partSums) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, h := range p.all {
		h.Close()
	}
	if p.lanes != nil {
		p.lanes.Close()
	}
}
