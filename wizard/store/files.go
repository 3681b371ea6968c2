package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const suffix = ".yaml"

// names lists what is kept in a directory. Files whose names are none of ours
// are left alone.
func names(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []string
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), suffix)
		if ok && !e.IsDir() && ValidName(name) {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all, nil
}

func path(dir, name string) (string, error) {
	if !ValidName(name) {
		return "", ErrName
	}
	return filepath.Join(dir, name+suffix), nil
}

func read(file string, into any) ([]byte, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return data, decode(file, data, into)
}

func remove(file string) error {
	err := os.Remove(file)
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNotFound
	}
	return err
}
