package awscheck

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// hasSeen tells that owner.distribution has looked at what a cause is about,
// whatever else it found: what it does not name is ruled out then.
func hasSeen(row Result, cause string) bool {
	if strings.HasSuffix(row.Reason, ".missing") {
		return false
	}
	if cause == "alias-missing" {
		return true
	}
	if hasNamed(row, "alias-missing") {
		return false // whoever answers for the domain is not the one looked at
	}
	noted := func(ids ...string) bool {
		return slices.ContainsFunc(ids, func(id string) bool { _, ok := noteNamed(row, id); return ok })
	}
	named := func(ids ...string) bool {
		return slices.ContainsFunc(ids, func(id string) bool { return hasNamed(row, id) })
	}
	switch cause {
	case "distribution-deploying", "signed-url-required":
		return true
	case "waf-blocked":
		return !noted("waf-present", "geo-restricted")
	case "origin-path-doubled", "origin-wrong-bucket":
		return !noted("origin-unseen", "edge-code") && !named("origin-other-bucket")
	case "origin-access-missing":
		return !noted("origin-unseen", "signing-unknown") && !named("origin-other-bucket", "origin-website")
	}
	return false
}

// refusedByEdge tells that CloudFront itself refused, without asking S3.
func refusedByEdge(live Result) bool {
	return slices.ContainsFunc(live.Evidence, func(ev diagnose.Evidence) bool {
		return ev.AnsweredBy == diagnose.FromCloudFront
	})
}

// edge weighs what the owner has seen of the distribution in front of a
// delivery that failed.
func (o owners) edge(live Result, causes []diagnose.Cause) []diagnose.Cause {
	row, ok := o["owner.distribution"]
	if !ok {
		return causes
	}
	edge := refusedByEdge(live)
	if c, found := causeNamed(live, "waf-blocked"); found && !edge && !certain(c) {
		// Somebody else refused, of whom the distribution tells nothing.
		causes = replaced(causes, "waf-blocked", c)
	}
	if c, found := causeNamed(Result{Causes: causes}, "waf-blocked"); found && edge && c.Likelihood == diagnose.Possible && !slices.ContainsFunc(causes, better) {
		c.Likelihood = diagnose.Likely // nothing else is left
		causes = replaced(causes, "waf-blocked", c)
	}
	if c, found := causeNamed(row, "distribution-disabled"); found && edge && !hasNamed(row, "alias-missing") && !slices.ContainsFunc(causes, certain) {
		causes = append(causes, c)
		causes = ruledOut(causes, "waf-blocked", "distribution-deploying") // it would have to be asked
	}
	if c, found := causeNamed(row, "origin-other-bucket"); found && certain(c) && hasNamed(Result{Causes: causes}, "origin-wrong-bucket") {
		causes = replaced(causes, "origin-wrong-bucket", c)
	}
	return causes
}

func better(c diagnose.Cause) bool {
	return rank(c) < rank(diagnose.Cause{Likelihood: diagnose.Possible})
}

func hasNamed(r Result, id string) bool {
	_, ok := causeNamed(r, id)
	return ok
}

// replaced puts c in the place of the cause of that id.
func replaced(causes []diagnose.Cause, id string, c diagnose.Cause) []diagnose.Cause {
	for i := range causes {
		if causes[i].ID == id {
			causes[i] = c
		}
	}
	return causes
}

func ruledOut(causes []diagnose.Cause, ids ...string) []diagnose.Cause {
	for i := range causes {
		if slices.Contains(ids, causes[i].ID) {
			causes[i].Likelihood = diagnose.RuledOut
		}
	}
	return causes
}

// settled weighs the rest beside a cause that the owner's rows made certain:
// what only might have been is less likely now, and a refusal that would come
// anew at any moment is not an old one. A web page in the place of errors is
// there whatever the error is.
func settled(live Result, causes []diagnose.Cause) []diagnose.Cause {
	if slices.ContainsFunc(live.Causes, certain) || !slices.ContainsFunc(causes, certain) {
		return causes
	}
	for i := range causes {
		c := &causes[i]
		switch {
		case c.Likelihood != diagnose.Likely && c.Likelihood != diagnose.Possible, c.ID == "spa-fallback":
		case c.ID == "error-cached":
			c.Likelihood = diagnose.RuledOut
		case c.Likelihood == diagnose.Likely:
			c.Likelihood = diagnose.Possible
		}
	}
	return causes
}
