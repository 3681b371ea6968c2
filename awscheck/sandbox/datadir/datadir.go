// Package datadir is the directory in which a sandbox keeps what it holds
// between two runs: whose it is, in which format, and that one process at a
// time uses it. What lies in it is the services' own.
package datadir

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

const (
	markName = "sandbox.json"
	lockName = "sandbox.lock"
	format   = "mediadock sandbox"
	// Version is that of the format. A directory of a later one is refused.
	Version = 1
)

// Dir is a directory that this process holds.
type Dir struct {
	Path string
	// Started is when a sandbox first used it.
	Started time.Time

	lock *flock.Flock
}

// The reasons why a directory is refused. Nothing in it was changed then.
var (
	ErrForeign = errors.New("it holds something else")
	ErrNewer   = errors.New("a newer version has written it")
	ErrBusy    = errors.New("another process uses it")
	ErrOther   = errors.New("it belongs to another account")
)

type mark struct {
	Format  string    `json:"format"`
	Version int       `json:"version"`
	Account string    `json:"account"` // what the account was at first, as a digest
	Started time.Time `json:"started"`
}

// Open takes a directory for the account with that digest; one that is missing
// or empty is begun. An error wraps one of those above, or is the system's.
func Open(path, account string, now time.Time) (*Dir, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, err
	}
	if err := mayUse(path); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(path, lockName), flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err == nil && !held {
		err = ErrBusy
	}
	if err != nil {
		_ = lock.Close()
		return nil, err
	}
	d := &Dir{Path: path, lock: lock}
	if err := d.begin(account, now); err != nil {
		_ = lock.Close()
		return nil, err
	}
	return d, nil
}

// mayUse refuses a directory that holds files and is no sandbox's, before
// anything is written to it.
func mayUse(path string) error {
	if _, err := os.Stat(filepath.Join(path, markName)); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	all, err := os.ReadDir(path)
	if err != nil {
		return err
	}
	for _, f := range all {
		if f.Name() != lockName { // somebody begins it at this moment
			return fmt.Errorf("%w: %s", ErrForeign, f.Name())
		}
	}
	return nil
}

func (d *Dir) begin(account string, now time.Time) error {
	data, err := os.ReadFile(filepath.Join(d.Path, markName))
	if errors.Is(err, fs.ErrNotExist) {
		d.Started = now.UTC().Truncate(time.Second)
		return d.Write(markName, mark{format, Version, account, d.Started})
	}
	if err != nil {
		return err
	}
	var m mark
	switch err := json.Unmarshal(data, &m); {
	case err != nil || m.Format != format || m.Version < 1:
		return fmt.Errorf("%w: %s", ErrForeign, markName)
	case m.Version > Version:
		return ErrNewer
	case m.Account != account:
		return ErrOther
	}
	d.Started = m.Started
	return nil
}

// Write writes v as JSON to a file in the directory, whole or not at all.
func (d *Dir) Write(name string, v any) error {
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	path := filepath.Join(d.Path, name)
	f, err := os.CreateTemp(d.Path, name+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(append(data, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// Read reads what Write wrote; false: there is none.
func (d *Dir) Read(name string, v any) (bool, error) {
	data, err := os.ReadFile(filepath.Join(d.Path, name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err == nil {
		err = json.Unmarshal(data, v)
	}
	return err == nil, err
}

// Close lets others use the directory.
func (d *Dir) Close() error { return d.lock.Close() }
