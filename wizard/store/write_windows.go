package store

import (
	"os"
	"path/filepath"
)

// write puts data in place of file, whole or not at all. On Windows the
// directories of a profile are the user's own, and os.Rename replaces.
func write(file string, data []byte) error {
	if err := ownDir(filepath.Dir(file)); err != nil {
		return err
	}
	file = target(file)
	f, err := os.CreateTemp(filepath.Dir(file), ".writing-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // gone when the rename succeeded
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}
