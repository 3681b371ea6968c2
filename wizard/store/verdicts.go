package store

import (
	"errors"
	"path/filepath"
	"time"

	"github.com/goccy/go-yaml"
)

// Verdict is what the last connection test found, in brief.
type Verdict struct {
	Verdict      string            `yaml:"verdict"`
	FirstProblem string            `yaml:"first_problem,omitempty"` // id of the first row that failed or warned
	Problems     int               `yaml:"problems,omitempty"`      // rows that failed or warned
	Cause        string            `yaml:"cause,omitempty"`         // id of that row's first cause
	CauseArgs    map[string]string `yaml:"cause_args,omitempty"`
	At           time.Time         `yaml:"at"`
	Media        int               `yaml:"media"`                    // last counted; -1 when unknown
	MediaAtLeast bool              `yaml:"media_at_least,omitempty"` // counting stopped there
}

type verdictFile struct {
	Schema  int `yaml:"schema"`
	Verdict `yaml:",inline"`
}

func (s *Store) verdicts() string { return filepath.Join(s.dirs.State, "verdicts") }
func (s *Store) consents() string { return filepath.Join(s.dirs.State, "consents") }

// Verdict returns what is remembered of a connection's last test; false when
// nothing is, or it cannot be read: it can be had again by testing.
func (s *Store) Verdict(name string) (Verdict, bool) {
	file, err := path(s.verdicts(), name)
	if err != nil {
		return Verdict{}, false
	}
	var f verdictFile
	if err := readState(file, &f); err != nil {
		return Verdict{}, false
	}
	return f.Verdict, true
}

// SaveVerdict remembers a connection's last test.
func (s *Store) SaveVerdict(name string, v Verdict) error {
	file, err := path(s.verdicts(), name)
	if err != nil {
		return err
	}
	v.At = v.At.UTC()
	data, err := yaml.Marshal(verdictFile{schema, v})
	if err != nil {
		return err
	}
	return write(file, data)
}

type consentFile struct {
	Schema int       `yaml:"schema"`
	At     time.Time `yaml:"at"`
}

// Consented tells whether a person agreed to write beside a live service
// (D14), and when.
func (s *Store) Consented(name string) (time.Time, bool) {
	file, err := path(s.consents(), name)
	if err != nil {
		return time.Time{}, false
	}
	var f consentFile
	if err := readState(file, &f); err != nil {
		return time.Time{}, false
	}
	return f.At, true
}

// SaveConsent records that agreement.
func (s *Store) SaveConsent(name string, at time.Time) error {
	file, err := path(s.consents(), name)
	if err != nil {
		return err
	}
	data, err := yaml.Marshal(consentFile{schema, at.UTC()})
	if err != nil {
		return err
	}
	return write(file, data)
}

func readState(file string, into any) error {
	data, _, err := readFile(file)
	if err != nil {
		return err
	}
	return decode(file, data, into)
}

// forget removes what is remembered about a connection beside its settings: a
// change of it that was begun, too, whose draft holds all of them. A draft of
// another connection to be, that only has the name, stays.
func (s *Store) forget(name string) error {
	var problems []error
	if d, err := s.LoadDraft(name); err == nil && d.Edit {
		problems = append(problems, s.DeleteDraft(name))
	}
	for _, dir := range []string{s.verdicts(), s.consents(), s.pasted(), s.privateData(), s.phases()} {
		file, err := path(dir, name)
		if err == nil {
			err = remove(file)
		}
		if err != nil && !errors.Is(err, ErrNotFound) {
			problems = append(problems, err)
		}
	}
	return errors.Join(problems...)
}
