package owner

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
)

// BucketPolicy tells whether the bucket's policy refuses the role nothing, and lets people read.
func (s *Side) BucketPolicy(ctx context.Context) Finding {
	var (
		p       Part[BucketPolicy]
		public  Part[bool]
		a       ask
		reading sync.WaitGroup
	)
	reading.Go(func() { p = s.bucketPolicy(ctx) })
	reading.Go(func() { public = s.public(ctx) })
	reading.Go(func() { a = s.ask(ctx) })
	reading.Wait()
	if f, ok := without(p); ok {
		return f
	}
	return judgeBucketPolicy(a, p, public)
}

// public is what S3 itself says of the policy.
func (s *Side) public(ctx context.Context) Part[bool] {
	return read(ctx, "s3:GetBucketPolicyStatus", "s3:GetBucketPolicyStatus", []string{"NoSuchBucketPolicy"}, func(ctx context.Context) (bool, error) {
		out, err := s.clients.S3.GetBucketPolicyStatus(ctx, &s3.GetBucketPolicyStatusInput{Bucket: aws.String(s.wants.Bucket)})
		if err != nil || out.PolicyStatus == nil {
			return false, err
		}
		return aws.ToBool(out.PolicyStatus.IsPublic), nil
	})
}

// onBucket judges the bucket's policy.
type onBucket struct {
	ask
	doc policy.Document
}

func judgeBucketPolicy(a ask, p Part[BucketPolicy], public Part[bool]) Finding {
	b := onBucket{ask: a, doc: p.Value.Document}
	b.wants.Facts.Existing.NoBucketPolicy = p.State == Absent
	if p.State == Known {
		b.wants.Facts.Existing.Bucket = &b.doc
	}
	f := Finding{Status: Pass, What: "pass", Args: diagnose.Args{
		"bucket": a.wants.Bucket, "dir": a.folder(), "role": roleName(a.wants.RoleARN), "distribution": distributionID(a.wants.Distribution),
	}}
	if a.wants.RoleARN != "" && !a.wants.CallerAccess || a.role.ARN != "" {
		b.denials(&f)
	}
	b.readers(&f)
	if p.State == Known {
		b.notes(&f, public)
	}
	return f
}

// denials adds what the policy refuses the role.
func (b onBucket) denials(f *Finding) {
	var maybe []policy.Condition
	var denied []refusal
	resource := policy.Policies{Identity: []policy.Document{everything}, Resource: &b.doc}
	for _, w := range b.wishes() {
		if w.spare {
			continue
		}
		j := judge(w.request, resource, inS3)
		switch {
		case j.answer == no && !slices.ContainsFunc(denied, func(r refusal) bool { return r.request.Action == w.request.Action }):
			denied = append(denied, refusal{w, j.decision})
		case j.answer == depends:
			maybe = append(maybe, b.demands(w.request)...)
		}
	}
	if len(denied) > 0 {
		b.denied(f, denied)
		return
	}
	if len(maybe) == 0 {
		return
	}
	what := conditionTexts(maybe)
	f.Notes = append(f.Notes, diagnose.Note{ID: "bucket-policy-depends", Args: diagnose.Args{"what": what}})
	if slices.ContainsFunc(maybe, func(c policy.Condition) bool { return aboutAddresses(c.Key) }) {
		f.Status, f.What, f.Args["what"] = Warn, "conditions", what
		f.Causes = append(f.Causes, diagnose.Because("explicit-deny", diagnose.Possible, b.wants.Facts, diagnose.Args{
			"layer": string(policy.LayerResource), "what": what,
		}))
	}
}

// aboutAddresses tells the keys by which a policy keeps to its own network,
// which a CMS is not in.
func aboutAddresses(key string) bool {
	switch strings.ToLower(key) {
	case "aws:sourceip", "aws:vpcsourceip", "aws:referer", "aws:useragent":
		return true
	}
	return false
}

func (b onBucket) demands(r policy.Request) []policy.Condition {
	return inS3.demands(b.doc, func(d policy.Document) bool {
		r := r
		r.ResourceAccount = "" // the policy's own grant is enough to see that it fits
		return policy.Evaluate(r, policy.Policies{Identity: []policy.Document{}, Resource: &d}).Allowed
	})
}

func (b onBucket) denied(f *Finding, denied []refusal) {
	first := denied[0]
	s := *first.decision.Statement
	var actions []string
	for _, r := range denied {
		actions = append(actions, r.request.Action)
	}
	what := conditionTexts(s.Conditions)
	f.Status, f.What = Fail, "denied"
	f.Args["statement"], f.Args["when"] = nameIn(b.doc, s), aside(what)
	f.Args["action"], f.Args["actions"] = first.request.Action, strings.Join(actions, ", ")
	args := diagnose.Args{"statement": f.Args["statement"], "what": what}
	if asks, with := asksForEncryption(s); asks && len(denied) == 1 && first.request.Action == "s3:PutObject" {
		f.What = "encryption"
		facts := b.wants.Facts
		facts.EncryptionAccepted = with
		f.Causes = append(f.Causes, refusedBecause("encryption-required", facts, first.request, first.decision, args))
	}
	f.Causes = append(f.Causes, refusedBecause("explicit-deny", b.wants.Facts, first.request, first.decision, args))
}

// asksForEncryption tells a denial that an encryption header lifts, and the
// header's value.
func asksForEncryption(s policy.Statement) (asks bool, with string) {
	for _, c := range s.Conditions {
		if !strings.EqualFold(c.Key, "s3:x-amz-server-side-encryption") {
			continue
		}
		asks, with = true, "AES256"
		if strings.Contains(c.Operator, "Not") && len(c.Values) > 0 {
			with = c.Values[0]
		}
	}
	return asks, with
}

// notes are what else is worth knowing of the policy.
func (b onBucket) notes(f *Finding, public Part[bool]) {
	isPublic := b.doc.Public()
	if public.State == Known {
		isPublic = public.Value
	}
	if isPublic && (b.wants.Distribution != "" || b.wants.Domain != "") {
		f.Notes = append(f.Notes, diagnose.Note{ID: "bucket-policy-public"})
	}
	for _, n := range lintNotes(b.doc, policy.KindBucket, policy.Scope{Bucket: b.wants.Bucket, Prefix: b.wants.Prefix}, func(string) bool { return false }) {
		if n.ID != "lint.public-read" || b.wants.Distribution != "" {
			f.Notes = append(f.Notes, n)
		}
	}
}

func distributionID(d string) string { return d[strings.LastIndexByte(d, '/')+1:] }
