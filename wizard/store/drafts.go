package store

import (
	"errors"
	"path/filepath"
	"slices"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/wizard"
)

// Draft is a set-up that was begun and not saved. Its settings are as typed,
// valid or not; the external ID among them is kept until the draft is deleted.
type Draft struct {
	Name     string
	Settings wizard.Settings
	Step     string    // id of the step where it was left
	Edit     bool      // it changes the saved connection of that name
	SavedAt  time.Time // set by LoadDraft and Drafts
}

type draftFile struct {
	Schema   int             `yaml:"schema"`
	Step     string          `yaml:"step,omitempty"`
	Edit     bool            `yaml:"edit,omitempty"`
	Settings wizard.Settings `yaml:"settings"`
}

func (s *Store) drafts() string { return filepath.Join(s.dirs.State, "drafts") }

// Drafts returns the drafts, the newest first. As with List, one that cannot
// be read does not hide the others.
func (s *Store) Drafts() ([]Draft, error) {
	all, err := names(s.drafts())
	problems := []error{err}
	var list []Draft
	for _, name := range all {
		d, err := s.LoadDraft(name)
		switch {
		case err == nil:
			list = append(list, d)
		case !errors.Is(err, ErrNotFound):
			problems = append(problems, err)
		}
	}
	slices.SortStableFunc(list, func(a, b Draft) int { return b.SavedAt.Compare(a.SavedAt) })
	return list, errors.Join(problems...)
}

// LoadDraft reads a draft; errors are those of Load.
func (s *Store) LoadDraft(name string) (Draft, error) {
	file, err := path(s.drafts(), name)
	if err != nil {
		return Draft{}, err
	}
	var f draftFile
	if _, err := read(file, &f); err != nil {
		return Draft{}, err
	}
	return Draft{Name: name, Settings: f.Settings, Step: f.Step, Edit: f.Edit, SavedAt: modified(file)}, nil
}

// SaveDraft writes a draft in place of the one of that name.
func (s *Store) SaveDraft(d Draft) error {
	file, err := path(s.drafts(), d.Name)
	if err != nil {
		return err
	}
	data, err := yaml.Marshal(draftFile{schema, d.Step, d.Edit, d.Settings})
	if err != nil {
		return err
	}
	return write(file, data)
}

// DeleteDraft removes a draft; removing one that is not there is no error.
func (s *Store) DeleteDraft(name string) error {
	file, err := path(s.drafts(), name)
	if err != nil {
		return err
	}
	if err := remove(file); err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	return nil
}
