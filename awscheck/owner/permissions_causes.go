package owner

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
)

// causes explains a refusal for certain: the documents were read.
func (g grant) causes(r refusal) []diagnose.Cause {
	d := r.decision
	switch {
	case d.Explicit:
		statement, name := g.culprit(r)
		all := []diagnose.Cause{g.because("explicit-deny", r, diagnose.Args{"statement": statement, "policy_name": name})}
		if d.Layer == policy.LayerBoundary {
			all = append(all, g.because("boundary-denied", r, nil))
		}
		return all
	case d.Layer == policy.LayerBoundary:
		return []diagnose.Cause{g.because("boundary-denied", r, nil)}
	}
	_, docs := g.documents()
	if pattern, ok := policy.Nearest(r.request, docs...); ok {
		g.wants.Facts.Granted = pattern
		switch {
		case r.cause == "list-denied" && g.listsOtherwise(r):
			return []diagnose.Cause{g.because("list-prefix-condition", r, diagnose.Args{"tried": ""})}
		case r.cause == "put-denied" && g.sameBucket(pattern) && !fits(pattern, r.request.Resource):
			return []diagnose.Cause{g.because("put-wrong-prefix", r, nil)}
		}
	}
	return []diagnose.Cause{g.because(r.cause, r, nil)}
}

// listsOtherwise tells that listing is allowed with some other prefix.
func (g grant) listsOtherwise(r refusal) bool {
	return judge(r.request, g.policies(false), append(keys{"s3:prefix", "s3:delimiter", "s3:max-keys"}, inS3...)).answer != no
}

// sameBucket tells that a pattern names files of this bucket.
func (g grant) sameBucket(pattern string) bool {
	return strings.HasPrefix(pattern, g.arn("")+"/")
}

// fits tells that a pattern grants a resource, so that a refusal lies in
// something else.
func fits(pattern, resource string) bool {
	refused, granted := policy.Compare(resource, pattern)
	return refused == granted && refused.From == refused.To
}

// because is the certain cause id, in the words and with the fixes that the
// same refusal gets where it is met live.
func (g grant) because(id string, r refusal, args diagnose.Args) diagnose.Cause {
	return refusedBecause(id, g.wants.Facts, r.request, r.decision, args)
}

func refusedBecause(id string, f diagnose.Facts, r policy.Request, d policy.Decision, args diagnose.Args) diagnose.Cause {
	operation := r.Action
	if operation == "s3:ListBucket" {
		operation = "s3:ListObjectsV2"
	}
	met := diagnose.Diagnose(diagnose.Evidence{
		Operation: operation, HTTPStatus: 403, Code: "AccessDenied",
		Message: "User: " + r.Principal.ARN + " is not authorized to perform: " + r.Action +
			` on resource: "` + r.Resource + `" ` + d.Clause(r.Action),
	}, f)
	i := slices.IndexFunc(met, func(c diagnose.Cause) bool { return c.ID == id })
	if i < 0 {
		more := diagnose.Args{"action": r.Action, "resource": r.Resource, "principal": r.Principal.ARN, "layer": string(d.Layer)}
		for k, v := range args {
			more[k] = v
		}
		return diagnose.Because(id, diagnose.Certain, f, more)
	}
	c := met[i]
	c.Likelihood = diagnose.Certain
	for k, v := range args {
		c.Args[k] = v
	}
	return c
}
