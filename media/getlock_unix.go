//go:build unix

package media

import (
	"os"
	"syscall"
)

// lock takes a file for this process and this opening of it alone, until it is
// closed, and tells whether that was possible. A disk that knows no locks
// counts as possible: it keeps nobody out, and nobody waits.
func lock(f *os.File) bool {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	return err != syscall.EWOULDBLOCK
}
