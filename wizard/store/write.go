//go:build !windows

package store

import (
	"path/filepath"

	"github.com/google/renameio/v2"
)

// write puts data in place of file, whole or not at all. The file is never,
// not even for an instant, open to others: it is created with its permissions
// under another name in the same directory.
func write(file string, data []byte) error {
	if err := ownDir(filepath.Dir(file)); err != nil {
		return err
	}
	file = target(file)
	// Not renameio.WriteFile: it takes over the permissions of the file that
	// it replaces, even ones that others can read.
	f, err := renameio.NewPendingFile(file, renameio.WithPermissions(0o600), renameio.WithTempDir(filepath.Dir(file)))
	if err != nil {
		return err
	}
	defer f.Cleanup() //nolint:errcheck // nothing is left when the replacing succeeded
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.CloseAtomicallyReplace()
}
