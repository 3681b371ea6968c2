package media

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// The state of imports into one folder is a file of JSON lines, held by a lock
// as long as a run lives: what a run is about to store, before it does, and
// that it is stored. A later run skips what is stored, and gives what was cut
// short the name that it may already have.

// importStateVersion is in every line. Lines of other versions are left alone.
const importStateVersion = 1

// States of an importRecord.
const (
	importBegun = "begun"
	importDone  = "done"
	importTemp  = "temp" // the directory of downloads, to be removed after a crash
)

type importRecord struct {
	Version int       `json:"v"`
	State   string    `json:"state"`
	ID      string    `json:"id,omitempty"`   // of URL and wanted path
	From    string    `json:"from,omitempty"` // without what signs it
	Path    string    `json:"path,omitempty"`
	ETag    string    `json:"etag,omitempty"`
	Size    int64     `json:"size,omitempty"`
	At      time.Time `json:"at"`
}

// importID stands for a URL: the URL itself may be a secret.
func importID(u *url.URL) string {
	sum := sha256.Sum256([]byte(u.String()))
	return hex.EncodeToString(sum[:16])
}

// stateKey tells items apart that bring one URL to several places.
func (i *ImportItem) stateKey() string {
	if i.Source.Path == "" {
		return i.id
	}
	sum := sha256.Sum256([]byte(i.id + "\x00" + i.Source.Path))
	return hex.EncodeToString(sum[:16])
}

type importState struct {
	lock *flock.Flock
	mu   sync.Mutex
	file *os.File
	all  map[string]importRecord
}

// openImportState takes the lock and reads what earlier runs did.
func openImportState(file string) (*importState, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, stateError(file, err)
	}
	lock := flock.New(file+".lock", flock.SetPermissions(0o600))
	ok, err := lock.TryLock()
	if err != nil {
		return nil, stateError(file, err)
	}
	if !ok {
		_ = lock.Close()
		return nil, &Error{Code: CodeListBusy, Err: ErrImportBusy}
	}
	s := &importState{lock: lock, all: map[string]importRecord{}}
	if err := s.load(file); err != nil {
		_ = lock.Close()
		return nil, stateError(file, err)
	}
	return s, nil
}

func stateError(file string, err error) *Error {
	return &Error{Code: CodeListWrite, Path: file, Err: err}
}

func (s *importState) load(file string) error {
	data, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	lines, foreign := 0, false
	for line := range bytes.Lines(data) {
		var r importRecord
		if line = bytes.TrimSpace(line); len(line) == 0 || json.Unmarshal(line, &r) != nil {
			continue // cut short by a crash
		}
		lines++
		switch {
		case r.Version != importStateVersion:
			foreign = true
		case r.State == importTemp:
			removeLeftTemp(r.Path)
		case r.ID != "":
			s.all[r.ID] = r
		}
	}
	if lines > 2*len(s.all)+64 && !foreign {
		if err := s.compact(file); err != nil {
			return err
		}
	}
	s.file, err = os.OpenFile(file, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	return err
}

// compact leaves one line for each thing.
func (s *importState) compact(file string) error {
	var b bytes.Buffer
	for _, r := range s.all {
		line, err := json.Marshal(r)
		if err != nil {
			return err
		}
		b.Write(append(line, '\n'))
	}
	return putInPlace(file, b.Bytes())
}

// putInPlace writes a file whole or not at all, readable by its owner alone,
// on Windows too.
func putInPlace(file string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(file), ".writing-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone when the rename succeeded
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}

// importTempPrefix begins the names of directories of downloads.
const importTempPrefix = "mediadock-import-"

// removeLeftTemp removes what a run that was killed had downloaded, and only
// that: a directory with the name and the files that runs make.
func removeLeftTemp(dir string) {
	if !strings.HasPrefix(filepath.Base(dir), importTempPrefix) || !filepath.IsAbs(dir) {
		return
	}
	files, _ := filepath.Glob(filepath.Join(dir, "file-*"))
	for _, f := range files {
		_ = os.Remove(f)
	}
	_ = os.Remove(dir)
}

func (s *importState) of(id string) (importRecord, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.all[id]
	return r, ok
}

// note writes a record down; with durable it is on the disk when note returns.
func (s *importState) note(r importRecord, durable bool) error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	r.Version, r.At = importStateVersion, time.Now().UTC()
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	// The line feed before it makes it survive a line that was cut short.
	if _, err := s.file.Write(append(append([]byte{'\n'}, line...), '\n')); err != nil {
		return stateError(s.file.Name(), err)
	}
	if r.ID != "" {
		s.all[r.ID] = r
	}
	if durable {
		if err := s.file.Sync(); err != nil {
			return stateError(s.file.Name(), err)
		}
	}
	return nil
}

func (s *importState) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		return
	}
	_ = s.file.Sync()
	_ = s.file.Close()
	_ = s.lock.Close()
	s.file = nil
}
