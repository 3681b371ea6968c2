package wizard

import (
	"github.com/mediadock/mediadock/awscheck/policy"
)

// Appendable tells whether a document is appended to a policy that may exist:
// that of the bucket or of a KMS key. kind is as "mediadock policy" calls it.
func Appendable(s Settings, kind string) bool {
	return kind == DocumentBucket || kind == DocumentKMS && s.Integration != "" && s.Integration != DefaultIntegration
}

// AppendPolicy appends the statements of a document to the text of the policy
// that exists: id is "bucket", or that of a key's Piece. Errors are those of
// policy.Append; problems are what the document lacks. A statement that exists
// in the other form of the document, tight or not, is replaced: it is the
// same one.
func AppendPolicy(s Settings, id string, tight bool, existing []byte) (out policy.Appended, problems []FieldError, err error) {
	add, problems := appendix(s, id, tight)
	if len(problems) > 0 {
		return out, problems, nil
	}
	other, _ := appendix(s, id, !tight)
	kind := policy.KindBucket
	if id != DocumentBucket {
		kind = policy.KindKey
	}
	out, err = policy.Append(kind, existing, add, other)
	return out, nil, err
}

// appendix is the document of an id, which has no statements where there is
// none of that id.
func appendix(s Settings, id string, tight bool) (d policy.Document, problems []FieldError) {
	in, _ := IntegrationByID(Defaults(s).Integration)
	if in.pieces == nil {
		return PolicyDocument(s, id, tight)
	}
	kind := id
	if id != DocumentBucket {
		kind = DocumentKMS
	}
	pieces, problems := Pieces(s, kind, tight)
	for _, p := range pieces {
		if p.ID == id && p.Policy != nil {
			d = *p.Policy
		} else if p.Kind == id && p.Policy != nil { // several of one kind are one policy
			d.Version = p.Policy.Version
			d.Statements = append(d.Statements, p.Policy.Statements...)
		}
	}
	return d, problems
}
