package catalog

import (
	"context"
	"database/sql"
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
func lastID(place int64, t time.Time) int64 { return firstID(place, t) | 1<<numberBits - 1 }

// span is the range of a place's ids.
func span(place int64) (from, to int64) {
	return place << (secondBits + numberBits), (place+1)<<(secondBits+numberBits) - 1
}

// ids gives out ids in a transaction.
type ids struct {
	tx    *sql.Tx
	high  *sql.Stmt
	place int64
	next  map[int64]int64 // by the first id of a second
}

func newIDs(tx *sql.Tx, place int64) *ids { return &ids{tx: tx, place: place, next: map[int64]int64{}} }

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
		next, known := i.next[first]
		if !known {
			var highest sql.NullInt64
			if err := i.highest(ctx, first).Scan(&highest); err != nil {
				return 0, err
			}
			next = first
			if highest.Valid {
				next = highest.Int64 + 1
			}
		}
		i.next[first] = next + 1
		if next>>numberBits == first>>numberBits {
			return next, nil
		}
		i.next[first] = next // full, and stays so
	}
}

// highest is the highest id of a second that is in use.
func (i *ids) highest(ctx context.Context, first int64) *sql.Row {
	const query = `SELECT max(id) FROM media WHERE id BETWEEN ? AND ?`
	last := first | (1<<numberBits - 1)
	if i.high == nil {
		stmt, err := i.tx.PrepareContext(ctx, query)
		if err != nil {
			return i.tx.QueryRowContext(ctx, query, first, last) // says what is wrong
		}
		i.high = stmt
	}
	return i.high.QueryRowContext(ctx, first, last)
}
