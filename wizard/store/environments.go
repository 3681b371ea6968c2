package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// An environment's settings are a Connection of their own, called
// "connection/environment": a copy at first, and independent from then on
// (M72, M76). They are kept in a directory beside the connection's file.

// environmentsDir ends the name of that directory. It is never a file's: those
// end in ".yaml".
const environmentsDir = ".environments"

var validEnvironment = lazyregexp.New(`^[a-z0-9][a-z0-9-]{0,31}$`)

// ValidEnvironment tells whether an environment can have this name.
func ValidEnvironment(name string) bool { return validEnvironment.MatchString(name) }

// EnvironmentName is the name under which an environment's settings are kept.
func EnvironmentName(connection, environment string) string { return connection + "/" + environment }

// SplitName takes a name apart; environment is empty where name is a
// connection's.
func SplitName(name string) (connection, environment string) {
	connection, environment, _ = strings.Cut(name, "/")
	return connection, environment
}

// NameOfFile is the name whose settings a file holds, as it is in the errors of
// List and Environments.
func NameOfFile(file string) string {
	name := strings.TrimSuffix(filepath.Base(file), suffix)
	if connection, ok := strings.CutSuffix(filepath.Base(filepath.Dir(file)), environmentsDir); ok {
		return EnvironmentName(connection, name)
	}
	return name
}

// ValidSaved tells whether settings can be kept under this name: a
// connection's, or "connection/environment".
func ValidSaved(name string) bool {
	connection, environment, is := strings.Cut(name, "/")
	return ValidName(connection) && (!is || ValidEnvironment(environment))
}

// EnvironmentsDir is the directory that keeps the settings of a connection's
// environments. To rename a connection by hand is to rename this one, too.
func (s *Store) EnvironmentsDir(connection string) string {
	return filepath.Join(s.connections(), connection+environmentsDir)
}

// Environments returns the environments of a connection in the order of their
// names, with errors as those of List.
func (s *Store) Environments(connection string) ([]Connection, error) {
	if !ValidName(connection) {
		return nil, ErrName
	}
	return list(s.EnvironmentsDir(connection), func(environment string) (Connection, error) {
		if !ValidEnvironment(environment) {
			return Connection{}, ErrNotFound // nobody could name it
		}
		return s.Load(EnvironmentName(connection, environment))
	})
}

// AllEnvironments returns those of every connection, also of ones whose own
// file is gone.
func (s *Store) AllEnvironments() ([]Connection, error) {
	with, err := withEnvironments(s.connections())
	if err != nil {
		return nil, err
	}
	var found []Connection
	var problems []error
	for _, connection := range with {
		some, err := s.Environments(connection)
		found, problems = append(found, some...), append(problems, err)
	}
	return found, errors.Join(problems...)
}

// withEnvironments names the connections of whose environments something is
// kept in a directory.
func withEnvironments(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, accessed(dir, err)
	}
	var found []string
	for _, e := range entries {
		if connection, ok := strings.CutSuffix(e.Name(), environmentsDir); ok && e.IsDir() && ValidName(connection) {
			found = append(found, connection)
		}
	}
	return found, nil
}

// forgetEnvironments removes the settings of a connection's environments, and
// what is remembered of them.
func (s *Store) forgetEnvironments(connection string) error {
	dir := s.EnvironmentsDir(connection)
	all, err := names(dir)
	problems := []error{err}
	for _, environment := range all {
		if !ValidEnvironment(environment) {
			continue
		}
		if err := s.Delete(EnvironmentName(connection, environment)); !errors.Is(err, ErrNotFound) {
			problems = append(problems, err)
		}
	}
	_ = os.Remove(dir) // stays while anything else is in it
	return errors.Join(problems...)
}
