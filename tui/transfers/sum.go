package transfers

import "time"

// Sum is all that runs and waits, together with what was done since there was
// nothing to do.
type Sum struct {
	Items, Over int
	Failed      int
	Sent, Total int64
	Waiting     int // operations
	Rate        float64
	whole       bool // every operation knows its bytes
}

// Sum adds up the work in hand.
func (l *Log) Sum() Sum {
	s := Sum{whole: true}
	for _, o := range l.ops {
		if o.batch != l.batch || o.batch == 0 {
			continue
		}
		s.Items += o.Items
		s.Over += o.Over()
		s.Failed += o.Count(Failed)
		s.Sent += o.Sent()
		s.Total += o.Total()
		s.whole = s.whole && o.Sized
		switch {
		case !o.Ended.IsZero():
		case o.Begun.IsZero():
			s.Waiting++
		default:
			s.Rate = o.rate.PerSecond()
		}
	}
	s.whole = s.whole && s.Total > 0
	return s
}

// Part is how much is done, 0 to 1: of the bytes where they are known, else of
// the files.
func (s Sum) Part() float64 {
	switch {
	case s.whole:
		return min(float64(s.Sent)/float64(s.Total), 1)
	case s.Items > 0:
		return min(float64(s.Over)/float64(s.Items), 1)
	}
	return 0
}

// Left is how long it will take at the rate of now; 0 where that cannot be
// told.
func (s Sum) Left() time.Duration {
	if !s.whole || s.Rate <= 0 {
		return 0
	}
	return time.Duration(float64(s.Total-s.Sent) / s.Rate * float64(time.Second))
}
