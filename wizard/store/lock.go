package store

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

const (
	lockWait  = 5 * time.Second
	lockRetry = 10 * time.Millisecond
)

// ErrBusy says that another process kept the store locked for seconds.
var ErrBusy = errors.New("locked by another process")

// locked runs change while no other process changes files in dir. The lock
// ends with the process, however that ends.
func locked(dir string, change func() error) error {
	if err := ownDir(dir); err != nil {
		return accessed(dir, err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), lockWait)
	defer cancel()
	lock := flock.New(filepath.Join(dir, ".lock"), flock.SetPermissions(0o600))
	ok, err := lock.TryLockContext(ctx, lockRetry)
	if errors.Is(err, errors.ErrUnsupported) {
		// Some network file systems know no locks; what is left is the
		// comparison just before the writing.
		return change()
	}
	if errors.Is(err, context.DeadlineExceeded) || err == nil && !ok {
		return &AccessError{File: dir, Err: ErrBusy}
	}
	if err != nil {
		return accessed(dir, err)
	}
	defer lock.Unlock() //nolint:errcheck // the file is closed either way
	return change()
}
