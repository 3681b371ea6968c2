package wizard

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
)

// jsonText reads JSON with the line of each key.
type jsonText struct {
	text string
	dec  *json.Decoder
}

// readJSON reads one object of plain values, and the list of connections in
// it, if there is one.
func readJSON(text string) (f fileOfSettings, err error) {
	j := &jsonText{text: text, dec: json.NewDecoder(strings.NewReader(text))}
	j.dec.UseNumber()
	if _, err := j.token(); err != nil { // the opening brace
		return f, err
	}
	f.entries, err = j.object(func() error {
		if f.listLine > 0 {
			return fileError(j.line(), "file.duplicate_key", "key", listKey)
		}
		f.listLine = j.line()
		f.items, err = j.list()
		return err
	})
	if err != nil {
		return f, err
	}
	if rest := bytes.TrimSpace([]byte(text[j.dec.InputOffset():])); len(rest) > 0 {
		return f, fileError(j.line(), "file.documents")
	}
	return f, nil
}

func (j *jsonText) line() int { return 1 + strings.Count(j.text[:j.dec.InputOffset()], "\n") }

func (j *jsonText) token() (json.Token, error) {
	t, err := j.dec.Token()
	if err == nil {
		return t, nil
	}
	var s *json.SyntaxError
	at := j.line()
	if errors.As(err, &s) && int(s.Offset) <= len(j.text) {
		at = 1 + strings.Count(j.text[:s.Offset], "\n")
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err, at = io.ErrUnexpectedEOF, 1+strings.Count(j.text, "\n")
	}
	return nil, fileError(at, "file.syntax", "reason", err.Error())
}

// object reads to the end of an object whose brace is read already; list,
// where it is not nil, reads the array of connections, whose bracket is.
func (j *jsonText) object(list func() error) ([]entry, error) {
	var entries []entry
	for j.dec.More() {
		key, err := j.token()
		if err != nil {
			return nil, err
		}
		e := entry{line: j.line()}
		e.key, _ = key.(string)
		value, err := j.token()
		if err != nil {
			return nil, err
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
			if kind := kindOf(e.key); kind == Several || kind == Table {
				if e.value, err = j.nested(e.key, kind); err != nil {
					return nil, err
				}
				break
			}
			if v != json.Delim('[') || e.key != listKey || list == nil {
				return nil, fileError(j.line(), "file.not_a_value", "key", brief(e.key))
			}
			if err := list(); err != nil {
				return nil, err
			}
			continue
		}
		entries = append(entries, e)
	}
	_, err := j.token() // the closing brace
	return entries, err
}

// nested reads a list or a table whose opening bracket was read, and gives it
// as Settings hold it.
func (j *jsonText) nested(key string, kind Kind) (string, error) {
	begin, depth, line := int(j.dec.InputOffset())-1, 1, j.line()
	for depth > 0 {
		t, err := j.token()
		if err != nil {
			return "", err
		}
		switch t {
		case json.Delim('['), json.Delim('{'):
			depth++
		case json.Delim(']'), json.Delim('}'):
			depth--
		}
	}
	written := []byte(j.text[begin:j.dec.InputOffset()])
	if kind == Several {
		var values []string
		if json.Unmarshal(written, &values) != nil || slices.ContainsFunc(values, func(v string) bool { return strings.Contains(v, ",") }) {
			return "", fileError(line, "file.not_a_value", "key", brief(key))
		}
		return strings.Join(values, ","), nil
	}
	var b bytes.Buffer
	if err := json.Compact(&b, written); err != nil {
		return "", fileError(line, "file.not_a_value", "key", brief(key))
	}
	return b.String(), nil
}

func (j *jsonText) list() ([]item, error) {
	var items []item
	for j.dec.More() {
		open, err := j.token()
		if err != nil {
			return nil, err
		}
		it := item{line: j.line()}
		if open != json.Delim('{') {
			return nil, fileError(it.line, "file.not_a_mapping")
		}
		if it.entries, err = j.object(nil); err != nil {
			return nil, err
		}
		items = append(items, it)
	}
	_, err := j.token() // the closing bracket
	return items, err
}
