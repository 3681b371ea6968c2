package owner

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
)

// lintNotes are what is worth knowing about a document, as notes
// "lint.<code>"; said are the codes that the row's causes say already.
func lintNotes(d policy.Document, kind policy.Kind, scope policy.Scope, said func(code string) bool) []diagnose.Note {
	var notes []diagnose.Note
	for _, f := range policy.LintScope(d, kind, scope) {
		if said(f.Code) {
			continue
		}
		args := diagnose.Args(maps.Clone(f.Args))
		args["statement"] = statementName(d, f.Statement)
		if _, ok := args["value"]; ok && strings.HasPrefix(f.Code, "external-id-") {
			args["value"] = diagnose.Mask(args["value"])
		}
		n := diagnose.Note{ID: "lint." + f.Code, Args: args}
		if !slices.ContainsFunc(notes, func(o diagnose.Note) bool { return o.ID == n.ID && maps.Equal(o.Args, n.Args) }) {
			notes = append(notes, n)
		}
	}
	return notes
}

// saidBy tells the lint codes that need no words beside these causes.
func saidBy(causes []diagnose.Cause) func(string) bool {
	return func(code string) bool {
		return slices.ContainsFunc(causes, func(c diagnose.Cause) bool {
			switch c.ID {
			case "external-id-not-required", "external-id-optional", "external-id-wildcard":
				return strings.HasPrefix(code, "external-id-") && code != "external-id-short"
			case "trust-too-wide":
				return code == "trust-anyone"
			case "trust-condition-unmet":
				return code == "trust-condition" || code == "trust-mfa"
			case "caller-not-trusted":
				return code == "principal-deleted" || code == "trust-no-assume-role"
			}
			return false
		})
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
