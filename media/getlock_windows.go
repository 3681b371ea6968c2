package media

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lock takes a file for this process and this opening of it alone, until it is
// closed, and tells whether that was possible. A disk that knows no locks
// counts as possible: it keeps nobody out, and nobody waits.
//
// What is locked lies far behind the file's end: a lock keeps others from
// reading, too.
func lock(f *os.File) bool {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0,
		&windows.Overlapped{OffsetHigh: 1 << 30})
	return !errors.Is(err, windows.ERROR_LOCK_VIOLATION)
}
