package journal

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/mediadock/mediadock/media/journal/held"
)

// Left is an operation that was cut short: its process is dead. It is locked
// until Close, and further steps are written to it as to one's own.
type Left struct {
	*Operation
	Name  string // of the operation, as Begin was told
	Begun time.Time
	Place Place
	Data  json.RawMessage // of the operation as a whole
	// Entries are those that are not settled, in the order in which they
	// were begun; Settled are the others.
	Entries, Settled []Entry
}

// Entry is one thing that was to be done.
type Entry struct {
	ID    int
	Kind  string
	State string // of the last step that came to the disk
	// Steps are the data of the steps by their state; of several with one
	// state the last.
	Steps map[string]json.RawMessage
}

// Left are the operations at this place that were cut short, the oldest
// first; the caller closes each. Those of processes that live, of other
// places and of other versions are left alone.
func (j *Journal) Left() []*Left {
	all := j.left(func(p Place) bool { return p == j.place })
	for _, l := range all {
		l.Operation.journal = j
	}
	return all
}

// Elsewhere are the places other than this one at which operations were cut
// short, each once, leaving out operations of these names.
func (j *Journal) Elsewhere(without ...string) []Place {
	var places []Place
	for _, l := range j.left(func(p Place) bool { return p != j.place }) {
		if !slices.Contains(without, l.Name) && !slices.Contains(places, l.Place) {
			places = append(places, l.Place)
		}
		l.Close()
	}
	return places
}

// Waiting tells how many operations of these names were cut short at this
// place. It costs nothing where there are no files.
func (j *Journal) Waiting(names ...string) int {
	n := 0
	for _, l := range j.Left() {
		if slices.Contains(names, l.Name) {
			n++
		}
		l.Close()
	}
	return n
}

func (j *Journal) left(wanted func(Place) bool) []*Left {
	var all []*Left
	held.Adopt(j.dir, prefix, func(f *held.File, data []byte) {
		l, ok := read(data)
		switch {
		case !ok, !wanted(l.Place):
			// Nothing is known of it, or it is somebody else's: it stays.
			f.Release(!ok && !l.foreign && empty(data))
			return
		}
		l.file, l.journal = f, &Journal{dir: j.dir, place: l.Place, fault: j.fault}
		if len(l.Entries) == 0 {
			l.Close() // cut short after all was done
			return
		}
		all = append(all, l)
	})
	return all
}

// empty tells that a file has nothing whole in it: its process ended before
// it had written down anything, and so before it did anything.
func empty(data []byte) bool {
	for _, b := range held.Lines(data) {
		if json.Valid(b) {
			return false
		}
	}
	return true
}

// read takes a file's content apart; ok is false if it has no head or if any
// line is of another version. A line that is damaged or cut short is passed
// over: nothing is done before the line about it is whole on the disk.
func read(data []byte) (l *Left, ok bool) {
	l = &Left{Operation: &Operation{open: map[int]bool{}}}
	at := map[int]int{} // the index of an entry by its ID
	gone := map[int]bool{}
	for _, b := range held.Lines(data) {
		var n line
		if json.Unmarshal(b, &n) != nil {
			continue
		}
		if n.Version != version {
			l.foreign = true
			return l, false
		}
		if n.State == stateHead {
			if n.Place != nil && n.Begun != nil {
				l.Name, l.Begun, l.Place, l.Data, ok = n.Op, *n.Begun, *n.Place, n.Data, true
			}
			continue
		}
		l.last.Store(max(l.last.Load(), int64(n.ID)))
		if n.State == Done {
			gone[n.ID] = true
			continue
		}
		i, known := at[n.ID]
		if !known {
			if n.Kind == "" {
				continue // the beginning of this entry was damaged
			}
			i = len(l.Entries)
			at[n.ID] = i
			l.Entries = append(l.Entries, Entry{ID: n.ID, Kind: n.Kind, Steps: map[string]json.RawMessage{}})
		}
		delete(gone, n.ID)
		l.Entries[i].State = n.State
		l.Entries[i].Steps[n.State] = n.Data
	}
	all := l.Entries
	l.Entries = nil
	for _, e := range all {
		if gone[e.ID] {
			l.Settled = append(l.Settled, e)
			continue
		}
		l.open[e.ID] = true
		l.Entries = append(l.Entries, e)
	}
	return l, ok
}

// Decode reads the data of a step into v; false if there is no such step or
// it is damaged.
func (e Entry) Decode(state string, v any) bool {
	data, ok := e.Steps[state]
	return ok && json.Unmarshal(data, v) == nil
}
