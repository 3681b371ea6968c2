package wizard

import (
	"maps"
	"slices"
	"strings"
)

// FieldError says what is wrong with one field. Code is one of the contract's
// validation codes; its text is "error.<code>".
type FieldError struct {
	Field string
	Code  string
	Args  map[string]string
	// Suggestion, when not empty, is a value of Field that would be accepted
	// in place of the one given. It is never applied without being asked.
	Suggestion string
	// Also holds values for other fields that the same text told: the URL of
	// a bucket names its region and a prefix, too. It may hold values while
	// Suggestion is empty, when the mistake is in another field.
	Also map[string]string
	// Other is the second field of a cross-check, such as "role_arn" where
	// the bucket's name tells another account than the role's ARN.
	Other string
	// Detail narrows Code down where one code covers several mistakes.
	Detail string
}

// Error makes a FieldError an error; people see the text of tui/text instead.
func (e *FieldError) Error() string { return e.Code }

// everyField are the codes, without the field in front, that all fields share
// and have one text: "error.any.<code>".
var everyField = []string{"secret", "pasted_text", "not_used"}

// TextID is the id of the most fitting text: "error.<code>.<detail>" where
// there is a detail, else "error.<code>". Both have a text. Where the text is
// the same for every field, "any" stands in place of the field.
func (e *FieldError) TextID() string {
	id := "error." + e.Code
	if _, code, _ := strings.Cut(e.Code, "."); slices.Contains(everyField, code) {
		id = "error.any." + code
	}
	if e.Detail == "" {
		return id
	}
	return id + "." + e.Detail
}

// Secret tells that the value holds a secret, which is to be kept and shown
// nowhere.
func (e *FieldError) Secret() bool {
	_, code, _ := strings.Cut(e.Code, ".")
	return code == "secret"
}

// Offers are the values to put when the suggestion is taken: Field's and those
// of Also. It is empty when there is nothing to suggest.
func (e *FieldError) Offers() map[string]string {
	all := map[string]string{}
	maps.Copy(all, e.Also)
	if e.Suggestion != "" {
		all[e.Field] = e.Suggestion
	}
	return all
}

// Notice tells what was changed silently-but-visibly, such as trimmed white
// space, or what deserves attention without being wrong. Its text is
// "notice.<code>".
type Notice struct {
	Field string            `json:"field"`
	Code  string            `json:"code"`
	Args  map[string]string `json:"-"`
}

// problem begins a FieldError; the field is the part of the code before the
// dot.
func problem(code string) *FieldError {
	field, _, _ := strings.Cut(code, ".")
	return &FieldError{Field: field, Code: code}
}

func (e *FieldError) detail(d string) *FieldError  { e.Detail = d; return e }
func (e *FieldError) suggest(v string) *FieldError { e.Suggestion = v; return e }
func (e *FieldError) other(key string) *FieldError { e.Other = key; return e }

// args adds pairs of name and value.
func (e *FieldError) args(pairs ...string) *FieldError {
	if e.Args == nil {
		e.Args = map[string]string{}
	}
	for i := 0; i < len(pairs); i += 2 {
		e.Args[pairs[i]] = pairs[i+1]
	}
	return e
}

// also adds a value for another field, unless it is empty.
func (e *FieldError) also(key, v string) *FieldError {
	if v == "" {
		return e
	}
	if e.Also == nil {
		e.Also = map[string]string{}
	}
	e.Also[key] = v
	return e
}

func notice(field, code string, pairs ...string) Notice {
	n := Notice{Field: field, Code: code}
	for i := 0; i < len(pairs); i += 2 {
		if n.Args == nil {
			n.Args = map[string]string{}
		}
		n.Args[pairs[i]] = pairs[i+1]
	}
	return n
}
