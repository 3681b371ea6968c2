package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/wizard"
)

// Connection is settings saved under a name.
type Connection struct {
	Name     string
	Settings wizard.Settings
	SavedAt  time.Time // set by Load and List
	// Revision identifies the content that was loaded; it is empty for a
	// connection that was not loaded, which Save then takes for a new one.
	Revision string
}

type connectionFile struct {
	Schema          int `yaml:"schema"`
	wizard.Settings `yaml:",inline"`
}

func (s *Store) connections() string { return filepath.Join(s.dirs.Config, "connections") }

// List returns the connections in the order of their names. One that cannot
// be read does not hide the others: they are returned together with the
// joined errors, each a *CorruptError or an error of the file system.
func (s *Store) List() ([]Connection, error) {
	all, err := names(s.connections())
	problems := []error{err}
	var list []Connection
	for _, name := range all {
		c, err := s.Load(name)
		switch {
		case err == nil:
			list = append(list, c)
		case !errors.Is(err, ErrNotFound): // not deleted meanwhile
			problems = append(problems, err)
		}
	}
	return list, errors.Join(problems...)
}

// Load reads a connection. The error is ErrNotFound, ErrName, a *CorruptError
// or one of the file system.
func (s *Store) Load(name string) (Connection, error) {
	file, err := path(s.connections(), name)
	if err != nil {
		return Connection{}, err
	}
	var f connectionFile
	data, err := read(file, &f)
	if err != nil {
		return Connection{}, err
	}
	return Connection{Name: name, Settings: f.Settings, SavedAt: modified(file), Revision: revision(data)}, nil
}

// Save writes a connection. It answers ErrChanged, and writes nothing, when
// the file is not the one that was loaded: changed or deleted since, or there
// already while c was never loaded.
func (s *Store) Save(c Connection) error {
	file, err := path(s.connections(), c.Name)
	if err != nil {
		return err
	}
	data, err := yaml.Marshal(connectionFile{schema, c.Settings})
	if err != nil {
		return err
	}
	now, err := os.ReadFile(file)
	switch {
	case err == nil && c.Revision != revision(now):
		return ErrChanged
	case errors.Is(err, os.ErrNotExist) && c.Revision != "":
		return ErrChanged
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return err
	}
	return write(file, data)
}

// Delete removes a connection and what is remembered about it.
func (s *Store) Delete(name string) error {
	file, err := path(s.connections(), name)
	if err != nil {
		return err
	}
	if err := remove(file); err != nil {
		return err
	}
	return s.forget(name)
}

func revision(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func modified(file string) time.Time {
	info, err := os.Stat(file)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime().UTC()
}
