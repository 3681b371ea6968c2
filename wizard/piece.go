package wizard

import (
	"slices"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// The kinds of documents that integrations other than microCMS have beside
// DocumentPermissions and DocumentBucket.
const (
	DocumentKMS            = "kms"
	DocumentCORS           = "cors"
	DocumentAmplifyBackend = "amplify-backend" // A9 to A26
	DocumentAmplifyOutputs = "amplify-outputs" // A13
	DocumentAll            = "all"
)

// Where a piece belongs.
const (
	OnUser   = "user"   // an inline policy of the IAM user Piece.Of
	OnRole   = "role"   // an inline policy of the role Piece.Of
	OnBucket = "bucket" // statements of the bucket's policy
	OnKey    = "key"    // statements of the policy of the KMS key Piece.Of
	OnCORS   = "cors"   // the bucket's CORS configuration, as a bare array
	InFile   = "file"   // the file Piece.Of of the person's own project
)

// Piece is one document of an integration, and where it belongs.
type Piece struct {
	ID   string // unique among the pieces: "permissions", "bucket", "kms-key-1", "permissions-guest"
	Kind string // as "mediadock policy KIND" calls it
	On   string // OnUser and so on
	// Of names what it belongs to: a user, a role's name or ARN, a key's ARN, a
	// file. Empty where it is not known yet.
	Of string
	// Policy is the document; nil for pieces that are no policy.
	Policy *policy.Document
	// Text is the document otherwise: JSON, or TypeScript in files that end so.
	Text string
}

// Pieces are the documents of a kind of an integration other than microCMS, in
// the order in which they are set up, or all that is missing or wrong.
// DocumentAll is every kind. tight narrows them to what is needed. A kind that
// the integration does not have gives nothing.
func Pieces(s Settings, kind string, tight bool) ([]Piece, []FieldError) {
	s, _ = Normalise(Defaults(s))
	in, ok := IntegrationByID(s.Integration)
	if !ok || in.pieces == nil {
		return nil, nil
	}
	all, problems := in.pieces(s, kind, tight)
	if len(problems) > 0 {
		inOrder(problems)
		return nil, problems
	}
	return slices.DeleteFunc(all, func(p Piece) bool { return kind != DocumentAll && p.Kind != kind }), nil
}
