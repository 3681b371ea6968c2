package store

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
)

// schema is the version of every file that the store writes.
const schema = 1

// decode reads a file strictly: an unknown key, a key given twice, a value of
// the wrong type and a schema from a newer program are all a *CorruptError.
func decode(file string, data []byte, into any) error {
	var head struct {
		Schema *int `yaml:"schema"`
	}
	if err := yaml.Unmarshal(data, &head); err != nil {
		return corrupt(file, err)
	}
	switch {
	case head.Schema == nil:
		return &CorruptError{File: file, Reason: "the line \"schema: 1\" is missing"}
	case *head.Schema > schema:
		return &CorruptError{File: file, Reason: fmt.Sprintf("schema %d was written by a newer version of the program", *head.Schema)}
	case *head.Schema < 1:
		return &CorruptError{File: file, Reason: fmt.Sprintf("schema %d does not exist", *head.Schema)}
	}
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(into); err != nil {
		return corrupt(file, err)
	}
	return nil
}

func corrupt(file string, err error) *CorruptError {
	c := &CorruptError{File: file, Reason: err.Error()}
	var y yaml.Error
	if errors.As(err, &y) {
		c.Reason = y.GetMessage()
		if t := y.GetToken(); t != nil && t.Position != nil {
			c.Line = t.Position.Line
		}
	}
	return c
}
