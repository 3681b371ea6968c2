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
	return renameio.WriteFile(file, data, 0o600,
		renameio.WithStaticPermissions(0o600), renameio.WithTempDir(filepath.Dir(file)))
}
