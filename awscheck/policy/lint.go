package policy

import (
	"maps"
	"slices"
)

// Kind is what a document is attached to.
type Kind int

// The kinds of document that Lint knows.
const (
	KindIdentity Kind = iota // attached to a user or role
	KindTrust                // a role's trust policy
	KindBucket               // a bucket policy
	KindKey                  // a KMS key policy
)

// Severity tells how much a finding matters.
type Severity int

// The severities, gravest last.
const (
	SeverityNote    Severity = iota // worth knowing
	SeverityWarning                 // wider than it need be, or easily misread
	SeverityError                   // AWS refuses it, it never takes effect, or it lets strangers in
)

// Finding is something in a document that people should know about. Codes
// are stable; their words are elsewhere.
type Finding struct {
	Code      string
	Severity  Severity
	Statement int // index into Document.Statements; -1: the document itself
	Args      map[string]string
}

// Scope is what a bucket policy or a role's permissions are meant for. Empty
// fields are not checked.
type Scope struct {
	Bucket string
	Prefix string // without slashes at its ends
}

// severities lists every code that Lint reports.
var severities = map[string]Severity{
	// The document.
	"version-missing":         SeverityNote,    // policy variables are plain text then
	"variable-in-old-version": SeverityError,   // value
	"too-large":               SeverityError,   // size, limit
	"too-large-default":       SeverityWarning, // size, limit: allowed after a quota increase
	"too-large-managed":       SeverityNote,    // size, limit: fits inline, not as a managed policy
	"id-not-allowed":          SeverityWarning,
	"no-statements":           SeverityError,

	// Elements of a statement.
	"sid-charset":           SeverityError, // value
	"sid-repeated":          SeverityError, // value
	"principal-missing":     SeverityError,
	"principal-not-allowed": SeverityError,
	"resource-missing":      SeverityError,
	"resource-not-allowed":  SeverityError,
	"empty-list":            SeverityWarning, // name
	"allow-not-principal":   SeverityError,
	"deny-not-principal":    SeverityWarning,
	"allow-not-action":      SeverityWarning,
	"allow-not-resource":    SeverityWarning,

	// Actions.
	"action-everything": SeverityWarning, // action
	"action-service":    SeverityWarning, // action
	"action-wildcard":   SeverityNote,    // action
	"action-powerful":   SeverityWarning, // action

	// Resources.
	"resource-format":         SeverityError,   // resource
	"resource-everything":     SeverityWarning, // resource
	"resource-region":         SeverityError,   // resource, want
	"resource-empty-segment":  SeverityError,   // resource, want
	"resource-open-end":       SeverityWarning, // resource, want
	"object-action-on-bucket": SeverityError,   // action, resource, want
	"bucket-action-on-object": SeverityError,   // action, resource, want
	"resource-other-bucket":   SeverityWarning, // resource, bucket
	"resource-beyond-prefix":  SeverityWarning, // resource, want

	// Principals.
	"principal-format":   SeverityError, // value
	"principal-wildcard": SeverityError, // value
	"principal-group":    SeverityError, // value
	"principal-deleted":  SeverityError, // value
	"principal-empty":    SeverityWarning,

	// Conditions.
	"condition-value":        SeverityError,   // operator, key, value
	"condition-empty":        SeverityWarning, // operator, key
	"condition-literal-star": SeverityWarning, // operator, key, value
	"condition-for-all":      SeverityWarning, // operator, key
	"prefix-on-objects":      SeverityError,   // action

	// Trust policies.
	"trust-anyone":             SeverityError,
	"trust-not-principal":      SeverityError,
	"trust-action-wide":        SeverityWarning, // action
	"trust-no-assume-role":     SeverityError,
	"trust-mixed":              SeverityWarning,
	"trust-mfa":                SeverityWarning,
	"trust-condition":          SeverityNote, // operator, key
	"external-id-missing":      SeverityError,
	"external-id-wildcard":     SeverityError, // value
	"external-id-optional":     SeverityError, // operator
	"external-id-negated":      SeverityError, // operator
	"external-id-wrong-key":    SeverityError, // key
	"external-id-format":       SeverityError, // value
	"external-id-ignores-case": SeverityWarning,
	"external-id-several":      SeverityWarning, // count
	"external-id-short":        SeverityWarning, // value

	// Bucket policies.
	"public-read":            SeverityNote,
	"public-list":            SeverityWarning,
	"public-write":           SeverityError,   // action
	"public-beyond-prefix":   SeverityWarning, // resource, want
	"service-without-source": SeverityWarning, // service
	"source-wildcard":        SeverityWarning, // key, value
}

// Codes returns every code that Lint can report, sorted.
func Codes() []string { return slices.Sorted(maps.Keys(severities)) }

// linter collects the findings of one document.
type linter struct {
	doc      *Document
	kind     Kind
	scope    Scope
	findings []Finding
}

// Lint looks for what AWS would refuse, what never takes effect, and what
// grants more than people mean. The findings follow the order of the
// statements; those of the document come first. It never returns nil.
func Lint(d Document, kind Kind) []Finding { return LintScope(d, kind, Scope{}) }

// LintScope is Lint for a document whose bucket and prefix are known: it also
// reports what reaches beyond them.
func LintScope(d Document, kind Kind, scope Scope) []Finding {
	l := &linter{doc: &d, kind: kind, scope: scope, findings: []Finding{}}
	l.document()
	for i := range d.Statements {
		s := &d.Statements[i]
		l.shape(i, s)
		l.principals(i, s)
		l.actions(i, s)
		l.resources(i, s)
		l.conditions(i, s)
		switch kind {
		case KindTrust:
			l.trust(i, s)
		case KindBucket:
			l.bucket(i, s)
		}
	}
	return l.findings
}

// add appends a finding; args are names and values by turns.
func (l *linter) add(statement int, code string, args ...string) {
	severity, known := severities[code]
	if !known {
		panic("policy: lint code without a severity: " + code)
	}
	f := Finding{Code: code, Severity: severity, Statement: statement, Args: map[string]string{}}
	for i := 0; i+1 < len(args); i += 2 {
		f.Args[args[i]] = args[i+1]
	}
	l.findings = append(l.findings, f)
}
