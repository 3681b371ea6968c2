package awscheck

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/mediadock/mediadock/media/journal/held"
)

// The ledger writes down what a test is about to put into a bucket, before
// it does, so that a later run removes what a crash left behind.
//
// Each process has a file of its own that it holds for as long as it lives
// (see held). A file is lines of JSON: what may exist, and later that it is
// gone. When nothing is left the file is removed.

// ledgerVersion is written to every line. Lines of other versions are kept
// and left alone.
const ledgerVersion = 1

// mark is one thing that may exist in a bucket.
type mark struct {
	Version  int       `json:"v"`
	State    string    `json:"state"` // "made" (or about to be), "gone"
	At       time.Time `json:"at"`
	Endpoint string    `json:"endpoint,omitempty"` // custom endpoint's host
	Bucket   string    `json:"bucket"`
	Region   string    `json:"region"`
	Access   string    `json:"access"`
	RoleARN  string    `json:"role_arn,omitempty"`
	Key      string    `json:"key"`
	UploadID string    `json:"upload_id,omitempty"`
	// Never marks an upload under a condition that nothing meets: only an
	// endpoint that ignores conditions stores it.
	Never bool `json:"never,omitempty"`

	// Begun marks a multipart upload that may have been begun, whose ID is
	// not known.
	Begun bool `json:"begun,omitempty"`

	// unsure: no answer came to the upload, so it may still arrive.
	unsure bool
	// there: the upload was answered, and nothing has been deleted since.
	there bool
}

func (m mark) same(o mark) bool {
	return m.belongs(o) && m.Key == o.Key && m.UploadID == o.UploadID
}

// belongs tells whether m lies where place does: only then may a run that
// was started for place remove it.
func (m mark) belongs(place mark) bool {
	return m.Endpoint == place.Endpoint && m.Bucket == place.Bucket && m.Region == place.Region &&
		m.Access == place.Access && m.RoleARN == place.RoleARN
}

// LedgerError says that a test could not run because what it would put into
// the bucket cannot be written down first. It says nothing about the bucket.
type LedgerError struct {
	Dir string
	Err error
}

func (e *LedgerError) Error() string {
	return "the cleanup ledger cannot be written in " + e.Dir + ": " + e.Err.Error()
}
func (e *LedgerError) Unwrap() error { return e.Err }

// ledger is this process's file. The zero directory makes a ledger that
// writes nothing down.
type ledger struct {
	dir string

	mu   sync.Mutex
	file *held.File
	live []mark

	broken *LedgerError
}

func newLedger(dir string) *ledger { return &ledger{dir: dir} }

// made writes m down, on the disk for certain when it returns. Until then
// nothing may be put into the bucket. The error is a *LedgerError.
func (l *ledger) made(m mark) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	m.Version, m.State, m.At = ledgerVersion, "made", time.Now().UTC()
	if err := l.write(m); err != nil {
		return err
	}
	l.live = append(l.live, m)
	return nil
}

// gone writes down that m is no more.
func (l *ledger) gone(m mark) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	m.Version, m.State, m.At = ledgerVersion, "gone", time.Now().UTC()
	l.live = without(l.live, m)
	return l.write(m)
}

// unanswered notes that m's upload was sent and not answered.
func (l *ledger) unanswered(m mark) { l.note(m, func(m *mark) { m.unsure = true }) }

func (l *ledger) note(m mark, f func(*mark)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range l.live {
		if l.live[i].same(m) {
			f(&l.live[i])
		}
	}
}

// stored notes that m's upload was answered: it is there.
func (l *ledger) stored(m mark) { l.note(m, func(m *mark) { m.there = true }) }

// begun notes that the ID of m's upload is known now, and written down.
func (l *ledger) begun(m mark) { l.note(m, func(m *mark) { m.Begun = false }) }

// deleting notes that m may be gone from now on.
func (l *ledger) deleting(m mark) { l.note(m, func(m *mark) { m.there = false }) }

// pending are the marks of this process that are not gone.
func (l *ledger) pending() []mark {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]mark(nil), l.live...)
}

// close gives the file up: removed when nothing is pending, else left for
// the next run.
func (l *ledger) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return
	}
	l.file.Release(len(l.live) == 0)
	l.file = nil
}

func (l *ledger) write(m mark) error {
	if l.dir == "" {
		return nil
	}
	if l.file == nil {
		if err := l.open(); err != nil {
			return l.fail(err)
		}
	}
	if err := appendMark(l.file, m); err != nil {
		return l.fail(err)
	}
	return nil
}

func (l *ledger) fail(err error) error {
	l.broken = &LedgerError{Dir: l.dir, Err: err}
	return l.broken
}

// ready finds out, before anything is put, whether the ledger can be written.
// The error is a *LedgerError.
func (l *ledger) ready() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.dir == "" || l.file != nil {
		return nil
	}
	if err := l.open(); err != nil {
		return l.fail(err)
	}
	return nil
}

// failure is the *LedgerError that kept something from being put, or nil.
func (l *ledger) failure() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.broken == nil {
		return nil
	}
	return l.broken
}

// ledgerPrefix begins the names of the ledgers' files.
const ledgerPrefix = "probes-"

func (l *ledger) open() (err error) {
	l.file, err = held.Create(l.dir, ledgerPrefix)
	return err
}

// appendMark writes a line and waits for the disk.
func appendMark(f *held.File, m mark) error {
	line, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return f.Sync(line)
}

// adopted is the file of a dead process, locked by us.
type adopted struct {
	file  *held.File
	marks []mark
	// foreign lines are another version's: the file stays.
	foreign bool
}

// adoptLeftBehind locks the files of dead processes and reads them. The
// caller releases each.
func adoptLeftBehind(dir string) []*adopted {
	var all []*adopted
	held.Adopt(dir, ledgerPrefix, func(f *held.File, data []byte) {
		a := &adopted{file: f}
		a.marks, a.foreign = readMarks(data)
		all = append(all, a)
	})
	return all
}

// gone writes down that m of a dead process's file is no more.
func (a *adopted) gone(m mark) {
	a.marks = without(a.marks, m)
	m.State, m.At = "gone", time.Now().UTC()
	_ = appendMark(a.file, m)
}

// release unlocks the file, and removes it once nothing in it is of use.
func (a *adopted) release() { a.file.Release(len(a.marks) == 0 && !a.foreign) }

// readMarks gives what is still there according to a ledger. A line that is
// damaged or was cut short by a crash is passed over: a put only follows a
// line that is whole on the disk.
func readMarks(data []byte) (live []mark, foreign bool) {
	for _, line := range held.Lines(data) {
		var m mark
		if json.Unmarshal(line, &m) != nil {
			continue
		}
		if m.Version != ledgerVersion {
			foreign = true
			continue
		}
		switch m.State {
		case "made":
			live = append(live, m)
		case "gone":
			live = without(live, m)
		}
	}
	return live, foreign
}

func without(marks []mark, m mark) []mark {
	kept := make([]mark, 0, len(marks))
	for _, o := range marks {
		if !o.same(m) {
			kept = append(kept, o)
		}
	}
	return kept
}
