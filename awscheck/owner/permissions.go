package owner

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
)

// Permissions tells whether the role's policies allow what the CMS will do, and no more than that.
func (s *Side) Permissions(ctx context.Context) Finding {
	if s.wants.RoleARN == "" {
		return Finding{Status: Moot, What: NoRole}
	}
	var (
		own       Part[Permissions]
		bucket    Part[BucketPolicy]
		simulated Part[[]Simulated]
		reading   sync.WaitGroup
	)
	a := s.ask(ctx)
	reading.Go(func() { own = s.permissions(ctx) })
	reading.Go(func() { bucket = s.bucketPolicy(ctx) })
	reading.Go(func() { simulated = s.simulate(ctx, a) })
	reading.Wait()
	if f, ok := without(own); ok {
		return f
	}
	if own.State == Absent {
		return Finding{Status: Moot, What: NoRole}
	}
	return judgePermissions(a, own.Value, bucket, simulated)
}

func (s *Side) ask(ctx context.Context) ask {
	return ask{wants: s.wants, role: s.role(ctx).Value, now: s.now()}
}

// grant is what decides about the role's requests.
type grant struct {
	ask
	own    Permissions
	bucket Part[BucketPolicy]
}

// documents are the role's policies by name, in one order.
func (g grant) documents() (names []string, docs []policy.Document) {
	for _, m := range []map[string]policy.Document{g.own.Inline, g.own.Attached} {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			names, docs = append(names, name), append(docs, m[name])
		}
	}
	if docs == nil {
		docs = []policy.Document{}
	}
	return names, docs
}

// policies are those that the role's own row judges. What the bucket's policy
// denies is that policy's row.
func (g grant) policies(denials bool) policy.Policies {
	_, docs := g.documents()
	p := policy.Policies{Identity: docs, Boundary: g.own.Boundary}
	if g.bucket.State == Known {
		d := g.bucket.Value.Document
		if !denials {
			d.Statements = slices.DeleteFunc(slices.Clone(d.Statements), func(s policy.Statement) bool { return s.Effect != policy.Allow })
		}
		p.Resource = &d
	}
	return p
}

// refusal is a wish that is not granted.
type refusal struct {
	wish
	decision policy.Decision
}

func judgePermissions(a ask, own Permissions, bucket Part[BucketPolicy], simulated Part[[]Simulated]) Finding {
	g := grant{ask: a, own: own, bucket: bucket}
	g.wants.Facts.Existing.Permissions = own.Inline
	refused, open := g.refusals()
	f := Finding{Status: Pass, What: "pass", Args: diagnose.Args{
		"role": roleName(a.wants.RoleARN), "dir": a.folder(), "bucket": a.wants.Bucket,
	}}
	incomplete := len(own.Missing) > 0 || own.Unread != ""
	if incomplete {
		// Only what is denied stays denied whatever the rest says.
		refused = slices.DeleteFunc(refused, func(r refusal) bool { return !r.decision.Explicit })
	}
	switch {
	case len(refused) > 0:
		g.refused(&f, refused)
	case len(own.Missing) > 0:
		return unknown(strings.Join(own.Missing, ", "))
	case incomplete:
		return Finding{Status: Unknown, What: Unread, Args: diagnose.Args{"message": own.Unread}}
	}
	if !incomplete {
		g.scope(&f)
	}
	g.depends(&f, open)
	organization(&f, g, simulated)
	if !incomplete {
		f.Notes = append(f.Notes, g.lint()...)
	}
	return f
}

// openWish is one that is granted under conditions on what is not known.
type openWish struct {
	refusal
	conditions []policy.Condition
}

// refusals are the wishes that are not granted, one for each action, and
// those of which it depends on what is not known.
func (g grant) refusals() (refused []refusal, open []openWish) {
	p := g.policies(false)
	for _, w := range g.wishes() {
		j := judge(w.request, p, inS3)
		same := func(r refusal) bool { return r.request.Action == w.request.Action }
		switch {
		case j.answer == no && !slices.ContainsFunc(refused, same):
			refused = append(refused, refusal{w, j.decision})
		case j.answer == depends && w.cause == "copy-denied" && slices.ContainsFunc(open, func(o openWish) bool { return same(o.refusal) }):
			// As every upload does.
		case j.answer == depends:
			worst := policy.Evaluate(w.request, inS3.assume(p, false))
			open = append(open, openWish{refusal{w, worst}, g.demands(w.request, p)})
		}
	}
	return refused, open
}

func (g grant) demands(r policy.Request, p policy.Policies) []policy.Condition {
	var found []policy.Condition
	fits := func(d policy.Document) bool {
		return policy.Evaluate(r, policy.Policies{Identity: []policy.Document{d}}).Allowed
	}
	for _, d := range p.Identity {
		found = append(found, inS3.demands(d, fits)...)
	}
	if p.Boundary != nil {
		found = append(found, inS3.demands(*p.Boundary, fits)...)
	}
	return found
}

// refused fills the finding with what is not granted, the gravest first.
func (g grant) refused(f *Finding, refused []refusal) {
	var actions []string
	needed := slices.DeleteFunc(slices.Clone(refused), func(r refusal) bool { return r.spare })
	for _, r := range needed {
		actions = append(actions, r.request.Action)
		f.Causes = appendCauses(f.Causes, g.causes(r)...)
	}
	if len(needed) < len(refused) {
		f.Notes = append(f.Notes, diagnose.Note{ID: "abort-not-granted"})
	}
	if len(needed) == 0 {
		return
	}
	f.Status, f.What = Fail, "refused"
	first := needed[0]
	if actions[0] == "s3:GetBucketLocation" {
		if len(needed) == 1 {
			f.Status = Warn // everything else works
		} else {
			first = needed[1]
		}
	}
	f.Args["action"], f.Args["resource"] = first.request.Action, first.request.Resource
	f.Args["actions"] = strings.Join(actions, ", ")
	switch d := first.decision; {
	case d.Explicit:
		f.What = "denied"
		f.Args["statement"], f.Args["policy"] = g.culprit(first)
	case d.Layer == policy.LayerBoundary:
		f.What = "boundary"
	default:
		g.nearest(f, first)
	}
	if g.bucket.State == Denied || g.bucket.State == Failed {
		// A grant of the bucket's policy would be enough, too.
		if !first.decision.Explicit && first.decision.Layer == policy.LayerIdentity {
			f.Status, f.What = Warn, "refused-unless"
			for i := range f.Causes {
				f.Causes[i].Likelihood = diagnose.Likely
			}
		}
	}
}

func appendCauses(to []diagnose.Cause, more ...diagnose.Cause) []diagnose.Cause {
	for _, c := range more {
		if !slices.ContainsFunc(to, func(o diagnose.Cause) bool { return o.ID == c.ID }) {
			to = append(to, c)
		}
	}
	return to
}

// nearest puts the granted pattern that comes nearest beside what is refused.
func (g grant) nearest(f *Finding, r refusal) {
	_, docs := g.documents()
	pattern, ok := policy.Nearest(r.request, docs...)
	if !ok {
		f.What = "not-granted"
		return
	}
	if fits(pattern, r.request.Resource) {
		f.What = "condition" // the resource fits, so a condition does not
	}
	f.Args["granted"] = pattern
}

// culprit is the statement that denies, and the policy that it is in.
func (g grant) culprit(r refusal) (statement, name string) {
	if r.decision.Statement == nil {
		return "", ""
	}
	if r.decision.Layer == policy.LayerBoundary && g.own.Boundary != nil {
		return nameIn(*g.own.Boundary, *r.decision.Statement), g.role.BoundaryARN
	}
	names, docs := g.documents()
	for i, d := range docs {
		if policy.Evaluate(r.request, policy.Policies{Identity: []policy.Document{d}}).Explicit {
			return nameIn(d, *r.decision.Statement), names[i]
		}
	}
	return "", ""
}

// depends tells what is granted under conditions on what is not known. Where
// the CMS asks from is the owner's network hardly ever: that is a warning.
func (g grant) depends(f *Finding, open []openWish) {
	if len(open) == 0 {
		return
	}
	var all []policy.Condition
	for _, w := range open {
		all = append(all, w.conditions...)
	}
	what := conditionTexts(all)
	f.Notes = append(f.Notes, diagnose.Note{ID: "permissions-depend", Args: diagnose.Args{"what": what}})
	if !slices.ContainsFunc(all, func(c policy.Condition) bool { return aboutAddresses(c.Key) }) {
		return
	}
	for _, w := range open {
		if w.spare {
			continue
		}
		for _, c := range g.causes(w.refusal) {
			c.Likelihood = diagnose.Possible
			f.Causes = appendCauses(f.Causes, c)
		}
	}
	if f.Status == Pass || f.What == "wide" {
		f.Status, f.What, f.Args["what"] = Warn, "conditions", what
	}
}

// lint are the notes about the role's documents.
func (g grant) lint() []diagnose.Note {
	var notes []diagnose.Note
	names, docs := g.documents()
	for i, d := range docs {
		found := lintNotes(d, policy.KindIdentity, policy.Scope{Bucket: g.wants.Bucket, Prefix: g.wants.Prefix}, func(string) bool { return false })
		for j := range found {
			found[j].Args["statement"] = strings.TrimSpace(shortName(names[i]) + " " + found[j].Args["statement"])
		}
		notes = append(notes, found...)
	}
	return notes
}

// shortName is a policy's name without the rest of its ARN.
func shortName(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }
