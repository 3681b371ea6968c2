package s3

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// scalar is a value of the account file as text.
func scalar(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// texts is a list of the account file, or a single value, as texts.
func texts(v any) []string {
	list, ok := v.([]any)
	if !ok {
		return []string{scalar(v)}
	}
	out := make([]string, 0, len(list))
	for _, e := range list {
		out = append(out, scalar(e))
	}
	return out
}

// rule writes a free-form rule of the account file, such as a lifecycle rule,
// as XML: keys become elements, lists repeated elements in the singular.
func (x *xmlWriter) rule(name string, v any) {
	switch v := v.(type) {
	case map[string]any:
		x.open(name)
		for _, key := range slices.Sorted(maps.Keys(v)) {
			x.rule(elementName(key), v[key])
		}
		x.end(name)
	case []any:
		for _, e := range v {
			x.rule(strings.TrimSuffix(name, "s"), e)
		}
	default:
		x.text(name, scalar(v))
	}
}

// elementName makes noncurrent_days NoncurrentDays; what has capitals already
// stays.
func elementName(key string) string {
	if strings.EqualFold(key, "id") {
		return "ID"
	}
	if strings.ToLower(key) != key {
		return key
	}
	var b strings.Builder
	for word := range strings.SplitSeq(key, "_") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}
