//go:build !windows

package store

import (
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// write puts data in place of file, whole or not at all. Neither the file nor
// a directory made for it is ever open to others.
func write(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return renameio.WriteFile(file, data, 0o600, renameio.WithStaticPermissions(0o600), renameio.WithTempDir(filepath.Dir(file)))
}
