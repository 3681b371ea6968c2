// Package wizard holds what an administrator enters: settings and their
// grammar, the flow of questions, the integrations, and the documents that
// follow from the answers. It knows nothing of terminals, disks or networks;
// wizard/store keeps what it produces.
package wizard

// Settings are what the administrator enters (contract, section 2). The
// zero value is an empty form; Defaults fills what has a default.
type Settings struct {
	Integration      string `yaml:"integration" json:"integration"`
	Bucket           string `yaml:"bucket" json:"bucket"`
	Region           string `yaml:"region" json:"region"`
	Access           string `yaml:"access" json:"access"` // "role" or "caller"
	RoleARN          string `yaml:"role_arn,omitempty" json:"role_arn"`
	ExternalID       string `yaml:"external_id,omitempty" json:"external_id"`
	TrustedPrincipal string `yaml:"trusted_principal,omitempty" json:"trusted_principal"`
	Prefix           string `yaml:"prefix,omitempty" json:"prefix"`
	Domain           string `yaml:"domain,omitempty" json:"domain"`
	FixFileNames     bool   `yaml:"fix_file_names" json:"fix_file_names"`
	Distribution     string `yaml:"distribution,omitempty" json:"distribution"`
	ServiceID        string `yaml:"service_id,omitempty" json:"service_id"`
	ManagedBy        string `yaml:"managed_by" json:"managed_by"` // "mediadock" or "service"
	Notes            string `yaml:"notes,omitempty" json:"notes"`
}

// FieldError says what is wrong with one field. Code is one of the
// contract's validation codes; Suggestion, when not empty, is a value that
// would be accepted in place of the one given.
type FieldError struct {
	Field      string
	Code       string
	Args       map[string]string
	Suggestion string
}

// Error makes a FieldError an error; people see the text of tui/text instead.
func (e *FieldError) Error() string { return e.Code }

// Notice tells what was changed silently-but-visibly, such as trimmed white
// space, or what deserves attention without being wrong.
type Notice struct {
	Field string            `json:"field"`
	Code  string            `json:"code"`
	Args  map[string]string `json:"-"`
}
