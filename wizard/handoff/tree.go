package handoff

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// tree is a policy document as ordered maps, lists and strings: what the
// writers of other notations walk.
func tree(d policy.Document) yaml.MapSlice {
	data, err := json.Marshal(d)
	if err != nil {
		panic(err) // documents are made here, and hold no key twice
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	t, err := node(dec)
	if err != nil {
		panic(err)
	}
	return t.(yaml.MapSlice)
}

// node reads one value in the order in which it is written.
func node(dec *json.Decoder) (any, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		m := yaml.MapSlice{}
		for dec.More() {
			key, err := dec.Token()
			if err != nil {
				return nil, err
			}
			value, err := node(dec)
			if err != nil {
				return nil, err
			}
			m = append(m, yaml.MapItem{Key: fmt.Sprint(key), Value: value})
		}
		_, err = dec.Token()
		return m, err
	case json.Delim('['):
		list := []any{}
		for dec.More() {
			value, err := node(dec)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		_, err = dec.Token()
		return list, err
	}
	return token, nil
}

// JSON is a document as it is pasted into the console.
func JSON(d policy.Document) []byte { return indent(compact(d)) }

func indent(data []byte) []byte {
	var b bytes.Buffer
	if err := json.Indent(&b, data, "", "  "); err != nil {
		panic(err) // it was written by the encoder
	}
	return b.Bytes()
}

// compact is anything as JSON in one line, without HTML escapes.
func compact(v any) []byte {
	if d, ok := v.(policy.Document); ok {
		data, err := d.MarshalJSON() // by itself: json.Marshal would escape < and >
		if err != nil {
			panic(err)
		}
		return data
	}
	if s, ok := v.(policy.Statement); ok {
		data, err := s.MarshalJSON()
		if err != nil {
			panic(err)
		}
		return data
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimSpace(b.Bytes())
}

// line is a tree as JSON in one line, in the order of its keys.
func line(v any) string {
	var parts []string
	switch v := v.(type) {
	case yaml.MapSlice:
		for _, it := range v {
			parts = append(parts, string(compact(it.Key))+":"+line(it.Value))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case []any:
		for _, one := range v {
			parts = append(parts, line(one))
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	return string(compact(v))
}
