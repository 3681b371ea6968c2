package store

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/wizard"
)

// schema is the version of every file that the store writes.
const schema = wizard.Schema

// settingsFile reads a file of settings, such as people edit by hand. extra
// are the keys it may have beside them.
func settingsFile(file string, data []byte, extra ...string) (map[string]string, error) {
	values, err := wizard.FromFile(data, extra...)
	var bad *wizard.FileError
	switch {
	case errors.As(err, &bad):
		return nil, &CorruptError{File: file, Line: bad.Line, Reason: reason(bad), Cause: bad}
	case err != nil:
		return nil, err
	case values["schema"] == "":
		return nil, unusable(file, "file.no_schema", `the line "schema: 1" is missing`)
	}
	return values, nil
}

func reason(e *wizard.FileError) string {
	switch e.Code {
	case "file.empty":
		return "the file is empty"
	case "file.too_large":
		return "the file is too large"
	case "file.unknown_key":
		return fmt.Sprintf("unknown key %q", e.Args["key"])
	case "file.duplicate_key":
		return fmt.Sprintf("key %q is given twice", e.Args["key"])
	case "file.not_a_value":
		return fmt.Sprintf("the value of %q is no plain value", e.Args["key"])
	case "file.not_on_or_off":
		return fmt.Sprintf("the value of %q is neither true nor false", e.Args["key"])
	case "file.schema":
		return fmt.Sprintf("schema %s is not one that this version of the program can read", e.Args["schema"])
	case "file.syntax":
		return e.Args["reason"]
	}
	return e.Error()
}

// decode reads a file that only the program writes: an unknown key, a value of
// the wrong type and another schema are a *CorruptError.
func decode(file string, data []byte, into any) error {
	var head struct {
		Schema int `yaml:"schema"`
	}
	if err := yaml.Unmarshal(data, &head); err != nil {
		return corrupt(file, err)
	}
	if head.Schema != schema {
		return &CorruptError{File: file, Reason: fmt.Sprintf("schema %d is not one that this version of the program can read", head.Schema)}
	}
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(into); err != nil {
		return corrupt(file, err)
	}
	return nil
}

func corrupt(file string, err error) *CorruptError {
	c := &CorruptError{File: file, Reason: err.Error(), Cause: err}
	var y yaml.Error
	if errors.As(err, &y) {
		c.Reason = y.GetMessage()
		if t := y.GetToken(); t != nil && t.Position != nil {
			c.Line = t.Position.Line
		}
	}
	return c
}
