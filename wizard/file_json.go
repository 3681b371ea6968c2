package wizard

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// readJSON reads one object of plain values, with the line of each key.
func readJSON(text string) ([]entry, error) {
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	line := func() int { return 1 + strings.Count(text[:dec.InputOffset()], "\n") }
	syntax := func(err error) *FileError {
		var s *json.SyntaxError
		at := line()
		if errors.As(err, &s) && int(s.Offset) <= len(text) {
			at = 1 + strings.Count(text[:s.Offset], "\n")
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			err, at = io.ErrUnexpectedEOF, 1+strings.Count(text, "\n")
		}
		return fileError(at, "file.syntax", "reason", err.Error())
	}
	if _, err := dec.Token(); err != nil { // the opening brace
		return nil, syntax(err)
	}
	var entries []entry
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, syntax(err)
		}
		e := entry{line: line()}
		e.key, _ = key.(string)
		value, err := dec.Token()
		if err != nil {
			return nil, syntax(err)
		}
		switch v := value.(type) {
		case nil:
			e.null = true
		case string:
			e.value = v
		case json.Number:
			e.value = v.String()
		case bool:
			e.value = "false"
			if v {
				e.value = "true"
			}
		default:
			return nil, fileError(line(), "file.not_a_value", "key", brief(e.key))
		}
		entries = append(entries, e)
	}
	if _, err := dec.Token(); err != nil { // the closing brace
		return nil, syntax(err)
	}
	if rest := bytes.TrimSpace([]byte(text[dec.InputOffset():])); len(rest) > 0 {
		return nil, fileError(line(), "file.documents")
	}
	return entries, nil
}
