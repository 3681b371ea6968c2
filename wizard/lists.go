package wizard

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// List is a setting of several values: in their order, without blanks,
// separated by commas. No value has a comma in it.
type List string

// Values are the values; none for an empty list.
func (l List) Values() []string { return splitList(string(l)) }

// MarshalJSON writes an array.
func (l List) MarshalJSON() ([]byte, error) { return json.Marshal(append([]string{}, l.Values()...)) }

// UnmarshalJSON reads an array of texts.
func (l *List) UnmarshalJSON(data []byte) error {
	var values []string
	if err := json.Unmarshal(data, &values); err != nil {
		return err
	}
	*l = List(strings.Join(values, ","))
	return nil
}

// splitList takes a list as people write it: values between commas (also the
// Japanese ones), blanks or line breaks around them, none twice.
func splitList(v string) []string {
	var values []string
	for _, one := range strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune(",、，\n\t", r) }) {
		if one = strings.TrimSpace(one); one != "" && !slices.Contains(values, one) {
			values = append(values, one)
		}
	}
	return values
}

// Rules is a setting that is a table: compact JSON, as its integration
// describes it. Files hold it as YAML or JSON of their own; no flag takes it.
type Rules string

// MarshalJSON writes the table itself; null where there is none, and as a text
// what is no JSON.
func (r Rules) MarshalJSON() ([]byte, error) {
	switch {
	case r == "":
		return []byte("null"), nil
	case json.Valid([]byte(r)):
		return []byte(r), nil
	}
	return json.Marshal(string(r))
}

// UnmarshalJSON keeps the JSON, without white space.
func (r *Rules) UnmarshalJSON(data []byte) error {
	var b bytes.Buffer
	if err := json.Compact(&b, data); err != nil {
		return err
	}
	if *r = Rules(b.String()); *r == "null" {
		*r = ""
	}
	return nil
}

// eachOf is the rule of a list whose values obey a rule of their own: the
// error of the first one that does not names it, and suggests the list with
// what would be accepted in its place.
func eachOf(one func(v string, s Settings) (string, *FieldError)) rule {
	return func(v string, s Settings) (string, []Notice, *FieldError) {
		values := splitList(v)
		var out []string
		for i, given := range values {
			value, err := one(given, s)
			if err != nil {
				if err.Suggestion != "" {
					better := slices.Clone(values)
					better[i] = err.Suggestion
					err.suggest(strings.Join(better, ","))
				}
				return v, nil, err.args("value", brief(given))
			}
			if !slices.Contains(out, value) {
				out = append(out, value)
			}
		}
		return strings.Join(out, ","), nil, nil
	}
}
