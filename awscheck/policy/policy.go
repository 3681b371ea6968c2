// Package policy parses, evaluates and lints AWS IAM policy documents.
//
// One evaluator serves three purposes: the built-in sandbox enforces with it,
// diagnoses explain with it, and the wizard's generated documents are proved
// with it. The rules are those of the IAM User Guide, "Policy evaluation
// logic" and "IAM JSON policy elements".
//
// The package is a leaf: it imports nothing else of this project.
package policy

// The versions of the policy language.
const (
	Version2012 = "2012-10-17"
	Version2008 = "2008-10-17" // also when a document names none; has no variables
)

// Document is one IAM policy document.
type Document struct {
	Version    string // empty when the document names none
	ID         string
	Statements []Statement
}

// Effect is "Allow" or "Deny".
type Effect string

// The two effects that IAM knows.
const (
	Allow Effect = "Allow"
	Deny  Effect = "Deny"
)

// Statement is one element of a document's Statement list. A list that is nil
// was absent; one that is empty was written as [] and matches nothing.
type Statement struct {
	Sid          string
	Effect       Effect
	Principal    *Principals
	NotPrincipal *Principals
	Action       []string
	NotAction    []string
	Resource     []string
	NotResource  []string
	Conditions   []Condition
	// Line is the 1-based line of the statement's opening brace in the
	// parsed text; 0 for statements built in Go.
	Line int
}

// Principals is the value of a Principal or NotPrincipal element.
type Principals struct {
	// Any is true for the bare "*", which means everybody, anonymous
	// requests included.
	Any           bool
	AWS           []string
	Service       []string
	Federated     []string
	CanonicalUser []string
}

// Condition is one operator, key and values of a Condition element. All
// conditions of a statement must hold; any value of a condition may match.
type Condition struct {
	Operator string // as written, for example "ForAnyValue:StringLikeIfExists"
	Key      string // as written; compared without regard to case
	Values   []string
}
