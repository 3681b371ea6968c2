package diagnose

import (
	"sort"
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// Diagnose explains a failure: the causes that fit the evidence, surest
// first, each with at least one fix. Evidence of success gives none, and so
// does a cancelled request.
func Diagnose(ev Evidence, f Facts) []Cause {
	if ev.Network == "canceled" || ev.succeeded() && f.Served == nil {
		return nil
	}
	d, _ := ParseDenial(ev.Message)
	c := &diagnosis{ev: ev, f: f.with(ev, d), settings: f, denial: d}
	switch {
	case strings.HasPrefix(ev.Operation, "GET ") || strings.HasPrefix(ev.Operation, "HEAD "):
		c.delivery()
	case c.caller():
		// Nothing that the request asked for was looked at.
	case strings.HasPrefix(ev.Operation, "sts:"):
		c.role()
	case strings.HasPrefix(ev.Operation, "s3:"):
		c.s3()
	default:
		c.anything()
	}
	return c.ranked()
}

// succeeded tells an answer that is no error: neither by its status, nor by
// an error in its body, nor by being a web page where none was asked for.
func (ev Evidence) succeeded() bool {
	return ev.Network == "" && ev.HTTPStatus > 0 && ev.HTTPStatus < 300 && ev.Code == "" &&
		!((strings.HasPrefix(ev.Operation, "sts:") || strings.HasPrefix(ev.Operation, "s3:")) && ev.page())
}

// diagnosis collects causes.
type diagnosis struct {
	ev       Evidence
	f        Facts
	settings Facts // as they were given: without what the text names
	denial   Denial
	causes   []Cause
}

func (c *diagnosis) add(id string, l Likelihood, more ...Args) {
	for i := range c.causes {
		if c.causes[i].ID == id {
			return // the first to say so knew best
		}
	}
	c.causes = append(c.causes, c.cause(id, l, more...))
}

func (c *diagnosis) certain(id string, more ...Args)  { c.add(id, Certain, more...) }
func (c *diagnosis) likely(id string, more ...Args)   { c.add(id, Likely, more...) }
func (c *diagnosis) possible(id string, more ...Args) { c.add(id, Possible, more...) }
func (c *diagnosis) ruledOut(id string, more ...Args) { c.add(id, RuledOut, more...) }

func (c *diagnosis) cause(id string, l Likelihood, more ...Args) Cause {
	args := baseArgs(c.f)
	if c.ev.Host != "" {
		args["host"] = c.ev.Host
	}
	args["policy"] = aside(c.denial.PolicyARN)
	args["asked"] = aside(accountOf(c.denial.PolicyARN))
	args["action"] = orPlaceholder(c.denial.Action, "ACTION")
	args["resource"] = orPlaceholder(c.denial.Resource, "RESOURCE_ARN")
	args["refused"] = first(c.denial.Resource, args["objects_arn"])
	args["who"] = c.who()
	args["principal"] = orPlaceholder(c.denial.Principal, "PRINCIPAL_ARN")
	args["layer"] = string(c.denial.Layer)
	for _, m := range more {
		for k, v := range m {
			args[k] = v
		}
	}
	cause := Cause{ID: id, Likelihood: l, Args: args}
	if compares(id) {
		args["granted"] = first(c.granted(), args["refused"])
		cause.Compare = c.compare()
	}
	cause.Fixes = fixesFor(id, c.f, args)
	return cause
}

// who is the short name of who was refused: of a role, a user, or else of
// the role of the settings.
func (c *diagnosis) who() string {
	p := c.denial.Principal
	switch {
	case strings.Contains(p, ":assumed-role/"):
		return roleName(roleOfSession(p))
	case strings.HasSuffix(p, ":root"):
		return accountOf(p)
	case p != "":
		return p[strings.LastIndexByte(p, '/')+1:]
	case c.f.CallerAccess:
		return orPlaceholder(c.f.CallerARN[strings.LastIndexByte(c.f.CallerARN, '/')+1:], "CALLER_ARN")
	}
	return orPlaceholder(roleName(c.f.RoleARN), "ROLE_NAME")
}

// ranked sorts by likelihood; among equals the order of the rules stands.
func (c *diagnosis) ranked() []Cause {
	rank := map[Likelihood]int{Certain: 0, Likely: 1, Possible: 2, RuledOut: 3}
	sort.SliceStable(c.causes, func(i, j int) bool {
		return rank[c.causes[i].Likelihood] < rank[c.causes[j].Likelihood]
	})
	return c.causes
}

// Because makes one cause with its fixes, for checks that establish it
// themselves.
func Because(id string, l Likelihood, f Facts, more ...Args) Cause {
	c := &diagnosis{f: f, settings: f}
	return c.cause(id, l, more...)
}

// anything explains an error of no known operation, as pasted ones are: by
// what it says, without claiming which request failed.
func (c *diagnosis) anything() {
	service, action, _ := strings.Cut(c.denial.Action, ":")
	operation, _, _ := strings.Cut(c.ev.Operation, ":")
	switch {
	case c.ev.keyMissing():
		c.certain("object-not-found")
	case service == "sts":
		c.ev.Operation = "sts:" + action
		c.role()
	case service == "s3" || service == "kms":
		c.ev.Operation = "s3:" + operationFor(action)
		c.s3()
	case service != "":
		c.layers()
		c.actionDenied()
	case c.ev.Code == "NoSuchEntity", c.ev.Code == "RegionDisabledException", isValidation(c.ev):
		c.role()
	case operation == "" && c.ev.HTTPStatus == 403 && rePlain.MatchString(c.ev.Message):
		c.deniedAnything()
	default:
		c.s3()
	}
}

// rePlain is a refusal that says nothing else.
var rePlain = lazyregexp.New(`(?i)^\s*(?:access denied\.?|forbidden|unknownerror)?\s*$`)

// deniedAnything explains "Access Denied" of nobody knows what.
func (c *diagnosis) deniedAnything() {
	for _, id := range []string{"put-denied", "get-denied", "list-denied", "bucket-foreign-owner", "public-access-blocked", "bucket-policy-missing"} {
		c.possible(id)
	}
}

// operationFor is the operation that needs an IAM action, where they differ.
func operationFor(action string) string {
	switch action {
	case "ListBucket":
		return "ListObjectsV2"
	case "GenerateDataKey":
		return "PutObject"
	case "Decrypt":
		return "GetObject"
	}
	return action
}

// with completes the facts by what the answer itself names.
func (f Facts) with(ev Evidence, d Denial) Facts {
	if f.RoleARN == "" {
		switch {
		case strings.Contains(d.Resource, ":role/"):
			f.RoleARN = d.Resource
		case strings.Contains(d.Principal, ":assumed-role/"):
			f.RoleARN = roleOfSession(d.Principal)
		}
	}
	if f.CallerARN == "" && strings.HasPrefix(d.Action, "sts:") {
		f.CallerARN = d.Principal
	}
	if bucket, key, ok := bucketOf(d.Resource); ok {
		if f.Bucket == "" {
			f.Bucket = bucket
		}
		if f.Key == "" {
			f.Key = key
		}
	}
	if f.Bucket == "" {
		f.Bucket = first(ev.Elements["BucketName"], ev.Elements["Bucket"])
	}
	return f
}

// roleOfSession is the role of a session's ARN. A path is not in it.
func roleOfSession(arn string) string {
	head, tail, ok := strings.Cut(arn, ":assumed-role/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(tail, "/")
	return strings.Replace(head, ":sts:", ":iam:", 1) + ":role/" + name
}

func bucketOf(arn string) (bucket, key string, ok bool) {
	_, rest, ok := strings.Cut(arn, ":s3:::")
	if !ok {
		return "", "", false
	}
	bucket, key, _ = strings.Cut(rest, "/")
	return bucket, key, bucket != ""
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
