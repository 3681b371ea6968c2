package store

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const suffix = ".yaml"

// names lists what is kept in a directory. Files whose names are none of ours
// are left alone; a name that only lacks lower case is an error, because on a
// file system that knows case nothing would ever find it.
func names(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []string
	var problems []error
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), suffix)
		switch {
		case !ok || e.IsDir():
		case ValidName(name):
			all = append(all, name)
		case ValidName(strings.ToLower(name)):
			problems = append(problems, &CorruptError{File: filepath.Join(dir, e.Name()), Reason: "the file's name must be in lower case"})
		}
	}
	slices.Sort(all)
	return all, errors.Join(problems...)
}

// path is where a name is kept. On a file system that ignores case there is
// still one file a name, since names have no upper case.
func path(dir, name string) (string, error) {
	if !ValidName(name) {
		return "", ErrName
	}
	return filepath.Join(dir, name+suffix), nil
}

func readFile(file string) ([]byte, time.Time, error) {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, time.Time{}, ErrNotFound
	}
	if err != nil {
		return nil, time.Time{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	info, err := f.Stat()
	if err != nil {
		return nil, time.Time{}, err
	}
	const most = 1 << 20 // no file of ours comes near
	if info.Size() > most || !info.Mode().IsRegular() {
		return nil, time.Time{}, &CorruptError{File: file, Reason: "this is not a file that the program wrote"}
	}
	data, err := io.ReadAll(f)
	return data, info.ModTime().UTC(), err
}

func remove(file string) error {
	err := os.Remove(file)
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNotFound
	}
	return err
}

// ownDir makes a directory that nobody else can look into, and closes one
// that others can.
func ownDir(dir string) error {
	if err := os.MkdirAll(dir, ownerOnly); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm()&0o077 == 0 {
		return err
	}
	// Some file systems know no permissions; the files have theirs anyway.
	_ = os.Chmod(dir, ownerOnly)
	return nil
}

const ownerOnly = 0o700

// target is the file that a write replaces: behind a symbolic link, such as
// people who keep their configuration elsewhere make, the link's own target.
func target(file string) string {
	if real, err := filepath.EvalSymlinks(file); err == nil {
		return real
	}
	return file
}
