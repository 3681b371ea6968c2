package media

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// importQueue hands out what is to be downloaded: few at a time from one host,
// the hosts in turn, and what is to be tried again when its time has come, so
// that no worker waits for a slow host while others have something to give.
type importQueue struct {
	mu      sync.Mutex
	changed *sync.Cond
	perHost int
	hosts   map[string]*importHost
	turn    []*importHost
	next    int
	waiting int // jobs that nobody works on
	running int
}

type importHost struct {
	name    string
	fresh   []importJob
	again   []importJob
	running int
	notYet  time.Time // a server asked for a pause
}

// importJob is an item, and how often it was tried.
type importJob struct {
	item   int
	host   string
	tries  int
	notYet time.Time
}

func newImportQueue(perHost int) *importQueue {
	q := &importQueue{perHost: perHost, hosts: map[string]*importHost{}}
	q.changed = sync.NewCond(&q.mu)
	return q
}

// add is for before the work begins.
func (q *importQueue) add(item int, host string) {
	h := q.hosts[host]
	if h == nil {
		h = &importHost{name: host}
		q.hosts[host] = h
		q.turn = append(q.turn, h)
	}
	h.fresh = append(h.fresh, importJob{item: item, host: host})
	q.waiting++
}

// take gives the next job, and waits for one. After the context has ended it
// gives what is left without a wait; ok is false when nothing is.
func (q *importQueue) take(ctx context.Context) (job importJob, ok bool) {
	stop := context.AfterFunc(ctx, q.wake)
	defer stop()
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		if q.waiting == 0 && q.running == 0 {
			return job, false
		}
		ended := ctx.Err() != nil
		job, at, ok := q.pick(time.Now(), ended)
		if ok {
			q.waiting--
			q.running++
			q.hosts[job.host].running++
			return job, true
		}
		if ended && q.waiting == 0 {
			return job, false
		}
		var timer *time.Timer
		if !at.IsZero() {
			timer = time.AfterFunc(time.Until(at), q.wake)
		}
		q.changed.Wait()
		if timer != nil {
			timer.Stop()
		}
	}
}

func (q *importQueue) wake() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.changed.Broadcast()
}

// pick finds a job that may begin now, or when the first may.
func (q *importQueue) pick(now time.Time, anyTime bool) (_ importJob, at time.Time, ok bool) {
	for n := range q.turn {
		h := q.turn[(q.next+n)%len(q.turn)]
		if h.running >= q.perHost && h.name != "" && !anyTime {
			continue
		}
		job, when, ok := h.pick(now, anyTime)
		if ok {
			q.next = (q.next + n + 1) % len(q.turn)
			return job, at, true
		}
		if !when.IsZero() && (at.IsZero() || when.Before(at)) {
			at = when
		}
	}
	return importJob{}, at, false
}

func (h *importHost) pick(now time.Time, anyTime bool) (job importJob, at time.Time, ok bool) {
	if now.Before(h.notYet) && !anyTime {
		if len(h.fresh)+len(h.again) > 0 {
			at = h.notYet
		}
		return job, at, false
	}
	for i, job := range h.again {
		if anyTime || !now.Before(job.notYet) {
			h.again = append(h.again[:i:i], h.again[i+1:]...)
			return job, at, true
		}
		if at.IsZero() || job.notYet.Before(at) {
			at = job.notYet
		}
	}
	if len(h.fresh) > 0 {
		job, h.fresh = h.fresh[0], h.fresh[1:]
		return job, at, true
	}
	return job, at, false
}

// done ends a job.
func (q *importQueue) done(job importJob) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.running--
	q.hosts[job.host].running--
	q.changed.Broadcast()
}

// retry ends a job and has it come again after a while; whole holds the host's
// other jobs back, too.
func (q *importQueue) retry(job importJob, after time.Duration, whole bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	h := q.hosts[job.host]
	q.running--
	h.running--
	job.tries++
	job.notYet = time.Now().Add(after)
	if whole && job.notYet.After(h.notYet) {
		h.notYet = job.notYet
	}
	h.again = append(h.again, job)
	q.waiting++
	q.changed.Broadcast()
}

// backOff is how long to wait before a further try: twice as long each time, and
// somewhat at random, so that many do not come back at once.
func backOff(first time.Duration, tries int) time.Duration {
	d := first << min(tries, 6)
	return d/2 + rand.N(d/2+1)
}
