package wizard

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// AlsoTrusting is a trust policy that accepts one more external ID wherever
// it asks for one by name, so that an old and a new one work side by side.
func AlsoTrusting(trust policy.Document, externalID string) policy.Document {
	out := trust
	out.Statements = slices.Clone(trust.Statements)
	for i, st := range out.Statements {
		conditions := slices.Clone(st.Conditions)
		for j, c := range conditions {
			if c.Operator == "StringEquals" && strings.EqualFold(c.Key, "sts:ExternalId") && !slices.Contains(c.Values, externalID) {
				conditions[j].Values = append(slices.Clone(c.Values), externalID)
			}
		}
		out.Statements[i].Conditions = conditions
	}
	return out
}
