package media

import (
	"errors"
	"sync"
	"time"

	"github.com/mediadock/mediadock/media/journal"
	"github.com/mediadock/mediadock/media/privacy"
)

// Kinds and states of what is written to the journal about renames and
// re-uploads under another name.
const (
	kindMove    = "move"
	kindReplace = "replace"
	kindMarkers = "markers" // the folder markers, which go last

	stateIntent  = "intent"  // data: intent
	stateParts   = "parts"   // a copy in parts was begun; data: partsBegun
	stateJoining = "joining" // its parts are there and are to be joined; data: made
	stateCopied  = "copied"  // the copy is there for certain; data: made
)

// operation is what the journal knows of a rename as a whole: paths.
type operation struct {
	From    string   `json:"from"`
	To      string   `json:"to"`
	Folder  bool     `json:"folder,omitempty"`
	Markers []string `json:"markers,omitempty"` // keys
}

func operationOf(p MovePlan) operation {
	return operation{From: p.From, To: p.To, Folder: p.Folder, Markers: p.markers}
}

// intent is what is to become of one object.
type intent struct {
	From    string    `json:"from"` // keys
	To      string    `json:"to"`
	ETag    string    `json:"etag"`
	Size    int64     `json:"size"`
	Version string    `json:"version,omitempty"`
	Class   string    `json:"class,omitempty"`
	Changed time.Time `json:"modified,omitzero"`
	// File is the local file of a re-upload, with its size; Size is the old
	// object's.
	File     string `json:"file,omitempty"`
	FileSize int64  `json:"file_size,omitempty"`
	// Private is what becomes of what the file of a re-upload tells.
	Private privacy.Decision `json:"private,omitzero"`
}

// made is what was stored under the new name.
type made struct {
	ETag string `json:"etag"`
	// Shared tells that it may be another computer's copy: the answer to one's
	// own was lost.
	Shared bool `json:"shared,omitempty"`
}

// partsBegun is a multipart upload that was begun under the new name.
type partsBegun struct {
	Upload string `json:"upload_id"`
}

// moveJob is an item with its entry in the journal.
type moveJob struct {
	MoveItem
	id   int
	made string // the copy's ETag
	// at is when the copy was there for certain; shared tells that it may be
	// another's (see made).
	at     time.Time
	shared bool
	left   string // an upload that nobody could find or abort
}

func (j moveJob) step(state string, data any) journal.Step {
	return journal.Step{ID: j.id, State: state, Data: data}
}

// stopped is how a job ends that is not begun because the journal failed.
func (j moveJob) stopped(err error) Event {
	e := moveEvent(j.MoveItem)
	e.Bytes = 0
	e.Err = journalFailure(j.From.Path, err)
	return e
}

// journalFailure says that nothing was done since it could not be written
// down first.
func journalFailure(path string, err error) *Error {
	e := &Error{Code: CodeJournal, Path: path, Err: err}
	var told *journal.Error
	if errors.As(err, &told) {
		e.Args = map[string]string{"dir": told.Dir, "reason": told.Err.Error()}
	}
	return e
}

// mover moves what is written down in one operation of the journal.
type mover struct {
	l      *Library
	op     *journal.Operation
	d      *deletion
	looked time.Time
	// careful has each new name looked at right before the copy and before the
	// original goes: see lookTwice.
	careful bool

	mu   sync.Mutex
	kept map[int]bool // entries that recovery has to look at
	all  []int
	// marker is the entry of the folder markers; 0: there are none.
	marker int
}

func (l *Library) newMover(op *journal.Operation, looked time.Time) *mover {
	return &mover{l: l, op: op, d: &deletion{l: l, match: true}, looked: looked, kept: map[int]bool{}}
}

// begin writes a plan down, all of it with one sync.
func (m *mover) begin(plan MovePlan) ([]moveJob, error) {
	const chunk = 1000 // steps that are encoded at a time
	jobs := make([]moveJob, len(plan.Items))
	var steps []journal.Step
	add := func(kind string, data any) int {
		if len(steps) == chunk {
			m.op.Note(steps...) // a failure is told by Write
			steps = steps[:0]
		}
		id := m.op.NextID()
		m.all = append(m.all, id)
		steps = append(steps, journal.Step{ID: id, Kind: kind, State: stateIntent, Data: data})
		return id
	}
	if len(plan.markers) > 0 {
		m.marker = add(kindMarkers, nil)
	}
	for i, item := range plan.Items {
		jobs[i] = moveJob{MoveItem: item}
		if item.Code == "" {
			jobs[i].id = add(kindMove, intentOf(item))
		}
	}
	return jobs, m.op.Write(steps...)
}

func intentOf(m MoveItem) intent {
	return intent{From: m.From.Key, To: m.ToKey, ETag: m.From.ETag, Size: m.From.Size, Version: m.From.VersionID,
		Class: m.From.StorageClass, Changed: m.From.Modified}
}

// wrote writes down that copies are there, with one sync.
func (m *mover) wrote(jobs []moveJob) error {
	steps := make([]journal.Step, len(jobs))
	for i, j := range jobs {
		steps[i] = j.step(stateCopied, made{j.made, j.shared})
	}
	return m.op.Write(steps...)
}

// noting writes down how far a copy in parts is.
func (m *mover) noting(j moveJob) func(state string, data any) error {
	return func(state string, data any) error {
		if err := m.op.Write(j.step(state, data)); err != nil {
			return journalFailure(j.From.Path, err)
		}
		return nil
	}
}

// keep leaves a job's entry to recovery.
func (m *mover) keep(j moveJob) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[j.id] = true
}

// settle ends the entries of what was refused, failed for good or was not
// begun, all of which left both names as they were. The folder markers wait
// for what recovery has to do first.
func (m *mover) settle(marked bool) {
	if m.marker != 0 && (!marked || len(m.kept) > 0) {
		m.kept[m.marker] = true
	}
	var steps []journal.Step
	for _, id := range m.all {
		if !m.kept[id] && m.op.IsOpen(id) {
			steps = append(steps, journal.Step{ID: id, State: journal.Done})
		}
	}
	m.op.Note(steps...)
}
