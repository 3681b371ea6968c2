package policy

// Kind is what a document is attached to.
type Kind int

// The kinds of document that Lint knows.
const (
	KindIdentity Kind = iota // attached to a user or role
	KindTrust                // a role's trust policy
	KindBucket               // a bucket policy
	KindKey                  // a KMS key policy
)

// Finding is something in a document that people should know about.
type Finding struct {
	Code      string
	Statement int // index into Document.Statements; -1: the document itself
	Args      map[string]string
}
