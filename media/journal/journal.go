// Package journal writes down on the local disk what an operation is about to
// do to a bucket, before it does it, so that whatever cuts the operation short
// leaves a trace from which it is finished or undone.
//
// An operation has a file of its own, held by its process as long as it lives
// (see held). A file is lines of JSON, each with the version of the format:
// first a head that says what the operation is and where, then steps. Steps
// with one ID are about one entry, that is one thing that is to be done, and
// the first of them, with a Kind, is its beginning. A step with the state
// Done settles its entry; when all are settled the file is removed.
//
//	op := journal.New(dir, place).Begin("mv", nil)
//	defer op.Close()
//	err := op.Write(journal.Step{ID: 1, Kind: "move", State: "intent", Data: intent})
//	// on the disk for certain: act, then
//	op.Note(journal.Step{ID: 1, State: journal.Done})
//
// What kinds and states there are, and what Data holds, is the business of
// whoever writes them: the journal only keeps them. Write takes many steps and
// syncs once; Note does not wait for the disk, for what recovery finds out by
// itself if it is lost.
//
// Nothing secret is written: no credentials, no external ID, no content.
package journal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mediadock/mediadock/media/journal/held"
)

// version is written to every line. A file with a line of another version is
// kept and left alone.
const version = 1

// Done is the state that settles an entry.
const Done = "done"

const (
	prefix    = "media-"
	stateHead = "head"
)

// Place is where an operation acts. Recovery touches nothing of another place.
type Place struct {
	Endpoint string `json:"endpoint,omitempty"` // custom endpoint's host
	Bucket   string `json:"bucket"`
	Region   string `json:"region"`
	Access   string `json:"access"`
	Role     string `json:"role,omitempty"`
	// Under is what all keys begin with: the connection's directory.
	Under string `json:"under,omitempty"`
}

// Step is one thing that was done about an entry, or is about to be.
type Step struct {
	ID    int    // of the entry, its own in the operation
	Kind  string // of the entry; on its first step only
	State string
	Data  any // what JSON can carry; nil: none
}

type line struct {
	Version int             `json:"v"`
	State   string          `json:"state"`
	ID      int             `json:"id,omitempty"`
	Kind    string          `json:"kind,omitempty"`
	Op      string          `json:"op,omitempty"`
	Begun   *time.Time      `json:"begun,omitempty"`
	Place   *Place          `json:"place,omitempty"`
	Data    json.RawMessage `json:"data,omitempty"`
}

// Error says that an operation stopped, or did not begin, because what it was
// about to do could not be written down first.
type Error struct {
	Dir string
	Err error
}

func (e *Error) Error() string {
	return "the journal cannot be written in " + e.Dir + ": " + e.Err.Error()
}

// Unwrap gives the operating system's error.
func (e *Error) Unwrap() error { return e.Err }

// Journal is a directory of operations at one place.
type Journal struct {
	dir   string
	place Place
	// fault, when set, is asked before anything is written. Tests end
	// processes there.
	fault func(state string)
}

// New is the journal of a place in a directory, which is made when something
// is written first. Without a directory nothing is written down.
func New(dir string, place Place) *Journal { return &Journal{dir: dir, place: place} }

// Writes tells whether anything is written down.
func (j *Journal) Writes() bool { return j.dir != "" }

// OnStep has f called with the state of what is about to be written.
func (j *Journal) OnStep(f func(state string)) { j.fault = f }

// Operation is one operation's file. It is safe for concurrent use.
type Operation struct {
	journal *Journal
	op      string
	data    any

	mu      sync.Mutex
	file    *held.File // nil until something is written
	open    map[int]bool
	foreign bool
	alone   string // an operation without a file is told apart by this

	last atomic.Int64
}

// Begin starts an operation: its name and what else recovery should know of
// it as a whole, which JSON can carry. There is no file until the first Write.
func (j *Journal) Begin(op string, data any) *Operation {
	return &Operation{journal: j, op: op, data: data, open: map[int]bool{}, alone: rand.Text()}
}

// NextID is an ID that no other entry of the operation has.
func (o *Operation) NextID() int { return int(o.last.Add(1)) }

// Write writes steps down, with one sync for all of them. When it returns
// without an error they are on the disk for certain. After an error nothing
// may be done that was to be written down; the error is an *Error.
func (o *Operation) Write(steps ...Step) error { return o.write(true, steps) }

// Note writes steps down and does not wait for the disk. A failure is told by
// the next Write.
func (o *Operation) Note(steps ...Step) { _ = o.write(false, steps) }

func (o *Operation) write(sure bool, steps []Step) error {
	if o.journal.dir == "" || len(steps) == 0 {
		return nil
	}
	if o.journal.fault != nil {
		o.journal.fault(steps[0].State)
	}
	lines := make([][]byte, 0, len(steps)+1)
	for _, s := range steps {
		b, err := encode(line{Version: version, State: s.State, ID: s.ID, Kind: s.Kind}, s.Data)
		if err != nil {
			return o.failure(err)
		}
		lines = append(lines, b)
	}
	file, err := o.opened()
	if err != nil {
		return o.failure(err)
	}
	if sure {
		err = file.Sync(lines...)
	} else {
		err = file.Append(lines...)
	}
	if err != nil {
		return o.failure(err)
	}
	o.settle(steps)
	return nil
}

func (o *Operation) settle(steps []Step) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, s := range steps {
		if s.State == Done {
			delete(o.open, s.ID)
		} else {
			o.open[s.ID] = true
		}
	}
}

func (o *Operation) failure(err error) error { return &Error{Dir: o.journal.dir, Err: err} }

func encode(l line, data any) ([]byte, error) {
	if data != nil {
		b, err := json.Marshal(data)
		if err != nil {
			return nil, err
		}
		l.Data = b
	}
	return json.Marshal(l)
}

// opened is the operation's file, made and begun with its head if there is
// none. The head is on the disk with the first step that is written after it.
func (o *Operation) opened() (*held.File, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.file != nil {
		return o.file, nil
	}
	now := time.Now().UTC()
	head, err := encode(line{Version: version, State: stateHead, Op: o.op, Begun: &now, Place: &o.journal.place}, o.data)
	if err != nil {
		return nil, err
	}
	file, err := held.Create(o.journal.dir, prefix)
	if err != nil {
		return nil, err
	}
	if err := file.Append(head); err != nil {
		file.Release(true)
		return nil, err
	}
	o.file = file
	return file, nil
}

// Holder is a name that nobody else who works on this operation has: it is
// made of this computer and the operation's file, and is the same after a
// restart. It tells nothing of either.
func (o *Operation) Holder() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	name := o.alone
	if o.file != nil {
		host, _ := os.Hostname()
		machine, _ := os.ReadFile("/etc/machine-id") // where there is one
		name = host + "\x00" + string(machine) + "\x00" + o.file.Path()
	}
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:16])
}

// Open is how many entries are not settled.
func (o *Operation) Open() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.open)
}

// IsOpen tells whether an entry was begun and is not settled.
func (o *Operation) IsOpen(id int) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.open[id]
}

// Close gives the operation's file up. It is removed if every entry is
// settled; otherwise recovery finds what is not.
func (o *Operation) Close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.file != nil {
		o.file.Release(len(o.open) == 0 && !o.foreign)
		o.file = nil
	}
}
