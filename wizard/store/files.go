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
		return nil, accessed(dir, err)
	}
	var all []string
	var problems []error
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), suffix)
		switch {
		case !ok:
		case ValidName(name): // a directory, too: in a file's place it is told
			all = append(all, name)
		case !e.IsDir() && ValidName(strings.ToLower(name)):
			problems = append(problems, unusable(filepath.Join(dir, e.Name()), "file.name_case", "the file's name must be in lower case"))
		}
	}
	slices.Sort(all)
	return all, errors.Join(problems...)
}

// path is where a name is kept, an environment's in a directory beside its
// connection's file. On a file system that ignores case there is still one
// file a name, since names have no upper case.
func path(dir, name string) (string, error) {
	if !ValidSaved(name) {
		return "", ErrName
	}
	if connection, environment := SplitName(name); environment != "" {
		return filepath.Join(dir, connection+environmentsDir, environment+suffix), nil
	}
	return filepath.Join(dir, name+suffix), nil
}

func readFile(file string) ([]byte, time.Time, error) {
	info, err := regular(file)
	if err != nil {
		return nil, time.Time{}, err
	}
	f, err := os.Open(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, time.Time{}, ErrNotFound
	case err != nil:
		return nil, time.Time{}, unusable(file, "file.unreadable", why(err))
	}
	defer f.Close() //nolint:errcheck // only read
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	switch {
	case err != nil:
		return nil, time.Time{}, unusable(file, "file.unreadable", why(err))
	case len(data) > most:
		return nil, time.Time{}, unusable(file, "file.too_large", "this is not a file that the program wrote")
	}
	return data, info.ModTime().UTC(), nil
}

// most is the size that no file of ours comes near.
const most = 1 << 20

// regular looks at a file before it is opened: opening a pipe would wait for
// somebody to write into it. A link that leads nowhere is told, not taken for
// nothing, since writing would put a file in its place.
func regular(file string) (fs.FileInfo, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, linked := os.Lstat(file); linked == nil {
			return nil, unusable(file, "file.dangling", "this link leads to a file that is not there")
		}
		return nil, ErrNotFound
	case err != nil:
		return nil, unusable(file, "file.unreadable", why(err))
	case info.IsDir():
		return nil, unusable(file, "file.directory", "this is a directory, not a file")
	case !info.Mode().IsRegular() || info.Size() > most:
		return nil, unusable(file, "file.too_large", "this is not a file that the program wrote")
	}
	return info, nil
}

func remove(file string) error {
	if info, err := os.Lstat(file); err == nil && info.IsDir() {
		return unusable(file, "file.directory", "this is a directory, not a file")
	}
	err := os.Remove(file)
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNotFound
	}
	return accessed(file, err)
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
