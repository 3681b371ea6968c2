package check

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck"
)

// rows are the results as they are listed: those of the live test and, where
// it is asked for, a heading and the owner's side below it.
type rows struct {
	all  []awscheck.Result // the live ones in front
	live int               // how many of them are live
}

func ofOwner(id string) bool { return strings.HasPrefix(id, "owner.") }

// set takes the rows of a report, in its order.
func (r *rows) set(results []awscheck.Result) {
	r.all = r.all[:0]
	for _, owner := range []bool{false, true} {
		for _, x := range results {
			if ofOwner(x.ID) == owner {
				r.all = append(r.all, x)
			}
		}
		if !owner {
			r.live = len(r.all)
		}
	}
}

// put gives a row its result. One that nobody expected comes last on its side.
func (r *rows) put(x awscheck.Result) {
	if i := r.find(x.ID); i >= 0 {
		r.all[i] = x
		return
	}
	if ofOwner(x.ID) {
		r.all = append(r.all, x)
		return
	}
	r.all = slices.Insert(r.all, r.live, x)
	r.live++
}

func (r *rows) find(id string) int {
	return slices.IndexFunc(r.all, func(x awscheck.Result) bool { return x.ID == id })
}

// lines counts the lines of the list: the rows, and the heading.
func (r *rows) lines() int {
	if r.live < len(r.all) {
		return len(r.all) + 1
	}
	return len(r.all)
}

// heading tells whether line i is the heading of the owner's side.
func (r *rows) heading(i int) bool { return i == r.live && r.live < len(r.all) }

// at is the row in line i; false on the heading and outside of the list.
func (r *rows) at(i int) (awscheck.Result, bool) {
	if i > r.live {
		i--
	} else if r.heading(i) {
		return awscheck.Result{}, false
	}
	if i < 0 || i >= len(r.all) {
		return awscheck.Result{}, false
	}
	return r.all[i], true
}

// line is the line of a row, -1 where there is none.
func (r *rows) line(id string) int {
	i := r.find(id)
	if i >= r.live {
		i++
	}
	return i
}

// before counts the rows above line i.
func (r *rows) before(i int) int {
	if i > r.live && r.live < len(r.all) {
		return i - 1
	}
	return i
}
