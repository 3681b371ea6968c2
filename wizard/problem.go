package wizard

import "maps"

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

// TextID is the id of the most fitting text: "error.<code>.<detail>" where
// there is a detail, else "error.<code>". Both have a text.
func (e *FieldError) TextID() string {
	if e.Detail == "" {
		return "error." + e.Code
	}
	return "error." + e.Code + "." + e.Detail
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
