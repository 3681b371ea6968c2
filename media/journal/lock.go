package journal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

const (
	// lockMark begins the names of locks.
	lockMark = "lock-"
	// lockPatience is how long a lock is waited for: Locked has it for a moment.
	lockPatience = 200 * time.Millisecond
)

// Lock takes what only one process of this computer may be at, in the place's
// bucket, whatever connection it uses; ok is false while another one has it,
// be it in this process. The system frees it however the process ends. Without
// a directory everybody gets it. An error is an *Error.
func (j *Journal) Lock(what string) (release func(), ok bool, err error) {
	if j.dir == "" {
		return func() {}, true, nil
	}
	if err := os.MkdirAll(j.dir, 0o700); err != nil {
		return nil, false, &Error{Dir: j.dir, Err: err}
	}
	path := j.lockOf(what)
	ctx, cancel := context.WithTimeout(context.Background(), lockPatience)
	defer cancel()
	for {
		lock := flock.New(path, flock.SetPermissions(0o600))
		ok, err := lock.TryLockContext(ctx, lockPatience/10)
		if !ok {
			_ = lock.Close()
			if err != nil && ctx.Err() == nil {
				return nil, false, &Error{Dir: j.dir, Err: err}
			}
			return nil, false, nil
		}
		if !stands(lock, path) { // whoever had it has removed the file just now
			_ = lock.Close()
			continue
		}
		return func() {
			_ = os.Remove(path) // before it is free; elsewhere it stays, empty
			_ = lock.Close()
		}, true, nil
	}
}

// Locked tells whether somebody has what Lock takes.
func (j *Journal) Locked(what string) bool {
	if j.dir == "" {
		return false
	}
	path := j.lockOf(what)
	if _, err := os.Stat(path); err != nil {
		return false // and nothing is made
	}
	lock := flock.New(path, flock.SetPermissions(0o600))
	defer lock.Close() //nolint:errcheck // it is only asked
	ok, err := lock.TryRLock()
	return err == nil && !ok
}

func (j *Journal) lockOf(what string) string {
	sum := sha256.Sum256([]byte(what))
	return filepath.Join(j.dir, lockMark+j.bucketMark()+"-"+hex.EncodeToString(sum[:8]))
}

// stands tells that the file that is locked is the one of that name.
func stands(lock *flock.Flock, path string) bool {
	held, err := lock.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(path)
	return err == nil && os.SameFile(held, named)
}
