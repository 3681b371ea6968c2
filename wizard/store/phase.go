package store

import (
	"errors"
	"path/filepath"
	"slices"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/wizard"
)

// Phase is how far an environment is.
type Phase string

// The phases. Without one written down, Whole holds.
const (
	Whole    Phase = ""
	Creating Phase = "creating" // its media are being copied, or that was cut short
	Deleting Phase = "deleting" // its media are being deleted, or that was cut short
)

// phaseFile is kept under the environment's name. What does not change when the
// connection's file is renamed by hand is where its media lie.
type phaseFile struct {
	Schema int    `yaml:"schema"`
	Phase  Phase  `yaml:"phase"`
	Place  string `yaml:"place,omitempty"` // as placeOf tells it; older files have none
}

func (s *Store) phases() string { return filepath.Join(s.dirs.State, "environments") }

// placeOf is where an environment's media lie: bucket and directory.
func placeOf(c Connection) string {
	_, environment := SplitName(c.Name)
	space := wizard.SpaceOf(c.Settings)
	space.Environment = address.EnvironmentID(c.Settings.ServiceID, environment)
	return space.Bucket + "/" + space.Dir()
}

// Phase tells how far an environment is, also one whose connection was renamed
// by hand. What cannot be read is taken for a creation that is not finished:
// going on with it does no harm.
func (s *Store) Phase(name string) Phase {
	f, err := s.phase(name)
	if err == nil {
		return f.Phase
	}
	if !errors.Is(err, ErrNotFound) {
		return Creating
	}
	c, err := s.Load(name)
	if err != nil {
		return Whole
	}
	phase := Whole
	_ = s.earlierNames(c, func(_ string, f phaseFile) error {
		phase = f.Phase
		return nil
	})
	return phase
}

// phase reads what is written down under a name. Anything but ErrNotFound says
// that there is something, which cannot be read.
func (s *Store) phase(name string) (phaseFile, error) {
	var f phaseFile
	file, err := path(s.phases(), name)
	if err != nil {
		return f, ErrNotFound // nobody could have one of that name
	}
	if err := readState(file, &f); err != nil {
		return f, err
	}
	if !slices.Contains([]Phase{Whole, Creating, Deleting}, f.Phase) {
		return f, errPhase
	}
	return f, nil
}

var errPhase = errors.New("store: no phase that is known")

// earlierNames finds what is written down about the place of an environment
// under names whose settings are there no more: its connection's file was
// renamed by hand.
func (s *Store) earlierNames(c Connection, found func(name string, f phaseFile) error) error {
	_, environment := SplitName(c.Name)
	connections, err := withEnvironments(s.phases())
	problems := []error{err}
	for _, connection := range connections {
		name := EnvironmentName(connection, environment)
		if name == c.Name {
			continue
		}
		f, err := s.phase(name)
		if err != nil || f.Place == "" || f.Place != placeOf(c) {
			continue
		}
		if _, err := s.Load(name); errors.Is(err, ErrNotFound) {
			problems = append(problems, found(name, f))
		}
	}
	return errors.Join(problems...)
}

// SavePhase writes down how far an environment of these settings is, whether
// they are saved or not.
func (s *Store) SavePhase(c Connection, p Phase) error {
	file, err := path(s.phases(), c.Name)
	if err != nil {
		return err
	}
	if p == Whole {
		if err := remove(file); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	} else {
		data, err := yaml.Marshal(phaseFile{schema, p, placeOf(c)})
		if err != nil {
			return err
		}
		if err := write(file, data); err != nil {
			return accessed(file, err)
		}
	}
	return s.earlierNames(c, func(name string, _ phaseFile) error {
		earlier, err := path(s.phases(), name)
		if err != nil {
			return err
		}
		return remove(earlier)
	})
}
