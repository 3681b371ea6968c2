package media

import "time"

// pace is how quickly an operation goes, measured over the last while.
type pace struct {
	begun   time.Time
	marks   []mark
	objects int64
	bytes   int64
}

type mark struct {
	at             time.Time
	objects, bytes int64
}

const (
	// paceTime is over which time the rate is measured, and paceLeast from how
	// many objects or how much time on it tells something.
	paceTime    = 30 * time.Second
	paceLeast   = 100
	paceSoonest = 2 * time.Second
	// paceBytes is how many bytes of an object take as long as a request.
	paceBytes = 8 * mebi
)

func (p *pace) add(bytes int64) {
	p.objects++
	p.bytes += bytes
}

// measure gives the rates at a time, and how long the rest takes; zero where
// too little is known.
func (p *pace) measure(now time.Time, restObjects, restBytes int64) (objects, bytes float64, left time.Duration) {
	if p.marks == nil {
		p.marks = []mark{{at: p.begun}}
	}
	if now.Sub(p.marks[len(p.marks)-1].at) >= paceTime/15 {
		p.marks = append(p.marks, mark{now, p.objects, p.bytes})
	}
	for len(p.marks) > 2 && now.Sub(p.marks[1].at) > paceTime {
		p.marks = p.marks[1:]
	}
	first := p.marks[0]
	span := now.Sub(first.at)
	n, b := p.objects-first.objects, p.bytes-first.bytes
	if span <= 0 || n == 0 || n < paceLeast && span < paceSoonest {
		return 0, 0, 0
	}
	objects, bytes = float64(n)/span.Seconds(), float64(b)/span.Seconds()
	work := func(objects, bytes int64) float64 { return float64(max(objects, 0)) + float64(max(bytes, 0))/paceBytes }
	return objects, bytes, time.Duration(work(restObjects, restBytes) / work(n, b) * float64(span))
}
