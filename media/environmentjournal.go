package media

import (
	"context"
	"encoding/json"
	"time"

	"github.com/mediadock/mediadock/media/journal"
)

// Operations, kinds and states of what is written to the journal about
// environments. A copy is one entry, however many objects it has: how far it
// came in the order of keys. What lies before is believed until both listings
// are compared. A copy in parts has an entry of its own, so that its upload is
// found and aborted, written before the upload begins: whoever may list uploads
// finds it even if its ID was not written down.
const (
	opEnvironmentCopy   = "environment-copy"
	opEnvironmentRemove = "environment-remove"

	kindEnvironment      = "environment"
	kindEnvironmentParts = "environment-parts" // data of stateIntent: intent

	stateCursor = "cursor" // data: cursor

	lockEnvironment = "environment " // and the directory
)

// environmentEvery is how many objects are done between two cursors.
const environmentEvery = 1000

// environmentOperation is what the journal knows of an operation as a whole.
type environmentOperation struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
	Dir  string `json:"dir"`
	// Begun is the server's time, zero where it told none.
	Begun time.Time `json:"begun,omitzero"`
	// Into tells that the directory had objects when it began. Whose they are
	// cannot be told by their time then, which S3 counts in seconds.
	Into bool `json:"into,omitempty"`
	// Counted is what the plan of a copy counted; nil where only a listing tells
	// what is left.
	Counted *countedPlan `json:"counted,omitempty"`
}

// cursor is how far a copy came.
type cursor struct {
	After string `json:"after"` // the path of the source up to which all is done
	Done  int64  `json:"done"`  // objects of those that are there: not what failed
	Bytes int64  `json:"bytes"` // of theirs
}

// environmentLeft is one that was cut short.
type environmentLeft struct {
	*journal.Left
	operation environmentOperation
	entry     int // of kindEnvironment; 0: settled
	cursor    cursor
	times     []timeSpan
	uploads   []journal.Entry // of kindEnvironmentParts
}

// environmentsLeft are all that were cut short at this place; the caller
// closes each.
func (l *Library) environmentsLeft() []*environmentLeft {
	var all []*environmentLeft
	for _, left := range l.o.Journal.Left() {
		e := &environmentLeft{Left: left}
		if left.Name != opEnvironmentCopy && left.Name != opEnvironmentRemove || json.Unmarshal(left.Data, &e.operation) != nil {
			left.Close()
			continue
		}
		for _, entry := range left.Entries {
			switch entry.Kind {
			case kindEnvironment:
				e.entry = entry.ID
				entry.Decode(stateCursor, &e.cursor)
				entry.Decode(stateTimes, &e.times)
			case kindEnvironmentParts:
				e.uploads = append(e.uploads, entry)
			}
		}
		all = append(all, e)
	}
	return all
}

// environmentLeft is the operation of a name on one environment that was cut
// short; nil if there is none. The caller closes it.
func (l *Library) environmentLeft(name, dir string) *environmentLeft {
	var found *environmentLeft
	for _, e := range l.environmentsLeft() {
		if found == nil && e.Name == name && e.operation.Dir == dir {
			found = e
			continue
		}
		e.Close()
	}
	return found
}

// EnvironmentsLeft are the copies (of a source's library) or the removal (of
// an environment's library) that were cut short at the library's place. It
// asks the local disk alone.
func (l *Library) EnvironmentsLeft() []EnvironmentLeft {
	var all []EnvironmentLeft
	for _, e := range l.environmentsLeft() {
		all = append(all, EnvironmentLeft{
			ID: e.operation.ID, Name: e.operation.Name, Removal: e.Name == opEnvironmentRemove, Begun: e.Begun, Done: e.cursor.Done,
		})
		e.Close()
	}
	return all
}

// ForgetEnvironment ends interrupted copies into an environment that are not
// to go on: it was deleted. Uploads of theirs that are open are aborted where
// that is allowed.
func (l *Library) ForgetEnvironment(ctx context.Context, id string) {
	dir := l.environment(id).space.Dir()
	for _, e := range l.environmentsLeft() {
		if e.Name == opEnvironmentCopy && e.operation.Dir == dir {
			e.abortUploads(ctx, l)
			e.settle()
		}
		e.Close()
	}
}

// abortUploads ends the copies in parts that were under way. It gives back how
// many uploads are left because they may not be aborted.
func (e *environmentLeft) abortUploads(ctx context.Context, l *Library) (left int) {
	for _, entry := range e.uploads {
		var begun partsBegun
		var in intent
		switch {
		case !entry.Decode(stateIntent, &in):
		case entry.Decode(stateParts, &begun) && begun.Upload != "":
			if !l.abort(ctx, in.To, begun.Upload) {
				left++
			}
		case !l.abortUnknown(ctx, in.To, e.operation.Begun): // it may have begun one
			left++
		}
		if ctx.Err() != nil {
			return left // the next run sees to it
		}
		e.Note(journal.Step{ID: entry.ID, State: journal.Done})
	}
	e.uploads = nil
	return left
}

// hold has this process be the only one of this computer that creates or
// deletes this library's environment, until release.
func (l *Library) hold() (release func(), err error) {
	dir := l.space.Dir()
	release, ok, err := l.o.Journal.Lock(lockEnvironment + dir)
	switch {
	case err != nil:
		return nil, journalFailure(dir, err)
	case !ok:
		return nil, refuse(CodeEnvironmentBusy, dir, "id", l.space.Environment)
	}
	return release, nil
}

// notBusy refuses while another process holds this library's environment.
func (l *Library) notBusy() error {
	if dir := l.space.Dir(); l.o.Journal.Locked(lockEnvironment + dir) {
		return refuse(CodeEnvironmentBusy, dir, "id", l.space.Environment)
	}
	return nil
}

func (e *environmentLeft) settle() {
	if e.entry != 0 {
		e.Note(journal.Step{ID: e.entry, State: journal.Done})
	}
}
