// Package held keeps files of lines that one process holds for as long as it
// lives: what is about to be done is written down before it is done, and
// whoever comes after a crash finds it.
//
// Beside each file lies a lock, held by the process that writes the file; a
// file whose lock is free belongs to a process that is dead. The operating
// system frees the lock however the process ends.
package held

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"sort"
	"sync"

	"github.com/gofrs/flock"
	"github.com/oklog/ulid/v2"
)

const (
	extension = ".jsonl"
	lockMark  = ".lock"
)

// File is a file that this process holds. It is safe for concurrent use.
type File struct {
	path string
	lock *flock.Flock
	file *os.File

	mu      sync.Mutex // of what is written
	written int64      // appends so far
	broken  error      // the first failure; nothing is written after it

	syncing sync.Mutex // one sync at a time
	synced  int64      // appends that are on the disk for certain
}

// Create makes a file in a directory, which is made if it is missing (0700).
// Its name begins with prefix, and a later one sorts after an earlier one.
func Create(dir, prefix string) (*File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, prefix+ulid.Make().String()+extension)
	lock, err := hold(path)
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		_ = os.Remove(lock.Path())
		_ = lock.Close()
		return nil, err
	}
	syncDir(dir)
	return &File{path: path, lock: lock, file: file}, nil
}

var errHeld = errors.New("another process holds it")

func hold(path string) (*flock.Flock, error) {
	lock := flock.New(path+lockMark, flock.SetPermissions(0o600))
	ok, err := lock.TryLock()
	if err == nil && !ok {
		err = &os.PathError{Op: "lock", Path: path, Err: errHeld}
	}
	if err != nil {
		_ = lock.Close()
		return nil, err
	}
	return lock, nil
}

// Path is the file's name.
func (f *File) Path() string { return f.path }

// Sync appends lines, which end in no line feed, and returns when they are on
// the disk for certain. Callers at the same time share one wait for the disk.
// After an error the file takes no more lines.
func (f *File) Sync(lines ...[]byte) error {
	n, err := f.append(lines)
	if err != nil {
		return err
	}
	f.syncing.Lock()
	defer f.syncing.Unlock()
	if f.synced >= n {
		return nil
	}
	f.mu.Lock()
	upto, err := f.written, f.broken
	f.mu.Unlock()
	if err == nil {
		err = f.file.Sync()
	}
	if err != nil { // what a failed sync leaves on the disk, nobody knows
		return f.fail(err)
	}
	f.synced = upto
	return nil
}

// Append appends lines without waiting for the disk: for what is known again
// if it is lost.
func (f *File) Append(lines ...[]byte) error {
	_, err := f.append(lines)
	return err
}

// append writes each line with a line feed before it, too, so that it
// survives a line before it that was cut short.
func (f *File) append(lines [][]byte) (int64, error) {
	var b bytes.Buffer
	for _, line := range lines {
		b.WriteByte('\n')
		b.Write(line)
		b.WriteByte('\n')
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken != nil {
		return 0, f.broken
	}
	if _, err := f.file.Write(b.Bytes()); err != nil {
		f.broken = err
		return 0, err
	}
	f.written++
	return f.written, nil
}

func (f *File) fail(err error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken == nil {
		f.broken = err
	}
	return f.broken
}

// Release gives the file up: for whoever comes next, or with remove for good.
func (f *File) Release(remove bool) {
	_ = f.file.Close()
	if remove {
		_ = os.Remove(f.path)
		_ = os.Remove(f.lock.Path())
	}
	_ = f.lock.Close()
}

// Lines are the lines of a file's content that are not empty. The last may
// have been cut short.
func Lines(data []byte) [][]byte {
	var lines [][]byte
	for line := range bytes.SplitSeq(data, []byte{'\n'}) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			lines = append(lines, line)
		}
	}
	return lines
}

// Adopt takes over the files of dead processes, the oldest first, and hands
// each over with its content; the receiver releases it. Files that cannot be
// read are passed over: a damaged one must never stand in anybody's way.
func Adopt(dir, prefix string, take func(*File, []byte)) {
	if dir == "" {
		return
	}
	paths, _ := filepath.Glob(filepath.Join(escape(dir), prefix+"*"+extension))
	sort.Strings(paths)
	for _, path := range paths {
		if f, data, ok := adopt(path); ok {
			take(f, data)
		}
	}
}

func adopt(path string) (*File, []byte, bool) {
	lock, err := hold(path)
	if err != nil {
		return nil, nil, false // its process lives
	}
	data, err := os.ReadFile(path)
	if err != nil {
		if os.IsNotExist(err) { // somebody else settled it just now
			_ = os.Remove(lock.Path())
		}
		_ = lock.Close()
		return nil, nil, false
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		_ = lock.Close()
		return nil, nil, false
	}
	return &File{path: path, lock: lock, file: file}, data, true
}

// escape keeps a directory's name from being a pattern.
func escape(dir string) string {
	if filepath.Separator == '\\' {
		return dir // backslashes are not escapes there
	}
	var b bytes.Buffer
	for _, r := range dir {
		if r == '*' || r == '?' || r == '[' || r == '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// syncDir makes a new file's name as durable as its content. Systems that
// cannot sync a directory need not.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}
