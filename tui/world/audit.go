package world

import (
	"context"

	"github.com/mediadock/mediadock/media/audit"
)

// Auditor is a Services that compares a connection's catalogue with its bucket
// (B12). Nothing in the bucket is ever changed.
type Auditor interface {
	// Audit looks at all files; deep reads the beginning of each, too, one
	// request a file. found is told of everything that is wrong, with the
	// command that a person may run about it, where there is one.
	Audit(ctx context.Context, name string, deep bool, progress func(step audit.Step, files int), found func(f audit.Finding, command string) error) (Audited, error)
	// Mend mends one finding in the catalogue; done is false where catalogue or
	// file are others by now, and nothing was changed.
	Mend(ctx context.Context, name string, f audit.Finding) (done bool, err error)
}

// Audited is what an audit looked at.
type Audited struct {
	audit.Summary
	// Renames and Uploads are operations of this computer that were cut short.
	Renames, Uploads int
}
