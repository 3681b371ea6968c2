package s3

import (
	"math/bits"
	"sort"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// family is a run of synthetic objects whose keys differ by a number. Nothing
// is kept for a member but one bit once it is deleted or overwritten.
type family struct {
	pieces []string // the key around the number: pieces[0] + n + pieces[1] ...
	width  int      // digits of the number
	count  int
	size   int64
	make   func(key string, size int64) *version
	gone   []uint64 // bit i: member i is no longer synthetic; nil: none
}

func newFamily(o account.Object, build func(key string, size int64) *version) *family {
	f := &family{
		pieces: strings.Split(o.Prefix+o.Name, "{n}"),
		count:  o.Count,
		width:  len(strconv.Itoa(max(o.Count-1, 0))),
		size:   o.Size,
		make:   build,
	}
	if len(f.pieces) == 1 { // no number: every member would be the same key
		f.count = min(f.count, 1)
	}
	return f
}

// key is the key of member i. Numbers have leading zeros, so that the order
// of the keys is the order of the numbers.
func (f *family) key(i int) string {
	n := strconv.Itoa(i)
	return strings.Join(f.pieces, strings.Repeat("0", max(f.width-len(n), 0))+n)
}

// at is the first member whose key is not before key; f.count when none is.
func (f *family) at(key string) int {
	return sort.Search(f.count, func(i int) bool { return f.key(i) >= key })
}

// find is the number of the member with that key, if it is still there.
func (f *family) find(key string) (int, bool) {
	if !strings.HasPrefix(key, f.pieces[0]) {
		return 0, false
	}
	i := f.at(key)
	return i, i < f.count && f.key(i) == key && !f.isGone(i)
}

func (f *family) isGone(i int) bool {
	return f.gone != nil && f.gone[i/64]&(1<<(i%64)) != 0
}

// remove takes member i out of the family.
func (f *family) remove(i int) {
	if f.gone == nil {
		f.gone = make([]uint64, (f.count+63)/64)
	}
	f.gone[i/64] |= 1 << (i % 64)
}

// from is the first member that is there, i or after it; f.count when none.
func (f *family) from(i int) int {
	if f.gone == nil || i >= f.count {
		return min(i, f.count)
	}
	word := ^f.gone[i/64] >> (i % 64) << (i % 64)
	for w := i / 64; ; word = ^f.gone[w] {
		if word != 0 {
			return min(w*64+bits.TrailingZeros64(word), f.count)
		}
		if w++; w == len(f.gone) {
			return f.count
		}
	}
}
