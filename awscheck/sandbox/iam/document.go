package iam

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// The sizes of documents, in characters that are no white space.
const (
	maxTrust   = 2048 // the default quota
	maxRole    = 10240
	maxUser    = 2048
	maxManaged = 6144
)

func malformed(text string) *awserr.Error {
	return awserr.New(http.StatusBadRequest, "MalformedPolicyDocument", text)
}

// readDocument reads a policy that IAM shall take; parameter is where it is.
func (c *call) readDocument(parameter, shown string, kind policy.Kind) (policy.Document, *awserr.Error) {
	text, problem := c.parameter(parameter, shown)
	if problem != nil {
		return policy.Document{}, problem
	}
	d, err := policy.Parse([]byte(text))
	if err != nil {
		return policy.Document{}, malformed(syntaxFault(err))
	}
	if fault := c.fault(d, kind); fault != "" {
		return policy.Document{}, malformed(fault)
	}
	return d, nil
}

// syntaxFault tells JSON that is none from JSON that is no policy, as IAM does.
func syntaxFault(err error) string {
	var p *policy.ParseError
	if !errors.As(err, &p) {
		return "This policy contains invalid Json"
	}
	switch p.Reason {
	case "syntax", "unfinished", "trailing", "encoding", "too-deep":
		return "This policy contains invalid Json"
	case "missing-element":
		return "Missing required field " + p.Args["name"]
	case "bad-action":
		return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
	}
	return "Syntax errors in policy."
}

// faults are IAM's words for documents that it does not take, by what Lint
// finds. Other findings are no reason for IAM to refuse.
var faults = map[string]string{
	"no-statements":         "Missing required field Statement",
	"principal-missing":     "Missing required field Principal",
	"principal-not-allowed": "Policy document should not specify a principal.",
	"principal-group":       "Invalid principal in policy.",
	"principal-wildcard":    "Invalid principal in policy.",
	"resource-missing":      "Policy statement must contain resources.",
	"resource-not-allowed":  "Has prohibited field Resource",
	"sid-charset":           "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
	"sid-repeated":          "Statement IDs (SID) in a single policy must be unique.",
	"trust-not-principal":   "Has prohibited field NotPrincipal",
	"empty-list":            "Syntax errors in policy.",
}

// fault is why IAM does not take d, or empty.
func (c *call) fault(d policy.Document, kind policy.Kind) string {
	for _, f := range policy.Lint(d, kind) {
		if text := faults[f.Code]; text != "" {
			return text
		}
	}
	for _, s := range d.Statements {
		fault := statementFault(s)
		if kind == policy.KindTrust && fault == "" {
			fault = c.trustFault(s)
		}
		if fault != "" {
			return fault
		}
	}
	return ""
}

func statementFault(s policy.Statement) string {
	for _, r := range slices.Concat(s.Resource, s.NotResource) {
		if r != "*" && strings.Count(r, ":") < 5 {
			return fmt.Sprintf(`Resource %s must be in ARN format or "*".`, r)
		}
	}
	return ""
}

// trustFault is what only a role's trust policy may not say. Principals of
// the account itself must exist; of others the sandbox knows nothing.
func (c *call) trustFault(s policy.Statement) string {
	for _, a := range s.Action {
		if a != "*" && !strings.HasPrefix(strings.ToLower(a), "sts:") {
			return "AssumeRole policy may only specify STS AssumeRole actions."
		}
	}
	if s.Principal == nil {
		return ""
	}
	for _, p := range s.Principal.AWS {
		if !c.state.PrincipalExists(p) {
			return fmt.Sprintf(`Invalid principal in policy: "AWS":"%s"`, p)
		}
	}
	return ""
}

// size counts a document's characters as IAM's quotas do.
func size(text string) int {
	n := 0
	for _, r := range text {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// tooLarge refuses what is beyond a quota.
func tooLarge(text string, quota int, message string) *awserr.Error {
	if size(text) <= quota {
		return nil
	}
	return awserr.New(http.StatusConflict, "LimitExceeded", message)
}

func bytesExceeded(quota int, of string) string {
	return "Maximum policy size of " + strconv.Itoa(quota) + " bytes exceeded for " + of
}
