package owner

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/address"
)

const cloudFront = "cloudfront.amazonaws.com"

// publicReaders are the integrations whose visitors fetch the files from S3
// or a CDN without credentials; others read with credentials of their own.
var publicReaders = []string{"", "microcms"}

// readers adds whether people get at the files: through the distribution, or
// everybody.
func (b onBucket) readers(f *Finding) {
	if !slices.Contains(publicReaders, b.wants.Integration) {
		return
	}
	through := b.wants.Distribution != "" || b.wants.Domain != ""
	switch {
	case b.all(b.doc, b.anybody, yes):
		if through {
			f.Notes = append(f.Notes, diagnose.Note{ID: "readers-everybody"})
		} else if f.What == "pass" {
			f.What = "pass-public"
		}
	case through && b.letsIdentityIn():
		f.Notes = append(f.Notes, diagnose.Note{ID: "readers-origin-access-identity"})
	case through && b.all(b.doc, b.edge, yes):
		if f.What == "pass" {
			f.What = "pass-cdn"
		}
		if b.distributionARN() != distributionARN(b.wants) || b.wants.Distribution == "" {
			f.Notes = append(f.Notes, diagnose.Note{ID: "readers-some-distribution", Args: diagnose.Args{"granted": strings.Join(b.sources(), ", ")}})
		}
	case b.all(b.doc, b.anybody, depends), through && b.all(b.doc, b.edge, depends):
		f.Notes = append(f.Notes, diagnose.Note{ID: "readers-depend", Args: diagnose.Args{"what": conditionTexts(b.readersDemands())}})
	default:
		b.noReaders(f, through)
	}
}

// all tells that every file of the prefix is let through, at least so far.
func (b onBucket) all(d policy.Document, request func(name string) policy.Request, least answer) bool {
	for _, name := range names[:2] { // nobody needs the connection test's own
		if judge(request(name), policy.Policies{Resource: &d}, inS3).answer < least {
			return false
		}
	}
	return true
}

// readersDemands are conditions on what only a visitor's request tells, such
// as the page that it comes from.
func (b onBucket) readersDemands() []policy.Condition {
	var found []policy.Condition
	for _, r := range []policy.Request{b.anybody(names[0]), b.edge(names[0])} {
		found = append(found, inS3.demands(b.doc, func(d policy.Document) bool {
			return policy.Evaluate(r, policy.Policies{Resource: &d}).Allowed
		})...)
	}
	return found
}

// anybody is a visitor without credentials.
func (b onBucket) anybody(name string) policy.Request {
	r := b.on("s3:GetObject", b.space().Dir()+name)
	r.Principal = policy.Principal{Kind: policy.Anonymous}
	r.ResourceAccount = accountOf(b.wants.RoleARN)
	delete(r.Context, "s3:signatureversion")
	delete(r.Context, "s3:authtype")
	return r
}

// edge is CloudFront reading for the distribution; where none is set, for
// one that the policy names.
func (b onBucket) edge(name string) policy.Request {
	source := b.distributionARN()
	if source == "" {
		if named := b.sources(); len(named) > 0 {
			source = named[0]
		}
	}
	return b.edgeFor(name, source)
}

func (b onBucket) edgeFor(name, source string) policy.Request {
	r := b.anybody(name)
	r.Principal = policy.Principal{Kind: policy.Service, Service: cloudFront}
	if source != "" {
		r.Context["aws:sourcearn"] = []string{source}
		r.Context["aws:sourceaccount"] = []string{accountOf(source)}
	}
	return r
}

// distributionARN is the ARN of the settings' distribution. An id alone is of
// the account that the policy names it with, else of the role's. Empty: none
// is set.
func (b onBucket) distributionARN() string {
	if arn := namedDistribution(b.doc, b.wants.Distribution); arn != "" {
		return arn
	}
	return distributionARN(b.wants)
}

// namedDistribution is the ARN by which a bucket's policy names the
// distribution of an id; empty where it does not.
func namedDistribution(d policy.Document, id string) string {
	if id == "" || strings.HasPrefix(id, "arn:") {
		return ""
	}
	for _, source := range sourcesIn(d) {
		if strings.HasSuffix(source, ":distribution/"+id) {
			return source
		}
	}
	return ""
}

// sources are the distributions that the policy names.
func (b onBucket) sources() []string { return sourcesIn(b.doc) }

func sourcesIn(d policy.Document) []string {
	var all []string
	for _, s := range d.Statements {
		for _, c := range s.Conditions {
			if s.Effect == policy.Allow && strings.EqualFold(c.Key, "aws:SourceArn") {
				for _, v := range c.Values {
					if strings.Contains(v, ":cloudfront:") && !slices.Contains(all, v) {
						all = append(all, v)
					}
				}
			}
		}
	}
	return all
}

// letsIdentityIn tells that an origin access identity, the older way of
// CloudFront, may read.
func (b onBucket) letsIdentityIn() bool {
	for _, s := range b.doc.Statements {
		if s.Effect != policy.Allow || s.Principal == nil || !s.CoversAction("s3:GetObject") {
			continue
		}
		if len(s.Principal.CanonicalUser) > 0 || slices.ContainsFunc(s.Principal.AWS, func(p string) bool { return accountOf(p) == "cloudfront" }) {
			open := s
			open.Principal = &policy.Principals{Any: true}
			if b.all(policy.Document{Version: b.doc.Version, Statements: []policy.Statement{open}}, b.anybody, yes) {
				return true
			}
		}
	}
	return false
}

// noReaders tells why nobody gets in: by whichever part of a statement, put
// right, would let them.
func (b onBucket) noReaders(f *Finding, through bool) {
	what, cause, args := b.whyNot(through)
	for k, v := range args {
		f.Args[k] = v
	}
	facts := b.wants.Facts
	facts.Granted = args["granted"]
	likelihood := diagnose.Certain
	if through && b.wants.Distribution == "" && cause == "bucket-policy-missing" {
		likelihood = diagnose.Likely // another CDN may read with keys of its own
	}
	f.Causes = append(f.Causes, diagnose.Because(cause, likelihood, facts, args))
	if f.Status != Fail {
		f.Status, f.What = Fail, what
	}
}

func (b onBucket) whyNot(through bool) (what, cause string, args diagnose.Args) {
	request := b.anybody
	if through {
		request = b.edge
	}
	first := request(names[0])
	if d := policy.Evaluate(first, inS3.assume(policy.Policies{Resource: &b.doc}, false)); d.Explicit {
		return "readers-denied", "explicit-deny", diagnose.Args{
			"statement": nameIn(b.doc, *d.Statement), "what": conditionTexts(d.Statement.Conditions),
			"when": aside(conditionTexts(d.Statement.Conditions)), "layer": string(policy.LayerResource),
		}
	}
	for _, s := range b.reading() {
		alone := func(s policy.Statement) policy.Document {
			return policy.Document{Version: b.doc.Version, Statements: []policy.Statement{s}}
		}
		elsewhere := s
		elsewhere.Resource, elsewhere.NotResource = []string{"*"}, nil
		anywhere := elsewhere
		anywhere.Conditions = nil
		switch {
		case b.all(alone(elsewhere), request, depends):
			return "wrong-path", "bucket-policy-wrong-path", diagnose.Args{
				"granted": strings.Join(s.Resource, ", "), "resource": address.ObjectsARN(b.partition(), b.wants.Bucket, b.wants.Prefix),
			}
		case through && b.namesAnother(s) && b.all(alone(anywhere), request, depends):
			return "wrong-distribution", "origin-access-wrong-distribution", diagnose.Args{
				"granted": b.named(s), "want": b.distributionARN(),
			}
		}
	}
	if through {
		return "no-cdn", "bucket-policy-missing", nil
	}
	return "no-readers", "bucket-policy-missing", nil
}

// reading are the statements that let somebody read who may be a visitor.
func (b onBucket) reading() []policy.Statement {
	var all []policy.Statement
	for _, s := range b.doc.Statements {
		if s.Effect == policy.Allow && s.Principal != nil && s.CoversAction("s3:GetObject") &&
			(s.Principal.Any || slices.Contains(s.Principal.AWS, "*") || slices.Contains(s.Principal.Service, cloudFront)) {
			all = append(all, s)
		}
	}
	return all
}

// namesAnother tells a statement that is about another distribution.
func (b onBucket) namesAnother(s policy.Statement) bool {
	named := b.named(s)
	return named != "" && !strings.Contains(named, b.distributionARN())
}

// named is the source that a statement asks for.
func (b onBucket) named(s policy.Statement) string {
	for _, c := range s.Conditions {
		if strings.EqualFold(c.Key, "aws:SourceArn") || strings.EqualFold(c.Key, "aws:SourceAccount") {
			return strings.Join(c.Values, ", ")
		}
	}
	return ""
}
