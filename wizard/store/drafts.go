package store

import (
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"time"

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

func (s *Store) drafts() string { return filepath.Join(s.dirs.State, "drafts") }

// Drafts returns the drafts, those of environments' settings as well, the
// newest first. As with List, one that cannot
// be read does not hide the others.
func (s *Store) Drafts() ([]Draft, error) {
	all, err := list(s.drafts(), s.LoadDraft)
	problems := []error{err}
	with, err := withEnvironments(s.drafts())
	problems = append(problems, err)
	for _, connection := range with {
		some, err := list(filepath.Join(s.drafts(), connection+environmentsDir), func(environment string) (Draft, error) {
			if !ValidEnvironment(environment) {
				return Draft{}, ErrNotFound // nobody could name it
			}
			return s.LoadDraft(EnvironmentName(connection, environment))
		})
		all, problems = append(all, some...), append(problems, err)
	}
	slices.SortStableFunc(all, func(a, b Draft) int { return b.SavedAt.Compare(a.SavedAt) })
	return all, errors.Join(problems...)
}

// LoadDraft reads a draft; errors are those of Load.
func (s *Store) LoadDraft(name string) (Draft, error) {
	file, err := path(s.drafts(), name)
	if err != nil {
		return Draft{}, err
	}
	data, saved, err := readFile(file)
	if err != nil {
		return Draft{}, err
	}
	values, err := settingsFile(file, data, "step", "edit")
	if err != nil {
		return Draft{}, err
	}
	return Draft{Name: name, Settings: settings(values), Step: values["step"], Edit: values["edit"] == "true", SavedAt: saved}, nil
}

// SaveDraft writes a draft in place of the one of that name. Settings that hold
// a secret pasted by mistake are left out. A draft that cannot be read, such as
// one of a newer version of the program, is not replaced: the error is its
// *CorruptError.
func (s *Store) SaveDraft(d Draft) error {
	file, err := path(s.drafts(), d.Name)
	if err != nil {
		return err
	}
	return locked(s.drafts(), func() error {
		if _, err := s.LoadDraft(d.Name); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		return accessed(file, write(file, d.file()))
	})
}

// file is the draft as it is written: without secrets, and without what was
// pasted at such a length that the file could not be read again.
func (d Draft) file() []byte {
	s := wizard.WithoutSecrets(d.Settings)
	for {
		data := wizard.ToFile(s, true, "step", d.Step, "edit", strconv.FormatBool(d.Edit))
		if len(data) <= wizard.MaxFile {
			return data
		}
		longest := "notes"
		for _, f := range wizard.Fields(wizard.DefaultIntegration) {
			if len(wizard.Get(s, f.Key)) > len(wizard.Get(s, longest)) {
				longest = f.Key
			}
		}
		wizard.Set(&s, longest, "")
	}
}

// DeleteDraft removes a draft; removing one that is not there is no error. One
// that cannot be read stays: nobody has seen what is in it.
func (s *Store) DeleteDraft(name string) error {
	file, err := path(s.drafts(), name)
	if err != nil {
		return err
	}
	if _, err := s.LoadDraft(name); errors.Is(err, ErrNotFound) {
		return s.forgetPastedOfDraft(name) // no directory is made for nothing
	}
	err = locked(s.drafts(), func() error {
		if _, err := s.LoadDraft(name); err != nil {
			return err
		}
		return remove(file)
	})
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	return s.forgetPastedOfDraft(name)
}
