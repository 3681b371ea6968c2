package catalog

import (
	"context"
	"time"
)

// An id is, from the high bits to the low ones: the place, the second in which
// the object was stored, and a number within that second. Walking ids backwards
// within a place's range therefore finds the newest first, and a span of time
// is a span of ids: a search stops after its first hundred hits, however many
// there are.
const (
	placeBits  = 11
	secondBits = 32
	numberBits = 20
)

// epoch is where the seconds begin; older times count as then.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// firstID is the smallest id of a place's second.
func firstID(place int64, t time.Time) int64 {
	second := min(max(t.Unix()-epoch, 0), 1<<secondBits-1)
	return place<<(secondBits+numberBits) | second<<numberBits
}

// spill is how far back ids are looked for beyond the beginning of a span of
// time: a second that is full goes on in those before.
const spill = time.Minute

// lastID is the largest id of a place's second.
func lastID(place int64, t time.Time) int64 { return firstID(place, t) | (1<<numberBits - 1) }

// span is the range of a place's ids.
func span(place int64) (from, to int64) {
	return place << (secondBits + numberBits), (place+1)<<(secondBits+numberBits) - 1
}

// ids gives out ids in a transaction.
type ids struct {
	place int64
	next  map[int64]int64 // by the first id of a second
	// highest finds the highest ids that are in use of seconds, by their first
	// ids; seconds without any are not in the answer.
	highest func(ctx context.Context, firsts []int64) (map[int64]int64, error)
}

// ready asks for all seconds at once that ids will be taken of.
func (i *ids) ready(ctx context.Context, times []time.Time) error {
	var firsts []int64
	for _, t := range times {
		first := firstID(i.place, t)
		if _, known := i.next[first]; !known {
			i.next[first] = first
			firsts = append(firsts, first)
		}
	}
	return i.ask(ctx, firsts)
}

func (i *ids) ask(ctx context.Context, firsts []int64) error {
	if len(firsts) == 0 {
		return nil
	}
	used, err := i.highest(ctx, firsts)
	for first, id := range used {
		i.next[first] = id + 1
	}
	return err
}

// take gives out an id for an object stored at t. A second that is full (a
// million objects) goes on in the one before; at the beginning of time, where
// all objects without a date are, in the one after: ids never leave the place.
func (i *ids) take(ctx context.Context, t time.Time) (int64, error) {
	step := int64(-1 << numberBits)
	begin, _ := span(i.place)
	for first := firstID(i.place, t); ; first += step {
		if first < begin {
			first, step = begin+1<<numberBits, 1<<numberBits
		}
		if _, known := i.next[first]; !known {
			i.next[first] = first
			if err := i.ask(ctx, []int64{first}); err != nil {
				return 0, err
			}
		}
		next := i.next[first]
		if next>>numberBits == first>>numberBits {
			i.next[first] = next + 1
			return next, nil
		}
	}
}
