// Package store keeps what the wizard produces on this computer's disk:
// connections, drafts, and what is remembered about them. Files are written
// whole and renamed into place, and are never readable by others.
package store

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/adrg/xdg"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// ErrNotFound says that nothing is kept under that name.
var ErrNotFound = errors.New("not found")

// ErrName says that a name is none that ValidName accepts.
var ErrName = errors.New("no valid name")

// ErrChanged says that the file was changed, created or removed since it was
// loaded, by another process or by hand. Nothing was written; load it again.
var ErrChanged = errors.New("changed by another process")

// CorruptError says that a file cannot be read as what it should be.
type CorruptError struct {
	File   string
	Line   int    // counted from 1; 0 when the mistake has no line
	Reason string // for the log and for people who edit files: English
	Cause  error  // a *wizard.FileError where the file holds settings; may be nil
}

func (e *CorruptError) Unwrap() error { return e.Cause }

func (e *CorruptError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Reason)
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason)
}

// Dirs are the program's own directories. They need not exist.
type Dirs struct{ Config, Data, State string }

// DefaultDirs are config, data and state under home, or, when home is empty,
// where the XDG base directory specification puts them.
func DefaultDirs(home string) Dirs {
	if home != "" {
		return Dirs{filepath.Join(home, "config"), filepath.Join(home, "data"), filepath.Join(home, "state")}
	}
	xdg.Reload() // the environment as it is now, not as it was at start
	const program = "mediadock"
	return Dirs{filepath.Join(xdg.ConfigHome, program), filepath.Join(xdg.DataHome, program), filepath.Join(xdg.StateHome, program)}
}

// Store reads and writes the files under its directories. It may be used from
// several goroutines, and from several processes at once.
type Store struct{ dirs Dirs }

// Open returns the store of some directories. It touches no disk.
func Open(d Dirs) *Store { return &Store{d} }

var validName = lazyregexp.New(`^[a-z0-9][a-z0-9._-]{0,62}$`)

// ValidName tells whether a connection or draft can have this name.
func ValidName(name string) bool { return validName.MatchString(name) }
