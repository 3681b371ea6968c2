package store

import (
	"errors"
	"path/filepath"

	"github.com/goccy/go-yaml"
)

// PrivateData says what becomes of what files tell beside their content when
// they are uploaded through a connection (B10).
type PrivateData string

// The decisions. Without one, AskPrivateData holds.
const (
	AskPrivateData   PrivateData = "ask"
	StripPrivateData PrivateData = "strip"
	KeepPrivateData  PrivateData = "keep"
)

type privateDataFile struct {
	Schema   int         `yaml:"schema"`
	Decision PrivateData `yaml:"decision"`
}

func (s *Store) privateData() string { return filepath.Join(s.dirs.State, "private-data") }

// PrivateDataFile is where the decision for a connection is kept on this
// computer, empty where there is none.
func (s *Store) PrivateDataFile(name string) string {
	if s.PrivateData(name) == AskPrivateData {
		return ""
	}
	file, _ := path(s.privateData(), name) // PrivateData has read it
	return file
}

// PrivateData is what a person decided for a connection on this computer. What
// cannot be read, or is not known, is no decision.
func (s *Store) PrivateData(name string) PrivateData {
	file, err := path(s.privateData(), name)
	if err != nil {
		return AskPrivateData
	}
	var f privateDataFile
	if err := readState(file, &f); err != nil || f.Decision != StripPrivateData && f.Decision != KeepPrivateData {
		return AskPrivateData
	}
	return f.Decision
}

// SavePrivateData records that decision. AskPrivateData takes it back.
func (s *Store) SavePrivateData(name string, d PrivateData) error {
	file, err := path(s.privateData(), name)
	if err != nil {
		return err
	}
	if d == AskPrivateData {
		if err := remove(file); !errors.Is(err, ErrNotFound) {
			return err
		}
		return nil
	}
	data, err := yaml.Marshal(privateDataFile{schema, d})
	if err != nil {
		return err
	}
	return write(file, data)
}
