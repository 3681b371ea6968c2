package store

import (
	"errors"
	"path/filepath"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/wizard"
)

type pastedFile struct {
	Schema    int                           `yaml:"schema"`
	Documents map[string]wizard.PasteRecord `yaml:"documents"`
}

func (s *Store) pasted() string { return filepath.Join(s.dirs.State, "pasted") }

// Pasted returns which documents of a draft or a connection of that name were
// put into AWS as far as is remembered; what cannot be read is forgotten.
func (s *Store) Pasted(name string) map[string]wizard.PasteRecord {
	file, err := path(s.pasted(), name)
	if err != nil {
		return nil
	}
	var f pastedFile
	if err := readState(file, &f); err != nil {
		return nil
	}
	return f.Documents
}

// SavePasted remembers them; none removes what is remembered.
func (s *Store) SavePasted(name string, records map[string]wizard.PasteRecord) error {
	file, err := path(s.pasted(), name)
	if err != nil {
		return err
	}
	if len(records) == 0 {
		return s.forgetPasted(name)
	}
	data, err := yaml.Marshal(pastedFile{schema, records})
	if err != nil {
		return err
	}
	return accessed(file, write(file, data))
}

// forgetPasted removes it; removing what is not there is no error.
func (s *Store) forgetPasted(name string) error {
	file, err := path(s.pasted(), name)
	if err != nil {
		return err
	}
	if err := remove(file); !errors.Is(err, ErrNotFound) {
		return err
	}
	return nil
}

// forgetPastedOfDraft removes what is remembered of a draft that was deleted,
// unless it belongs to a connection of the same name.
func (s *Store) forgetPastedOfDraft(name string) error {
	if _, err := s.Load(name); !errors.Is(err, ErrNotFound) {
		return nil //nolint:nilerr // a connection that cannot be read is one all the same
	}
	return s.forgetPasted(name)
}
