package handoff

import (
	"maps"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy/documented"
	"github.com/mediadock/mediadock/wizard"
)

// alsoField is the name of the second principal among the fields of errors:
// it is a flag of the commands that write documents, no setting. What can be
// wrong with it is what can be wrong with the setting trusted_principal, and
// its codes have the same ends.
const alsoField = "also_trust"

const principalField = "trusted_principal"

// readAlso brings the second principal to its normal form.
func readAlso(v string, s wizard.Settings) (string, *wizard.FieldError) {
	value, _, err := wizard.CheckField(principalField, v, s)
	if err == nil {
		return value, nil
	}
	e := *err
	e.Field, e.Code = alsoField, alsoField+strings.TrimPrefix(e.Code, principalField)
	if v, ok := e.Also[principalField]; ok { // a value for itself, under its own name
		e.Also = maps.Clone(e.Also)
		delete(e.Also, principalField)
		e.Suggestion = v
	}
	return value, &e
}

// trustAlso lets a second principal in, on the same terms as the first. One
// that is the first is no second.
func (p *Plan) trustAlso(also string) []wizard.FieldError {
	if strings.TrimSpace(also) == "" || p.Trust == nil || len(p.Trust.Statements) == 0 {
		return nil
	}
	also, err := readAlso(also, p.Settings)
	if err != nil {
		return []wizard.FieldError{*err}
	}
	second := documented.Trust(documented.Params{Partition: p.Partition, TrustedPrincipal: also, ExternalID: p.Settings.ExternalID})
	who := p.Trust.Statements[0].Principal
	for _, arn := range second.Statements[0].Principal.AWS {
		if !slices.Contains(who.AWS, arn) {
			who.AWS = append(who.AWS, arn)
			p.AlsoTrust = also
		}
	}
	return nil
}
