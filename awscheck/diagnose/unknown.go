package diagnose

import (
	"sort"
	"strconv"
	"strings"
)

// unknown is the cause of an answer that no rule knows.
const unknown = "request-refused"

// Unknown tells that a failure was explained by none of the rules: all that
// there is to say is what the service said.
func Unknown(causes []Cause) bool {
	found := false
	for _, c := range causes {
		switch {
		case c.Likelihood == RuledOut:
		case c.ID == unknown:
			found = true
		default:
			return false
		}
	}
	return found
}

// notKnown hands on what a service said: its words, or else its code and
// status. Without either there is nothing to hand on.
func (c *diagnosis) notKnown() {
	said := strings.TrimSpace(c.ev.Message)
	if said == "" {
		said = c.ev.Code
		if c.ev.HTTPStatus > 0 {
			said = strings.TrimSpace(said + " HTTP " + strconv.Itoa(c.ev.HTTPStatus))
		}
	} else if c.ev.Code != "" && !strings.Contains(said, c.ev.Code) {
		said = c.ev.Code + ": " + said
	}
	if said != "" {
		c.possible(unknown, Args{"message": said})
	}
}

// Undecided names the reason for which an answer leaves several causes open,
// or is empty where it does not: "sts" (AssumeRole refuses for all of them
// in the same words), "s3" (a refusal without a reason), "kms" (one text for
// a missing key and a refusing one), "head" (an answer without a body). The
// words are under "undecided.<reason>".
func Undecided(causes []Cause) string {
	open := map[string]bool{}
	for _, c := range causes {
		if c.Likelihood == Certain {
			return ""
		}
		if c.Likelihood != RuledOut {
			open[c.ID] = true
		}
	}
	switch {
	case open["external-id-mismatch"] && open["role-not-found"]:
		return "sts"
	case open["wrong-region"] && open["credentials-expired"]:
		return "head"
	case open["kms-key-unusable"]:
		return "kms"
	case open["bucket-foreign-owner"] && len(open) > 1:
		return "s3"
	}
	return ""
}

func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for n := range m {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}
