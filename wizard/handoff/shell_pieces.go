package handoff

import (
	"path/filepath"
	"strings"

	"github.com/mediadock/mediadock/wizard"
)

// placed is a piece as the script's template asks for it.
type placed struct {
	wizard.Piece
	Target   string // of a user or role; empty where it is not known
	Proposed bool
}

// Placed are the pieces in their order, those of the bucket's policy as one.
func (s script) Placed() (all []placed) {
	bucket, _ := s.bucketPieces()
	told := false
	for _, piece := range s.Pieces {
		if piece.On == wizard.OnBucket {
			if told {
				continue
			}
			told = true
			piece.Policy = &bucket
		}
		name, proposed := s.target(piece)
		all = append(all, placed{piece, name, proposed})
	}
	return all
}

// Unknown are those whose role or key the caller of the script names.
func (s script) Unknown() (all []placed) {
	for _, piece := range s.unknown() {
		all = append(all, placed{Piece: piece})
	}
	return all
}

// WholeAccount turns an account into the principal as which AWS stores it.
func (s script) WholeAccount() string {
	return `s/"\([0-9]\{12\}\)"/"arn:` + s.Partition + `:iam::\1:root"/g`
}

// Needs says what to name.
func (p placed) Needs(s script) string {
	return s.say("handoff.piece.variable."+p.On, s.args("document", p.ID)) + " " + s.Say("set", "variable", p.Variable())
}

// Comment says what follows.
func (p placed) Comment(s script) string { return s.Comment("piece." + p.On) }

// JSON is the document in several lines.
func (p placed) JSON() string { return string(Body(p.Piece)) }

// Name is that of the inline policy.
func (p placed) Name() string { return policyName(p.Piece) }

// Variable is the variable that names what a piece belongs to.
func (p placed) Variable() string { return strings.ToUpper(variable(p.Piece)) }

// Word is what a piece belongs to, as a word of the shell; Bare the same
// within quotes.
func (p placed) Word() string {
	switch {
	case p.Of == "" && p.Target == "":
		return `"$` + p.Variable() + `"`
	case p.On == wizard.OnKey:
		return quoteShell(p.Of)
	}
	return quoteShell(p.Target)
}

// Bare is Word within double quotes; ARNs have nothing that a shell reads.
func (p placed) Bare() string {
	if p.Of == "" {
		return "$" + p.Variable()
	}
	return p.Of
}

// Path is where the file goes, below the script.
func (p placed) Path() string {
	if p.Of != "" && filepath.IsLocal(filepath.FromSlash(p.Of)) {
		return p.Of
	}
	return FileName(p.Piece)
}

// Statements are those of a policy, or the rules of a CORS configuration, each
// in one line.
func (p placed) Statements() (list []string) {
	if p.Policy == nil {
		for _, rule := range rules(p.Piece) {
			list = append(list, line(rule))
		}
		return list
	}
	for _, st := range p.Policy.Statements {
		list = append(list, string(compact(st)))
	}
	return list
}
