package handoff

import (
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/wizard"
)

// unknown asks for the roles that are not known yet; descriptions hold no
// other script than English.
func (c cloudFormation) unknown() (parameters yaml.MapSlice) {
	for _, piece := range c.p.unknown() {
		if piece.On != wizard.OnRole {
			continue // what is on keys is told, not made
		}
		parameters = append(parameters, item{Key: logicalID(variable(piece)), Value: yaml.MapSlice{
			{Key: "Type", Value: "String"},
			{Key: "Description", Value: "Name (not ARN) of the role that the policy " + policyName(piece) + " belongs to"},
		}})
	}
	return parameters
}

// pieceWords are what to know before the stack is made: what a template cannot
// do is left to a person.
func (c cloudFormation) pieceWords() string {
	words := c.say("handoff.cfn.head", c.p.args())
	for _, piece := range c.p.Pieces {
		switch name, proposed := c.p.target(piece); {
		case proposed:
			words += "\n" + c.say("handoff.cfn.user", c.p.args("user", name))
		case piece.On == wizard.OnKey && piece.Of == "":
			words += "\n" + c.say("handoff.piece.any-key", c.p.args())
		case piece.On == wizard.OnKey:
			words += "\n" + c.say("handoff.piece.key", c.p.args("key", piece.Of))
		case piece.On == wizard.OnCORS:
			words += "\n" + c.say("handoff.cfn.cors", c.p.args())
		case piece.On == wizard.InFile:
			words += "\n" + c.say("handoff.piece.file", c.p.args("file", piece.Of, "kind", piece.Kind))
		}
	}
	return words
}

// pieces adds the documents of an integration other than microCMS.
func (c cloudFormation) pieces(s *stack) {
	for _, piece := range c.p.Pieces {
		id := c.name + logicalID(wireName(piece.ID))
		switch piece.On {
		case wizard.OnUser, wizard.OnRole:
			c.inline(s, id, piece)
		case wizard.OnKey:
			s.output(logicalID(wireName(piece.ID))+"Statements", "To be added to the policy of the KMS key "+piece.Of, statementList(*piece.Policy))
		case wizard.OnCORS:
			s.output("CorsRules", "To be added to the CORS configuration of the bucket", line(rules(piece)))
		}
	}
	if d, any := c.p.bucketPieces(); any {
		s.bucketPolicy(c, d, strings.Trim(statementList(d), "[]"))
	}
}

// inline is an inline policy, and the user where there is none yet.
func (c cloudFormation) inline(s *stack, id string, piece wizard.Piece) {
	kind, property := "AWS::IAM::RolePolicy", "RoleName"
	name, proposed := c.p.target(piece)
	var of any = name
	switch {
	case proposed:
		user := c.name + "User"
		s.add(user, "AWS::IAM::User", nil, yaml.MapSlice{{Key: "UserName", Value: name}})
		of = ref(user)
	case name == "":
		of = ref(logicalID(variable(piece)))
	}
	if piece.On == wizard.OnUser {
		kind, property = "AWS::IAM::UserPolicy", "UserName"
	}
	s.add(id, kind, nil, yaml.MapSlice{
		{Key: property, Value: of}, {Key: "PolicyName", Value: policyName(piece)}, {Key: "PolicyDocument", Value: tree(*piece.Policy)},
	})
}
