package media

import (
	"sync"
	"sync/atomic"
)

// progressStep is how many bytes of a file go over between two events.
const progressStep = 256 << 10

// meter counts the bytes of one file that went over and tells about them.
type meter struct {
	event Event
	sink  sink
	total int64

	bytes atomic.Int64
	owed  atomic.Int64
	mu    sync.Mutex
	told  int64
}

func newMeter(s sink, op, path, key string, total int64) *meter {
	return &meter{event: Event{Op: op, Path: path, Key: key}, sink: s, total: total}
}

// again takes bytes back that have to go over once more: they count the second
// time, and the progress never falls.
func (m *meter) again(n int64) { m.owed.Add(n) }

// anew begins from nothing, with another total: what went over before counts
// a second time.
func (m *meter) anew(total int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.total = total
	m.owed.Store(m.bytes.Load())
}

// add counts bytes that went over, and tells unless it told just before.
func (m *meter) add(n int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if owed := min(m.owed.Load(), n); owed > 0 {
		m.owed.Add(-owed)
		n -= owed
	}
	now := m.bytes.Add(n)
	if now-m.told < progressStep && now < m.total || now <= m.told {
		return
	}
	m.told = now
	e := m.event
	e.Bytes, e.Total = now, m.total
	m.sink.progress(e)
}
