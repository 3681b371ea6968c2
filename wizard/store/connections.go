package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"time"

	"github.com/mediadock/mediadock/wizard"
)

// Connection is settings saved under a name; those of an environment under
// "connection/environment".
type Connection struct {
	Name     string
	Settings wizard.Settings
	SavedAt  time.Time // set by Load and List
	// Revision identifies the content that was loaded; it is empty for a
	// connection that was not loaded, which Save then takes for a new one.
	Revision string
}

func (s *Store) connections() string { return filepath.Join(s.dirs.Config, "connections") }

// List returns the connections, without their environments, in the order of their names. One that cannot
// be read does not hide the others: they are returned together with the
// joined errors, each a *CorruptError or an error of the file system.
func (s *Store) List() ([]Connection, error) {
	return list(s.connections(), s.Load)
}

func list[T any](dir string, load func(string) (T, error)) ([]T, error) {
	all, err := names(dir)
	problems := []error{err}
	var found []T
	for _, name := range all {
		one, err := load(name)
		switch {
		case err == nil:
			found = append(found, one)
		case !errors.Is(err, ErrNotFound): // deleted meanwhile
			problems = append(problems, err)
		}
	}
	return found, errors.Join(problems...)
}

// Load reads a connection. The error is ErrNotFound, ErrName, a *CorruptError
// or one of the file system.
func (s *Store) Load(name string) (Connection, error) {
	file, err := path(s.connections(), name)
	if err != nil {
		return Connection{}, err
	}
	data, saved, err := readFile(file)
	if err != nil {
		return Connection{}, err
	}
	values, err := settingsFile(file, data)
	if err != nil {
		return Connection{}, err
	}
	return Connection{Name: name, Settings: settings(values), SavedAt: saved, Revision: revision(data)}, nil
}

// Save writes a connection. A file that cannot be read is never replaced: the
// error is its *CorruptError. An *AccessError tells what keeps the disk from
// writing; then nothing is changed. It answers ErrChanged, and writes nothing, when
// the file is not the one that was loaded: changed or deleted since, or there
// already while c was never loaded. Save does not update c; load it again
// before the next Save.
func (s *Store) Save(c Connection) error {
	file, err := path(s.connections(), c.Name)
	if err != nil {
		return err
	}
	return locked(s.connections(), func() error {
		if err := unchanged(file, c.Revision); err != nil {
			return err
		}
		return accessed(file, write(file, wizard.ToFile(c.Settings, true)))
	})
}

// unchanged tells whether a file is still the one of a revision, empty for
// none. One that cannot be read is told as such.
func unchanged(file, was string) error {
	now := ""
	data, _, err := readFile(file)
	if err == nil {
		now = revision(data)
	} else if !errors.Is(err, ErrNotFound) {
		return err
	}
	if now == was {
		return nil
	}
	if now != "" {
		if _, err := settingsFile(file, data); err != nil {
			return err
		}
	}
	return ErrChanged
}

// Remove removes a connection as it was loaded, and what is remembered about
// it. It answers ErrChanged, and removes nothing, when it was changed or
// removed since.
func (s *Store) Remove(c Connection) error {
	file, err := path(s.connections(), c.Name)
	if err != nil {
		return err
	}
	err = locked(s.connections(), func() error {
		if err := unchanged(file, c.Revision); err != nil {
			return err
		}
		return remove(file)
	})
	if err != nil {
		return err
	}
	return s.forget(c.Name)
}

// Delete removes a connection, its environments' settings and what is
// remembered about them, also one that cannot be read: it is the way out that
// a person asks for by name.
func (s *Store) Delete(name string) error {
	file, err := path(s.connections(), name)
	if err != nil {
		return err
	}
	if err := locked(s.connections(), func() error { return remove(file) }); err != nil {
		return err
	}
	if _, environment := SplitName(name); environment == "" {
		err = s.forgetEnvironments(name)
	}
	return errors.Join(err, s.forget(name))
}

func settings(values map[string]string) wizard.Settings {
	var s wizard.Settings
	for key, v := range values {
		wizard.Set(&s, key, v)
	}
	return s
}

func revision(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
