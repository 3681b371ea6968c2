package transfers

import "time"

// window is the time over which a rate is taken: long enough to be read, short
// enough to follow.
const window = 5 * time.Second

// Rate is how fast bytes go over.
type Rate struct{ samples []sample }

type sample struct {
	at    time.Time
	bytes int64
}

func (r *Rate) add(at time.Time, bytes int64) {
	if n := len(r.samples); n > 1 && at.Sub(r.samples[n-2].at) < window/50 {
		r.samples[n-1] = sample{at, bytes} // many small files end at once
	} else {
		r.samples = append(r.samples, sample{at, bytes})
	}
	for len(r.samples) > 2 && at.Sub(r.samples[0].at) > window {
		r.samples = r.samples[1:]
	}
}

// PerSecond is bytes a second, 0 while unknown.
func (r *Rate) PerSecond() float64 {
	if len(r.samples) < 2 {
		return 0
	}
	first, last := r.samples[0], r.samples[len(r.samples)-1]
	d := last.at.Sub(first.at).Seconds()
	if d < 0.2 {
		return 0
	}
	return float64(last.bytes-first.bytes) / d
}

// Roughly rounds a number of seconds so that it does not flicker.
func Roughly(seconds float64) time.Duration {
	const most = 99 * time.Hour
	if seconds > most.Seconds() {
		return most
	}
	return max(time.Duration(seconds*float64(time.Second)).Round(time.Second), time.Second)
}
