package account

import (
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"
)

// An overlay is an account told by what differs from another: its key "base"
// names that. Maps are merged key by key; so are the entries of lists that
// have a name of their own; policies and plain values are replaced as a whole,
// and null takes away what the base has.

// overlaid is the text of the account file that an overlay stands for; a file
// without a base is returned as it is.
func overlaid(data []byte, base func(name string) ([]byte, error)) ([]byte, error) {
	top, err := ordered(data)
	if err != nil {
		return nil, err
	}
	name, ok := value(top, "base").(string)
	if !ok {
		return data, nil
	}
	under, err := base(name)
	if err != nil {
		return nil, fmt.Errorf("its base %q: %w", name, err)
	}
	bottom, err := ordered(under)
	if err != nil {
		return nil, fmt.Errorf("its base %q: %w", name, err)
	}
	top = slices.DeleteFunc(top, func(i yaml.MapItem) bool { return i.Key == "base" })
	return yaml.MarshalWithOptions(mergeMaps(bottom, top), yaml.UseLiteralStyleIfMultiline(true))
}

func ordered(data []byte) (yaml.MapSlice, error) {
	var m yaml.MapSlice
	err := yaml.UnmarshalWithOptions(data, &m, yaml.UseOrderedMap())
	return m, err
}

func value(m yaml.MapSlice, key string) any {
	for _, i := range m {
		if i.Key == key {
			return i.Value
		}
	}
	return nil
}

// whole are keys whose values are one thing, never merged: half of one policy
// and half of another is nobody's policy.
var whole = map[any]bool{
	"policy": true, "trust_policy": true, "permissions_boundary": true, "vpc_endpoint_policy": true,
	"summary": true, "metadata": true, "error_response": true,
}

func mergeMaps(bottom, top yaml.MapSlice) yaml.MapSlice {
	out := slices.Clone(bottom)
	for _, item := range top {
		i := slices.IndexFunc(out, func(b yaml.MapItem) bool { return b.Key == item.Key })
		switch {
		case item.Value == nil:
			if i >= 0 {
				out = slices.Delete(out, i, i+1)
			}
		case i < 0:
			out = append(out, item)
		case whole[item.Key]:
			out[i].Value = item.Value
		default:
			out[i].Value = merged(out[i].Value, item.Value)
		}
	}
	return out
}

func merged(bottom, top any) any {
	switch t := top.(type) {
	case yaml.MapSlice:
		if b, ok := bottom.(yaml.MapSlice); ok {
			return mergeMaps(b, t)
		}
	case []any:
		if b, ok := bottom.([]any); ok && identity(t) != "" {
			return mergeLists(b, t, identity(t))
		}
	}
	return top
}

// identity is the key by which the entries of a list are told apart; empty
// where they have none.
func identity(list []any) string {
	if len(list) == 0 {
		return ""
	}
	for _, key := range []string{"name", "id", "arn", "host", "key", "prefix"} {
		if !slices.ContainsFunc(list, func(e any) bool {
			m, ok := e.(yaml.MapSlice)
			return !ok || value(m, key) == nil
		}) {
			return key
		}
	}
	return ""
}

func mergeLists(bottom, top []any, key string) []any {
	out := slices.Clone(bottom)
	for _, entry := range top {
		t := entry.(yaml.MapSlice)
		i := slices.IndexFunc(out, func(e any) bool {
			m, ok := e.(yaml.MapSlice)
			return ok && value(m, key) == value(t, key)
		})
		if i < 0 {
			out = append(out, t)
			continue
		}
		out[i] = mergeMaps(out[i].(yaml.MapSlice), t)
	}
	return out
}
